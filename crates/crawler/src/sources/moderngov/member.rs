//! The member list of the web service: one record for each councillor.

use std::collections::BTreeSet;

use unlisted_model::query::Query;
use unlisted_model::text::{About, Role, Text};
use unlisted_model::{Media, OutcomeReason};

use super::office::{self, Offices};
use super::xml::{self, Element, XmlProblem};
use super::{Place, document, fallback, found};
use crate::exchange::Response;
use crate::source::{Answer, SourceError};
use crate::sources::reading;

/// A name that a vacancy is listed under.
const VACANT: &[&str] = &["vacancy", "vacant", "vacant seat", "sedd wag", "casual vacancy"];

/// Members of one council at most; the largest has some 150.
const MOST: usize = 1_000;

/// Reads `GetCouncillorsByWard`.
pub(super) fn read(place: &Place<'_>, query: &Query, response: &Response) -> Result<Answer, SourceError> {
    match response.status {
        200 => {}
        // The method is missing, or plain questions are switched off for it.
        404 | 405 | 410 | 500 | 501 => return Ok(fallback(place, query, OutcomeReason::ErrorStatus)),
        status => return Err(SourceError::Status(status)),
    }
    let text = reading::decoded(&response.body, response.header("content-type"));
    let head: String = text.trim_start_matches('\u{feff}').trim_start().chars().take(512).collect::<String>().to_lowercase();
    if !head.starts_with("<?xml") && !head.starts_with("<councillorsbyward") {
        return not_xml(place, query, &text);
    }
    let tree = match xml::read(&text) {
        Ok(tree) => tree,
        Err(XmlProblem::NotXml) if response.cut.is_some() => return Err(SourceError::Cut),
        // A document type is refused, and no member list is that large or deep: told, and the index asked.
        Err(XmlProblem::DocType | XmlProblem::TooMuch | XmlProblem::NotXml) => {
            return Ok(fallback(place, query, OutcomeReason::LayoutChanged));
        }
    };
    if tree.root.name != "councillorsbyward" {
        if tree.root.name == "html" {
            return not_xml(place, query, &text);
        }
        return Ok(fallback(place, query, OutcomeReason::LayoutChanged));
    }
    let mut cut = response.cut.is_some() || !tree.whole;
    let wards: Vec<&Element> = tree.root.all("wards").flat_map(|w| w.all("ward")).collect();
    if wards.is_empty() {
        return match (tree.root.child("wards"), cut) {
            (_, true) => Err(SourceError::Cut),
            // The service is on but empty.
            (Some(_), false) => Ok(fallback(place, query, OutcomeReason::ErrorStatus)),
            (None, false) => Err(SourceError::LayoutChanged("`wards` is missing")),
        };
    }
    let mut members = members(&wards, cut)?;
    if members.len() > MOST {
        members.truncate(MOST);
        cut = true;
    }
    if members.is_empty() {
        // Vacancies only, or an empty shell.
        return Ok(fallback(place, query, OutcomeReason::ErrorStatus));
    }
    let mut offices = Offices::of(&place.base);
    for (i, member) in members.iter().enumerate() {
        for slot in [&member.work, &member.home] {
            offices.note(i, &slot.address());
            [&slot.phone, &slot.mobile, &slot.fax, &slot.email].into_iter().for_each(|value| offices.note(i, value));
        }
    }
    let documents = members.iter().map(|member| {
        let mut doc = document(query, response, place.page_of(&member.id), &member.name, member.text(&offices), Media::Xml);
        doc.cut = cut;
        doc.follow = place.follow(&member.id, &query.for_);
        doc
    });
    found(documents.collect(), vec![])
}

/// A web page in the place of the list: a challenge is the end of it, anything else means that the service is off.
fn not_xml(place: &Place<'_>, query: &Query, text: &str) -> Result<Answer, SourceError> {
    let head: String = text.chars().take(4_000).collect::<String>().to_lowercase();
    let challenge = [
        "_incapsula_resource",
        "incapsula",
        "challenge-platform",
        "cf-chl",
        "captcha",
        "just a moment",
        "access denied",
        "request unsuccessful",
    ];
    if challenge.iter().any(|mark| head.contains(mark)) {
        return Err(SourceError::Blocked);
    }
    Ok(fallback(place, query, OutcomeReason::LayoutChanged))
}

/// Every councillor once, vacancies left out.
///
/// The last one of a list that broke off may lack even a name.
fn members(wards: &[&Element], cut: bool) -> Result<Vec<Member>, SourceError> {
    let mut seen = BTreeSet::new();
    let mut members: Vec<Member> = vec![];
    for ward in wards {
        for element in ward.all("councillors").flat_map(|c| c.all("councillor")) {
            let id = value(element, "councillorid");
            let name = value(element, "fullusername");
            if element.child("councillorid").is_none() || element.child("fullusername").is_none() {
                if cut {
                    continue;
                }
                return Err(SourceError::LayoutChanged("a councillor has no id or name"));
            }
            let is_id = !id.is_empty() && id.len() <= 12 && id.bytes().all(|b| b.is_ascii_digit());
            if name.is_empty() || VACANT.contains(&name.to_lowercase().as_str()) || !is_id {
                continue;
            }
            let title = value(ward, "wardtitle");
            if !seen.insert(id.clone()) {
                // Under two wards, or as mayor and member: one person.
                if let Some(member) = members.iter_mut().find(|m| m.id == id && m.wards.len() < 5) {
                    member.wards.push(title);
                }
                continue;
            }
            if members.len() > MOST {
                return Ok(members);
            }
            members.push(Member {
                id,
                name,
                wards: vec![title],
                public: ["politicalpartytitle", "politicalgrouptitle", "districttitle", "representing", "keyposts"]
                    .map(|n| value(element, n)),
                work: Slot::of(element.child("workaddress")),
                home: Slot::of(element.child("homeaddress")),
                more: value(element, "additionalcontactinfo"),
                surgery: element
                    .child("surgerydetails")
                    .map(|s| s.children.iter().map(|l| clean(&l.text)).filter(|l| !l.is_empty()).collect())
                    .unwrap_or_default(),
            });
        }
    }
    Ok(members)
}

fn value(element: &Element, name: &str) -> String {
    element.child(name).map(|c| clean(&c.text)).unwrap_or_default()
}

/// A value as it is meant: HTML entities decoded once more (the service encodes twice), white space folded, the
/// apostrophe that spreadsheets put in front dropped, a lone dash taken for nothing.
fn clean(text: &str) -> String {
    let decoded = reading::fold(&htmlize::unescape(text));
    let plain = decoded.trim_start_matches('\'').trim();
    if plain.chars().all(|c| "-–—. ".contains(c)) { String::new() } else { plain.to_owned() }
}

/// One of the two address blocks.
#[derive(Debug, Default)]
struct Slot {
    lines: Vec<String>,
    postcode: String,
    phone: String,
    mobile: String,
    fax: String,
    email: String,
}

impl Slot {
    fn of(element: Option<&Element>) -> Self {
        let Some(element) = element else { return Self::default() };
        let is_line =
            |c: &&Element| c.name.strip_prefix("line").is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        Self {
            lines: element.children.iter().filter(is_line).map(|l| clean(&l.text)).filter(|l| !l.is_empty()).collect(),
            postcode: value(element, "postcode"),
            phone: value(element, "phone"),
            mobile: value(element, "mobile"),
            fax: value(element, "fax"),
            email: value(element, "email"),
        }
    }

    /// Lines and postcode as one, the postcode not twice.
    fn address(&self) -> String {
        let mut parts: Vec<&str> = self.lines.iter().map(String::as_str).collect();
        let plain = |t: &str| t.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let written = plain(&parts.join(" "));
        if !self.postcode.is_empty() && !written.ends_with(&plain(&self.postcode)) {
            parts.push(&self.postcode);
        }
        parts.join(", ")
    }
}

/// One councillor.
struct Member {
    id: String,
    name: String,
    wards: Vec<String>,
    /// Party, group, district, area represented, posts.
    public: [String; 5],
    work: Slot,
    home: Slot,
    more: String,
    surgery: Vec<String>,
}

impl Member {
    fn text(&self, offices: &Offices) -> Text {
        let mut text = Text::default();
        let mut push = |role: Role, label: Option<&str>, about: About, words: &str| {
            if !words.is_empty() {
                let at = text.chars.len();
                text.push(role, label, 1, about, words, at);
            }
        };
        push(Role::Heading, None, About::Unknown, &self.name);
        for ward in &self.wards {
            push(Role::Key, Some("ward"), About::Unknown, ward);
        }
        for (label, words) in ["party", "group", "district", "representing", "posts"].into_iter().zip(&self.public) {
            push(Role::Key, Some(label), About::Unknown, words);
        }
        let (home, work) = (self.home.address(), self.work.address());
        let same = !home.is_empty() && home == work;
        for (name, slot, address) in [("work", &self.work, &work), ("home", &self.home, &home)] {
            let is_home = name == "home";
            if office::is_withheld(address) {
                push(Role::Body, None, About::Unknown, address);
            } else {
                // A "work" address that no colleague shares and that names no office may be the member's house.
                let stated = if is_home || same { About::Home } else { About::Unknown };
                push(Role::Key, Some(&format!("{name} address")), offices.address(stated, address), address);
            }
            let stated = if is_home { About::Home } else { About::Office };
            for (kind, number, other) in [
                ("phone", &slot.phone, &self.home.phone),
                ("mobile", &slot.mobile, &self.home.mobile),
                ("fax", &slot.fax, &self.home.fax),
            ] {
                let about = if !is_home && !number.is_empty() && number == other { About::Home } else { stated };
                push(Role::Key, Some(&format!("{name} {kind}")), offices.number(about, number), number);
            }
            // An e-mail address that is not the council's is the member's own, whatever the slot.
            let about = if is_home { About::Home } else { About::Unknown };
            for mail in office::values(&slot.email) {
                push(Role::Key, Some(&format!("{name} email")), offices.mail(about, mail), mail);
            }
        }
        push(Role::Body, Some("additional information"), About::Unknown, &self.more);
        let surgery = self.surgery.join(", ");
        let about = if office::is_surgery_elsewhere("surgery", &self.surgery) { About::Office } else { About::Unknown };
        push(Role::Body, Some("surgery"), about, &surgery);
        text
    }
}
