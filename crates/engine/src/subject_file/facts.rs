//! Reads `[[private]]` and `[[public]]`: the details.

use std::collections::BTreeMap;

use toml::de::DeValue;
use unlisted_model::{FactId, Identifier, Kind, Secret, SubjectId};

use super::walk::{Table, Walk, join};
use super::{Said, values};

impl Walk<'_> {
    /// The details of one part. `ordinals` go on from part to part, so that no two facts of a person share an id.
    pub(super) fn facts(
        &mut self,
        root: &Table<'_>,
        part: &str,
        owner: Option<&SubjectId>,
        ordinals: &mut BTreeMap<Kind, u32>,
    ) -> Vec<Identifier> {
        let mut out = vec![];
        for (at, table) in self.tables(root, part) {
            self.known(table, part, &["kind", "value"]);
            let kind = self.string(table, part, "kind", true).and_then(|(at, word)| {
                let kind = Kind::parse(word);
                if kind.is_none() {
                    let write = Said::with("subject-file.one_of", "list", kinds_list());
                    self.problem(at, &join(part, "kind"), "subject-file.unknown_kind", write);
                }
                kind
            });
            // A date of birth may be written without quotes.
            let value = match self.get(table, "value").map(|v| (v.span().start, v.get_ref())) {
                Some((at, DeValue::Datetime(day))) => Some((at, day.to_string())),
                _ => self.string(table, part, "value", true).map(|(at, s)| (at, s.to_owned())),
            };
            let (Some(kind), Some((value_at, value))) = (kind, value) else { continue };
            let key = format!("{part}.value ({})", kind.as_str());
            match values::read(kind, &value) {
                Err((what, write)) => self.problem(value_at, &key, what, write),
                Ok(read) => {
                    if let Some(odd) = read.odd {
                        self.warning(value_at, &key, odd);
                    }
                    if kind.is_identity_number() && part == "private" {
                        self.warning(at, &key, super::values::IDENTITY_NUMBER);
                    }
                    let ordinal = ordinals.entry(kind).or_insert(0);
                    *ordinal += 1;
                    if let Some(owner) = owner {
                        out.push(Identifier {
                            id: FactId { subject: owner.clone(), kind, ordinal: *ordinal },
                            value: Secret::new(read.text),
                        });
                    }
                }
            }
        }
        out
    }
}

/// The kinds that may be given.
pub(super) fn kinds_list() -> String {
    let names: Vec<&str> = Kind::ALL.iter().filter(|k| **k != Kind::PhotoLocation).map(|k| k.as_str()).collect();
    names.join(", ")
}
