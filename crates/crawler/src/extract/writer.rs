//! Appends blocks to a text under bounds.

use std::collections::HashMap;

use unlisted_model::text::{Role, Text};

use super::labels;
use super::{Bounds, Problem};

/// Blocks of a group that hold more than this together are no card or row but a page laid out in one: it is dissolved.
const LARGEST_GROUP: usize = 4_000;

/// A finished piece of text on its way into a block.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) role: Role,
    pub(super) label: Option<String>,
    pub(super) group: u32,
    pub(super) text: String,
    pub(super) at: usize,
}

/// Hands out group numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups(u32);

impl Groups {
    /// A number that no block has yet.
    pub(super) fn fresh(&mut self) -> u32 {
        self.0 = self.0.saturating_add(1);
        self.0
    }
}

/// Appends blocks while the bounds allow.
pub(super) struct Writer {
    pub(super) text: Text,
    pub(super) groups: Groups,
    pub(super) bounds: Bounds,
    /// Set once something was left out.
    pub(super) full: bool,
}

impl Writer {
    pub(super) fn new(bounds: &Bounds) -> Self {
        Self { text: Text::default(), groups: Groups::default(), bounds: *bounds, full: false }
    }

    /// As much of a text as still fits; remembers if that is not all.
    pub(super) fn within<'r>(&mut self, raw: &'r str) -> &'r str {
        let room = if self.full { 0 } else { self.bounds.text.saturating_sub(self.text.chars.len() + 1) };
        let kept = prefix(raw, room);
        self.full |= kept.len() < raw.len();
        kept
    }

    /// Appends a block; one that is too long is cut at the bound.
    pub(super) fn push(&mut self, role: Role, label: Option<&str>, group: u32, text: &str, at: usize) {
        let text = text.trim();
        if text.is_empty() || self.full {
            return;
        }
        let room = self.bounds.text.saturating_sub(self.text.chars.len() + 1);
        if self.text.blocks.len() >= self.bounds.blocks || room == 0 {
            self.full = true;
            return;
        }
        let kept = prefix(text, room);
        self.full |= kept.len() < text.len();
        let about = label.map(labels::about).unwrap_or_default();
        self.text.push(role, label, group, about, kept, at);
    }

    /// Appends a piece.
    pub(super) fn piece(&mut self, piece: &Piece) {
        self.push(piece.role, piece.label.as_deref(), piece.group, &piece.text, piece.at);
    }

    /// Appends the blocks of another text, their groups kept apart from those that are here.
    pub(super) fn append(&mut self, text: &Text) {
        let mut groups = HashMap::new();
        for block in &text.blocks {
            let group = *groups.entry(block.group).or_insert_with(|| self.groups.fresh());
            self.push(block.role, block.label.as_deref(), group, text.of(block), 0);
        }
    }

    /// The text, groups that are too large to be one card dissolved.
    pub(super) fn finish(mut self) -> (Text, Option<Problem>) {
        let mut sizes = vec![0_usize; self.groups.0 as usize + 1];
        for block in &self.text.blocks {
            if let Some(size) = sizes.get_mut(block.group as usize) {
                *size += block.range.len();
            }
        }
        for block in &mut self.text.blocks {
            if sizes.get(block.group as usize).is_some_and(|&size| size > LARGEST_GROUP) {
                block.group = self.groups.fresh();
            }
        }
        (self.text, self.full.then_some(Problem::Cut))
    }
}

/// The longest prefix of at most `most` bytes that ends between two characters.
pub(crate) fn prefix(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let mut end = most;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
