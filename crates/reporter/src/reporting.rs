//! Where to report an incident: the list for the screen, and one file for each report.
//!
//! Both hold the address of the page and the name of the account when the person wrote them down: the person asked for it, and must
//! be able to send it.

use jiff::civil::Date;
use unlisted_model::reporting::{Concern, Registration, Routed, Sort};

use crate::words::Words;

/// Columns of a terminal.
const WIDTH: usize = 80;

/// What is shown besides the routes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// Number of the incident.
    pub incident: u32,
    /// Whether a page, an account or a place is known.
    pub has_place: bool,
    /// What the public register of names told.
    pub registration: Option<&'a Registration>,
    /// Whether drafts are shown too (they are not, where they go into files).
    pub drafts: bool,
    /// Whom to call and what to say: the box of danger, for the police's own entry.
    pub danger: &'a [String],
}

/// A day in words.
pub fn date(day: Date, words: &Words) -> String {
    let weekday = day.weekday().to_monday_one_offset().to_string();
    let month = day.month().to_string();
    words.fill(
        "reporting.date",
        &[
            ("day", &words.of("reporting-day", &weekday)),
            ("d", &day.day().to_string()),
            ("month", &words.of("reporting-month", &month)),
            ("year", &day.year().to_string()),
        ],
    )
}

/// The whole list, for the screen: lines of at most 80 columns, addresses whole.
pub fn screen(routes: &[Routed], beside: &Beside<'_>, words: &Words) -> String {
    let mut out = Out::default();
    let number = beside.incident.to_string();
    out.say("", &words.fill("reporting.title", &[("n", &number)]));
    out.gap();
    for key in ["danger.now", "danger.dont", "danger.save", "reporting.sent_by_you"] {
        out.say("", &words.get(key));
    }
    if let Some(first) = routes.first() {
        out.say("", &about(first, words));
        let others: Vec<&str> = Concern::ALL.into_iter().filter(|c| !first.concerns.contains(c)).map(Concern::as_str).collect();
        if !others.is_empty() {
            out.say("", &words.fill("reporting.about_other", &[("words", &others.join(", "))]));
        }
    }
    if !beside.has_place {
        out.say("", &words.get("reporting.nowhere"));
    }
    if let Some(registration) = beside.registration {
        out.gap();
        register(&mut out, registration, words);
    }
    for (i, route) in routes.iter().enumerate() {
        out.gap();
        out.say("", &format!("{}. {}", i + 1, heading(route, words)));
        body(&mut out, route, beside, words);
        if beside.drafts
            && let Some(draft) = &route.draft
        {
            out.say("   ", &format!("{}:", words.get("reporting.draft")));
            out.gap();
            for line in draft.lines() {
                out.say("     ", line);
            }
        }
    }
    out.gap();
    if routes.iter().any(|r| r.draft.is_some()) {
        out.say("", &words.get("reporting.draft_read"));
        if routes.iter().any(|r| r.draft.as_ref().is_some_and(|d| d.contains("://"))) {
            out.say("", &words.get("reporting.draft_address"));
        }
    }
    out.say("", &words.fill("reporting.written", &[("n", &number)]));
    out.0
}

/// One file for each route: its name, which names nobody, and its text (plain text).
pub fn files(routes: &[Routed], beside: &Beside<'_>, words: &Words) -> Vec<(String, String)> {
    let number = beside.incident.to_string();
    let one = |(i, route): (usize, &Routed)| {
        let mut text = format!("{}\n\n", words.fill("reporting.draft_for", &[("name", &one_line(&route.row.name))]));
        let mut out = Out::default();
        body(&mut out, route, beside, words);
        if let Some(registration) = beside.registration.filter(|_| has_register(route)) {
            out.gap();
            register(&mut out, registration, words);
        }
        text.push_str(&out.0.lines().map(str::trim_start).collect::<Vec<_>>().join("\n"));
        text.push_str("\n\n");
        match &route.draft {
            Some(draft) => {
                text.push_str(&words.get("reporting.draft_read"));
                text.push_str("\n\n---\n\n");
                text.push_str(draft.trim_end());
                text.push_str("\n\n---\n");
            }
            None => {
                text.push_str(&words.get("reporting.draft_none"));
                text.push('\n');
            }
        }
        text.push('\n');
        text.push_str(&words.fill("reporting.written", &[("n", &number)]));
        text.push('\n');
        (format!("{number}-{}-{}.txt", i + 1, route.row.id), text)
    };
    routes.iter().enumerate().map(one).collect()
}

/// Its name, and why it stands in the list where the name does not say so.
fn heading(route: &Routed, words: &Words) -> String {
    let name = one_line(&route.row.name);
    match route.row.sort {
        Sort::Police | Sort::Host | Sort::Registrar => name,
        sort => format!("{name}: {}", words.of("reporting-sort", sort.as_str())),
    }
}

/// Whether what the register told belongs to this route.
fn has_register(route: &Routed) -> bool {
    matches!(route.row.sort, Sort::Host | Sort::Registrar)
}

fn about(route: &Routed, words: &Words) -> String {
    let what: Vec<String> = route.concerns.iter().map(|c| words.of("reporting-concern", c.as_str()).into_owned()).collect();
    words.fill("reporting.about", &[("what", &what.join("; "))])
}

/// Way, what to have ready, what it does not do, reference, day.
fn body(out: &mut Out, route: &Routed, beside: &Beside<'_>, words: &Words) {
    let row = &route.row;
    let labelled = |key: &str, text: &str| format!("{}: {text}", words.get(&format!("reporting.{key}")));
    if row.id == "police" && !beside.danger.is_empty() {
        beside.danger.iter().for_each(|line| out.say("   ", line));
    } else {
        out.say("   ", &labelled("how", &words.of("reporting-how", &row.id)));
    }
    if let Some(host) = &route.host {
        out.say("   ", &words.fill("reporting.page_host", &[("host", &one_line(host))]));
    }
    let mut shown: Vec<&str> = vec![];
    for concern in &route.concerns {
        if let Some(way) = row.way(*concern).filter(|w| !shown.contains(w)) {
            shown.push(way);
            out.say("   ", &labelled("where", way));
        }
    }
    if !row.verified {
        out.say("   ", &words.get("reporting.unsure"));
    }
    if has_account(route) {
        out.say("   ", &words.get(&format!("reporting.account-{}", row.account.as_str())));
    }
    out.say("   ", &labelled("give", &by_id_or_sort("reporting-give", route, words)));
    out.say("   ", &labelled("not", &by_id_or_sort("reporting-not", route, words)).replacen(": ", " ", 1));
    out.say("   ", &labelled("reference", &route.reference));
    match route.chase {
        // Nobody is asked to help with a platform before the platform had its time.
        Some(day) if row.sort == Sort::Mediator => out.say("   ", &labelled("wait", &date(day, words))),
        Some(day) => out.say("   ", &labelled("chase", &date(day, words))),
        None if row.sort == Sort::Police => out.say("   ", &words.get("reporting.no_chase")),
        None => {}
    }
}

/// Whether it is worth telling if an account is needed.
fn has_account(route: &Routed) -> bool {
    matches!(route.row.sort, Sort::Platform | Sort::Messenger | Sort::Search | Sort::Mediator)
        && !(route.row.hosts.is_empty() && route.row.mail.is_empty())
}

fn by_id_or_sort(section: &str, route: &Routed, words: &Words) -> String {
    let key = format!("{section}.{}", route.row.id);
    if words.has(&key) { words.get(&key).into_owned() } else { words.of(section, route.row.sort.as_str()).into_owned() }
}

/// What the register of names told.
fn register(out: &mut Out, told: &Registration, words: &Words) {
    let fill = |key: &str, gap: &str, value: &str| words.fill(&format!("reporting.{key}"), &[(gap, &one_line(value))]);
    out.say("", &fill("register", "domain", &told.domain));
    match &told.registrar {
        Some(name) => out.say("   ", &fill("registrar_is", "name", name)),
        None => out.say("   ", &words.get("reporting.registrar_hidden")),
    }
    if let Some(email) = &told.abuse_email {
        out.say("   ", &fill("abuse_email", "email", email));
    }
    if let Some(phone) = &told.abuse_phone {
        out.say("   ", &fill("abuse_phone", "phone", phone));
    }
    if told.abuse_email.is_none() && told.abuse_phone.is_none() {
        out.say("   ", &words.get("reporting.abuse_hidden"));
    }
    if !told.nameservers.is_empty() {
        out.say("   ", &fill("nameservers", "names", &told.nameservers.join(", ")));
    }
}

/// Outside text on one line, without characters that move the cursor.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Lines of limited width.
#[derive(Default)]
struct Out(String);

impl Out {
    fn gap(&mut self) {
        self.0.push('\n');
    }

    /// One paragraph, broken at spaces; what is longer than a line stays whole, so that it can be copied.
    fn say(&mut self, indent: &str, text: &str) {
        let mut column = 0;
        for word in text.split(' ').filter(|w| !w.is_empty()) {
            let long = word.chars().count();
            if column == 0 {
                self.0.push_str(indent);
                column = indent.chars().count();
            } else if column + 1 + long > WIDTH {
                self.0.push('\n');
                self.0.push_str(indent);
                column = indent.chars().count();
            } else {
                self.0.push(' ');
                column += 1;
            }
            self.0.extend(word.chars().map(|c| if c.is_control() { ' ' } else { c }));
            column += long;
        }
        self.0.push('\n');
    }
}
