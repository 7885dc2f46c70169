//! One connector for every council that runs ModernGov: the member list of its web service, or its member index when that
//! is off; then, for a member who turns out to be the person, the profile, the register of interests and the mailing list.
//!
//! The service returns everyone. Each member becomes a document of their own; the engine keeps the one that is about the
//! person and drops the rest at once. Nothing here compares names. Shapes: `knowledge/councils.md` of the design.

mod index;
mod mailing_list;
mod member;
pub(super) mod office;
pub(super) mod page;
pub(super) mod profile;
mod register;
pub(super) mod xml;

use unlisted_model::query::{Discloses, LineId, Query, QueryKey, Slots};
use unlisted_model::source::{SourceId, SourceRow};
use unlisted_model::subject::{Subject, SubjectId};
use unlisted_model::{Council, Councils, Document, Media, Nature, Outcome, OutcomeKind, OutcomeReason, Text};
use url::Url;

use super::page::page_key;
use super::slots;
use crate::exchange::Response;
use crate::request::{Encoding, Request};
use crate::source::{Answer, Line, Link, Source, SourceError};

/// The id of the source.
pub const ID: &str = "moderngov";
/// Namesakes on one council whose pages are looked at.
const NAMESAKES: u32 = 3;

/// What can be asked of one council.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum What {
    Councillors,
    Index,
    Profile,
    Register,
    MailingList,
}

impl What {
    const ALL: [Self; 5] = [Self::Councillors, Self::Index, Self::Profile, Self::Register, Self::MailingList];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Councillors => "councillors",
            Self::Index => "index",
            Self::Profile => "profile",
            Self::Register => "register",
            Self::MailingList => "mailing-list",
        }
    }

    /// The line of the plan: the index stands in for the service within its line.
    const fn line(self) -> &'static str {
        match self {
            Self::Index => Self::Councillors.as_str(),
            other => other.as_str(),
        }
    }

    /// The path below the council's base address.
    const fn path(self) -> &'static str {
        match self {
            Self::Councillors => "mgWebService.asmx/GetCouncillorsByWard",
            Self::Index => "mgMemberIndex.aspx",
            Self::Profile => "mgUserInfo.aspx",
            Self::Register => "mgRofI.aspx",
            Self::MailingList => "mgCommitteeMailingList.aspx",
        }
    }

    fn of(query: &Query) -> Result<Self, SourceError> {
        let mine = query.source == SourceId::new(ID);
        Self::ALL.into_iter().find(|w| mine && w.as_str() == query.what).ok_or(SourceError::NotMine)
    }
}

/// The slot of a question that is asked without encryption, because the site has none.
const PLAIN: &str = "plain";

pub(super) struct ModernGov {
    row: SourceRow,
    councils: Councils,
}

/// One council as it is asked.
struct Place<'a> {
    council: &'a Council,
    /// Its base address with https and without a slash at the end.
    base: Url,
    /// The same after redirects, once an answer is read.
    home: Url,
    /// Template of a member's page.
    page: &'a str,
}

impl Place<'_> {
    fn at(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}/{path}", self.base.path().trim_end_matches('/')));
        url
    }

    /// The page of a member that a person would open.
    fn page_of(&self, uid: &str) -> String {
        self.page.replace("{base}", self.home.as_str().trim_end_matches('/')).replace("{uid}", uid)
    }

    /// The base address of the install that answered, which a redirect may have led to.
    fn moved(&self, what: What, answered: &Url) -> Url {
        let path = answered.path();
        let at = path.len().checked_sub(what.path().len()).filter(|at| *at > 0 && path.is_char_boundary(*at));
        let Some((before, file)) = at.and_then(|at| path.split_at_checked(at)) else { return self.base.clone() };
        if !before.ends_with('/') || !file.eq_ignore_ascii_case(what.path()) {
            return self.base.clone();
        }
        let mut home = answered.clone();
        home.set_path(before);
        home.set_query(None);
        home.set_fragment(None);
        home
    }

    /// Councils that share an install are one place, and a page that a search named too is one page.
    fn key(&self, what: What, uid: Option<&str>) -> QueryKey {
        let mut url = self.at(what.path());
        match what {
            What::Councillors | What::Index => {}
            What::Profile | What::Register => {
                url.query_pairs_mut().append_pair("UID", uid.unwrap_or_default());
            }
            What::MailingList => {
                url.query_pairs_mut().append_pair("ID", "0");
            }
        }
        page_key(&url)
    }

    fn query(&self, what: What, uid: Option<&str>, for_: &[SubjectId]) -> Query {
        let mut slots = Slots::default().with("council", &[], self.council.code.as_str());
        if let Some(uid) = uid {
            slots = slots.with("uid", &[Discloses::PublicId], uid);
        }
        Query {
            line: LineId(format!("{ID}/{}", what.line())),
            source: SourceId::new(ID),
            what: what.as_str().to_owned(),
            key: self.key(what, uid),
            for_: for_.to_vec(),
            slots,
        }
    }

    /// What to ask next about a member who is the person.
    fn follow(&self, uid: &str, for_: &[SubjectId]) -> Vec<Query> {
        vec![
            self.query(What::Profile, Some(uid), for_),
            self.query(What::Register, Some(uid), for_),
            self.query(What::MailingList, None, for_),
        ]
    }
}

impl ModernGov {
    pub(super) fn new(row: SourceRow, councils: Councils) -> Self {
        Self { row, councils }
    }

    fn place(&self, code: &str) -> Option<Place<'_>> {
        let council = self.councils.get(code).filter(|c| c.platform == ID)?;
        let mut base = council.base.clone()?;
        base.set_query(None);
        base.set_fragment(None);
        if base.scheme() == "http" && base.port().is_none() {
            // Many rows are older than the site's certificate.
            base.set_scheme("https").ok()?;
        }
        Some(Place { council, home: base.clone(), base, page: &self.row.page })
    }

    fn asked(&self, query: &Query) -> Result<Place<'_>, SourceError> {
        let mut place = self.place(slots::text(query, "council")?).ok_or(SourceError::NotMine)?;
        if query.slots.get(PLAIN).is_some() {
            place.base.set_scheme("http").map_err(|()| SourceError::NotMine)?;
            place.home = place.base.clone();
        }
        Ok(place)
    }
}

impl Source for ModernGov {
    fn id(&self) -> &'static str {
        ID
    }

    fn lines(&self, subject: &Subject) -> Vec<Line> {
        let Some(place) = subject.candidacy.council.as_deref().and_then(|code| self.place(code)) else { return vec![] };
        let for_ = [subject.id.clone()];
        let first = if place.council.has("html-only") { What::Index } else { What::Councillors };
        let line = |what: What, units: u32, discloses: &[Discloses], queries: Vec<Query>| Line {
            line: LineId(format!("{ID}/{}", what.line())),
            template: format!("{}: {}", place.council.name, what.path()),
            to: place.base.host_str().unwrap_or_default().to_owned(),
            discloses: discloses.to_vec(),
            units,
            queries,
        };
        vec![
            line(What::Councillors, 4, &[], vec![place.query(first, None, &for_)]),
            line(What::Profile, NAMESAKES, &[Discloses::PublicId], vec![]),
            line(What::Register, NAMESAKES, &[Discloses::PublicId], vec![]),
            line(What::MailingList, 2, &[], vec![]),
        ]
    }

    /// A row that says http is asked with https first; a site that does not speak it is asked as its row says.
    fn when_unreachable(&self, query: &Query) -> Option<Query> {
        let council = self.councils.get(slots::text(query, "council").ok()?)?;
        if council.base.as_ref()?.scheme() != "http" || query.slots.get(PLAIN).is_some() {
            return None;
        }
        let slots = query.slots.clone().with(PLAIN, &[], "http");
        Some(Query { key: slots::other_key(query, PLAIN), slots, ..query.clone() })
    }

    fn request(&self, query: &Query) -> Result<Request, SourceError> {
        let what = What::of(query)?;
        let place = self.asked(query)?;
        let request = Request::to(place.at(what.path()), &query.line, &query.source, &query.for_);
        const HTML: &str = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5";
        Ok(match what {
            What::Councillors => request.accept("text/xml,application/xml;q=0.9,*/*;q=0.5"),
            What::Index => request.accept(HTML).param("FN", "ALPHA").param("VW", "LIST").param("PIC", "0"),
            What::MailingList => request.accept(HTML).param("ID", "0"),
            What::Profile | What::Register => {
                let uid = query.slots.get("uid").ok_or(SourceError::NotMine)?;
                request.accept(HTML).slot("UID", uid, Encoding::Plain)
            }
        })
    }

    fn read(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        let what = What::of(query)?;
        let mut place = self.asked(query)?;
        place.home = place.moved(what, &response.url);
        if what == What::Councillors {
            return member::read(&place, query, response);
        }
        let page = page::Page::read(query, response)?;
        match what {
            What::Profile => profile::read(&place.base, &page),
            What::Register => register::read(&page),
            What::MailingList => mailing_list::read(&place.base, &page),
            What::Index | What::Councillors => index::read(&place, &page),
        }
    }

    fn reads_errors(&self) -> bool {
        true
    }
}

/// Reads a page that a search or the person named as what it is, if it is one of a ModernGov site: a page about one member
/// without their colleagues, or a list with one document for each person. None: it is any other page.
pub(super) fn read_page(query: &Query, response: &Response) -> Option<Answer> {
    let file = response.url.path().rsplit('/').next().unwrap_or_default().to_lowercase();
    let what = match file.as_str() {
        "mguserinfo.aspx" | "mguserinfow.aspx" => What::Profile,
        "mgrofi.aspx" | "mgrofiw.aspx" => What::Register,
        "mgcommitteemailinglist.aspx" => What::MailingList,
        _ => return None,
    };
    let page = page::Page::read(query, response).ok()?;
    let answer = match what {
        What::Profile => profile::read(&response.url, &page),
        What::Register => register::read(&page),
        _ => mailing_list::read(&response.url, &page),
    };
    answer.ok()
}

/// A service that is off: said so, and the member index asked in its place.
fn fallback(place: &Place<'_>, query: &Query, reason: OutcomeReason) -> Answer {
    Answer {
        next: vec![place.query(What::Index, None, &query.for_)],
        ..Answer::only(Outcome::because(OutcomeKind::Failed, reason))
    }
}

/// A document about one member.
fn document(query: &Query, response: &Response, url: String, title: &str, text: Text, media: Media) -> Document {
    Document {
        source: query.source.clone(),
        line: query.line.clone(),
        url,
        via: response.asked.to_string(),
        title: (!title.is_empty()).then(|| title.to_owned()),
        nature: Nature::Record,
        media,
        seen: response.seen,
        text,
        cut: response.cut.is_some(),
        follow: vec![],
    }
}

/// An answer of documents, with what is missing told. Without a document there is no such answer: a council page that
/// names nobody is not understood, and says nothing about anybody's absence.
fn found(documents: Vec<Document>, links: Vec<Link>) -> Result<Answer, SourceError> {
    if documents.iter().all(|d| d.text.blocks.len() < 2) {
        return Err(SourceError::LayoutChanged("it says nothing of anybody"));
    }
    let outcome = if documents.iter().any(|d| d.cut) {
        Outcome::because(OutcomeKind::Found, OutcomeReason::Cut)
    } else {
        Outcome::plain(OutcomeKind::Found)
    };
    Ok(Answer { documents, links, ..Answer::only(outcome) })
}

#[cfg(test)]
pub(super) mod tests;
