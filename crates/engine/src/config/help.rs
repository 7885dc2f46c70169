//! Whom people can turn to, as the party or its officer wrote it in `[help]` of `unlisted.toml`.

use unlisted_model::{Forces, HelpContacts};

use super::{ConfigError, raw, told};

/// The longest contact, in characters: it must stand in a box on page one.
const LONGEST: usize = 200;

/// Empty entries are none; the force must be one of `forces.csv`.
///
/// # Errors
/// With the line of the user's own text.
pub(super) fn contacts(raw: raw::Help, forces: &Forces, users: Option<&str>) -> Result<HelpContacts, ConfigError> {
    let wrong = |key: &str, what: String| {
        let key = format!("help.{key}");
        let line = users.and_then(|text| told::line_of(text, &key)).map_or_else(String::new, |line| format!("line {line}: "));
        ConfigError { file: "unlisted.toml".into(), what: format!("{line}{key}: {what}") }
    };
    let read = |key: &str, text: String| {
        let text = text.trim();
        if text.chars().count() > LONGEST {
            return Err(wrong(key, format!("this is longer than {LONGEST} letters; write a name and a number")));
        }
        Ok((!text.is_empty()).then(|| text.to_owned()))
    };
    let help = HelpContacts {
        police_contact: read("police-contact", raw.police_contact)?,
        police_adviser: read("police-adviser", raw.police_adviser)?,
        party: read("party", raw.party)?,
        trusted: read("trusted", raw.trusted)?,
        force: read("force", raw.force)?,
    };
    match &help.force {
        Some(id) if !forces.forces.contains_key(id) => {
            Err(wrong("force", format!("there is no police force {id}; write an id of forces.csv, for example kent")))
        }
        _ => Ok(help),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn with(text: &str) -> Result<HelpContacts, ConfigError> {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("unlisted.toml"), text).expect("a file");
        Config::load(Some(dir.path())).map(|c| c.help)
    }

    #[test]
    fn nothing_is_shipped() {
        assert_eq!(Config::load(None).expect("the shipped files are right").help, HelpContacts::default());
    }

    #[test]
    fn what_the_officer_wrote_is_read() {
        let help = with("[help]\nparty = \" Jo, 01632 960002 \"\nforce = \"kent\"\n").expect("it is right");
        let expect =
            HelpContacts { party: Some("Jo, 01632 960002".into()), force: Some("kent".into()), ..HelpContacts::default() };
        assert_eq!(help, expect);
    }

    #[test]
    fn what_is_wrong_is_told() {
        let long = format!("[help]\nparty = \"{}\"\n", "x".repeat(201));
        for (text, expect) in [
            ("# mine\n[help]\nforce = \"nowhere\"\n", "line 3: help.force: there is no police force nowhere; write"),
            (
                "\n[help]\nparty = \"x\"\npolice = \"x\"\n",
                "line 4: help.police: this word is not known here; write one of: police-contact,",
            ),
            (long.as_str(), "line 2: help.party: this is longer than 200"),
            ("[help]\nparty = 3\n", "line 2: help.party: invalid type"),
            ("[halp]\nparty = 3\n", "line 1: halp: this word is not known here"),
        ] {
            let error = with(text).expect_err("it is wrong");
            assert_eq!(error.file, "unlisted.toml");
            assert!(error.what.contains(expect), "{}", error.what);
        }
    }
}
