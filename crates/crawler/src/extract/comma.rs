//! Rows of values: the first row names the columns, each further row is a group.

use unlisted_model::text::Role;

use super::writer::Writer;

/// Columns read of one row.
const COLUMNS: usize = 256;

/// Reads rows whose values stand between `separator`s, quoted or not.
pub(super) fn read(text: &str, separator: u8, writer: &mut Writer) {
    let separator = separator_of(text, separator);
    let rows = Rows { text, at: 0, separator };
    let mut header: Option<Vec<String>> = None;
    for row in rows {
        if writer.full {
            return;
        }
        if row.iter().all(|(value, _)| value.trim().is_empty()) {
            continue;
        }
        let group = writer.groups.fresh();
        let is_first = header.is_none();
        if is_first && row.iter().all(|(value, _)| looks_like_a_header(value)) {
            header = Some(row.iter().map(|(value, _)| value.trim().to_owned()).collect());
            for (value, at) in &row {
                writer.push(Role::Term, None, group, value, *at);
            }
            continue;
        }
        let names = header.get_or_insert_default();
        let mut postal = Vec::new();
        for (i, (value, at)) in row.iter().enumerate() {
            let name = names.get(i).filter(|n| !n.is_empty());
            writer.push(Role::Cell, name.map(String::as_str), group, value, *at);
            if let Some(place) = name.and_then(|n| super::labels::postal_place(n)) {
                postal.push((place, value.clone()));
            }
        }
        if let Some(address) = super::labels::postal(&mut postal) {
            writer.push(Role::Cell, Some("address"), group, &address, row.first().map_or(0, |v| v.1));
        }
    }
}

/// The separator that the first line uses most.
fn separator_of(text: &str, said: u8) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let count = |b: u8| line.bytes().filter(|c| *c == b).count();
    [said, b';', b'\t', b'|'].into_iter().max_by_key(|b| (count(*b), *b == said)).unwrap_or(said)
}

/// Names of columns are short, start with a letter and hold no number or address.
fn looks_like_a_header(value: &str) -> bool {
    let value = value.trim();
    value.len() <= 60
        && !value.contains('@')
        && value.chars().next().is_none_or(char::is_alphabetic)
        && value.bytes().filter(u8::is_ascii_digit).count() <= 2
}

struct Rows<'t> {
    text: &'t str,
    at: usize,
    separator: u8,
}

impl Iterator for Rows<'_> {
    type Item = Vec<(String, usize)>;

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        let mut row = Vec::new();
        loop {
            let (value, start) = self.value();
            if row.len() < COLUMNS {
                row.push((value, start));
            }
            match bytes.get(self.at) {
                Some(&b) if b == self.separator => self.at += 1,
                Some(b'\r') if bytes.get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    return Some(row);
                }
                Some(_) => {
                    self.at += 1;
                    return Some(row);
                }
                None => return Some(row),
            }
        }
    }
}

impl Rows<'_> {
    /// The value that starts here; stops at its separator or at the end of the row.
    fn value(&mut self) -> (String, usize) {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let is_end = |b: &u8| *b == self.separator || matches!(b, b'\n' | b'\r');
        if bytes.get(start) != Some(&b'"') {
            let len = bytes.get(start..).unwrap_or_default().iter().position(is_end);
            self.at = len.map_or(bytes.len(), |l| start + l);
            return (self.text.get(start..self.at).unwrap_or_default().to_owned(), start);
        }
        let mut end = start + 1;
        while let Some(&b) = bytes.get(end) {
            if b == b'"' && bytes.get(end + 1) == Some(&b'"') {
                end += 2;
            } else if b == b'"' {
                break;
            } else {
                end += 1;
            }
        }
        let value = self.text.get(start + 1..end.min(bytes.len())).unwrap_or_default().replace("\"\"", "\"");
        let rest = bytes.get(end..).unwrap_or_default();
        self.at = rest.iter().position(is_end).map_or(bytes.len(), |l| end + l);
        (value, start + 1)
    }
}
