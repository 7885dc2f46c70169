//! Where to report an incident: the list for the screen, and one file for each report.
//!
//! Both hold the address of the page and the name of the account when the person wrote them down: the person asked for it, and must
//! be able to send it.

use jiff::civil::Date;
use unlisted_model::reporting::{Concern, Network, Registration, Routed, Sort};

use crate::words::Words;

/// The row of the police themselves: the box of danger says how to reach them.
const POLICE: &str = "police";
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
    /// What the register of networks told: it stands with the firm that stores the site.
    pub network: Option<&'a Network>,
    /// Whether drafts are shown too (they are not, where they go into files).
    pub drafts: bool,
    /// Whom to call and what to say: the box of danger.
    pub danger: &'a [String],
    /// Who can help.
    pub help: &'a [String],
    /// What leads back to this record when a command is typed again.
    pub options: &'a str,
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
    out.say("", &words.fill("reporting.title", &[("n", &beside.incident.to_string())]));
    danger(&mut out, beside, words);
    out.gap();
    out.say("", &words.get("reporting.sent_by_you"));
    if let Some(first) = routes.first() {
        out.say("", &about(first, words));
        for other in Concern::ALL.into_iter().filter(|c| !first.concerns.contains(c)) {
            let what = words.of("reporting-concern", other.as_str());
            out.lines("", &typed("about_other", &[("what", &what), ("word", other.as_str())], beside, words));
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
        out.say("", &format!("{}. {}", i + 1, heading(route, beside, words)));
        body(&mut out, route, beside, words);
        if beside.drafts {
            draft(&mut out, route, words);
        }
    }
    end(&mut out, routes, beside, words);
    out.0
}

/// The list in short, for a screen of 24 lines: one place after the other, with the day to ask again. [`one`] tells the rest.
pub fn brief(routes: &[Routed], beside: &Beside<'_>, words: &Words) -> String {
    let mut out = Out::default();
    danger(&mut out, beside, words);
    out.gap();
    out.say("", &words.fill("reporting.title", &[("n", &beside.incident.to_string())]));
    out.say("", &words.get("reporting.sent_by_you"));
    if !beside.has_place {
        out.say("", &words.get("reporting.nowhere"));
    }
    out.gap();
    for (i, route) in routes.iter().enumerate() {
        out.say("", &format!("{}. {}", i + 1, heading(route, beside, words)));
    }
    out.0
}

/// One place in full, with what to send or say there.
pub fn one(routes: &[Routed], index: usize, beside: &Beside<'_>, words: &Words) -> Option<String> {
    let route = routes.get(index)?;
    let mut out = Out::default();
    out.say("", &format!("{}. {}", index + 1, heading(route, beside, words)));
    body(&mut out, route, beside, words);
    if let Some(registration) = beside.registration.filter(|_| has_register(route, beside)) {
        register(&mut out, registration, words);
    }
    if beside.drafts {
        draft(&mut out, route, words);
    }
    end(&mut out, std::slice::from_ref(route), beside, words);
    Some(out.0)
}

/// Whom to call, and who can help.
fn danger(out: &mut Out, beside: &Beside<'_>, words: &Words) {
    for (title, lines) in [("danger.title", beside.danger), ("help.title", beside.help)] {
        if !lines.is_empty() {
            out.gap();
            out.say("", &words.get(title));
            lines.iter().for_each(|line| out.say("  ", line));
        }
    }
}

/// What to send, or to say on the telephone.
fn draft(out: &mut Out, route: &Routed, words: &Words) {
    if let Some(draft) = &route.draft {
        let key = if route.row.sort == Sort::Police { "reporting.say" } else { "reporting.draft" };
        out.say("   ", &format!("{}:", words.get(key)));
        out.gap();
        for line in draft.lines() {
            out.say("     ", line);
        }
    }
}

/// A text with a command, with the number and the options that lead back to the record.
fn typed(key: &str, gaps: &[(&str, &str)], beside: &Beside<'_>, words: &Words) -> String {
    let number = beside.incident.to_string();
    let all: Vec<(&str, &str)> = gaps.iter().copied().chain([("n", number.as_str()), ("options", beside.options)]).collect();
    words.fill(&format!("reporting.{key}"), &all)
}

/// What holds for every draft, and what to do afterwards.
fn end(out: &mut Out, routes: &[Routed], beside: &Beside<'_>, words: &Words) {
    out.gap();
    let mut sent = routes.iter().filter(|r| r.row.sort != Sort::Police).filter_map(|r| r.draft.as_ref()).peekable();
    if sent.peek().is_some() {
        out.say("", &words.get("reporting.draft_read"));
        if sent.any(|d| d.contains("://")) {
            out.say("", &words.get("reporting.draft_address"));
        }
    }
    out.lines("", &typed("written", &[], beside, words));
}

/// One file for each route: its name, which names nobody, and its text (plain text).
pub fn files(routes: &[Routed], beside: &Beside<'_>, words: &Words) -> Vec<(String, String)> {
    let one = |(i, route): (usize, &Routed)| {
        let mut text = format!("{}\n\n", words.fill("reporting.draft_for", &[("name", &one_line(&route.row.name))]));
        let mut out = Out::default();
        if route.row.sort == Sort::Police {
            danger(&mut out, beside, words);
            out.gap();
        }
        body(&mut out, route, beside, words);
        if let Some(registration) = beside.registration.filter(|_| has_register(route, beside)) {
            out.gap();
            register(&mut out, registration, words);
        }
        text.push_str(&out.0.lines().map(str::trim_start).collect::<Vec<_>>().join("\n"));
        text.push_str("\n\n");
        match &route.draft {
            Some(draft) => {
                let key = if route.row.sort == Sort::Police { "reporting.say" } else { "reporting.draft_read" };
                text.push_str(&words.get(key));
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
        text.push_str(&typed("written", &[], beside, words));
        text.push('\n');
        (format!("{}-{}-{}.txt", beside.incident, i + 1, route.row.id), text)
    };
    routes.iter().enumerate().map(one).collect()
}

/// Its name, and why it stands in the list where the name does not say so.
fn heading(route: &Routed, beside: &Beside<'_>, words: &Words) -> String {
    let name = one_line(&route.row.name);
    match route.row.sort {
        // A firm that stands in front does not store the site.
        Sort::Host => match beside.network.filter(|n| n.front.is_none()).and_then(Network::called) {
            Some(firm) => format!("{name}: {}", one_line(firm)),
            None => name,
        },
        Sort::Police | Sort::Registrar => name,
        sort => format!("{name}: {}", words.of("reporting-sort", sort.as_str())),
    }
}

/// Whether what the register of names told belongs to this route. To the firm that stores the site only as long as no register of
/// networks told who that is.
const fn has_register(route: &Routed, beside: &Beside<'_>) -> bool {
    match route.row.sort {
        Sort::Registrar => true,
        Sort::Host => beside.network.is_none(),
        _ => false,
    }
}

fn about(route: &Routed, words: &Words) -> String {
    let what: Vec<String> = route.concerns.iter().map(|c| words.of("reporting-concern", c.as_str()).into_owned()).collect();
    words.fill("reporting.about", &[("what", &what.join("; "))])
}

/// Way, what to have ready, what it does not do, reference, day.
fn body(out: &mut Out, route: &Routed, beside: &Beside<'_>, words: &Words) {
    let row = &route.row;
    let labelled = |key: &str, text: &str| format!("{}: {text}", words.get(&format!("reporting.{key}")));
    if row.sort == Sort::Police && row.id == POLICE && !beside.danger.is_empty() {
        out.say("   ", &labelled("how", &words.get("reporting.as_above")));
    } else if let Some(network) = hosted(route, beside) {
        hosted_by(out, network, words);
        if network.called().is_none() {
            out.say("   ", &labelled("how", &words.of("reporting-how", &row.id)));
        } else if !network.has_contact() {
            out.say("   ", &words.get("reporting.abuse_hidden"));
        }
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
    if !row.verified && !hosted(route, beside).is_some_and(Network::has_contact) {
        out.say("   ", &words.get("reporting.unsure"));
    }
    if has_account(route) {
        out.say("   ", &words.get(&format!("reporting.account-{}", row.account.as_str())));
    }
    out.say("   ", &labelled("give", &by_id_or_sort("reporting-give", route, words)));
    if row.id == POLICE {
        out.lines("   ", &typed("copy_for_police", &[], beside, words));
    }
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

/// What the register of networks told, for the firm that stores the site.
fn hosted<'a>(route: &Routed, beside: &Beside<'a>) -> Option<&'a Network> {
    beside.network.filter(|_| route.row.sort == Sort::Host)
}

/// Whose network the site is in, and where that firm takes reports.
fn hosted_by(out: &mut Out, told: &Network, words: &Words) {
    let address = one_line(&told.address);
    match (&told.front, told.called()) {
        (Some(front), _) => out.say("   ", &words.fill("reporting.front_is", &[("name", &one_line(front))])),
        (None, Some(name)) => {
            out.say("   ", &words.fill("reporting.hosted_by", &[("name", &one_line(name)), ("address", &address)]));
            out.say("   ", &words.get("reporting.hosted_rents"));
        }
        (None, None) => out.say("   ", &words.fill("reporting.host_hidden", &[("address", &address)])),
    }
    contacts(out, [&told.abuse_email, &told.abuse_phone, &told.abuse_page], words);
}

/// The ways to an abuse team.
fn contacts(out: &mut Out, [email, phone, page]: [&Option<String>; 3], words: &Words) {
    let fill = |key: &str, gap: &str, value: &str| words.fill(&format!("reporting.{key}"), &[(gap, &one_line(value))]);
    if let Some(email) = email {
        out.say("   ", &fill("abuse_email", "email", email));
    }
    if let Some(page) = page {
        out.say("   ", &fill("abuse_page", "page", page));
    }
    if let Some(phone) = phone {
        out.say("   ", &fill("abuse_phone", "phone", phone));
    }
}

/// What the register of names told.
fn register(out: &mut Out, told: &Registration, words: &Words) {
    let fill = |key: &str, gap: &str, value: &str| words.fill(&format!("reporting.{key}"), &[(gap, &one_line(value))]);
    out.say("", &fill("register", "domain", &told.domain));
    match &told.registrar {
        Some(name) => out.say("   ", &fill("registrar_is", "name", name)),
        None => out.say("   ", &words.get("reporting.registrar_hidden")),
    }
    contacts(out, [&told.abuse_email, &told.abuse_phone, &told.abuse_page], words);
    if told.abuse_email.is_none() && told.abuse_phone.is_none() && told.abuse_page.is_none() {
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

    /// A text of the catalogue that has lines of its own: a command stands by itself, to be copied.
    fn lines(&mut self, indent: &str, text: &str) {
        for line in text.lines() {
            if let Some(command) = line.strip_prefix("  ") {
                self.0.push_str(&format!("{indent}  {command}\n"));
            } else {
                self.say(indent, line);
            }
        }
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
