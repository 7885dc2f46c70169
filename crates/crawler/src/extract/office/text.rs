//! Texts: paragraphs and tables of word processors and slides.

use unlisted_model::text::Role;

use super::super::html::{self, Links};
use super::super::pdf::header;
use super::super::writer::Writer;
use super::super::{labels, plain};
use super::tree::{Step, attribute, walk};

/// Columns remembered of one table.
const COLUMNS: usize = 64;

/// Words gathered so far, and the table they stand in.
#[derive(Default)]
struct Gathered {
    /// Text between tables.
    text: String,
    /// The paragraph that is open.
    paragraph: String,
    /// Cells of the row that is open, and the heads of its table; tables inside tables are read as a part of their cell.
    row: Vec<String>,
    heads: Vec<String>,
    is_first: bool,
    tables: usize,
    cells: usize,
}

impl Gathered {
    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        let into = if self.tables > 0 { self.row.last_mut() } else { Some(&mut self.text) };
        if let Some(into) = into {
            // A label and its value need not be parted by more than a line.
            into.push_str(paragraph.trim_end());
            into.push('\n');
        }
    }

    fn open_table(&mut self, writer: &mut Writer) {
        if self.tables == 0 {
            self.write_text(writer);
            (self.heads, self.is_first) = (Vec::new(), true);
        }
        self.tables += 1;
    }

    fn open_row(&mut self) {
        if self.tables == 1 {
            self.row.clear();
        }
    }

    fn open_cell(&mut self) {
        self.cells += 1;
        if self.tables == 1 && self.row.len() < COLUMNS {
            self.row.push(String::new());
        }
    }

    fn close_row(&mut self, writer: &mut Writer) {
        if self.tables == 1 {
            let row = std::mem::take(&mut self.row);
            write_row(&row, &mut self.heads, std::mem::take(&mut self.is_first), writer);
        }
    }

    fn write_text(&mut self, writer: &mut Writer) {
        if !self.paragraph.is_empty() {
            self.end_paragraph();
        }
        let from = writer.text.blocks.len();
        plain::read(&self.text, writer);
        self.text.clear();
        let Some(blocks) = writer.text.blocks.get_mut(from..) else { return };
        for block in blocks.iter_mut().filter(|b| b.label.as_deref().is_some_and(header::is_third_party)) {
            block.group = writer.groups.fresh();
        }
    }
}

/// Writes a row of cells under its heads; the first row of a table may be these.
pub(super) fn write_row(row: &[String], heads: &mut Vec<String>, is_first: bool, writer: &mut Writer) {
    let group = writer.groups.fresh();
    let filled = || row.iter().map(|t| t.trim()).filter(|t| !t.is_empty());
    let few_figures = |t: &str| t.len() <= 80 && t.bytes().filter(u8::is_ascii_digit).count() <= 2 && !t.contains('@');
    let sure = filled().filter(|t| header::is_telling(t) && header::is_head(t)).count();
    // Two cells of which the first names the second are a row of a form, not a head.
    let is_head = filled().all(few_figures) && (filled().count() > 1 && sure > 1 || is_first && filled().count() > 2 && sure > 0);
    if is_head {
        *heads = row.iter().map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        for head in heads.iter() {
            writer.push(Role::Term, None, group, head, 0);
        }
        return;
    }
    let mut postal = Vec::new();
    let mut label_before: Option<String> = None;
    for (i, text) in row.iter().enumerate() {
        let text = text.trim();
        let head = heads.get(i).filter(|h| !h.is_empty()).cloned();
        let names = heads.is_empty() && i == 0 && row.len() <= 3 && few_figures(text);
        if names && (text.ends_with(':') || labels::names_details(text) || header::is_head(text) && header::is_telling(text)) {
            writer.push(Role::Term, None, group, text, 0);
            label_before = Some(text.trim_end_matches(':').trim().to_owned());
            continue;
        }
        let label = label_before.take().or(head);
        let label = label.as_deref().map(|l| super::super::prefix(l, 80));
        let group = if label.is_some_and(header::is_third_party) { writer.groups.fresh() } else { group };
        writer.push(Role::Cell, label, group, text, 0);
        if let Some(place) = label.and_then(labels::postal_place).filter(|_| text.len() <= 200 && postal.len() < 16) {
            postal.push((place, text.replace('\n', ", ")));
        }
    }
    if let Some(address) = labels::postal(&mut postal) {
        writer.push(Role::Cell, Some("address"), group, &address, 0);
    }
}

/// A part of a DOCX or PPTX; whether it is sound.
pub(super) fn word(bytes: &[u8], name: &str, writer: &mut Writer) -> bool {
    let mut gathered = Gathered::default();
    let (mut is_text, mut is_deleted) = (false, false);
    let is_note = name.contains("comment");
    let mut deleted = String::new();
    let sound = walk(bytes, &mut |step| {
        match step {
            Step::Open(name, start) => match name {
                "tbl" => gathered.open_table(writer),
                "tr" => gathered.open_row(),
                "tc" => gathered.open_cell(),
                "t" | "instrText" => is_text = true,
                "delText" => is_deleted = true,
                "tab" | "cr" | "br" => gathered.paragraph.push(if name == "tab" { '\t' } else { '\n' }),
                "ins" | "del" | "comment" | "cm" => {
                    // Who changed or noted something stands in the file for all who open it.
                    if let Some(author) = attribute(start, "author") {
                        let group = writer.groups.fresh();
                        writer.push(Role::Meta, Some("changed by"), group, &author, 0);
                    }
                    if let Some(text) = attribute(start, "text") {
                        gathered.paragraph.push_str(&text);
                    }
                }
                "docPr" | "cNvPr" => {
                    let group = writer.groups.fresh();
                    for (key, label) in [("descr", "alt"), ("title", "title")] {
                        writer.push(Role::Attribute, Some(label), group, &attribute(start, key).unwrap_or_default(), 0);
                    }
                }
                _ => {}
            },
            Step::Text(text) => {
                if is_text {
                    gathered.paragraph.push_str(text);
                } else if is_deleted {
                    deleted.push_str(text);
                }
            }
            Step::Close(name) => match name {
                "t" | "instrText" => is_text = false,
                "delText" => {
                    is_deleted = false;
                    deleted.push(' ');
                }
                "p" => gathered.end_paragraph(),
                "tr" => gathered.close_row(writer),
                "tbl" => gathered.tables = gathered.tables.saturating_sub(1),
                _ => {}
            },
        }
        !writer.full
    });
    let from = writer.text.blocks.len();
    gathered.write_text(writer);
    if is_note && let Some(blocks) = writer.text.blocks.get_mut(from..) {
        blocks.iter_mut().for_each(|b| b.role = Role::Comment);
    }
    let group = writer.groups.fresh();
    writer.push(Role::Hidden, Some("deleted"), group, &deleted, 0);
    sound
}

/// The content of an ODT, ODS or ODP; whether it is sound.
pub(super) fn open_document(bytes: &[u8], writer: &mut Writer, links: &mut Links) -> bool {
    open(bytes, writer, links, true)
}

/// Heads and feet of its pages.
pub(super) fn open_document_margins(bytes: &[u8], writer: &mut Writer, links: &mut Links) {
    open(bytes, writer, links, false);
}

fn open(bytes: &[u8], writer: &mut Writer, links: &mut Links, everywhere: bool) -> bool {
    let mut gathered = Gathered::default();
    let mut inside = usize::from(everywhere);
    let mut paragraphs = 0_usize;
    // Notes hold who wrote them and when beside their words.
    let mut told: Option<(&'static str, String)> = None;
    let mut repeats = 1_usize;
    let sound = walk(bytes, &mut |step| {
        match step {
            Step::Open(name, start) => match name {
                "header" | "footer" if !everywhere => inside += 1,
                "table" => gathered.open_table(writer),
                "table-row" => gathered.open_row(),
                "table-cell" | "covered-table-cell" => {
                    gathered.open_cell();
                    repeats = attribute(start, "number-columns-repeated").and_then(|r| r.parse().ok()).unwrap_or(1);
                }
                "p" | "h" => paragraphs += 1,
                "s" => gathered.paragraph.push(' '),
                "tab" => gathered.paragraph.push('\t'),
                "line-break" => gathered.paragraph.push('\n'),
                "a" => {
                    if let Some(target) = attribute(start, "href") {
                        links.add(&target);
                        let group = writer.groups.fresh();
                        if let Some((label, detail)) = html::detail_of_link(&target) {
                            writer.push(Role::Attribute, Some(label), group, &detail, 0);
                        }
                    }
                }
                "creator" => told = Some(("changed by", String::new())),
                _ => {}
            },
            Step::Text(text) => match &mut told {
                Some((_, words)) => words.push_str(text),
                None if inside > 0 && paragraphs > 0 => gathered.paragraph.push_str(text),
                None => {}
            },
            Step::Close(name) => match name {
                "header" | "footer" if !everywhere => inside = inside.saturating_sub(1),
                "p" | "h" => {
                    paragraphs = paragraphs.saturating_sub(1);
                    gathered.end_paragraph();
                }
                "creator" => {
                    if let Some((label, words)) = told.take() {
                        let group = writer.groups.fresh();
                        writer.push(Role::Meta, Some(label), group, &words, 0);
                    }
                }
                "table-cell" | "covered-table-cell" => {
                    for _ in 1..repeats.min(COLUMNS) {
                        gathered.open_cell();
                    }
                }
                "table-row" => gathered.close_row(writer),
                "table" => gathered.tables = gathered.tables.saturating_sub(1),
                _ => {}
            },
        }
        !writer.full
    });
    gathered.write_text(writer);
    sound
}
