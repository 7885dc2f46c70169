//! Values of JSON with their keys, read leniently: real pages hold JSON with trailing commas, comments and raw line feeds.
//!
//! No tree is built: one pass, a stack of bounded depth, exact places. A broken document gives what stands before and
//! after the break.

use unlisted_model::text::Role;

use super::labels;
use super::writer::{Groups, Piece};

/// Values in objects deeper than this are left out: nobody writes them.
const DEEPEST: usize = 128;
/// Values longer than this are cut: a value is a detail or a paragraph, not a book.
const LONGEST: usize = 64 * 1024;

/// An object or array that is open.
struct Frame {
    is_array: bool,
    /// The key under which the next value stands.
    key: Option<String>,
    group: u32,
    /// Words of the keys on the way here.
    path: String,
    postal: Vec<(u8, String)>,
    at: usize,
}

/// What a JSON text is read into.
pub(super) struct Json<'t, 'e> {
    text: &'t str,
    base: usize,
    groups: &'e mut Groups,
    each: &'e mut dyn FnMut(Piece) -> bool,
    frames: Vec<Frame>,
    too_deep: usize,
    go_on: bool,
}

/// Reads every value of `text`, which starts at `base` of the document; `each` says whether to go on.
pub(super) fn read(text: &str, base: usize, groups: &mut Groups, each: &mut dyn FnMut(Piece) -> bool) {
    Json { text, base, groups, each, frames: Vec::new(), too_deep: 0, go_on: true }.run();
}

impl Json<'_, '_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while self.go_on {
            let Some(&b) = bytes.get(at) else { break };
            match b {
                b'{' | b'[' => self.open(b == b'[', at),
                b'}' | b']' => self.close(),
                b'"' | b'\'' => {
                    at = self.string(at);
                    continue;
                }
                b'0'..=b'9' | b'-' | b'+' | b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' => {
                    at = self.bare(at);
                    continue;
                }
                b'/' if bytes.get(at + 1) == Some(&b'/') => at = self.after(at, "\n"),
                b'/' if bytes.get(at + 1) == Some(&b'*') => at = self.after(at + 2, "*/"),
                b',' => {
                    if let Some(frame) = self.frames.last_mut().filter(|f| !f.is_array) {
                        frame.key = None;
                    }
                }
                _ => {}
            }
            at += 1;
        }
        while !self.frames.is_empty() {
            self.too_deep = 0;
            self.close();
        }
    }

    /// The last byte of the next `end`.
    fn after(&self, at: usize, end: &str) -> usize {
        self.text.get(at..).and_then(|t| t.find(end)).map_or(self.text.len(), |i| at + i + end.len() - 1)
    }

    fn open(&mut self, is_array: bool, at: usize) {
        if self.frames.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        let (group, path) = match self.frames.last_mut() {
            None => (self.groups.fresh(), String::new()),
            Some(parent) => {
                let key = parent.key.take();
                let mut path = parent.path.clone();
                let shares = is_array || key.as_deref().is_some_and(belongs_to_its_parent);
                if let Some(key) = key.filter(|k| !k.starts_with('@')) {
                    if !path.is_empty() {
                        path.push(' ');
                    }
                    path.push_str(&labels::words(&key));
                }
                // Two or three words of context are a label, a whole path is none.
                while path.len() > 60 && path.contains(' ') {
                    path = path.split_once(' ').map(|(_, rest)| rest.to_owned()).unwrap_or_default();
                }
                (if shares { parent.group } else { self.groups.fresh() }, path)
            }
        };
        self.frames.push(Frame { is_array, key: None, group, path, postal: Vec::new(), at });
    }

    fn close(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(mut frame) = self.frames.pop() else { return };
        if let Some(address) = labels::postal(&mut frame.postal) {
            let group = self.frames.last().map_or(frame.group, |p| p.group);
            let label = if frame.path.contains("address") { frame.path } else { format!("{} address", frame.path).trim().into() };
            self.emit(label, group, address, frame.at);
        }
    }

    fn emit(&mut self, label: String, group: u32, text: String, at: usize) {
        if !text.trim().is_empty() && self.go_on {
            let label = (!label.is_empty()).then_some(label);
            self.go_on = (self.each)(Piece { role: Role::Key, label, group, text, at: self.base + at });
        }
    }

    /// Whether the next thing after white space is a colon.
    fn colon_follows(&self, at: usize) -> bool {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        // A key and its colon stand together: looking far ahead after each word would be quadratic.
        rest.iter().take(64).find(|b| !b.is_ascii_whitespace()) == Some(&b':')
    }

    fn string(&mut self, open: usize) -> usize {
        let bytes = self.text.as_bytes();
        let quote = bytes.get(open).copied().unwrap_or(b'"');
        let mut end = open + 1;
        let mut escaped = false;
        while let Some(&b) = bytes.get(end) {
            if b == quote {
                break;
            }
            escaped |= b == b'\\';
            end += if b == b'\\' { 2 } else { 1 };
        }
        let end = end.min(bytes.len());
        let raw = self.text.get(open + 1..end).unwrap_or_default();
        let next = end + 1;
        let text =
            if escaped { unescape(super::writer::prefix(raw, LONGEST)) } else { super::writer::prefix(raw, LONGEST).into() };
        self.word(text, open + 1, next);
        next
    }

    fn bare(&mut self, from: usize) -> usize {
        let bytes = self.text.as_bytes().get(from..).unwrap_or_default();
        let len = bytes
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$' | b'.' | b'-' | b'+')))
            .unwrap_or(bytes.len())
            .max(1);
        let word = self.text.get(from..from + len).unwrap_or_default();
        let is_number = word.bytes().any(|b| b.is_ascii_digit());
        if is_number || self.colon_follows(from + len) {
            self.word(word.to_owned(), from, from + len);
        }
        from + len
    }

    /// A string or number: a key if a colon follows in an object, else a value.
    fn word(&mut self, text: String, at: usize, next: usize) {
        let is_object = self.frames.last().is_none_or(|f| !f.is_array);
        if is_object && self.colon_follows(next) {
            if let Some(frame) = self.frames.last_mut()
                && frame.key.is_none()
            {
                frame.key = Some(super::writer::prefix(&text, 80).to_owned());
            }
            return;
        }
        let Some(frame) = self.frames.last_mut() else {
            let group = self.groups.fresh();
            self.emit(String::new(), group, super::html::words(&text), at);
            return;
        };
        let key = if frame.is_array { frame.key.clone() } else { frame.key.take() };
        let key = key.unwrap_or_default();
        // Names of things, not of people.
        if matches!(key.as_str(), "@context" | "@type") || (key == "@id" && !text.starts_with("mailto:")) {
            return;
        }
        if self.too_deep > 0 {
            return;
        }
        let text = super::html::words(&text);
        if let Some(place) = labels::postal_place(&key)
            && frame.postal.len() < 16
            && text.len() <= 200
        {
            frame.postal.push((place, text.clone()));
        }
        let label = format!("{} {}", frame.path, labels::words(&key)).trim().to_owned();
        let group = frame.group;
        self.emit(label, group, text, at);
    }
}

/// Whether an object under this key describes the thing that holds it, rather than another thing.
fn belongs_to_its_parent(key: &str) -> bool {
    let words = labels::words(key);
    words.split(' ').any(|w| {
        matches!(
            w,
            "address"
                | "addr"
                | "addresses"
                | "contact"
                | "contacts"
                | "point"
                | "name"
                | "phone"
                | "phones"
                | "telephone"
                | "tel"
                | "email"
                | "emails"
                | "mobile"
                | "location"
                | "geo"
                | "birth"
                | "home"
                | "office"
                | "work"
                | "details"
                | "dob"
                | "social"
                | "links"
                | "place"
        )
    })
}

/// Undoes the escapes of JSON and JavaScript strings; what is no escape stays as it is.
pub(super) fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    let mut high: Option<u32> = None;
    while let Some(c) = chars.next() {
        if c != '\\' {
            high = None;
            out.push(c);
            continue;
        }
        let hex = |chars: &mut std::str::Chars<'_>, digits: usize| {
            let text: String = chars.clone().take(digits).collect();
            let value = (text.len() == digits).then(|| u32::from_str_radix(&text, 16).ok()).flatten();
            if value.is_some() {
                for _ in 0..digits {
                    chars.next();
                }
            }
            value
        };
        match chars.next() {
            Some('n' | 'r') => out.push('\n'),
            Some('t' | 'f' | 'b' | 'v') => out.push(' '),
            Some('u') => match hex(&mut chars, 4) {
                Some(unit @ 0xD800..=0xDBFF) => {
                    high = Some(unit);
                    continue;
                }
                Some(unit @ 0xDC00..=0xDFFF) => {
                    let joined = high.map(|h| 0x10000 + ((h - 0xD800) << 10) + (unit - 0xDC00));
                    out.extend(joined.and_then(char::from_u32));
                }
                Some(unit) => out.extend(char::from_u32(unit)),
                None => out.push('u'),
            },
            Some('x') => match hex(&mut chars, 2) {
                Some(unit) => out.extend(char::from_u32(unit)),
                None => out.push('x'),
            },
            Some('\n') => {}
            Some(other) => out.push(other),
            None => {}
        }
        high = None;
    }
    out
}
