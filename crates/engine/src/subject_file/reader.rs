//! Walks the parsed file key by key, so that every problem has its line.

use std::collections::BTreeMap;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use unlisted_model::consent::MaySend;
use unlisted_model::{Basis, Candidacy, Consent, FactId, Identifier, Kind, Names, OwnPage, Secret, Subject, SubjectId};
use url::Url;

use super::{Problem, Read, SubjectFileError, Warning, values};

/// The largest subject file that is read.
const LARGEST: usize = 1 << 20;

/// Reads a subject file. `file` is only its name, for messages.
///
/// # Errors
/// All problems of the file at once.
pub fn read(file: &str, text: &str) -> Result<Read, SubjectFileError> {
    let mut w = Walk { text, problems: vec![], warnings: vec![] };
    let fail = |problems, no_permission| SubjectFileError { file: file.to_owned(), problems, no_permission };
    if text.len() > LARGEST {
        w.problem(0, "(file)", "the file is larger than 1 MB", "a subject file; see `unlisted init`");
        return Err(fail(w.problems, false));
    }
    let root = match DeTable::parse(text.strip_prefix('\u{feff}').unwrap_or(text)) {
        Ok(root) => root,
        Err(error) => {
            // Only the message: the parser's own display quotes the line, which may hold a value.
            let at = error.span().map_or(0, |s| s.start);
            w.problem(
                at,
                "(file)",
                &format!("this is not valid TOML: {}", first_line(error.message())),
                "key = \"value\", text in straight quotes",
            );
            return Err(fail(w.problems, false));
        }
    };
    let root = root.get_ref();
    w.known(root, "", &["schema", "id", "consent", "names", "candidacy", "private", "public", "pages", "sources"]);
    match w.string(root, "", "schema", true) {
        Some((_, "unlisted/subject/v1")) | None => {}
        Some((at, _)) => w.problem(at, "schema", "this version of the file is not known", "schema = \"unlisted/subject/v1\""),
    }
    let id = w.string(root, "", "id", true).and_then(|(at, id)| {
        let checked = SubjectId::new(id);
        if checked.is_none() {
            w.problem(at, "id", "an id has lower-case letters, figures and hyphens only, 64 at most", "id = \"amina-castle\"");
        }
        checked
    });
    let no_permission = !root.iter().any(|(k, _)| k.get_ref() == "consent");
    let consent = w.consent(root);
    let names = w.names(root);
    let candidacy = w.candidacy(root);
    let owner = id.clone().or_else(|| SubjectId::new("unknown"));
    let mut ordinals = BTreeMap::new();
    let private = w.facts(root, "private", owner.as_ref(), &mut ordinals);
    // Ordinals go on from the private ones, so that no two facts of a person share an id.
    let public = w.facts(root, "public", owner.as_ref(), &mut ordinals);
    let pages = w.pages(root);
    let searxng = w.searxng(root);
    match (id, consent, names) {
        (Some(id), Some(consent), Some(names)) if w.problems.is_empty() => Ok(Read {
            subject: Subject { id, consent, names, candidacy, private, public, pages, searxng, help: Default::default() },
            warnings: w.warnings,
        }),
        _ => Err(fail(w.problems, no_permission)),
    }
}

fn first_line(message: &str) -> &str {
    message.lines().next().unwrap_or_default()
}

struct Walk<'t> {
    text: &'t str,
    problems: Vec<Problem>,
    warnings: Vec<Warning>,
}

type Table<'i> = DeTable<'i>;

impl Walk<'_> {
    fn line(&self, at: usize) -> usize {
        self.text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
    }

    fn problem(&mut self, at: usize, key: &str, what: &str, write: &str) {
        let line = self.line(at);
        self.problems.push(Problem { line, key: key.to_owned(), what: what.to_owned(), write: write.to_owned() });
    }

    fn warning(&mut self, at: usize, key: &str, what: &str) {
        let line = self.line(at);
        self.warnings.push(Warning { line, key: key.to_owned(), what: what.to_owned() });
    }

    fn known(&mut self, table: &Table<'_>, inside: &str, keys: &[&str]) {
        for (key, _) in table.iter() {
            if !keys.contains(&key.get_ref().as_ref()) {
                let name: String = key.get_ref().chars().filter(|c| !c.is_control()).take(40).collect();
                self.problem(
                    key.span().start,
                    &join(inside, &name),
                    "this key is not known",
                    &format!("one of: {}", keys.join(", ")),
                );
            }
        }
    }

    fn get<'a, 'i>(&self, table: &'a Table<'i>, key: &str) -> Option<&'a Spanned<DeValue<'i>>> {
        table.iter().find(|(k, _)| k.get_ref() == key).map(|(_, v)| v)
    }

    fn string<'a>(&mut self, table: &'a Table<'_>, inside: &str, key: &str, needed: bool) -> Option<(usize, &'a str)> {
        let path = join(inside, key);
        match self.get(table, key) {
            None => {
                if needed {
                    self.problem(0, &path, "this key is missing", &format!("{key} = \"…\""));
                }
                None
            }
            Some(value) => match value.get_ref() {
                DeValue::String(s) if !s.trim().is_empty() => Some((value.span().start, s.trim())),
                DeValue::String(_) => {
                    self.problem(
                        value.span().start,
                        &path,
                        "the text is empty",
                        &format!("{key} = \"…\", or leave the line out"),
                    );
                    None
                }
                _ => {
                    self.problem(value.span().start, &path, "this must be text in quotes", &format!("{key} = \"…\""));
                    None
                }
            },
        }
    }

    fn strings<'a>(&mut self, table: &'a Table<'_>, inside: &str, key: &str) -> Vec<(usize, &'a str)> {
        let path = join(inside, key);
        let Some(value) = self.get(table, key) else { return vec![] };
        let Some(list) = value.get_ref().as_array() else {
            self.problem(value.span().start, &path, "this must be a list of texts", &format!("{key} = [\"…\", \"…\"]"));
            return vec![];
        };
        let mut out = vec![];
        for item in list.iter() {
            match item.get_ref().as_str() {
                Some(s) if !s.trim().is_empty() => out.push((item.span().start, s.trim())),
                _ => self.problem(
                    item.span().start,
                    &path,
                    "every entry must be a text that is not empty",
                    &format!("{key} = [\"…\"]"),
                ),
            }
        }
        out
    }

    fn date(&mut self, table: &Table<'_>, inside: &str, key: &str, needed: bool) -> Option<Date> {
        let path = join(inside, key);
        let write = format!("{key} = \"2027-05-06\" (year-month-day)");
        let value = self.get(table, key);
        let Some(value) = value else {
            if needed {
                self.problem(0, &path, "this key is missing", &write);
            }
            return None;
        };
        let read = match value.get_ref() {
            DeValue::String(s) => s.trim().parse::<Date>().ok(),
            DeValue::Datetime(d) => d.to_string().parse::<Date>().ok(),
            _ => None,
        };
        if read.is_none() {
            self.problem(value.span().start, &path, "this is not a date that exists", &write);
        }
        read
    }

    fn table<'a, 'i>(&mut self, root: &'a Table<'i>, key: &str, needed: bool) -> Option<&'a Table<'i>> {
        let Some(value) = self.get(root, key) else {
            if needed {
                self.problem(0, key, "this part is missing", &format!("a part that starts with [{key}]"));
            }
            return None;
        };
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.problem(value.span().start, key, "this must be a part of its own", &format!("a part that starts with [{key}]"));
        }
        table
    }

    fn tables<'a, 'i>(&mut self, root: &'a Table<'i>, key: &str) -> Vec<(usize, &'a Table<'i>)> {
        let Some(value) = self.get(root, key) else { return vec![] };
        let write = format!("entries that start with [[{key}]]");
        let Some(list) = value.get_ref().as_array() else {
            self.problem(value.span().start, key, "this must be a list of entries", &write);
            return vec![];
        };
        let mut out = vec![];
        for item in list.iter() {
            match item.get_ref().as_table() {
                Some(table) => out.push((item.span().start, table)),
                None => self.problem(item.span().start, key, "every entry must be a part of its own", &write),
            }
        }
        out
    }

    fn consent(&mut self, root: &Table<'_>) -> Option<Consent> {
        let table = self.table(root, "consent", true)?;
        self.known(table, "consent", &["by", "on", "until", "basis", "may-send", "kinds", "sources"]);
        let by = self.string(table, "consent", "by", true).map(|(_, s)| s.to_owned());
        let on = self.date(table, "consent", "on", true);
        let until = self.date(table, "consent", "until", true);
        let basis = self.string(table, "consent", "basis", true).and_then(|(at, word)| {
            let basis = Basis::parse(word);
            if basis.is_none() {
                self.problem(at, "consent.basis", "this basis is not known", "\"self\", \"consent\" or \"legitimate-interests\"");
            }
            basis
        });
        let mut may_send = vec![];
        for (at, entry) in self.strings(table, "consent", "may-send") {
            let (kind, source) = entry.split_once(':').map_or((entry, None), |(k, s)| (k, Some(s.to_owned())));
            match Kind::parse(kind) {
                Some(Kind::HomeAddress | Kind::DateOfBirth | Kind::FamilyMember) => {
                    self.problem(
                        at,
                        "consent.may-send",
                        "this kind is never sent to anybody",
                        "\"username\", \"email:gravatar\", \"phone:brave\" …",
                    );
                }
                Some(kind) => may_send.push(MaySend { kind, source }),
                None => self.problem(
                    at,
                    "consent.may-send",
                    "this kind is not known",
                    "\"username\", \"email:gravatar\", \"phone:brave\" …",
                ),
            }
        }
        let mut kinds = None;
        if self.get(table, "kinds").is_some() {
            let mut list = vec![];
            for (at, word) in self.strings(table, "consent", "kinds") {
                match Kind::parse(word) {
                    Some(kind) => list.push(kind),
                    None => self.problem(at, "consent.kinds", "this kind is not known", &kinds_list()),
                }
            }
            kinds = Some(list);
        }
        let sources = self
            .get(table, "sources")
            .is_some()
            .then(|| self.strings(table, "consent", "sources").into_iter().map(|(_, s)| s.to_owned()).collect());
        Some(Consent { by: by?, on: on?, until: until?, basis: basis?, may_send, kinds, sources })
    }

    fn names(&mut self, root: &Table<'_>) -> Option<Names> {
        let table = self.table(root, "names", true)?;
        self.known(table, "names", &["full", "also", "former"]);
        let full = self.string(table, "names", "full", true).map(|(at, name)| (at, name.to_owned()));
        if let Some((at, name)) = &full
            && name.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count() < 2
        {
            self.problem(
                *at,
                "names.full",
                "a full name has at least a first name and a surname",
                "full = \"Amina Rose Castle\"",
            );
        }
        let also = self.strings(table, "names", "also").into_iter().map(|(_, s)| s.to_owned()).collect();
        let former = self.strings(table, "names", "former").into_iter().map(|(_, s)| Secret::new(s)).collect();
        Some(Names { full: full?.1, also, former })
    }

    fn candidacy(&mut self, root: &Table<'_>) -> Candidacy {
        let Some(table) = self.table(root, "candidacy", false) else { return Candidacy::default() };
        self.known(table, "candidacy", &["announced", "party", "area", "council", "election"]);
        let announced = match self.get(table, "announced") {
            None => false,
            Some(value) => value.get_ref().as_bool().unwrap_or_else(|| {
                self.problem(
                    value.span().start,
                    "candidacy.announced",
                    "this must be true or false, without quotes",
                    "announced = true",
                );
                false
            }),
        };
        let mut text = |key| self.string(table, "candidacy", key, false).map(|(_, s)| s.to_owned());
        let (party, area, council) = (text("party"), text("area"), text("council"));
        Candidacy {
            announced,
            party,
            area,
            council,
            election: self.date(table, "candidacy", "election", false),
            ..Candidacy::default()
        }
    }

    fn facts(
        &mut self,
        root: &Table<'_>,
        part: &str,
        owner: Option<&SubjectId>,
        ordinals: &mut BTreeMap<Kind, u32>,
    ) -> Vec<Identifier> {
        let mut out = vec![];
        for (at, table) in self.tables(root, part) {
            self.known(table, part, &["kind", "value"]);
            let kind = self.string(table, part, "kind", true).and_then(|(at, word)| {
                let kind = Kind::parse(word);
                if kind.is_none() {
                    self.problem(at, &join(part, "kind"), "this kind is not known", &kinds_list());
                }
                kind
            });
            // A date of birth may be written without quotes.
            let value = match self.get(table, "value").map(|v| (v.span().start, v.get_ref())) {
                Some((at, DeValue::Datetime(day))) => Some((at, day.to_string())),
                _ => self.string(table, part, "value", true).map(|(at, s)| (at, s.to_owned())),
            };
            let (Some(kind), Some((value_at, value))) = (kind, value) else { continue };
            let key = format!("{part}.value ({})", kind.as_str());
            match values::read(kind, &value) {
                Err((what, write)) => self.problem(value_at, &key, what, write),
                Ok(read) => {
                    if let Some(odd) = read.odd {
                        self.warning(value_at, &key, odd);
                    }
                    if kind.is_identity_number() && part == "private" {
                        self.warning(at, &key, "we advise against typing identity numbers; a check works without them");
                    }
                    let ordinal = ordinals.entry(kind).or_insert(0);
                    *ordinal += 1;
                    if let Some(owner) = owner {
                        out.push(Identifier {
                            id: FactId { subject: owner.clone(), kind, ordinal: *ordinal },
                            value: Secret::new(read.text),
                        });
                    }
                }
            }
        }
        out
    }

    fn pages(&mut self, root: &Table<'_>) -> Vec<OwnPage> {
        let mut out = vec![];
        for (_, table) in self.tables(root, "pages") {
            self.known(table, "pages", &["url"]);
            if let Some((at, text)) = self.string(table, "pages", "url", true) {
                match web_address(text) {
                    Ok(url) => out.push(OwnPage { url }),
                    Err(what) => self.problem(at, "pages.url", what, "url = \"https://aminacastle.example/\""),
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
                self.problem(at, "sources.searxng.base", what, "base = \"http://127.0.0.1:8888\"");
                None
            }
        }
    }
}

/// Checks an address that the person gave: http or https, a host, no credentials.
///
/// # Errors
/// What is wrong, without the address.
pub fn web_address(text: &str) -> Result<Url, &'static str> {
    let mut url = Url::parse(text.trim()).map_err(|_| "this is not a web address")?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("only addresses that begin with https:// or http:// can be looked at");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("an address with a user name or password in it is not used");
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err("this address has no site name");
    }
    url.set_fragment(None);
    Ok(url)
}

fn join(inside: &str, key: &str) -> String {
    if inside.is_empty() { key.to_owned() } else { format!("{inside}.{key}") }
}

fn kinds_list() -> String {
    let names: Vec<&str> = Kind::ALL.iter().filter(|k| **k != Kind::PhotoLocation).map(|k| k.as_str()).collect();
    format!("one of: {}", names.join(", "))
}
