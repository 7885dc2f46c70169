//! The catalogue of every word that a person reads, and the filling of its gaps.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Texts by `section.key`, as `config/words.en.toml` gives them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// Takes the texts.
    pub fn new(texts: BTreeMap<String, String>) -> Self {
        Self(texts)
    }

    /// Whether there is a text under `key`.
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The text under `key`. A missing one shows as `⟨key⟩`, so that it is seen and nothing breaks.
    pub fn get(&self, key: &str) -> Cow<'_, str> {
        self.0.get(key).map_or_else(|| Cow::Owned(format!("⟨{key}⟩")), |text| Cow::Borrowed(text.as_str()))
    }

    /// The text under `section.name`, for names that come from an enum.
    pub fn of(&self, section: &str, name: &str) -> Cow<'_, str> {
        self.get(&format!("{section}.{name}"))
    }

    /// The text under `key` with each `{gap}` filled. A gap without a value stays as it is. What fills a gap is not
    /// read again, so that outside text cannot bring gaps of its own.
    pub fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        let text = self.get(key);
        let mut out = String::with_capacity(text.len());
        let mut rest: &str = &text;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let filled = after
                .split_once('}')
                .and_then(|(name, tail)| gaps.iter().find(|(gap, _)| *gap == name).map(|(_, value)| (*value, tail)));
            if let Some((value, tail)) = filled {
                out.push_str(value);
                rest = tail;
            } else {
                out.push('{');
                rest = after;
            }
        }
        out.push_str(rest);
        out
    }

    /// The text under `key_one` or `key_many`, with `{n}` and the other gaps filled.
    pub fn count(&self, key: &str, n: usize, gaps: &[(&str, &str)]) -> String {
        let number = n.to_string();
        let mut all = vec![("n", number.as_str())];
        all.extend_from_slice(gaps);
        self.fill(&format!("{key}_{}", if n == 1 { "one" } else { "many" }), &all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, gaps: &[(&str, &str)], expect: &str) {
        let words = Words::new(BTreeMap::from([("a.b".to_owned(), text.to_owned())]));
        assert_eq!(words.fill("a.b", gaps), expect);
    }

    #[test]
    fn gaps_are_filled_once() {
        check("{n} of {m}", &[("n", "1"), ("m", "2")], "1 of 2");
        check("{n}", &[("n", "{m}"), ("m", "2")], "{m}");
        check("{unknown} {n", &[("n", "1")], "{unknown} {n");
        check("no gap", &[], "no gap");
    }

    #[test]
    fn a_missing_text_is_seen() {
        assert_eq!(Words::default().get("a.b"), "⟨a.b⟩");
        assert_eq!(Words::default().count("a.b", 2, &[]), "⟨a.b_many⟩");
    }
}
