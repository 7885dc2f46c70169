//! Finds a council by what a person calls it.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;
use unlisted_model::Councils;
use unlisted_model::catalogue::Council;

/// The most councils that are shown at once.
pub const MOST_SHOWN: usize = 8;

/// Councils that may be meant, best first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found<'c> {
    /// At most [`MOST_SHOWN`].
    pub councils: Vec<&'c Council>,
    /// How many fit in all.
    pub all: usize,
}

/// Words that stand in many names and tell nothing.
const COMMON: [&str; 17] = [
    "council",
    "borough",
    "city",
    "county",
    "district",
    "metropolitan",
    "royal",
    "london",
    "corporation",
    "authority",
    "unitary",
    "combined",
    "of",
    "the",
    "and",
    "upon",
    "cyngor",
];

/// Searches names for the words of `text`: as whole words, as beginnings of words, then with one slip of the fingers. A code fits
/// as well. Only councils that exist on `today`.
pub fn find<'c>(councils: &'c Councils, text: &str, today: Date) -> Found<'c> {
    let current = || councils.0.values().filter(|c| c.ended.is_none_or(|last| last >= today));
    let code = text.trim();
    if let Some(council) = current().find(|c| c.code == code) {
        return Found { councils: vec![council], all: 1 };
    }
    let all = words(text);
    let telling: Vec<String> = all.iter().filter(|w| !COMMON.contains(&w.as_str())).cloned().collect();
    let asked = if telling.is_empty() { all } else { telling };
    if asked.is_empty() {
        return Found { councils: vec![], all: 0 };
    }
    // The demonstration's council is found by its code alone.
    let real = || current().filter(|c| !is_invented(c));
    let mut hits: Vec<(u8, String, &Council)> =
        real().filter_map(|c| Some((rank(&asked, &c.name)?, c.name.clone(), c))).collect();
    if hits.is_empty() {
        let code = code.to_uppercase();
        hits.extend(current().filter(|c| c.code == code).map(|c| (0, c.name.clone(), c)));
    }
    if hits.is_empty() {
        hits.extend(real().filter(|c| nearly(&asked, &c.name)).map(|c| (0, c.name.clone(), c)));
    }
    hits.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    // Whose name is exactly what was typed is meant, whatever else begins so.
    let exact = hits.iter().filter(|h| h.0 == 0).count();
    if exact == 1 && hits.first().is_some_and(|h| rank(&asked, &h.2.name) == Some(0)) {
        hits.truncate(1);
    }
    let all = hits.len();
    Found { councils: hits.into_iter().take(MOST_SHOWN).map(|h| h.2).collect(), all }
}

fn is_invented(council: &Council) -> bool {
    council.base.as_ref().and_then(|u| u.host_str()).is_some_and(|host| host.ends_with(".example"))
}

/// How well a name fits: 0 it says nothing else, 1 it begins so, 2 each word is in it, 3 words of it begin so.
fn rank(asked: &[String], name: &str) -> Option<u8> {
    let all = words(name);
    let telling: Vec<&String> = all.iter().filter(|w| !COMMON.contains(&w.as_str())).collect();
    if telling.len() == asked.len() && telling.iter().zip(asked).all(|(a, b)| *a == b) {
        return Some(0);
    }
    if telling.len() > asked.len() && telling.iter().zip(asked).all(|(a, b)| *a == b) {
        return Some(1);
    }
    if asked.iter().all(|a| all.contains(a)) {
        return Some(2);
    }
    asked.iter().all(|a| all.iter().any(|w| w.starts_with(a.as_str()))).then_some(3)
}

/// Whether every word is in the name but for one letter.
fn nearly(asked: &[String], name: &str) -> bool {
    let all = words(name);
    asked.iter().all(|a| all.iter().any(|w| w == a || (a.chars().count() >= 5 && one_slip(a, w))))
}

/// One letter too many, too few, wrong, or two changed about.
fn one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(same_start..).unwrap_or_default(), b.get(same_start..).unwrap_or_default());
    match (a, b) {
        ([x, y, rest @ ..], [p, q, others @ ..]) if x == q && y == p && rest == others => true,
        ([_, rest @ ..], [_, others @ ..]) if rest == others => true,
        (whole, [_, others @ ..]) if whole == others => true,
        ([_, rest @ ..], whole) if rest == whole => true,
        _ => false,
    }
}

/// The words of a name: small letters without marks; "St." and "&" as people write them.
fn words(text: &str) -> Vec<String> {
    let plain: String = text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    plain
        .to_lowercase()
        .replace(['\'', '’', '.'], "")
        .replace('&', " and ")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| if w == "saint" { "st".to_owned() } else { w.to_owned() })
        .take(16)
        .collect()
}
