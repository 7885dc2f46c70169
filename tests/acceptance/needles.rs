//! Private values in every disguise that could carry them out, written anew here: the program's own guard is not used.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use md5::{Digest as _, Md5};
use sha1::Sha1;
use sha2::Sha256;

use crate::people::private_values;

/// The private values of one person, in many forms.
pub(crate) struct Needles {
    /// Searched in text as it is and in decoded text, in small letters.
    plain: Vec<String>,
    /// Searched in text without anything but letters and figures, in small letters.
    folded: Vec<String>,
    /// Searched in text as it is, with its capitals.
    exact: Vec<String>,
}

impl Needles {
    /// Of a subject file.
    pub(crate) fn of(subject: &str) -> Self {
        let mut values = vec![];
        for (kind, value) in private_values(subject) {
            values.extend(forms(&kind, &value));
        }
        Self::new(&values)
    }

    /// Of these values; each is searched in every encoding.
    pub(crate) fn new(values: &[String]) -> Self {
        let mut needles = Self { plain: vec![], folded: vec![], exact: vec![] };
        for value in values {
            let small = value.to_lowercase();
            let folded = fold(value);
            assert!(folded.len() >= 6, "too short to be told from chance: {value}");
            let mut written = vec![
                value.clone(),
                small.clone(),
                value.to_uppercase(),
                folded.clone(),
                folded.to_uppercase(),
                value.replace(' ', ""),
            ];
            written.sort();
            written.dedup();
            for text in &written {
                let bytes = text.as_bytes();
                needles.plain.extend([
                    hex(bytes),
                    hex(&Md5::digest(bytes)),
                    hex(&Sha1::digest(bytes)),
                    hex(&Sha256::digest(bytes)),
                ]);
                needles.exact.extend(in_base64(bytes));
                for digest in [Md5::digest(bytes).to_vec(), Sha1::digest(bytes).to_vec(), Sha256::digest(bytes).to_vec()] {
                    needles.exact.extend([STANDARD_NO_PAD.encode(&digest), URL_SAFE_NO_PAD.encode(&digest)]);
                }
            }
            needles.plain.push(small);
            needles.folded.push(folded);
        }
        for list in [&mut needles.plain, &mut needles.folded, &mut needles.exact] {
            list.sort();
            list.dedup();
        }
        needles
    }

    /// The first needle that stands in the text, in any view of it.
    pub(crate) fn found_in(&self, text: &str) -> Option<String> {
        let mut views = vec![text.to_owned()];
        // Percent signs may be written twice over; a form writes spaces as plus signs.
        for _ in 0..2 {
            let decoded = percent_decoded(views.last().expect("a view"));
            views.push(decoded);
        }
        views.push(percent_decoded(&text.replace('+', " ")));
        for view in &views {
            let small = view.to_lowercase();
            let folded = fold(view);
            let hit = self.plain.iter().find(|n| small.contains(n.as_str()));
            let hit = hit.or_else(|| self.folded.iter().find(|n| folded.contains(n.as_str())));
            let hit = hit.or_else(|| self.exact.iter().find(|n| view.contains(n.as_str())));
            if let Some(hit) = hit {
                return Some(hit.clone());
            }
        }
        None
    }
}

/// How a value may be written, beside the way in which it was given.
fn forms(kind: &str, value: &str) -> Vec<String> {
    let mut out = vec![value.to_owned()];
    match kind {
        "home-address" => {
            let (street, rest) = value.split_once(',').expect("a street and a town");
            out.push(street.trim().to_owned());
            let words: Vec<&str> = rest.split_whitespace().collect();
            out.push(words.iter().skip(words.len().saturating_sub(2)).copied().collect::<Vec<_>>().join(" "));
        }
        "phone" => {
            let national: String = value.chars().filter(char::is_ascii_digit).skip(1).collect();
            out.push(national);
        }
        "date-of-birth" => {
            let day: jiff::civil::Date = value.parse().expect("a date");
            for form in ["%d/%m/%Y", "%-d/%-m/%Y", "%d.%m.%Y", "%-d %B %Y", "%B %-d, %Y", "%d%m%Y", "%Y%m%d"] {
                out.push(day.strftime(form).to_string());
            }
        }
        _ => {}
    }
    out
}

/// Base64 of a value at each of the three places where it may begin inside a longer text, without the ends that depend on
/// its neighbours.
fn in_base64(bytes: &[u8]) -> Vec<String> {
    let mut out = vec![];
    for shift in 0..3usize {
        let mut padded = vec![0u8; shift];
        padded.extend_from_slice(bytes);
        let usable = padded.len() / 3 * 3;
        for encoded in [STANDARD_NO_PAD.encode(&padded[..usable]), URL_SAFE_NO_PAD.encode(&padded[..usable])] {
            let skip = [0, 2, 3][shift];
            let inner: String = encoded.chars().skip(skip).collect();
            if inner.len() >= 7 {
                out.push(inner);
            }
        }
    }
    out
}

pub(crate) fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut out = vec![];
    while let Some(byte) = bytes.next() {
        let mut ahead = bytes.clone();
        let pair = (ahead.next(), ahead.next());
        let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
        match (byte, digit(pair.0), digit(pair.1)) {
            (b'%', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                bytes = ahead;
            }
            _ => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The search itself finds what it must, and nothing in what is harmless.
#[test]
fn every_disguise_is_seen_through() {
    let needles = Needles::of(&crate::people::demo());
    let found = |text: &str| needles.found_in(text).is_some();
    for leak in [
        "https://a.example/?q=07700900123",
        "https://a.example/?q=07700+900+123",
        "https://a.example/?q=%2B44%207700%20900123",
        "https://a.example/?q=%252B447700900123",
        "https://14-mill-lane.example/",
        "https://a.example/ZZ994QT",
        "https://a.example/?d=09%2F03%2F1984",
        "https://a.example/?d=9th-of&x=1984-03-09",
        "https://a.example/?m=AMINA.CASTLE%40mailbox.example",
        "https://a.example/?u=Amina_Reads",
        "x-who: Tobiah Wrenfield",
        "x-who: Tobiah%20Wrenfield",
    ] {
        assert!(found(leak), "{leak}");
    }
    let encoded = STANDARD_NO_PAD.encode("my number is 07700 900123, ring me");
    assert!(found(&format!("https://a.example/{encoded}")), "{encoded}");
    assert!(found(&hex(b"amina_reads")));
    assert!(found(&format!("/avatar/{}", hex(&Md5::digest(b"amina.castle@mailbox.example")))));
    for harmless in [
        "https://search.amina.example/search?q=%22Amina+Rose+Castle%22+%22Northgate+and+Mereside%22+address",
        "https://democracy.northgate-council.example/mgUserInfo.aspx?UID=4107",
        "user-agent: unlisted/0.1.0 (+https://github.com/unlisted-check/unlisted)",
        "https://www.mereside-harriers.example/results/2024-boundary-10k.html",
    ] {
        assert_eq!(needles.found_in(harmless), None, "{harmless}");
    }
}
