//! Councils: where they publish their members, and what is odd about their sites.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use unlisted_model::{Council, Councils};
use url::Url;

use super::{ConfigError, Files};

/// One line of `councils.csv`.
#[derive(Deserialize)]
struct Row {
    council_code: String,
    name: String,
    nation: String,
    kind: String,
    platform: String,
    base_url: String,
    ended: String,
}

/// One line of `council-quirks.csv`.
#[derive(Deserialize)]
struct QuirkRow {
    council_code: String,
    quirk: String,
    detail: String,
}

pub(super) fn wrong(file: &str, what: String) -> ConfigError {
    ConfigError { file: file.to_owned(), what }
}

/// The lines of a table; lines that begin with `#` are comments.
pub(super) fn lines<T: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<T>, ConfigError> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().map_err(|e| wrong(file, format!("{e}")))
}

/// The shipped table with the user's lines laid over it, council by council.
pub(super) fn load(files: &Files) -> Result<Councils, ConfigError> {
    const FILE: &str = "councils.csv";
    const QUIRKS: &str = "council-quirks.csv";
    let mut councils: BTreeMap<String, Council> = BTreeMap::new();
    for (text, may_replace) in [(Files::ours(FILE).map(str::to_owned), false), (files.users(FILE)?, true)] {
        for row in lines::<Row>(FILE, text.as_deref().unwrap_or_default())? {
            let council = council(FILE, row)?;
            let code = council.code.clone();
            if councils.insert(code.clone(), council).is_some() && !may_replace {
                return Err(wrong(FILE, format!("the council `{code}` stands twice")));
            }
        }
    }
    for text in [Files::ours(QUIRKS).map(str::to_owned), files.users(QUIRKS)?].into_iter().flatten() {
        for row in lines::<QuirkRow>(QUIRKS, &text)? {
            let council = councils
                .get_mut(&row.council_code)
                .ok_or_else(|| wrong(QUIRKS, format!("the council `{}` is not in {FILE}", row.council_code)))?;
            council.quirks.push((row.quirk, row.detail));
        }
    }
    Ok(Councils(councils))
}

fn council(file: &str, row: Row) -> Result<Council, ConfigError> {
    let code = row.council_code;
    if code.is_empty() || code.len() > 8 || !code.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(wrong(file, format!("`{code}` is not a council code (letters and digits, at most 8)")));
    }
    if !["ENG", "WLS", "SCT", "NIR"].contains(&row.nation.as_str()) {
        return Err(wrong(file, format!("`{}` of `{code}` is not one of ENG, WLS, SCT, NIR", row.nation)));
    }
    if !["moderngov", "cmis", "other"].contains(&row.platform.as_str()) {
        return Err(wrong(file, format!("`{}` of `{code}` is not one of moderngov, cmis, other", row.platform)));
    }
    let base = match row.base_url.as_str() {
        "" => None,
        text => {
            let url = Url::parse(text)
                .ok()
                .filter(|u| matches!(u.scheme(), "http" | "https") && u.username().is_empty() && u.password().is_none());
            Some(url.ok_or_else(|| {
                wrong(file, format!("the address of `{code}` must begin with http:// or https:// and hold no password"))
            })?)
        }
    };
    let ended = match row.ended.as_str() {
        "" => None,
        day => Some(day.parse().map_err(|_| wrong(file, format!("the day on which `{code}` ended must look like 2023-03-31")))?),
    };
    Ok(Council { code, name: row.name, nation: row.nation, kind: row.kind, platform: row.platform, base, ended, quirks: vec![] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(file: &str, text: &str) -> Result<Councils, ConfigError> {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join(file), text).expect("a file");
        load(&Files { user: Some(dir.path().to_owned()) })
    }

    const HEAD: &str = "council_code,name,nation,kind,platform,base_url,ended\n";

    #[test]
    fn every_shipped_council_is_read() {
        let councils = load(&Files { user: None }).expect("the shipped table is right");
        let current = |platform: &str| {
            councils.0.values().filter(|c| c.ended.is_none() && c.platform == platform && c.code != "ZNG").count()
        };
        assert_eq!((current("moderngov"), current("cmis"), current("other")), (305, 30, 48));
        assert!(councils.0.values().filter(|c| c.platform == "moderngov").all(|c| c.base.is_some()));
        assert!(councils.get("EXE").is_some_and(|c| c.has("html-only")));
    }

    #[test]
    fn a_line_of_the_user_lies_over_ours() {
        let councils =
            with("councils.csv", &format!("{HEAD}ABD,Made up,SCT,scottish,moderngov,https://democracy.madeup.example,\n"))
                .expect("it is right");
        assert_eq!(councils.get("ABD").map(|c| c.name.as_str()), Some("Made up"));
        assert!(councils.get("ABE").is_some());
    }

    #[test]
    fn wrong_lines_are_told() {
        for (file, text, expect) in [
            ("councils.csv", format!("{HEAD}A B,Made up,SCT,scottish,other,,\n"), "not a council code"),
            ("councils.csv", format!("{HEAD}AAA,Made up,FRA,scottish,other,,\n"), "FRA"),
            ("councils.csv", format!("{HEAD}AAA,Made up,ENG,district,moderngov,ftp://a.example,\n"), "http"),
            ("councils.csv", format!("{HEAD}AAA,Made up,ENG,district,other,,soon\n"), "2023-03-31"),
            ("councils.csv", format!("{HEAD}AAA,Made up\n"), "fields"),
            ("council-quirks.csv", "council_code,quirk,detail\n???,slow,x\n".to_owned(), "not in councils.csv"),
        ] {
            let error = with(file, &text).expect_err("it is wrong");
            assert_eq!(error.file, file);
            assert!(error.what.contains(expect), "{}", error.what);
        }
    }
}
