//! vCard 2.1, 3.0 and 4.0: one card is one group.

use unlisted_model::text::Role;

use super::writer::Writer;

/// Reads every card; the name of the first is the title.
pub(super) fn read(text: &str, writer: &mut Writer) -> Option<String> {
    let mut title = None;
    let mut group = writer.groups.fresh();
    for (line, at) in unfolded(text) {
        if writer.full {
            break;
        }
        let Some(property) = Property::of(&line) else { continue };
        let at = at + property.value_at;
        match property.name.as_str() {
            "begin" => group = writer.groups.fresh(),
            "end" | "version" | "prodid" | "rev" | "uid" | "photo" | "logo" | "sound" | "key" | "source" => {}
            "n" => {
                // Family; given; further; before; after.
                let parts = split(&property.value, ';');
                let order = [3, 1, 2, 0, 4];
                let name: Vec<&str> =
                    order.iter().filter_map(|&i| parts.get(i)).map(|p| p.trim()).filter(|p| !p.is_empty()).collect();
                writer.push(Role::Key, Some("name"), group, &name.join(" "), at);
            }
            "adr" => {
                let label = property.label("address");
                // Box; flat; street; town; county; postcode; country.
                let parts: Vec<String> = split(&property.value, ';').iter().map(|p| p.trim().to_owned()).collect();
                let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|p| !p.is_empty()).collect();
                writer.push(Role::Key, Some(&label), group, &parts.join(", "), at);
            }
            name => {
                if name == "fn" && title.is_none() {
                    title = Some(split(&property.value, '\0').concat());
                }
                let words = match name {
                    "fn" => "name",
                    "tel" => "telephone",
                    "bday" => "birth date",
                    "org" => "organisation",
                    "label" => "address",
                    other => other,
                };
                let separator = if matches!(name, "org" | "categories") { ';' } else { '\0' };
                let value = split(&property.value, separator).join(", ");
                let value = value.strip_prefix("tel:").or(value.strip_prefix("mailto:")).unwrap_or(&value);
                writer.push(Role::Key, Some(&property.label(words)), group, value, at);
            }
        }
    }
    title.filter(|t| !t.trim().is_empty())
}

/// One line: `item1.TEL;TYPE=home:01632 960111`.
pub(super) struct Property {
    pub(super) name: String,
    types: Vec<String>,
    /// `CN`: the name of the person whom an address belongs to.
    pub(super) common_name: Option<String>,
    pub(super) value: String,
    pub(super) value_at: usize,
}

impl Property {
    pub(super) fn of(line: &str) -> Option<Self> {
        let colon = colon_outside_quotes(line)?;
        let (head, value) = (line.get(..colon)?, line.get(colon + 1..)?);
        let mut parameters = head.split(';');
        let name = parameters.next()?.rsplit('.').next()?.trim().to_ascii_lowercase();
        let mut types = Vec::new();
        let (mut quoted, mut charset, mut common_name) = (false, None, None);
        for parameter in parameters {
            let (key, content) = parameter.split_once('=').unwrap_or(("type", parameter));
            match key.trim().to_ascii_lowercase().as_str() {
                "type" => types.extend(content.trim_matches('"').split(',').map(|t| t.trim().to_ascii_lowercase())),
                "encoding" => quoted = content.eq_ignore_ascii_case("quoted-printable"),
                "cn" => common_name = Some(content.trim_matches('"').to_owned()),
                "charset" => charset = encoding_rs::Encoding::for_label(content.as_bytes()),
                _ => {}
            }
        }
        quoted |= types.iter().any(|t| t == "quoted-printable");
        let value = if quoted { quoted_printable(value, charset) } else { value.to_owned() };
        Some(Self { name, types, common_name, value, value_at: colon + 1 })
    }

    /// What its value is, with the sort of place: `home telephone`.
    fn label(&self, words: &str) -> String {
        let mut label = String::new();
        for kind in &self.types {
            let known = match kind.as_str() {
                "home" | "work" | "cell" | "fax" | "pager" => kind,
                "mobile" => "cell",
                _ => continue,
            };
            label.push_str(if known == "cell" { "mobile" } else { known });
            label.push(' ');
        }
        label.push_str(words);
        label
    }
}

fn colon_outside_quotes(line: &str) -> Option<usize> {
    let mut quoted = false;
    line.bytes().position(|b| {
        quoted ^= b == b'"';
        b == b':' && !quoted
    })
}

/// The parts of a value between separators that are not escaped, escapes undone.
pub(super) fn split(value: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        let put = match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => '\n',
                Some(other) => other,
                None => break,
            },
            c if c == separator => {
                parts.push(String::new());
                continue;
            }
            c => c,
        };
        if let Some(last) = parts.last_mut() {
            last.push(put);
        }
    }
    parts
}

/// Lines with their folds undone: a line that starts with white space goes on from the one before, and so does one
/// after a `=` at the end of a quoted-printable line.
pub(super) fn unfolded(text: &str) -> Vec<(String, usize)> {
    let mut lines: Vec<(String, usize)> = Vec::new();
    let mut at = 0;
    let mut soft = false;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        let folded = line.strip_prefix([' ', '\t']);
        match lines.last_mut() {
            Some((last, _)) if soft => {
                last.pop();
                last.push_str(folded.unwrap_or(line));
            }
            Some((last, _)) if folded.is_some() => last.push_str(folded.unwrap_or_default()),
            _ => lines.push((line.to_owned(), start)),
        }
        soft = line.ends_with('=')
            && lines.last().is_some_and(|(l, _)| {
                let head = super::writer::prefix(l, 200).to_ascii_lowercase();
                head.contains("quoted-printable")
            });
    }
    lines
}

/// Undoes quoted-printable.
fn quoted_printable(value: &str, charset: Option<&'static encoding_rs::Encoding>) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&b, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|d| std::str::from_utf8(d).ok()).and_then(|d| u8::from_str_radix(d, 16).ok());
        match code.filter(|_| b == b'=') {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(b);
                rest = tail;
            }
        }
    }
    let text = match charset {
        Some(encoding) => encoding.decode_without_bom_handling(&bytes).0.into_owned(),
        None => super::decode_text(&bytes, "").0,
    };
    text.replace("\r\n", "\n")
}
