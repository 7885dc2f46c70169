//! The table form: a golden copy, its shape, and cells that no spreadsheet calculates.

use proptest::prelude::*;
use unlisted_model::report::Report;
use unlisted_reporter::{Knowledge, render};

use crate::hostile_text::filled;
use crate::{config, sample};

pub(crate) fn table(report: &Report) -> String {
    let (words, routes, titles) = (config::words(), config::routes(), sample::titles());
    render::csv::report(report, &Knowledge { words: &words, routes: &routes, titles: &titles })
}

/// A reader of RFC 4180 that knows nothing of the writer.
fn read(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("a mark");
    let (mut rows, mut row, mut cell) = (vec![], vec![], String::new());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        assert_eq!(c, '"', "every cell is in quotes");
        loop {
            match chars.next().expect("a closing quote") {
                '"' if chars.peek() == Some(&'"') => cell.extend(chars.next()),
                '"' => break,
                other => cell.push(other),
            }
        }
        row.push(std::mem::take(&mut cell));
        match chars.next() {
            Some(',') => {}
            Some('\r') => {
                assert_eq!(chars.next(), Some('\n'));
                rows.push(std::mem::take(&mut row));
            }
            other => panic!("{other:?} after a cell"),
        }
    }
    rows
}

#[test]
fn one_row_for_each_place() {
    let report = sample::report_of(&sample::findings(), &config::routes());
    let text = table(&report);
    insta::assert_snapshot!("report.csv", text.replace('\r', ""));
    let rows = read(&text);
    let places: usize = report.subjects[0].exposures.iter().map(|e| e.places.len()).sum();
    assert_eq!(rows.len(), 1 + places);
    assert_eq!(rows[0], render::csv::COLUMNS);
    assert!(rows.iter().all(|row| row.len() == render::csv::COLUMNS.len()));
    let mut ids: Vec<&String> = rows.iter().skip(1).map(|row| &row[0]).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), places, "an id for each row");
    assert!(text.contains("\"quiz.example\"") && !text.contains("quiz.example/"), "what nobody supplied is told by site");
}

#[test]
fn nothing_found_is_a_head_alone() {
    assert_eq!(read(&table(&sample::report_of(&[], &[]))).len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_cell_is_a_formula(start in "[ \u{200b}\u{feff}\u{a0}\"]{0,3}[=+\\-@＝＋－＠\t\r\n]", rest in ".{0,20}") {
        let text = format!("{start}{rest}");
        for row in read(&table(&filled(&text, &text))) {
            prop_assert_eq!(row.len(), render::csv::COLUMNS.len());
            for cell in row {
                let first = cell.trim_start_matches([' ', '\u{a0}', '\u{200b}', '\u{feff}', '"']).chars().next();
                prop_assert!(!first.is_some_and(|c| "=+-@＝＋－＠\t\r\n\0".contains(c)), "{cell:?}");
            }
        }
    }
}
