//! The list for the screen, at 80 columns.

use unlisted_model::prepare::{Checklist, Task};

use super::{Frame, Parts, say};
use crate::danger;
use crate::render::text::lines::Lines;

/// The list as plain text: whom to call, the one thing to do today, all tasks, the dates, what stays public, what to type next.
pub fn text(list: &Checklist, frame: &Frame<'_>) -> String {
    let words = frame.words;
    let parts = Parts::of(list);
    let mut lines = Lines::default();
    lines.say(&danger::line(frame.danger, words));
    lines.heading(&words.get("prepare.title"));
    lines.say(&format!("{} {}", words.get("prepare.about"), words.get("prepare.offline")));
    lines.gap();
    for line in say::election(list, words) {
        lines.say(&line);
    }
    lines.say(&say::progress(&parts, words));
    lines.heading(&words.get("prepare.first_title"));
    match parts.first {
        Some(first) => task(&mut lines, first, list, frame, Whole::Why),
        None => lines.say(&words.get("prepare.first_done")),
    }
    for (key, tasks) in parts.groups() {
        if tasks.is_empty() {
            continue;
        }
        lines.heading(&words.get(key));
        for (n, one) in tasks.iter().enumerate() {
            if n > 0 {
                lines.gap();
            }
            task(&mut lines, one, list, frame, Whole::How);
        }
    }
    if !parts.dealt_with.is_empty() {
        lines.heading(&words.get("prepare.done_title"));
        for one in &parts.dealt_with {
            let mark = format!("[x] {}: ", say::number(one, words));
            let title = words.of("prepare-title", &one.id);
            lines.put(&mark, "    ", &format!("{title}. {}.", say::term(one, list.today, words)));
        }
    }
    dates(&mut lines, list, frame);
    lines.heading(&words.get("prepare.stays_title"));
    for line in say::stays(list, words) {
        lines.put("- ", "  ", &line);
    }
    lines.gap();
    lines.say(&words.get("prepare.changing"));
    lines.heading(&words.get("help.title"));
    for line in danger::help(frame.danger, words) {
        lines.put("- ", "  ", &line);
    }
    if !frame.commands.is_empty() {
        lines.heading(&words.get("prepare.do_title"));
        for (key, command) in frame.commands {
            lines.say(&words.get(key));
            lines.command("  ", command);
        }
    }
    lines.done()
}

/// So many tasks are named after the first in the short form.
const THEN: usize = 3;

/// The short form, for a person at a terminal: whom to call, one task, the next three with their dates, what to type, and whom to
/// call once more, since what stands first may have left the screen.
pub fn short(list: &Checklist, frame: &Frame<'_>) -> String {
    let words = frame.words;
    let parts = Parts::of(list);
    let mut lines = Lines::default();
    lines.say(&danger::line(frame.danger, words));
    lines.gap();
    let missing = list.election.is_none().then(|| say::poll(list, words)).or_else(|| say::missing(list, words));
    if let Some(missing) = missing {
        lines.say(&missing);
        lines.gap();
    }
    lines.say(&words.get("prepare.first_title"));
    match parts.first {
        Some(first) => task(&mut lines, first, list, frame, Whole::Short),
        None => lines.say(&words.get("prepare.first_done")),
    }
    let then = parts.then();
    if !then.is_empty() {
        lines.gap();
        lines.say(&words.get("prepare.then_title"));
        for one in then.iter().take(THEN) {
            let mark = format!("[ ] {}: ", say::number(one, words));
            let title = words.of("prepare-title", &one.id);
            lines.put(&mark, "    ", &format!("{title}. {}", say::term(one, list.today, words)));
        }
    }
    lines.gap();
    for (key, command) in frame.commands {
        lines.say(&words.get(key));
        lines.command("  ", command);
    }
    lines.gap();
    lines.say(&danger::line(frame.danger, words));
    for line in say::contacts(frame.danger, words) {
        lines.say(&line);
    }
    lines.done()
}

/// How much is said of a task.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whole {
    /// Why, how and where.
    Why,
    /// How and where.
    How,
    /// How: the short form must leave its first task on a screen of 24 lines.
    Short,
}

fn task(lines: &mut Lines, task: &Task, list: &Checklist, frame: &Frame<'_>, whole: Whole) {
    let words = frame.words;
    let title = words.of("prepare-title", &task.id);
    let mark = format!("[ ] {}: ", say::number(task, words));
    lines.put(&mark, "    ", &format!("{title} ({})", say::minutes(task, words)));
    let mut when = say::term(task, list.today, words);
    if let Some(waits) = say::waits(task, words) {
        when = format!("{when} {waits}");
    }
    lines.put("    ", "    ", &when);
    if whole == Whole::Why {
        lines.put("    ", "    ", &format!("{} {}", words.get("prepare.why"), words.of("prepare-why", &task.id)));
    }
    if task.term.is_late(list.today) {
        return;
    }
    lines.put("    ", "    ", &format!("{} {}", words.get("prepare.how"), words.of("prepare-how", &task.id)));
    if let Some((about, page)) = say::place(task, words).filter(|_| whole != Whole::Short) {
        lines.put("    ", "    ", &about);
        lines.whole("    ", &page);
    }
}

fn dates(lines: &mut Lines, list: &Checklist, frame: &Frame<'_>) {
    let words = frame.words;
    if list.dates.is_empty() {
        return;
    }
    lines.heading(&words.get("prepare.dates_title"));
    for deadline in &list.dates {
        let what = words.of("prepare-event", deadline.event.as_str());
        let day = say::day_and_hour(deadline, words);
        let about = if deadline.is_sure() { String::new() } else { format!(" {}.", say::sure(deadline, words)) };
        lines.put("- ", "  ", &format!("{day}: {what}.{about}"));
    }
    let doubts = say::doubts(list, words);
    if !doubts.is_empty() {
        lines.gap();
        lines.say(&doubts.join(" "));
    }
}

/// What comes next, and how much is left: one paragraph for after a mark.
pub fn next_line(list: &Checklist, words: &crate::Words) -> String {
    let parts = Parts::of(list);
    let next = parts.first.map_or_else(
        || words.get("prepare.first_done").into_owned(),
        |first| {
            let title = words.of("prepare-title", &first.id);
            format!("{}: {title}. {}", say::number(first, words), say::term(first, list.today, words))
        },
    );
    let mut lines = Lines::default();
    lines.say(&format!("{next} {}", say::progress(&parts, words)));
    lines.done()
}
