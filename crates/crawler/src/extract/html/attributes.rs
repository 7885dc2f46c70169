//! The attributes of one tag, found by name without copying, and what in them is text.

use super::tokens::Attribute;

/// Attributes that reading knows by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Name {
    Href,
    Src,
    Content,
    Called,
    Property,
    ItemProp,
    ItemScope,
    ItemType,
    Style,
    Hidden,
    AriaHidden,
    Value,
    Placeholder,
    AriaLabel,
    Alt,
    Title,
    Summary,
    Type,
    For,
    Id,
    Class,
    Rel,
    Dir,
    Scope,
    ColSpan,
    HttpEquiv,
    DateTime,
    CfEmail,
}

/// The names that are known, by their length.
const KNOWN: [&[(&str, Name)]; 13] = [
    &[],
    &[],
    &[("id", Name::Id)],
    &[("src", Name::Src), ("alt", Name::Alt), ("rel", Name::Rel), ("dir", Name::Dir), ("for", Name::For)],
    &[("href", Name::Href), ("name", Name::Called), ("type", Name::Type)],
    &[("style", Name::Style), ("value", Name::Value), ("title", Name::Title), ("scope", Name::Scope), ("class", Name::Class)],
    &[("hidden", Name::Hidden)],
    &[("content", Name::Content), ("summary", Name::Summary), ("colspan", Name::ColSpan)],
    &[("property", Name::Property), ("itemprop", Name::ItemProp), ("itemtype", Name::ItemType), ("datetime", Name::DateTime)],
    &[("itemscope", Name::ItemScope)],
    &[("aria-label", Name::AriaLabel), ("http-equiv", Name::HttpEquiv)],
    &[("placeholder", Name::Placeholder), ("aria-hidden", Name::AriaHidden)],
    &[("data-cfemail", Name::CfEmail)],
];

const NAMES: usize = Name::CfEmail as usize + 1;
const NONE: u16 = u16::MAX;

impl Name {
    fn of(name: &str) -> Option<Self> {
        let first = name.bytes().next()?.to_ascii_lowercase();
        let known = KNOWN.get(name.len())?.iter();
        known
            .filter(|(known, _)| known.as_bytes().first() == Some(&first))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, known)| *known)
    }

    /// The label that its text gets.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Alt => "alt",
            Self::Title => "title",
            Self::AriaLabel => "aria-label",
            Self::Placeholder => "placeholder",
            Self::Summary => "summary",
            Self::Value => "value",
            _ => "content",
        }
    }
}

/// The attributes of one tag by name; the first of a name counts.
pub(super) struct Found<'t, 'a> {
    attributes: &'t [Attribute<'a>],
    index: [u16; NAMES],
    /// Whether any attribute is none of the known ones (`data-*`, `onclick`).
    pub(super) others: bool,
}

impl<'t, 'a> Found<'t, 'a> {
    pub(super) fn new(attributes: &'t [Attribute<'a>]) -> Self {
        let mut found = Self { attributes, index: [NONE; NAMES], others: false };
        for (i, attribute) in attributes.iter().enumerate() {
            match Name::of(attribute.name) {
                Some(name) => {
                    if let Some(slot) = found.index.get_mut(name as usize).filter(|s| **s == NONE) {
                        *slot = u16::try_from(i).unwrap_or(NONE);
                    }
                }
                None => found.others = true,
            }
        }
        found
    }

    pub(super) fn get(&self, name: Name) -> Option<Attribute<'a>> {
        let i = *self.index.get(name as usize)?;
        self.attributes.get(usize::from(i)).copied()
    }

    pub(super) fn value(&self, name: Name) -> Option<&'a str> {
        self.get(name).map(|a| a.value)
    }

    pub(super) fn is(&self, name: Name, value: &str) -> bool {
        self.value(name).is_some_and(|v| v.trim().eq_ignore_ascii_case(value))
    }

    /// The attributes that are not known by name.
    pub(super) fn others(&self) -> impl Iterator<Item = Attribute<'a>> + use<'t, 'a> {
        self.attributes.iter().filter(|a| Name::of(a.name).is_none()).copied()
    }
}

/// A detail in the address of a link: `mailto:`, `tel:`, `sms:`, WhatsApp; label and value.
pub(crate) fn detail_of_link(href: &str) -> Option<(&'static str, String)> {
    let href = href.trim();
    let (scheme, rest) = href.split_once(':').unwrap_or_default();
    let before_query = rest.split('?').next().unwrap_or_default();
    let query = |key: &str| {
        let query = rest.split_once('?')?.1;
        query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
    };
    let number = |label, text: &str| {
        let text = percent_decoded(text.trim_start_matches('/'));
        // `tel:+44-1632-960111;phone-context=…`
        let text = text.split(';').next().unwrap_or_default().trim().to_owned();
        (!text.is_empty()).then_some((label, text))
    };
    match scheme.trim().to_ascii_lowercase().as_str() {
        "mailto" => {
            let mut to = percent_decoded(before_query);
            for key in ["to", "cc", "bcc"] {
                if let Some(more) = query(key) {
                    to.push_str(if to.is_empty() { "" } else { ", " });
                    to.push_str(&percent_decoded(more));
                }
            }
            (!to.trim().is_empty()).then(|| ("mailto", to.trim().to_owned()))
        }
        "tel" | "callto" => number("tel", before_query),
        "sms" | "smsto" => number("sms", before_query),
        "whatsapp" => number("whatsapp", query("phone").unwrap_or_default()),
        "skype" | "facetime" | "sip" | "sips" | "xmpp" | "viber" => {
            let text = percent_decoded(query("number").unwrap_or(before_query));
            (!text.is_empty()).then_some(("address", text))
        }
        "http" | "https" => {
            let rest = rest.trim_start_matches('/');
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            // The short form: `wa.` and two letters, then nothing but the number.
            let is_short = host.len() == 5 && host.get(..3).is_some_and(|front| front.eq_ignore_ascii_case("wa."));
            if is_short {
                return number("whatsapp", &format!("+{}", path.split('?').next().unwrap_or_default()))
                    .filter(|n| n.1.bytes().any(|b| b.is_ascii_digit()));
            }
            if !host.to_ascii_lowercase().contains("whatsapp") {
                return None;
            }
            number("whatsapp", query("phone")?)
        }
        _ => None,
    }
}

/// Whether a link leads to the page of one account (`https://host/name`), which may be a username; pages with an ending and
/// long names are none.
pub(super) fn is_profile_address(href: &str) -> bool {
    let Some((_, rest)) = href
        .trim()
        .split_once("://")
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"))
    else {
        return false;
    };
    let Some((_, path)) = rest.split_once('/') else { return false };
    let name = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let bare = name.trim_start_matches('@');
    let ending = bare.rsplit_once('.').is_some_and(|(_, end)| {
        matches!(end, "html" | "htm" | "php" | "asp" | "aspx" | "pdf" | "jpg" | "png" | "xml" | "jsp" | "css" | "js")
    });
    (3..=30).contains(&bare.len())
        && !ending
        && bare.bytes().any(|b| b.is_ascii_alphabetic())
        && bare.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'))
}

/// Undoes percent encoding; bytes that are not UTF-8 are replaced.
pub(crate) fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(b) = rest.next() {
        let ahead: Vec<u8> = rest.clone().take(2).collect();
        let code = std::str::from_utf8(&ahead).ok().filter(|d| d.len() == 2 && d.bytes().all(|b| b.is_ascii_hexdigit()));
        match code.and_then(|d| u8::from_str_radix(d, 16).ok()).filter(|_| b == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest.next();
                rest.next();
            }
            None => bytes.push(b),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The address in a `data-cfemail` value: hex, the first byte is the key of the others.
pub(super) fn cloudflare_email(hex: &str) -> Option<String> {
    let hex = hex.trim();
    if hex.len() < 8 || hex.len() > 512 || hex.len() % 2 == 1 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let bytes: Vec<u8> =
        hex.as_bytes().chunks(2).filter_map(|p| u8::from_str_radix(std::str::from_utf8(p).ok()?, 16).ok()).collect();
    let (key, rest) = bytes.split_first()?;
    String::from_utf8(rest.iter().map(|b| b ^ key).collect()).ok().filter(|t| t.contains('@'))
}

/// Whether a value that is not meant to be read looks like a detail: an e-mail address, a telephone number.
pub(super) fn looks_like_detail(value: &str) -> bool {
    if value.len() < 6 || value.len() > 4_096 {
        return false;
    }
    if email_like(value) || value.contains("%40") {
        return true;
    }
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    value.len() <= 40
        && digits >= 10
        && value.bytes().all(|b| b.is_ascii_digit() || matches!(b, b' ' | b'+' | b'(' | b')' | b'-' | b'.'))
}

/// Whether an `@` stands between two words, the second with a dot (`picture@2x.png` is none).
pub(super) fn email_like(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.iter().enumerate().any(|(i, &b)| {
        b == b'@'
            && i > 0
            && bytes.get(i - 1).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+'))
            && bytes.get(i + 1).is_some_and(u8::is_ascii_alphabetic)
            && bytes.iter().skip(i + 2).take(63).any(|&b| b == b'.')
    })
}

/// Whether the name of a `data-*` attribute says that a detail of a person stands in it.
pub(super) fn named_like_detail(name: &str) -> bool {
    let Some(rest) = name.get(..5).filter(|p| p.eq_ignore_ascii_case("data-")).and(name.get(5..)) else { return false };
    rest.split(['-', '_']).any(|word| {
        matches!(
            word.to_ascii_lowercase().as_str(),
            "email"
                | "mail"
                | "mailto"
                | "phone"
                | "tel"
                | "telephone"
                | "mobile"
                | "address"
                | "postcode"
                | "contact"
                | "dob"
                | "birthday"
                | "whatsapp"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_in_links() {
        let check = |href: &str, expected: Option<(&str, &str)>| {
            let found = detail_of_link(href);
            assert_eq!(found.as_ref().map(|(l, v)| (*l, v.as_str())), expected, "{href}");
        };
        check("mailto:amina%40castle.example?subject=Hi", Some(("mailto", "amina@castle.example")));
        check("MAILTO:a@b.example?cc=c%40d.example", Some(("mailto", "a@b.example, c@d.example")));
        check("tel:+44-1632-960111", Some(("tel", "+44-1632-960111")));
        check("tel:01632%20960111", Some(("tel", "01632 960111")));
        check("sms:07700900123?body=x", Some(("sms", "07700900123")));
        check("https://wa.me/447700900123?text=hi", Some(("whatsapp", "+447700900123")));
        check("https://api.whatsapp.com/send?phone=447700900123", Some(("whatsapp", "447700900123")));
        check("https://www.example/tel:1", None);
        check("mailto:", None);
        check("#top", None);
        check("javascript:void(0)", None);
    }

    #[test]
    fn links_to_accounts() {
        for yes in ["https://pics.example/amina_c", "http://chat.example/@amina.castle/", "https://run.example/amina84?ref=1"] {
            assert!(is_profile_address(yes), "{yes}");
        }
        for no in [
            "/amina_c",
            "https://pics.example/",
            "https://pics.example/a/b",
            "https://site.example/about-us",
            "https://site.example/index.html",
            "mailto:amina",
        ] {
            assert!(!is_profile_address(no), "{no}");
        }
    }

    #[test]
    fn what_looks_like_a_detail() {
        for yes in ["a.castle@mail.example", "01632 960111", "+44 (0)7700 900123", "user%40mail.example"] {
            assert!(looks_like_detail(yes), "{yes}");
        }
        for no in ["picture@2x.png", "20261125T1030", "12345", "@handle", "0.1234567890123px", "a@b"] {
            assert!(!looks_like_detail(no), "{no}");
        }
        assert_eq!(cloudflare_email("422b2c242d023a3b6c273a232f322e27").as_deref(), Some("info@xy.example"));
        assert_eq!(cloudflare_email("zz"), None);
    }
}
