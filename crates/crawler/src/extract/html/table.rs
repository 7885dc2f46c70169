//! Tables that are open: which header governs a cell.

use super::super::labels;

/// Columns remembered of one table.
const COLUMNS: usize = 64;

/// One open table.
#[derive(Default)]
pub(super) struct Table {
    /// Headers by column.
    columns: Vec<String>,
    /// Texts of the cells of this row, by column, while it may still turn out to be a header row.
    row: Vec<(String, bool)>,
    in_head: bool,
    /// The last header cell of this row.
    row_header: Option<String>,
    column: usize,
}

impl Table {
    /// A `thead`, `tbody` or `tfoot` starts.
    pub(super) fn row_group(&mut self, is_head: bool) {
        self.in_head = is_head;
    }

    /// A row starts.
    pub(super) fn start_row(&mut self) {
        self.row.clear();
        self.row_header = None;
        self.column = 0;
    }

    /// The label of the cell that starts now.
    pub(super) fn label(&self) -> Option<String> {
        let column = self.columns.get(self.column).filter(|c| !c.is_empty()).cloned();
        let before = self.row.last().filter(|(text, _)| !text.is_empty());
        let row = self.row_header.clone().or_else(|| {
            let (text, _) = before?;
            let says = text.ends_with(':') || (self.row.len() == 1 && column.is_none() && reads_like_a_label(text));
            says.then(|| text.trim_end_matches(':').trim().to_owned())
        });
        match (row, column) {
            (Some(row), Some(column)) if row.len() <= labels::LONGEST => Some(format!("{row} {column}")),
            (Some(row), None) => Some(row),
            (_, column) => column,
        }
    }

    /// A cell ended with this text.
    pub(super) fn end_cell(&mut self, text: String, is_header: bool, span: usize) {
        if is_header && text.len() <= 2 * labels::LONGEST {
            self.row_header = (!text.is_empty()).then(|| text.trim_end_matches(':').trim().to_owned());
        }
        for _ in 0..span.clamp(1, COLUMNS) {
            if self.row.len() < COLUMNS {
                self.row.push((text.clone(), is_header));
            }
        }
        self.column += span.clamp(1, COLUMNS);
    }

    /// A row ended: if it was one of headers, they govern the columns from now on.
    pub(super) fn end_row(&mut self) {
        let all_headers = self.row.len() > 1 && self.row.iter().all(|(text, header)| *header || text.is_empty());
        if (all_headers || self.in_head) && self.row.iter().any(|(text, _)| !text.is_empty()) {
            self.columns = self.row.drain(..).map(|(text, _)| text).collect();
        }
        self.row.clear();
        self.row_header = None;
    }
}

/// Whether a first cell without a colon reads like the name of a detail: short, no digit, no sentence.
fn reads_like_a_label(text: &str) -> bool {
    text.len() <= labels::LONGEST
        && text.split_whitespace().count() <= 4
        && !text.contains(['@', '.', ','])
        && !text.bytes().any(|b| b.is_ascii_digit())
}
