//! `unlisted init`: writes a person's details into the locked store, one question at a time. After every answer all of them are kept
//! sealed, so whoever closes the window loses nothing.

mod ask;
mod shown;

use jiff::civil::Date;
use unlisted_engine::config::Config;
use unlisted_engine::init::{Interview, NOTE, Question, id_for};
use unlisted_engine::subject_file;
use unlisted_model::SubjectId;
use unlisted_store::Vault;

use crate::args::{Common, Init};
use crate::failure::Failure;
use crate::words::t;
use crate::{dialogue, subject, terminal, unlock};
use ask::Step;

/// Whose record of abuse was begun before anything else was known of them.
const ME: &str = "me";

pub(crate) fn run(args: &Init) -> Result<u8, Failure> {
    let config = subject::config(&args.common)?;
    for block in [&["init.hello"][..], &["danger.now", "danger.later", "danger.judge"], &["init.how"]] {
        terminal::say("\n");
        for key in block {
            terminal::say(&t(key, &[]));
        }
    }
    let vault = unlock::vault(&args.common, args.yes)?;
    let today = jiff::ZonedDateTime::now().date();
    let Some((id, interview)) = begin(&vault, today)? else { return Ok(0) };
    Session { vault, config: &config, common: &args.common, today, id, interview }.run()
}

/// Where to begin: with a draft, with somebody who is there, or anew. None: nothing is to be done.
fn begin(vault: &Vault, today: Date) -> Result<Option<(Option<SubjectId>, Interview)>, Failure> {
    let all = vault.subjects()?;
    for id in &all {
        let Some(note) = vault.kept(id, NOTE)? else { continue };
        let base = subject::details_of(id, vault)?.map(|person| person.subject);
        let Some(interview) = Interview::of_note(&note, base) else { continue };
        let at = interview.at().map_or_else(|| t("init.end_title", &[]), ask::title);
        terminal::say("\n");
        if ask::yes_or_no("init.go_on", &[("where", &at)])? != Some(false) {
            return Ok(Some((Some(id.clone()), interview)));
        }
        if ask::yes_or_no("init.start_again", &[])? != Some(true) {
            terminal::say(&t("init.draft_stays", &[]));
            return Ok(None);
        }
        vault.drop_kept(id, NOTE)?;
        if is_empty(vault, id)? {
            vault.forget(id)?;
        }
    }
    let mut there = vec![];
    for id in vault.subjects()? {
        if vault.subject_file(&id)?.is_some() {
            there.push(id);
        }
    }
    if there.is_empty() {
        return Ok(Some((None, Interview::default())));
    }
    terminal::say("\n");
    terminal::say(&t("init.there", &[]));
    for (n, id) in there.iter().enumerate() {
        terminal::say(&t("init.numbered", &[("n", &(n + 1).to_string()), ("what", id.as_str())]));
    }
    let other = (there.len() + 1).to_string();
    terminal::say(&t("init.numbered", &[("n", &other), ("what", &t("init.somebody_else", &[]))]));
    loop {
        let Some(answer) = ask::line("init.which_person", &[])? else {
            terminal::say(&t("init.as_it_was", &[]));
            return Ok(None);
        };
        match ask::number(&answer) {
            Some(n) if n == there.len() + 1 => return Ok(Some((None, Interview::default()))),
            Some(n) if (1..=there.len()).contains(&n) => {
                let Some(id) = there.get(n - 1) else { continue };
                let person = subject::from_vault(id.as_str(), vault)?.subject;
                let permitted = person.consent.check(today).is_ok();
                let mut interview = Interview::of(person, today);
                if !permitted && ask::yes_or_no("init.permission_first", &[])? == Some(true) {
                    interview.go_to(Question::Permission);
                }
                return Ok(Some((Some(id.clone()), interview)));
            }
            _ => terminal::say(&t("init.number_again", &[])),
        }
    }
}

/// Whether nothing is kept of a person: no file, no note but the draft, no record of abuse, no check.
fn is_empty(vault: &Vault, id: &SubjectId) -> Result<bool, Failure> {
    let record = vault.entries(id, false)?;
    Ok(vault.subject_file(id)?.is_none()
        && vault.kept_all(id, "")?.iter().all(|(name, _)| name == NOTE)
        && record.entries.is_empty()
        && record.faults.is_empty()
        && vault.last_run(id)?.is_none())
}

/// One run of the questions.
struct Session<'a> {
    vault: Vault,
    config: &'a Config,
    common: &'a Common,
    today: Date,
    /// Under whom the answers are kept; None until the name is known.
    id: Option<SubjectId>,
    interview: Interview,
}

impl Session<'_> {
    fn run(mut self) -> Result<u8, Failure> {
        if self.interview.is_change() {
            terminal::say("\n");
            terminal::say(&t("init.change", &[]));
        }
        loop {
            let Some(question) = self.interview.at() else {
                match self.end()? {
                    Some(code) => return Ok(code),
                    None => continue,
                }
            };
            match self.ask(question)? {
                Step::On => self.interview.go_on(),
                Step::Back => {
                    if !self.interview.back() {
                        terminal::say(&t("init.first", &[]));
                    }
                }
            }
            self.keep()?;
        }
    }

    /// Keeps the answers so far, as soon as it is known whose they are.
    fn keep(&mut self) -> Result<(), Failure> {
        let Some(name) = self.interview.full_name() else { return Ok(()) };
        let id = match &self.id {
            Some(id) => id.clone(),
            None => {
                let all = self.vault.subjects()?;
                let me = all.iter().find(|id| id.as_str() == ME);
                match me {
                    // A record of abuse that was begun before; it stays with its person.
                    Some(me) if self.vault.subject_file(me)?.is_none() => me.clone(),
                    _ => id_for(name, &all),
                }
            }
        };
        self.vault.keep(&id, NOTE, &self.interview.to_note())?;
        self.id = Some(id);
        Ok(())
    }

    /// After the last question: the summary, and whether it is to be kept. None goes back.
    fn end(&mut self) -> Result<Option<u8>, Failure> {
        let Some(id) = self.id.clone() else {
            // The name is the one answer that is needed, so it is known here.
            return Err(Failure::failed(t("init.stopped_before", &[])));
        };
        if self.interview.full_name().is_none() {
            self.interview.go_to(Question::FullName);
            return Ok(None);
        }
        if self.interview.subject(&id, self.today).is_none() {
            // A draft whose permission has run out since.
            self.interview.set(Question::Permission, vec![]);
            self.interview.go_to(Question::Permission);
            return Ok(None);
        }
        terminal::say("\n");
        terminal::say(&t("init.summary", &[]));
        for line in self.summary() {
            terminal::say(&line);
        }
        terminal::say("\n");
        loop {
            let answer = self.line("init.keep", &[])?;
            match answer.as_ref().map(ask::word).as_deref() {
                // Nobody loses what they typed by pressing Enter.
                None => break,
                Some("<") => {
                    self.interview.back();
                    return Ok(None);
                }
                Some(word) if ask::is_yes(word) => break,
                Some(word) if ask::is_no(word) => {
                    terminal::say(&t("init.draft_stays", &[]));
                    return Ok(Some(0));
                }
                _ => terminal::say(&t("init.yes_or_no", &[])),
            }
        }
        let id = self.store(&id)?;
        terminal::say("\n");
        let key = if self.interview.has_permission() { "init.done" } else { "init.done_no_check" };
        terminal::say(&t(key, &[("id", id.as_str())]));
        self.next_steps(&id);
        Ok(Some(0))
    }

    /// Writes the person, under an id made from the name they gave last.
    fn store(&self, id: &SubjectId) -> Result<SubjectId, Failure> {
        let none = || Failure::failed(t("init.stopped", &[]));
        let mut wanted = id.clone();
        if !self.interview.is_change() && id.as_str() != ME && is_empty(&self.vault, id)? {
            let others: Vec<SubjectId> = self.vault.subjects()?.into_iter().filter(|other| other != id).collect();
            wanted = id_for(self.interview.full_name().ok_or_else(none)?, &others);
        }
        let person = self.interview.subject(&wanted, self.today).ok_or_else(none)?;
        self.vault.keep_subject(&wanted, &subject_file::write(&person))?;
        self.vault.drop_kept(id, NOTE)?;
        if wanted != *id {
            self.vault.forget(id)?;
        }
        Ok(wanted)
    }

    /// What to do now, each with its whole command.
    fn next_steps(&self, id: &SubjectId) {
        let several = self.vault.subjects().is_ok_and(|all| all.len() > 1);
        let options = self.common.typed_again();
        // `init` asks whose details it shall change.
        let command = |words: &str, named: bool| match named || (several && words != "init") {
            true => format!("unlisted {words} {id}{options}"),
            false => format!("unlisted {words}{options}"),
        };
        let steps: &[(&str, &str, bool)] = match self.interview.has_permission() {
            true => &[
                ("init.next_prepare", "prepare", false),
                ("init.next_incident", "incident add", false),
                ("init.next_plan", "plan", true),
                ("init.next_check", "check", true),
            ],
            false => &[
                ("init.next_prepare", "prepare", false),
                ("init.next_incident", "incident add", false),
                ("init.next_permission", "init", false),
            ],
        };
        terminal::say(&t("init.next", &[]));
        for (n, (key, words, named)) in steps.iter().enumerate() {
            terminal::say(&t("init.numbered", &[("n", &(n + 1).to_string()), ("what", &t(key, &[]))]));
            terminal::say(&format!("     {}", command(words, *named)));
        }
    }

    /// One line of input. When there is none left, everything given so far is kept.
    fn line(&self, key: &str, gaps: &[(&str, &str)]) -> Result<Option<unlisted_model::Secret>, Failure> {
        ask::line(key, gaps).map_err(|failure| if self.id.is_some() { failure } else { ask::stopped_before(failure) })
    }
}

/// Asks, and keeps asking when the answer is too long to be kept.
fn asked(key: &str, gaps: &[(&str, &str)]) -> Result<Option<unlisted_model::Secret>, Failure> {
    loop {
        let answer = if key == ask::NO_WORDS {
            terminal::prompt("");
            dialogue::answer()
        } else {
            dialogue::ask(key, gaps)
        };
        match answer {
            Err(failure) if failure.words == t("dialogue.too_long", &[]) => terminal::say(&t("init.too_long", &[])),
            Err(_) => return Err(Failure { words: t("init.stopped", &[]), code: 130 }),
            answer => return answer,
        }
    }
}
