//! A member's register of interests. The column of the spouse or partner is a third person: it is never taken over.

use scraper::ElementRef;
use unlisted_model::Media;
use unlisted_model::text::{About, Role, Text};

use super::office;
use super::page::{self, Page, has_class};
use super::{document, found};
use crate::source::{Answer, SourceError};

/// Cells of one row at most, and the widest span that is believed.
const WIDEST: usize = 40;

/// Tables of one register at most; the longest known has 12.
const MOST: usize = 60;

/// Reads `mgRofI.aspx`.
pub(super) fn read(page: &Page<'_>) -> Result<Answer, SourceError> {
    let name = page.name();
    let mut writer = Writer { text: Text::default(), group: 1 };
    writer.push(Role::Heading, None, &name);
    for item in page.select("ul.mgActionList li") {
        let words = page::lines(item).join(" ");
        if words.to_lowercase().contains("published") {
            writer.push(Role::Body, None, &words);
        }
    }
    let mut tables = page.select("table.mgInterestsTable");
    if tables.is_empty() {
        tables = page.select(".mgDeclarations table, [class^=\"mgRofI\"] table, .mgContent table");
    }
    for table in tables.iter().take(MOST) {
        writer.table(*table);
    }
    let declarations = page.select(".mgDeclarations, [class^=\"mgRofI\"]");
    if tables.is_empty() && declarations.is_empty() {
        return Err(SourceError::LayoutChanged("the register holds no table of interests"));
    }
    for element in declarations {
        // Text beside the tables, and whole registers that are written as headings and lists.
        let lines = page::lines_until(element, &|e| e.value().name() == "table");
        writer.own_lines(lines);
    }
    let documents = vec![document(page.query, page.response, page.response.url.to_string(), &name, writer.text, Media::Html)];
    found(documents, page.documents())
}

struct Writer {
    text: Text,
    group: u32,
}

impl Writer {
    fn push(&mut self, role: Role, label: Option<&str>, words: &str) {
        if !words.is_empty() {
            let at = self.text.chars.len();
            self.text.push(role, label, self.group, About::Unknown, words, at);
        }
    }

    fn table(&mut self, table: ElementRef<'_>) {
        let caption = page::select(table, "caption").first().map(|c| page::lines(*c).join(" ")).unwrap_or_default();
        self.group += 1;
        self.push(Role::Heading, None, &caption);
        let mut columns: Vec<String> = vec![];
        for row in page::select(table, "tr") {
            // Rows of a table inside a cell belong to that one.
            if row.ancestors().filter_map(ElementRef::wrap).find(|e| e.value().name() == "table") != Some(table) {
                continue;
            }
            let cells = cells(row);
            if cells.iter().all(|(cell, _)| cell.value().name() == "th") {
                columns = cells
                    .iter()
                    .flat_map(|(cell, span)| std::iter::repeat_n(page::lines(*cell).join(" "), *span))
                    .take(WIDEST)
                    .collect();
                continue;
            }
            self.group += 1;
            let first = cells.first().map(|(cell, _)| page::lines(*cell).join(" ")).unwrap_or_default();
            // A table of two columns may name the person in front of each row.
            if is_partner(&first) && first.split_whitespace().count() <= 4 {
                continue;
            }
            let mut at = 0;
            for (cell, span) in cells {
                let column = columns.get(at).cloned().unwrap_or_default();
                at += span;
                if is_partner(&column) {
                    continue;
                }
                let label = if is_self(&column) || column.is_empty() { &caption } else { &column };
                let label = label.trim_start_matches(|c: char| c.is_ascii_digit() || ". ".contains(c));
                for line in own(page::lines(cell)) {
                    if office::is_withheld(&line) {
                        self.push(Role::Body, None, &line);
                    } else if !is_nil(&line) {
                        self.push(Role::Cell, (!label.is_empty()).then_some(label), &line);
                    }
                }
            }
        }
    }

    fn own_lines(&mut self, lines: Vec<String>) {
        self.group += 1;
        for line in own(lines) {
            if !is_nil(&line) {
                self.push(Role::Body, None, &line);
            }
        }
    }
}

fn cells(row: ElementRef<'_>) -> Vec<(ElementRef<'_>, usize)> {
    let is_cell = |e: &ElementRef<'_>| matches!(e.value().name(), "td" | "th") && !has_class(*e, "mgHidden");
    let span = |e: ElementRef<'_>| e.value().attr("colspan").and_then(|s| s.trim().parse().ok()).unwrap_or(1).clamp(1, WIDEST);
    row.children().filter_map(ElementRef::wrap).filter(is_cell).take(WIDEST).map(|e| (e, span(e))).collect()
}

/// Lines of the member's own; from a line that begins with the partner's word up to one that begins with the member's,
/// they are a third person's.
fn own(lines: Vec<String>) -> Vec<String> {
    let mut theirs = false;
    let keep = |line: &String| {
        let start = line.split([':', '-', '–', '(']).next().unwrap_or_default();
        if start.split_whitespace().count() <= 4 {
            if is_partner(start) {
                theirs = true;
            } else if is_self(start) {
                theirs = false;
            }
        }
        !theirs
    };
    lines.into_iter().filter(keep).collect()
}

fn has_word(words: &str, list: &[&str]) -> bool {
    words.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|w| list.contains(&w))
}

fn is_partner(words: &str) -> bool {
    has_word(
        words,
        &["spouse", "spouses", "partner", "partners", "husband", "wife", "cohabitee", "cohabitant", "priod", "partneriaid"],
    ) && !is_self(words)
}

fn is_self(words: &str) -> bool {
    has_word(words, &["you", "myself", "me", "member", "self", "councillor", "mine", "my", "chi"])
}

fn is_nil(words: &str) -> bool {
    let plain = words.to_lowercase();
    let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
    plain.is_empty()
        || ["nil", "none", "n/a", "na", "no", "none declared", "not applicable", "nothing to declare", "dim", "as member"]
            .contains(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partner_is_a_third_person() {
        for (column, expect) in [
            ("Spouse/Partner", true),
            ("My partner", false),
            ("Husband", true),
            ("Myself", false),
            ("You and your spouse", false),
            ("Body", false),
        ] {
            assert_eq!(is_partner(column), expect, "{column}");
        }
        let lines = ["Member: 1 Mill Lane", "and a field", "Spouse: 2 Other Road", "and a boat", "Self: a garage"];
        assert_eq!(own(lines.map(str::to_owned).to_vec()), ["Member: 1 Mill Lane", "and a field", "Self: a garage"]);
    }
}
