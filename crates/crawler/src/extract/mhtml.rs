//! A page saved as one message (`.mhtml`, `.mht`, `.eml`).

use jiff::Timestamp;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, MessageParser, MessagePart, MimeHeaders, PartType};
use url::Url;

/// The page in a saved message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Where it stood on the web, if the message says so.
    pub address: Option<Url>,
    /// Its bytes, the transfer encoding undone.
    pub bytes: Vec<u8>,
    /// What it is, with its encoding.
    pub content_type: String,
    /// When it was saved, if the message says so.
    pub saved: Option<Timestamp>,
}

/// The main page of a message: the HTML part that the message is a snapshot of, else the first HTML part, else its text.
/// Frames, style sheets and pictures are left out. `None` if it is no message that can be read.
pub fn main_part(bytes: &[u8]) -> Option<Part> {
    let message = MessageParser::default().parse(bytes)?;
    let web = |text: &str| Url::parse(text.trim()).ok().filter(|u| matches!(u.scheme(), "http" | "https"));
    let snapshot = message.header_raw("Snapshot-Content-Location").and_then(web);
    let location = |part: &MessagePart<'_>| part.content_location().and_then(web);
    let html = || message.parts.iter().filter(|p| matches!(p.body, PartType::Html(_)));
    let part = html()
        .find(|p| snapshot.is_some() && location(p) == snapshot)
        .or_else(|| html().next())
        .or_else(|| message.parts.iter().find(|p| matches!(p.body, PartType::Text(_))))?;
    let (text, kind) = match &part.body {
        PartType::Html(text) => (text, "text/html; charset=utf-8"),
        PartType::Text(text) => (text, "text/plain; charset=utf-8"),
        _ => return None,
    };
    if text.trim().is_empty() {
        return None;
    }
    // A part that does not name its encoding is decoded like any page: by what it says of itself.
    let own = part.content_type().and_then(|t| t.attribute("charset")).is_none().then(|| undone(part, bytes)).flatten();
    let kind = if own.is_some() { kind.split(';').next().unwrap_or(kind) } else { kind };
    Some(Part {
        address: snapshot.or_else(|| location(part)).or_else(|| message.root_part().content_location().and_then(web)),
        bytes: own.unwrap_or_else(|| text.as_bytes().to_vec()),
        content_type: kind.to_owned(),
        saved: message.date().and_then(|d| Timestamp::from_second(d.to_timestamp()).ok()),
    })
}

/// The bytes of a part with its transfer encoding undone, its letters untouched.
fn undone(part: &MessagePart<'_>, message: &[u8]) -> Option<Vec<u8>> {
    let at = |offset: u32| usize::try_from(offset).ok();
    let raw = message.get(at(part.offset_body)?..at(part.offset_end)?)?;
    match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    }
    .filter(|bytes| !bytes.is_empty())
}
