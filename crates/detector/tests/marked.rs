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
        if wanted.iter().any(|m| !m.starts_with(['U', 'O'])) { positives += 1 } else { negatives += 1 }
        if found != marked.marks {
            wrong.push(format!("{file}:{number}: {line}\n   found {}", marked.show(&found)));
        }
    }
    assert!(wrong.is_empty(), "{} lines differ\n{}", wrong.len(), wrong.join("\n"));
    assert!(positives >= 4, "{file} has only {positives} positives");
    assert!(2 * negatives >= positives, "{file}: {positives} positives, {negatives} near-misses");
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
        let found: Seen =
            scanner.scan(&marked.text).names.into_iter().map(|n| (n.span, forms.get(&n.form).copied().unwrap_or("?").to_owned())).collect();
        if found != marked.marks {
            wrong.push(format!("names.txt:{number}: {line}\n   found {}", marked.show(&found)));
        }
    }
    assert!(wrong.is_empty(), "{} lines differ\n{}", wrong.len(), wrong.join("\n"));
}
