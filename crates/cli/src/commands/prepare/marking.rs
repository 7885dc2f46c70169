//! Which tasks are meant by what was typed, and their marks.

use unlisted_engine::config::Config;
use unlisted_engine::prepare::Marks;
use unlisted_model::prepare::{Checklist, TaskState};

use crate::args::Prepare;
use crate::failure::Failure;
use crate::words::t;

/// What a run of marking changed.
#[derive(Default)]
pub(super) struct Changed {
    /// How many tasks are now done or left out.
    pub(super) marked: usize,
    /// Ids of tasks that are open again.
    pub(super) opened: Vec<String>,
}

/// Marks what was asked; what that changed. All names are looked at before any mark is set.
pub(super) fn change(args: &Prepare, config: &Config, list: &Checklist, marks: &mut Marks) -> Result<Changed, Failure> {
    let today = list.today;
    let asked = [(&args.done, TaskState::Done(today)), (&args.skip, TaskState::Skipped(today)), (&args.undo, TaskState::Open)];
    let mut wanted: Vec<(String, TaskState)> = vec![];
    for (names, state) in asked {
        for name in names.iter().map(|n| n.trim()).filter(|n| !n.is_empty()) {
            let id = item(name, config, list)?;
            match wanted.iter().find(|(other, _)| *other == id) {
                Some((_, other)) if *other != state => return Err(Failure::usage(t("prepare.twice", &[("name", name)]))),
                Some(_) => {}
                None => wanted.push((id, state)),
            }
        }
    }
    let mut changed = Changed::default();
    for (id, state) in wanted {
        if !marks.set(&id, state) {
            continue;
        }
        if state.is_open() {
            changed.opened.push(id);
        } else {
            changed.marked += 1;
        }
    }
    Ok(changed)
}

/// The task of a name or a number.
fn item(name: &str, config: &Config, list: &Checklist) -> Result<String, Failure> {
    let lower = name.to_lowercase();
    let items = &config.prepare.items;
    if let Some(row) = items.iter().find(|i| i.id == lower) {
        return Ok(row.id.clone());
    }
    if let Ok(number) = lower.parse::<u16>() {
        let shown = list.tasks.iter().find(|task| task.number == number).map(|task| task.id.clone());
        if let Some(id) = shown {
            return Ok(id);
        }
    }
    let near: Vec<&str> = items.iter().map(|i| i.id.as_str()).filter(|id| is_near(&lower, id)).collect();
    let more = if near.is_empty() {
        let by_number: std::collections::BTreeMap<u16, &str> =
            list.tasks.iter().map(|task| (task.number, task.id.as_str())).collect();
        let all: Vec<String> = by_number.iter().map(|(number, id)| format!("{number} {id}")).collect();
        t("prepare.all_items", &[("names", &all.join(", "))])
    } else {
        t("prepare.near_items", &[("names", &near.join(", "))])
    };
    Err(Failure::usage(format!("{} {more}", t("prepare.unknown_item", &[("name", name)]))))
}

/// Whether somebody may have meant this: one holds the other, or few letters differ.
fn is_near(typed: &str, id: &str) -> bool {
    if typed.len() > 64 {
        return false;
    }
    let holds = typed.len() >= 3 && (id.contains(typed) || typed.contains(id));
    holds || distance(typed, id) <= (id.chars().count() / 3).max(1)
}

/// How many letters must be put in, taken out or changed.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut left = i + 1;
        let mut above_left = i;
        for (j, y) in b.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or(usize::MAX);
            let best = (above_left + usize::from(x != *y)).min(above.saturating_add(1)).min(left + 1);
            above_left = above;
            if let Some(slot) = row.get_mut(j) {
                *slot = left;
            }
            left = best;
        }
        if let Some(slot) = row.last_mut() {
            *slot = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_near() {
        for (typed, id, expect) in [
            ("imprnt", "imprint", true),
            ("imprints", "imprint", true),
            ("adress", "home-address", false),
            ("address", "home-address", true),
            ("agnet", "agent", false),
            ("agemt", "agent", true),
            ("x", "imprint", false),
            ("", "imprint", false),
            ("völlig anders", "imprint", false),
        ] {
            assert_eq!(is_near(typed, id), expect, "{typed} {id}");
        }
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }
}
