//! IPTC-IIM: the old block of captions that press offices and photo programs write.

use unlisted_model::text::Role;

use super::super::writer::Writer;

/// Data sets read at most.
const MOST: usize = 500;

fn label(set: u8) -> Option<&'static str> {
    Some(match set {
        5 => "title",
        25 => "keywords",
        80 => "author",
        85 => "author position",
        90 => "city",
        92 => "sublocation",
        95 => "state",
        101 => "country",
        105 => "headline",
        110 => "credit",
        115 => "source",
        116 => "rights",
        118 => "contact",
        120 => "description",
        122 => "caption writer",
        _ => return None,
    })
}

/// Reads a block into blocks of `group`.
pub(super) fn read(mut data: &[u8], group: u32, writer: &mut Writer) {
    for _ in 0..MOST {
        let [0x1C, record, set, high, low, rest @ ..] = data else { return };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some((value, rest)) = rest.split_at_checked(length) else { return };
        data = rest;
        if let Some(label) = label(*set).filter(|_| *record == 2) {
            writer.push(Role::Meta, Some(label), group, &super::super::decode_text(value, "").0, 0);
        }
    }
}
