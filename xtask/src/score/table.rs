//! The counts as a plain table and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::tally::{Forecasts, Kind, Note, Tally};

/// Misses shown unless all are asked for.
const SHOWN: usize = 25;

/// The counts for people.
pub(crate) fn plain(tally: &Tally, all: bool) -> String {
    let pages: usize = tally.pages.values().map(|p| p.pages).sum();
    let mut out = format!("{} people, {pages} pages\n\nSupplied facts\n", tally.people);
    line(
        &mut out,
        format_args!(
            "{:22} {:>16} {:>16} {:>16} {:>16}",
            "", "precision≥likely", "recall≥likely", "precis≥possible", "recall≥possible"
        ),
    );
    for (name, kind) in &tally.kinds {
        kind_line(&mut out, name, *kind);
    }
    kind_line(&mut out, "all", tally.kinds.values().fold(Kind::default(), |sum, k| sum.plus(*k)));

    out.push_str("\nPages about\n");
    line(
        &mut out,
        format_args!(
            "{:16} {:>6} {:>14} {:>14} {:>18} {:>16}",
            "", "pages", "false alarms", "of them≥likely", "with unsupplied", "unsupplied/page"
        ),
    );
    for (about, p) in &tally.pages {
        let each = ratio(p.unsupplied, p.pages).unwrap_or_default();
        line(
            &mut out,
            format_args!(
                "{:16} {:>6} {:>14} {:>14} {:>18} {each:>16.2}",
                about.name(),
                p.pages,
                p.false_alarms,
                p.false_likely,
                p.with_unsupplied
            ),
        );
    }

    out.push_str("\nHow far the probabilities can be trusted (supplied facts that were reported)\n");
    line(&mut out, format_args!("{:10} {:>5} {:>12} {:>10} {:>8}", "band", "n", "said (mean)", "true", "Brier"));
    for (band, f) in tally.bands.iter().rev() {
        band_line(&mut out, band.name(), *f);
    }
    band_line(&mut out, "all", all_bands(tally));

    notes(&mut out, "Missed", &tally.misses, all);
    notes(&mut out, "False alarms", &tally.false_alarms, all);
    out
}

/// The counts for programs (`unlisted/score/v1`).
pub(crate) fn json(tally: &Tally) -> Value {
    let kinds: serde_json::Map<String, Value> = tally.kinds.iter().map(|(name, k)| (name.clone(), kind_json(*k))).collect();
    let pages: serde_json::Map<String, Value> = tally
        .pages
        .iter()
        .map(|(about, p)| {
            let value = json!({ "pages": p.pages, "false_alarms": p.false_alarms, "false_alarms_likely": p.false_likely,
                "with_unsupplied": p.with_unsupplied, "unsupplied": p.unsupplied });
            (about.name().to_owned(), value)
        })
        .collect();
    let bands: serde_json::Map<String, Value> =
        tally.bands.iter().map(|(band, f)| (band.name().to_owned(), band_json(*f))).collect();
    json!({
        "schema": "unlisted/score/v1",
        "people": tally.people,
        "all": kind_json(tally.kinds.values().fold(Kind::default(), |sum, k| sum.plus(*k))),
        "kinds": kinds,
        "pages_about": pages,
        "bands": bands,
        "brier": band_json(all_bands(tally)),
        "missed": notes_json(&tally.misses),
        "false_alarms": notes_json(&tally.false_alarms),
    })
}

fn kind_line(out: &mut String, name: &str, k: Kind) {
    let cell = |a, b| ratio(a, b).map_or_else(|| "–".to_owned(), |r| format!("{r:.3} ({a}/{b})"));
    line(
        out,
        format_args!(
            "{name:22} {:>16} {:>16} {:>16} {:>16}",
            cell(k.right_likely, k.told_likely),
            cell(k.hit_likely, k.wanted_likely),
            cell(k.right, k.told),
            cell(k.hit, k.wanted)
        ),
    );
}

fn band_line(out: &mut String, name: &str, f: Forecasts) {
    let n = count(f.n.max(1));
    line(out, format_args!("{name:10} {:>5} {:>12.3} {:>10.3} {:>8.4}", f.n, f.hoped / n, count(f.true_) / n, f.squares / n));
}

fn notes(out: &mut String, title: &str, notes: &[Note], all: bool) {
    line(out, format_args!("\n{title} ({})", notes.len()));
    for n in notes.iter().take(if all { usize::MAX } else { SHOWN }) {
        line(out, format_args!("  {}/{} [{}] {}: {}", n.person, n.page, n.genre, n.fact, n.what));
    }
    if !all && notes.len() > SHOWN {
        line(out, format_args!("  … and {} more (--all-misses)", notes.len() - SHOWN));
    }
}

fn kind_json(k: Kind) -> Value {
    json!({ "told_likely": k.told_likely, "right_likely": k.right_likely, "wanted_likely": k.wanted_likely, "hit_likely": k.hit_likely,
        "told": k.told, "right": k.right, "wanted": k.wanted, "hit": k.hit,
        "precision_likely": ratio(k.right_likely, k.told_likely), "recall_likely": ratio(k.hit_likely, k.wanted_likely),
        "precision": ratio(k.right, k.told), "recall": ratio(k.hit, k.wanted) })
}

fn band_json(f: Forecasts) -> Value {
    let n = count(f.n.max(1));
    json!({ "n": f.n, "said": f.hoped / n, "true": count(f.true_) / n, "brier": f.squares / n })
}

fn notes_json(notes: &[Note]) -> Vec<Value> {
    notes
        .iter()
        .map(|n| json!({ "person": n.person, "page": n.page, "genre": n.genre, "fact": n.fact, "what": n.what }))
        .collect()
}

fn all_bands(tally: &Tally) -> Forecasts {
    tally.bands.values().fold(Forecasts::default(), |sum, f| Forecasts {
        squares: sum.squares + f.squares,
        hoped: sum.hoped + f.hoped,
        true_: sum.true_ + f.true_,
        n: sum.n + f.n,
    })
}

fn ratio(a: usize, b: usize) -> Option<f64> {
    (b > 0).then(|| count(a) / count(b))
}

/// Counts are far below 2⁵².
fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::MAX, f64::from)
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    out.write_fmt(text).unwrap_or_default();
    out.push('\n');
}
