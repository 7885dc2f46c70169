//! The page of one councillor: labels with their values, in whatever wording, and what stands around them.

use std::collections::BTreeSet;

use scraper::ElementRef;
use unlisted_model::text::{About, Role, Text};
use url::Url;

use super::{document, found};
use crate::source::{Answer, Link, SourceError};
use crate::sources::moderngov::office::{self, Offices};
use crate::sources::moderngov::page::{self, Page, has_class};
use crate::sources::moderngov::profile;
use crate::sources::slots;

/// Lines of one page at most.
const MOST: usize = 2_000;
/// Lines of one value: the longest address.
const LONGEST_VALUE: usize = 8;

/// Words of which a label has one; other lines with a colon are sentences and times of day.
const LABELS: &[&str] = &[
    "party",
    "ward",
    "division",
    "dea",
    "area",
    "group",
    "address",
    "tel",
    "telephone",
    "phone",
    "mobile",
    "fax",
    "email",
    "e-mail",
    "mail",
    "contact",
    "correspondence",
    "role",
    "post",
    "position",
    "website",
    "web",
    "surgery",
    "surgeries",
    "elected",
    "term",
];
/// Sections about meetings, with dates and bodies but nothing of a private life.
const DULL: &[&str] = &["committee", "attendance", "meetings", "term of office", "terms of office", "appointments"];

/// Reads the page of one councillor.
pub(super) fn read(home: &Url, page: &Page<'_>) -> Result<Answer, SourceError> {
    let body = container(page).ok_or(SourceError::LayoutChanged("it is not a councillor's page"))?;
    let headings: BTreeSet<String> =
        ["h1", "h2", "h3", "h4", "h5"].iter().flat_map(|h| page::select(body, h)).map(|e| page::lines(e).join(" ")).collect();
    let name = name(page, body);
    let mut out = Out { text: Text::default(), offices: Offices::of(home), labels: 0 };
    out.push(Role::Heading, None, 1, About::Unknown, &name);
    let (mut open, mut values, mut group, mut dull): (Option<String>, Vec<String>, u32, bool) = (None, vec![], 1, false);
    for line in page::lines_until(body, &is_aside).into_iter().take(MOST).filter(|l| *l != name) {
        if headings.contains(&line) {
            out.value(open.take(), &mut values);
            group += 1;
            dull = DULL.iter().any(|d| line.to_lowercase().contains(d));
            if !dull {
                out.push(Role::Heading, None, group, About::Unknown, &line);
            }
        } else if let Some((label, value)) = label_and_value(&line) {
            out.value(open.take(), &mut values);
            values.extend((!value.is_empty()).then(|| value.to_owned()));
            open = Some(label);
        } else if open.is_some() && values.len() < LONGEST_VALUE {
            values.push(line);
        } else if !dull {
            out.value(open.take(), &mut values);
            out.push(Role::Body, None, group, About::Unknown, &line);
        }
    }
    out.value(open, &mut values);
    if name.is_empty() || out.labels == 0 {
        return Err(SourceError::LayoutChanged("it names nobody, or nothing of them"));
    }
    out.addresses(body);
    let cut = page.response.cut.is_some();
    let documents = vec![document(page, page.response.url.to_string(), &name, out.text, cut)];
    Ok(Answer { documents, links: registers(page, body), ..Answer::only(found(cut)) })
}

/// `Home Tel: 01632 …` and `Home Tel:` as label and value.
pub(super) fn label_and_value(line: &str) -> Option<(String, &str)> {
    let (label, value) = line.split_once(':')?;
    let label = label.trim().to_lowercase();
    let is_label = label.chars().count() <= 40
        && label
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .any(|w| LABELS.contains(&w.trim_end_matches('s')) || LABELS.contains(&w));
    is_label.then(|| (label, value.trim()))
}

/// The part of the page that is about the person. The pages of one portal have a frame around them with the council's own address.
fn container<'a>(page: &'a Page<'_>) -> Option<ElementRef<'a>> {
    let path = page.response.url.path().to_lowercase();
    let module: String = path.split("/mid/").nth(1).unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
    let of_module = || {
        let ids = [format!("[id=\"dnn_ctr{module}_ModuleContent\"]"), format!("[id=\"dnn_ctr{module}_ContentPane\"]")];
        (!module.is_empty()).then(|| ids.iter().find_map(|id| page.select(id).into_iter().next())).flatten()
    };
    let own = page.select(".CMIS_Person, [id*=\"ViewCMIS_Person\"]").into_iter().find(|e| has_label(*e));
    let anywhere = || page.select("body").into_iter().next().filter(|e| is_person(page) && has_label(*e));
    own.or_else(|| of_module().filter(|e| has_label(*e))).or_else(anywhere)
}

/// Whether a page without a known container is one of CMIS at all.
fn is_person(page: &Page<'_>) -> bool {
    !page.select("img[src*=\"ViewCMIS_Person\"], [class*=\"CMIS\"]").is_empty()
}

fn has_label(element: ElementRef<'_>) -> bool {
    page::lines_until(element, &is_aside).iter().take(MOST).any(|l| label_and_value(l).is_some())
}

/// The frame of the site, and the blocks of other councillors.
fn is_aside(element: ElementRef<'_>) -> bool {
    let id = element.value().id().unwrap_or_default().to_lowercase();
    matches!(element.value().name(), "header" | "footer" | "nav")
        || has_class(element, "PE_People_PersonBlock")
        || ["header", "footer", "breadcrumb", "menu"].iter().any(|part| id.contains(part))
}

/// The person whom the page is about, by the page or by the list that led here.
fn name(page: &Page<'_>, body: ElementRef<'_>) -> String {
    let first =
        |selector: &str| page::select(body, selector).into_iter().map(|e| page::lines(e).join(" ")).find(|t| !t.is_empty());
    let photo = || {
        let photos = page::select(body, "img[src*=\"ViewCMIS_Person\"]");
        photos.iter().filter_map(|e| e.value().attr("alt")).map(|t| t.trim().to_owned()).find(|t| !t.is_empty())
    };
    let listed = || slots::text(page.query, "name").ok().map(str::to_owned);
    first(".Name").or_else(photo).or_else(listed).or_else(|| first("h1")).or_else(|| first("h2")).unwrap_or_default()
}

/// Forms and registers that the page links to, on its own site.
fn registers(page: &Page<'_>, body: ElementRef<'_>) -> Vec<Link> {
    let mut links: Vec<Link> = vec![];
    for a in page::select(body, "a[href]") {
        let Some(Ok(mut url)) = a.value().attr("href").map(|h| page.response.url.join(h)) else { continue };
        url.set_fragment(None);
        let words = page::lines(a).join(" ");
        let lower = words.to_lowercase();
        let is_register = ["register", "interest", "declaration"].iter().any(|w| lower.contains(w));
        let is_document = url.path().to_lowercase().ends_with("/document.ashx") && url.host() == page.response.url.host();
        if is_document && is_register && links.len() < 5 && !links.iter().any(|l| l.url == url) {
            links.push(Link { url, same_site: false, words });
        }
    }
    links
}

struct Out {
    text: Text,
    offices: Offices,
    labels: usize,
}

impl Out {
    fn push(&mut self, role: Role, label: Option<&str>, group: u32, about: About, words: &str) {
        if !words.is_empty() {
            let at = self.text.chars.len();
            self.text.push(role, label, group, about, words, at);
        }
    }

    /// A label with the lines that follow it.
    fn value(&mut self, label: Option<String>, values: &mut Vec<String>) {
        let value = std::mem::take(values).iter().map(|v| v.trim_matches([',', ' '])).collect::<Vec<_>>().join(", ");
        let Some(label) = label.filter(|_| !value.is_empty()) else { return };
        self.labels += 1;
        if office::is_withheld(&value) {
            self.push(Role::Body, None, 1, About::Unknown, &value);
        } else {
            let about = profile::about(&self.offices, &label, &value);
            self.push(Role::Key, Some(&label), 1, about, &value);
        }
    }

    /// E-mail addresses and numbers that stand in links only.
    fn addresses(&mut self, body: ElementRef<'_>) {
        for link in page::select(body, "a[href^=\"mailto:\"], a[href^=\"tel:\"]").into_iter().take(20) {
            if link.ancestors().filter_map(ElementRef::wrap).any(is_aside) {
                continue;
            }
            let target =
                link.value().attr("href").and_then(|h| h.split_once(':')).map(|(_, t)| t.split('?').next().unwrap_or_default());
            if let Some(target) = target.filter(|t| !self.text.chars.contains(t)) {
                let about = if target.contains('@') { self.offices.mail(About::Unknown, target) } else { About::Unknown };
                self.push(Role::Attribute, Some("href"), 1, about, target);
            }
        }
    }
}
