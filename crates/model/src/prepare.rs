//! What to do before nomination: the rows of knowledge, and the list that is made of them for one person.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::contest::{Contest, Nation};

/// A day in the calendar of an election.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Event {
    /// The last day for the notice of election; nomination papers are taken from about then.
    Notice,
    /// The last day for nomination papers, and with them for the home address form.
    Nominations,
    /// The last day to name an election agent.
    Agent,
    /// The last day to withdraw.
    Withdrawal,
    /// The last day on which the list of candidates is published.
    Statement,
    /// The last day to ask to be on the register for this election.
    Register,
    /// Polling day.
    Poll,
    /// The last day to dispute the result at court. Notices serve no purpose after it.
    Petition,
    /// The last day for the return of what was spent.
    Spending,
}

impl Event {
    /// All of them, in the order of time.
    pub const ALL: [Self; 9] = [
        Self::Notice,
        Self::Nominations,
        Self::Agent,
        Self::Withdrawal,
        Self::Statement,
        Self::Register,
        Self::Poll,
        Self::Petition,
        Self::Spending,
    ];

    /// Its word in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Nominations => "nominations",
            Self::Agent => "agent",
            Self::Withdrawal => "withdrawal",
            Self::Statement => "statement",
            Self::Register => "register",
            Self::Poll => "poll",
            Self::Petition => "petition",
            Self::Spending => "spending",
        }
    }

    /// Reads a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|e| e.as_str() == word)
    }
}

/// How days are counted from polling day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Count {
    /// Days on which elections go on, backwards: no Saturday, Sunday, bank holiday, Christmas Eve, Christmas Day, Good Friday.
    WorkingDaysBefore(u16),
    /// Days of the calendar, forwards.
    DaysAfter(u16),
}

/// For which elections a row holds. An empty list means all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scope {
    /// Nations.
    pub nations: Vec<Nation>,
    /// Kinds of election.
    pub contests: Vec<Contest>,
    /// Kinds of election for which it does not hold.
    pub not_contests: Vec<Contest>,
}

impl Scope {
    /// Whether it may hold where this much is known: what is not known shuts nothing out.
    pub fn may_hold(&self, nation: Option<Nation>, contest: Option<Contest>) -> bool {
        let nation_fits = nation.is_none_or(|n| self.nations.is_empty() || self.nations.contains(&n));
        let contest_fits =
            contest.is_none_or(|c| (self.contests.is_empty() || self.contests.contains(&c)) && !self.not_contests.contains(&c));
        nation_fits && contest_fits
    }

    /// Whether it holds for certain: all that it names is known, and fits.
    pub fn surely_holds(&self, nation: Option<Nation>, contest: Option<Contest>) -> bool {
        let needs_contest = !self.contests.is_empty() || !self.not_contests.is_empty();
        (self.nations.is_empty() || nation.is_some()) && (!needs_contest || contest.is_some()) && self.may_hold(nation, contest)
    }
}

/// One rule of `config/prepare/deadlines.toml`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeadlineRow {
    /// Its id.
    pub id: String,
    /// Which day it counts.
    pub event: Event,
    /// For which elections.
    pub scope: Scope,
    /// How it is counted.
    pub count: Count,
    /// The hour at which the day ends for this purpose, 0 to 23; none: the end of the day.
    pub hour: Option<i8>,
    /// Easter Monday is left out of the count, although it is no bank holiday there (Scotland).
    pub skips_easter_monday: bool,
    /// A bank holiday of any nation may be left out of the count.
    pub any_nation: bool,
    /// Certain only when polling day is the first Thursday in May: other elections may be counted otherwise.
    pub ordinary_only: bool,
    /// Whether the rule is certain.
    pub sure: bool,
    /// The law.
    pub law: String,
    /// Where it was read.
    pub source: String,
    /// When it was read.
    pub read_on: Date,
}

/// When a task should be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rule {
    /// The law sets the last day.
    By(Event),
    /// Best done so many days before an event.
    Before(Event, u16),
    /// Only after an event.
    After(Event),
    /// Only from an event on.
    On(Event),
    /// On no day in particular.
    AnyTime,
}

/// One task of `config/prepare/items.toml`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ItemRow {
    /// Its id; its words stand under it.
    pub id: String,
    /// Its number for people, the same in the list, on paper and in the calendar: most effect first. Tasks that stand in for each
    /// other in different elections share one.
    pub number: u16,
    /// Minutes that it takes.
    pub minutes: u16,
    /// For whom.
    pub scope: Scope,
    /// When.
    pub rule: Rule,
    /// Whether it is for somebody who was threatened.
    pub safety: bool,
    /// Where to go, if there is one address for all.
    pub page: Option<String>,
    /// Whether that address was seen in a public source.
    pub page_verified: bool,
    /// Where this is known from.
    pub source: String,
    /// When that was read.
    pub read_on: Date,
    /// Tasks that come before it.
    pub after: Vec<String>,
}

/// Bank holidays by nation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BankHolidays {
    /// The days.
    pub days: BTreeMap<Nation, BTreeSet<Date>>,
    /// Years whose days are all known for certain, by nation.
    pub certain: BTreeMap<Nation, BTreeSet<i16>>,
}

/// Everything that is known about preparing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Preparing {
    /// Tasks by number.
    pub items: Vec<ItemRow>,
    /// Rules of the calendar.
    pub deadlines: Vec<DeadlineRow>,
    /// Days left out of the counts.
    pub holidays: BankHolidays,
}

/// Why a counted day is not certain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Doubt {
    /// The kind of election or the nation is not known: this is the earliest day that it can be.
    Kind,
    /// The rule itself is not certain.
    Rule,
    /// Bank holidays of these years are not announced or not known here.
    Holidays,
    /// Polling day is not an ordinary one, and the rule may differ then.
    NotOrdinary,
    /// Polling day is a day on which no poll is held: a Saturday, a Sunday or a holiday.
    PollDay,
}

impl Doubt {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Kind, Self::Rule, Self::Holidays, Self::NotOrdinary, Self::PollDay];

    /// Its word in the catalogue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Rule => "rule",
            Self::Holidays => "holidays",
            Self::NotOrdinary => "not-ordinary",
            Self::PollDay => "poll-day",
        }
    }
}

/// A day of this election.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deadline {
    /// What happens on it.
    pub event: Event,
    /// The day.
    pub day: Date,
    /// The hour, 0 to 23, if there is one.
    pub hour: Option<i8>,
    /// Why it is not certain; empty: it is.
    pub doubts: BTreeSet<Doubt>,
    /// The law, when one rule gave the day.
    pub law: Option<String>,
}

impl Deadline {
    /// Whether it may be told as a fact.
    pub fn is_sure(&self) -> bool {
        self.doubts.is_empty()
    }
}

/// When a task of this person is due.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Term {
    /// The law sets the last day.
    By(Deadline),
    /// The law sets a last day, which cannot be counted: no polling day is known, or there is no rule here.
    ByUnknown(Event),
    /// Best done by this day.
    Best(Date),
    /// Only from this day on; the deadline is this day or the day before.
    From(Date, Deadline),
    /// Only after an event whose day is not known.
    AfterUnknown(Event),
    /// On no day in particular.
    AnyTime,
}

impl Term {
    /// The day on which it stands in a calendar.
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::By(deadline) => Some(deadline.day),
            Self::Best(day) | Self::From(day, _) => Some(*day),
            Self::ByUnknown(_) | Self::AfterUnknown(_) | Self::AnyTime => None,
        }
    }

    /// Whether the law's last day is over.
    pub fn is_late(&self, today: Date) -> bool {
        matches!(self, Self::By(deadline) if deadline.day < today)
    }

    /// Whether it is for after the poll.
    pub fn is_after(&self) -> bool {
        matches!(self, Self::From(..) | Self::AfterUnknown(_))
    }
}

/// What became of a task.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TaskState {
    /// Still to do.
    Open,
    /// Done on this day.
    Done(Date),
    /// Left out on this day.
    Skipped(Date),
}

impl TaskState {
    /// `open`, `done` or `skipped`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done(_) => "done",
            Self::Skipped(_) => "skipped",
        }
    }

    /// The day on which it was marked.
    pub const fn day(self) -> Option<Date> {
        match self {
            Self::Open => None,
            Self::Done(day) | Self::Skipped(day) => Some(day),
        }
    }

    /// Whether it is still to do.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open)
    }
}

/// One task of this person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Task {
    /// The row's id.
    pub id: String,
    /// Its number for people.
    pub number: u16,
    /// Minutes.
    pub minutes: u16,
    /// When.
    pub term: Term,
    /// Whether it is for somebody who was threatened.
    pub safety: bool,
    /// Where to go.
    pub page: Option<String>,
    /// Whether that address was seen.
    pub page_verified: bool,
    /// What became of it.
    pub state: TaskState,
    /// Numbers of open tasks that come before it.
    pub waits_for: Vec<u16>,
    /// A name for calendars: the same on every export, and telling nothing.
    pub calendar_id: String,
}

/// The list of one person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checklist {
    /// The day on which it was made.
    pub today: Date,
    /// Polling day.
    pub election: Option<Date>,
    /// The nation.
    pub nation: Option<Nation>,
    /// The kind of election.
    pub contest: Option<Contest>,
    /// The days of the election, in the order of time.
    pub dates: Vec<Deadline>,
    /// Open tasks first, in the order in which to do them; then those done; then those left out.
    pub tasks: Vec<Task>,
    /// Whether a record of abuse is kept for this person: what keeps them safe then comes first.
    pub threatened: bool,
    /// Whether tasks for the nomination papers are left out, since polling day is over.
    pub papers_over: bool,
}

impl Checklist {
    /// What to do first: the first open task of before the poll, or else of after it when its day has come.
    pub fn first(&self) -> Option<&Task> {
        let open = || self.tasks.iter().filter(|t| t.state.is_open() && t.waits_for.is_empty());
        open().find(|t| !t.term.is_after() || t.term.day().is_some_and(|d| d <= self.today))
    }
}
