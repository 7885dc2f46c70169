//! Reads a whole subject file, part by part.

use std::collections::BTreeMap;

use toml::de::DeTable;
use unlisted_model::contest::{Contest, Nation};
use unlisted_model::help::HelpContacts;
use unlisted_model::{Candidacy, Consent, Names, OwnPage, Secret, Subject, SubjectId};
use url::Url;

use super::walk::{Table, Walk, join};
use super::{Read, Said, SubjectFileError};

/// The largest subject file that is read.
const LARGEST: usize = 1 << 20;

/// Reads a subject file. `file` is only its name, for messages.
///
/// # Errors
/// All problems of the file at once.
pub fn read(file: &str, text: &str) -> Result<Read, SubjectFileError> {
    read_with(file, text, true)
}

/// The same, for what needs no permission (a record of abuse, preparing, whom to call): where `[consent]` is left out, the person has
/// [none](Consent::missing). One that stands there must be right.
///
/// # Errors
/// All problems of the file at once.
pub fn read_without_permission(file: &str, text: &str) -> Result<Read, SubjectFileError> {
    read_with(file, text, false)
}

fn read_with(file: &str, text: &str, needs_permission: bool) -> Result<Read, SubjectFileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut w = Walk { text, problems: vec![], warnings: vec![] };
    let fail = |problems, no_permission| SubjectFileError { file: file.to_owned(), problems, no_permission };
    if text.len() > LARGEST {
        w.problem(0, "(file)", "subject-file.too_large", "subject-file.too_large_do");
        return Err(fail(w.problems, false));
    }
    let root = match DeTable::parse(text) {
        Ok(root) => root,
        Err(error) => {
            // Only the message: the parser's own display quotes the line, which may hold a value.
            let at = error.span().map_or(0, |s| s.start);
            let why = error.message().lines().next().unwrap_or_default();
            w.problem(at, "(file)", Said::with("subject-file.not_toml", "why", why), "subject-file.not_toml_do");
            return Err(fail(w.problems, false));
        }
    };
    let root = root.get_ref();
    w.known(root, "", &["schema", "id", "consent", "names", "candidacy", "help", "private", "public", "pages", "sources"]);
    match w.string(root, "", "schema", true) {
        Some((_, "unlisted/subject/v1")) | None => {}
        Some((at, _)) => w.problem(at, "schema", "subject-file.version", "subject-file.version_do"),
    }
    let id = w.string(root, "", "id", true).and_then(|(at, id)| {
        let checked = SubjectId::new(id);
        if checked.is_none() {
            w.problem(at, "id", "subject-file.id", "subject-file.id_do");
        }
        checked
    });
    let no_permission = !root.iter().any(|(k, _)| k.get_ref() == "consent");
    let consent = if no_permission && !needs_permission { Some(Consent::missing()) } else { w.consent(root) };
    let names = w.names(root);
    let candidacy = w.candidacy(root);
    let help = w.help(root);
    let owner = id.clone().or_else(|| SubjectId::new("unknown"));
    let mut ordinals = BTreeMap::new();
    let private = w.facts(root, "private", owner.as_ref(), &mut ordinals);
    let public = w.facts(root, "public", owner.as_ref(), &mut ordinals);
    let pages = w.pages(root);
    let searxng = w.searxng(root);
    match (id, consent, names) {
        (Some(id), Some(consent), Some(names)) if w.problems.is_empty() => Ok(Read {
            subject: Subject { id, consent, names, candidacy, private, public, pages, searxng, help },
            warnings: w.warnings,
        }),
        _ => Err(fail(w.problems, no_permission)),
    }
}

impl Walk<'_> {
    fn names(&mut self, root: &Table<'_>) -> Option<Names> {
        let table = self.table(root, "names", true)?;
        self.known(table, "names", &["full", "also", "former"]);
        let full = self.short(table, "names", "full", true);
        if let Some(name) = &full
            && !super::values::is_full_name(name)
        {
            let at = self.get(table, "full").map_or(0, |v| v.span().start);
            self.problem(at, "names.full", "subject-file.one_name", "subject-file.one_name_do");
        }
        let also = self.strings(table, "names", "also").into_iter().map(|(_, s)| s.to_owned()).collect();
        let former = self.strings(table, "names", "former").into_iter().map(|(_, s)| Secret::new(s)).collect();
        Some(Names { full: full?, also, former })
    }

    fn candidacy(&mut self, root: &Table<'_>) -> Candidacy {
        let Some(table) = self.table(root, "candidacy", false) else { return Candidacy::default() };
        self.known(table, "candidacy", &["announced", "contest", "nation", "party", "area", "council", "election"]);
        let announced = match self.get(table, "announced") {
            None => false,
            Some(value) => value.get_ref().as_bool().unwrap_or_else(|| {
                let at = value.span().start;
                self.problem(at, "candidacy.announced", "subject-file.not_bool", "subject-file.not_bool_do");
                false
            }),
        };
        let contests = Contest::ALL.map(Contest::as_str);
        let nations = Nation::ALL.map(Nation::as_str);
        Candidacy {
            announced,
            party: self.short(table, "candidacy", "party", false),
            area: self.short(table, "candidacy", "area", false),
            council: self.short(table, "candidacy", "council", false),
            election: self.date(table, "candidacy", "election", false),
            contest: self.word(table, "candidacy", "contest", Contest::parse, "subject-file.contest", &contests),
            nation: self.word(table, "candidacy", "nation", Nation::parse, "subject-file.nation", &nations),
        }
    }

    fn help(&mut self, root: &Table<'_>) -> HelpContacts {
        let Some(table) = self.table(root, "help", false) else { return HelpContacts::default() };
        self.known(table, "help", &["police-contact", "police-adviser", "party", "trusted", "force"]);
        let force = self.string(table, "help", "force", false).and_then(|(at, id)| {
            // Whether there is such a force is asked where the configuration is known.
            let good = SubjectId::new(id).is_some();
            if !good {
                self.problem(at, &join("help", "force"), "subject-file.force", "subject-file.force_do");
            }
            good.then(|| id.to_owned())
        });
        HelpContacts {
            police_contact: self.short(table, "help", "police-contact", false),
            police_adviser: self.short(table, "help", "police-adviser", false),
            party: self.short(table, "help", "party", false),
            trusted: self.short(table, "help", "trusted", false),
            force,
        }
    }

    fn pages(&mut self, root: &Table<'_>) -> Vec<OwnPage> {
        let mut out = vec![];
        for (_, table) in self.tables(root, "pages") {
            self.known(table, "pages", &["url"]);
            if let Some((at, text)) = self.string(table, "pages", "url", true) {
                match web_address(text) {
                    Ok(url) => out.push(OwnPage { url }),
                    Err(what) => self.problem(at, "pages.url", what, "subject-file.url_do"),
                }
            }
        }
        out
    }

    fn searxng(&mut self, root: &Table<'_>) -> Option<Url> {
        let sources = self.table(root, "sources", false)?;
        self.known(sources, "sources", &["searxng"]);
        let table = self.table(sources, "searxng", false)?;
        self.known(table, "sources.searxng", &["base"]);
        let (at, text) = self.string(table, "sources.searxng", "base", true)?;
        match web_address(text) {
            Ok(url) => Some(url),
            Err(what) => {
                self.problem(at, "sources.searxng.base", what, "subject-file.searxng_do");
                None
            }
        }
    }
}

/// Checks an address that the person gave: http or https, a host, no credentials.
///
/// # Errors
/// The key of what is wrong, without the address.
pub fn web_address(text: &str) -> Result<Url, &'static str> {
    let mut url = Url::parse(text.trim()).map_err(|_| "subject-file.not_web")?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("subject-file.not_http");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("subject-file.has_password");
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err("subject-file.no_site");
    }
    url.set_fragment(None);
    Ok(url)
}
