//! Files that the person gave: read on this computer, before anything is asked of anybody.
//!
//! Each page in them is one unit with its outcome. A saved result page is a list of pages: its hits are looked through
//! one by one and become pages to visit. Nothing of a file is kept but findings.

use std::path::PathBuf;

use jiff::Timestamp;
use unlisted_crawler::apart::Documents;
use unlisted_crawler::extract::{Extracted, Problem};
use unlisted_crawler::given::{self, Caps, Given, GivenError, Why};
use unlisted_crawler::results::Hit;
use unlisted_crawler::source::Link;
use unlisted_detector::Detector;
use unlisted_model::attribution::Band;
use unlisted_model::coverage::{Outcome, OutcomeKind, OutcomeReason};
use unlisted_model::ports::UnitOutcome;
use unlisted_model::text::{About, Role, Text};
use unlisted_model::{Document, Finding, LineId, Media, Nature, ResultEngine, SourceId, SubjectId};
use url::Url;

use super::aside;

/// The line of pages read from files; no request is ever made under it.
pub(crate) const FILES: &str = "given/files";

/// What the files came to.
#[derive(Debug, Default)]
pub(crate) struct FromFiles {
    pub(crate) outcomes: Vec<UnitOutcome>,
    pub(crate) findings: Vec<Finding>,
    /// Pages that saved result pages named.
    pub(crate) links: Vec<Link>,
    /// Addresses of lists.
    pub(crate) addresses: Vec<Url>,
    /// Search engines whose result pages were given, once for each page.
    pub(crate) engines: Vec<String>,
    /// What could not be read.
    pub(crate) problems: Vec<FileProblem>,
}

/// A file of the person's that could not be read, or not whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileProblem {
    /// The file, as it was found.
    pub file: String,
    /// Why.
    pub why: Unread,
}

impl FileProblem {
    /// Where the words for it stand in the catalogue.
    pub const fn key(&self) -> &'static str {
        match &self.why {
            Unread::Whole(why) => why.key(),
            Unread::Part(why) => why.key(),
        }
    }

    /// What fills the gaps of those words.
    pub fn gaps(&self) -> Vec<(&'static str, String)> {
        match &self.why {
            Unread::Whole(_) => vec![],
            Unread::Part(why) => why.gaps(),
        }
    }

    /// What the operating system said, where that is the reason: it fills the gap `why`.
    pub const fn system(&self) -> Option<std::io::ErrorKind> {
        match &self.why {
            Unread::Whole(GivenError::Io(_, kind)) | Unread::Part(Why::Io(kind)) => Some(*kind),
            _ => None,
        }
    }
}

/// Whether anything of it could be looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unread {
    /// The path itself cannot be read.
    Whole(GivenError),
    /// Something in it.
    Part(Why),
}

/// Reads files and folders. A file that cannot be read is an outcome of its own; the others go on.
pub(crate) fn read(
    paths: &[PathBuf],
    engines: &[ResultEngine],
    caps: &Caps,
    documents: &dyn Documents,
    detector: &Detector,
    subject: &SubjectId,
    now: Timestamp,
) -> FromFiles {
    let mut out = FromFiles::default();
    let for_ = std::slice::from_ref(subject);
    for path in paths {
        let mut each = |given: Given| one(given, documents, detector, for_, now, &mut out);
        if let Err(error) = given::read(path, engines, caps, &mut each) {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            out.problems.push(FileProblem { file: name.clone(), why: Unread::Whole(error) });
            out.outcomes.push(ended(&name, "", Outcome::because(OutcomeKind::Failed, OutcomeReason::Unreadable), false, for_));
        }
    }
    out
}

fn ended(host: &str, url: &str, outcome: Outcome, cut: bool, for_: &[SubjectId]) -> UnitOutcome {
    UnitOutcome { cut, ..aside(&SourceId::new("given"), FILES, host, url, outcome, for_) }
}

fn one(given: Given, documents: &dyn Documents, detector: &Detector, for_: &[SubjectId], now: Timestamp, out: &mut FromFiles) {
    match given {
        Given::Page { url, via, bytes, content_type, seen, cut } => {
            let address = Url::parse(&url).ok();
            let read = documents.read(&bytes, &content_type, address.as_ref());
            page(Page { url, via, seen: seen.unwrap_or(now), cut, read }, detector, for_, out);
        }
        Given::Results { engine, via, hits } => results(&engine, &via, hits, detector, for_, now, out),
        Given::Addresses { urls, .. } => out.addresses.extend(urls),
        Given::Unreadable { file, why } => {
            let reason = if why == Why::NoLinks { OutcomeReason::NoLinks } else { OutcomeReason::Unreadable };
            let name = name_of(&file).to_owned();
            out.problems.push(FileProblem { file, why: Unread::Part(why) });
            out.outcomes.push(ended(&name, "", Outcome::because(OutcomeKind::Failed, reason), false, for_));
        }
    }
}

/// A file by its name: where it lies says more about the person than the report needs to.
fn name_of(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

/// One page of a file, as it was read.
struct Page {
    url: String,
    via: String,
    seen: Timestamp,
    cut: bool,
    read: Extracted,
}

fn page(page: Page, detector: &Detector, for_: &[SubjectId], out: &mut FromFiles) {
    let Page { url, via, seen, cut, read } = page;
    let host = Url::parse(&url).ok().and_then(|u| u.host_str().map(str::to_owned)).unwrap_or_else(|| via.clone());
    if let Some(problem) = read.problem
        && (problem == Problem::NotReadYet || !problem.is_partial() && is_or_was_document(&read))
    {
        let outcome = Outcome::because(OutcomeKind::Failed, problem.reason());
        out.problems.push(FileProblem { file: via.clone(), why: Unread::Part(Why::from(problem)) });
        out.outcomes.push(ended(&host, &url, outcome, false, for_));
        return;
    }
    let cut = cut || read.problem.is_some();
    let document = Document {
        source: SourceId::new("given"),
        line: LineId(FILES.to_owned()),
        url: url.clone(),
        via,
        title: read.title,
        // A picture that the person gives is one of theirs: where it was taken is told.
        nature: if read.media == Media::Picture { Nature::OwnPage } else { Nature::Page },
        media: read.media,
        seen,
        text: read.text,
        cut,
        follow: vec![],
    };
    let found = keep(detector, &document, out);
    out.outcomes.push(ended(&host, &url, answer(found, cut), cut, for_));
}

/// Whether nothing of it was read, or it is a document, of which a broken one is told as such whatever was read.
fn is_or_was_document(read: &Extracted) -> bool {
    read.text.blocks.is_empty() || matches!(read.media, Media::Pdf | Media::Office | Media::Picture | Media::Mail)
}

fn results(
    engine: &str,
    via: &str,
    hits: Vec<Hit>,
    detector: &Detector,
    for_: &[SubjectId],
    now: Timestamp,
    out: &mut FromFiles,
) {
    if hits.is_empty() {
        // A result page that names no page tells nothing about the person.
        out.outcomes.push(ended(via, "", Outcome::because(OutcomeKind::Failed, OutcomeReason::NoLinks), false, for_));
        return;
    }
    out.engines.push(engine.to_owned());
    let mut found = false;
    for hit in hits {
        let mut text = Text::default();
        text.push(Role::Heading, None, 0, About::Unknown, &hit.title, 0);
        text.push(Role::Body, None, 0, About::Unknown, &hit.snippet, hit.title.len() + 1);
        let document = Document {
            source: SourceId::new("given"),
            line: LineId(FILES.to_owned()),
            url: hit.url.to_string(),
            via: via.to_owned(),
            title: Some(hit.title.clone()),
            nature: Nature::SearchHit,
            media: Media::Html,
            seen: now,
            text,
            cut: false,
            follow: vec![],
        };
        found |= keep(detector, &document, out);
        out.links.push(Link { url: hit.url, same_site: false, words: format!("{} {}", hit.title, hit.snippet) });
    }
    // Its hits are to be visited, so it answered, whatever they turn out to be.
    found |= !out.links.is_empty();
    out.outcomes.push(ended(engine, "", answer(found, false), false, for_));
}

fn keep(detector: &Detector, document: &Document, out: &mut FromFiles) -> bool {
    let reading = detector.read(document);
    let mut found = false;
    for finding in reading.findings {
        found |= finding.attribution.band >= Band::Possible;
        if finding.attribution.band >= Band::Possible || finding.fact.is_some() {
            out.findings.push(finding);
        }
    }
    found
}

fn answer(found: bool, cut: bool) -> Outcome {
    let kind = if found { OutcomeKind::Found } else { OutcomeKind::Absent };
    Outcome { kind, reason: cut.then_some(OutcomeReason::Cut) }
}
