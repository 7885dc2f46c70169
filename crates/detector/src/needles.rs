//! The supplied values of a subject as they might still stand in a text, for the last look before an excerpt is shown.

use unlisted_model::{Kind, Reveal, Subject};

use crate::attribute::{AddressParts, folded, read_date};

/// What to search for, by letters and figures alone.
#[derive(Debug, Default)]
pub(crate) struct Needles {
    /// Whole values, folded.
    pub(crate) letters: Vec<String>,
    /// Streets, folded, to be hidden with the number before them.
    pub(crate) streets: Vec<String>,
    /// Runs of figures.
    pub(crate) digits: Vec<String>,
}

impl Needles {
    /// Those of a subject. Values of four letters and less would hide half of a page; the scanner finds them.
    pub(crate) fn of(subject: &Subject) -> Self {
        let mut this = Self { letters: former_names(subject), ..Self::default() };
        for fact in &subject.private {
            let value = fact.value.reveal(Reveal::ToCompare);
            let whole = folded(value);
            if whole.len() >= 5 {
                this.letters.push(whole);
            }
            let figures: String = value.chars().filter(char::is_ascii_digit).collect();
            match fact.kind() {
                Kind::HomeAddress => {
                    let parts = AddressParts::read(value);
                    this.letters.extend(parts.to_hide());
                    this.streets.extend(parts.streets.into_iter().filter(|s| s.len() >= 4));
                }
                Kind::DateOfBirth => this.letters.extend(dates(value)),
                Kind::Phone => {
                    let bare = figures.trim_start_matches("0044").trim_start_matches("44").trim_start_matches('0');
                    if bare.len() >= 7 {
                        this.digits.push(bare.to_owned());
                    }
                }
                Kind::NhsNumber | Kind::BankAccount | Kind::Passport if figures.len() >= 8 => this.digits.push(figures),
                _ => {}
            }
        }
        this
    }
}

/// Former names are matched on this computer only, so they are not shown either: the whole, and each word that is in no name
/// of today.
fn former_names(subject: &Subject) -> Vec<String> {
    let names = &subject.names;
    let today: Vec<String> =
        std::iter::once(&names.full).chain(&names.also).flat_map(|n| n.split_whitespace().map(folded)).collect();
    let mut out = vec![];
    for name in &names.former {
        let name = name.reveal(Reveal::ToCompare);
        let words = name.split_whitespace().map(folded).filter(|w| !today.contains(w));
        out.extend(std::iter::once(folded(name)).chain(words).filter(|w| w.len() >= 5));
    }
    out
}

/// A birth date in its British spellings, folded.
fn dates(value: &str) -> Vec<String> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let Some(date) = read_date(value) else { return Vec::new() };
    let (y, m, d) = (date.year(), date.month(), date.day());
    let name = MONTHS.get(usize::try_from(m - 1).unwrap_or(0)).copied().unwrap_or_default();
    let short = name.get(..3).unwrap_or(name);
    let end = match d {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    let mut out = vec![format!("{d:02}{m:02}{y}"), format!("{y}{m:02}{d:02}"), format!("{m:02}{d:02}{y}"), format!("{d}{m}{y}")];
    for month in [name, short] {
        for day in [format!("{d}"), format!("{d:02}"), format!("{d}{end}"), format!("{d}{end}of")] {
            out.push(format!("{day}{month}{y}"));
        }
        out.push(format!("{month}{d}{y}"));
        out.push(format!("{month}{d}{end}{y}"));
    }
    out
}
