//! Police forces and the force of each council, from `forces.csv` and `council-force.csv`.

use std::collections::BTreeMap;

use serde::Deserialize;
use unlisted_model::{CouncilForce, Councils, Force, Forces, Nation};
use url::Url;

use super::councils::{lines, wrong};
use super::{ConfigError, Files};

const FORCES: &str = "forces.csv";
const COUNCILS: &str = "council-force.csv";

/// One line of `forces.csv`; its notes and source are for whoever keeps the file.
#[derive(Deserialize)]
struct ForceRow {
    force_id: String,
    name: String,
    nation: String,
    website: String,
    report_online_url: String,
    emergency: String,
    non_emergency: String,
    confidence: f64,
}

/// One line of `council-force.csv`.
#[derive(Deserialize)]
struct CouncilRow {
    council_code: String,
    force_id: String,
    note: String,
}

/// The shipped tables with the user's lines laid over them, force by force and council by council.
pub(super) fn load(files: &Files, councils: &Councils) -> Result<Forces, ConfigError> {
    let mut forces = Forces::default();
    for (text, may_replace) in [(Files::ours(FORCES).map(str::to_owned), false), (files.users(FORCES)?, true)] {
        for row in lines::<ForceRow>(FORCES, text.as_deref().unwrap_or_default())? {
            let force = force(row)?;
            put(FORCES, &mut forces.forces, force.id.clone(), force, may_replace)?;
        }
    }
    for (text, may_replace) in [(Files::ours(COUNCILS).map(str::to_owned), false), (files.users(COUNCILS)?, true)] {
        for row in lines::<CouncilRow>(COUNCILS, text.as_deref().unwrap_or_default())? {
            let code = row.council_code;
            if councils.get(&code).is_none() {
                return Err(wrong(COUNCILS, format!("the council `{code}` is not in councils.csv")));
            }
            if !forces.forces.contains_key(&row.force_id) {
                return Err(wrong(COUNCILS, format!("the force `{}` of `{code}` is not in {FORCES}", row.force_id)));
            }
            put(COUNCILS, &mut forces.of_council, code, CouncilForce { force: row.force_id, note: row.note }, may_replace)?;
        }
    }
    Ok(forces)
}

fn put<T>(file: &str, rows: &mut BTreeMap<String, T>, id: String, row: T, may_replace: bool) -> Result<(), ConfigError> {
    let told = id.clone();
    if rows.insert(id, row).is_some() && !may_replace {
        return Err(wrong(file, format!("`{told}` stands twice")));
    }
    Ok(())
}

fn force(row: ForceRow) -> Result<Force, ConfigError> {
    let id = row.force_id;
    let bad = |what: &str| Err(wrong(FORCES, format!("the force `{id}`: {what}")));
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Err(wrong(FORCES, format!("`{id}` is not a force_id (small letters, digits and hyphens)")));
    }
    if row.name.is_empty() {
        return bad("it has no name");
    }
    if !row.nation.is_empty() && Nation::parse(&row.nation).is_none() {
        return bad("`nation` must be ENG, WLS, SCT, NIR or empty");
    }
    let Some(website) = secure(&row.website) else {
        return bad("`website` must begin with https:// and hold no password");
    };
    let report_online = match row.report_online_url.as_str() {
        "" => None,
        text => match secure(text) {
            Some(url) => Some(url),
            None => return bad("`report_online_url` must be empty or begin with https:// and hold no password"),
        },
    };
    if [&row.emergency, &row.non_emergency].into_iter().any(|n| !is_number(n)) {
        return bad("a telephone number must hold digits and spaces only");
    }
    if !(0.0..=1.0).contains(&row.confidence) {
        return bad("`confidence` must be from 0 to 1");
    }
    Ok(Force {
        id,
        name: row.name,
        nation: row.nation,
        website,
        report_online,
        emergency: row.emergency,
        non_emergency: row.non_emergency,
        confidence: row.confidence,
    })
}

fn secure(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    (url.scheme() == "https" && url.username().is_empty() && url.password().is_none()).then_some(url)
}

fn is_number(text: &str) -> bool {
    text.len() >= 3 && text.bytes().all(|b| b.is_ascii_digit() || b == b' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::councils;

    fn with(file: &str, text: &str) -> Result<Forces, ConfigError> {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join(file), text).expect("a file");
        let files = Files { user: Some(dir.path().to_owned()) };
        load(&files, &councils::load(&files)?)
    }

    fn shipped() -> (Forces, Councils) {
        let files = Files { user: None };
        let councils = councils::load(&files).expect("the shipped table is right");
        (load(&files, &councils).expect("the shipped tables are right"), councils)
    }

    const FORCE_HEAD: &str = "force_id,name,nation,website,report_online_url,emergency,non_emergency,notes,confidence,source\n";
    const COUNCIL_HEAD: &str = "council_code,council_name,force_id,confidence,note,remark\n";

    /// That a council stands twice is refused on reading, so each has exactly one row when it has any.
    #[test]
    fn each_current_council_has_a_whole_force_of_its_nation() {
        let (forces, councils) = shipped();
        let current: Vec<_> = councils.0.values().filter(|c| c.ended.is_none()).collect();
        assert!(current.len() >= 384, "{}", current.len());
        for council in &current {
            let (force, _) = forces.of_council(&council.code).unwrap_or_else(|| panic!("{} has no force", council.code));
            assert!(!force.name.is_empty() && force.website.host_str().is_some(), "{}", force.id);
            assert_eq!((force.emergency.as_str(), force.non_emergency.as_str()), ("999", "101"), "{}", force.id);
            assert_eq!(force.nation, council.nation, "{} falls to {}", council.code, force.id);
            match council.nation.as_str() {
                "SCT" => assert_eq!(force.id, "police-scotland"),
                "NIR" => assert_eq!(force.id, "northern-ireland"),
                "WLS" => assert!(["dyfed-powys", "gwent", "north-wales", "south-wales"].contains(&force.id.as_str())),
                _ => {}
            }
            let made_up = council.code == "ZNG";
            assert_eq!(force.id == "made-up-force", made_up, "{}", council.code);
            assert!(made_up || force.website.host_str().is_some_and(|h| h.ends_with(".police.uk")), "{}", force.id);
        }
        assert!(forces.of_council.keys().all(|code| councils.get(code).is_some_and(|c| c.ended.is_none())));
    }

    #[test]
    fn each_force_but_the_railways_has_a_council() {
        let (forces, _) = shipped();
        let used: Vec<&str> = forces.of_council.values().map(|c| c.force.as_str()).collect();
        let idle: Vec<&str> = forces.forces.keys().map(String::as_str).filter(|id| !used.contains(id)).collect();
        assert_eq!(idle, ["btp"]);
    }

    /// Held against what is known of each place, not against the table.
    #[test]
    fn places_at_the_edge_have_the_force_that_people_there_call() {
        let (forces, councils) = shipped();
        for (name, force) in [
            ("Bolsover", "derbyshire"),
            ("Boston", "lincolnshire"),
            ("Darlington", "durham"),
            ("Hartlepool", "cleveland"),
            ("Stockton-on-Tees", "cleveland"),
            ("High Peak", "derbyshire"),
            ("Bassetlaw", "nottinghamshire"),
            ("Bromsgrove", "west-mercia"),
            ("Redditch", "west-mercia"),
            ("Herefordshire", "west-mercia"),
            ("Telford", "west-mercia"),
            ("Solihull", "west-midlands"),
            ("Coventry", "west-midlands"),
            ("Tamworth", "staffordshire"),
            ("Newcastle-under-Lyme", "staffordshire"),
            ("Newcastle City", "northumbria"),
            ("Northumberland", "northumbria"),
            ("Halton", "cheshire"),
            ("Warrington", "cheshire"),
            ("West Lancashire", "lancashire"),
            ("Wyre Forest", "west-mercia"),
            ("North Lincolnshire", "humberside"),
            ("North East Lincolnshire", "humberside"),
            ("East Riding", "humberside"),
            ("South Gloucestershire", "avon-and-somerset"),
            ("North Somerset", "avon-and-somerset"),
            ("Rutland", "leicestershire"),
            ("Epping Forest", "essex"),
            ("Broxbourne", "hertfordshire"),
            ("Spelthorne", "surrey"),
            ("Epsom and Ewell", "surrey"),
            ("Thurrock", "essex"),
            ("Medway", "kent"),
            ("Milton Keynes", "thames-valley"),
            ("Slough", "thames-valley"),
            ("Luton", "bedfordshire"),
            ("Peterborough", "cambridgeshire"),
            ("Swindon", "wiltshire"),
            ("Isle of Wight", "hampshire"),
            ("Isles of Scilly", "devon-and-cornwall"),
            ("Brighton", "sussex"),
            ("City of York", "north-yorkshire"),
            ("City of London", "city-of-london"),
            ("Westminster", "metropolitan"),
            ("Bromley", "metropolitan"),
            ("Powys", "dyfed-powys"),
            ("Caerphilly", "gwent"),
            ("Wrexham", "north-wales"),
            ("Swansea", "south-wales"),
            ("Orkney", "police-scotland"),
            ("Belfast", "northern-ireland"),
        ] {
            let mut found: Vec<&str> = councils
                .0
                .values()
                .filter(|c| c.ended.is_none() && c.name.contains(name) && c.code != "ZNG")
                .filter(|c| !(name == "Herefordshire" && c.name.contains("District")))
                .filter_map(|c| forces.of_council(&c.code).map(|(f, _)| f.id.as_str()))
                .collect();
            found.dedup();
            assert_eq!(found, [force], "{name}");
        }
    }

    #[test]
    fn notes_name_the_second_force() {
        let (forces, _) = shipped();
        for code in ["GLA", "CMD", "HCK", "ISL", "TWH", "WSM", "SWK"] {
            let (force, note) = forces.of_council(code).expect("a row");
            assert!(force.id == "metropolitan" && note.contains("City of London Police"), "{code}: {note}");
        }
        // What only the keepers of the file need is not shown.
        assert_eq!(forces.of_council("BOT").map(|(_, note)| note), Some(""));
        for (code, row) in &forces.of_council {
            let note = &row.note;
            assert!(note.is_empty() || note.ends_with('.') && note.split_whitespace().count() <= 25, "{code}: {note}");
        }
    }

    #[test]
    fn a_line_of_the_user_lies_over_ours() {
        let text = format!("{FORCE_HEAD}kent,Made up,ENG,https://made-up.example/,,999,101,,1,\n");
        let forces = with(FORCES, &text).expect("it is right");
        assert_eq!(forces.of_council("ASF").map(|(f, _)| f.name.as_str()), Some("Made up"));
        let forces = with(COUNCILS, &format!("{COUNCIL_HEAD}ASF,Ashford,sussex,1,A note.,\n")).expect("it is right");
        assert_eq!(forces.of_council("ASF").map(|(f, note)| (f.id.as_str(), note)), Some(("sussex", "A note.")));
    }

    #[test]
    fn wrong_lines_are_told() {
        let force = |line: &str| (FORCES, format!("{FORCE_HEAD}{line}\n"));
        let council = |line: &str| (COUNCILS, format!("{COUNCIL_HEAD}{line}\n"));
        for ((file, text), expect) in [
            (force("A Force,X,ENG,https://a.example/,,999,101,,1,"), "force_id"),
            (force("a,,ENG,https://a.example/,,999,101,,1,"), "`a`: it has no name"),
            (force("a,X,FRA,https://a.example/,,999,101,,1,"), "nation"),
            (force("a,X,ENG,http://a.example/,,999,101,,1,"), "website"),
            (force("a,X,ENG,,,999,101,,1,"), "website"),
            (force("a,X,ENG,https://a.example/,http://a.example/,999,101,,1,"), "report_online_url"),
            (force("a,X,ENG,https://me:you@a.example/,,999,101,,1,"), "website"),
            (force("a,X,ENG,https://a.example/,,999,,,1,"), "number"),
            (force("a,X,ENG,https://a.example/,,nine,101,,1,"), "number"),
            (force("a,X,ENG,https://a.example/,,999,101,,2,"), "confidence"),
            (force("a,X,ENG,https://a.example/,,999,101,,NaN,"), "confidence"),
            (force("a,X"), "fields"),
            (council("???,X,kent,1,,"), "not in councils.csv"),
            (council("ASF,X,nowhere,1,,"), "not in forces.csv"),
            (council("ASF"), "fields"),
        ] {
            let error = with(file, &text).expect_err(&text);
            assert_eq!(error.file, file);
            assert!(error.what.contains(expect), "{}", error.what);
        }
    }
}
