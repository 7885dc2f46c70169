//! Every recogniser against the marked texts of `fixtures/detectors`.

mod common;

use std::collections::BTreeMap;

use common::{Marked, person, read_lines, subject};
use unlisted_detector::Scanner;
use unlisted_model::{Confidence, Fit, Kind, NameForm};

/// What stands where: the span, and how it is marked.
type Seen = Vec<(std::ops::Range<usize>, String)>;

fn mark(fit: Option<Fit>, confidence: Confidence, wanted: &[String]) -> String {
    let letter = match fit {
        Some(Fit::Whole) => "W",
        Some(Fit::Partial) => "P",
        Some(Fit::OtherNumber) => "O",
        None => "U",
    };
    let sure = confidence.as_str().chars().next().unwrap_or('?');
    // Where the mark leaves open how sure, so does the comparison.
    if wanted.iter().any(|w| w == letter) { letter.to_owned() } else { format!("{letter}{sure}") }
}

fn check(file: &str, kinds: &[Kind]) {
    let scanner = Scanner::new(&[person()]);
    let (mut positives, mut negatives) = (0, 0);
    let mut wrong = Vec::new();
    for (number, line) in read_lines(file) {
        let marked = Marked::read(&line);
        let scan = scanner.scan(&marked.text);
        let wanted: Vec<String> = marked.marks.iter().map(|(_, m)| m.clone()).collect();
        let found: Seen = scan
            .detections
            .iter()
            .filter(|d| kinds.contains(&d.kind))
            .map(|d| (d.span.clone(), mark(d.fact.as_ref().map(|_| d.fit), d.confidence, &wanted)))
            .collect();
        if wanted.iter().any(|m| m.starts_with('W')) {
            positives += 1
        } else {
            negatives += 1
        }
        if found != marked.marks {
            wrong.push(format!("{file}:{number}: {line}\n   found {}", marked.show(&found)));
        }
    }
    assert!(wrong.is_empty(), "{} lines differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(positives >= 4, "{file} has only {positives} positives");
    assert!(negatives >= positives, "{file}: {positives} positives, {negatives} near-misses");
}

#[test]
fn phones() {
    check("phone.txt", &[Kind::Phone]);
}

#[test]
fn emails() {
    check("email.txt", &[Kind::Email]);
}

#[test]
fn home_addresses() {
    check("home-address.txt", &[Kind::HomeAddress]);
}

#[test]
fn homes_of_other_people() {
    let mut wrong = Vec::new();
    for (number, line) in read_lines("homes.txt") {
        let (value, line) = line.split_once(" || ").expect("two bars");
        let scanner = Scanner::new(&[subject("amina-castle", "Amina Castle", &[("home-address", value)])]);
        let marked = Marked::read(line);
        let wanted: Vec<String> = marked.marks.iter().map(|(_, m)| m.clone()).collect();
        let found: Seen = scanner
            .scan(&marked.text)
            .detections
            .iter()
            .filter(|d| d.kind == Kind::HomeAddress)
            .map(|d| (d.span.clone(), mark(d.fact.as_ref().map(|_| d.fit), d.confidence, &wanted)))
            .collect();
        if found != marked.marks {
            wrong.push(format!("homes.txt:{number}: {value} || {line}\n   found {}", marked.show(&found)));
        }
    }
    assert!(wrong.is_empty(), "{} lines differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn dates_of_birth() {
    check("date-of-birth.txt", &[Kind::DateOfBirth]);
}

#[test]
fn identity_numbers() {
    check(
        "identity.txt",
        &[
            Kind::NationalInsuranceNumber,
            Kind::NhsNumber,
            Kind::VehicleRegistration,
            Kind::BankAccount,
            Kind::Passport,
            Kind::DrivingLicence,
        ],
    );
}

#[test]
fn usernames() {
    check("username.txt", &[Kind::Username]);
}

#[test]
fn relatives_employers_schools_places() {
    check("named.txt", &[Kind::FamilyMember, Kind::Workplace, Kind::School, Kind::PlaceVisited]);
}

#[test]
fn names() {
    let forms: BTreeMap<NameForm, &str> = [
        (NameForm::Full, "Full"),
        (NameForm::FirstLast, "FirstLast"),
        (NameForm::Also, "Also"),
        (NameForm::Former, "Former"),
        (NameForm::LastFirst, "LastFirst"),
        (NameForm::Initials, "Initials"),
        (NameForm::TitleLast, "TitleLast"),
        (NameForm::Near, "Near"),
        (NameForm::OtherMiddle, "OtherMiddle"),
    ]
    .into();
    let scanner = Scanner::new(&[person()]);
    let mut wrong = Vec::new();
    for (number, line) in read_lines("names.txt") {
        let marked = Marked::read(&line);
        let found: Seen = scanner
            .scan(&marked.text)
            .names
            .into_iter()
            .map(|n| (n.span, forms.get(&n.form).copied().unwrap_or("?").to_owned()))
            .collect();
        if found != marked.marks {
            wrong.push(format!("names.txt:{number}: {line}\n   found {}", marked.show(&found)));
        }
    }
    assert!(wrong.is_empty(), "{} lines differ\n{}", wrong.len(), wrong.join("\n"));
}

/// Whoever else is in the slate, a person's own facts are found as if nobody were.
#[test]
fn a_slate_changes_nothing_for_one_person() {
    let mut people = vec![person()];
    for index in 0..60 {
        let home = format!("{} Mill Lane, Town{index}, ZZ{} 1AB", index + 20, index + 10);
        let other = subject(
            &format!("other-{index}"),
            &format!("Somebody{index} Elseton"),
            &[
                ("home-address", &home),
                ("school", "St Mary's Primary School"),
                ("workplace", "Brightwater Analytics"),
                ("family-member", "Tomasz Else"),
            ],
        );
        people.push(other);
    }
    let (alone, slate) = (Scanner::new(&[person()]), Scanner::new(&people));
    for file in ["home-address.txt", "phone.txt", "email.txt", "named.txt", "identity.txt", "username.txt", "date-of-birth.txt"] {
        for (number, line) in read_lines(file) {
            let text = Marked::read(&line).text;
            let own = |scanner: &Scanner| -> Vec<_> {
                let mine = scanner.scan(&text).detections.into_iter();
                mine.filter(|d| d.fact.as_ref().is_some_and(|f| f.subject == person().id)).collect()
            };
            assert_eq!(own(&alone), own(&slate), "{file}:{number}: {line}");
        }
    }
}

#[test]
fn only_the_kinds_of_the_permission_are_looked_for() {
    let mut narrow = person();
    narrow.consent.kinds = Some(vec![Kind::Email]);
    let scan = Scanner::new(&[narrow]).scan(&common::body("Amina Castle, 07700 900123, amina.castle@mail.example, 01632 960222"));
    let kinds: Vec<Kind> = scan.detections.iter().map(|d| d.kind).collect();
    assert_eq!(kinds, [Kind::Email]);
    assert_eq!(scan.names.len(), 1, "names are matched whatever the kinds");
}

#[test]
fn what_is_meant_to_be_public_is_told_as_such() {
    let both = subject(
        "somebody",
        "Somebody Nobody",
        &[("phone", "07700 900123"), ("public phone", "01632 960111"), ("public home-address", "1 Party Row, Northgate")],
    );
    let scan = Scanner::new(&[both]).scan(&common::body("Call 07700 900123 or 01632 960111 at 1 Party Row, Northgate"));
    let public: Vec<bool> = scan.detections.iter().map(|d| d.meant_public).collect();
    assert_eq!(public, [false, true, true]);
    assert!(scan.detections.iter().all(|d| d.fact.as_ref().is_some_and(|f| f.ordinal == 1)));
}

#[test]
fn titles_are_told() {
    let scanner = Scanner::new(&[person()]);
    for (line, title) in [
        ("Cllr Amina Castle", Some("cllr")),
        ("Councillor Dr Amina Castle", Some("cllr")),
        ("Mr. Castle", Some("mr")),
        ("CASTLE, Mrs Amina", Some("mrs")),
        ("Amina Castle", None),
        ("A doctor, Amina Castle", None),
    ] {
        let scan = scanner.scan(&common::body(line));
        let titles: Vec<Option<&str>> = scan.names.iter().map(|n| n.title.as_deref()).collect();
        assert_eq!(titles, [title], "{line}");
    }
}

#[test]
fn people_who_share_a_home_are_both_told() {
    let home = [("home-address", "14 Mill Lane, Northgate ZZ99 4QT")];
    let scanner = Scanner::new(&[subject("one", "One Nobody", &home), subject("two", "Two Nobody", &home)]);
    let scan = scanner.scan(&common::body("14 Mill Lane, Northgate"));
    assert_eq!(scan.detections.len(), 2);
    assert!(scan.detections.iter().all(|d| d.fit == Fit::Whole));
}

#[test]
fn equal_details_join_under_one_value() {
    let scanner = Scanner::new(&[person()]);
    for (one, two) in [
        ("Call 01632 960222", "Call +44 (0)1632 960222"),
        ("Write to Clerk@Council.example", "Write to clerk [at] council [dot] example"),
        ("9 Quillery St, Northgate ZZ99 1AA", "9 QUILLERY STREET, NORTHGATE, ZZ991AA"),
        ("born 1 May 1980", "born 01/05/1980"),
    ] {
        let value =
            |line: &str| scanner.scan(&common::body(line)).detections.into_iter().map(|d| (d.fact, d.value)).collect::<Vec<_>>();
        assert_eq!(value(one).len(), 1, "{one}");
        assert_eq!(value(one), value(two), "{one} / {two}");
    }
}

#[test]
fn somebody_who_gave_no_middle_name_may_have_one() {
    let scanner = Scanner::new(&[subject("somebody", "Amina Castle", &[])]);
    for (line, form) in [
        ("Amina Castle", NameForm::Full),
        ("Amina Jane Castle", NameForm::FirstLast),
        ("CASTLE Amina Jane", NameForm::LastFirst),
        ("Amina Jones-Castle", NameForm::OtherMiddle),
    ] {
        let forms: Vec<NameForm> = scanner.scan(&common::body(line)).names.iter().map(|n| n.form).collect();
        assert_eq!(forms, [form], "{line}");
    }
}

#[test]
fn surnames_of_several_words_and_short_forms() {
    for (name, line, form) in [
        ("Ludwig van der Berg", "Ludwig Van Der Berg", Some(NameForm::Full)),
        ("Ludwig van der Berg", "VAN DER BERG Ludwig", Some(NameForm::LastFirst)),
        ("Ludwig van der Berg", "Ludwig Berg", None),
        ("Morag McDonald", "Morag Mc Donald", Some(NameForm::Full)),
        ("Morag McDonald", "Morag MacDonald", None),
        ("Sean O'Neill", "Seán O’Neill", Some(NameForm::Full)),
        ("Sean O'Neill", "Sean ONeill", Some(NameForm::Full)),
        ("Sean O'Neill", "O'NEILL, Sean", Some(NameForm::LastFirst)),
        ("Anne-Marie Smith-Jones", "Anne Marie Smith Jones", Some(NameForm::Full)),
        ("Anne-Marie Smith-Jones", "Annemarie Smith-Jones", Some(NameForm::Full)),
        ("Anne-Marie Smith-Jones", "Anne-Marie Smith", None),
        ("William Quillery", "Bill Quillery", Some(NameForm::Near)),
        ("Bill Quillery", "William Quillery", Some(NameForm::Near)),
        ("William Quillery", "Wilma Quillery", None),
        ("Katherine Quillery", "Kate Quillery", Some(NameForm::Near)),
        ("Katherine Quillery", "Catherine Quillery", Some(NameForm::Near)),
        ("Katherine Quillery", "Karen Quillery", None),
    ] {
        let scanner = Scanner::new(&[subject("somebody", name, &[])]);
        let forms: Vec<NameForm> = scanner.scan(&common::body(line)).names.iter().map(|n| n.form).collect();
        assert_eq!(forms, form.into_iter().collect::<Vec<_>>(), "{name}: {line}");
    }
}
