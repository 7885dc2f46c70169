//! Walks the parsed file key by key, so that every problem has its line.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{LONGEST_TEXT, Problem, Said, Warning};

pub(super) type Table<'i> = DeTable<'i>;

/// The text with what was found wrong in it so far.
pub(super) struct Walk<'t> {
    pub(super) text: &'t str,
    pub(super) problems: Vec<Problem>,
    pub(super) warnings: Vec<Warning>,
}

impl Walk<'_> {
    fn line(&self, at: usize) -> usize {
        self.text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
    }

    pub(super) fn problem(&mut self, at: usize, key: &str, what: impl Into<Said>, write: impl Into<Said>) {
        let line = self.line(at);
        self.problems.push(Problem { line, key: key.to_owned(), what: what.into(), write: write.into() });
    }

    pub(super) fn warning(&mut self, at: usize, key: &str, what: &'static str) {
        let line = self.line(at);
        self.warnings.push(Warning { line, key: key.to_owned(), what: what.into() });
    }

    /// Tells every key that is not among `keys`.
    pub(super) fn known(&mut self, table: &Table<'_>, inside: &str, keys: &[&str]) {
        for (key, _) in table.iter() {
            if !keys.contains(&key.get_ref().as_ref()) {
                let name: String = key.get_ref().chars().filter(|c| !c.is_control()).take(40).collect();
                let write = Said::with("subject-file.one_of", "list", keys.join(", "));
                self.problem(key.span().start, &join(inside, &name), "subject-file.unknown_key", write);
            }
        }
    }

    pub(super) fn get<'a, 'i>(&self, table: &'a Table<'i>, key: &str) -> Option<&'a Spanned<DeValue<'i>>> {
        table.iter().find(|(k, _)| k.get_ref() == key).map(|(_, v)| v)
    }

    /// A text that is not empty, with its place.
    pub(super) fn string<'a>(&mut self, table: &'a Table<'_>, inside: &str, key: &str, needed: bool) -> Option<(usize, &'a str)> {
        let path = join(inside, key);
        let Some(value) = self.get(table, key) else {
            if needed {
                self.problem(0, &path, "subject-file.missing", Said::with("subject-file.text_do", "key", key));
            }
            return None;
        };
        let at = value.span().start;
        match value.get_ref() {
            DeValue::String(s) if !s.trim().is_empty() => Some((at, s.trim())),
            DeValue::String(_) => {
                self.problem(at, &path, "subject-file.empty", Said::with("subject-file.empty_do", "key", key));
                None
            }
            _ => {
                self.problem(at, &path, "subject-file.not_text", Said::with("subject-file.text_do", "key", key));
                None
            }
        }
    }

    /// A text of one line, in plain characters and not too long.
    pub(super) fn short(&mut self, table: &Table<'_>, inside: &str, key: &str, needed: bool) -> Option<String> {
        let (at, text) = self.string(table, inside, key, needed)?;
        self.is_short(at, &join(inside, key), text).then(|| text.to_owned())
    }

    fn is_short(&mut self, at: usize, path: &str, text: &str) -> bool {
        let wrong = one_line(text).err();
        if let Some((what, write)) = wrong {
            self.problem(at, path, what, write);
        }
        wrong.is_none()
    }

    /// A list of texts, each with its place.
    pub(super) fn strings<'a>(&mut self, table: &'a Table<'_>, inside: &str, key: &str) -> Vec<(usize, &'a str)> {
        let path = join(inside, key);
        let Some(value) = self.get(table, key) else { return vec![] };
        let write = Said::with("subject-file.list_do", "key", key);
        let Some(list) = value.get_ref().as_array() else {
            self.problem(value.span().start, &path, "subject-file.not_list", write);
            return vec![];
        };
        let mut out = vec![];
        for item in list.iter() {
            let at = item.span().start;
            match item.get_ref().as_str() {
                Some(s) if !s.trim().is_empty() => {
                    if self.is_short(at, &path, s.trim()) {
                        out.push((at, s.trim()));
                    }
                }
                _ => self.problem(at, &path, "subject-file.empty_entry", write.clone()),
            }
        }
        out
    }

    /// A date, with or without quotes.
    pub(super) fn date(&mut self, table: &Table<'_>, inside: &str, key: &str, needed: bool) -> Option<Date> {
        let path = join(inside, key);
        let write = Said::with("subject-file.date_do", "key", key);
        let Some(value) = self.get(table, key) else {
            if needed {
                self.problem(0, &path, "subject-file.missing", write);
            }
            return None;
        };
        let read = match value.get_ref() {
            DeValue::String(s) => s.trim().parse::<Date>().ok(),
            DeValue::Datetime(d) => d.to_string().parse::<Date>().ok(),
            _ => None,
        };
        if read.is_none() {
            self.problem(value.span().start, &path, "subject-file.not_date", write);
        }
        read
    }

    /// A part of its own: `[key]`.
    pub(super) fn table<'a, 'i>(&mut self, root: &'a Table<'i>, key: &str, needed: bool) -> Option<&'a Table<'i>> {
        let write = Said::with("subject-file.part_do", "key", key);
        let Some(value) = self.get(root, key) else {
            if needed {
                self.problem(0, key, "subject-file.part_missing", write);
            }
            return None;
        };
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.problem(value.span().start, key, "subject-file.not_part", write);
        }
        table
    }

    /// Entries: `[[key]]`, each with its place.
    pub(super) fn tables<'a, 'i>(&mut self, root: &'a Table<'i>, key: &str) -> Vec<(usize, &'a Table<'i>)> {
        let Some(value) = self.get(root, key) else { return vec![] };
        let write = Said::with("subject-file.entries_do", "key", key);
        let Some(list) = value.get_ref().as_array() else {
            self.problem(value.span().start, key, "subject-file.not_entries", write);
            return vec![];
        };
        let mut out = vec![];
        for item in list.iter() {
            match item.get_ref().as_table() {
                Some(table) => out.push((item.span().start, table)),
                None => self.problem(item.span().start, key, "subject-file.not_part", write.clone()),
            }
        }
        out
    }

    /// A word of a list.
    pub(super) fn word<T>(
        &mut self,
        table: &Table<'_>,
        inside: &str,
        key: &str,
        parse: impl Fn(&str) -> Option<T>,
        what: &'static str,
        words: &[&str],
    ) -> Option<T> {
        let (at, text) = self.string(table, inside, key, false)?;
        let read = parse(text);
        if read.is_none() {
            self.problem(at, &join(inside, key), what, Said::with("subject-file.one_of", "list", words.join(", ")));
        }
        read
    }
}

/// Whether a text can stand as a name or a contact: one line, plain characters, not too long.
///
/// # Errors
/// Keys of what is wrong and what to write.
pub(crate) fn one_line(text: &str) -> Result<(), super::values::Wrong> {
    if text.chars().any(char::is_control) {
        return Err(("subject-file.control", "subject-file.control_do"));
    }
    if text.chars().count() > LONGEST_TEXT {
        return Err(("subject-file.too_long", "subject-file.too_long_do"));
    }
    Ok(())
}

pub(super) fn join(inside: &str, key: &str) -> String {
    if inside.is_empty() { key.to_owned() } else { format!("{inside}.{key}") }
}
