//! XMP: metadata as XML inside pictures and documents. Only what tells of a person, a machine or a place is kept.

use quick_xml::Reader;
use quick_xml::events::Event;
use unlisted_model::text::Role;

use super::writer::Writer;

/// The longest packet read.
const LONGEST: usize = 1 << 20;
/// Elements inside one another.
const DEEPEST: usize = 64;

/// Names that tell something, and under which label it is shown.
const KEPT: [(&str, &str); 40] = [
    ("Author", "author"),
    ("AuthorsPosition", "author position"),
    ("CameraOwnerName", "camera owner"),
    ("CaptionWriter", "caption writer"),
    ("CiAdrCity", "contact city"),
    ("CiAdrCtry", "contact country"),
    ("CiAdrExtadr", "contact street"),
    ("CiAdrPcode", "contact postcode"),
    ("CiAdrRegion", "contact region"),
    ("CiEmailWork", "contact email"),
    ("CiTelWork", "contact telephone"),
    ("City", "city"),
    ("Creator", "creator"),
    ("CreatorTool", "creator tool"),
    ("Credit", "credit"),
    ("Headline", "headline"),
    ("Instructions", "instructions"),
    ("LastModifiedBy", "last modified by"),
    ("LensSerialNumber", "lens serial number"),
    ("Location", "location"),
    ("Manager", "manager"),
    ("Name", "name"),
    ("Owner", "owner"),
    ("OwnerName", "owner"),
    ("PersonInImage", "person in picture"),
    ("Producer", "producer"),
    ("SerialNumber", "serial number"),
    ("Source", "source"),
    ("State", "state"),
    ("Sublocation", "sublocation"),
    ("Title", "title"),
    ("UsageTerms", "usage terms"),
    ("WebStatement", "web statement"),
    ("contributor", "contributor"),
    ("creator", "author"),
    ("description", "description"),
    ("publisher", "publisher"),
    ("rights", "rights"),
    ("subject", "keywords"),
    ("title", "title"),
];

fn label(name: &str) -> Option<&'static str> {
    KEPT.iter().find(|(known, _)| *known == name).map(|(_, label)| *label)
}

/// A place in a packet: degrees north and east.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Place {
    pub(super) north: Option<f64>,
    pub(super) east: Option<f64>,
}

/// Reads a packet into blocks of `group`; the place where a picture was taken, if it says.
pub(super) fn read(packet: &[u8], group: u32, writer: &mut Writer) -> Place {
    let packet = packet.get(..LONGEST).unwrap_or(packet);
    let (text, _) = super::decode_text(packet, "application/xml");
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut place = Place::default();
    let mut open: Vec<String> = Vec::new();
    let mut words = String::new();
    let mut told = |open: &[String], words: &mut String, writer: &mut Writer| {
        let value = std::mem::take(words);
        for name in open.iter().rev() {
            note(name, &value, group, &mut place, writer);
            if label(name).is_some() {
                break;
            }
        }
    };
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                told(&open, &mut words, writer);
                if open.len() < DEEPEST {
                    open.push(start.local_name().as_ref().to_owned());
                }
                for attribute in start.attributes().with_checks(false).take(200).flatten() {
                    let name = [attribute.key.local_name().as_ref().to_owned()];
                    told(&name, &mut htmlize::unescape(&*attribute.value).into_owned(), writer);
                }
            }
            Ok(Event::Empty(start)) => {
                for attribute in start.attributes().with_checks(false).take(200).flatten() {
                    let name = [attribute.key.local_name().as_ref().to_owned()];
                    told(&name, &mut htmlize::unescape(&*attribute.value).into_owned(), writer);
                }
            }
            Ok(Event::Text(text)) => words.push_str(&text.into_inner()),
            Ok(Event::CData(text)) => words.push_str(&text.into_inner()),
            Ok(Event::GeneralRef(name)) => words.push_str(&htmlize::unescape(&*format!("&{};", name.into_inner()))),
            Ok(Event::End(_)) => {
                told(&open, &mut words, writer);
                open.pop();
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
        if writer.full {
            break;
        }
    }
    place
}

fn note(name: &str, value: &str, group: u32, place: &mut Place, writer: &mut Writer) {
    let value = value.trim();
    if value.is_empty() {
        return;
    }
    match name {
        "GPSLatitude" => place.north = degrees(value),
        "GPSLongitude" => place.east = degrees(value),
        _ => {
            if let Some(label) = label(name) {
                writer.push(Role::Meta, Some(label), group, value, 0);
            }
        }
    }
}

/// `51,30.5N` or `51,30,30N` or a plain number.
fn degrees(text: &str) -> Option<f64> {
    if let Ok(plain) = text.parse::<f64>() {
        return Some(plain).filter(|d| d.is_finite());
    }
    let side = text.chars().next_back()?;
    let sign = match side {
        'N' | 'E' => 1.0,
        'S' | 'W' => -1.0,
        _ => return None,
    };
    let mut sum = 0.0;
    let mut unit = 1.0;
    for part in text.trim_end_matches(side).split(',').take(3) {
        sum += part.trim().parse::<f64>().ok()? / unit;
        unit *= 60.0;
    }
    Some(sign * sum).filter(|d| d.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Bounds;

    #[test]
    fn a_packet_tells_people_and_places() {
        let mut writer = Writer::new(&Bounds::default());
        let place = read(
            b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description exif:GPSLatitude='51,30.5N' aux:SerialNumber='00417'>\
            <dc:creator><rdf:Seq><rdf:li>Amina &amp; Castle</rdf:li></rdf:Seq></dc:creator><exif:GPSLongitude>0,7,30W</exif:GPSLongitude>\
            <xmpMM:History>uuid:17</xmpMM:History></rdf:Description></rdf:RDF>",
            1,
            &mut writer,
        );
        assert_eq!(writer.text.chars, "00417\nAmina & Castle\n");
        assert_eq!(place.north.zip(place.east), Some((51.0 + 30.5 / 60.0, -0.125)));
        assert_eq!((degrees("51,x,N"), degrees(""), degrees("nan")), (None, None, None));
    }
}
