//! What an answer leads to: further questions of its own line, and pages that it named, within the plan's bounds.

use std::collections::BTreeMap;

use jiff::Timestamp;
use unlisted_crawler::source::Link;
use unlisted_crawler::sources::links::{Fate, fate};
use unlisted_crawler::sources::page_query;
use unlisted_model::coverage::{Outcome, OutcomeKind, OutcomeReason};
use unlisted_model::ports::{NewTask, UnitOutcome, Work};
use unlisted_model::severity::SeverityTable;
use unlisted_model::{LineId, Query, Reveal, SourceId, SubjectId};
use unlisted_store::Run;
use url::Url;

use super::{aside, clock};
use crate::plan::FOUND_PAGES;

/// At most so many places beyond a bound are listed one by one.
const LISTED_BEYOND: usize = 50;
/// The line of places that only the person may open.
pub(crate) const BY_HAND: &str = "by-hand-page";
/// Ends the line of places for which a bound left no room.
pub(crate) const BEYOND: &str = "/beyond";

/// Which pages beside threatening words are visited: the visit itself tells the owner that somebody looked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visits {
    /// The person accepted them.
    pub(crate) hostile: bool,
    /// Lower-case words and phrases.
    words: Vec<String>,
    /// Hosts that are the person's to open.
    never_fetched: Vec<String>,
}

impl Visits {
    pub(crate) fn new(hostile: bool, table: &SeverityTable, never_fetched: &[String]) -> Self {
        Self { hostile, words: table.hostile_words.clone(), never_fetched: never_fetched.to_vec() }
    }

    fn asks_first(&self, link: &Link) -> bool {
        !self.hostile && self.is_hostile(&link.words)
    }

    fn is_hostile(&self, words: &str) -> bool {
        let text = words.to_lowercase();
        self.words.iter().any(|w| {
            text.match_indices(w.as_str()).any(|(i, _)| {
                let before = text.get(..i).and_then(|t| t.chars().next_back());
                let after = text.get(i + w.len()..).and_then(|t| t.chars().next());
                !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
            })
        })
    }
}

/// What is to be added, and what ends at once because a bound or the person's word stands against it.
#[derive(Default, Debug)]
pub(crate) struct Following {
    pub(crate) tasks: Vec<NewTask>,
    pub(crate) ended: Vec<UnitOutcome>,
}

/// Plans what follows.
pub(crate) struct Follow<'a> {
    pub(crate) run: &'a Run,
    /// Questions or pages allowed under each line.
    pub(crate) units: &'a BTreeMap<LineId, u32>,
    pub(crate) visits: &'a Visits,
}

impl Follow<'_> {
    fn room(&self, line: &LineId) -> usize {
        let bound = self.units.get(line).copied().unwrap_or(0);
        bound.saturating_sub(self.run.pages_pushed(line)) as usize
    }

    /// Further questions of a source, each under its own line of the plan.
    pub(crate) fn questions(&self, queries: Vec<Query>, host: &dyn Fn(&Query) -> Option<Url>, out: &mut Following) {
        let mut room: BTreeMap<LineId, usize> = BTreeMap::new();
        for query in queries {
            let left = room.entry(query.line.clone()).or_insert_with(|| self.room(&query.line));
            let Some(url) = host(&query) else { continue };
            if self.is_planned(&query, out) {
                continue;
            }
            if *left == 0 {
                self.beyond(&query.source, &query.line, &url, &query.for_, out);
                continue;
            }
            *left -= 1;
            out.tasks.push(task(query, &url));
        }
    }

    /// Pages that an answer named.
    pub(crate) fn pages(&self, links: &[Link], for_: &[SubjectId], out: &mut Following) {
        let (source, line) = (SourceId::new(FOUND_PAGES), LineId(FOUND_PAGES.to_owned()));
        if !self.units.contains_key(&line) {
            return;
        }
        let mut room = self.room(&line);
        for link in links.iter().filter(|l| !l.same_site) {
            let fate = fate(&link.url, &self.visits.never_fetched);
            if !matches!(link.url.scheme(), "http" | "https") {
                continue;
            }
            // A picture or a film has no text that could be read here: the person looks.
            if fate != Fate::Fetch || self.visits.asks_first(link) {
                let outcome = if link.url.username().is_empty() && link.url.password().is_none() {
                    Outcome::because(OutcomeKind::Waiting, OutcomeReason::ByHand)
                } else {
                    Outcome::because(OutcomeKind::Refused, OutcomeReason::BadAddress)
                };
                out.ended.push(aside(
                    &source,
                    BY_HAND,
                    link.url.host_str().unwrap_or_default(),
                    link.url.as_str(),
                    outcome,
                    for_,
                ));
                continue;
            }
            let query = page_query(&source, &line, &link.url, 0, for_);
            if self.is_planned(&query, out) {
                continue;
            }
            if room == 0 {
                self.beyond(&source, &line, &link.url, for_, out);
            } else {
                room -= 1;
                out.tasks.push(task(query, &link.url));
            }
        }
    }

    /// Whether the same question was asked before; it takes no room and is not beyond any bound.
    fn is_planned(&self, query: &Query, out: &Following) -> bool {
        let key = query.key.0.reveal(Reveal::ToCompare);
        self.run.knows(key) || out.tasks.iter().any(|t| t.key == key)
    }

    fn beyond(&self, source: &SourceId, line: &LineId, url: &Url, for_: &[SubjectId], out: &mut Following) {
        if out.ended.len() < LISTED_BEYOND {
            let outcome = Outcome::because(OutcomeKind::Refused, OutcomeReason::Budget);
            let line = format!("{line}{BEYOND}");
            out.ended.push(aside(source, &line, url.host_str().unwrap_or_default(), url.as_str(), outcome, for_));
        }
    }
}

/// A row of the frontier for a question that goes to `url`.
pub(crate) fn task(query: Query, url: &Url) -> NewTask {
    NewTask {
        line: query.line.clone(),
        source: query.source.clone(),
        for_: query.for_.clone(),
        host: clock(url),
        key: query.key.0.reveal(Reveal::ToCompare).to_owned(),
        work: Work::Unit(query),
        not_before: None::<Timestamp>,
        priority: 1,
    }
}
