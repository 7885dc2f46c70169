//! The tokens of an HTML document, as the WHATWG tokenizer sees them, without a copy of anything.
//!
//! Each byte is looked at a bounded number of times, whatever stands there: what is unclosed runs to the end once.

use super::tags::Tag;

/// Attributes kept of one tag; further ones are counted only.
const KEPT_ATTRIBUTES: usize = 256;

/// One attribute: name as written, value with its entities still in it, and where the value stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribute<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a str,
    pub(super) at: usize,
}

/// How the entities of a text count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TextKind {
    /// Ordinary text.
    Data,
    /// Text without entities: `script`, `style`, CDATA.
    Raw,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'a> {
    Text { raw: &'a str, at: usize, kind: TextKind },
    Start { tag: Tag, name: &'a str, self_closing: bool, at: usize },
    End { tag: Tag, name: &'a str },
    Comment { raw: &'a str, at: usize },
}

/// Cuts a document into tokens.
pub(super) struct Tokens<'a> {
    html: &'a str,
    pos: usize,
    /// The element whose raw content comes next.
    raw: Option<(Tag, &'a str)>,
    attributes: Vec<Attribute<'a>>,
    attribute_count: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { html, pos: 0, raw: None, attributes: Vec::with_capacity(16), attribute_count: 0 }
    }

    /// The attributes of the last start tag.
    pub(super) fn attributes(&self) -> &[Attribute<'a>] {
        &self.attributes
    }

    /// How many attributes the last start tag had, those that were not kept included.
    pub(super) fn attribute_count(&self) -> usize {
        self.attribute_count
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.html.get(from..to).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.html.as_bytes().get(at).copied()
    }

    fn find(&self, from: usize, needle: &str) -> Option<usize> {
        self.html.get(from..)?.find(needle).map(|i| from + i)
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        if let Some((tag, name)) = self.raw.take() {
            let end = self.raw_end(tag, name);
            if end > self.pos {
                let at = std::mem::replace(&mut self.pos, end);
                let kind = if matches!(tag, Tag::Title | Tag::Textarea) { TextKind::Data } else { TextKind::Raw };
                return Some(Token::Text { raw: self.slice(at, end), at, kind });
            }
        }
        let start = self.pos;
        let mut look = start;
        while look < self.html.len() {
            let Some(open) = self.html.get(look..)?.find('<').map(|i| look + i) else { break };
            let next = self.byte(open + 1);
            let markup = match next {
                Some(b'!' | b'?') => true,
                Some(b'/') => self.byte(open + 2).is_some(),
                Some(b) => b.is_ascii_alphabetic(),
                None => false,
            };
            if !markup {
                look = open + 1;
                continue;
            }
            if open > start {
                self.pos = open;
                return Some(Token::Text { raw: self.slice(start, open), at: start, kind: TextKind::Data });
            }
            return match next {
                Some(b'!') => Some(self.declaration(open)),
                Some(b'?') => Some(self.bogus(open + 1)),
                Some(b'/') => self.end_tag(open),
                _ => self.start_tag(open),
            };
        }
        self.pos = self.html.len();
        (start < self.html.len()).then(|| Token::Text {
            raw: self.slice(start, self.html.len()),
            at: start,
            kind: TextKind::Data,
        })
    }

    /// A comment from `from` to the next `>`.
    fn bogus(&mut self, from: usize) -> Token<'a> {
        let end = self.find(from, ">");
        self.pos = end.map_or(self.html.len(), |e| e + 1);
        Token::Comment { raw: self.slice(from, end.unwrap_or(self.html.len())), at: from }
    }

    fn declaration(&mut self, open: usize) -> Token<'a> {
        let rest = self.html.get(open..).unwrap_or_default();
        if rest.starts_with("<!--") {
            return self.comment(open + 4);
        }
        if rest.starts_with("<![CDATA[") {
            let from = open + 9;
            let end = self.find(from, "]]>");
            self.pos = end.map_or(self.html.len(), |e| e + 3);
            return Token::Text { raw: self.slice(from, end.unwrap_or(self.html.len())), at: from, kind: TextKind::Raw };
        }
        let doctype = rest.get(..9).is_some_and(|d| d.eq_ignore_ascii_case("<!doctype"));
        let token = self.bogus(open + 2);
        if doctype { Token::Comment { raw: "", at: open } } else { token }
    }

    fn comment(&mut self, from: usize) -> Token<'a> {
        // `<!-->` and `<!--->` are empty comments.
        for short in [">", "->"] {
            if self.html.get(from..).unwrap_or_default().starts_with(short) {
                self.pos = from + short.len();
                return Token::Comment { raw: "", at: from };
            }
        }
        let mut look = from;
        while let Some(dashes) = self.find(look, "--") {
            for end in ["-->", "--!>"] {
                if self.html.get(dashes..).unwrap_or_default().starts_with(end) {
                    self.pos = dashes + end.len();
                    return Token::Comment { raw: self.slice(from, dashes), at: from };
                }
            }
            look = dashes + 1;
        }
        self.pos = self.html.len();
        // What may have begun its end belongs to it no more.
        let raw = self.slice(from, self.pos);
        let raw = ["--!", "--", "-"].iter().find_map(|end| raw.strip_suffix(end)).unwrap_or(raw);
        Token::Comment { raw, at: from }
    }

    fn name_end(&self, from: usize) -> usize {
        let rest = self.html.as_bytes().get(from..).unwrap_or_default();
        from + rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')).unwrap_or(rest.len())
    }

    fn end_tag(&mut self, open: usize) -> Option<Token<'a>> {
        match self.byte(open + 2) {
            Some(b) if b.is_ascii_alphabetic() => {
                let end = self.name_end(open + 2);
                let name = self.slice(open + 2, end);
                self.read_attributes(end)?;
                Some(Token::End { tag: Tag::of(name), name })
            }
            Some(b'>') => {
                self.pos = open + 3;
                Some(Token::Comment { raw: "", at: open })
            }
            _ => Some(self.bogus(open + 2)),
        }
    }

    fn start_tag(&mut self, open: usize) -> Option<Token<'a>> {
        let end = self.name_end(open + 1);
        let name = self.slice(open + 1, end);
        let self_closing = self.read_attributes(end)?;
        let tag = Tag::of(name);
        if matches!(
            tag,
            Tag::Script
                | Tag::Style
                | Tag::Title
                | Tag::Textarea
                | Tag::Xmp
                | Tag::Iframe
                | Tag::Noembed
                | Tag::Noframes
                | Tag::Plaintext
        ) && !(self_closing && tag != Tag::Script)
        {
            self.raw = Some((tag, name));
        }
        Some(Token::Start { tag, name, self_closing, at: open })
    }

    /// Reads attributes from `at` on to the end of the tag; `None` if the document ends before the tag does.
    fn read_attributes(&mut self, mut at: usize) -> Option<bool> {
        self.attributes.clear();
        self.attribute_count = 0;
        let bytes = self.html.as_bytes();
        let mut self_closing = false;
        loop {
            let Some(&b) = bytes.get(at) else {
                self.pos = bytes.len();
                return None;
            };
            match b {
                b'>' => {
                    self.pos = at + 1;
                    return Some(self_closing);
                }
                b'/' => {
                    self_closing = true;
                    at += 1;
                }
                _ if b.is_ascii_whitespace() => at += 1,
                _ => {
                    self_closing = false;
                    let (attribute, next) = self.attribute(at);
                    self.attribute_count += 1;
                    if self.attributes.len() < KEPT_ATTRIBUTES {
                        self.attributes.push(attribute);
                    }
                    at = next;
                }
            }
        }
    }

    fn attribute(&self, from: usize) -> (Attribute<'a>, usize) {
        let bytes = self.html.as_bytes();
        let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'=');
        // A `=` in front belongs to the name.
        let tail = bytes.get(from + 1..).unwrap_or_default();
        let name_end = from + 1 + tail.iter().position(is_end).unwrap_or(tail.len());
        let name = self.slice(from, name_end);
        let mut at = name_end;
        let skip = |mut at: usize| {
            while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                at += 1;
            }
            at
        };
        at = skip(at);
        if bytes.get(at) != Some(&b'=') {
            return (Attribute { name, value: "", at: name_end }, at);
        }
        at = skip(at + 1);
        match bytes.get(at) {
            Some(&quote @ (b'"' | b'\'')) => {
                let rest = bytes.get(at + 1..).unwrap_or_default();
                let len = rest.iter().position(|&b| b == quote);
                let end = at + 1 + len.unwrap_or(rest.len());
                (Attribute { name, value: self.slice(at + 1, end), at: at + 1 }, (end + 1).min(bytes.len()))
            }
            _ => {
                let rest = bytes.get(at..).unwrap_or_default();
                let end = at + rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'>').unwrap_or(rest.len());
                (Attribute { name, value: self.slice(at, end), at }, end)
            }
        }
    }

    /// Where the raw content of an element ends: at its end tag, or at the end of the document.
    fn raw_end(&self, tag: Tag, name: &str) -> usize {
        if tag == Tag::Plaintext {
            return self.html.len();
        }
        let bytes = self.html.as_bytes();
        let names = |at: usize| {
            bytes.get(at..at + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
                && bytes.get(at + name.len()).is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
        };
        // Inside `<!--` of a script, `<script>` opens an inner one whose end tag does not end the outer.
        let (mut escaped, mut inner) = (false, false);
        let mut at = self.pos;
        while let Some(i) = bytes.get(at..).and_then(|rest| rest.iter().position(|&b| b == b'<' || (b == b'-' && escaped))) {
            at += i;
            let rest = bytes.get(at..).unwrap_or_default();
            if rest.starts_with(b"-->") {
                (escaped, inner) = (false, false);
            } else if rest.starts_with(b"</") && names(at + 2) {
                if !inner {
                    return at;
                }
                inner = false;
            } else if tag == Tag::Script && rest.starts_with(b"<!--") {
                escaped = true;
                // The two dashes may be those of an end as well: `<!-->`.
                at += 1;
            } else if escaped && rest.starts_with(b"<") && names(at + 1) {
                inner = true;
            }
            at += 1;
        }
        self.html.len()
    }
}
