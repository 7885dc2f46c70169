//! The documents of a copy of the record of abuse.

use jiff::civil::{date, time};
use proptest::prelude::*;
use scraper::{Html, Selector};
use unlisted_model::Secret;
use unlisted_model::incident::{Account, Clock, Entry, EntryKind, Evidence, EvidenceKind, Reported};
use unlisted_reporter::Words;
use unlisted_reporter::bundle::{self, Audience, Bundle};

use crate::config;

fn clock(minute: i8) -> Clock {
    let now = jiff::tz::Offset::UTC.to_timestamp(date(2026, 11, 25).at(14, minute, 0, 0)).expect("a moment");
    Clock { now, local_offset: Some(0), off_by: Some(120) }
}

fn secret(text: &str) -> Option<Secret> {
    Some(Secret::new(text))
}

fn entry(number: u32, incident: u32, kind: EntryKind, account: Account, files: Vec<Evidence>) -> Entry {
    let at = i8::try_from(number).expect("a small number");
    let byte = u8::try_from(number).expect("a small number");
    Entry {
        number,
        incident,
        kind,
        clock: clock(at),
        account,
        files,
        previous: [byte - 1; 32],
        raw: b"{}".to_vec(),
        sha256: [byte; 32],
    }
}

fn evidence(name: &str, kind: EvidenceKind, ending: &str) -> Evidence {
    Evidence { name: Secret::new(name), kind, ending: ending.to_owned(), length: 1234, sha256: [7; 32] }
}

fn record() -> Vec<Entry> {
    let told = Account {
        what: secret("threat by e-mail"),
        on: Some(date(2026, 11, 24)),
        at: Some(time(14, 30, 0, 0)),
        place: secret("Shoutbook"),
        page: secret("https://shout.example/p/1"),
        account: secret("shouter"),
        words: secret("first line\nsecond line"),
        witness: secret("a neighbour"),
        violence: Some(true),
        fixated: Some(false),
        reported: vec![Reported {
            to: Secret::new("police"),
            reference: secret("CR/123"),
            on: Some(date(2026, 11, 25)),
            chase: None,
        }],
        ..Account::default()
    };
    let files = vec![evidence("shot.png", EvidenceKind::Picture, "png"), evidence("page.html", EvidenceKind::SavedPage, "html")];
    let later = Account { what: secret("a reply came"), ..Account::default() };
    let export = EntryKind::Export { audience: "police".to_owned(), sums: [9; 32] };
    vec![
        entry(1, 1, EntryKind::Incident, told, files),
        entry(2, 2, EntryKind::Incident, Account { what: secret("a call"), ..Account::default() }, vec![]),
        entry(3, 1, EntryKind::Addition { to: 1 }, later, vec![]),
        entry(4, 0, export, Account::default(), vec![]),
    ]
}

fn with<T>(chain: &[Entry], audience: Audience, f: impl Fn(&Bundle<'_>) -> T) -> T {
    let words: Words = config::words();
    let entries: Vec<&Entry> = chain.iter().filter(|e| audience.gets_entry(e, &[])).collect();
    f(&Bundle {
        name: "record-2026-11-25-1",
        made: clock(30),
        version: "0.0.0",
        audience,
        by: Some("Amina Rose Castle"),
        entries: &entries,
        chain,
        faults: &[],
        lost: &[],
        words: &words,
    })
}

#[test]
fn the_statement_of_method_reads_well() {
    insta::assert_snapshot!("method.txt", with(&record(), Audience::Police, bundle::method));
}

#[test]
fn a_record_with_faults_is_not_called_complete() {
    let (chain, words) = (record(), config::words());
    let entries: Vec<&Entry> = chain.iter().filter(|e| Audience::Police.gets_entry(e, &[])).collect();
    let faults = ["Entry 2 is damaged.".to_owned()];
    let none: [String; 0] = [];
    let method = |faults: &[String]| {
        bundle::method(&Bundle {
            name: "record-2026-11-25-1",
            made: clock(30),
            version: "0.0.0",
            audience: Audience::Police,
            by: None,
            entries: &entries,
            chain: &chain,
            faults,
            lost: &[],
            words: &words,
        })
    };
    let complete = words.get("bundle-method.out-nothing");
    assert!(method(&none).contains(&*complete), "a note of a copy is nothing that is left out");
    let damaged = method(&faults);
    assert!(!damaged.contains(&*complete) && damaged.contains("Entry 2 is damaged."), "{damaged}");
}

#[test]
fn the_page_reads_well() {
    let page = with(&record(), Audience::Police, bundle::page);
    let body = page.split_once("<body>").expect("a body").1.replace("><", ">\n<");
    insta::assert_snapshot!("record.html", body);
}

#[test]
fn the_tables_are_as_spreadsheets_want_them() {
    insta::assert_snapshot!("record.csv", with(&record(), Audience::Police, bundle::table).replace('\r', "␍"));
    insta::assert_snapshot!("chain.csv", with(&record(), Audience::Police, bundle::chain_table).replace('\r', "␍"));
}

#[test]
fn no_text_is_missing_from_the_catalogue() {
    for audience in Audience::ALL {
        for text in [
            with(&record(), audience, bundle::page),
            with(&record(), audience, bundle::method),
            with(&record(), audience, bundle::table),
        ] {
            assert!(!text.contains('⟨'), "{text}");
        }
    }
    let list = bundle::list(&record(), &config::words()).join("\n");
    assert!(!list.contains('⟨') && list.contains("shout.example"), "{list}");
}

#[test]
fn the_list_shows_no_words() {
    let list = bundle::list(&record(), &config::words()).join("\n");
    for not in ["first line", "threat", "shouter", "neighbour", "CR/123", "/p/1"] {
        assert!(!list.contains(not), "{not}: {list}");
    }
}

#[test]
fn names_of_files_open_nothing() {
    let name = |kind, ending: &str| bundle::file_name(12, 1, &evidence("x", kind, ending));
    assert_eq!(name(EvidenceKind::Picture, "png"), "files/0012-2.png");
    assert_eq!(name(EvidenceKind::SavedPage, "html"), "files/0012-2.html.txt");
    assert_eq!(name(EvidenceKind::Document, "svg"), "files/0012-2.svg.txt");
    assert_eq!(name(EvidenceKind::Other, "exe"), "files/0012-2.exe.txt");
    assert_eq!(name(EvidenceKind::Other, "../../x"), "files/0012-2.x.txt");
    assert_eq!(name(EvidenceKind::Other, ""), "files/0012-2.bin");
}

fn hostile(text: &str) -> Vec<Entry> {
    let t = || secret(text);
    let account = Account {
        what: t(),
        place: t(),
        page: t(),
        account: t(),
        profile: t(),
        words: t(),
        witness: t(),
        effect: t(),
        reported: vec![Reported { to: Secret::new(text), reference: t(), on: None, chase: None }],
        ..Account::default()
    };
    vec![entry(1, 1, EntryKind::Incident, account, vec![evidence(text, EvidenceKind::Picture, "png")])]
}

/// Nothing live, nothing that turns text round, nothing that a spreadsheet calculates.
fn check_harmless(text: &str) {
    let chain = hostile(text);
    let page = with(&chain, Audience::Police, bundle::page);
    let html = Html::parse_document(&page);
    let count = |css: &str| html.select(&Selector::parse(css).expect("a selector")).count();
    assert_eq!(
        count("script, iframe, object, embed, form, link, base, svg, math, video, audio, a[href]:not([href^='#incident-'])"),
        0,
        "{text:?}"
    );
    assert_eq!((count("img"), count("style"), count("img[src='files/0001-1.png']")), (1, 1, 1), "{text:?}");
    for element in html.select(&Selector::parse("*").expect("a selector")) {
        assert!(element.value().attrs().all(|(name, _)| !name.starts_with("on") && name != "style"), "{text:?}");
    }
    let table = with(&chain, Audience::Police, bundle::table);
    let shown = bundle::text(1, &[&chain[0]], &config::words());
    for document in [&page, &table, &shown] {
        assert!(
            !document
                .chars()
                .any(|c| matches!(c, '\u{1b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\0' | '\u{9b}')),
            "{text:?}"
        );
    }
    for cell in cells(&table) {
        let first = cell.trim_start().chars().next();
        assert!(!first.is_some_and(|c| "=+-@＝＋－＠".contains(c)), "{text:?}: {cell:?}");
    }
}

/// The cells of a table, read by the rules and nothing else: every cell in quotes, rows ended by CRLF.
fn cells(table: &str) -> Vec<String> {
    let mut out = vec![];
    let mut rest = table.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    while !rest.is_empty() {
        rest = rest.strip_prefix('"').expect("a cell begins with a quote");
        let mut cell = String::new();
        loop {
            let (part, after) = rest.split_once('"').expect("a cell ends with a quote");
            cell.push_str(part);
            rest = after;
            match rest.strip_prefix('"') {
                Some(after) => {
                    cell.push('"');
                    rest = after;
                }
                None => break,
            }
        }
        out.push(cell);
        rest = rest.strip_prefix(',').or_else(|| rest.strip_prefix("\r\n")).expect("a comma or the end of the row");
    }
    out
}

#[test]
fn hostile_words_do_nothing() {
    for text in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</style><svg onload=alert(1)>",
        "javascript:alert(1)",
        "https://shout.example/\"onmouseover=\"alert(1)",
        "=HYPERLINK(\"http://x.example\")",
        "+44 7700 900123",
        "-1+1|cmd",
        "@SUM(A1)",
        "  =1+1",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "\u{200b}=1+1",
        "\u{feff}=1",
        "＝1+1",
        "\u{202e}txt.exe",
        "\u{1b}]0;title\u{7}\u{1b}[2J",
        "\u{9b}31m",
        "\"quoted\", \"cells\"\r\n\"next\"",
        "{number} {gap}",
        "\0",
        "",
    ] {
        check_harmless(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_words_do_anything(text in "[\\PC=+@<>\"'&\u{1b}\u{202e}\n\r\t-]{0,40}") {
        check_harmless(&text);
    }
}

#[test]
fn a_long_text_stays_whole() {
    let long = "word ".repeat(13_000);
    let page = with(&hostile(&long), Audience::Police, bundle::page);
    assert!(page.contains(long.trim_end()));
}
