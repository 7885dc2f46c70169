//! Ages and years of life beside a name.

use std::ops::Range;

use jiff::civil::Date;

use crate::attribute::fold::{folded, words};
use crate::attribute::page::{Anchor, Page};
use crate::attribute::weights;
use crate::attribute::zone::Zone;

/// Whether an age in the zone misfits a birth date; an age above today's can never have been true.
pub(crate) fn misfit(page: &Page<'_>, anchor: &Anchor, zone: &Zone, born: Date, seen: Date) -> Option<f64> {
    let chars = page.document.text.chars.as_str();
    let had_birthday = (seen.month(), seen.day()) >= (born.month(), born.day());
    let today = i32::from(seen.year()) - i32::from(born.year()) - i32::from(!had_birthday);
    let name_end = anchor.hit.and_then(|i| page.people.get(i)).map(|p| p.span.end);
    let mut worst: Option<f64> = None;
    for range in zone.0.iter().filter(|range| has_figure(chars, range)) {
        let all = words(chars, range.clone());
        for (i, w) in all.iter().enumerate() {
            let digits = w.text.split('-').next().unwrap_or_default();
            let Some(age) = digits.parse::<i32>().ok().filter(|a| digits.len() <= 2 && (16..=99).contains(a)) else { continue };
            let before = i.checked_sub(1).and_then(|j| all.get(j)).map(|w| folded(w.text)).unwrap_or_default();
            let after: String = all.iter().skip(i + 1).take(2).map(|w| folded(w.text)).collect();
            let told = before == "aged"
                || before == "age"
                || w.text.to_lowercase().contains("-year-old")
                || after.starts_with("yearsold")
                || after.starts_with("yearold");
            // "Amina Castle, 42," and "Amina Castle (42)"
            let beside = name_end.is_some_and(|end| {
                let gap = chars.get(end..w.range.start).unwrap_or("\n");
                let close = chars.get(w.range.end..).and_then(|t| t.chars().next());
                (gap == ", " && matches!(close, Some(',' | ';') | None)) || (gap == " (" && close == Some(')'))
            });
            if !told && !beside {
                continue;
            }
            let weight = match age - today {
                d if d > 1 => weights::OTHER_BIRTH_DATE,
                d if d < -2 => weights::OTHER_AGE,
                _ => return None,
            };
            worst = Some(worst.map_or(weight, |w: f64| w.min(weight)));
        }
    }
    worst
}

/// Whether a figure stands in a stretch: without one there is neither age nor year.
fn has_figure(chars: &str, range: &Range<usize>) -> bool {
    chars.as_bytes().get(range.clone()).is_none_or(|bytes| bytes.iter().any(u8::is_ascii_digit))
}

/// "(1931–2009)", "born 1902": the person cannot be meant.
pub(crate) fn life_ended(page: &Page<'_>, zone: &Zone) -> bool {
    let chars = page.document.text.chars.as_str();
    let year = |t: &str| t.parse::<i32>().ok().filter(|y| t.len() == 4 && (1700..=2030).contains(y));
    zone.0.iter().filter(|range| has_figure(chars, range)).any(|range| {
        let all = words(chars, range.clone());
        all.iter().enumerate().any(|(i, w)| {
            // A hyphen keeps both years in one word, a dash does not.
            let (first, second) = match w.text.split_once('-') {
                Some((a, b)) => (year(a), year(b)),
                None => {
                    let next = all.get(i + 1);
                    let gap = next.and_then(|n| chars.get(w.range.end..n.range.start)).unwrap_or_default().trim();
                    (year(w.text), next.filter(|_| matches!(gap, "–" | "—" | "-")).and_then(|n| year(n.text)))
                }
            };
            let bracketed = chars.get(..w.range.start).is_some_and(|t| t.ends_with('('));
            if let (Some(from), Some(to)) = (first, second) {
                // Years of life stand in brackets and span at least a childhood; years of office are shorter.
                return bracketed && to - from >= 16 && from <= 1990;
            }
            if first.is_none_or(|y| y >= 1925) {
                return false;
            }
            let born = i.checked_sub(1).and_then(|j| all.get(j)).map(|w| folded(w.text)).unwrap_or_default();
            let born_in = i.checked_sub(2).and_then(|j| all.get(j)).map(|w| folded(w.text)).unwrap_or_default();
            matches!(born.as_str(), "born" | "b") || (born == "in" && born_in == "born")
        })
    })
}
