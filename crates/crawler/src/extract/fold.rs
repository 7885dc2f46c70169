//! Folds white space and decodes entities while text is copied, and keeps the way back.

use std::borrow::Cow;

use htmlize::Context;
use unlisted_model::text::OffsetMap;

/// Copies text into `out`, white space folded, from `start` on.
pub(super) struct Fold<'t> {
    /// Where it goes.
    pub(super) out: &'t mut String,
    /// The way back, if it is kept.
    pub(super) origin: Option<&'t mut OffsetMap>,
    /// Where the block starts in `out`: no space is put there.
    pub(super) start: usize,
    /// Whether white space was seen since the last word.
    pub(super) space: &'t mut bool,
    /// Whether line feeds are kept.
    pub(super) lines: bool,
}

impl Fold<'_> {
    /// Copies text without entities.
    pub(super) fn plain(&mut self, raw: &str, at: usize) {
        let bytes = raw.as_bytes();
        let mut i = 0;
        while let Some(&b) = bytes.get(i) {
            if b.is_ascii_whitespace() || b == 0x0B {
                self.white(b == b'\n', at + i);
                i += 1;
            } else if b < 0x80 || !may_be_space(b) {
                let end = word_end(bytes, i);
                self.word(raw.get(i..end).unwrap_or_default(), at + i);
                i = end;
            } else {
                let Some(c) = raw.get(i..).and_then(|r| r.chars().next()) else { return };
                self.char(c, at + i);
                i += c.len_utf8();
            }
        }
    }

    /// Copies text, its entities decoded (once more where they were encoded twice).
    pub(super) fn decoded(&mut self, raw: &str, at: usize) {
        let mut i = 0;
        while let Some(rest) = raw.get(i..).filter(|r| !r.is_empty()) {
            let Some(amp) = rest.find('&') else {
                self.plain(rest, at + i);
                return;
            };
            if amp > 0 {
                self.plain(rest.get(..amp).unwrap_or_default(), at + i);
            }
            let reference = rest.get(amp..amp + reference_len(rest, amp)).unwrap_or("&");
            let (made, used) = decode_twice(rest.get(amp..).unwrap_or_default(), reference);
            for c in made.chars() {
                self.char(c, at + i + amp);
            }
            i += amp + used;
        }
    }

    fn white(&mut self, line: bool, at: usize) {
        if self.lines && line {
            self.line(at);
        } else {
            *self.space = true;
        }
    }

    /// A line break inside the block.
    pub(super) fn line(&mut self, at: usize) {
        *self.space = false;
        if self.out.len() > self.start && !self.out.ends_with("\n\n") {
            self.mark(at);
            self.out.push('\n');
        }
    }

    fn mark(&mut self, at: usize) {
        if let Some(origin) = self.origin.as_deref_mut() {
            origin.push(self.out.len(), at);
        }
    }

    fn word(&mut self, word: &str, at: usize) {
        if std::mem::take(self.space) && self.out.len() > self.start && !self.out.ends_with('\n') {
            self.mark(at.saturating_sub(1));
            self.out.push(' ');
        }
        self.mark(at);
        self.out.push_str(word);
    }

    fn char(&mut self, c: char, at: usize) {
        match c {
            '\0' => {}
            c if c.is_whitespace() => self.white(false, at),
            c => self.word(c.encode_utf8(&mut [0; 4]), at),
        }
    }
}

/// Whether a character that starts with this byte may be white space.
const fn may_be_space(b: u8) -> bool {
    matches!(b, 0xC2 | 0xE1 | 0xE2 | 0xE3)
}

/// Bytes at which a run of words may end: white space, NUL, and what may begin a wide space.
const ENDS: [bool; 256] = {
    let mut ends = [false; 256];
    let mut b = 0u8;
    loop {
        ends[b as usize] = matches!(b, 0 | b' ' | 0x0B) || b.is_ascii_whitespace() || may_be_space(b);
        if b == u8::MAX {
            break ends;
        }
        b += 1;
    }
};

/// The end of the words that start at `i`: single spaces are inside, anything else that folds ends them.
fn word_end(bytes: &[u8], mut i: usize) -> usize {
    loop {
        let rest = bytes.get(i..).unwrap_or_default();
        let Some(len) = rest.iter().position(|b| ENDS[*b as usize]) else { return bytes.len() };
        i += len;
        let next = bytes.get(i + 1).copied();
        match bytes.get(i) {
            Some(b' ') if next.is_some_and(|n| n > b' ' && !may_be_space(n)) => i += 1,
            // A NUL has nothing to say; it is copied so that the loop goes on.
            Some(0) => return i + 1,
            _ => return i,
        }
    }
}

/// How long the character reference at `amp` is, its semicolon included; 1 if there is none.
fn reference_len(text: &str, amp: usize) -> usize {
    let bytes = text.as_bytes().get(amp + 1..).unwrap_or_default();
    let numeric = usize::from(bytes.first() == Some(&b'#'));
    // The longest name has 31 letters; digits may have zeros in front.
    let most = if numeric == 1 { bytes.len() } else { 32 };
    let name = bytes.iter().skip(numeric).take(most).take_while(|b| b.is_ascii_alphanumeric()).count();
    if name == 0 {
        return 1;
    }
    let len = numeric + name;
    1 + len + usize::from(bytes.get(len) == Some(&b';'))
}

/// Decodes the reference at the start of `text`, and once more if that gives the start of another one.
fn decode_twice<'t>(text: &'t str, reference: &'t str) -> (Cow<'t, str>, usize) {
    let made = htmlize::unescape_in(reference, Context::General);
    if made != "&" || reference.len() == 1 {
        return (made, reference.len());
    }
    // `&amp;#64;` shows as `&#64;`, which somebody meant as `@`.
    let rest = text.get(reference.len()..).unwrap_or_default();
    let name: String = std::iter::once('&').chain(rest.chars().take(34)).collect();
    let inner = name.get(..reference_len(&name, 0)).unwrap_or_default();
    if inner.len() < 3 || !inner.ends_with(';') {
        return (made, reference.len());
    }
    let again = htmlize::unescape_in(inner, Context::General).into_owned();
    if again == inner { (made, reference.len()) } else { (Cow::Owned(again), reference.len() + inner.len() - 1) }
}

/// A short text by itself: folded, entities decoded.
pub(super) fn folded(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut space = false;
    Fold { out: &mut out, origin: None, start: 0, space: &mut space, lines: false }.decoded(raw, 0);
    out
}

/// The value of an attribute, decoded once by the rules for attributes.
pub(super) fn attribute(raw: &str) -> Cow<'_, str> {
    if raw.contains('&') { htmlize::unescape_attribute(raw) } else { Cow::Borrowed(raw) }
}
