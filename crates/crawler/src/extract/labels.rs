//! What labels and keys say of the slot beside them.

use unlisted_model::text::About;

/// Labels longer than this are text, not labels.
pub(super) const LONGEST: usize = 40;

/// Whom a labelled slot is about.
pub(crate) fn about(label: &str) -> About {
    let (mut home, mut other_home, mut office) = (false, false, false);
    let mut before = [0_u8; 16];
    for word in label.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let mut now = [0_u8; 16];
        if let Some(now) = now.get_mut(..word.len()) {
            now.copy_from_slice(word.as_bytes());
            now.make_ascii_lowercase();
        }
        let after_home = before.starts_with(b"home\0");
        match now.split(|b| *b == 0).next().unwrap_or_default() {
            b"home" => {
                home = true;
                // Homes that are nobody's own.
                other_home |= [b"care\0".as_slice(), b"nursing\0", b"funeral\0"].iter().any(|w| before.starts_with(w));
            }
            b"private" | b"residential" | b"residence" | b"domicile" => home = true,
            b"office" => (office, other_home) = (true, true),
            // Words with which "home" means something else.
            b"page" | b"team" | b"ward" | b"club" | b"ground" | b"url" | b"website" | b"secretary" | b"link" => {
                other_home |= after_home;
            }
            b"hall" => {
                let halls = [b"town\0".as_slice(), b"county\0", b"city\0", b"guild\0"];
                office |= halls.iter().any(|w| before.starts_with(w));
            }
            b"work" | b"business" | b"bus" | b"civic" | b"council" | b"correspondence" | b"agent" | b"constituency"
            | b"surgery" | b"headquarters" | b"hq" | b"organisation" | b"organization" | b"company" | b"employer"
            | b"workplace" => office = true,
            _ => {}
        }
        before = now;
    }
    match (home && !other_home, office) {
        (true, _) => About::Home,
        (false, true) => About::Office,
        (false, false) => About::Unknown,
    }
}

/// A key of data in words: `streetAddress`, `street_address` and `street-address` all become `street address`.
pub(super) fn words(key: &str) -> String {
    let mut out = String::with_capacity(key.len() + 4);
    let mut before = ' ';
    for c in key.chars() {
        if !c.is_alphanumeric() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            if c.is_uppercase() && before.is_lowercase() {
                out.push(' ');
            }
            out.extend(c.to_lowercase());
        }
        before = c;
    }
    out.truncate(out.trim_end().len());
    if out.contains(' ') { out } else { apart(out) }
}

/// `homeaddress` in two words.
fn apart(word: String) -> String {
    const FRONTS: [&str; 6] = ["home", "work", "office", "private", "business", "contact"];
    const DETAILS: [&str; 8] = ["address", "phone", "telephone", "tel", "mobile", "email", "fax", "postcode"];
    for front in FRONTS {
        if let Some(detail) = word.strip_prefix(front).filter(|rest| DETAILS.contains(rest)) {
            return format!("{front} {detail}");
        }
    }
    word
}

/// Whether a heading or a short line names the details below it.
pub(super) fn names_details(line: &str) -> bool {
    const WORDS: [&str; 22] = [
        "address",
        "addresses",
        "telephone",
        "telephones",
        "phone",
        "tel",
        "mobile",
        "mob",
        "email",
        "mail",
        "contact",
        "born",
        "birth",
        "dob",
        "home",
        "residence",
        "office",
        "fax",
        "postcode",
        "correspondence",
        "whatsapp",
        "employer",
    ];
    line.len() <= LONGEST
        && line.split(|c: char| !c.is_alphanumeric()).any(|w| WORDS.iter().any(|known| w.eq_ignore_ascii_case(known)))
}

/// The label with which a text begins: `Home address: 14 Mill Lane`.
pub(super) fn label_inside(text: &str) -> Option<&str> {
    let head = super::writer::prefix(text, LONGEST + 1);
    let (label, rest) = head.split_once(':')?;
    let follows = rest.is_empty() || rest.starts_with(char::is_whitespace);
    // `Bus. phone` may hold a full stop; a sentence holds more words.
    let is_short = label.split_whitespace().count() <= 4 && !label.contains(['\n', '@']);
    (follows && is_short && text.len() > label.len() + 1 && names_details(label)).then_some(label.trim())
}

/// Where a key stands in a postal address, if it is part of one.
pub(super) fn postal_place(key: &str) -> Option<u8> {
    let joined = words(key).replace(' ', "");
    let rest = joined.strip_prefix("contact").unwrap_or(&joined);
    let rest = rest.strip_prefix("address").filter(|rest| !rest.is_empty()).unwrap_or(rest);
    Some(match rest {
        "pobox" | "postofficebox" | "postofficeboxnumber" | "careof" | "careofname" => 0,
        "flat" | "flatnumber" | "subbuilding" | "subbuildingname" | "unit" => 1,
        "buildingname" | "building" | "housename" | "premises" | "premise" => 2,
        "buildingnumber" | "housenumber" | "housenameornumber" | "streetnumber" | "paon" | "saon" => 3,
        "streetaddress" | "street" | "streetname" | "thoroughfare" | "road" | "line1" | "1" | "line" | "lineone" | "addr1"
        | "add1" | "l1" | "addressline" => 4,
        "extendedaddress" | "line2" | "2" | "linetwo" | "addr2" | "add2" | "l2" => 5,
        "line3" | "3" | "linethree" | "addr3" | "add3" | "l3" => 6,
        "line4" | "4" | "linefour" | "addr4" => 7,
        "locality" | "town" | "city" | "posttown" | "village" | "towncity" => 8,
        "line5" | "5" | "linefive" | "addr5" => 9,
        "region" | "county" => 10,
        "postalcode" | "postcode" | "zip" | "zipcode" | "line6" | "pc" | "pcode" => 11,
        _ => return None,
    })
}

/// Puts the parts of a postal address in order, if they are enough to be one.
pub(super) fn postal(parts: &mut [(u8, String)]) -> Option<String> {
    parts.sort_by_key(|p| p.0);
    let street = parts.iter().any(|p| p.0 <= 5);
    if parts.len() < 2 || !street {
        return None;
    }
    let mut out = String::new();
    let mut before = 0;
    for (place, text) in parts.iter() {
        let text = text.trim().trim_end_matches(',');
        if text.is_empty() {
            continue;
        }
        if !out.is_empty() {
            // A bare house number belongs to the street that follows it.
            out.push_str(if before == 3 && *place == 4 { " " } else { ", " });
        }
        out.push_str(text);
        before = *place;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_tell_homes_from_offices() {
        for (label, about_) in [
            ("Home address", About::Home),
            ("home tel", About::Home),
            ("Home phone:", About::Home),
            ("tel home", About::Home),
            ("Private address", About::Home),
            ("Work", About::Office),
            ("Bus. phone", About::Office),
            ("Civic Centre", About::Office),
            ("Correspondence address", About::Office),
            ("Home page", About::Unknown),
            ("Home Office", About::Office),
            ("homework", About::Unknown),
            ("Address", About::Unknown),
            ("Phone", About::Unknown),
        ] {
            assert_eq!(about(label), about_, "{label}");
        }
    }

    #[test]
    fn keys_become_words() {
        for (key, expected) in [
            ("streetAddress", "street address"),
            ("street_address", "street address"),
            ("@id", "id"),
            ("birthDate", "birth date"),
            ("TEL", "tel"),
            ("addressLine1", "address line1"),
            ("homeaddress", "home address"),
            ("homeward", "homeward"),
        ] {
            assert_eq!(words(key), expected);
        }
    }

    #[test]
    fn parts_make_an_address() {
        let mut parts = vec![(11, "ZZ99 4QT".into()), (3, "14".into()), (4, "Mill Lane".into()), (8, "Mereside".into())];
        assert_eq!(postal(&mut parts).as_deref(), Some("14 Mill Lane, Mereside, ZZ99 4QT"));
        assert_eq!(postal(&mut [(8, "Mereside".into()), (11, "ZZ99 4QT".into())]), None);
    }
}
