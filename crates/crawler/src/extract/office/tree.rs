//! The events of an office file's XML, names without their prefixes. No entity is expanded but the five and numbers.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Something in an XML file.
pub(super) enum Step<'e> {
    Open(&'e str, &'e BytesStart<'e>),
    Close(&'e str),
    Text(&'e str),
}

/// Walks a file until it ends, breaks or `each` says stop; whether it was sound to its end.
pub(super) fn walk(bytes: &[u8], each: &mut dyn FnMut(Step<'_>) -> bool) -> bool {
    let (text, _) = super::super::decode_text(bytes, "application/xml");
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut depth = 0_i64;
    loop {
        let goes_on = match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                let name = start.local_name().as_ref().to_owned();
                each(Step::Open(&name, &start))
            }
            Ok(Event::Empty(start)) => {
                let name = start.local_name().as_ref().to_owned();
                each(Step::Open(&name, &start)) && each(Step::Close(&name))
            }
            Ok(Event::End(end)) => {
                depth -= 1;
                let name = end.local_name().as_ref().to_owned();
                each(Step::Close(&name))
            }
            Ok(Event::Text(words)) => each(Step::Text(&words.into_inner())),
            Ok(Event::CData(words)) => each(Step::Text(&words.into_inner())),
            Ok(Event::GeneralRef(name)) => each(Step::Text(&htmlize::unescape(&*format!("&{};", name.into_inner())))),
            Ok(Event::Eof) => return depth <= 0,
            Ok(_) => true,
            Err(_) => return false,
        };
        if !goes_on {
            return true;
        }
    }
}

/// An attribute by its name without prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    start
        .attributes()
        .with_checks(false)
        .take(100)
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)
        .map(|a| htmlize::unescape(&*a.value).into_owned())
}
