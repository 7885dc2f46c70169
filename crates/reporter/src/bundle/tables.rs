//! The tables of a copy, and its list of sums.

use unlisted_model::incident::EntryKind;

use super::facts::{FOR_A_PLATFORM, KEYS, clock_words, facts, utc, written};
use super::{Bundle, entry_name, hex, lines};
use crate::Words;
use crate::csv::Csv;

/// `record.csv`: one row for each entry. UTF-8 with its mark, CRLF, every cell in quotes, and nothing that a spreadsheet would
/// calculate.
pub fn table(bundle: &Bundle<'_>) -> String {
    let words = bundle.words;
    let all = bundle.audience.gets_all();
    let keys: Vec<&str> = KEYS.into_iter().filter(|key| all || FOR_A_PLATFORM.contains(key)).collect();
    let mut head: Vec<String> = ["incident", "entry", "kind", "written", "written-utc", "clock"]
        .iter()
        .map(|k| words.of("bundle-column", k).into_owned())
        .collect();
    head.extend(keys.iter().map(|key| words.of("bundle-field", key).into_owned()));
    head.extend(["files", "file-names", "file-sums", "entry-sum"].iter().map(|k| words.of("bundle-column", k).into_owned()));
    let mut out = Csv::new(&head);
    for entry in bundle.entries {
        let files: Vec<_> = bundle.files(entry).collect();
        let found = facts(&entry.account, bundle.audience, words);
        let incident = if entry.incident == 0 { String::new() } else { entry.incident.to_string() };
        let mut cells = vec![
            incident,
            entry.number.to_string(),
            kind(&entry.kind, words),
            written(&entry.clock),
            utc(&entry.clock),
            clock_words(entry, words).unwrap_or_default(),
        ];
        cells.extend(keys.iter().map(|key| found.iter().find(|f| f.key == *key).map(|f| f.text.clone()).unwrap_or_default()));
        let each = |of: &dyn Fn(usize) -> String| (0..files.len()).map(of).collect::<Vec<_>>().join("\n");
        cells.push(each(&|n| files.get(n).map(|(_, path)| path.clone()).unwrap_or_default()));
        cells.push(each(&|n| files.get(n).map(|(file, _)| lines(&file.name)).unwrap_or_default()));
        cells.push(each(&|n| files.get(n).map(|(file, _)| hex(&file.sha256)).unwrap_or_default()));
        cells.push(hex(&entry.sha256));
        out.row(&cells);
    }
    out.done()
}

/// What `chain.csv` says of an entry that is not in the copy: another incident or a note of an earlier copy, nobody can tell which.
const KEPT_AT_HOME: &str = "kept at home";

/// `chain.csv`: every entry of the record, in this copy or not. Sums and times only.
pub fn chain_table(bundle: &Bundle<'_>) -> String {
    let head = ["number", "written_utc", "clock_went_back", "sha256", "previous", "in_this_copy"];
    let mut out = Csv::new(&head);
    let mut before = None;
    for entry in bundle.chain {
        let or = |yes: bool, no: &str| if yes { "yes" } else { no }.to_owned();
        let here = bundle.entries.iter().any(|e| e.number == entry.number);
        let back = before.is_some_and(|b| entry.clock.now < b);
        before = Some(entry.clock.now);
        out.row(&[
            entry.number.to_string(),
            utc(&entry.clock),
            or(back, "no"),
            hex(&entry.sha256),
            hex(&entry.previous),
            or(here, KEPT_AT_HOME),
        ]);
    }
    out.done()
}

/// `SHA256SUMS`, as `sha256sum` writes and checks it.
pub fn sums(files: &[(String, [u8; 32])]) -> String {
    files.iter().map(|(path, sum)| format!("{}  {path}\n", hex(sum))).collect()
}

/// What an entry is for, in words.
pub(super) fn kind(kind: &EntryKind, words: &Words) -> String {
    match kind {
        EntryKind::Incident => words.get("bundle.kind-incident").into_owned(),
        EntryKind::Addition { to } => words.fill("bundle.kind-addition", &[("number", &to.to_string())]),
        EntryKind::Export { .. } => words.get("bundle.kind-export").into_owned(),
    }
}

/// Where an entry itself stands in the copy.
pub(super) fn raw_path(bundle: &Bundle<'_>, number: u32) -> Option<String> {
    bundle.audience.gets_all().then(|| entry_name(number))
}
