//! What was really sent to whom, in plain words: one line for each host and kind of request, in order of time.

use jiff::Timestamp;
use unlisted_model::query::Discloses;

use super::lines::Lines;
use crate::Words;
use crate::outline::told;
use crate::render::json::LedgerLine;

/// Requests of one host under one line of the plan.
struct Row<'a> {
    first: &'a LedgerLine,
    last: Timestamp,
    discloses: Vec<Discloses>,
    requests: usize,
    answered: usize,
}

/// The ledger. Hosts only, never an address.
pub fn ledger(ledger: &[LedgerLine], words: &Words) -> String {
    let mut lines = Lines::default();
    lines.say(&words.get("ledger.title"));
    if ledger.is_empty() {
        lines.say(&words.get("ledger.nothing"));
        return lines.done();
    }
    lines.say(&words.count("ledger.total", ledger.len(), &[]));
    for row in rows(ledger) {
        lines.gap();
        let kind = words.of("ledger-kind", &row.first.kind);
        lines.put("- ", "  ", &words.count("ledger.row", row.requests, &[("host", &row.first.host), ("kind", &kind)]));
        lines.put("  ", "  ", &words.fill("ledger.told", &[("what", &told(&row.discloses, words))]));
        let (first, last) = (clock(row.first.at), clock(row.last));
        let when = if first == last {
            words.fill("ledger.at", &[("at", &first)])
        } else {
            words.fill("ledger.from", &[("first", &first), ("last", &last)])
        };
        lines.put("  ", "  ", &format!("{when} {}", words.count("ledger.answered", row.answered, &[])));
    }
    lines.gap();
    lines.say(&words.get("ledger.private"));
    lines.done()
}

fn rows(ledger: &[LedgerLine]) -> Vec<Row<'_>> {
    let mut at = std::collections::BTreeMap::new();
    let mut rows: Vec<Row<'_>> = vec![];
    for line in ledger {
        let slot = *at.entry((&line.host, &line.line, &line.kind)).or_insert_with(|| {
            rows.push(Row { first: line, last: line.at, discloses: vec![], requests: 0, answered: 0 });
            rows.len() - 1
        });
        let Some(row) = rows.get_mut(slot) else { continue };
        row.requests += 1;
        row.answered += usize::from(line.status.is_some());
        row.last = row.last.max(line.at);
        for told in &line.discloses {
            if !row.discloses.contains(told) {
                row.discloses.push(*told);
            }
        }
        row.discloses.sort();
    }
    rows
}

/// "25 November 2026, 10:04 UTC".
fn clock(at: Timestamp) -> String {
    at.strftime("%-d %B %Y, %H:%M UTC").to_string()
}
