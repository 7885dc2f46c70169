//! What is shown of a page: never a value, of whomever.

use unlisted_model::{Nature, Severity};

use super::{amina, document, knowledge};
use crate::Detector;

fn excerpt(lines: &str) -> String {
    let reading =
        Detector::new(vec![amina()], knowledge()).read(&document("https://somewhere.example/", Nature::Page, None, lines));
    reading.findings.first().map(|f| f.excerpt.to_string()).unwrap_or_default()
}

#[test]
fn every_detail_of_the_sentence_is_masked() {
    let shown = excerpt(
        "Amina Castle, 14 Mill Lane, Mereside, Northgate ZZ99 4QT, 07700 900123, or Bob Smith on 01632 960777 and bob@smith.example.",
    );
    assert_eq!(shown, "Amina Castle, •• ••••••, Northgate ZZ99 •••, ••••••23, or Bob Smith on •••••• and ••••••.");
}

#[test]
fn a_street_alone_is_masked_with_its_number() {
    assert_eq!(excerpt("Cllr Amina Castle, of Mill Lane, Mereside, was there."), "Cllr Amina Castle, of ••••••, was there.");
    let neighbour = excerpt("Amina Castle of 16 Mill Lane, Mereside");
    assert!(!neighbour.contains("16") && !neighbour.contains("Mill"), "{neighbour}");
}

#[test]
fn a_row_is_shown_as_a_row() {
    assert_eq!(excerpt("| Amina Castle | 07700 900123 | Mereside |"), "Amina Castle · ••••••23 · Mereside");
}

#[test]
fn relatives_and_their_schools_are_masked() {
    let shown = excerpt("Amina Castle (07700 900123), her daughter Lily, 7, goes to Hollow Infant School.");
    assert_eq!(shown, "Amina Castle (••••••23), her daughter ••••••, 7, goes to ••••••.");
}

#[test]
fn direction_marks_and_controls_are_gone() {
    let shown = excerpt("Amina\u{202e} Castle\u{200b}\u{7} 07700 900123 \u{2066}end");
    assert_eq!(shown, "Amina Castle ••••••23 end");
}

#[test]
fn long_sentences_are_cut_around_the_detail() {
    let shown = excerpt(&format!("{} 07700 900123 {}", "before ".repeat(100), "after ".repeat(100)));
    assert!(
        shown.chars().count() <= 240 && shown.contains("••••••23") && shown.contains("before") && shown.contains("after"),
        "{shown}"
    );
}

#[test]
fn titles_and_labels_are_masked() {
    let page = document(
        "https://somewhere.example/",
        Nature::Page,
        Some("07700 900123: Amina Castle, 14 Mill Lane"),
        "Amina Castle 07700 900123",
    );
    let reading = Detector::new(vec![amina()], knowledge()).read(&page);
    let finding = reading.findings.first().expect("a finding");
    let title = finding.title.as_ref().expect("a title").to_string();
    assert!(!title.contains("0123") && !title.contains("Mill") && title.contains("Amina Castle"), "{title}");
    assert_eq!(finding.label.as_str(), "••••••23");
}

#[test]
fn harm_is_raised_by_threats_and_not_by_skills() {
    let severity = |lines: &str| {
        let reading =
            Detector::new(vec![amina()], knowledge()).read(&document("https://somewhere.example/", Nature::Page, None, lines));
        reading.findings.first().map(|f| f.severity)
    };
    assert_eq!(severity("Amina Castle teaches skills, 07700 900123"), Some(Severity::Medium));
    assert_eq!(severity("I will kill her. 07700 900123"), Some(Severity::High));
    assert_eq!(severity("14 Mill Lane, Mereside, Northgate ZZ99 4QT"), Some(Severity::Critical));
    assert_eq!(severity("Cllr Amina Castle, of Mill Lane, Mereside"), Some(Severity::High));
}
