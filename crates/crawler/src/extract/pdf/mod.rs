//! PDF: rows stay rows, with the heads of their columns; form fields, notes, links, attachments and metadata are read.
//!
//! [`content`] draws a page into glyphs and rules, [`lines`] puts glyphs into lines of pieces, [`grid`] takes out tables
//! drawn with rules, [`columns`] tables and columns told by white, [`flow`] writes blocks. Only ever called in the process
//! apart: these bytes are a stranger's.

mod cmap;
mod columns;
mod content;
mod encoding;
mod extras;
mod flow;
mod font;
mod grid;
pub(super) mod header;
mod lines;
mod metrics;
mod sfnt;
mod stream;

use std::collections::HashMap;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use unlisted_model::Media;
use unlisted_model::text::Role;
use url::Url;

use self::content::{Purse, draw};
use self::flow::Flow;
use super::html::Links;
use super::inflate::Ended;
use super::writer::Writer;
use super::{Bounds, Extracted, Problem};

/// Pages read of one document.
const PAGES: usize = 3_000;

/// Reads a PDF that stands at `address`. `attached` reads what is attached to it.
pub(super) fn read(bytes: &[u8], address: Option<&Url>, bounds: &Bounds, attached: &mut extras::Attached<'_>) -> Extracted {
    let pdf = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(DecryptionError::MissingIDEntry)) => {
            return Extracted::nothing(Media::Pdf, Problem::Broken);
        }
        Err(LoadPdfError::Decryption(_)) => return Extracted::nothing(Media::Pdf, Problem::Encrypted),
        Err(LoadPdfError::Invalid) => return Extracted::nothing(Media::Pdf, Problem::Broken),
    };
    let mut writer = Writer::new(bounds);
    let mut links = Links::new(address, bounds.links);
    let mut flow = Flow::default();
    let title = extras::metadata(&pdf, &mut writer);
    let (mut purse, mut fonts) = (Purse::default(), HashMap::new());
    let mut seen = Seen::default();
    for page in pdf.pages().iter().take(PAGES) {
        let drawn = draw(page, &mut purse, &mut fonts);
        seen.note(&drawn);
        flow.page(&drawn, &mut writer);
        extras::notes(page, &mut writer, &mut links);
        if writer.full || purse.is_empty() {
            break;
        }
    }
    seen.is_cut = purse.is_empty() || pdf.pages().len() > PAGES;
    extras::fields(&pdf, &mut writer);
    extras::attachments(&pdf, &mut writer, attached);
    let has_words = writer.text.blocks.iter().any(|b| !matches!(b.role, Role::Meta));
    let (text, cut) = writer.finish();
    let problem = seen.problem(has_words).or(cut).or(links.full.then_some(Problem::Cut));
    Extracted { media: Media::Pdf, title: title.or(flow.title), text, links: links.finish(), problem }
}

/// What the pages were like.
#[derive(Default)]
struct Seen {
    pages: usize,
    /// Pages with a picture and no words.
    scans: usize,
    glyphs: usize,
    unknown: usize,
    is_cut: bool,
    /// How the unpacking of the pages ended, the worst of all.
    ended: Ended,
}

impl Seen {
    fn note(&mut self, drawn: &content::Drawn) {
        self.pages += 1;
        self.scans += usize::from(drawn.images > 0 && drawn.text.trim().len() < 3);
        self.glyphs += drawn.glyphs.len();
        self.unknown += drawn.unknown;
        self.ended = self.ended.max(drawn.ended);
    }

    fn problem(&self, has_words: bool) -> Option<Problem> {
        if self.pages == 0 {
            return Some(Problem::Broken);
        }
        match self.ended {
            Ended::Whole => {}
            Ended::Broken => return Some(if has_words { Problem::Cut } else { Problem::Broken }),
            Ended::Heavy => return Some(Problem::TooHeavy),
        }
        // A scan, wholly or in part: what it says cannot be looked through.
        if self.scans > 0 {
            return Some(if has_words && self.scans < self.pages { Problem::PartlyScanned } else { Problem::Scanned });
        }
        if self.unknown * 5 > self.glyphs {
            return Some(Problem::Letterless);
        }
        if self.is_cut {
            return Some(Problem::Cut);
        }
        (!has_words).then_some(Problem::Scanned)
    }
}

/// A text string of PDF: UTF-16 or UTF-8 with a mark, else Latin letters.
fn letters_of(bytes: &[u8]) -> String {
    if let Some(wide) = bytes.strip_prefix(b"\xFE\xFF") {
        return cmap::wide(wide);
    }
    if let Some(wide) = bytes.strip_prefix(b"\xFF\xFE") {
        return encoding_rs::UTF_16LE.decode_without_bom_handling(wide).0.into_owned();
    }
    if let Some(utf8) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return String::from_utf8_lossy(utf8).into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
