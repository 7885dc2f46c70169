//! Notices of elections as PDF, in the layouts that councils use, checked by the whole program: the address of a candidate
//! is found, a withheld one is the good outcome, and whoever proposed, seconded, signed or stands beside is somebody else.

use std::collections::BTreeSet;

use jiff::ToSpan as _;

use super::pdf::{Look, Sheet};
use crate::program::Place;
use crate::reading::{findings, nothing_is_lost};

const LOOKS: [Look; 4] = [
    Look { ruled: true, centred: true },
    Look { ruled: true, centred: false },
    Look { ruled: false, centred: true },
    Look { ruled: false, centred: false },
];

fn top(sheet: &mut Sheet, title: &str) {
    sheet.text(150.0, 800.0, 16.0, title);
    sheet.text(
        60.0,
        780.0,
        10.0,
        "The following is a statement of the persons nominated for election as a Councillor for Abbots Mere",
    );
}

fn foot(sheet: &mut Sheet) {
    sheet.text(
        40.0,
        90.0,
        9.0,
        "The persons above against whose name no entry is made in the last column have been and stand validly nominated.",
    );
    sheet.text(
        40.0,
        60.0,
        9.0,
        "Printed and published by the Returning Officer, Civic Centre, Sample Square, Exampleford, ZZ99 1CC",
    );
}

/// Layout A.
fn a(look: Look) -> Vec<u8> {
    let mut sheet = Sheet::default();
    top(&mut sheet, "STATEMENT OF PERSONS NOMINATED");
    sheet.table(
        750.0,
        &[110.0, 140.0, 90.0, 110.0, 75.0],
        &[
            &[
                "Name of|Candidate",
                "Home Address",
                "Description (if|any)",
                "Name of|Proposer (+)|Seconder (++)",
                "Reason why|no longer|nominated*",
            ],
            &["PLACEHOLDER|Hugo", "(address in|Exampleford)", "Fixture Party", "Lindqvist Ann +|Dormouse Bert ++", ""],
            &[
                "TESTER|Marigold Joy|(commonly known as|Mari Tester)",
                "14 Invented Crescent,|Abbots Mere,|Exampleford,|ZZ99 2AB",
                "Sample Party|Candidate",
                "Castle Amina +|Makebelieve D J ++",
                "",
            ],
            &[
                "OVERLEAF|Percival",
                "Flat 3, Pretend House,|88 Madeup Street,|Exampleford, ZZ99 4EF",
                "Independent",
                "Notreal Edna +|Unlikely F ++",
                "",
            ],
            &[
                "WITHDRAWN|Person",
                "(address in the|Borough of Otherplace)",
                "Green Fixture",
                "Thistlewick G +|Nonesuch H ++",
                "Nomination|Withdrawn",
            ],
        ],
        look,
    );
    foot(&mut sheet);
    sheet.pdf()
}

/// Layout B.
fn b(look: Look) -> Vec<u8> {
    let mut sheet = Sheet::default();
    top(&mut sheet, "STATEMENT AS TO PERSONS NOMINATED");
    sheet.table(
        750.0,
        &[90.0, 100.0, 130.0, 110.0, 100.0],
        &[
            &["Surname", "Other Names", "Home Address", "Description (if|any)", "Decision of the|Returning Officer"],
            &["Tester", "Marigold Joy", "14 Invented Crescent|Abbots Mere|Exampleford|ZZ99 2AB", "Sample Party Candidate", ""],
            &["Placeholder", "Hugo", "Resides in the|Exampleford Council|area", "Independent", ""],
        ],
        look,
    );
    foot(&mut sheet);
    sheet.pdf()
}

/// Layout C.
fn c() -> Vec<u8> {
    let mut sheet = Sheet::default();
    top(&mut sheet, "Statement of persons nominated");
    sheet.lines(
        60.0,
        760.0,
        &[
            "Nullfield, Petra.",
            "Home address: Imaginary Road, Lorem Vale, ZZ99 3EF.",
            "Description (if any): Green Fixture.",
            "Name of proposer: Castle, Amina.",
            "Tester, Marigold Joy.",
            "Home address: 14 Invented Crescent, Abbots Mere, Exampleford, ZZ99 2AB.",
            "Description (if any): Sample Party - \"Local Fixtures First\".",
            "Name of proposer: Notreal, Edna.",
            "Placeholder, Hugo.",
            "Home address: (address in Exampleford).",
            "Description (if any): Fixture Party.",
            "Name of proposer: Lindqvist, Ann.",
        ],
    );
    foot(&mut sheet);
    sheet.pdf()
}

/// Layout E.
fn e(look: Look) -> Vec<u8> {
    let mut sheet = Sheet::default();
    top(&mut sheet, "STATEMENT OF PERSONS NOMINATED");
    sheet.table(
        750.0,
        &[90.0, 100.0, 130.0, 90.0, 130.0],
        &[
            &["SURNAME", "OTHER NAMES", "ADDRESS", "DESCRIPTION|(if any)", "SUBSCRIBERS"],
            &[
                "Placeholder",
                "Hugo",
                "(address in the|Exampleshire West|Constituency)",
                "Fixture Party",
                "MADEUP ARTHUR,|LINDQVIST ANN,|FICTION CAROLINE,|CASTLE AMINA",
            ],
            &[
                "Tester",
                "Marigold Joy",
                "14 Invented Crescent,|Abbots Mere,|ZZ99 2AB",
                "Sample Party",
                "INVENTED DORA,|PHANTOM ERIC",
            ],
        ],
        look,
    );
    foot(&mut sheet);
    sheet.pdf()
}

/// The notice of election agents.
fn agents(look: Look) -> Vec<u8> {
    let mut sheet = Sheet::default();
    top(&mut sheet, "NOTICE OF ELECTION AGENTS' NAMES AND OFFICES");
    sheet.table(
        750.0,
        &[130.0, 190.0, 200.0],
        &[
            &[
                "Name of|Candidate",
                "Name of|Election Agent|(address of agent)",
                "Offices of Election Agent to which claims etc.|may be sent if different from above:",
            ],
            &[
                "PLACEHOLDER|Hugo",
                "Lindqvist Ann|22 Invented Avenue, Exampleford,|ZZ99 6LM",
                "Fixture Party Office, 1 Sample Square,|Exampleford, ZZ99 1FP",
            ],
            &["TESTER|Marigold Joy", "Tester Marigold|14 Invented Crescent,|Abbots Mere, Exampleford,|ZZ99 2AB", "(as shown)"],
        ],
        look,
    );
    foot(&mut sheet);
    sheet.pdf()
}

fn person(id: &str, name: &str, home: &str) -> String {
    format!(
        "schema = \"unlisted/subject/v1\"\nid = \"{id}\"\n[consent]\nby = \"{name}\"\non = \"{}\"\nuntil = \"{}\"\nbasis = \"self\"\n[names]\nfull = \"{name}\"\n[candidacy]\nannounced = true\nparty = \"Fixture Party\"\narea = \"Abbots Mere\"\nelection = \"2027-05-06\"\n[[private]]\nkind = \"home-address\"\nvalue = \"{home}\"\n",
        crate::people::today(),
        crate::people::today().saturating_add(6.months()),
    )
}

/// Checks every notice for one person; the facts that were found on each.
#[track_caller]
fn check(who: &str, name: &str, home: &str, notices: &[(String, Vec<u8>)], expect: &[&str]) {
    let place = Place::new();
    for (file, bytes) in notices {
        place.write(&format!("given/{file}.pdf"), bytes);
    }
    let report = place
        .check(&person(who, name, home))
        .ephemeral()
        .json()
        .arg("--only-given")
        .arg("--file")
        .arg(place.path("given"))
        .run()
        .code(0)
        .report();
    nothing_is_lost(&report);
    let found: BTreeSet<String> = findings(&report).into_iter().map(|f| f.url).collect();
    for (file, _) in notices {
        let expected = expect.contains(&file.trim_end_matches(|c: char| c.is_ascii_digit()));
        assert_eq!(found.contains(&format!("{file}.pdf")), expected, "{who} on {file}: {found:?}");
    }
}

fn all() -> Vec<(String, Vec<u8>)> {
    let mut out = vec![("c".to_owned(), c())];
    for (i, look) in LOOKS.into_iter().enumerate() {
        out.push((format!("a{i}"), a(look)));
        out.push((format!("b{i}"), b(look)));
        out.push((format!("e{i}"), e(look)));
        out.push((format!("agents{i}"), agents(look)));
    }
    out
}

#[test]
fn the_address_of_a_candidate_is_found_in_every_layout() {
    check(
        "mari",
        "Marigold Joy Tester",
        "14 Invented Crescent, Abbots Mere, Exampleford ZZ99 2AB",
        &all(),
        &["a", "b", "c", "e", "agents"],
    );
}

#[test]
fn a_withheld_address_is_the_good_outcome() {
    check("hugo", "Hugo Placeholder", "9 Secret Road, Exampleford ZZ99 9AA", &all(), &[]);
}

#[test]
fn who_proposed_or_signed_is_somebody_else() {
    check("amina", "Amina Castle", "9 Secret Road, Exampleford ZZ99 9AA", &all(), &[]);
    check("edna", "Edna Notreal", "9 Secret Road, Exampleford ZZ99 9AA", &all(), &[]);
    // She is the agent of another, and her address stands there.
    check("ann", "Ann Lindqvist", "22 Invented Avenue, Exampleford ZZ99 6LM", &all(), &["agents"]);
}
