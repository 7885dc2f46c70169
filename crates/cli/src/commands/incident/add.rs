//! `unlisted incident add`: one question at a time, each of which may be passed over.

use unlisted_engine::incident as record;
use unlisted_engine::reporting::Facts;
use unlisted_model::Secret;
use unlisted_model::incident::{Account, Entry, EntryKind, NewEntry, NewFile, Reported};
use unlisted_reporter::bundle::{self, Audience};
use unlisted_reporter::danger;

use super::answers::{self, Stop, When};
use super::files;
use super::interrupted::Keeper;
use super::person::Who;
use crate::args::IncidentAdd;
use crate::failure::Failure;
use crate::terminal;
use crate::words::{n, t, words};

/// The most reports that are asked for at once.
const MOST_REPORTS: usize = 10;

pub(crate) fn run(args: &IncidentAdd) -> Result<u8, Failure> {
    let given = files::given(&args.files, args.yes)?;
    let who = Who::find(args.subject.as_deref(), &args.common)?;
    let before = who.vault.entries(&who.id, false)?;
    if let Some(to) = args.to {
        let known = before.entries.iter().any(|e| e.incident == to && to > 0);
        if !known {
            return Err(Failure::usage(t("incident.no-such", &[("number", &to.to_string())])));
        }
        terminal::say(&t("incident-ask.adding", &[("number", &to.to_string())]));
        bundle::list(&before.entries, &words())
            .iter()
            .filter(|l| l.starts_with(&format!("{to}. ")))
            .for_each(|l| terminal::say(l));
    } else {
        ["incident-ask.rules_1", "incident-ask.rules_2", "incident-ask.rules_3"]
            .iter()
            .for_each(|key| terminal::say(&t(key, &[])));
    }
    terminal::say(&t("incident-ask.how", &[]));
    let keeper = Keeper::watching(&who.vault, &who.id);
    let mut told = Telling {
        account: Account::default(),
        files: given,
        off_by: None,
        who: &who,
        keeper: &keeper,
        to: args.to,
        before: args.to.and_then(|to| Facts::of(to, &before.entries)).unwrap_or_default(),
        yes: args.yes,
        was_warned: false,
    };
    let asked = if args.to.is_some() { told.addition() } else { told.incident() };
    let is_cut = match asked {
        Ok(()) => false,
        Err(Stop::Ended) => true,
        Err(Stop::Failed(failure)) => return Err(failure),
    };
    if !told.is_enough() {
        return Err(Failure::nothing(t("incident.nothing-told", &[])));
    }
    if is_cut {
        // The question that was not answered has no line's end.
        terminal::say("\n");
        terminal::say(&t("incident.ended", &[]));
    } else if !told.confirmed()? {
        keeper.drop_it();
        return Err(Failure::nothing(t("incident.not-kept", &[])));
    }
    let entry = told.entry();
    if record::went_back(&before.entries, &entry.clock) {
        terminal::say(&t("incident.clock-back", &[]));
    }
    loop {
        match keeper.keep(&entry) {
            Ok(entry) => return done(&entry, &who, &who.typed_again(&args.common)),
            // What somebody typed for half an hour is not thrown away because the disk is full.
            Err(error) if terminal::is_interactive() => {
                terminal::say(&Failure::from(error.clone()).words);
                if !terminal::asks(&t("incident.try-again", &[])) {
                    return Err(error.into());
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
}

fn done(entry: &Entry, who: &Who, options: &str) -> Result<u8, Failure> {
    let number = entry.incident.to_string();
    let key = if matches!(entry.kind, EntryKind::Addition { .. }) { "incident.kept-addition" } else { "incident.kept" };
    terminal::out(&t(key, &[("number", &number)]))?;
    terminal::say("\n");
    terminal::say(&format!("{} {}", t("incident.called", &[]), danger::line(&who.danger(), &words())));
    terminal::say("\n");
    for key in ["incident.next-report", "incident.next-add", "incident.next-export"] {
        terminal::say(&t(key, &[("number", &number), ("options", options)]));
    }
    Ok(0)
}

/// What is told so far.
struct Telling<'a> {
    account: Account,
    files: Vec<NewFile>,
    off_by: Option<i64>,
    who: &'a Who,
    keeper: &'a Keeper,
    /// The incident that this adds to.
    to: Option<u32>,
    /// What the record tells of it by now.
    before: Facts,
    yes: bool,
    was_warned: bool,
}

impl Telling<'_> {
    /// The questions about something that happened.
    fn incident(&mut self) -> Result<(), Stop> {
        for _ in 0..3 {
            self.account.what = answers::line("incident-ask.what", &[])?;
            if self.account.what.is_some() {
                break;
            }
            terminal::say(&t("incident-ask.what_again", &[]));
        }
        if self.account.what.is_none() {
            return Ok(());
        }
        self.noted();
        self.when("incident-ask.when")?;
        self.noted();
        match answers::moment("incident-ask.seen", self.account.on)? {
            When::Nothing => {}
            When::Read(moment) => self.account.seen_on = Some(moment.day),
            When::Typed(typed) => self.as_typed("incident-when.as-typed-seen", &typed),
        }
        self.noted();
        self.account.place = answers::line("incident-ask.place", &[])?;
        self.noted();
        self.details()?;
        self.account.repeated = answers::yes_or_no("incident-ask.repeated", &[])?;
        self.noted();
        self.three_questions()?;
        self.reports()?;
        self.off_by = answers::phone("incident-ask.phone")?;
        Ok(())
    }

    /// Who, where on the web, the exact words, what proves it, who saw it, what it did: the same of an incident and of an addition.
    fn details(&mut self) -> Result<(), Stop> {
        self.account.page = answers::page("incident-ask.page")?;
        self.noted();
        self.account.account = answers::line("incident-ask.account", &[])?;
        self.noted();
        self.account.profile = answers::page("incident-ask.profile")?;
        self.noted();
        self.account.words = answers::lines("incident-ask.words", &[])?;
        self.noted();
        files::asked(&mut self.files, self.yes)?;
        self.noted();
        self.account.witness = answers::line("incident-ask.witness", &[])?;
        self.noted();
        self.account.effect = answers::line("incident-ask.effect", &[])?;
        self.noted();
        Ok(())
    }

    /// The questions about something new in a matter that is in the record: first to whom it was reported.
    fn addition(&mut self) -> Result<(), Stop> {
        self.reports()?;
        if let Some(new) = answers::line("incident-ask.new", &[])? {
            // What could not be read as a date of a report stands there already.
            self.account.what = Some(match self.account.what.take() {
                Some(before) => Secret::new(format!("{}\n{}", bundle::lines(&new), bundle::lines(&before))),
                None => new,
            });
        }
        self.noted();
        self.when("incident-ask.new_when")?;
        self.noted();
        self.details()?;
        self.three_questions()?;
        self.off_by = answers::phone("incident-ask.phone")?;
        Ok(())
    }

    fn when(&mut self, key: &str) -> Result<(), Stop> {
        match answers::moment(key, None)? {
            When::Nothing => {}
            When::Read(moment) => (self.account.on, self.account.at) = (Some(moment.day), moment.time),
            When::Typed(typed) => self.as_typed("incident-when.as-typed-when", &typed),
        }
        Ok(())
    }

    /// Keeps words about a time that could not be read, behind what happened: no word that was typed is lost.
    fn as_typed(&mut self, key: &str, typed: &Secret) {
        let mut what = self.account.what.as_ref().map(|what| format!("{}\n", bundle::lines(what))).unwrap_or_default();
        what.push_str(&format!("{} {}", t(key, &[]), bundle::lines(typed)));
        self.account.what = Some(Secret::new(what));
    }

    /// The police's list. Any yes shows at once whom to call.
    fn three_questions(&mut self) -> Result<(), Stop> {
        self.account.violence = answers::yes_or_no("incident-ask.violence", &[])?;
        self.noted();
        self.warn(self.account.violence);
        self.account.fixated = answers::yes_or_no("incident-ask.fixated", &[])?;
        self.noted();
        self.warn(self.account.fixated);
        self.account.new_private = answers::yes_or_no("incident-ask.new_private", &[])?;
        self.noted();
        self.warn(self.account.new_private);
        Ok(())
    }

    fn warn(&mut self, answer: Option<bool>) {
        if answer == Some(true) && !self.was_warned {
            self.was_warned = true;
            // The box stands by itself between the questions.
            terminal::say("\n");
            let danger = self.who.danger();
            for line in danger::act_lines(&danger, &words()) {
                terminal::say(&line);
            }
            terminal::say("\n");
            terminal::say(&t("help.title", &[]));
            for line in danger::help(&danger, &words()) {
                terminal::say(&format!("  {line}"));
            }
            terminal::say("\n");
        }
    }

    fn reports(&mut self) -> Result<(), Stop> {
        while self.account.reported.len() < MOST_REPORTS {
            let first = self.account.reported.is_empty();
            let key = if first { "incident-ask.reported_to" } else { "incident-ask.reported_more" };
            let Some(to) = answers::line_or_none(key)? else { return Ok(()) };
            // Kept at once, so that it is not lost when the input ends before the next answer.
            self.account.reported.push(Reported { to, reference: None, on: None, chase: None });
            self.noted();
            let reference = answers::line("incident-ask.reference", &[])?;
            if let Some(last) = self.account.reported.last_mut() {
                last.reference = reference;
            }
            let mut on = None;
            match answers::moment("incident-ask.reported_on", None)? {
                When::Nothing => {}
                When::Read(moment) => on = Some(moment.day),
                When::Typed(typed) => self.as_typed("incident-when.as-typed-report", &typed),
            }
            let mut facts = self.before.clone();
            facts.add(&self.account);
            let Some(last) = self.account.reported.last_mut() else { return Ok(()) };
            last.on = on;
            last.chase = answers::chase(&last.to, &facts, &self.who.config, on)?;
            self.noted();
        }
        Ok(())
    }

    /// What would be kept.
    fn entry(&self) -> NewEntry {
        let kind = self.to.map_or(EntryKind::Incident, |to| EntryKind::Addition { to });
        NewEntry { kind, clock: record::clock(self.off_by), account: self.account.clone(), files: self.files.clone() }
    }

    /// An interruption from now on keeps what is told by now.
    fn noted(&self) {
        if self.is_enough() {
            self.keeper.note(self.entry());
        }
    }

    /// Whether there is anything to keep.
    fn is_enough(&self) -> bool {
        if self.to.is_some() { self.account != Account::default() || !self.files.is_empty() } else { self.account.what.is_some() }
    }

    /// Shows what would be kept and asks; the safe way is to keep it.
    fn confirmed(&self) -> Result<bool, Failure> {
        terminal::say("\n");
        terminal::say(&t("incident.summary", &[]));
        // The exact words were typed a moment ago; nobody has to read them again to say yes.
        let facts = bundle::facts(&self.account, Audience::Police, &words());
        let (said, rest): (Vec<_>, Vec<_>) = facts.into_iter().partition(|fact| fact.key == "words");
        for line in bundle::told(&rest, &words()) {
            terminal::say(&line);
        }
        if let Some(said) = said.first() {
            terminal::say(&n("incident.summary-words", said.text.lines().count(), &[]));
        }
        for (n, file) in self.files.iter().enumerate() {
            let kind = t(&format!("bundle-file.{}", file.kind.as_str()), &[]);
            let size = files::size(file.bytes.len());
            terminal::say(&t("incident.summary-file", &[("n", &(n + 1).to_string()), ("kind", &kind), ("size", &size)]));
        }
        match answers::yes_or_no("incident.keep", &[]) {
            Ok(answer) => Ok(answer != Some(false)),
            Err(Stop::Ended) => Ok(true),
            Err(Stop::Failed(failure)) => Err(failure),
        }
    }
}
