//! Laws: every allowed rewriting of a fact is found, a changed figure never is, and no text makes a scan fail or take long.

mod common;

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use common::{body, person, subject};
use proptest::prelude::*;
use unlisted_detector::{Scanner, normalise, other_names};
use unlisted_model::{Fit, Kind, Scan, Text};

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| Scanner::new(&[person()]));

fn whole(scan: &Scan, kind: Kind) -> bool {
    scan.detections.iter().any(|d| d.kind == kind && d.fact.is_some() && d.fit == Fit::Whole)
}

fn sound(text: &Text, scan: &Scan) -> Result<(), TestCaseError> {
    let mut last = 0;
    for span in scan.detections.iter().map(|d| &d.span) {
        prop_assert!(text.chars.get(span.clone()).is_some_and(|s| !s.is_empty()), "{span:?}");
        prop_assert!(span.start >= last);
        last = span.start;
    }
    last = 0;
    for span in scan.names.iter().map(|n| &n.span) {
        prop_assert!(text.chars.get(span.clone()).is_some_and(|s| !s.is_empty()), "{span:?}");
        prop_assert!(span.start >= last);
        last = span.start;
    }
    prop_assert!(scan.detections.len() <= 5_000 && scan.names.len() <= 5_000);
    Ok(())
}

/// A United Kingdom number of 11 figures from the ranges that nobody has.
fn number() -> impl Strategy<Value = String> {
    (prop_oneof![Just("07700900"), Just("01632960"), Just("02079460")], 0u32..1000)
        .prop_map(|(head, tail)| format!("{head}{tail:03}"))
}

/// The figures in an allowed writing.
fn written(digits: &str, style: usize, gaps: &[usize]) -> String {
    const SEPARATORS: [&str; 7] = ["", " ", "-", ".", "\u{a0}", "\u{2011}", " - "];
    let national = digits.get(1..).unwrap_or_default();
    let head = ["0", "+44", "+44 ", "0044 ", "+44 (0)", "+44(0) ", "(0", "tel:+44"][style % 8];
    let mut out = head.to_owned();
    for (index, c) in national.chars().enumerate() {
        if index == 4 && style % 8 == 6 {
            out.push(')');
        }
        // A gap after the area code and one in the middle.
        if index == 4 || index == 7 {
            out.push_str(SEPARATORS[gaps[index % gaps.len()] % SEPARATORS.len()]);
        }
        out.push(c);
    }
    out
}

fn with_fact(kind: &str, value: &str) -> Scanner {
    Scanner::new(&[subject("somebody", "Somebody Nobody", &[(kind, value)])])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_phone_is_found_in_every_writing(digits in number(), style in 0usize..8, gaps in prop::collection::vec(0usize..7, 2), around in 0usize..5) {
        let scanner = with_fact("phone", &digits);
        let writing = written(&digits, style, &gaps);
        let line = [format!("Call {writing} now"), writing.clone(), format!("({writing})"), format!("T: {writing}."), format!("a {writing}, b")][around].clone();
        prop_assert!(whole(&scanner.scan(&body(&line)), Kind::Phone), "{line}");
        prop_assert_eq!(normalise::phone(&writing), normalise::phone(&digits));
    }

    #[test]
    fn a_changed_figure_is_another_phone(digits in number(), at in 1usize..11, change in 1u8..10, style in 0usize..8, gaps in prop::collection::vec(0usize..7, 2)) {
        let scanner = with_fact("phone", &digits);
        let mut other = digits.clone().into_bytes();
        other[at] = b'0' + (other[at] - b'0' + change) % 10;
        let other = String::from_utf8(other).expect("figures");
        let scan = scanner.scan(&body(&format!("Call {} now", written(&other, style, &gaps))));
        prop_assert!(!scan.detections.iter().any(|d| d.fact.is_some()));
    }

    #[test]
    fn an_email_is_found_in_every_disguise(local in "[a-z][a-z0-9]{2,8}(\\.[a-z]{2,8})?", site in "[a-z]{3,10}", at in 0usize..11, dot in 0usize..7, upper: bool) {
        let address = format!("{local}@{site}.example");
        let scanner = with_fact("email", &address);
        let at = ["@", " @ ", "(at)", " (at) ", "[at]", " [at] ", " at ", "{at}", "%40", " AT ", "_at_"][at];
        let dot = [".", " . ", "(dot)", " [dot] ", " dot ", "[.]", "{dot}"][dot];
        prop_assume!(!(at == " at " && dot == "."  && local.len() < 3));
        let mut line = format!("Write to {local}{at}{site}{dot}example today");
        if upper {
            line = line.to_uppercase();
        }
        prop_assert!(whole(&scanner.scan(&body(&line)), Kind::Email), "{line}");
    }

    #[test]
    fn a_changed_letter_is_another_email(local in "[a-z]{5,9}", site in "[a-z]{5,9}", at in 0usize..5, sign in 0usize..3) {
        let scanner = with_fact("email", &format!("{local}@{site}.example"));
        let mut other = local.clone().into_bytes();
        other[at] = if other[at] == b'z' { b'a' } else { other[at] + 1 };
        let other = String::from_utf8(other).expect("letters");
        let sign = ["@", " (at) ", " at "][sign];
        let scan = scanner.scan(&body(&format!("Write to {other}{sign}{site}.example today")));
        prop_assert!(!scan.detections.iter().any(|d| d.fact.is_some()));
    }

    #[test]
    fn a_postcode_has_one_key(area in "[A-Z]{1,2}", district in "[1-9][0-9]?", inward in "[1-9][ABD-HJLNP-UW-Z]{2}", gap in 0usize..4, lower: bool) {
        let written = format!("{area}{district}{}{inward}", ["", " ", "  ", "-"][gap]);
        let written = if lower { written.to_lowercase() } else { written };
        prop_assert_eq!(normalise::postcode(&written), Some(format!("{area}{district}{inward}")));
    }

    #[test]
    fn an_address_is_found_in_every_writing(number in 1u32..300, letter in prop::option::of("[a-d]"), kind in 0usize..6, style in 0usize..7, parts in 0usize..4, upper: bool) {
        let (long, short) = [("Lane", "Ln"), ("Road", "Rd."), ("Street", "St"), ("Avenue", "Ave"), ("Close", "Cl"), ("Gardens", "Gdns")][kind];
        let house = format!("{number}{}", letter.unwrap_or_default());
        let scanner = with_fact("home-address", &format!("{house} Quillery {long}, Mereside, Northgate ZZ99 4QT"));
        let street = if style % 2 == 0 { long } else { short };
        let comma = [", ", ",", "\n", " "][style % 4];
        let rest = [format!("Mereside{comma}Northgate{comma}ZZ99 4QT"), "Northgate".to_owned(), "ZZ994QT".to_owned(), format!("Mereside{comma}zz99 4qt")][parts].clone();
        let mut line = format!("{house} Quillery {street}{comma}{rest}");
        if upper {
            line = line.to_uppercase();
        }
        let scan = scanner.scan(&body(&line));
        prop_assert!(whole(&scan, Kind::HomeAddress), "{line}: {:?}", scan.detections.len());
    }

    #[test]
    fn another_house_is_never_a_match(number in 1u32..300, other in 1u32..300, parts in 0usize..3, flat in prop::option::of(1u32..9)) {
        prop_assume!(number != other);
        let scanner = with_fact("home-address", &format!("{number} Quillery Lane, Mereside, Northgate ZZ99 4QT"));
        let rest = ["Northgate", "Mereside, Northgate ZZ99 4QT", "ZZ99 4QT"][parts];
        let flat = flat.map_or(String::new(), |f| format!("Flat {f}, "));
        let line = format!("Somebody Nobody, {flat}{other} Quillery Lane, {rest}");
        prop_assert!(!whole(&SCANNER.scan(&body(&line)), Kind::HomeAddress));
        let scan = scanner.scan(&body(&line));
        prop_assert!(!whole(&scan, Kind::HomeAddress), "{line}");
        prop_assert!(scan.detections.iter().any(|d| d.fact.is_some() && d.fit == Fit::OtherNumber), "{line}");
    }

    #[test]
    fn a_birth_date_is_found_in_british_order_only(year in 1940i16..2005, month in 1i8..13, day in 1i8..29, style in 0usize..9) {
        let names = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        let name = names[usize::try_from(month - 1).expect("a month")];
        let scanner = with_fact("date-of-birth", &format!("{year}-{month:02}-{day:02}"));
        let short = name.get(..3).unwrap_or(name);
        let writing = [
            format!("{year}-{month:02}-{day:02}"),
            format!("{day} {name} {year}"),
            format!("{day}th of {name} {year}"),
            format!("{name} {day}, {year}"),
            format!("{day:02}/{month:02}/{year}"),
            format!("{day}.{month}.{:02}", year % 100),
            format!("{day:02} {short} {year}"),
            format!("{day:02}-{month:02}-{year}"),
            format!("{day}/{month}/{year}"),
        ][style].clone();
        prop_assume!(style != 5 || (1930..2030).contains(&year));
        prop_assert!(whole(&scanner.scan(&body(&format!("born {writing} in Northgate"))), Kind::DateOfBirth), "{writing}");
        if day != month {
            let swapped = format!("born {month:02}/{day:02}/{year}");
            prop_assert!(!scanner.scan(&body(&swapped)).detections.iter().any(|d| d.fact.is_some()), "{swapped}");
        }
    }

    #[test]
    fn any_text_is_scanned_soundly(line in "\\PC{0,200}") {
        let text = body(&line);
        sound(&text, &SCANNER.scan(&text))?;
        for range in other_names(&text) {
            prop_assert!(text.chars.get(range).is_some());
        }
    }

    #[test]
    fn pieces_of_facts_in_any_order_are_scanned_soundly(pieces in prop::collection::vec(0usize..36, 0..40)) {
        const PIECES: [&str; 36] = [
            "14", " ", "Mill", "Lane", ",", "\n", "Northgate", "ZZ99", "4QT", "Amina", "Castle", "CASTLE", "Rose", "-", "’s", "Flat", "2/1", "@", " at ",
            " dot ", "mail", ".example", "07700", "900123", "+44", "(0)", "é", "\u{200b}", "9", "March", "1984", "born", "/", "日本", "Cllr", "A.",
        ];
        let mut text = Text::default();
        for (group, line) in pieces.iter().map(|p| PIECES[*p]).collect::<String>().split('\n').enumerate() {
            text.push(unlisted_model::Role::Cell, None, group as u32 / 2, unlisted_model::About::Unknown, line, 0);
        }
        sound(&text, &SCANNER.scan(&text))?;
    }
}

#[test]
fn hostile_pages_take_bounded_time() {
    let mega = |unit: &str| unit.repeat((1 << 20) / unit.len() + 1);
    for unit in [
        "1",
        "1 ",
        "0",
        "07700 ",
        "@",
        "a@",
        "@a.b",
        "A",
        "A ",
        "at ",
        "at a dot ",
        "Castle ",
        "Castle, ",
        "CASTLE Amina ",
        "Amina ",
        "Amina Rose ",
        "Cllr Castle ",
        "Mill Lane ",
        "14 Mill Lane ",
        "14 Mill Lane, ZZ99 4QT ",
        "ZZ99 4QT ",
        "Flat ",
        "2/1 ",
        "1984-03-09 ",
        "9 March ",
        "born 9 March 1984 ",
        "'+'",
        "%40",
        "%",
        "\\u0040",
        "amina_reads ",
        "amina_",
        "QQ 12 34 56 C ",
        "12345678 00-11-22 ",
        "O'",
        "é",
        "日",
        "\u{200b}",
        "A. ",
        "oh ",
        "zero one ",
        "double ",
        "Road ",
        "A Road ",
        "1 A Road ",
        "email-protection#42",
        "&#64;",
        "(at)",
        "a(at)b[dot]c ",
        "Tomasz ",
        "St ",
        "..",
        "--",
        "\n",
    ] {
        let text = body(&mega(unit));
        let start = Instant::now();
        let scan = SCANNER.scan(&text);
        let took = start.elapsed();
        // Far above what it takes (tens of milliseconds), far below anything quadratic.
        assert!(took < Duration::from_secs(4), "{unit:?} took {took:?}");
        assert!(scan.detections.len() <= 5_000 && scan.names.len() <= 5_000);
    }
}

#[test]
fn the_cost_of_a_page_does_not_grow_with_the_slate() {
    let mut text = Text::default();
    let mut group = 0;
    while text.chars.len() < 65_536 {
        group += 1;
        for line in [
            "The council met on 9 May 2026 to consider planning application 24/01234/FUL for land north of Station Road, where residents had asked for a \
             crossing. Councillor Patel (Example Party, Eastfield) moved the motion, seconded by Mrs O’Neill, and it was carried by 14 votes to 6.",
            "For further information contact the clerk on 01632 960222 or write to clerk@council.example. Minutes are at \
             https://council.example/meetings/2026/05/minutes-final.pdf and agendas in the library.",
            "Mr Patel of 14 High Street, Eastfield said that his wife Mary agreed; the meeting was in the High Street.",
        ] {
            text.push(unlisted_model::Role::Body, None, group, unlisted_model::About::Unknown, line, 0);
        }
    }
    let people: Vec<_> = (0..5_000)
        .map(|i| {
            // Much is shared in a slate: surnames, streets, schools, a relative's first name.
            let street = if i % 5 == 0 { "High Street".to_owned() } else { format!("Street{} Road", i % 1700) };
            let address = format!("{} {street}, Town{}, ZZ{} {}AB", i % 90 + 1, i % 40, i % 90 + 10, i % 9 + 1);
            subject(
                &format!("p{i}"),
                &format!("Person{} {}", i % 700, ["Surname", "Patel", "Station", "May"][i % 4]),
                &[
                    ("phone", &format!("07700 9{i:05}")),
                    ("home-address", &address),
                    ("school", "Eastfield Primary School"),
                    ("family-member", &format!("Mary Surname{i}")),
                ],
            )
        })
        .collect();
    let slate = Scanner::new(&people);
    let fastest = |scanner: &Scanner| {
        (0..12)
            .map(|_| {
                let start = Instant::now();
                scanner.scan(&text);
                start.elapsed()
            })
            .min()
            .unwrap_or_default()
    };
    // Warm both, then compare the fastest of each: the machine may be busy.
    fastest(&SCANNER);
    let (one, many) = (fastest(&SCANNER), fastest(&slate));
    assert!(many < one * 4 + Duration::from_millis(1), "one person {one:?}, 5,000 people {many:?}");
    assert!(one < Duration::from_millis(50), "{one:?} for 64 KB");
}

#[test]
fn many_tiny_blocks_take_bounded_time() {
    let mut text = Text::default();
    for index in 0..100_000u32 {
        text.push(
            unlisted_model::Role::Cell,
            Some("phone"),
            0,
            unlisted_model::About::Unknown,
            ["14", "Mill Lane", "Castle", "07700"][index as usize % 4],
            0,
        );
    }
    let start = Instant::now();
    SCANNER.scan(&text);
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
}
