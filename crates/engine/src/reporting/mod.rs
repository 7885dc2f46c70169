//! Where an incident can be reported: which rows fit, in what order, with draft, reference and the day to ask again.
//!
//! Nothing here is sent: the person reads, changes and sends it. A draft takes the page, the account and the day, and no other
//! word of what the person wrote down, so that a report spreads nothing.

mod asking;
mod choose;
mod draft;
mod registry;

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use unlisted_model::incident::{Account, Entry, EntryKind};
use unlisted_model::reporting::{Concern, Network, ReportingRow, Routed, Sort};
use unlisted_model::{Reveal, Secret};
use unlisted_reporter::Words;
use url::Url;

use crate::config::Config;

pub use choose::address;
pub use registry::{About, Registers, Told, about, ask_registry, lists_of_registers};

/// What of an incident decides where it is reported. Built from its entries; later entries fill what earlier ones left open, and
/// a yes to the question about private details stays.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// Number of the incident.
    pub incident: u32,
    /// Address of the page.
    pub page: Option<Secret>,
    /// Link to the account.
    pub profile: Option<Secret>,
    /// Name of the account.
    pub account: Option<Secret>,
    /// Where it was.
    pub place: Option<Secret>,
    /// The day.
    pub on: Option<Date>,
    /// Private details became public.
    pub private: bool,
}

impl Facts {
    /// The facts of incident `number`; None when no entry belongs to it.
    pub fn of(number: u32, entries: &[Entry]) -> Option<Self> {
        let mut facts = Self { incident: number, ..Self::default() };
        let mut any = false;
        for entry in entries.iter().filter(|e| e.incident == number && number > 0 && !matches!(e.kind, EntryKind::Export { .. }))
        {
            facts.add(&entry.account);
            any = true;
        }
        any.then_some(facts)
    }

    /// Takes in what one entry tells.
    pub fn add(&mut self, told: &Account) {
        let take = |mine: &mut Option<Secret>, theirs: &Option<Secret>| {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        };
        take(&mut self.page, &told.page);
        take(&mut self.profile, &told.profile);
        take(&mut self.account, &told.account);
        take(&mut self.place, &told.place);
        self.on = self.on.or(told.on).or(told.seen_on);
        self.private |= told.new_private == Some(true);
    }

    /// Whether anything tells where it happened.
    pub const fn has_place(&self) -> bool {
        self.page.is_some() || self.profile.is_some() || self.account.is_some() || self.place.is_some()
    }

    /// The address that shows whose site it is: the page's, or the account's.
    pub fn site(&self) -> Option<Url> {
        [&self.page, &self.profile].into_iter().flatten().find_map(|s| address(s.reveal(Reveal::OperatorAsked)))
    }

    /// What it is about when nobody says: abuse, and private details first if there are some.
    fn concerns(&self, wanted: Option<Concern>) -> Vec<Concern> {
        match wanted {
            Some(concern) => vec![concern],
            None if self.private => vec![Concern::PrivateInformation, Concern::Harassment],
            None => vec![Concern::Harassment],
        }
    }
}

/// Where to report, in the order in which to do it. `wanted` is what it is about; else what the facts say.
pub fn routes(facts: &Facts, wanted: Option<Concern>, config: &Config, words: &Words, today: Date) -> Vec<Routed> {
    routes_told(facts, wanted, config, words, today, None)
}

/// The same when a register told whose network the site is in: a firm that only stands in front gets another letter.
pub fn routes_told(
    facts: &Facts,
    wanted: Option<Concern>,
    config: &Config,
    words: &Words,
    today: Date,
    network: Option<&Network>,
) -> Vec<Routed> {
    let concerns = facts.concerns(wanted);
    let place = place(facts);
    let mut chosen = choose::rows(&place, &config.reporting.rows);
    // The people who run an unknown site may be the abusers: those who store it and named it come before them.
    chosen.sort_by_key(|row| {
        let order = if row.id == choose::UNKNOWN_SITE { AFTER_THE_REGISTRAR } else { order(row.sort) };
        // A letter is a matter for the police too; how to call them stands before it.
        (row.id != choose::POLICE, order)
    });
    let host = facts.site().and_then(|u| u.host_str().map(str::to_owned));
    // A mediator wants to hear that the site had its time.
    let before = |id: &str| chosen.iter().filter(|r| r.then.as_deref() == Some(id)).map(|r| r.days).max();
    let waits: BTreeMap<String, u16> =
        chosen.iter().filter(|r| r.sort == Sort::Mediator).filter_map(|r| Some((r.id.clone(), before(&r.id)?))).collect();
    chosen
        .into_iter()
        .map(|row| {
            let reference = reference(facts.incident, row);
            let letter = match row.sort {
                // What to say on the telephone or to write into the form of the force.
                Sort::Police if row.id == choose::POLICE => Some("say-police".to_owned()),
                _ if !row.takes_text => None,
                Sort::Police | Sort::Election => None,
                Sort::Host if network.is_some_and(|n| n.front.is_some()) => Some("report-front".to_owned()),
                Sort::Host => Some("report-host".to_owned()),
                Sort::Registrar => Some("report-registrar".to_owned()),
                Sort::Mediator => Some("report-mediator".to_owned()),
                Sort::Platform | Sort::Messenger | Sort::Search => concerns.first().map(|c| format!("report-{}", c.as_str())),
            };
            let draft = letter
                .and_then(|id| config.reporting.letters.get(&id))
                .map(|letter| draft::fill(letter, &gaps(&place, facts, &concerns, host.as_deref(), &reference, row.days, words)));
            let own_host = row.hosts.is_empty() || row.at_names;
            Routed {
                row: row.clone(),
                concerns: concerns.clone(),
                host: host.clone().filter(|_| own_host && matches!(row.sort, Sort::Platform | Sort::Host | Sort::Registrar)),
                reference,
                chase: Some(waits.get(&row.id).copied().unwrap_or(row.days)).filter(|d| *d > 0).map(|d| chase(today, d)),
                draft,
            }
        })
        .collect()
}

/// The gaps of a letter. An empty one takes its whole line away.
fn gaps<'a>(
    place: &choose::Place,
    facts: &Facts,
    concerns: &[Concern],
    host: Option<&str>,
    reference: &str,
    days: u16,
    words: &Words,
) -> BTreeMap<&'a str, String> {
    let nothing = place.page.is_none() && place.profile.is_none() && place.account.is_none();
    let page = match place.page.clone().or_else(|| place.profile.clone()) {
        None if nothing => words.get("reporting.unknown_page").into_owned(),
        page => page.unwrap_or_default(),
    };
    let about = concerns.first().map(|c| words.of("reporting-used", c.as_str()).into_owned());
    let account = match (&place.account, &place.profile) {
        (Some(name), Some(link)) if place.page.is_some() && name != link => format!("{name}, {link}"),
        (Some(name), _) => name.clone(),
        (None, Some(link)) if place.page.is_some() => link.clone(),
        (None, _) => String::new(),
    };
    BTreeMap::from([
        ("page", page),
        ("account", account),
        ("when", facts.on.map(|d| unlisted_reporter::reporting::date(d, words)).unwrap_or_default()),
        ("reference", reference.to_owned()),
        ("days", days.to_string()),
        ("host", host.unwrap_or_default().to_owned()),
        ("about", about.unwrap_or_default()),
    ])
}

/// The person's own reference of a report: it stays the same when the list of places grows, and names nobody.
fn reference(incident: u32, row: &ReportingRow) -> String {
    format!("R-{incident}-{}", row.id.to_uppercase())
}

/// The day to ask again, of a report that was made to somebody on a day: None where the rows know nobody of that name, or where
/// nobody answers on their own (the police). `facts` tell which site is meant by "the site".
pub fn chase_of(to: &str, facts: &Facts, config: &Config, on: Date) -> Option<Date> {
    let row = choose::named(to, &place(facts), &config.reporting.rows)?;
    (row.days > 0).then(|| chase(on, row.days))
}

fn place(facts: &Facts) -> choose::Place {
    let text = |s: &Option<Secret>| s.as_ref().map(|s| s.reveal(Reveal::OperatorAsked).to_owned());
    choose::Place {
        page: text(&facts.page),
        profile: text(&facts.profile),
        account: text(&facts.account),
        place: text(&facts.place),
    }
}

/// Where the people who run an unknown site stand in the order: behind the registrar.
const AFTER_THE_REGISTRAR: usize = 7;

/// The order of work: police, the place itself, who keeps the site, who named it, who helps when they refuse. The police are always
/// the first: nobody here judges what somebody was told, and a question that was passed over is no "no".
const fn order(sort: Sort) -> usize {
    match sort {
        Sort::Police => 0,
        Sort::Platform => 1,
        Sort::Messenger => 2,
        Sort::Search => 3,
        Sort::Election => 4,
        Sort::Host => 5,
        Sort::Registrar => 6,
        Sort::Mediator => 8,
    }
}

/// So many days from `today`; a day on which nobody works becomes the Monday after it.
pub fn chase(today: Date, days: u16) -> Date {
    let day = today.checked_add(i32::from(days).days()).unwrap_or(Date::MAX);
    let on = match day.weekday() {
        Weekday::Saturday => day.checked_add(2.days()),
        Weekday::Sunday => day.checked_add(1.day()),
        _ => Ok(day),
    };
    on.unwrap_or(day)
}

#[cfg(test)]
mod tests;
