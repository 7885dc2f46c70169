//! `vault forget`: nothing of the person is left, everything of the others is.

use std::fs;

use unlisted_web::demo::DemoWeb;

use crate::people;
use crate::program::Place;

/// The sealed bytes of a locked store: enough of each record to know it again.
fn sealed(place: &Place) -> Vec<Vec<u8>> {
    let copy = place.path("copy");
    fs::create_dir_all(&copy).expect("a folder");
    for file in place.files(&[]).iter().filter(|f| f.starts_with(place.path("vault"))) {
        fs::copy(file, copy.join(file.file_name().expect("a name"))).expect("a copy");
    }
    let db = rusqlite::Connection::open(copy.join("vault.db")).expect("SQLite reads it");
    let mut out = vec![];
    for (table, column) in [
        ("person", "key"),
        ("person", "name"),
        ("person", "file"),
        ("person", "tag"),
        ("finding", "body"),
        ("outcome", "body"),
        ("ledger", "body"),
        ("run", "body"),
        ("robots", "body"),
        ("note", "body"),
    ] {
        let mut rows = db.prepare(&format!("SELECT {column} FROM {table} WHERE {column} IS NOT NULL")).expect("a table");
        let blobs = rows.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect("rows");
        out.extend(blobs.map(|b| b.expect("a blob").into_iter().rev().take(16).rev().collect::<Vec<u8>>()));
    }
    drop(db);
    fs::remove_dir_all(&copy).expect("the copy goes");
    assert!(out.len() > 6, "{} records", out.len());
    out
}

fn left(place: &Place, records: &[Vec<u8>]) -> usize {
    let files = place.files(&["config", "subject.toml", "out", "given"]);
    let bytes: Vec<Vec<u8>> = files.iter().map(|f| fs::read(f).expect("a file")).collect();
    records.iter().filter(|r| bytes.iter().any(|b| b.windows(r.len()).any(|w| w == r.as_slice()))).count()
}

#[test]
fn a_forgotten_person_is_in_no_file() {
    let (place, web) = (Place::new(), DemoWeb::start(0).expect("a port"));
    let amina = people::demo();
    let other = people::dated(include_str!("../../fixtures/people/namesake.toml"), people::today(), people::today());
    let page = place.write(
        "given/page.html",
        "<!doctype html><p>Amina Castle, Mereside, 07700 900123. Amina Jane Castle, Northgate, 07700 900678.</p>",
    );
    let check = |person: &str| {
        let ran = place
            .check(person)
            .web(&web)
            .vault()
            .json()
            .args(&["--only-given", "--url", "https://letters.northgate-views.example/2025/11/bus-cuts.html", "--file"])
            .arg(&page)
            .run()
            .code(0);
        ran.report()
    };
    let others = check(&other);
    let before = sealed(&place);
    check(&amina);
    let all = sealed(&place);
    let hers: Vec<Vec<u8>> = all.iter().filter(|r| !before.contains(r)).cloned().collect();
    assert!(hers.len() > 6 && left(&place, &hers) == hers.len(), "her records are there to be deleted");
    let vault = |words: &[&str]| place.unlisted(&[&["vault"], words].concat()).vault();
    assert_eq!(vault(&["list"]).run().code(0).out, "amina-castle\namina-j-castle\n");

    // Not without being told twice.
    vault(&["forget", "amina-castle"]).run().code(2).says(&["Nothing was deleted"]);
    let ran = vault(&["forget", "amina-castle", "--yes"]).run().code(0).says(&["amina-castle", "backups"]);
    assert_eq!(crate::needles::Needles::of(&amina).found_in(&ran.err), None);
    assert_eq!(left(&place, &hers), 0, "of {} records", hers.len());
    assert_eq!(vault(&["list"]).run().code(0).out, "amina-j-castle\n");
    place.unlisted(&["report", "amina-castle"]).vault().run().code(2).says(&["nobody"]);
    place.about("report", &amina).vault().run().code(3).says(&["no finished check of this person"]);
    place.about("ledger", &amina).vault().run().code(3);
    vault(&["forget", "amina-castle", "--yes"]).run().code(1).says(&["Nobody with this id"]);

    // The other one is as before, and so is the store.
    let again = place.unlisted(&["report", "amina-j-castle", "--format", "json"]).vault().run().code(0).out;
    crate::reading::equal(&serde_json::from_str(&again).expect("JSON"), &others, "the other person's report");
    check(&amina);
    vault(&["purge"]).run().code(0);
}
