//! The catalogue of what people read: English, with another language laid over it text by text.

use std::collections::BTreeMap;

use super::{ConfigError, Files, raw};

/// The language that is whole.
pub(super) const ENGLISH: &str = "en";

/// The texts by `section.key`. What `words.<language>.toml` lacks is English, so that an unfinished translation can be used.
///
/// # Errors
/// When the language is no tag, or there are no words of it.
pub(super) fn load(files: &Files, language: &str) -> Result<BTreeMap<String, String>, ConfigError> {
    let wrong = |what: &str| ConfigError { file: "unlisted.toml".into(), what: format!("`language`: {what}") };
    // It becomes part of a file's name.
    let is_tag = (2..=12).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !is_tag {
        return Err(wrong("it must be a short code such as \"en\" or \"cy\""));
    }
    let mut flat = BTreeMap::new();
    lay(files, ENGLISH, &mut flat)?;
    if language != ENGLISH && lay(files, language, &mut flat)? == 0 {
        return Err(wrong(&format!("there is no words.{language}.toml, or nothing is in it")));
    }
    Ok(flat)
}

/// Lays the texts of one language over those that are there, and says how many they are. An empty text is one not yet written.
fn lay(files: &Files, language: &str, over: &mut BTreeMap<String, String>) -> Result<usize, ConfigError> {
    let raw: raw::Words = files.toml(&format!("words.{language}.toml"))?;
    let mut texts = BTreeMap::new();
    for (section, value) in raw {
        flatten(&section, value, &mut texts);
    }
    texts.retain(|_, text| !text.is_empty());
    let n = texts.len();
    over.extend(texts);
    Ok(n)
}

fn flatten(path: &str, value: toml::Value, out: &mut BTreeMap<String, String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                flatten(&format!("{path}.{key}"), value, out);
            }
        }
        toml::Value::String(text) => {
            out.insert(path.to_owned(), text);
        }
        other => {
            out.insert(path.to_owned(), other.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn with(files: &[(&str, &str)]) -> Result<Config, super::ConfigError> {
        let dir = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            std::fs::write(dir.path().join(name), text).expect("a file");
        }
        Config::load(Some(dir.path()))
    }

    const WELSH: &str =
        "[severity]\ncritical = \"Gweithredwch heddiw\"\nhigh = \"\"\n[report]\nlang = \"cy\"\ntitle = \"Gwiriad\"\n";

    #[test]
    fn an_unfinished_translation_is_used_and_the_rest_is_english() {
        let english = Config::load(None).expect("the shipped files are right").words;
        let welsh = with(&[("unlisted.toml", "language = \"cy\"\n"), ("words.cy.toml", WELSH)]).expect("it can be used").words;
        let changed: Vec<&str> =
            english.iter().filter(|(key, text)| welsh[*key] != **text).map(|(key, _)| key.as_str()).collect();
        assert_eq!(changed, ["report.lang", "report.title", "severity.critical"]);
        assert_eq!(welsh["severity.critical"], "Gweithredwch heddiw");
        assert_eq!(welsh.len(), english.len());
        // A file that nobody asked for changes nothing.
        assert_eq!(with(&[("words.cy.toml", WELSH)]).expect("it can be used").words, english);
    }

    #[test]
    fn a_language_without_words_is_told() {
        for (language, why) in
            [("cy", "words.cy.toml"), ("../x", "short code"), ("", "short code"), ("Cymraeg iawn", "short code")]
        {
            let error = with(&[("unlisted.toml", &format!("language = {language:?}\n"))]).expect_err("there are no such words");
            assert_eq!(error.file, "unlisted.toml");
            assert!(error.what.contains(why), "{language}: {}", error.what);
        }
    }
}
