//! What stands around a street's name: number and flat before it, postcode and places near it.

use crate::anchors::{Phrase, canonical_hash};
use crate::facts::address::Number;
use crate::normalise::{postcode, words};
use crate::page::{Gap, Page};

/// What stands before a street.
#[derive(Default)]
pub(super) struct Before {
    pub(super) number: Option<Number>,
    /// Further numbers of a list: "12, 14 and 16 Mill Lane".
    pub(super) also: Vec<Number>,
    /// "3", "b", "2/1".
    pub(super) flat: Option<String>,
    /// The first word of all this.
    pub(super) from: usize,
}

/// Reads number and flat before the word `street`; `None`: the name is part of a longer one ("Old Mill Lane").
pub(super) fn before(page: &Page<'_>, street: usize) -> Option<Before> {
    let mut seen = Before { from: street, ..Before::default() };
    let Some(last) = street.checked_sub(1) else { return Some(seen) };
    let joined = match page.gap(last) {
        Gap::Far => return Some(seen),
        Gap::NextCell => {
            // A cell with nothing but a number, and a label that fits or none.
            let cell = page.block_words(last);
            let label = page.label(last);
            let fits = label.is_empty()
                || ["number", "house", "building", "no", "premise", "address", "flat"].iter().any(|w| label.contains(w));
            if fits && cell.len() <= 3 {
                read_number(page, last, &mut seen);
                if seen.from < cell.start {
                    seen = Before { from: street, ..Before::default() };
                }
            }
            return Some(seen);
        }
        Gap::Signs(signs) => signs,
    };
    if !joined.iter().all(|b| b" ,.-\n".contains(b)) || joined.len() > 4 {
        return Some(seen);
    }
    if read_number(page, last, &mut seen) {
        return Some(seen);
    }
    if matches!(joined, b" " | b"-" | b". ") && longer_name(page, last, street, joined) {
        return None;
    }
    Some(seen)
}

/// Reads "14", "14a", "14 a", "12-16", "14/3", "Flat 3, 14", "2/1, 14" that ends at the word `last`.
fn read_number(page: &Page<'_>, last: usize, seen: &mut Before) -> bool {
    let Some(word) = page.words.get(last) else { return false };
    let mut at = last;
    let number = if word.has_digit() {
        Number::read(page.lower(*word))
    } else if word.len() == 1 && word.has_letter() && last > 0 && page.gap(last - 1).is_space() {
        // "14 A Mill Lane", but not "Block 14. A Mill Lane".
        at = last - 1;
        Number::read(page.at(at))
            .filter(|n| n.letter.is_none())
            .map(|n| Number { letter: page.lower(*word).first().copied(), ..n })
    } else {
        None
    };
    let Some(mut number) = number else { return false };
    // Money, versions, times: "£14", "1.14", "10:14".
    let start = page.words.get(at).map_or(0, |w| w.start as usize);
    if start.checked_sub(1).and_then(|i| page.folded.lower.get(i)).is_some_and(|b| matches!(b, b'$' | b'.' | b':'))
        && at > 0
        && page.words.get(at - 1).is_some_and(|w| w.has_digit())
    {
        return false;
    }
    // The figure may belong to a flat: "Flat 3 Mill Court", "Unit 3, Mill Lane".
    if at > 0 && words::flat_word(page.at(at - 1)) {
        seen.flat = Some(String::from_utf8_lossy(page.at(at)).into_owned());
        seen.from = at - 1;
        // "14 Flat 3 Mill Lane"
        if let Some(before) = at.checked_sub(2)
            && let Some(number) = Number::read(page.at(before))
            && matches!(page.gap(before), Gap::Signs(b" " | b", "))
        {
            seen.number = Some(number);
            seen.from = before;
        }
        return true;
    }
    let earlier = |back: usize| at.checked_sub(back).map(|i| (i, page.at(i)));
    // A range, or "14/3": flat 3 of number 14.
    if let Some((i, low)) = earlier(1)
        && let Some(low) = Number::read(low)
    {
        match page.gap(i) {
            Gap::Signs(b"-" | b" - " | b"- " | b" -") => {
                if let Some(range) = low.up_to(number) {
                    number = range;
                    at = i;
                }
            }
            Gap::Signs(b"/") => {
                seen.flat = Some(String::from_utf8_lossy(page.at(last)).into_owned());
                number = low;
                at = i;
            }
            _ => {}
        }
    } else if let (Some((_, b"to")), Some((i, low))) = (earlier(1), earlier(2))
        && let Some(range) = Number::read(low).and_then(|low| low.up_to(number))
    {
        number = range;
        at = i;
    }
    seen.number = Some(number);
    seen.from = at;
    if at > 0 && matches!(page.at(at - 1), b"no" | b"number" | b"nr") && !matches!(page.gap(at - 1), Gap::Far) {
        seen.from = at - 1;
        at -= 1;
    }
    flat_before(page, at, seen);
    if seen.flat.is_none() {
        list_before(page, at, seen);
    }
    true
}

/// The other numbers of "12, 14 and 16 Mill Lane".
fn list_before(page: &Page<'_>, number: usize, seen: &mut Before) {
    let mut at = number;
    while seen.also.len() < 8 {
        let Some(before) = at.checked_sub(1) else { return };
        let other = match page.gap(before) {
            Gap::Signs(b", " | b"," | b" & " | b"&") => before,
            Gap::Signs(b" ")
                if page.at(before) == b"and" && before > 0 && matches!(page.gap(before - 1), Gap::Signs(b" " | b", ")) =>
            {
                before - 1
            }
            _ => return,
        };
        let Some(other_number) = Number::read(page.at(other)) else { return };
        seen.also.push(other_number);
        seen.from = other;
        at = other;
    }
}

fn flat_before(page: &Page<'_>, number: usize, seen: &mut Before) {
    let Some(which) = number.checked_sub(1) else { return };
    if !matches!(page.gap(which), Gap::Signs(b" " | b", " | b"," | b"\n" | b" - " | b"; ") | Gap::NextCell)
        || page.at(which).len() > 4
    {
        return;
    }
    let text = String::from_utf8_lossy(page.at(which)).into_owned();
    let Some(word) = which.checked_sub(1) else { return };
    if words::flat_word(page.at(word)) && page.gap(word).is_space() {
        seen.flat = Some(text);
        seen.from = word;
    } else if matches!(page.gap(word), Gap::Signs(b"/"))
        && Number::read(page.at(word)).is_some()
        && page.at(word).len() <= 2
        && page.at(which).len() <= 2
    {
        // Glasgow: "2/1, 14 Mill Lane", perhaps with "Flat" before it.
        seen.flat = Some(format!("{}/{text}", String::from_utf8_lossy(page.at(word))));
        seen.from = word.checked_sub(1).filter(|i| words::flat_word(page.at(*i))).unwrap_or(word);
    }
}

/// Whether the word before the street's name belongs to a longer street's name.
fn longer_name(page: &Page<'_>, last: usize, street: usize, joined: &[u8]) -> bool {
    let (Some(word), Some(first)) = (page.words.get(last), page.words.get(street)) else { return false };
    let lower = page.lower(*word);
    if joined == b". " {
        // "St. Mill Lane" hardly is; the end of a sentence.
        return false;
    }
    if words::street_prefix(lower) && (word.is_capitalised() || !first.is_capitalised()) {
        return true;
    }
    if words::before_street(lower)
        || words::house_word(lower)
        || words::street_type(lower).is_some()
        || word.has_digit()
        || words::title(lower)
    {
        return false;
    }
    // "14 Windy Mill Lane": a number before it belongs to the longer name.
    let numbered = last > 0 && page.gap(last - 1).is_space() && page.words.get(last - 1).is_some_and(|w| w.has_digit());
    numbered || joined == b"-" || (word.is_capitalised() && !word.is_upper() && first.is_capitalised())
}

/// A flat right behind the street: "14 Mill Lane, Flat 3".
pub(super) fn flat_after(page: &Page<'_>, end: usize) -> Option<(String, usize)> {
    let comma = matches!(
        page.gap(end.checked_sub(1)?),
        Gap::Signs(b", " | b" " | b"," | b" - " | b"\n" | b",\n" | b" (") | Gap::NextCell
    );
    if comma { flat_at(page, end) } else { None }
}

/// "Flat 3", "Flat 2/1" at the word `at`: which, and past its last word.
pub(super) fn flat_at(page: &Page<'_>, at: usize) -> Option<(String, usize)> {
    let which = page.at(at + 1);
    if !words::flat_word(page.at(at)) || !page.gap(at).is_space() || which.is_empty() || which.len() > 4 {
        return None;
    }
    let floor = String::from_utf8_lossy(which).into_owned();
    let door = page.at(at + 2);
    if matches!(page.gap(at + 1), Gap::Signs(b"/" | b"-")) && Number::read(which).is_some() && (1..=2).contains(&door.len()) {
        return Some((format!("{floor}/{}", String::from_utf8_lossy(door)), at + 3));
    }
    Some((floor, at + 2))
}

/// What follows a street as the rest of an address.
#[derive(Default)]
pub(super) struct After {
    /// The first full postcode: key, and the words it takes.
    pub(super) postcode: Option<(String, usize, usize)>,
    /// Past the last word that still belongs to the address.
    pub(super) to: usize,
    /// Past the last word of the surroundings in which a town counts as evidence.
    pub(super) near_to: usize,
    /// A capitalised word stands where the town should be: the word, and past its last.
    pub(super) place: Option<(usize, usize)>,
}

/// Reads on behind the word `end`.
pub(super) fn after(page: &Page<'_>, end: usize) -> After {
    let mut seen = After { to: end, near_to: end, ..After::default() };
    let mut strict = true;
    let mut index = end;
    while index < page.words.len() && index < end + 26 && index > 0 {
        match page.gap(index - 1) {
            Gap::Far => break,
            Gap::NextCell => {}
            Gap::Signs(signs) => {
                let stop =
                    signs.iter().any(|b| b";!?()[]|:*".contains(b)) || signs.starts_with(b". ") && page.at(index - 1).len() > 3;
                strict &= !stop && signs.len() <= 4;
            }
        }
        if let Some((key, past)) = postcode_at(page, index) {
            if strict {
                seen.postcode = Some((key, index, past));
                seen.to = past;
                seen.near_to = past;
            }
            break;
        }
        // Another address begins: "14 Mill Lane, 3 Church Row".
        if strict
            && index > end
            && Number::read(page.at(index)).is_some()
            && page.words.get(index + 1).is_some_and(|w| w.is_capitalised() && w.len() > 2)
        {
            break;
        }
        if index == end
            && strict
            && matches!(page.gap(index - 1), Gap::Signs(b", " | b"," | b"\n" | b",\n"))
            && page.words.get(index).is_some_and(|w| w.is_capitalised() && !w.has_digit())
        {
            seen.place = place_at(page, index);
        }
        strict &= index < end + 14;
        index += 1;
        if strict {
            seen.to = index;
        }
        seen.near_to = index;
    }
    if seen.postcode.is_none() {
        seen.to = end;
    }
    seen
}

/// One to three capitalised words that end at a comma, the end of the line or block, or before a postcode.
fn place_at(page: &Page<'_>, from: usize) -> Option<(usize, usize)> {
    let mut to = from + 1;
    loop {
        match page.gap(to - 1) {
            Gap::Signs(signs) if signs.contains(&b',') || signs.contains(&b'\n') || signs.starts_with(b".") => break,
            Gap::Signs(b" " | b"-") if to < from + 4 => {
                if postcode_at(page, to).is_some() {
                    break;
                }
                if !page.words.get(to).is_some_and(|w| {
                    w.is_capitalised() || matches!(page.lower(*w), b"on" | b"upon" | b"under" | b"the" | b"le" | b"in" | b"by")
                }) {
                    return None;
                }
                to += 1;
            }
            Gap::NextCell | Gap::Far => break,
            Gap::Signs(_) => return None,
        }
    }
    // A name, a label, a country is no town.
    let first = page.at(from);
    let other = crate::names::first_names::is_first_name(first)
        || words::title(first)
        || words::flat_word(first)
        || matches!(
            first,
            b"tel"
                | b"phone"
                | b"telephone"
                | b"mobile"
                | b"email"
                | b"e"
                | b"uk"
                | b"england"
                | b"scotland"
                | b"wales"
                | b"united"
                | b"home"
                | b"the"
                | b"fax"
                | b"contact"
                | b"postcode"
                | b"labour"
                | b"conservative"
                | b"liberal"
                | b"independent"
                | b"green"
                | b"reform"
                | b"plaid"
                | b"example"
                | b"near"
                | b"off"
                | b"and"
                | b"i"
                | b"we"
                | b"he"
                | b"she"
                | b"they"
                | b"where"
                | b"which"
                | b"who"
                | b"northern"
        );
    let party = page.any(from, to, |w| {
        matches!(
            w,
            b"party"
                | b"candidate"
                | b"independent"
                | b"labour"
                | b"conservatives"
                | b"democrats"
                | b"council"
                | b"ward"
                | b"councillor"
        )
    });
    (!other && !party).then_some((from, to))
}

/// A full postcode at the word: its key, and past its last word.
pub(super) fn postcode_at(page: &Page<'_>, index: usize) -> Option<(String, usize)> {
    let word = page.words.get(index)?;
    let lower = page.lower(*word);
    let key = |joined: &[u8]| postcode::key(joined).and_then(|k| String::from_utf8(k).ok());
    if (5..=7).contains(&lower.len()) && word.has_letter() {
        return key(lower).map(|k| (k, index + 1));
    }
    if !(2..=4).contains(&lower.len()) || !word.has_letter() || page.at(index + 1).len() != 3 {
        return None;
    }
    match page.gap(index) {
        Gap::Signs(signs) if signs.len() <= 3 && signs.iter().all(|b| b" -.\n\t".contains(b)) => {}
        Gap::NextCell => {}
        _ => return None,
    }
    // One of the two must have a figure of its own: "he was" has none.
    if !word.has_digit() || !page.words.get(index + 1).is_some_and(|w| w.has_digit() || w.is_upper()) {
        return None;
    }
    key(&[lower, page.at(index + 1)].concat()).map(|k| (k, index + 2))
}

/// Whether one of the places stands within the words `from..to`, and past which word the last of them ends.
pub(super) fn any_place(page: &Page<'_>, places: &[Phrase], from: usize, to: usize) -> Option<usize> {
    (from..to.min(page.words.len())).filter_map(|i| places.iter().find_map(|p| p.at(page, i))).max()
}

/// The hashes of the words `from..to` in every spelling, to ask many addresses cheaply whether their town can be among them.
pub(super) fn window(page: &Page<'_>, from: usize, to: usize) -> Vec<u32> {
    (from..to.min(page.words.len()))
        .flat_map(|i| {
            let (hash, bare) = page.words.get(i).map_or((0, 0), |w| (w.hash, w.bare));
            [hash, bare, canonical_hash(page, i)]
        })
        .filter(|h| *h != 0)
        .collect()
}

/// How far before a street its town or the rest of the address may stand, in words.
pub(super) fn near_from(page: &Page<'_>, street: usize) -> usize {
    let mut from = street;
    while from > 0 && street - from < 14 && page.gap(from - 1) != Gap::Far {
        from -= 1;
    }
    from
}
