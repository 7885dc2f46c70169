//! Every fault has its text in the catalogue, and every word that fills a gap has one too.

use std::collections::BTreeSet;

use crate::{ChainFault, StoreError};

/// The keys of a section with their texts.
fn section(name: &str) -> Vec<(String, String)> {
    let catalogue = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/words.en.toml")).expect("reads");
    let (_, rest) = catalogue.split_once(&format!("\n[{name}]\n")).expect("the section is there");
    let lines = rest.lines().take_while(|line| !line.starts_with('['));
    let pairs = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
    pairs.map(|(key, text)| (key.to_owned(), text.to_owned())).collect()
}

fn all() -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    use StoreError as E;
    let errors = [
        E::WrongKey,
        E::OtherUnlock { made_with: "a-passphrase" },
        E::NewerVersion { found: 3, known: 2 },
        E::NewerRecord,
        E::InUse,
        E::Damaged("a-row"),
        E::Full,
        E::ReadOnly,
        E::Io { doing: "open-its-file", why: "it-is-in-use" },
        E::Database(1),
        E::KeyFileMissing,
        E::BadKeyFile("it-is-too-short"),
        E::EmptyPassphrase,
        E::NoKeyring("it-is-locked"),
        E::KeyringLost,
        E::PersonKeyLost,
        E::KeyNotDestroyed,
        E::UnknownSubject,
        E::RunOpen,
        E::NotOfThisRun,
        E::NotInWork(1),
        E::Ended,
        E::NoRandomness,
        E::Unwritable,
        E::UnknownIncident(1),
        E::FileTooLarge { limit: 1 },
        E::EntryTooLarge { limit: 1 },
        E::TooManyFiles { limit: 1 },
        E::TooLong { limit: 1 },
        E::TooManyReports { limit: 1 },
        E::NoSuchEvidence,
        E::EvidenceDamaged,
        E::CopyNotWritten { why: "the-disk-is-full" },
    ];
    let faults = [
        ChainFault::EndUnknown,
        ChainFault::CutOff { last: 1, written: 2 },
        ChainFault::Missing { number: 1 },
        ChainFault::Unreadable { number: 1 },
        ChainFault::NotChained { number: 1 },
        ChainFault::BeyondEnd { number: 1 },
        ChainFault::Foreign,
        ChainFault::More { count: 1 },
        ChainFault::EndMended { number: 1 },
        ChainFault::FileMissing { number: 1, file: 1 },
        ChainFault::FileDamaged { number: 1, file: 1 },
    ];
    let errors = errors.iter().map(|error| (error.key(), error.gaps()));
    errors.chain(faults.iter().map(|fault| (fault.key(), fault.gaps()))).collect()
}

#[test]
fn every_fault_has_its_text_with_its_gaps_and_no_text_is_idle() {
    let texts = section("error-store");
    for (key, text) in &texts {
        let known = all().into_iter().find(|(known, _)| known.strip_prefix("error-store.") == Some(key));
        let (_, gaps) = known.unwrap_or_else(|| panic!("{key} belongs to no fault"));
        let used: BTreeSet<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        let filled: BTreeSet<&str> = gaps.iter().map(|(gap, _)| *gap).collect();
        // Numbers of formats mean nothing to people; every other value is told.
        let told = filled.iter().all(|gap| used.contains(gap)) || key == "newer-version";
        assert!(used.is_subset(&filled) && told, "{key}: {used:?} of {filled:?}");
    }
    assert_eq!(texts.len(), all().len());
}

/// Every word in kebab case that stands in the code of this room is in the catalogue, and the other way round.
#[test]
fn every_word_of_a_fault_has_its_text() {
    let known: BTreeSet<String> = section("error-word").into_iter().map(|(key, _)| key).collect();
    let mut code = String::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for path in super::files(&folder) {
            if path.is_dir() && path.file_name() != Some("tests".as_ref()) {
                folders.push(path);
            } else if path.is_file() {
                code.push_str(&std::fs::read_to_string(path).expect("reads"));
            }
        }
    }
    for word in &known {
        assert!(code.contains(&format!("\"{word}\"")), "{word} is not used");
    }
    for door in ["Damaged(\"", "BadKeyFile(\"", "NoKeyring(\"", "io(\"", "doing: \"", "why: \""] {
        for rest in code.split(door).skip(1) {
            let word = rest.split('"').next().expect("a word");
            assert!(known.contains(word), "{word} has no text");
        }
    }
    let own = include_str!("../error.rs");
    let (_, whys) = own.split_once("fn why(").expect("it is there");
    let (whys, _) = whys.split_once("\n}\n").expect("it ends");
    assert!(whys.split('"').skip(1).step_by(2).all(|word| known.contains(word)));
}

#[test]
fn in_logs_words_are_english() {
    let shown = |error: StoreError| error.to_string();
    assert!(shown(StoreError::Damaged("its-first-lines")).contains("damaged (its first lines)"));
    assert!(
        shown(StoreError::Io { doing: "open-its-lock", why: "it-is-in-use" }).contains("could not open its lock (it is in use)")
    );
}
