//! Policy and knowledge are data: the shipped rows, with the user's rows laid over them key by key.
//!
//! `raw` is exactly what the files hold (`deny_unknown_fields`); this module turns it into checked types.

mod catalogue;
mod councils;
mod durations;
mod forces;
mod fronts;
mod help;
mod prepare;
mod raw;
pub(crate) mod reporting;
mod shipped;
mod sources;
mod told;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::de::DeserializeOwned;
use unlisted_detector::NameFrequencies;
use unlisted_model::prepare::Preparing;
use unlisted_model::route::Route;
use unlisted_model::severity::SeverityTable;
use unlisted_model::source::SourceRow;
use unlisted_model::{Forces, HelpContacts, SourceId};

pub use catalogue::Catalogue;
pub use fronts::Front;
pub use reporting::Reporting;
pub use unlisted_model::Councils;

/// What is wrong with the configuration: the file and what is wrong in it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the configuration file {file} cannot be used: {what}\n  Nothing was sent or changed; mend the file or run without it")]
pub struct ConfigError {
    /// Which file, inside the configuration folder.
    pub file: String,
    /// What is wrong.
    pub what: String,
}

/// Time, size and number limits of the wire.
#[derive(Clone, Debug)]
pub struct Limits {
    /// To reach a site.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub read: Duration,
    /// For a whole answer.
    pub total: Duration,
    /// For a whole answer of a source known to be slow.
    pub slow_total: Duration,
    /// Bytes as received.
    pub wire_cap: usize,
    /// Bytes after decompression.
    pub decoded_cap: usize,
    /// Decompressed to compressed.
    pub ratio: usize,
    /// Redirects of one page.
    pub redirects: u8,
    /// Redirects of one robots.txt.
    pub robots_redirects: u8,
    /// For reading one page.
    pub parse: Duration,
    /// Sites asked at the same time.
    pub at_once: usize,
}

/// Politeness.
#[derive(Clone, Debug)]
pub struct Pace {
    /// The least gap.
    pub gap: Duration,
    /// Times the last latency.
    pub latency_factor: f64,
    /// The longest gap that latency asks for.
    pub longest_gap: Duration,
    /// The longest pause that a site may ask for.
    pub longest_wait: Duration,
    /// Refusals in a row until a site is given up.
    pub park_after: u32,
    /// Tries of one request.
    pub tries: u32,
}

/// Bounds of the plan.
#[derive(Clone, Debug)]
pub struct Budget {
    /// Pages named by others.
    pub found_pages: u32,
    /// Pages of each own site.
    pub own_pages: u32,
    /// Result pages of each search.
    pub result_pages: u32,
    /// Addresses in given files.
    pub given_pages: u32,
}

/// How long things are kept, in days.
#[derive(Clone, Debug)]
pub struct Retention {
    /// Findings, after polling day.
    pub findings_after_poll: u32,
    /// Findings, without a polling day.
    pub findings_without_poll: u32,
    /// An unfinished run is continued.
    pub run_resume: u32,
}

/// Everything.
#[derive(Clone, Debug)]
pub struct Config {
    /// In the User-Agent.
    pub contact: String,
    /// Wire limits.
    pub limits: Limits,
    /// Politeness.
    pub pace: Pace,
    /// Plan bounds.
    pub budget: Budget,
    /// Retention.
    pub retention: Retention,
    /// Source rows, by id.
    pub rows: BTreeMap<SourceId, SourceRow>,
    /// Rows whose base or default the user set.
    pub set_by_user: Vec<SourceId>,
    /// Severity rows.
    pub severity: SeverityTable,
    /// Removal routes and hints.
    pub routes: Vec<Route>,
    /// Templates, by-hand sites, engines, hosts never fetched.
    pub catalogue: Catalogue,
    /// Councils.
    pub councils: Councils,
    /// Police forces, and the force of each council.
    pub forces: Forces,
    /// Whom people can turn to, as the party or its officer filled it in.
    pub help: HelpContacts,
    /// Tasks before nomination, and the calendar of elections.
    pub prepare: Preparing,
    /// Common names, parties, and words that tell whom a page means.
    pub names: NameFrequencies,
    /// Where abuse can be reported, and the letters.
    pub reporting: Reporting,
    /// The words that people read, as `section.key`.
    pub words: BTreeMap<String, String>,
    /// A fingerprint of all files, for the run record.
    pub fingerprint: String,
    demo_limits: (Duration, Duration, Duration),
}

impl Config {
    /// Loads the shipped files with those of `user` laid over them.
    ///
    /// # Errors
    /// The file and what is wrong in it.
    pub fn load(user: Option<&Path>) -> Result<Self, ConfigError> {
        let files = Files { user: user.map(Path::to_owned) };
        if let Some(dir) = user
            && !dir.is_dir()
        {
            return Err(ConfigError { file: "--config".into(), what: "this folder does not exist".into() });
        }
        let main: raw::Main = files.toml("unlisted.toml")?;
        let time = |file: &str, text: &str| durations::read(text).map_err(|what| ConfigError { file: file.to_owned(), what });
        let m = "unlisted.toml";
        let limits = Limits {
            connect: time(m, &main.limits.connect)?,
            read: time(m, &main.limits.read)?,
            total: time(m, &main.limits.total)?,
            slow_total: time(m, &main.limits.slow_total)?,
            wire_cap: main.limits.wire_cap,
            decoded_cap: main.limits.decoded_cap,
            ratio: main.limits.ratio,
            redirects: main.limits.redirects,
            robots_redirects: main.limits.robots_redirects,
            parse: time(m, &main.limits.parse)?,
            at_once: main.limits.at_once.clamp(1, 64),
        };
        let pace = Pace {
            gap: time(m, &main.pace.gap)?,
            latency_factor: main.pace.latency_factor,
            longest_gap: time(m, &main.pace.longest_gap)?,
            longest_wait: time(m, &main.pace.longest_wait)?,
            park_after: main.pace.park_after.max(1),
            tries: main.pace.tries.clamp(1, 5),
        };
        let (rows, set_by_user) = sources::rows(&files)?;
        let councils = councils::load(&files)?;
        let forces = forces::load(&files, &councils)?;
        Ok(Self {
            contact: main.contact,
            limits,
            pace,
            budget: Budget {
                found_pages: main.budget.found_pages,
                own_pages: main.budget.own_pages,
                result_pages: main.budget.result_pages.max(1),
                given_pages: main.budget.given_pages,
            },
            retention: Retention {
                findings_after_poll: main.retention.findings_after_poll,
                findings_without_poll: main.retention.findings_without_poll,
                run_resume: main.retention.run_resume,
            },
            rows,
            set_by_user,
            severity: catalogue::severity(&files)?,
            routes: catalogue::routes(&files)?,
            catalogue: Catalogue::load(&files)?,
            help: help::contacts(main.help, &forces, files.users(m)?.as_deref())?,
            councils,
            forces,
            prepare: prepare::load(&files)?,
            names: catalogue::names(&files)?,
            reporting: reporting::load(&files)?,
            words: words::load(&files, &main.language)?,
            fingerprint: files.fingerprint(),
            demo_limits: (time(m, &main.demo.connect)?, time(m, &main.demo.read)?, time(m, &main.demo.total)?),
        })
    }

    /// The same with the shorter patience of the demonstration.
    #[must_use]
    pub fn for_demo(mut self) -> Self {
        (self.limits.connect, self.limits.read, self.limits.total) = self.demo_limits;
        self.limits.slow_total = self.limits.total;
        self
    }
}

/// The shipped words, for whoever speaks before a configuration is read.
pub fn shipped_words() -> BTreeMap<String, String> {
    words::load(&Files { user: None }, words::ENGLISH).unwrap_or_default()
}

/// The shipped files and the user's folder.
pub(crate) struct Files {
    user: Option<PathBuf>,
}

impl Files {
    /// The shipped text, if there is such a file.
    fn ours(name: &str) -> Option<&'static str> {
        shipped::FILES.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
    }

    /// The names of all files below `folder/`, shipped and the user's.
    fn below(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> =
            shipped::FILES.iter().filter(|(n, _)| n.starts_with(&format!("{folder}/"))).map(|(n, _)| (*n).to_owned()).collect();
        if let Some(dir) = &self.user
            && let Ok(entries) = std::fs::read_dir(dir.join(folder))
        {
            for entry in entries.flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.ends_with(".toml") {
                    names.push(format!("{folder}/{name}"));
                }
            }
        }
        names.sort();
        names.dedup();
        names
    }

    /// The user's text, if there is such a file.
    fn users(&self, name: &str) -> Result<Option<String>, ConfigError> {
        let Some(dir) = &self.user else { return Ok(None) };
        let path = dir.join(name);
        // A pipe or a device would be read for ever.
        if std::fs::metadata(&path).is_ok_and(|about| !about.is_file()) {
            return Err(ConfigError { file: name.into(), what: "it is not an ordinary file".into() });
        }
        match std::fs::read_to_string(&path) {
            Ok(text) if text.len() <= 8 << 20 => Ok(Some(text)),
            Ok(_) => Err(ConfigError { file: name.into(), what: "it is larger than 8 MB".into() }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ConfigError { file: name.into(), what: format!("it cannot be read ({error})") }),
        }
    }

    /// A file as a table, the user's keys over ours.
    fn table(&self, name: &str) -> Result<toml::Table, ConfigError> {
        let parse = |text: &str| {
            text.parse::<toml::Table>().map_err(|e| {
                let before = e.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
                ConfigError { file: name.into(), what: format!("line {}: {}", before.matches('\n').count() + 1, e.message()) }
            })
        };
        let mut table = Self::ours(name).map(parse).transpose()?.unwrap_or_default();
        if let Some(text) = self.users(name)? {
            lay_over(&mut table, parse(&text)?);
        }
        Ok(table)
    }

    /// The same, read into a type.
    fn toml<T: DeserializeOwned>(&self, name: &str) -> Result<T, ConfigError> {
        self.table(name)?.try_into().map_err(|e: toml::de::Error| {
            let users = self.users(name).ok().flatten().unwrap_or_default();
            ConfigError { file: name.into(), what: told::wrong(&users, &e).replace('\n', " ") }
        })
    }

    fn fingerprint(&self) -> String {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        for (name, text) in shipped::FILES {
            (name, text).hash(&mut hasher);
            if let Ok(Some(users)) = self.users(name) {
                users.hash(&mut hasher);
            }
        }
        format!("{:016x}", hasher.finish())
    }
}

/// Lays the user's keys over ours: tables key by key, lists of entries with an `id`, `kind` or `suffix` entry by entry, the rest whole.
fn lay_over(ours: &mut toml::Table, users: toml::Table) {
    for (key, value) in users {
        match (ours.get_mut(&key), value) {
            (Some(toml::Value::Table(mine)), toml::Value::Table(theirs)) => lay_over(mine, theirs),
            (Some(toml::Value::Array(mine)), toml::Value::Array(theirs))
                if theirs.iter().all(|t| entry_name(t).is_some()) && !theirs.is_empty() =>
            {
                for entry in theirs {
                    let same = mine.iter().position(|m| entry_name(m).is_some() && entry_name(m) == entry_name(&entry));
                    match (same, entry) {
                        (Some(i), toml::Value::Table(entry)) => {
                            if let Some(toml::Value::Table(mine)) = mine.get_mut(i) {
                                lay_over(mine, entry);
                            }
                        }
                        (_, entry) => mine.push(entry),
                    }
                }
            }
            (_, value) => {
                ours.insert(key, value);
            }
        }
    }
}

fn entry_name(value: &toml::Value) -> Option<&str> {
    let table = value.as_table()?;
    ["id", "kind", "suffix"].into_iter().find_map(|key| table.get(key)).and_then(toml::Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pipe or a device would be read for ever.
    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_read() {
        let dir = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink("/dev/zero", dir.path().join("unlisted.toml")).expect("a link");
        let error = Config::load(Some(dir.path())).expect_err("refused");
        assert_eq!((error.file.as_str(), error.what.as_str()), ("unlisted.toml", "it is not an ordinary file"));
    }

    #[test]
    fn user_rows_lie_over_ours_key_by_key() {
        let mut ours: toml::Table =
            "a = 1\nb = 2\n[t]\nx = 1\ny = 2\n[[e]]\nid = \"p\"\nv = 1\nw = 1\n".parse().expect("test data");
        lay_over(
            &mut ours,
            "b = 3\n[t]\ny = 9\n[[e]]\nid = \"p\"\nv = 5\n[[e]]\nid = \"q\"\nv = 6\n".parse().expect("test data"),
        );
        let expect: toml::Table = "a = 1\nb = 3\n[t]\nx = 1\ny = 9\n[[e]]\nid = \"p\"\nv = 5\nw = 1\n[[e]]\nid = \"q\"\nv = 6\n"
            .parse()
            .expect("test data");
        assert_eq!(ours, expect);
    }
}
