//! The names of a slate by surname, then by first name, so that one person of a thousand Smiths is found in one look.

use std::collections::{HashMap, HashSet};

use unlisted_model::{NameForm, Reveal, Subject};

use super::{short_forms, sounds::sound};
use crate::anchors::{Anchors, Phrase, Target};
use crate::normalise::{fold, words};
use crate::page::hash;

/// Which of a person's names a row holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Full,
    Also,
    Former,
}

/// One name, taken apart.
pub(crate) struct Row {
    pub(crate) subject: u32,
    pub(crate) use_: Use,
    pub(crate) first: Phrase,
    /// Middle names, folded, without apostrophes.
    pub(crate) middles: Vec<Vec<u8>>,
}

/// All names with one surname.
pub(crate) struct Group {
    pub(crate) surname: Phrase,
    /// By the hash of a first name's first word, or of all its letters.
    pub(crate) firsts: HashMap<u32, Vec<u32>>,
    /// By the hash of a name that may stand for it.
    pub(crate) short: HashMap<u32, Vec<u32>>,
    /// By the hash of its sound.
    pub(crate) sounds: HashMap<u32, Vec<u32>>,
    /// All rows.
    pub(crate) rows: Vec<u32>,
}

/// A name of one word.
pub(crate) struct Single {
    pub(crate) subject: u32,
    pub(crate) phrase: Phrase,
    pub(crate) form: NameForm,
}

/// The index.
#[derive(Default)]
pub(crate) struct NameIndex {
    pub(crate) groups: Vec<Group>,
    by_surname: HashMap<Vec<u8>, u32>,
    pub(crate) rows: Vec<Row>,
    pub(crate) singles: Vec<Single>,
    /// Per subject the hashes of all words of all its names.
    pub(crate) own: Vec<HashSet<u32>>,
}

impl NameIndex {
    /// Adds all names of a subject; must be called in the order of the slate.
    pub(crate) fn add(&mut self, subject: &Subject, anchors: &mut Anchors) {
        let index = self.own.len() as u32;
        self.own.push(HashSet::new());
        self.add_name(index, &subject.names.full, Use::Full, anchors);
        for name in &subject.names.also {
            self.add_name(index, name, Use::Also, anchors);
        }
        for name in mixed(&subject.names.full, &subject.names.also) {
            self.add_name(index, &name, Use::Also, anchors);
        }
        for name in &subject.names.former {
            self.add_name(index, name.reveal(Reveal::ToCompare), Use::Former, anchors);
        }
    }

    fn add_name(&mut self, subject: u32, name: &str, use_: Use, anchors: &mut Anchors) {
        let folded = fold(name);
        let parts = parts(&folded);
        if let Some(own) = self.own.last_mut() {
            own.extend(parts.iter().flat_map(|p| p.split('-')).map(|w| hash(w.as_bytes())));
        }
        let Some((surname, before)) = parts.split_last() else { return };
        let Some(surname) = Phrase::new(surname) else { return };
        let Some((first, middles)) = before.split_first() else {
            let form = match use_ {
                Use::Full => NameForm::Full,
                Use::Also => NameForm::Also,
                Use::Former => NameForm::Former,
            };
            if surname.joined().len() >= 4 {
                anchors.add(&surname, Target::Single(self.singles.len() as u32));
                self.singles.push(Single { subject, phrase: surname, form });
            }
            return;
        };
        let Some(first_phrase) = Phrase::new(first) else { return };
        let group = *self.by_surname.entry(surname.joined().to_vec()).or_insert_with(|| {
            let index = self.groups.len() as u32;
            anchors.add(&surname, Target::Surname(index));
            for slip in slips(surname.joined()).iter().filter_map(|s| Phrase::plain(s)) {
                anchors.add(&slip, Target::Misspelt(index));
            }
            self.groups.push(Group {
                surname,
                firsts: HashMap::new(),
                short: HashMap::new(),
                sounds: HashMap::new(),
                rows: Vec::new(),
            });
            index
        });
        let Some(group) = self.groups.get_mut(group as usize) else { return };
        let row = self.rows.len() as u32;
        group.rows.push(row);
        for key in [hash(first_phrase.first()), hash(first_phrase.joined())] {
            let list = group.firsts.entry(key).or_default();
            if list.last() != Some(&row) {
                list.push(row);
            }
        }
        for other in short_forms::of(first) {
            group.short.entry(hash(other.as_bytes())).or_default().push(row);
        }
        if let Some(sound) = sound(first_phrase.joined()) {
            group.sounds.entry(hash(&sound)).or_default().push(row);
        }
        let middles = middles.iter().map(|m| m.bytes().filter(|b| *b != b'\'').collect()).collect();
        self.rows.push(Row { subject, use_, first: first_phrase, middles });
    }
}

/// At most so many names are made of the parts of others.
const MOST_MIXED: usize = 12;

/// The first name of one name in use with the surname of another: who is "Amina Castle-Hartley" and "Mina Castle" is also
/// "Mina Castle-Hartley".
fn mixed(full: &str, also: &[String]) -> Vec<String> {
    // "Chan Li Wei" is also written in the western order.
    let turned: Vec<String> = std::iter::once(full).chain(also.iter().map(String::as_str)).filter_map(western).collect();
    let all: Vec<Vec<String>> =
        std::iter::once(full).chain(also.iter().map(String::as_str)).map(|n| parts(&fold(n))).filter(|p| p.len() > 1).collect();
    let ends = |name: &[String]| name.first().cloned().zip(name.last().cloned());
    let known: HashSet<(String, String)> = all.iter().filter_map(|n| ends(n)).collect();
    let mut out = turned;
    for (first, _) in all.iter().filter_map(|n| ends(n)) {
        for (_, last) in all.iter().filter_map(|n| ends(n)) {
            let name = format!("{first} {last}");
            if first != last && !known.contains(&(first.clone(), last)) && out.len() < MOST_MIXED && !out.contains(&name) {
                out.push(name);
            }
        }
    }
    out
}

/// Surnames that stand first where families do, the commonest in Britain; lower case.
const FAMILY_FIRST: &str = "chan wong li wang zhang chen liu yang huang zhao wu zhou xu sun zhu guo lin lam leung cheung cheng chung ho ng tang lau yip \
kwok tsang tse mak chow kim park choi nguyen tran pham hoang dang bui";

/// A name of three words that begins with a surname, turned round: "li wei chan".
fn western(name: &str) -> Option<String> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let family = |w: &str| FAMILY_FIRST.split_ascii_whitespace().any(|f| f == w);
    match words.as_slice() {
        [surname, first, second] if family(surname) && !family(second) && !folded.contains(',') => {
            Some(format!("{first} {second} {surname}"))
        }
        _ => None,
    }
}

/// Slips of the pen in a surname of five or more letters: two letters changed round, a letter doubled or a double one
/// single, a last "e" more or less.
fn slips(surname: &[u8]) -> Vec<String> {
    let mut slips = Vec::new();
    if surname.len() < 5 || !surname.is_ascii() {
        return slips;
    }
    let mut keep = |letters: Vec<u8>| slips.extend(String::from_utf8(letters));
    for at in 1..surname.len() {
        let (before, after) = surname.split_at(at);
        let (Some(last), Some(next)) = (before.last(), after.first()) else { continue };
        if last == next {
            keep([before, after.get(1..).unwrap_or_default()].concat());
        } else {
            if at > 1 {
                let mut turned = surname.to_vec();
                turned.swap(at - 1, at);
                keep(turned);
            }
            if b"lrnmtspdfgck".contains(last) {
                keep([before, std::slice::from_ref(last), after].concat());
            }
        }
    }
    match surname.strip_suffix(b"e") {
        Some(without) => keep(without.to_vec()),
        None => keep([surname, b"e"].concat()),
    }
    slips
}

/// First name, middle names, surname; titles and letters after the name dropped, particles joined to the surname. "Castle,
/// Amina" is turned round.
fn parts(folded: &str) -> Vec<String> {
    let turned = match folded.split_once(',') {
        Some((last, first)) if !words::honour(first.trim().as_bytes()) => format!("{} {}", first.trim(), last.trim()),
        Some((name, _)) => name.to_owned(),
        None => folded.to_owned(),
    };
    // Nicknames in brackets or quotes are left out.
    let mut plain = String::with_capacity(turned.len());
    let mut inside = false;
    for c in turned.chars() {
        match c {
            '(' | ')' | '"' => inside = c == '(' || (c == '"' && !inside),
            _ if inside => {}
            _ => plain.push(c),
        }
    }
    let mut words: Vec<&str> =
        plain.split_whitespace().map(|w| w.trim_matches(|c: char| c.is_ascii_punctuation())).filter(|w| !w.is_empty()).collect();
    while words.len() > 2 && words.first().is_some_and(|w| *w == "rt" || words::title(w.as_bytes())) {
        words.remove(0);
    }
    while words.len() > 2 && words.last().is_some_and(|w| words::honour(w.as_bytes())) {
        words.pop();
    }
    let from = (1..words.len().saturating_sub(1)).find(|i| words.get(*i).is_some_and(|w| words::particle(w.as_bytes())));
    let from = from.unwrap_or(words.len().saturating_sub(1));
    let mut parts: Vec<String> = words.get(..from).unwrap_or_default().iter().map(|w| (*w).to_owned()).collect();
    let surname = words.get(from..).unwrap_or_default().join(" ");
    if !surname.is_empty() {
        parts.push(surname);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &[&str]) {
        assert_eq!(parts(&fold(name)), expected, "{name}");
    }

    #[test]
    fn names_in_use_mix() {
        assert_eq!(mixed("Amina Rose Castle-Hartley", &["Mina Castle".to_owned()]), ["amina castle", "mina castle-hartley"]);
        assert_eq!(mixed("Chan Li Wei", &[]), ["li wei chan"]);
        assert_eq!(mixed("Amina Castle", &["Mina Castle".to_owned(), "Mina".to_owned()]), Vec::<String>::new());
    }

    #[test]
    fn slips_are_small() {
        let slips = slips(b"castle");
        assert!(
            slips.iter().any(|s| s == "castel") && slips.iter().any(|s| s == "casttle") && slips.iter().any(|s| s == "castl")
        );
        assert!(!slips.iter().any(|s| s == "castle" || s == "cattle"));
    }

    #[test]
    fn names_come_apart() {
        check("Amina Rose Castle", &["amina", "rose", "castle"]);
        check("Cllr Dr Amina Castle MBE", &["amina", "castle"]);
        check("Castle, Amina Rose", &["amina", "rose", "castle"]);
        check("Ludwig van der Berg", &["ludwig", "van der berg"]);
        check("Anne-Marie O’Neill", &["anne-marie", "o'neill"]);
        check("Amina (Mina) Castle", &["amina", "castle"]);
        check("Madonna", &["madonna"]);
        check("", &[]);
    }
}
