//! Documents: PDF, office files, pictures, e-mail, and what is inside them.
//!
//! Only the process apart ([`crate::apart`]) and tests call this: the bytes are a stranger's, and a reader that can be
//! made to hang or to eat memory takes only that process with it.

use unlisted_model::Media;
use url::Url;

use super::writer::Writer;
use super::{Bounds, Extracted, Problem, Sort, extract, mail, office, pdf, picture, sniff};

/// A sort of document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Pdf,
    /// A zip: an office file, or an archive.
    Zip,
    /// An old office file, or a new one under a password.
    Ole,
    Picture,
    Mail,
}

impl Kind {
    /// What it most likely is, as the report names it.
    pub(crate) const fn media(self) -> Media {
        match self {
            Self::Pdf => Media::Pdf,
            Self::Zip | Self::Ole => Media::Office,
            Self::Picture => Media::Picture,
            Self::Mail => Media::Mail,
        }
    }
}

/// Files inside files: an attachment is read, and what is attached to that, no further.
const DEEPEST: usize = 2;

/// Reads a document here and now; anything else as [`extract`] does.
///
/// Its time and memory are bounded only by the process it runs in.
pub fn extract_document(bytes: &[u8], content_type: &str, address: Option<&Url>, bounds: &Bounds) -> Extracted {
    inside(bytes, content_type, address, bounds, 0)
}

fn inside(bytes: &[u8], content_type: &str, address: Option<&Url>, bounds: &Bounds, depth: usize) -> Extracted {
    let Sort::Document(kind) = sniff(bytes, content_type, address) else {
        return extract(bytes, content_type, address, bounds);
    };
    let mut is_partial = false;
    let mut attached = |name: &str, bytes: &[u8], writer: &mut Writer| {
        is_partial |= !attach(name, bytes, writer, depth);
    };
    let mut read = match kind {
        Kind::Pdf => pdf::read(bytes, address, bounds, &mut attached),
        Kind::Picture => picture::read(bytes, bounds),
        Kind::Zip => office::read(bytes, address, bounds, &mut attached),
        Kind::Mail => mail::read(bytes, bounds, &mut attached),
        Kind::Ole => Extracted::nothing(kind.media(), ole(bytes)),
    };
    if is_partial && read.problem.is_none() {
        read.problem = Some(Problem::Cut);
    }
    read
}

/// Reads a file inside a file into the same text; whether it was read whole.
fn attach(name: &str, bytes: &[u8], writer: &mut Writer, depth: usize) -> bool {
    let group = writer.groups.fresh();
    writer.push(unlisted_model::text::Role::Meta, Some("attachment"), group, name, 0);
    if depth >= DEEPEST {
        return false;
    }
    let bounds = Bounds { text: writer.bounds.text.saturating_sub(writer.text.chars.len()), ..writer.bounds };
    let address = Url::parse("file:///").ok().and_then(|base| base.join(name).ok());
    let read = inside(bytes, "", address.as_ref(), &bounds, depth + 1);
    writer.append(&read.text);
    read.problem.is_none()
}

/// Office files before 2007 are not read; newer ones under a password are packed the same way.
fn ole(bytes: &[u8]) -> Problem {
    let wide: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
    if bytes.windows(wide.len()).any(|w| w == wide) { Problem::Encrypted } else { Problem::NotReadYet }
}
