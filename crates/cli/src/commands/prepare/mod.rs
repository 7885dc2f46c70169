//! `unlisted prepare`: what to do before nomination, by when, and what became of it. Nothing is sent.

mod marking;

use std::io::IsTerminal as _;
use std::path::Path;

use jiff::civil::Date;
use jiff::{Timestamp, ZonedDateTime};
use unlisted_engine::config::Config;
use unlisted_engine::prepare::{Election, Marks, checklist, is_held, only_nation};
use unlisted_model::prepare::Checklist;
use unlisted_model::{Contest, Nation, Subject, SubjectId};
use unlisted_reporter::prepare::{Frame, json, next_line, page, short, text};
use unlisted_reporter::{Words, ics};
use unlisted_store::Vault;

use self::marking::Changed;
use crate::args::{Prepare, quoted};
use crate::failure::Failure;
use crate::subject::Person;
use crate::words::{n, t, words};
use crate::{output, paths, subject, terminal, unlock};

/// A form of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Html,
    Json,
    Ics,
}

impl Form {
    const ALL: [(&str, Self); 5] =
        [("text", Self::Text), ("txt", Self::Text), ("html", Self::Html), ("json", Self::Json), ("ics", Self::Ics)];

    const fn file(self) -> &'static str {
        match self {
            Self::Text => "prepare.txt",
            Self::Html => "prepare.html",
            Self::Json => "prepare.json",
            Self::Ics => "prepare.ics",
        }
    }
}

/// For whom the list is: the person, and the store that holds their marks.
#[derive(Default)]
struct Whom {
    person: Option<Person>,
    vault: Option<Vault>,
}

impl Whom {
    fn id(&self) -> Option<&SubjectId> {
        self.person.as_ref().map(|p| &p.subject.id)
    }

    /// Whether a record of abuse is kept for this person. What is wrong with it is told elsewhere: the list is worth having all the
    /// same.
    fn is_threatened(&self) -> bool {
        let (Some(vault), Some(id)) = (&self.vault, self.id()) else { return false };
        vault.entries(id, false).is_ok_and(|chain| !chain.entries.is_empty())
    }
}

pub(crate) fn run(args: &Prepare) -> Result<u8, Failure> {
    let forms = forms(args)?;
    let config = subject::config(&args.common)?;
    let said = said(args)?;
    if let Some(dir) = &args.out {
        paths::ask_if_synced(dir, &t("prepare.store_name", &[]), args.yes)?;
    }
    let changes = !(args.done.is_empty() && args.skip.is_empty() && args.undo.is_empty());
    let whom = whom(args, changes)?;
    let of_file = whom.person.as_ref().map(|p| Election::of(&p.subject.candidacy, &config.councils)).unwrap_or_default();
    let election = said.or_else(of_file);
    if let (Some(contest), Some(nation)) = (election.contest, election.nation)
        && !is_held(contest, nation)
    {
        return Err(Failure::usage(t("prepare.clash", &[("nation", &t(&format!("nation.{}", nation.as_str()), &[]))])));
    }
    let mut marks = kept(&whom, changes)?;
    let (today, threatened) = (ZonedDateTime::now().date(), whom.is_threatened());
    let list =
        |marks: &Marks| checklist(&config.prepare, election, marks, today, threatened, |item| calendar_id(&whom, item, election));
    if changes {
        let before = list(&marks);
        let changed = marking::change(args, &config, &before, &mut marks)?;
        keep(&whom, &marks, &changed, &before)?;
        if args.format.is_empty() && args.out.is_none() {
            let words = words();
            let after = list(&marks);
            terminal::out(&format!("{} {}", t("prepare.next_is", &[]), next_line(&after, &words)))?;
            return Ok(0);
        }
    }
    documents(args, &forms, &list(&marks), &whom, &config)
}

/// Writes each form.
fn documents(args: &Prepare, forms: &[Form], list: &Checklist, whom: &Whom, config: &Config) -> Result<u8, Failure> {
    let words: std::sync::Arc<Words> = words();
    let danger = unlisted_engine::danger(whom.person.as_ref().map(|p| with_election(&p.subject, list)).as_ref(), config);
    let is_short = is_short(args);
    let commands = match args.out {
        None => commands(args, whom, list, is_short),
        Some(_) => vec![],
    };
    let frame = Frame { words: &words, danger: &danger, commands: &commands };
    for form in forms {
        let written = match form {
            Form::Text if is_short => short(list, &frame),
            Form::Text => text(list, &frame),
            Form::Html => page(list, &frame),
            Form::Json => json(list, &words),
            Form::Ics => match ics::calendar(list, &words, Timestamp::now()) {
                Some(calendar) => calendar,
                None if forms.len() == 1 => return Err(Failure::nothing(t("prepare.no_dates", &[]))),
                None => {
                    terminal::say(&t("prepare.no_dates", &[]));
                    continue;
                }
            },
        };
        output::write(form.file(), &written, args.out.as_deref())?;
        if let Some(dir) = &args.out {
            terminal::say(&t("prepare.written", &[("path", &shown(&dir.join(form.file())))]));
        }
        if *form == Form::Ics {
            terminal::say(&t("prepare.calendar_note", &[]));
        }
    }
    Ok(0)
}

/// Whether the first tasks are enough: nobody asked for all, and a person reads along.
fn is_short(args: &Prepare) -> bool {
    !args.all && args.format.is_empty() && args.out.is_none() && std::io::stdout().is_terminal()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn forms(args: &Prepare) -> Result<Vec<Form>, Failure> {
    let mut forms = vec![];
    for name in &args.format {
        let name = name.trim();
        let Some((_, form)) = Form::ALL.into_iter().find(|(known, _)| *known == name) else {
            return Err(Failure::usage(t("prepare.unknown_format", &[("name", name)])));
        };
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    if forms.is_empty() {
        forms.push(Form::Text);
    }
    if forms.len() > 1 && args.out.is_none() {
        return Err(Failure::usage(t("prepare.one_format", &[])));
    }
    Ok(forms)
}

/// What was said of the election on this run.
fn said(args: &Prepare) -> Result<Election, Failure> {
    let contest = match args.contest.as_deref().map(str::trim) {
        None => None,
        Some(word) => Some(Contest::parse(&word.to_lowercase()).ok_or_else(|| {
            let names = Contest::ALL.map(Contest::as_str).join(", ");
            Failure::usage(t("prepare.unknown_contest", &[("name", word), ("names", &names)]))
        })?),
    };
    let nation = match args.nation.as_deref().map(str::trim) {
        None => contest.and_then(only_nation),
        Some(word) => Some(nation(word).ok_or_else(|| Failure::usage(t("prepare.unknown_nation", &[("name", word)])))?),
    };
    let day = match args.election.as_deref().map(str::trim) {
        None => None,
        Some(text) => Some(day(text).ok_or_else(|| Failure::usage(t("prepare.bad_day", &[("name", text)])))?),
    };
    Ok(Election { day, nation, contest })
}

/// A day as people here write it. The month is never guessed from its place: in Britain the day comes first.
fn day(text: &str) -> Option<Date> {
    let named = || ["%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y"].into_iter().find_map(|form| Date::strptime(form, text).ok());
    text.parse().ok().or_else(named)
}

/// By its code or its name.
fn nation(word: &str) -> Option<Nation> {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_'], " ");
    let code = word.to_uppercase();
    Nation::parse(&code)
        .or_else(|| Nation::ALL.into_iter().find(|n| plain(&t(&format!("nation.{}", n.as_str()), &[])) == plain(word)))
}

/// Finds the person. A store is opened when it is there, or when something is to be kept.
fn whom(args: &Prepare, changes: bool) -> Result<Whom, Failure> {
    let there = unlock::folder(&args.common).is_ok_and(|dir| std::fs::read_dir(dir).is_ok_and(|mut e| e.next().is_some()));
    if let Some(named) = &args.subject {
        if let Some(person) = subject::from_file(named)? {
            let vault = if changes {
                Some(unlock::vault(&args.common, args.yes)?)
            } else if there {
                open_if_possible(args)
            } else {
                None
            };
            if let Some(vault) = &vault {
                subject::is_nobody_else(&person.subject, vault)?;
            }
            return Ok(Whom { person: Some(person), vault });
        }
        // Where there is no store, none is made: an empty one in memory says who is there.
        let vault = if there { unlock::vault(&args.common, args.yes)? } else { Vault::ephemeral()? };
        let id = subject::the_person(Some(named), &vault)?;
        return Ok(Whom { person: subject::details_of(&id, &vault)?, vault: Some(vault) });
    }
    if !there {
        return Ok(Whom::default());
    }
    let vault = if changes { Some(unlock::vault(&args.common, args.yes)?) } else { open_if_possible(args) };
    let Some(vault) = vault else { return Ok(Whom::default()) };
    if vault.subjects()?.is_empty() {
        return Ok(Whom::default());
    }
    let id = subject::the_person(None, &vault)?;
    Ok(Whom { person: subject::details_of(&id, &vault)?, vault: Some(vault) })
}

/// The list is worth having without the marks, too.
fn open_if_possible(args: &Prepare) -> Option<Vault> {
    match unlock::vault(&args.common, args.yes) {
        Ok(vault) => Some(vault),
        Err(failure) => {
            // Nobody is there to type a key: that is no fault, and the list is written all the same.
            if terminal::is_interactive() || failure.words != t("unlock.no_key", &[]) {
                terminal::say(&failure.to_string());
            }
            terminal::say(&t("prepare.store_shut", &[]));
            None
        }
    }
}

fn calendar_id(whom: &Whom, item: &str, election: Election) -> String {
    match (&whom.vault, whom.id()) {
        (Some(vault), Some(id)) => vault.keyed_id(&["prepare", id.as_str(), item]),
        _ => ics::open_id(item, election.nation, election.contest),
    }
}

fn kept(whom: &Whom, changes: bool) -> Result<Marks, Failure> {
    let (Some(vault), Some(id)) = (&whom.vault, whom.id()) else { return Ok(Marks::default()) };
    let Some(kept) = vault.kept(id, Marks::NAME)? else { return Ok(Marks::default()) };
    match Marks::read(&kept) {
        Ok(marks) => Ok(marks),
        Err(error) if changes => Err(Failure::failed(t(&error.to_string(), &[]))),
        Err(error) => {
            terminal::say(&t(&error.to_string(), &[]));
            Ok(Marks::default())
        }
    }
}

/// Keeps the marks, and with them a person who is not in the store yet.
fn keep(whom: &Whom, marks: &Marks, changed: &Changed, list: &Checklist) -> Result<(), Failure> {
    let (Some(person), Some(vault)) = (&whom.person, &whom.vault) else {
        return Err(Failure::usage(t("prepare.who_marks", &[])));
    };
    if changed.marked == 0 && changed.opened.is_empty() {
        terminal::say(&t("prepare.nothing_marked", &[]));
        return Ok(());
    }
    let id = &person.subject.id;
    if vault.subject_file(id)?.is_none() {
        vault.keep_subject(id, &person.text)?;
    }
    let sealed = marks.write().map_err(|e| Failure::failed(t(&e.to_string(), &[])))?;
    vault.keep(id, Marks::NAME, &sealed)?;
    if changed.marked > 0 {
        terminal::say(&n("prepare.marked", changed.marked, &[]));
    }
    if !changed.opened.is_empty() {
        let names: Vec<String> = changed.opened.iter().map(|id| named(id, list)).collect();
        terminal::say(&n("prepare.opened", names.len(), &[("names", &names.join("; "))]));
    }
    Ok(())
}

/// "Task 3: Choose an imprint address"; a task of another election by its words alone.
fn named(id: &str, list: &Checklist) -> String {
    let title = t(&format!("prepare-title.{id}"), &[]);
    match list.tasks.iter().find(|task| task.id == id) {
        Some(task) => format!("{}: {title}", t("prepare.task", &[("n", &task.number.to_string())])),
        None => title,
    }
}

/// The person with the election of this run, for whom to call.
fn with_election(subject: &Subject, list: &Checklist) -> Subject {
    let mut subject = subject.clone();
    subject.candidacy.contest = list.contest.filter(|_| subject.candidacy.contest != list.contest).or(subject.candidacy.contest);
    subject.candidacy.nation = list.nation.or(subject.candidacy.nation);
    subject
}

/// What to type next, each with what it is for.
fn commands(args: &Prepare, whom: &Whom, list: &Checklist, is_short: bool) -> Vec<(&'static str, String)> {
    let mut base = String::from("unlisted prepare");
    if let Some(named) = &args.subject {
        base.push_str(&format!(" {}", quoted(named)));
    }
    for (flag, value) in [("--election", &args.election), ("--contest", &args.contest), ("--nation", &args.nation)] {
        if let Some(value) = value {
            base.push_str(&format!(" {flag} {}", quoted(value)));
        }
    }
    base.push_str(&args.common.typed_again());
    let number = list.first().or_else(|| list.tasks.first()).map_or(1, |task| task.number);
    let mut all = vec![];
    let record = ("prepare.do_record", format!("unlisted incident add{}", args.common.typed_again()));
    if is_short {
        all.push(("prepare.do_all", format!("{base} --all")));
        all.push(match whom.person {
            Some(_) => ("prepare.do_done", format!("{base} --done {number}")),
            None => record,
        });
        return all;
    }
    all.push(record);
    if whom.person.is_some() {
        all.push(("prepare.do_done", format!("{base} --done {number}")));
        all.push(("prepare.do_skip", format!("{base} --skip {number}")));
        all.push(("prepare.do_undo", format!("{base} --undo {number}")));
    } else {
        all.push(("prepare.do_who", "unlisted init".to_owned()));
    }
    all.push(("prepare.do_print", format!("{base} --format html --out prepare")));
    if list.tasks.iter().any(|task| task.term.day().is_some()) {
        all.push(("prepare.do_calendar", format!("{base} --format ics --out prepare")));
    }
    all
}
