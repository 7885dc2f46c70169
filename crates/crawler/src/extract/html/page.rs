//! The block of visible text that is being built, and what waits to stand beside it.

use std::rc::Rc;

use unlisted_model::text::Role;

use super::super::fold::Fold;
use super::super::labels;
use super::super::writer::{Piece, Writer};

/// What an open element says of the text in it.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) role: Role,
    pub(super) label: Option<Rc<str>>,
    /// The group of everything inside; without one each block is by itself.
    pub(super) group: Option<u32>,
    /// Whether line feeds are kept.
    pub(super) lines: bool,
}

/// A label that the next block takes.
struct Carry {
    label: String,
    group: u32,
}

/// Text on its way into blocks.
pub(super) struct Page {
    pub(super) writer: Writer,
    /// Where the block being built starts.
    start: usize,
    space: bool,
    group_now: Option<u32>,
    /// Pieces that stand beside the block being built and would break it.
    beside: Vec<Piece>,
    beside_bytes: usize,
    slots: Vec<Slot>,
    carry: Option<Carry>,
    hidden: String,
    hidden_at: usize,
    hidden_space: bool,
}

const OUTERMOST: Slot = Slot { role: Role::Body, label: None, group: None, lines: false };

impl Page {
    pub(super) fn new(writer: Writer) -> Self {
        Self {
            writer,
            start: 0,
            space: false,
            group_now: None,
            beside: Vec::new(),
            beside_bytes: 0,
            slots: Vec::with_capacity(32),
            carry: None,
            hidden: String::new(),
            hidden_at: 0,
            hidden_space: false,
        }
    }

    pub(super) fn slot(&self) -> &Slot {
        self.slots.last().unwrap_or(&OUTERMOST)
    }

    pub(super) fn push_slot(&mut self, slot: Slot) {
        self.slots.push(slot);
    }

    pub(super) fn pop_slot(&mut self) {
        self.slots.pop();
    }

    /// Where the next character will stand.
    pub(super) fn mark(&self) -> usize {
        self.writer.text.chars.len()
    }

    /// What was written since `mark`, in one line, at most about `most` bytes.
    pub(super) fn since(&self, mark: usize, most: usize) -> String {
        let text = self.writer.text.chars.get(mark..).unwrap_or_default().trim();
        super::super::writer::prefix(text, most).replace('\n', " ")
    }

    /// Appends visible text.
    pub(super) fn text(&mut self, raw: &str, at: usize, decode: bool) {
        let raw = self.writer.within(raw);
        let lines = self.slot().lines;
        let text = &mut self.writer.text;
        let mut fold =
            Fold { out: &mut text.chars, origin: Some(&mut text.origin), start: self.start, space: &mut self.space, lines };
        if decode { fold.decoded(raw, at) } else { fold.plain(raw, at) }
    }

    /// Parts two texts between which the style makes room, where their letters say so: "Castle|14", "Lane|Mereside",
    /// "4QT|07700", but not "077|00" or "Cast|le".
    pub(super) fn part(&mut self, next: &str) {
        let text = self.writer.text.chars.as_str();
        if self.space || text.len() <= self.start {
            return;
        }
        let (Some(last), Some(first)) = (text.chars().next_back(), next.chars().next()) else { return };
        let figures = next.bytes().take_while(u8::is_ascii_digit).count();
        let number = first == '+' || (first == '0' && figures >= 3);
        self.space |= last.is_lowercase() && (first.is_uppercase() || first.is_ascii_digit() || first == '+')
            || last.is_uppercase() && number;
    }

    /// Appends text that is not shown.
    pub(super) fn hidden_text(&mut self, raw: &str, at: usize) {
        if self.hidden.is_empty() {
            self.hidden_at = at;
        }
        if self.beside_bytes + self.hidden.len() + raw.len() > self.writer.bounds.text {
            self.writer.full = true;
            return;
        }
        Fold { out: &mut self.hidden, origin: None, start: 0, space: &mut self.hidden_space, lines: false }.decoded(raw, at);
    }

    /// A line break inside the block.
    pub(super) fn line_break(&mut self, at: usize) {
        let text = &mut self.writer.text;
        Fold { out: &mut text.chars, origin: Some(&mut text.origin), start: self.start, space: &mut self.space, lines: true }
            .line(at);
    }

    /// The group of the block being built.
    pub(super) fn group(&mut self) -> u32 {
        if let Some(group) = self.group_now {
            return group;
        }
        let group = match (self.slot().group, &self.carry) {
            (Some(group), _) => group,
            (None, Some(carry)) => carry.group,
            _ => self.writer.groups.fresh(),
        };
        self.group_now = Some(group);
        group
    }

    /// A field stands here: the label before it is its own, not that of the next text.
    pub(super) fn drop_carry(&mut self) {
        self.carry = None;
    }

    /// Puts a piece beside the block being built.
    pub(super) fn beside(&mut self, role: Role, label: &str, text: &str, at: usize) {
        let group = self.group();
        self.beside_piece(Piece { role, label: Some(label.to_owned()), group, text: text.to_owned(), at });
    }

    /// Puts a piece with a group of its own beside the block being built; says whether more is welcome.
    pub(super) fn beside_piece(&mut self, piece: Piece) -> bool {
        self.beside_bytes += piece.text.len() + 64;
        let fits = self.beside_bytes <= self.writer.bounds.text;
        // `alt` and `title` often say the same.
        let is_told = self
            .beside
            .last()
            .is_some_and(|l| l.role == Role::Attribute && piece.role == Role::Attribute && l.text == piece.text);
        if fits && !is_told && !piece.text.trim().is_empty() {
            self.beside.push(piece);
        }
        self.writer.full |= !fits;
        fits
    }

    /// Ends the hidden text that is being gathered.
    pub(super) fn end_hidden(&mut self) {
        self.hidden_space = false;
        if self.hidden.trim().is_empty() {
            self.hidden.clear();
            return;
        }
        let text = std::mem::take(&mut self.hidden);
        let group = self.group();
        self.beside_piece(Piece { role: Role::Hidden, label: None, group, text, at: self.hidden_at });
    }

    /// Ends the block being built and writes what waited beside it.
    pub(super) fn flush(&mut self) {
        self.space = false;
        let end = self.writer.text.chars.trim_end().len().max(self.start);
        self.writer.text.chars.truncate(end);
        if end > self.start {
            self.finish_block(end);
        }
        if !self.beside.is_empty() {
            for piece in std::mem::take(&mut self.beside) {
                self.writer.piece(&piece);
            }
            self.beside_bytes = 0;
        }
        self.group_now = None;
        self.start = self.writer.text.chars.len();
    }

    fn finish_block(&mut self, end: usize) {
        let group = self.group();
        let slot = self.slot();
        let (role, own) = (slot.role, slot.label.clone());
        let carry = self.carry.take().filter(|_| !matches!(role, Role::Term | Role::Heading));
        let text = &mut self.writer.text;
        let said = text.chars.get(self.start..end).unwrap_or_default();
        // `Home mobile: 07700 …` names its own slot.
        let inside = || labels::label_inside(said).filter(|_| role == Role::Body).map(str::to_lowercase);
        let label = own.as_deref().map(str::to_lowercase).or_else(inside).or_else(|| carry.map(|c| c.label.to_lowercase()));
        let colon = said.len() <= labels::LONGEST && said.ends_with(':');
        if matches!(role, Role::Body | Role::Heading | Role::Term)
            && (colon
                || (role == Role::Term && said.len() <= labels::LONGEST)
                || (role == Role::Heading && labels::names_details(said)))
        {
            self.carry = Some(Carry { label: said.trim_end_matches(':').trim().to_owned(), group });
        }
        let about = label.as_deref().map(labels::about).unwrap_or_default();
        text.blocks.push(unlisted_model::text::Block { role, label, range: self.start..end, group, about });
        text.chars.push('\n');
        if text.blocks.len() >= self.writer.bounds.blocks {
            self.writer.full = true;
        }
    }
}
