//! Finds the person: a subject file, or somebody in the vault.

use std::io::Read as _;
use std::path::Path;

use unlisted_engine::EngineError;
use unlisted_engine::config::Config;
use unlisted_engine::subject_file::{self, Read, Said, SubjectFileError};
use unlisted_model::consent::ConsentProblem;
use unlisted_model::{Reveal, Secret, Subject, SubjectId};
use unlisted_reporter::Words;
use unlisted_store::Vault;
use zeroize::Zeroizing;

use crate::args::Common;
use crate::failure::Failure;
use crate::words::{io, t, words};
use crate::{terminal, unlock};

/// The largest subject file.
const LARGEST: u64 = 1 << 20;

/// A person and the text of their file.
pub(crate) struct Person {
    /// Who.
    pub(crate) subject: Subject,
    /// The file.
    pub(crate) text: Secret,
}

/// Loads the configuration of `--config`.
pub(crate) fn config(common: &Common) -> Result<Config, Failure> {
    let config = Config::load(common.config.as_deref())?;
    crate::words::use_those_of(&config);
    Ok(config)
}

/// A file that holds a person's details, or ought to.
pub(crate) struct Given {
    /// Its name without its folder, for messages.
    pub(crate) name: String,
    /// What stands in it.
    pub(crate) text: Secret,
}

/// Reads the text of a file of details; None when there is no such file.
///
/// # Errors
/// When it cannot be read, is no file, too large, or no text.
pub(crate) fn text_of(path: &Path) -> Result<Option<Given>, Failure> {
    if !path.exists() {
        return Ok(None);
    }
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_else(|| path.display().to_string());
    let told = |why: &str| Failure::usage(t("person.unreadable", &[("file", &name), ("why", why)]));
    let no = |key: &str| told(&t(key, &[]));
    let system = |error: std::io::Error| told(&io(&error));
    let about = std::fs::metadata(path).map_err(system)?;
    if about.is_dir() {
        return Err(no("person.why_folder"));
    }
    if !about.is_file() {
        // A pipe or a device would be read for ever.
        return Err(no("import.why_no_file"));
    }
    if about.len() > LARGEST {
        return Err(no("person.why_large"));
    }
    let file = std::fs::File::open(path).map_err(system)?;
    let mut bytes = Zeroizing::new(vec![]);
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(system)?;
    if bytes.len() as u64 > LARGEST {
        return Err(no("person.why_large"));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| no("person.why_no_text"))?;
    let text = Secret::new(text);
    Ok(Some(Given { name, text }))
}

/// The person of a file; None when `named` is no file. They may have given no permission: nothing may be checked then.
pub(crate) fn from_file(named: &str) -> Result<Option<Person>, Failure> {
    text_of(Path::new(named))?.map(|given| read(&given.name, given.text)).transpose()
}

/// The same for what needs a permission.
///
/// # Errors
/// With exit code 4 when the file holds none.
pub(crate) fn from_file_to_check(named: &str) -> Result<Option<Person>, Failure> {
    let Some(given) = text_of(Path::new(named))? else { return Ok(None) };
    subject_file::read(&given.name, given.text.reveal(Reveal::AtRest))?;
    read(&given.name, given.text).map(Some)
}

/// The person whose details this text holds; what looks odd is said.
pub(crate) fn read(name: &str, text: Secret) -> Result<Person, Failure> {
    let Read { subject, warnings } = subject_file::read_without_permission(name, text.reveal(Reveal::AtRest))?;
    for warning in warnings {
        let line = warning.line.to_string();
        let gaps = [("file", name), ("line", &line), ("key", &warned_of(&warning.key)), ("what", &said(&warning.what, &words()))];
        terminal::say(&t("subject-file.warning", &gaps));
    }
    Ok(Person { subject, text })
}

/// The same person with another id, in their text too. None: the text has no line of its own for the id.
pub(crate) fn under_id(person: &Person, id: &SubjectId) -> Option<Person> {
    let text = person.text.reveal(Reveal::AtRest);
    let is_id = |line: &str| line.trim_start().strip_prefix("id").is_some_and(|rest| rest.trim_start().starts_with('='));
    let mut other = Zeroizing::new(String::with_capacity(text.len() + 8));
    let mut is_done = false;
    let mut is_top = true;
    for line in text.split_inclusive('\n') {
        is_top &= !line.trim_start().starts_with('[');
        if is_top && !is_done && is_id(line) {
            other.push_str(&format!("id = \"{id}\"\n"));
            is_done = true;
        } else {
            other.push_str(line);
        }
    }
    let Read { subject, .. } = subject_file::read("", &other).ok()?;
    // Nothing but the id may have changed; the facts carry it too, so they are counted.
    let is_same = subject.names == person.subject.names && subject.private.len() == person.subject.private.len();
    (subject.id == *id && is_same).then(|| Person { text: Secret::new(other.as_str()), subject })
}

/// What a warning is about, as people call it: `private.value (nhs-number)` is the NHS number.
fn warned_of(key: &str) -> String {
    let kind = key.split_once('(').and_then(|(_, kind)| kind.strip_suffix(')'));
    kind.map_or_else(|| key.to_owned(), |kind| words().of("kind", kind).into_owned())
}

/// All problems of a file of details, in words.
pub(crate) fn subject_file_words(error: &SubjectFileError, words: &Words) -> String {
    let mut lines = vec![words.count("subject-file.title", error.problems.len(), &[("file", &error.file)])];
    for problem in &error.problems {
        let (what, write) = (said(&problem.what, words), said(&problem.write, words));
        let line = problem.line.to_string();
        lines.push(words.fill("subject-file.line", &[("line", &line), ("key", &problem.key), ("what", &what)]));
        lines.push(words.fill("subject-file.write", &[("write", &write)]));
    }
    lines.push(words.get("subject-file.end").into_owned());
    lines.join("\n")
}

/// One text of the catalogue with its gaps filled.
fn said(said: &Said, words: &Words) -> String {
    let gaps: Vec<(&str, &str)> = said.gaps.iter().map(|(gap, filled)| (*gap, filled.as_str())).collect();
    words.fill(said.key, &gaps)
}

/// The person of an id in the vault.
pub(crate) fn from_vault(named: &str, vault: &Vault) -> Result<Person, Failure> {
    let unknown = || Failure::usage(t("person.neither", &[("there", &known(vault))]));
    let id = SubjectId::new(named).ok_or_else(unknown)?;
    let text = vault.subject_file(&id)?.ok_or_else(unknown)?;
    let Read { subject, .. } = subject_file::read_without_permission(named, text.reveal(Reveal::AtRest))?;
    Ok(Person { subject, text })
}

/// The details of somebody in the vault. None for whoever has only a record of abuse, or answers that are not finished.
pub(crate) fn details_of(id: &SubjectId, vault: &Vault) -> Result<Option<Person>, Failure> {
    match vault.subject_file(id)? {
        Some(_) => from_vault(id.as_str(), vault).map(Some),
        None => Ok(None),
    }
}

/// Refuses a file whose id belongs to somebody else in the locked store. Who shares a name of any time with the person there
/// is that person, with a changed file.
pub(crate) fn is_nobody_else(subject: &Subject, vault: &Vault) -> Result<(), Failure> {
    let Some(text) = vault.subject_file(&subject.id)? else { return Ok(()) };
    let Ok(Read { subject: stored, .. }) = subject_file::read_without_permission("", text.reveal(Reveal::AtRest)) else {
        return Ok(());
    };
    let names = |s: &Subject| -> Vec<Secret> {
        let public = std::iter::once(&s.names.full).chain(&s.names.also).map(|n| Secret::new(n.as_str()));
        public.chain(s.names.former.iter().cloned()).collect()
    };
    let known = names(&stored);
    if names(subject).iter().any(|n| known.contains(n)) {
        return Ok(());
    }
    Err(Failure::usage(t("person.somebody_else", &[("id", subject.id.as_str())])))
}

/// The person whom a command is about. Who stands alone in the locked store need not be named.
///
/// # Errors
/// When nobody is there (exit code 3), several are there and none is named, or the one named is not there; the last two list who is.
pub(crate) fn the_person(named: Option<&str>, vault: &Vault) -> Result<SubjectId, Failure> {
    let all = vault.subjects()?;
    let there = all.iter().map(SubjectId::as_str).collect::<Vec<_>>().join(", ");
    match (named, all.as_slice()) {
        (_, []) => Err(Failure::nothing(t("person.nobody", &[]))),
        (None, [only]) => Ok(only.clone()),
        (None, _) => Err(Failure::usage(t("person.which", &[("there", &there)]))),
        (Some(name), _) => match all.iter().find(|id| id.as_str() == name.trim()) {
            Some(id) => Ok(id.clone()),
            None => Err(Failure::usage(t("person.unknown", &[("there", &there)]))),
        },
    }
}

fn known(vault: &Vault) -> String {
    let ids: Vec<String> = vault.subjects().unwrap_or_default().iter().map(ToString::to_string).collect();
    if ids.is_empty() { t("person.none", &[]) } else { ids.join(", ") }
}

/// The person, and the vault that holds what was found about them.
pub(crate) fn with_vault(named: &str, common: &Common) -> Result<(Person, Vault), Failure> {
    let file = from_file(named)?;
    let vault = unlock::vault(common, false)?;
    let person = match file {
        Some(person) => person,
        None => from_vault(named, &vault)?,
    };
    Ok((person, vault))
}

/// The person whom a check would be about, wherever they are; the vault is opened only when it must be.
pub(crate) fn find(named: &str, common: &Common) -> Result<Person, Failure> {
    if let Some(person) = from_file_to_check(named)? {
        return Ok(person);
    }
    let person = from_vault(named, &unlock::vault(common, false)?)?;
    if person.subject.consent.is_missing() {
        return Err(EngineError::Permission(ConsentProblem::Missing).into());
    }
    Ok(person)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(there: &[&str], named: Option<&str>, expect: Result<&str, u8>) {
        let vault = Vault::ephemeral().expect("a store");
        for id in there {
            vault.keep_subject(&SubjectId::new(id).expect("test data"), &Secret::new("x")).expect("kept");
        }
        let got = the_person(named, &vault);
        match (&got, expect) {
            (Ok(id), Ok(name)) => assert_eq!(id.as_str(), name),
            (Err(failure), Err(code)) => {
                assert_eq!(failure.code, code, "{failure}");
                assert!(there.iter().all(|id| failure.words.contains(id)), "{failure}");
                assert!(!failure.words.contains('⟨'), "{failure}");
            }
            _ => panic!("{there:?} {named:?}: {got:?}"),
        }
    }

    #[test]
    fn who_stands_alone_need_not_be_named() {
        check(&[], None, Err(3));
        check(&[], Some("amina"), Err(3));
        check(&["amina"], None, Ok("amina"));
        check(&["amina"], Some("amina"), Ok("amina"));
        check(&["amina"], Some("ben"), Err(2));
        check(&["amina", "ben"], None, Err(2));
        check(&["amina", "ben"], Some(" ben "), Ok("ben"));
        check(&["amina", "ben"], Some("Not an id"), Err(2));
    }
}
