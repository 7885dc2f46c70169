//! A contact in RDAP: a jCard (RFC 7095), `["vcard", [[name, parameters, type, value], …]]`, read with distrust.

use serde_json::Value;
use url::{Host, Url};

/// Properties that are looked at.
const MOST: usize = 100;
/// The longest name, e-mail address or telephone number.
const LONGEST: usize = 254;

/// What registers write where a value is withheld.
const WITHHELD: &[&str] =
    &["redacted", "withheld", "data protected", "not disclosed", "gdpr masked", "privacy", "statutory masking", "none", "n/a"];

/// The properties of a contact; empty when it is none.
pub(super) struct Card<'a>(Vec<(&'a str, &'a Value)>);

impl<'a> Card<'a> {
    pub(super) fn of(value: Option<&'a Value>) -> Self {
        let properties = value.filter(|v| v.get(0).and_then(Value::as_str) == Some("vcard")).and_then(|v| v.get(1)?.as_array());
        let one = |p: &'a Value| Some((p.get(0)?.as_str()?, p.get(3)?));
        Self(properties.map(|p| p.iter().take(MOST).filter_map(one).collect()).unwrap_or_default())
    }

    /// The texts of a property.
    fn all(&self, name: &str) -> impl Iterator<Item = &'a str> {
        let values = self.0.iter().filter(move |(n, _)| n.eq_ignore_ascii_case(name));
        values.filter_map(|(_, value)| value.as_str()).map(str::trim)
    }

    /// The same, withheld ones left out.
    fn texts(&self, name: &str) -> impl Iterator<Item = &'a str> {
        self.all(name).filter(|t| is_told(t))
    }

    /// The name of the firm.
    pub(super) fn name(&self) -> Option<String> {
        self.texts("fn").chain(self.texts("org")).next().map(str::to_owned)
    }

    /// The first e-mail address.
    pub(super) fn email(&self) -> Option<String> {
        self.texts("email")
            .chain(self.texts("contact-uri"))
            .map(|t| t.strip_prefix("mailto:").unwrap_or(t))
            .find(|t| is_email(t))
            .map(str::to_owned)
    }

    /// Whether it is of a firm (`org`) or of a person (`individual`).
    pub(super) fn kind(&self) -> Option<&'a str> {
        self.texts("kind").next()
    }

    /// The first way to report that is a page (`contact-uri`, RFC 8605).
    pub(super) fn page(&self) -> Option<String> {
        // What registers write for a withheld value may well stand in the address of a page.
        self.all("contact-uri").find(|t| is_page(t)).map(str::to_owned)
    }

    /// The first telephone number.
    pub(super) fn phone(&self) -> Option<String> {
        let bare = |t: &'a str| t.strip_prefix("tel:").unwrap_or(t).split(';').next().unwrap_or_default().trim();
        self.texts("tel").map(bare).find(|t| is_phone(t)).map(str::to_owned)
    }
}

/// Whether a register tells something with this text.
pub(super) fn is_told(text: &str) -> bool {
    let lower = text.to_lowercase();
    let withheld = WITHHELD.iter().any(|w| if w.len() < 5 { lower == *w } else { lower.contains(w) });
    !text.is_empty() && text.len() <= LONGEST && !text.chars().any(is_odd) && !withheld
}

/// Control characters, and those that turn or hide text.
fn is_odd(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// An address of a page that may be shown as a way to report.
fn is_page(text: &str) -> bool {
    let plain = text.len() <= LONGEST && text.chars().all(|c| c.is_ascii_graphic() && !"<>\"`\\".contains(c));
    plain
        && Url::parse(text).is_ok_and(|u| {
            let named = matches!(u.host(), Some(Host::Domain(d)) if d.contains('.'));
            matches!(u.scheme(), "https" | "http") && named && u.username().is_empty() && u.password().is_none()
        })
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let usual = |c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c);
    !name.is_empty()
        && name.chars().all(usual)
        && host.contains('.')
        && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c))
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (5..=17).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || "+-.() ".contains(c))
}
