//! What is wrong in a settings file of the user: the line, the key, and what to write.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The line, from 1, on which a key such as `help.party` stands; None when it is not in this text.
pub(super) fn line_of(text: &str, key: &str) -> Option<usize> {
    let root = DeTable::parse(text).ok()?;
    let mut table = root.get_ref();
    let mut parts = key.split('.').peekable();
    while let Some(part) = parts.next() {
        let (found, value) = table.iter().find(|(name, _)| name.get_ref() == part)?;
        if parts.peek().is_none() {
            return Some(text.get(..found.span().start)?.matches('\n').count() + 1);
        }
        table = inside(value)?;
    }
    None
}

fn inside<'a, 'i>(value: &'a Spanned<DeValue<'i>>) -> Option<&'a DeTable<'i>> {
    match value.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

/// The words of an error that the TOML library found in the settings as a whole, with the line of the user's own text.
pub(super) fn wrong(text: &str, error: &toml::de::Error) -> String {
    // Written out, it also names the part that it lies in.
    let whole = error.to_string();
    let part = whole.rsplit_once("in `").and_then(|(_, rest)| rest.split_once('`')).map_or("", |(part, _)| part);
    let message = error.message().trim();
    let unknown = message.strip_prefix("unknown field `").and_then(|rest| rest.split_once('`'));
    let (key, what) = match unknown {
        Some((name, rest)) => {
            let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
            let key = if part.is_empty() { name.to_owned() } else { format!("{part}.{name}") };
            (key, format!("this word is not known here; write one of: {}", known.join(", ")))
        }
        None => (part.to_owned(), message.to_owned()),
    };
    let key_words = if key.is_empty() { String::new() } else { format!("{key}: ") };
    match line_of(text, &key) {
        Some(line) => format!("line {line}: {key_words}{what}"),
        None => format!("{key_words}{what}"),
    }
}
