//! The elements that are open, with the ends that HTML leaves out.

use super::tags::{TAGS, Tag};

/// Elements deeper than this are counted, not kept.
pub(super) const DEEPEST: usize = 512;

/// How far up the start of an inline element is looked for.
const FAR_UP: usize = 64;

/// What has to be done when an element ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Effects {
    /// Its content is not shown.
    pub(super) hides: bool,
    /// It pushed a slot.
    pub(super) has_slot: bool,
    /// It pushed a card: the group of the page around it is restored.
    pub(super) marks: u8,
}

/// One open element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub(super) tag: Tag,
    name: u32,
    pub(super) effects: Effects,
}

/// The open elements, innermost last.
pub(super) struct Open {
    stack: Vec<Element>,
    counts: [u16; TAGS],
    too_deep: usize,
    /// Grows with each element that is opened or closed.
    changes: u32,
    /// For each tag the state in which its end tag fitted no open element: it will not fit before that changes.
    unfit: [u32; TAGS],
    /// The deepest that it ever was.
    pub(super) deepest: usize,
}

/// A name in four bytes: enough to tell the inline elements of one page apart.
fn short_name(name: &str) -> u32 {
    name.bytes().fold(0x811C_9DC5_u32, |h, b| (h ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
}

impl Open {
    pub(super) fn new() -> Self {
        Self { stack: Vec::with_capacity(64), counts: [0; TAGS], too_deep: 0, changes: 1, unfit: [0; TAGS], deepest: 0 }
    }

    /// Whether an element of this tag is open.
    pub(super) fn has(&self, tag: Tag) -> bool {
        self.counts.get(tag as usize).is_some_and(|&c| c > 0)
    }

    /// Opens an element; `false` if it is too deep to have effects.
    pub(super) fn push(&mut self, tag: Tag, name: &str, effects: Effects) {
        self.changes = self.changes.wrapping_add(1);
        self.stack.push(Element { tag, name: short_name(name), effects });
        if let Some(count) = self.counts.get_mut(tag as usize) {
            *count += 1;
        }
        self.deepest = self.deepest.max(self.stack.len() + self.too_deep);
    }

    /// Whether a further element would be too deep; it is counted if so.
    pub(super) fn is_too_deep(&mut self) -> bool {
        if self.stack.len() < DEEPEST {
            return false;
        }
        self.too_deep += 1;
        self.deepest = self.deepest.max(self.stack.len() + self.too_deep);
        true
    }

    /// Takes the innermost element off.
    pub(super) fn pop(&mut self) -> Option<Element> {
        let element = self.stack.pop()?;
        self.changes = self.changes.wrapping_add(1);
        if let Some(count) = self.counts.get_mut(element.tag as usize) {
            *count = count.saturating_sub(1);
        }
        Some(element)
    }

    /// How many elements a start tag of this sort ends first.
    pub(super) fn ended_by_start(&self, tag: Tag) -> usize {
        if self.too_deep > 0 {
            return 0;
        }
        let up_to = |ends: &dyn Fn(Tag) -> bool, stops: &dyn Fn(Tag) -> bool| {
            // The outermost that it ends, as far up as nothing stops it.
            let mut found = 0;
            for (i, element) in self.stack.iter().rev().enumerate() {
                if stops(element.tag) {
                    break;
                }
                if ends(element.tag) {
                    found = i + 1;
                }
            }
            found
        };
        let scope = |t: Tag| t.is_scope();
        match tag {
            Tag::Li if self.has(Tag::Li) => up_to(&|t| matches!(t, Tag::Li | Tag::P), &|t| scope(t) || t == Tag::List),
            Tag::Dt | Tag::Dd if self.has(Tag::Dt) || self.has(Tag::Dd) => {
                up_to(&|t| matches!(t, Tag::Dt | Tag::Dd | Tag::P), &|t| scope(t) || matches!(t, Tag::Dl | Tag::List))
            }
            Tag::Td | Tag::Th if self.has(Tag::Td) || self.has(Tag::Th) => {
                up_to(&|t| matches!(t, Tag::Td | Tag::Th | Tag::P), &|t| t == Tag::Table)
            }
            Tag::Tr if self.has(Tag::Tr) => {
                up_to(&|t| matches!(t, Tag::Tr | Tag::Td | Tag::Th | Tag::Caption), &|t| t == Tag::Table)
            }
            Tag::RowGroup if self.has(Tag::Tr) || self.has(Tag::RowGroup) || self.has(Tag::Caption) => {
                up_to(&|t| matches!(t, Tag::RowGroup | Tag::Tr | Tag::Td | Tag::Th | Tag::Caption), &|t| t == Tag::Table)
            }
            Tag::Option if self.has(Tag::Option) => up_to(&|t| t == Tag::Option, &|t| scope(t) || t == Tag::Select),
            Tag::A if self.has(Tag::A) => up_to(&|t| t == Tag::A, &scope),
            Tag::Heading if self.has(Tag::Heading) => usize::from(self.stack.last().is_some_and(|e| e.tag == Tag::Heading)),
            _ if tag.ends_paragraph() && self.has(Tag::P) => {
                up_to(&|t| t == Tag::P, &|t| scope(t) || matches!(t, Tag::Button | Tag::Foreign))
            }
            _ => 0,
        }
    }

    /// How many elements an end tag ends; `None` if it fits no open one.
    pub(super) fn ended_by_end(&mut self, tag: Tag, name: &str) -> Option<usize> {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return None;
        }
        if !self.has(tag) || (tag != Tag::Inline && self.unfit.get(tag as usize) == Some(&self.changes)) {
            return None;
        }
        let is_part_of_table =
            matches!(tag, Tag::Table | Tag::Tr | Tag::Td | Tag::Th | Tag::RowGroup | Tag::Caption | Tag::Template);
        let name = short_name(name);
        // Inline elements have many names; what is left open far up is closed with the box around it.
        let most = if tag == Tag::Inline { FAR_UP } else { DEEPEST };
        for (i, element) in self.stack.iter().rev().enumerate().take(most) {
            if element.tag == tag && element.name == name {
                return Some(i + 1);
            }
            let stops = if is_part_of_table { element.tag == Tag::Table } else { element.tag.is_scope() };
            if stops {
                break;
            }
        }
        if let Some(unfit) = self.unfit.get_mut(tag as usize) {
            *unfit = self.changes;
        }
        None
    }
}
