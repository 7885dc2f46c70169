//! Slots that elements open, and what is settled when they end.

use std::rc::Rc;

use unlisted_model::text::Role;

use super::super::labels;
use super::super::writer::Piece;
use super::attributes::{Found, Name};
use super::microdata::Item;
use super::page::Slot;
use super::table::Table;
use super::tags::Tag;
use super::walk::{Mark, Walk};

/// Labels kept for the fields that they name by `for`.
const FIELD_LABELS: usize = 1_000;
/// The longest text that is a value of microdata.
const LONGEST_PROPERTY: usize = 300;

impl<'a> Walk<'a, '_> {
    /// The slot that an element opens for the text in it, if it opens one.
    pub(super) fn slot(&mut self, tag: Tag, name: &str, found: &Found<'_, 'a>) -> Option<Slot> {
        let outer = self.page.slot().clone();
        let card = |walk: &mut Self| Some(walk.page.writer.groups.fresh());
        let may_be_thing = !matches!(
            tag,
            Tag::Table | Tag::RowGroup | Tag::Tr | Tag::Td | Tag::Th | Tag::Dl | Tag::Dt | Tag::Dd | Tag::Label | Tag::Heading
        );
        if may_be_thing
            && found.get(Name::ItemScope).is_some()
            && let Some(group) = self.thing(found)
        {
            return Some(Slot { group: Some(group), ..outer });
        }
        match tag {
            Tag::Heading => Some(Slot { role: Role::Heading, ..outer }),
            Tag::Pre => Some(Slot { lines: true, ..outer }),
            Tag::Label => {
                let field = found.value(Name::For).map(str::to_owned);
                self.open_label = Some(self.page.mark());
                self.marks.push(Mark::Label { from: self.page.mark(), field });
                Some(Slot { role: Role::Term, ..outer })
            }
            Tag::Li | Tag::Article | Tag::Address | Tag::Fieldset | Tag::Figure => Some(Slot { group: card(self), ..outer }),
            Tag::Dl => {
                self.marks.push(Mark::Definitions { outer: self.term.take() });
                Some(Slot { group: outer.group.or_else(|| card(self)), ..outer })
            }
            Tag::Dt => {
                self.marks.push(Mark::Term { from: self.page.mark() });
                Some(Slot { role: Role::Term, label: None, ..outer })
            }
            Tag::Dd => Some(Slot { role: Role::Cell, label: self.term.clone().or(outer.label), ..outer }),
            Tag::Table => {
                self.tables.push(Table::default());
                None
            }
            Tag::RowGroup => {
                if let Some(table) = self.tables.last_mut() {
                    table.row_group(name.eq_ignore_ascii_case("thead"));
                }
                None
            }
            Tag::Tr => {
                if let Some(table) = self.tables.last_mut() {
                    table.start_row();
                }
                Some(Slot { group: card(self), label: None, ..outer })
            }
            Tag::Td | Tag::Th => {
                let is_header = tag == Tag::Th;
                let span = found.value(Name::ColSpan).and_then(|s| s.trim().parse().ok()).unwrap_or(1);
                let label = self.tables.last().filter(|_| !is_header).and_then(Table::label);
                self.marks.push(Mark::Cell { from: self.page.mark(), is_header, span });
                let role = if is_header { Role::Term } else { Role::Cell };
                Some(Slot { role, label: label.map(Rc::from), ..outer })
            }
            Tag::Box if found.value(Name::Class).is_some_and(is_card) && !self.is_in_thing() => {
                Some(Slot { group: card(self), ..outer })
            }
            _ => None,
        }
    }

    /// Opens a thing of microdata; its group, if the thing is about one person or place rather than a whole page.
    fn thing(&mut self, found: &Found<'_, 'a>) -> Option<u32> {
        let property = found.value(Name::ItemProp).map(labels::words).unwrap_or_default();
        let kind = found.value(Name::ItemType).unwrap_or_default();
        let kind = kind.rsplit(['/', '#']).next().unwrap_or_default();
        let is_page = ["Page", "Site", "List", "Blog", "Forum", "Article", "Collection"].iter().any(|w| kind.contains(w));
        // A part of a thing stands with it.
        let group = match self.items.last() {
            Some(item) if !property.is_empty() && !item.is_page => item.group,
            _ => self.page.writer.groups.fresh(),
        };
        let path = self.items.last().map_or("", |i| i.path.as_str());
        let path = format!("{path} {property}").trim().to_owned();
        self.items.push(Item::new(path, group, self.page.mark(), is_page));
        self.marks.push(Mark::Scope);
        (!is_page).then_some(group)
    }

    /// Whether the text here belongs to a thing of microdata: boxes inside it are parts of it.
    fn is_in_thing(&self) -> bool {
        self.items.last().is_some_and(|item| !item.is_page && self.page.slot().group == Some(item.group))
    }

    /// Does what was noted for the end of an element.
    pub(super) fn settle(&mut self, mark: Mark) {
        match mark {
            Mark::Link { index, from } => {
                let words = self.page.since(from, 300);
                self.links.words(index, &words);
            }
            Mark::Label { from, field } => {
                let words = self.page.since(from, 80).trim_end_matches(':').trim().to_owned();
                self.open_label = None;
                if words.is_empty() {
                    return;
                }
                if let Some(field) = field.filter(|_| self.field_labels.len() < FIELD_LABELS) {
                    self.field_labels.insert(field, words.clone());
                }
                // The line feed that ends its block comes between.
                self.last_label = Some((words, self.page.mark() + 1));
            }
            Mark::Backwards { from, at } => {
                let text: String = self.page.since(from, 1_000).chars().rev().collect();
                let group = self.page.group();
                self.page.beside_piece(Piece { role: Role::Body, label: None, group, text, at });
            }
            Mark::Property { from, label, key, at } => {
                let text = self.page.since(from, LONGEST_PROPERTY + 1);
                if text.len() <= LONGEST_PROPERTY {
                    self.property(&label, &key, &text, at);
                }
            }
            Mark::Scope => {
                let Some(mut item) = self.items.pop() else { return };
                if let Some((label, text)) = item.address() {
                    let group = self.items.last().map_or(item.group, |i| i.group);
                    self.page.beside_piece(Piece { role: Role::Key, label: Some(label), group, text, at: item.at });
                }
            }
            Mark::Cell { from, is_header, span } => {
                let text = self.page.since(from, 2 * labels::LONGEST + 1);
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell(text, is_header, span);
                }
            }
            Mark::Term { from } => {
                let text = self.page.since(from, 80);
                self.term = (!text.is_empty()).then(|| Rc::from(text.trim_end_matches(':').trim()));
            }
            Mark::Definitions { outer } => self.term = outer,
        }
    }
}

/// Whether a class says that a box is about one thing: a person, a hit, a comment.
fn is_card(class: &str) -> bool {
    class.len() <= 400
        && class.split([' ', '-', '_']).any(|word| {
            matches!(
                word,
                "vcard"
                    | "hcard"
                    | "card"
                    | "contact"
                    | "profile"
                    | "person"
                    | "people"
                    | "member"
                    | "councillor"
                    | "candidate"
                    | "result"
                    | "hit"
                    | "listing"
                    | "entry"
                    | "comment"
                    | "post"
                    | "tile"
                    | "staff"
                    | "officer"
                    | "record"
                    | "bio"
            )
        })
}
