//! Plain text: paragraphs, lines of `Key: value`, lists.

use unlisted_model::text::Role;

use super::fold::Fold;
use super::labels;
use super::writer::Writer;

/// Reads plain text into blocks: a paragraph is one, a line of `Key: value` is one with its key as label. Lines of a
/// paragraph share a group.
pub(super) fn read(text: &str, writer: &mut Writer) {
    let mut at = 0;
    let mut paragraph: Vec<(usize, &str)> = Vec::new();
    for line in text.split_inclusive(['\n', '\r', '\x0C']) {
        let start = at;
        at += line.len();
        let is_page_end = line.ends_with('\x0C');
        let line = line.trim_end_matches(['\n', '\r', '\x0C']);
        if !line.trim().is_empty() {
            paragraph.push((start, line));
        } else if start > 0 && line.is_empty() && text.as_bytes().get(start - 1) == Some(&b'\r') {
            // The line feed of `\r\n`.
            continue;
        }
        if line.trim().is_empty() || is_page_end {
            flush(&mut paragraph, writer);
        }
        if writer.full {
            return;
        }
    }
    flush(&mut paragraph, writer);
}

/// Writes the lines gathered so far: those with labels by themselves, the others joined.
fn flush(paragraph: &mut Vec<(usize, &str)>, writer: &mut Writer) {
    if paragraph.is_empty() {
        return;
    }
    let group = writer.groups.fresh();
    let mut label: Option<String> = None;
    let mut open = false;
    for (at, line) in paragraph.drain(..) {
        let indent = line.len() - line.trim_start().len();
        match key_and_value(line) {
            Some((key, value, value_at)) => {
                end(writer, &mut open);
                label = Some(key.to_owned());
                if !value.is_empty() {
                    line_of(writer, label.as_deref(), group, value, at + value_at, &mut open);
                }
            }
            // A value may go on over further lines, as addresses do.
            None => line_of(writer, label.as_deref(), group, line.trim(), at + indent, &mut open),
        }
    }
    end(writer, &mut open);
}

/// `Key: value`, with where the value stands; not times, not addresses of pages, not sentences.
fn key_and_value(line: &str) -> Option<(&str, &str, usize)> {
    let colon = line.find(':')?;
    let key = line.get(..colon)?.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '-' | '\u{2022}'));
    let rest = line.get(colon + 1..)?;
    let is_key = !key.is_empty()
        && key.len() <= labels::LONGEST
        && key.split_whitespace().count() <= 5
        && key.chars().next().is_some_and(char::is_alphabetic)
        && !rest.starts_with("//")
        && (rest.is_empty() || rest.starts_with(char::is_whitespace) || labels::names_details(key));
    let value = rest.trim();
    let value_at = colon + 1 + (rest.len() - rest.trim_start().len());
    is_key.then_some((key, value, value_at))
}

fn line_of(writer: &mut Writer, label: Option<&str>, group: u32, line: &str, at: usize, open: &mut bool) {
    let line = writer.within(line);
    if line.is_empty() {
        return;
    }
    let text = &mut writer.text;
    if !*open {
        let about = label.map(labels::about).unwrap_or_default();
        let role = if label.is_some() { Role::Cell } else { Role::Body };
        text.push(role, label, group, about, "", at);
        // The block is taken up again: its text follows.
        text.chars.pop();
        *open = true;
    } else {
        text.origin.push(text.chars.len(), at.saturating_sub(1));
        text.chars.push('\n');
    }
    let start = text.chars.len();
    let mut space = false;
    Fold { out: &mut text.chars, origin: Some(&mut text.origin), start, space: &mut space, lines: false }.plain(line, at);
    let end = text.chars.len();
    if let Some(block) = text.blocks.last_mut() {
        block.range.end = end;
    }
}

fn end(writer: &mut Writer, open: &mut bool) {
    if std::mem::take(open) {
        writer.text.chars.push('\n');
        writer.full |= writer.text.blocks.len() >= writer.bounds.blocks;
    }
}
