//! What goes to the process apart and what comes back: a format of their own, never stored, equal on both ends because
//! both are the same program. The answer comes from a process that read a stranger's bytes, so it is checked like one.

use std::time::Duration;

use unlisted_model::Media;
use unlisted_model::text::{Role, Text};
use url::Url;

use super::Limits;
use crate::extract::{Bounds, Extracted, PageLink, Problem, about};

const ASKED: &[u8] = b"unlisted-asked-1";
const ANSWERED: &[u8] = b"unlisted-answered-1";

const MEDIA: [Media; 13] = [
    Media::Html,
    Media::Plain,
    Media::Json,
    Media::Xml,
    Media::VCard,
    Media::Mhtml,
    Media::Warc,
    Media::Pdf,
    Media::Office,
    Media::Picture,
    Media::Mail,
    Media::Calendar,
    Media::Other,
];

const PROBLEMS: [Problem; 9] = [
    Problem::NotReadYet,
    Problem::Broken,
    Problem::Cut,
    Problem::Encrypted,
    Problem::Scanned,
    Problem::PartlyScanned,
    Problem::Letterless,
    Problem::TooHeavy,
    Problem::Fault,
];

const ROLES: [Role; 9] =
    [Role::Body, Role::Heading, Role::Cell, Role::Term, Role::Key, Role::Attribute, Role::Meta, Role::Comment, Role::Hidden];

/// A question as the process apart sees it.
pub(super) struct Asked<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) content_type: String,
    pub(super) address: Option<Url>,
    pub(super) memory: u64,
    pub(super) processor: Duration,
}

/// The bytes to hand over.
pub(super) fn request(bytes: &[u8], content_type: &str, address: Option<&Url>, limits: &Limits) -> Vec<u8> {
    let mut out = ASKED.to_vec();
    put_number(&mut out, limits.memory);
    put_number(&mut out, limits.processor.as_secs());
    put_text(&mut out, content_type);
    put_text(&mut out, address.map_or("", Url::as_str));
    out.extend_from_slice(bytes);
    out
}

/// Reads what was handed over.
pub(super) fn read_request(bytes: &[u8]) -> Option<Asked<'_>> {
    let mut from = From(bytes.strip_prefix(ASKED)?);
    let memory = from.number()?;
    let processor = Duration::from_secs(from.number()?);
    let content_type = from.text()?;
    let address = Url::parse(&from.text()?).ok();
    Some(Asked { bytes: from.0, content_type, address, memory, processor })
}

/// The bytes to hand back.
pub(super) fn answer(read: &Extracted) -> Vec<u8> {
    let mut out = ANSWERED.to_vec();
    put_place(&mut out, MEDIA.iter().position(|m| *m == read.media));
    put_place(&mut out, read.problem.and_then(|p| PROBLEMS.iter().position(|o| *o == p)));
    put_text(&mut out, read.title.as_deref().unwrap_or_default());
    put_number(&mut out, read.links.len() as u64);
    for link in &read.links {
        put_text(&mut out, link.url.as_str());
        put_text(&mut out, &link.words);
    }
    put_number(&mut out, read.text.blocks.len() as u64);
    for block in &read.text.blocks {
        put_place(&mut out, ROLES.iter().position(|r| *r == block.role));
        put_number(&mut out, u64::from(block.group));
        put_text(&mut out, block.label.as_deref().unwrap_or_default());
        put_text(&mut out, read.text.of(block));
    }
    out.extend_from_slice(ANSWERED);
    out
}

/// Reads what was handed back; `None` if it is not whole and sound.
pub(super) fn read_answer(bytes: &[u8]) -> Option<Extracted> {
    let bounds = Bounds::default();
    let mut from = From(bytes.strip_prefix(ANSWERED)?);
    let media = *MEDIA.get(from.place()??)?;
    let problem = match from.place()? {
        Some(at) => Some(*PROBLEMS.get(at)?),
        None => None,
    };
    let title = Some(from.text()?).filter(|t| !t.trim().is_empty());
    let count = from.number()?;
    let mut links = Vec::new();
    for _ in 0..count {
        let (url, words) = (Url::parse(&from.text()?).ok()?, from.text()?);
        if !matches!(url.scheme(), "http" | "https") || links.len() >= bounds.links {
            return None;
        }
        links.push(PageLink { url, words });
    }
    let count = from.number()?;
    let mut text = Text::default();
    for _ in 0..count {
        let role = *ROLES.get(from.place()??)?;
        let group = u32::try_from(from.number()?).ok()?;
        let label = Some(from.text()?).filter(|l| !l.is_empty());
        let words = from.text()?;
        if text.blocks.len() >= bounds.blocks || text.chars.len() + words.len() > bounds.text {
            return None;
        }
        let about = label.as_deref().map(about).unwrap_or_default();
        let at = text.chars.len();
        text.push(role, label.as_deref(), group, about, &words, at);
    }
    (from.0 == ANSWERED).then_some(Extracted { media, title, text, links, problem })
}

fn put_number(out: &mut Vec<u8>, number: u64) {
    out.extend_from_slice(&number.to_be_bytes());
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// A place in a list; 255 for none.
fn put_place(out: &mut Vec<u8>, place: Option<usize>) {
    out.push(place.and_then(|p| u8::try_from(p).ok()).unwrap_or(u8::MAX));
}

struct From<'b>(&'b [u8]);

impl<'b> From<'b> {
    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        Some(u64::from_be_bytes(self.take(8)?.try_into().ok()?))
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok()?;
        Some(std::str::from_utf8(self.take(length)?).ok()?.to_owned())
    }

    fn place(&mut self) -> Option<Option<usize>> {
        let place = *self.take(1)?.first()?;
        Some((place != u8::MAX).then_some(usize::from(place)))
    }
}
