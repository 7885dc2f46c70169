//! The rows of severity and of removal hints keep their rules.

use std::collections::BTreeSet;

use jiff::civil::Date;
use unlisted_model::identifier::Kind;
use unlisted_model::severity::Severity;

use crate::config;

fn rows() -> Vec<toml::Table> {
    let table: toml::Table = config::text("severity.toml").parse().expect("severity.toml is TOML");
    table["rows"].as_array().expect("rows").iter().map(|r| r.as_table().expect("a row").clone()).collect()
}

#[test]
fn each_kind_has_one_severity_row_and_a_part_is_never_worse_than_the_whole() {
    let mut seen = BTreeSet::new();
    for row in rows() {
        let kind = Kind::parse(row["kind"].as_str().expect("a kind")).expect("a known kind");
        assert!(seen.insert(kind), "{kind:?} twice");
        let level = |key: &str| Severity::parse(row[key].as_str().expect("a level")).expect("a known level");
        assert!(level("partial") <= level("whole") && level("unsupplied") <= level("whole"), "{kind:?}");
        assert!(row.get("source").is_some_and(|s| s.as_str().is_some_and(|s| !s.is_empty())));
    }
    assert_eq!(seen.len(), Kind::ALL.len());
}

#[test]
fn a_home_address_is_for_today() {
    let home = rows().into_iter().find(|r| r["kind"].as_str() == Some("home-address")).expect("a row");
    assert_eq!((home["whole"].as_str(), home["partial"].as_str()), (Some("critical"), Some("high")));
}

#[test]
fn hostile_words_do_not_stand_on_harmless_pages() {
    let table: toml::Table = config::text("severity.toml").parse().expect("severity.toml is TOML");
    let words: Vec<&str> = table["hostile-words"].as_array().expect("words").iter().filter_map(|w| w.as_str()).collect();
    let hostile = |text: &str| words.iter().any(|w| text.contains(w));
    for text in [
        "we know where you live, amina",
        "somebody should pay her a visit",
        "she is a traitor",
        "i will kill you",
        "here's her address",
    ] {
        assert!(hostile(text), "{text}");
    }
    for text in [
        "olympic torch relay through northgate",
        "a photo shoot with the mayor",
        "acid rain monitoring",
        "volunteers helped to kill weeds",
        "pay a visit to our new library",
        "councillor announces a pronounced change",
        "visit her surgery on saturday",
        "the burned down pub will be rebuilt",
        "hang them on the notice board",
        "share this page",
        "scunthorpe town council",
    ] {
        assert!(!hostile(text), "{text}");
    }
    assert!(words.iter().all(|w| *w == w.to_lowercase() && w.trim() == *w));
}

#[test]
fn each_hint_is_whole_and_dated() {
    let routes = config::routes();
    assert!(routes.len() >= 12);
    for route in &routes {
        assert!(!route.title.is_empty() && !route.steps.is_empty() && route.steps.len() <= 6, "{}", route.id);
        assert!((1..=6).contains(&route.stage), "{}", route.id);
        assert!((1..=60).contains(&route.minutes), "{}", route.id);
        assert!(!route.does_not_remove.is_empty() && !route.source.is_empty(), "{}", route.id);
        assert!(route.verified == "unverified" || route.verified.parse::<Date>().is_ok(), "{}", route.id);
        assert!(route.hosts.iter().all(|h| *h == h.to_lowercase() && !h.contains('/')), "{}", route.id);
    }
}

#[test]
fn one_general_hint_fits_everything() {
    let general: Vec<_> = config::routes()
        .into_iter()
        .filter(|r| r.hosts == ["*"] && r.path_hints.is_empty() && r.kinds.is_empty() && r.sources.is_empty())
        .map(|r| r.id)
        .collect();
    assert_eq!(general, ["letter"]);
}

#[test]
fn the_council_hint_names_all_five_pages() {
    let routes = config::routes();
    let council = routes.iter().find(|r| r.id == "council-moderngov").expect("the row");
    let steps = council.steps.join(" ");
    for page in ["profile", "list of councillors", "mailing list", "register of interests", "data service", "monitoring officer"]
    {
        assert!(steps.contains(page), "{page}");
    }
    assert!(routes.iter().all(|r| !r.sources.iter().any(|s| s == "searxng")), "a search is no place to ask for removal");
}
