//! Firms that stand in front of the firm that stores a site (`fronts.toml`), known by the names of their networks.

use serde::Deserialize;

use super::{ConfigError, Files};

const FILE: &str = "fronts.toml";

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Front {
    /// What people call it.
    pub name: String,
    /// Words with which the name of its network, or of the firm that holds it, begins: lower case, between single spaces.
    networks: Vec<String>,
    /// Words that show that it stores sites in this network itself.
    except: Vec<String>,
}

impl Front {
    /// Whether one of these names (of a network, of its holder) is of this firm.
    pub fn is_called(&self, names: &[&str]) -> bool {
        let holds = |words: &[String]| names.iter().any(|name| words.iter().any(|w| spaced(name).contains(w.as_str())));
        holds(&self.networks) && !holds(&self.except)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    front: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    name: String,
    networks: Vec<String>,
    #[serde(default)]
    except: Vec<String>,
    source: String,
    #[serde(rename = "verified")]
    _verified: bool,
}

pub(super) fn load(files: &Files) -> Result<Vec<Front>, ConfigError> {
    let wrong = |what: String| ConfigError { file: FILE.to_owned(), what };
    let raw: Raw = files.toml(FILE)?;
    let mut fronts = vec![];
    for row in raw.front {
        if row.name.trim().is_empty() || row.source.trim().is_empty() {
            return Err(wrong(format!("`{}` needs `name` and `source`", row.id)));
        }
        let words = |list: &[String]| list.iter().map(|w| spaced(w).trim_end().to_owned()).collect::<Vec<_>>();
        let networks = words(&row.networks);
        // A short word would begin the names of many firms.
        if networks.is_empty() || networks.iter().chain(&words(&row.except)).any(|w| w.trim().chars().count() < 4) {
            return Err(wrong(format!("`{}` needs `networks`, each word with four letters or more", row.id)));
        }
        fronts.push(Front { name: row.name, networks, except: words(&row.except) });
    }
    Ok(fronts)
}

/// Words in lower case between single spaces, with a space at both ends.
fn spaced(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.fold(String::from(" "), |mut out, word| {
        out.push_str(word);
        out.push(' ');
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], expect: Option<&str>) {
        let fronts = load(&Files { user: None }).expect("the shipped rows are right");
        let found: Vec<&str> = fronts.iter().filter(|f| f.is_called(names)).map(|f| f.name.as_str()).collect();
        assert_eq!(found, expect.into_iter().collect::<Vec<_>>(), "{names:?}");
    }

    #[test]
    fn a_front_is_known_by_its_network_or_its_firm() {
        check(&["CLOUDFLARENET", "Cloudflare, Inc."], Some("Cloudflare"));
        check(&["SKYCA-3", "Fastly, Inc."], Some("Fastly"));
        check(&["SKYCA-3"], Some("Fastly"));
        check(&["X-1", "Akamai Technologies, Inc."], Some("Akamai"));
        check(&["AMAZON-CF"], Some("Amazon CloudFront"));
        check(&["DDOS-GUARD-NET"], Some("DDoS-Guard"));
        // Near misses: a firm that stores sites, or another firm.
        check(&["LINODE-US", "Akamai Technologies, Inc."], None);
        check(&["AMAZON-02", "Amazon.com, Inc."], None);
        check(&["NOTCLOUDFLARE"], None);
        check(&["EXAMPLE-HOSTING", "Example Hosting Ltd"], None);
        check(&["", " "], None);
        check(&[], None);
    }

    #[test]
    fn wrong_rows_are_told() {
        let with = |text: &str| {
            let dir = tempfile::tempdir().expect("a folder");
            std::fs::write(dir.path().join(FILE), text).expect("a file");
            load(&Files { user: Some(dir.path().to_owned()) })
        };
        let row = |networks: &str, source: &str| {
            format!("[[front]]\nid = \"x\"\nname = \"X\"\nnetworks = {networks}\nsource = \"{source}\"\nverified = false\n")
        };
        assert!(with(&row("[\"xnet\"]", "seen")).is_ok());
        for text in
            [row("[]", "seen"), row("[\"cdn\"]", "seen"), row("[\"\"]", "seen"), row("[\"xnet\"]", ""), "front = 5\n".into()]
        {
            assert_eq!(with(&text).expect_err("it is wrong").file, FILE, "{text}");
        }
    }
}
