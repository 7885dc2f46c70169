//! The one pass over a page: tokens in, blocks out. No tree is built, so no page costs more than its length.

use std::collections::HashMap;
use std::rc::Rc;

use unlisted_model::text::Role;

use super::super::fold;
use super::super::writer::{Groups, Piece, Writer};
use super::attributes::{Found, Name};
use super::link_list::Links;
use super::microdata::Item;
use super::open::{Effects, Element, Open};
use super::page::{Page, Slot};
use super::style::Style;
use super::table::Table;
use super::tags::Tag;
use super::tokens::{TextKind, Token, Tokens};
use super::{meta, script};

/// Elements in a line that pages often set apart by their style alone: `<span>Amina Castle</span><span>14 Mill Lane</span>`.
/// `<b>`, `<em>` and `<font>` stand within words.
fn is_box_in_line(tag: Tag, name: &str) -> bool {
    matches!(tag, Tag::A | Tag::Label)
        || tag == Tag::Inline && (name.eq_ignore_ascii_case("span") || name.eq_ignore_ascii_case("time"))
}

/// What was noted when an element started, for its end.
pub(super) enum Mark {
    /// The words of a link.
    Link { index: usize, from: usize },
    /// The words of a label.
    Label { from: usize, field: Option<String> },
    /// Text shown backwards.
    Backwards { from: usize, at: usize },
    /// A property of microdata whose value is the text.
    Property { from: usize, label: String, key: String, at: usize },
    /// A thing of microdata.
    Scope,
    /// A table cell.
    Cell { from: usize, is_header: bool, span: usize },
    /// The term of a definition list.
    Term { from: usize },
    /// A definition list.
    Definitions { outer: Option<Rc<str>> },
}

/// What a page was read into.
pub(super) struct Walk<'a, 'l> {
    pub(super) page: Page,
    pub(super) links: &'l mut Links,
    pub(super) title: Option<String>,
    pub(super) open: Open,
    pub(super) marks: Vec<Mark>,
    hidden: usize,
    pub(super) tables: Vec<Table>,
    pub(super) items: Vec<Item>,
    /// Terms and labels of the nearest definition list and label.
    pub(super) term: Option<Rc<str>>,
    pub(super) field_labels: HashMap<String, String>,
    pub(super) last_label: Option<(String, usize)>,
    pub(super) open_label: Option<usize>,
    /// The element whose raw content comes next.
    raw: Option<RawContent<'a>>,
    /// A `span` or its like began or ended since the last text.
    span_before: bool,
    script_budget: usize,
    style: Style,
}

/// Raw content that is to be read in a way of its own.
#[derive(Clone, Copy)]
enum RawContent<'a> {
    Title,
    Json,
    Script,
    Style,
    Field(Option<&'a str>),
    Shown,
    Hidden,
    Skip,
}

impl<'a, 'l> Walk<'a, 'l> {
    pub(super) fn new(writer: Writer, links: &'l mut Links) -> Self {
        Self {
            page: Page::new(writer),
            links,
            title: None,
            open: Open::new(),
            marks: Vec::new(),
            hidden: 0,
            tables: Vec::new(),
            items: Vec::new(),
            term: None,
            field_labels: HashMap::new(),
            last_label: None,
            open_label: None,
            raw: None,
            span_before: false,
            script_budget: script::BUDGET,
            style: Style::new(),
        }
    }

    /// Reads a whole document.
    pub(super) fn run(&mut self, html: &'a str) {
        let mut tokens = Tokens::new(html);
        while let Some(token) = tokens.next() {
            if self.page.writer.full {
                break;
            }
            match token {
                Token::Text { raw, at, kind } => self.text(raw, at, kind),
                Token::Start { tag, name, self_closing, at } => {
                    self.raw = None;
                    self.span_before |= is_box_in_line(tag, name);
                    let found = Found::new(tokens.attributes());
                    self.start(tag, name, self_closing, at, &found);
                }
                Token::End { tag, name } => {
                    self.raw = None;
                    self.span_before |= is_box_in_line(tag, name);
                    self.end(tag, name);
                }
                Token::Comment { raw, at } => self.comment(raw, at),
            }
        }
        while let Some(element) = self.open.pop() {
            self.leave(element);
        }
        self.page.end_hidden();
        self.page.flush();
    }

    fn comment(&mut self, raw: &str, at: usize) {
        let text = super::words(raw);
        // Conditional comments and the marks of templates say nothing.
        if text.bytes().filter(u8::is_ascii_alphanumeric).count() >= 4 {
            self.page.beside(Role::Comment, "comment", &text, at);
        }
    }

    fn text(&mut self, raw: &str, at: usize, kind: TextKind) {
        match self.raw.take() {
            Some(RawContent::Skip) => {}
            Some(RawContent::Style) => self.style.read(raw),
            Some(RawContent::Title) => self.document_title(raw, at),
            Some(RawContent::Json) => self.json(raw, at),
            Some(RawContent::Script) => self.script(raw, at),
            Some(RawContent::Field(label)) => {
                let label = label.map(str::to_owned).or_else(|| self.field_label(None));
                self.page.beside(Role::Attribute, label.as_deref().unwrap_or("value"), &fold::folded(raw), at);
            }
            Some(RawContent::Hidden) => {
                self.page.hidden_text(raw, at);
                self.page.end_hidden();
            }
            Some(RawContent::Shown) => self.page.text(raw, at, false),
            None if self.hidden > 0 => self.page.hidden_text(raw, at),
            None => {
                if std::mem::take(&mut self.span_before) {
                    self.page.part(raw);
                }
                self.page.text(raw, at, kind == TextKind::Data);
            }
        }
    }

    fn document_title(&mut self, raw: &str, at: usize) {
        let text = fold::folded(raw);
        if self.title.is_none() && !text.is_empty() && !self.open.has(Tag::Foreign) {
            self.page.flush();
            self.page.push_slot(Slot { role: Role::Heading, label: None, group: None, lines: false });
            self.page.text(raw, at, true);
            self.page.flush();
            self.page.pop_slot();
            self.title = Some(text);
        } else {
            self.page.beside(Role::Attribute, "title", &text, at);
        }
    }

    pub(super) fn json(&mut self, raw: &str, at: usize) {
        let page = &mut self.page;
        let mut groups: Groups = std::mem::take(&mut page.writer.groups);
        super::super::json::read(raw, at, &mut groups, &mut |piece| page.beside_piece(piece));
        self.page.writer.groups = groups;
    }

    pub(super) fn script(&mut self, raw: &str, at: usize) {
        // The state that a page's program starts from holds what the page will show.
        for state in script::objects(raw, self.script_budget) {
            let from = at + (state.as_ptr() as usize).saturating_sub(raw.as_ptr() as usize);
            self.json(state, from);
        }
        let joined = script::joined_strings(raw, &mut self.script_budget);
        if !joined.is_empty() {
            let group = self.page.group();
            self.page.beside_piece(Piece {
                role: Role::Hidden,
                label: Some("script".into()),
                group,
                text: joined.join("\n"),
                at,
            });
        }
    }

    fn start(&mut self, tag: Tag, name: &str, self_closing: bool, at: usize, found: &Found<'_, 'a>) {
        for _ in 0..self.open.ended_by_start(tag) {
            if let Some(element) = self.open.pop() {
                self.leave(element);
            }
        }
        if tag.breaks() {
            self.boundary();
        }
        self.raw_content(tag, found);
        let marks = self.marks.len();
        self.attributes(tag, found, at);
        let closes_itself = tag.is_void() || (self_closing && (self.open.has(Tag::Foreign) || tag == Tag::Foreign));
        if closes_itself {
            self.void(tag, found, at);
            self.marks.truncate(marks);
            return;
        }
        if self.open.is_too_deep() {
            self.marks.truncate(marks);
            return;
        }
        if matches!(tag, Tag::Select | Tag::Textarea | Tag::Button) {
            self.page.drop_carry();
        }
        let effects = self.effects(tag, name, found, at, marks);
        if effects.hides {
            self.hidden += 1;
        }
        self.open.push(tag, name, effects);
    }

    /// A place where text before and after stands apart.
    fn boundary(&mut self) {
        if self.hidden > 0 {
            self.page.end_hidden();
        } else {
            self.page.flush();
        }
    }

    fn raw_content(&mut self, tag: Tag, found: &Found<'_, 'a>) {
        self.raw = match tag {
            Tag::Title => Some(RawContent::Title),
            Tag::Style => Some(RawContent::Style),
            Tag::Noembed => Some(RawContent::Skip),
            Tag::Iframe | Tag::Noframes => Some(RawContent::Hidden),
            Tag::Xmp | Tag::Plaintext => Some(RawContent::Shown),
            Tag::Textarea => {
                let label = found.value(Name::Id).and_then(|id| self.field_labels.get(id).cloned());
                self.last_label = label.map(|l| (l, self.page.mark())).or(self.last_label.take());
                Some(RawContent::Field(None))
            }
            Tag::Script => {
                let kind = found.value(Name::Type).unwrap_or_default().trim().to_ascii_lowercase();
                Some(if kind.contains("json") {
                    RawContent::Json
                } else if kind.is_empty() || kind.contains("javascript") || kind == "module" || kind.contains("ecmascript") {
                    RawContent::Script
                } else if kind.contains("template") || kind.contains("html") || kind.starts_with("text/x-") {
                    RawContent::Hidden
                } else {
                    RawContent::Script
                })
            }
            _ => None,
        };
    }

    /// Void elements: line breaks, fields, pictures.
    fn void(&mut self, tag: Tag, found: &Found<'_, 'a>, at: usize) {
        match tag {
            Tag::Br if self.hidden == 0 => self.page.line_break(at),
            Tag::Br => self.page.hidden_text(" ", at),
            Tag::Base => {
                if let Some(href) = found.value(Name::Href) {
                    self.links.base(&fold::attribute(href));
                }
            }
            Tag::Meta => {
                if let Some((label, role, content)) = meta::read(found) {
                    self.page.beside(role, &label, &content, at);
                }
            }
            Tag::Input => {
                self.field(found);
                self.page.drop_carry();
            }
            _ => {}
        }
    }

    /// What an element does to the text in it.
    fn effects(&mut self, tag: Tag, name: &str, found: &Found<'_, 'a>, at: usize, marks: usize) -> Effects {
        let style = found.value(Name::Style).map(|s| s.to_ascii_lowercase().replace(' ', ""));
        let is_styled = |what: &str| style.as_deref().is_some_and(|s| s.contains(what));
        let class = found.value(Name::Class).unwrap_or_default();
        let hides = matches!(tag, Tag::Template | Tag::Noscript)
            || found.get(Name::Hidden).is_some_and(|h| !h.value.eq_ignore_ascii_case("false"))
            || is_styled("display:none")
            || is_styled("visibility:hidden")
            || (tag.breaks() && found.is(Name::AriaHidden, "true"))
            // A box that a class hides is often one that a script shows.
            || (!tag.breaks() && self.style.hides(class));
        let backwards = (is_styled("direction:rtl") && is_styled("bidi-override"))
            || (tag == Tag::Bdo && found.is(Name::Dir, "rtl"))
            || self.style.turns(class);
        if backwards {
            self.marks.push(Mark::Backwards { from: self.page.mark(), at });
        }
        let slot = self.slot(tag, name, found);
        let has_slot = slot.is_some();
        if let Some(slot) = slot {
            self.page.push_slot(slot);
        }
        Effects { hides, has_slot, marks: u8::try_from(self.marks.len() - marks).unwrap_or(u8::MAX) }
    }

    fn end(&mut self, tag: Tag, name: &str) {
        match (self.open.ended_by_end(tag, name), tag) {
            (Some(many), _) => {
                for _ in 0..many {
                    if let Some(element) = self.open.pop() {
                        self.leave(element);
                    }
                }
            }
            // Browsers read these as `<br>` and `<p></p>`.
            (None, Tag::Br) => self.page.line_break(self.page.mark()),
            (None, _) if tag.breaks() => self.boundary(),
            _ => {}
        }
    }

    fn leave(&mut self, element: Element) {
        for _ in 0..element.effects.marks {
            if let Some(mark) = self.marks.pop() {
                self.settle(mark);
            }
        }
        if element.tag.breaks() || element.effects.hides {
            if self.hidden > 0 {
                self.page.end_hidden();
            }
            if element.tag.breaks() && (self.hidden == 0 || element.effects.hides) {
                self.page.flush();
            }
        }
        if element.effects.hides {
            self.hidden = self.hidden.saturating_sub(1);
        }
        if element.effects.has_slot {
            self.page.pop_slot();
        }
        match element.tag {
            Tag::Tr => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            Tag::Table => {
                self.tables.pop();
            }
            _ => {}
        }
    }
}
