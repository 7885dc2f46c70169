//! Finding a slate's names around a surname in a text.

use std::collections::HashMap;

use unlisted_model::NameForm;

use super::first_names::is_first_name;
use super::index::{Group, NameIndex, Row, Use};
use super::sounds::sound;
use crate::normalise::words::{particle, street_type, sure_street_type, title, venue_word};
use crate::page::{Gap, Page, hash};

/// A name in the text, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Hit {
    pub(crate) subject: u32,
    /// First word.
    pub(crate) from: usize,
    /// Past the last word.
    pub(crate) to: usize,
    pub(crate) form: NameForm,
    pub(crate) title: Option<String>,
}

/// Collects the names of one page.
pub(crate) struct Finder<'i, 'p, 't> {
    index: &'i NameIndex,
    page: &'p Page<'t>,
    hits: Vec<Hit>,
    /// Surnames without a first name: they count only for people who are named better elsewhere on the page, or when few
    /// people of the slate have that surname.
    weak: Vec<Weak>,
}

struct Weak {
    group: u32,
    from: usize,
    to: usize,
    /// Initials in lower case; none for a title only.
    initials: Vec<u8>,
    title: Option<String>,
}

/// At most so many names are told of one text.
const MOST_HITS: usize = 5_000;
/// A surname that so few of the slate's names have may be matched without a first name.
const FEW: usize = 4;

impl<'i, 'p, 't> Finder<'i, 'p, 't> {
    pub(crate) fn new(index: &'i NameIndex, page: &'p Page<'t>) -> Self {
        Self { index, page, hits: Vec::new(), weak: Vec::new() }
    }

    /// Looks around the word `start`, at which a surname of the group may begin.
    pub(crate) fn surname(&mut self, group_index: u32, start: usize) {
        let Some(group) = self.index.groups.get(group_index as usize) else { return };
        if self.hits.len() >= MOST_HITS || self.weak.len() >= MOST_HITS {
            return;
        }
        let Some(end) = group.surname.at(self.page, start) else { return };
        if !self.ends_well(end) {
            self.double_barrelled(group, start, end);
            return;
        }
        let before = self.first_before(group, start, end);
        let after = self.first_after(group, start, end);
        if !before && !after {
            self.without_first(group_index, start, end);
        }
    }

    /// "Amina Castle-Hartley" is Amina Castle when Hartley is another of her own names.
    fn double_barrelled(&mut self, group: &Group, start: usize, end: usize) {
        let Some(next) = self.page.words.get(end).filter(|_| self.page.gap(end - 1) == Gap::Signs(b"-")) else { return };
        let (next, known) = (next.hash, self.hits.len());
        self.first_before(group, start, end);
        let found = self.hits.split_off(known);
        let own = |subject: u32| self.index.own.get(subject as usize).is_some_and(|own| own.contains(&next));
        let hers = found.into_iter().filter(|h| own(h.subject) && h.form != NameForm::OtherMiddle);
        let near: Vec<Hit> = hers.map(|h| Hit { form: NameForm::Near, to: end + 1, ..h }).collect();
        self.hits.extend(near);
    }

    /// Looks before the word `start`, which is nearly a surname of the group: a slip of the pen after the right first name.
    pub(crate) fn misspelt(&mut self, group_index: u32, start: usize) {
        let Some(group) = self.index.groups.get(group_index as usize) else { return };
        let end = start + 1;
        if self.hits.len() >= MOST_HITS || !self.capital(start) || !self.ends_well(end) || group.surname.at(self.page, start).is_some() {
            return;
        }
        let known = self.hits.len();
        self.first_before(group, start, end);
        // Two slips in one name are another name.
        let found = self.hits.split_off(known);
        self.hits.extend(
            found.into_iter().filter(|h| !matches!(h.form, NameForm::Near | NameForm::OtherMiddle)).map(|h| Hit { form: NameForm::Near, ..h }),
        );
    }

    /// A name of one word.
    pub(crate) fn single(&mut self, single: u32, start: usize) {
        let Some(single) = self.index.singles.get(single as usize) else { return };
        if self.hits.len() >= MOST_HITS {
            return;
        }
        if let Some(to) = single.phrase.at(self.page, start)
            && self.capital(start)
        {
            self.hits.push(Hit { subject: single.subject, from: start, to, form: single.form, title: self.title_before(start) });
        }
    }

    /// All hits in order of the text, the best one where several overlap.
    pub(crate) fn finish(mut self) -> Vec<Hit> {
        self.resolve_weak();
        let mut hits = self.hits;
        hits.sort_by_key(|h| (h.subject, h.from, std::cmp::Reverse(h.to), h.form));
        let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
        for hit in hits {
            match kept.last_mut() {
                Some(last) if last.subject == hit.subject && hit.from < last.to => {
                    if last.from == hit.from && last.to == hit.to && hit.form < last.form {
                        *last = hit;
                    }
                }
                _ => kept.push(hit),
            }
        }
        kept.sort_by_key(|h| (h.from, h.to, h.subject));
        kept.truncate(MOST_HITS);
        kept
    }

    /// "Castle Street", "Amina Castle School" and "Castle-Hartley" are other names.
    fn ends_well(&self, end: usize) -> bool {
        let past = self.page.words.get(end - 1).and_then(|w| self.page.folded.lower.get(w.end as usize));
        if past == Some(&b'@') {
            return false;
        }
        let Some(next) = self.page.words.get(end).copied() else { return true };
        match self.page.gap(end - 1) {
            Gap::Signs(b"-") => !next.is_capitalised(),
            Gap::Signs(b" ") if next.is_capitalised() => {
                let word = self.page.lower(next);
                let street = crate::normalise::words::street_type(word).is_some_and(sure_street_type) && word != b"hill";
                !street && !venue_word(word)
            }
            _ => true,
        }
    }

    fn capital(&self, index: usize) -> bool {
        self.page.words.get(index).is_some_and(|w| w.is_capitalised())
    }

    /// Words before the surname: "Amina Rose Castle", "A. R. Castle".
    fn first_before(&mut self, group: &Group, start: usize, end: usize) -> bool {
        let mut found = false;
        for from in (start.saturating_sub(5)..start).rev() {
            match self.page.gap(from) {
                // Part of an address in the network: "amina.castle@…".
                Gap::Signs(b".") if self.page.at(from).len() > 1 => break,
                // The end of a sentence: "Amina. Castle walls".
                Gap::Signs(b". ") if self.page.at(from).len() > 3 => break,
                Gap::Signs(signs) if signs.len() <= 2 && signs.iter().all(|b| b" .-_+'\"()\n".contains(b)) => {}
                Gap::NextCell if from + 1 == start && self.fills_cells(from, start, end) => {}
                _ => break,
            }
            for (row, exact) in self.rows_at(group, from) {
                let Some(row) = self.index.rows.get(row as usize) else { continue };
                let first_end = if exact { row.first.at(self.page, from) } else { Some(from + 1) };
                let Some(first_end) = first_end.filter(|e| *e <= start) else { continue };
                // "Amina-Lee Castle" has another first name.
                if first_end < start && self.page.gap(first_end - 1) == Gap::Signs(b"-") {
                    continue;
                }
                // "Sian price list", "Peter hall keys": a name is written in one way.
                if !self.begins_well(from) || self.capital(from) && !(start..end).any(|i| self.capital(i)) {
                    continue;
                }
                if let Some(form) = self.form(row, exact, first_end, start) {
                    found = true;
                    let title = self.title_before(from);
                    self.hits.push(Hit { subject: row.subject, from, to: end, form, title });
                }
            }
        }
        found
    }

    /// Whether the surname fills a cell and the first names the cell before it.
    fn fills_cells(&self, from: usize, start: usize, end: usize) -> bool {
        let cell = self.page.block_words(start);
        cell == (start..end) && self.page.block_words(start - 1).contains(&from)
    }

    /// Another first name directly before makes it another person's name: "Anna Maria Castle" is not "Maria Castle".
    fn begins_well(&self, from: usize) -> bool {
        let Some(before) = from.checked_sub(1) else { return true };
        match self.page.gap(before) {
            Gap::Signs(b"-") => false,
            Gap::Signs(b" ") => !(self.capital(before) && is_first_name(self.page.at(before))),
            _ => true,
        }
    }

    /// Rows whose first name stands at the word, and whether in its own spelling.
    fn rows_at(&self, group: &Group, index: usize) -> Vec<(u32, bool)> {
        let Some(word) = self.page.words.get(index) else { return Vec::new() };
        if let Some(rows) = group.firsts.get(&word.hash) {
            return rows.iter().map(|r| (*r, true)).collect();
        }
        if let Some(rows) = group.short.get(&word.hash) {
            return rows.iter().map(|r| (*r, false)).collect();
        }
        let near = sound(self.page.lower(*word)).and_then(|s| group.sounds.get(&hash(&s)));
        near.map(|rows| rows.iter().map(|r| (*r, false)).collect()).unwrap_or_default()
    }

    /// The form in which a row's name stands, given the words between first name and surname; `None`: it is no name.
    fn form(&self, row: &Row, exact: bool, from: usize, to: usize) -> Option<NameForm> {
        let plain = match row.use_ {
            _ if !exact => NameForm::Near,
            Use::Also => NameForm::Also,
            Use::Former => NameForm::Former,
            Use::Full => NameForm::FirstLast,
        };
        let whole = if plain == NameForm::FirstLast { NameForm::Full } else { plain };
        let mut expected = row.middles.iter();
        let (mut exact_middles, mut other) = (0, false);
        for index in from..to {
            let word = self.page.at(index);
            if word == b"and" {
                // "Amina and Tom Castle", but not "Amina Hartley and Tom Castle".
                return (index == from).then_some(NameForm::Near);
            }
            // "Peter Street Hall" is a hall.
            if matches!(street_type(word), Some(b"road" | b"st" | b"street" | b"avenue" | b"close")) {
                return None;
            }
            let nickname = index.checked_sub(1).is_some_and(|i| matches!(self.page.gap(i), Gap::Signs(s) if s.contains(&b'"') || s.contains(&b'(')));
            if nickname || title(word) {
                continue;
            }
            match expected.by_ref().find(|m| m.as_slice() == word || (word.len() == 1 && m.first() == word.first()) || (m.len() == 1 && m.first() == word.first())) {
                Some(middle) if middle.as_slice() == word => exact_middles += 1,
                Some(_) => {}
                None if !self.capital(index) && !particle(word) => return None,
                None => {
                    let own = self.index.own.get(row.subject as usize).is_some_and(|own| own.contains(&hash(word)));
                    // A person who gave no middle name may still have one.
                    // … but "Jones-Castle" is another surname.
                    let joined = index + 1 == to && self.page.gap(index) == Gap::Signs(b"-");
                    other |= !own && (joined || !row.middles.is_empty());
                }
            }
        }
        if other {
            return Some(NameForm::OtherMiddle);
        }
        Some(if exact_middles == row.middles.len() && from + exact_middles == to { whole } else { plain })
    }

    /// "Castle, Amina Rose", "CASTLE Amina Rose", the cells "Castle" and "Amina Rose".
    fn first_after(&mut self, group: &Group, start: usize, end: usize) -> bool {
        let surname = match self.page.words.get(start) {
            Some(word) => *word,
            None => return false,
        };
        let line_start = self.page.block_words(start).start == start;
        let joined = match self.page.gap(end - 1) {
            Gap::Signs(b", " | b"," | b",  " | b" , ") => !self.follows_first_name(start),
            Gap::Signs(b" " | b"  " | b"\n") => (surname.is_upper() && surname.len() > 1 && !self.follows_first_name(start)) || line_start,
            Gap::NextCell => line_start,
            _ => false,
        };
        if !joined || !surname.is_capitalised() {
            return false;
        }
        let mut from = end;
        let mut seen_title = None;
        while from < end + 2 && title(self.page.at(from)) {
            seen_title = Some(String::from_utf8_lossy(self.page.at(from)).into_owned());
            from += 1;
        }
        let mut found = false;
        for (row, exact) in self.rows_at(group, from) {
            let Some(row) = self.index.rows.get(row as usize) else { continue };
            let first_end = if exact { row.first.at(self.page, from) } else { Some(from + 1) };
            let Some(first_end) = first_end else { continue };
            if self.page.gap(first_end - 1) == Gap::Signs(b"-") {
                continue;
            }
            let (to, other) = self.middles_after(row, first_end);
            let form = match row.use_ {
                _ if other => NameForm::OtherMiddle,
                _ if !exact => NameForm::Near,
                Use::Full => NameForm::LastFirst,
                Use::Also => NameForm::Also,
                Use::Former => NameForm::Former,
            };
            found = true;
            let title = seen_title.clone().or_else(|| self.title_before(start));
            self.hits.push(Hit { subject: row.subject, from: start, to, form, title });
        }
        found
    }

    /// Whether a capitalised word that is no title stands directly before: then the comma parts two people.
    fn follows_first_name(&self, start: usize) -> bool {
        start.checked_sub(1).is_some_and(|b| {
            matches!(self.page.gap(b), Gap::Signs(b" " | b". " | b"-")) && self.capital(b) && !title(self.page.at(b)) && self.page.words.get(b).is_some_and(|w| !w.is_upper() || w.len() == 1)
        })
    }

    /// Middle names after a first name: where they end, and whether one is not the person's.
    fn middles_after(&self, row: &Row, from: usize) -> (usize, bool) {
        let mut to = from;
        let mut expected = row.middles.iter();
        let mut other = false;
        while to < from + 3 && to > 0 && matches!(self.page.gap(to - 1), Gap::Signs(b" " | b". ")) && self.capital(to) {
            let word = self.page.at(to);
            if expected.by_ref().any(|m| m.as_slice() == word || ((word.len() == 1 || m.len() == 1) && m.first() == word.first())) {
                to += 1;
                continue;
            }
            // A name that fills its cell has nothing in it but the name.
            let cell = self.page.block(to).is_some_and(|b| b.role == unlisted_model::Role::Cell) && self.page.block_words(to).end == to + 1;
            other = !row.middles.is_empty() && (word.len() == 1 || cell || is_first_name(word)) && word != b"i";
            to += usize::from(other);
            break;
        }
        (to, other)
    }

    /// Remembers "Cllr Castle", "A. R. Castle", "Castle A R".
    fn without_first(&mut self, group: u32, start: usize, end: usize) {
        // "G ap Rhys" has its capital later.
        if !(start..end).any(|i| self.capital(i)) {
            return;
        }
        // Initials before: single capitals, or two or three in one word.
        let mut from = start;
        let mut initials = Vec::new();
        while let Some(before) = from.checked_sub(1) {
            if !matches!(self.page.gap(before), Gap::Signs(b" " | b". " | b"." | b"-")) || initials.len() >= 4 {
                break;
            }
            let Some(word) = self.page.words.get(before) else { break };
            let one = word.is_upper() && !word.has_digit() && (word.len() == 1 || (word.len() <= 3 && from == start && !title(self.page.at(before)) && !is_first_name(self.page.at(before))));
            if !one {
                break;
            }
            initials.splice(0..0, self.page.lower(*word).iter().copied());
            from = before;
            if word.len() > 1 {
                break;
            }
        }
        let before = self.title_before(from);
        if initials.is_empty() {
            if before.is_some() {
                self.weak.push(Weak { group, from: start, to: end, initials, title: before });
            } else if let Some((initials, to)) = self.initials_at(end)
                && (matches!(self.page.gap(end - 1), Gap::Signs(b", ")) || self.page.words.get(start).is_some_and(|w| w.is_upper()))
                && !self.follows_first_name(start)
            {
                self.weak.push(Weak { group, from: start, to, initials, title: None });
            }
            return;
        }
        // "John A Castle": the letter is John's.
        let named = from.checked_sub(1).is_some_and(|b| {
            matches!(self.page.gap(b), Gap::Signs(b" ")) && self.capital(b) && !title(self.page.at(b)) && is_first_name(self.page.at(b))
        });
        if !named {
            self.weak.push(Weak { group, from, to: end, initials, title: before });
        }
    }

    fn initials_at(&self, from: usize) -> Option<(Vec<u8>, usize)> {
        let mut initials = Vec::new();
        let mut to = from;
        while let Some(word) = self.page.words.get(to) {
            let joined = to == from || matches!(self.page.gap(to - 1), Gap::Signs(b" " | b". " | b"."));
            if !joined || word.len() != 1 || !word.is_upper() || initials.len() >= 4 {
                break;
            }
            initials.extend_from_slice(self.page.lower(*word));
            to += 1;
        }
        (to > from).then_some((initials, to))
    }

    fn resolve_weak(&mut self) {
        let named: std::collections::HashSet<u32> =
            self.hits.iter().filter(|h| h.form != NameForm::OtherMiddle).map(|h| h.subject).collect();
        // Per surname the rows that count, looked up once a page.
        let mut counting: HashMap<u32, Vec<&Row>> = HashMap::new();
        for weak in std::mem::take(&mut self.weak) {
            let rows = counting.entry(weak.group).or_insert_with(|| {
                let Some(group) = self.index.groups.get(weak.group as usize) else { return Vec::new() };
                let few = group.rows.len() <= FEW;
                let rows = group.rows.iter().filter_map(|r| self.index.rows.get(*r as usize));
                rows.filter(|row| row.use_ != Use::Former && (few || named.contains(&row.subject))).collect()
            });
            for row in rows {
                if self.hits.len() >= MOST_HITS {
                    break;
                }
                let form = if weak.initials.is_empty() { NameForm::TitleLast } else { NameForm::Initials };
                if weak.initials.is_empty() || initials_fit(row, &weak.initials) {
                    self.hits.push(Hit { subject: row.subject, from: weak.from, to: weak.to, form, title: weak.title.clone() });
                }
            }
        }
    }

    /// The title before a word: "Cllr" wins over what stands after it.
    fn title_before(&self, from: usize) -> Option<String> {
        let mut found: Option<String> = None;
        let mut at = from;
        for _ in 0..3 {
            let Some(before) = at.checked_sub(1) else { break };
            if !matches!(self.page.gap(before), Gap::Signs(b" " | b". ")) || !title(self.page.at(before)) {
                break;
            }
            let word = String::from_utf8_lossy(self.page.at(before)).into_owned();
            let councillor = matches!(word.as_str(), "cllr" | "councillor" | "councilor" | "cllrs" | "cynghorydd" | "cyng");
            if councillor {
                return Some("cllr".to_owned());
            }
            found.get_or_insert(word);
            at = before;
        }
        found
    }
}

fn initials_fit(row: &Row, initials: &[u8]) -> bool {
    let Some((first, rest)) = initials.split_first() else { return false };
    if row.first.first().first() != Some(first) {
        return false;
    }
    if row.middles.is_empty() {
        return rest.len() <= 2;
    }
    rest.len() <= row.middles.len() && rest.iter().zip(&row.middles).all(|(i, m)| m.first() == Some(i))
}
