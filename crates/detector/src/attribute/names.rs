//! How common a name is, and the words that tell whom a page means. The rows stand in `config/names.toml`.

use std::collections::{HashMap, HashSet};

use crate::attribute::fold::folded;

/// The rows of `config/names.toml`: one field for each key, in the same order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NameFrequencies {
    /// `surnames`: the commonest surnames, lower case.
    pub surnames: Vec<String>,
    /// `first-names-f`: the commonest first names usually given to women.
    pub first_names_f: Vec<String>,
    /// `first-names-m`: the commonest first names usually given to men.
    pub first_names_m: Vec<String>,
    /// `parties`: each with all the ways in which it is written.
    pub parties: Vec<Vec<String>>,
    /// `political`: words of an election or of a councillor's work.
    pub political: Vec<String>,
    /// `office`: words before a contact that an organisation gives of itself.
    pub office: Vec<String>,
    /// `office-labels`: words of a label that make its slot one of work.
    pub office_labels: Vec<String>,
    /// `imprint`: words of an imprint.
    pub imprint: Vec<String>,
    /// `office-domains`: domains whose mail is never private.
    pub office_domains: Vec<String>,
    /// `office-mailboxes`: first halves of mail addresses that are nobody's own.
    pub office_mailboxes: Vec<String>,
    /// `office-numbers`: beginnings of numbers that are nobody's own line.
    pub office_numbers: Vec<String>,
    /// `venues`: words of buildings that are nobody's home.
    pub venues: Vec<String>,
    /// `obituary`: words of a death or of a time long ago.
    pub obituary: Vec<String>,
    /// `roles`: occupations.
    pub roles: Vec<String>,
}

impl NameFrequencies {
    /// From the rows of `config/names.toml`: `list` gives the list under a key, `parties` the lists of lists.
    pub fn from_rows(mut list: impl FnMut(&'static str) -> Vec<String>, parties: Vec<Vec<String>>) -> Self {
        Self {
            surnames: list("surnames"),
            first_names_f: list("first-names-f"),
            first_names_m: list("first-names-m"),
            parties,
            political: list("political"),
            office: list("office"),
            office_labels: list("office-labels"),
            imprint: list("imprint"),
            office_domains: list("office-domains"),
            office_mailboxes: list("office-mailboxes"),
            office_numbers: list("office-numbers"),
            venues: list("venues"),
            obituary: list("obituary"),
            roles: list("roles"),
        }
    }
}

/// The sex that a first name or a title goes with by custom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Custom {
    Woman,
    Man,
}

/// How many people are likely to have a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rarity {
    /// Neither name is among the common ones.
    Rare,
    /// One of them is.
    Middling,
    /// Both are.
    Common,
}

/// The same, ready to be asked.
#[derive(Debug)]
pub(crate) struct NameTable {
    surnames: HashSet<String>,
    first: HashMap<String, Option<Custom>>,
}

impl NameTable {
    pub(crate) fn new(rows: &NameFrequencies) -> Self {
        let mut first: HashMap<String, Option<Custom>> = HashMap::new();
        let women = rows.first_names_f.iter().map(|n| (n, Custom::Woman));
        let men = rows.first_names_m.iter().map(|n| (n, Custom::Man));
        for (name, custom) in women.chain(men) {
            first
                .entry(folded(name))
                .and_modify(|seen| {
                    // A name in both lists tells nothing.
                    if *seen != Some(custom) {
                        *seen = None;
                    }
                })
                .or_insert(Some(custom));
        }
        Self { surnames: rows.surnames.iter().map(|n| folded(n)).collect(), first }
    }

    /// How rare first name and surname are together; both folded.
    pub(crate) fn rarity(&self, first: &str, surname: &str) -> Rarity {
        match (self.first.contains_key(first), self.surnames.contains(surname)) {
            (true, true) => Rarity::Common,
            (false, false) => Rarity::Rare,
            _ => Rarity::Middling,
        }
    }

    /// The sex that a folded first name goes with by custom, where it goes with one only.
    pub(crate) fn custom(&self, first: &str) -> Option<Custom> {
        self.first.get(first).copied().flatten()
    }
}

/// The sex that a title goes with.
pub(crate) fn custom_of_title(title: &str) -> Option<Custom> {
    match title.trim_end_matches('.') {
        "mr" | "sir" | "lord" | "baron" | "father" => Some(Custom::Man),
        "mrs" | "ms" | "miss" | "dame" | "lady" | "baroness" | "sister" => Some(Custom::Woman),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rarity_and_custom_come_from_the_rows() {
        let rows = NameFrequencies {
            surnames: vec!["smith".into(), "o'brien".into()],
            first_names_f: vec!["mary".into(), "lee".into()],
            first_names_m: vec!["john".into(), "lee".into()],
            ..NameFrequencies::default()
        };
        let table = NameTable::new(&rows);
        assert_eq!(table.rarity("mary", "smith"), Rarity::Common);
        assert_eq!(table.rarity("john", "obrien"), Rarity::Common);
        assert_eq!(table.rarity("mary", "quennell"), Rarity::Middling);
        assert_eq!(table.rarity("ottoline", "quennell"), Rarity::Rare);
        assert_eq!(table.custom("mary"), Some(Custom::Woman));
        assert_eq!(table.custom("lee"), None, "a name in both lists tells nothing");
        assert_eq!(table.custom("ottoline"), None);
    }
}
