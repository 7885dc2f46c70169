//! E-mail: who wrote to whom, from which machine, the words, and what is attached.

use mail_parser::{Address, HeaderValue, MessageParser, MimeHeaders, PartType};
use unlisted_model::Media;
use unlisted_model::text::Role;

use super::writer::Writer;
use super::{Bounds, Extracted, Problem, html, plain};

/// Parts and addresses of one letter read at most.
const MOST: usize = 200;

/// Reads what is attached: see [`super::document`].
pub(super) type Attached<'a> = dyn FnMut(&str, &[u8], &mut Writer) + 'a;

/// Headers that tell of a person or a machine, and their labels.
const HEADERS: [(&str, &str); 12] = [
    ("From", "from"),
    ("Sender", "sender"),
    ("Reply-To", "reply to"),
    ("Return-Path", "return path"),
    ("To", "to"),
    ("Cc", "copy to"),
    ("Bcc", "copy to"),
    ("Organization", "organisation"),
    ("X-Originating-IP", "originating address"),
    ("X-Sender-IP", "originating address"),
    ("X-Mailer", "mail program"),
    ("User-Agent", "mail program"),
];

/// Reads a letter.
pub(super) fn read(bytes: &[u8], bounds: &Bounds, attached: &mut Attached<'_>) -> Extracted {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Extracted::nothing(Media::Mail, Problem::Broken);
    };
    let mut writer = Writer::new(bounds);
    for (name, label) in HEADERS {
        for value in message.header_values(name).take(8) {
            let group = writer.groups.fresh();
            for words in words(value) {
                writer.push(Role::Meta, Some(label), group, &words, 0);
            }
        }
    }
    let title = message.subject().map(str::to_owned);
    if let Some(title) = &title {
        let group = writer.groups.fresh();
        writer.push(Role::Heading, None, group, title, 0);
    }
    // Both forms of the words are read: what one of them hides the other may say.
    for part in message.parts.iter().take(MOST) {
        match &part.body {
            PartType::Text(text) => plain::read(text, &mut writer),
            PartType::Html(text) => {
                let left = Bounds { text: bounds.text.saturating_sub(writer.text.chars.len()), ..*bounds };
                writer.append(&html::read(text, None, &left).text);
            }
            PartType::Binary(data) | PartType::InlineBinary(data) => {
                attached(part.attachment_name().unwrap_or_default(), data, &mut writer);
            }
            PartType::Message(inner) => attached(part.attachment_name().unwrap_or_default(), inner.raw_message(), &mut writer),
            PartType::Multipart(_) => {}
        }
    }
    let (text, cut) = writer.finish();
    Extracted { media: Media::Mail, title, text, links: Vec::new(), problem: cut }
}

fn words(value: &HeaderValue<'_>) -> Vec<String> {
    match value {
        HeaderValue::Address(address) => {
            let list: Vec<String> = match address {
                Address::List(list) => list.iter().map(one).collect(),
                Address::Group(groups) => groups.iter().flat_map(|g| &g.addresses).map(one).collect(),
            };
            list.into_iter().take(MOST).collect()
        }
        HeaderValue::Text(text) => vec![text.to_string()],
        HeaderValue::TextList(list) => list.iter().take(MOST).map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

fn one(address: &mail_parser::Addr<'_>) -> String {
    match (address.name(), address.address()) {
        (Some(name), Some(mailbox)) => format!("{name} <{mailbox}>"),
        (name, mailbox) => name.or(mailbox).unwrap_or_default().to_owned(),
    }
}
