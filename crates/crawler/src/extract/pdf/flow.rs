//! From what stands on a page to blocks: rows as groups of cells with the heads of their columns, the rest as text.

use unlisted_model::text::Role;

use super::columns::{Part, Table, parts};
use super::content::Drawn;
use super::grid::{self, Row};
use super::header;
use super::lines::{self, Line};
use crate::extract::writer::Writer;
use crate::extract::{labels, plain};

/// The longest label kept.
const LONGEST: usize = 80;

/// Writes the pages of one document.
#[derive(Default)]
pub(super) struct Flow {
    /// Heads of the table that was read last, with where their columns stand: a table goes on over pages.
    heads: Vec<(f32, f32, String)>,
    /// The first heading.
    pub(super) title: Option<String>,
}

impl Flow {
    /// Writes a page.
    pub(super) fn page(&mut self, drawn: &Drawn, writer: &mut Writer) {
        let rules = lines::joined(drawn.rules.clone());
        for turn in 0..4 {
            // Rules are known for the way the page is held; text that is turned has none.
            let own = if turn == 0 { rules.as_slice() } else { &[] };
            let lines = lines::lines(drawn, turn, own);
            if lines.is_empty() {
                continue;
            }
            let usual = usual_size(&lines);
            let (rows, rest) = grid::take(lines, own);
            let mut rows = rows.into_iter().peekable();
            let mut waiting: Vec<Line> = Vec::new();
            for line in rest {
                while let Some(row) = rows.next_if(|r| r.top > line.base()) {
                    self.unruled(std::mem::take(&mut waiting), usual, writer);
                    self.ruled(&row, writer);
                }
                waiting.push(line);
            }
            self.unruled(waiting, usual, writer);
            for row in rows {
                self.ruled(&row, writer);
            }
        }
    }

    fn ruled(&mut self, row: &Row, writer: &mut Writer) {
        let texts: Vec<String> = row.cells.iter().map(grid::Cell::text).collect();
        let is_bold = row.cells.iter().all(|c| c.pieces.iter().all(|p| p.is_bold));
        // Nothing but heads; or two sure ones and no figure; or all of it bold.
        let sure = texts.iter().filter(|t| header::is_head(t) && header::is_telling(t)).count();
        let is_short = texts.iter().all(|t| t.len() <= 2 * LONGEST && !has_digits(t));
        let is_head =
            texts.len() > 1 && (sure > 0 && texts.iter().all(|t| header::is_head(t)) || is_short && (sure > 1 || is_bold));
        if is_head {
            self.heads = row.cells.iter().zip(&texts).map(|(c, t)| (c.left, c.right, t.replace('\n', " "))).collect();
            self.name_columns(writer);
            return;
        }
        let places: Vec<(f32, f32)> = row.cells.iter().map(|c| (c.left, c.right)).collect();
        self.row(&places, &texts, writer);
    }

    fn name_columns(&self, writer: &mut Writer) {
        let group = writer.groups.fresh();
        for (_, _, head) in &self.heads {
            writer.push(Role::Term, None, group, head, 0);
        }
    }

    /// Writes one row: its cells share a group, but for those that name other people.
    fn row(&self, places: &[(f32, f32)], texts: &[String], writer: &mut Writer) {
        let group = writer.groups.fresh();
        let mut postal = Vec::new();
        let has_label = texts.len() == 2 && self.head_of(places.get(1)).is_none();
        let mut before: Option<&str> = None;
        for (place, text) in places.iter().zip(texts) {
            let own = before.take().or_else(|| self.head_of(Some(place)));
            if has_label && postal.is_empty() && own.is_none() && is_label(text) {
                writer.push(Role::Term, None, group, text, 0);
                before = Some(text.trim_end_matches(':').trim());
                continue;
            }
            let label = own.map(|l| crate::extract::prefix(l, LONGEST));
            let group = if label.is_some_and(header::is_third_party) { writer.groups.fresh() } else { group };
            writer.push(Role::Cell, label, group, text, 0);
            if let Some(place) = label.and_then(labels::postal_place).filter(|_| text.len() <= 200) {
                postal.push((place, text.replace('\n', ", ")));
            }
        }
        if let Some(address) = labels::postal(&mut postal) {
            writer.push(Role::Cell, Some("address"), group, &address, 0);
        }
    }

    /// The head over a column.
    fn head_of(&self, place: Option<&(f32, f32)>) -> Option<&str> {
        let (left, right) = *place?;
        let shared = |head: &&(f32, f32, String)| right.min(head.1) - left.max(head.0);
        let best = self.heads.iter().max_by(|a, b| shared(a).total_cmp(&shared(b)))?;
        (shared(&best) > 0.4 * (right - left).min(best.1 - best.0) && !best.2.is_empty()).then_some(best.2.as_str())
    }

    fn unruled(&mut self, lines: Vec<Line>, usual: f32, writer: &mut Writer) {
        for part in parts(lines) {
            match part {
                Part::Lines(lines) => self.text(lines, usual, writer),
                Part::Table(table) => self.table(table, writer),
            }
        }
    }

    fn table(&mut self, table: Table, writer: &mut Writer) {
        let Table { heads, columns, rows } = table;
        if heads.iter().filter(|h| !h.is_empty()).count() > 1 {
            self.heads = columns.iter().zip(heads).map(|(c, h)| (c.0, c.1, h)).collect();
            self.name_columns(writer);
        }
        for row in rows {
            let cells = columns.iter().zip(&row).filter(|(_, pieces)| !pieces.is_empty());
            let (places, texts): (Vec<(f32, f32)>, Vec<String>) = cells.map(|(c, pieces)| (*c, grid::text(pieces))).unzip();
            self.row(&places, &texts, writer);
        }
    }

    /// Writes running text: headings by themselves, paragraphs as the reader of plain text sees them.
    fn text(&mut self, lines: Vec<Line>, usual: f32, writer: &mut Writer) {
        let mut text = String::new();
        let mut above: Option<Line> = None;
        let mut lines = lines.into_iter().peekable();
        while let Some(line) = lines.next() {
            let words = line.text();
            if line.size() > 1.2 * usual && words.len() <= 200 {
                written(&mut text, writer);
                writer.push(Role::Heading, None, writer.groups.clone().fresh(), &words, 0);
                writer.groups.fresh();
                self.title.get_or_insert(words);
                above = None;
                continue;
            }
            let is_apart = above.as_ref().is_some_and(|a| {
                let distance = a.base() - line.base();
                distance > 1.7 * line.size() || distance < 0.0 || (a.size() - line.size()).abs() > 0.15 * line.size()
            });
            // `Surname, Forenames.` above a line that starts with a label begins a record.
            let next_is_labelled = lines.peek().is_some_and(|n| labels::label_inside(&n.text()).is_some());
            let begins_record = next_is_labelled && is_name_line(&words);
            if is_apart || begins_record {
                text.push('\n');
            }
            text.push_str(&words);
            text.push('\n');
            above = Some(line);
        }
        written(&mut text, writer);
    }
}

/// Hands gathered text to the reader of plain text; what names other people stands by itself.
fn written(text: &mut String, writer: &mut Writer) {
    let from = writer.text.blocks.len();
    plain::read(text, writer);
    text.clear();
    let Some(blocks) = writer.text.blocks.get_mut(from..) else { return };
    for block in blocks.iter_mut().filter(|b| b.label.as_deref().is_some_and(header::is_third_party)) {
        block.group = writer.groups.fresh();
    }
}

/// The size that most letters have.
fn usual_size(lines: &[Line]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = lines.iter().flat_map(|l| &l.pieces).map(|p| (p.size, p.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|s| s.1).sum::<usize>() / 2;
    let mut sum = 0;
    sizes
        .iter()
        .find(|s| {
            sum += s.1;
            sum > half
        })
        .map_or(10.0, |s| s.0)
}

fn has_digits(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() > 2
}

/// The first of two cells that names what stands in the second.
fn is_label(text: &str) -> bool {
    let text = text.trim();
    text.ends_with(':') && text.len() <= LONGEST
        || labels::names_details(text) && !has_digits(text) && !text.contains('@')
        || header::is_head(text) && header::is_telling(text)
}

/// `O'Sample, Siân.`: a line that is a name, surname first.
fn is_name_line(text: &str) -> bool {
    let Some((surname, names)) = text.trim_end_matches('.').split_once(',') else { return false };
    let is_name = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        (1..=5).contains(&words.len())
            && words.iter().all(|w| w.chars().next().is_some_and(|c| c.is_uppercase() || c == '(') && !has_digits(w))
    };
    text.len() <= 80 && is_name(surname) && is_name(names)
}
