//! Text taken out of a document, in blocks with roles, with a map back to the original bytes.

use std::ops::Range;

/// What part a piece of text played on its page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Role {
    /// Ordinary visible text: a paragraph, a list item, a line.
    Body,
    /// A heading or title.
    Heading,
    /// A table cell, or the value of a label.
    Cell,
    /// A term that labels something: `dt`, `th`, `label`.
    Term,
    /// The value of a key in JSON, XML, vCard, microdata or JSON-LD; the key is the label.
    Key,
    /// An attribute: `href` of `mailto:`/`tel:`, `alt`, `title`, `content`, `value`; its name is the label.
    Attribute,
    /// Metadata of the document: `meta` description, author.
    Meta,
    /// A comment.
    Comment,
    /// Text that the page hides from view.
    Hidden,
}

/// Whom the slot that held this text is about, where the source knows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum About {
    /// Not known.
    #[default]
    Unknown,
    /// A private slot of the person, for example a home address block.
    Home,
    /// An office, a council, a party, an organisation: what it says of itself is no exposure.
    Office,
}

/// One block of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// Its role.
    pub role: Role,
    /// The label that governs it (header of its column or row, `dt`, key, attribute name), lower case.
    pub label: Option<String>,
    /// Where it stands in [`Text::chars`], in bytes.
    pub range: Range<usize>,
    /// Blocks of one row, card, list item or record share a number: what stands together belongs together.
    pub group: u32,
    /// Whom the slot is about.
    pub about: About,
}

/// Maps offsets in [`Text::chars`] back to offsets in the original decoded document.
///
/// Runs of `(start in chars, start in original)`, ascending; inside a run both advance together. Text that was
/// made (a decoded entity, a reversed string) starts a run of its own and points at where it came from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OffsetMap {
    runs: Vec<(usize, usize)>,
}

impl OffsetMap {
    /// Starts a run. Runs must be added in ascending order of `in_chars`.
    pub fn push(&mut self, in_chars: usize, in_original: usize) {
        if let Some(&(c, o)) = self.runs.last() {
            if in_original.wrapping_sub(o) == in_chars.wrapping_sub(c) {
                return;
            }
            if c == in_chars {
                self.runs.pop();
            }
        }
        self.runs.push((in_chars, in_original));
    }

    /// The offset in the original at which the text at `in_chars` came to be.
    pub fn original(&self, in_chars: usize) -> usize {
        match self.runs.partition_point(|&(c, _)| c <= in_chars).checked_sub(1) {
            Some(i) => self.runs[i].1 + (in_chars - self.runs[i].0),
            None => in_chars,
        }
    }
}

/// All text of one document.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Text {
    /// Every block's text, each ended by a line feed; entities decoded, white space folded to single spaces.
    pub chars: String,
    /// The blocks, in order of the document, not overlapping.
    pub blocks: Vec<Block>,
    /// The way back to the original.
    pub origin: OffsetMap,
}

impl Text {
    /// Appends a block; `original` is where its text starts in the original.
    pub fn push(&mut self, role: Role, label: Option<&str>, group: u32, about: About, text: &str, original: usize) {
        let start = self.chars.len();
        self.origin.push(start, original);
        self.chars.push_str(text);
        self.blocks.push(Block { role, label: label.map(str::to_lowercase), range: start..self.chars.len(), group, about });
        self.chars.push('\n');
    }

    /// The text of a block.
    pub fn of(&self, block: &Block) -> &str {
        self.chars.get(block.range.clone()).unwrap_or_default()
    }

    /// The index of the block that holds byte `at`.
    pub fn block_at(&self, at: usize) -> Option<usize> {
        let i = self.blocks.partition_point(|b| b.range.start <= at).checked_sub(1)?;
        (at <= self.blocks[i].range.end).then_some(i)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_back() {
        let mut text = Text::default();
        text.push(Role::Heading, None, 0, About::Unknown, "One", 10);
        text.push(Role::Body, Some("Phone"), 1, About::Home, "Two", 40);
        assert_eq!(text.chars, "One\nTwo\n");
        assert_eq!(text.origin.original(1), 11);
        assert_eq!(text.origin.original(5), 41);
        assert_eq!(text.block_at(5), Some(1));
        assert_eq!(text.of(&text.blocks[1]), "Two");
        assert_eq!(text.blocks[1].label.as_deref(), Some("phone"));
    }
}
