//! One row of the frontier: gate, transport, decode, read, detect, and one commit of everything that came of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use unlisted_crawler::apart::{Documents, is_document};
use unlisted_crawler::decode::{DecodeCaps, decode};
use unlisted_crawler::exchange::{Exchange, Response};
use unlisted_crawler::extract::{Extracted, Problem};
use unlisted_crawler::gate::{Admission, Gate, Happened, Pace, Refusal, host_key};
use unlisted_crawler::request::Request;
use unlisted_crawler::source::{Answer, Source, SourceError};
use unlisted_crawler::transport::{Transport, TransportError};
use unlisted_crawler::verdict::{Verdict, verdict};
use unlisted_detector::Detector;
use unlisted_model::attribution::Band;
use unlisted_model::coverage::{Outcome, OutcomeKind, OutcomeReason};
use unlisted_model::document::Nature;
use unlisted_model::ports::{
    Completion, Frontier as _, HostKey, HostUpdate, LedgerEnd, NewTask, RobotsNote, Task, UnitOutcome, Work,
};
use unlisted_model::{Finding, LineId, Media, Query, SourceId};
use unlisted_store::Run;
use url::Url;

use super::follow::{Follow, Following, Visits};
use super::{Event, Progress, clock, copies, outcome};
use crate::EngineError;
use crate::house::Sources;

/// How often a row may wait for a robots.txt that does not come.
const ROBOTS_PATIENCE: u32 = 400;

/// Notes of a run about sites that gave no robots.txt begin so.
const SILENT: &str = "silent|";

/// Sites that gave no robots.txt, from the notes of an interrupted run.
pub(crate) fn silent_sites(notes: &BTreeMap<String, String>) -> HashMap<HostKey, Outcome> {
    let one = |(key, value): (&String, &String)| {
        let (kind, reason) = value.split_once(' ')?;
        let kind = OutcomeKind::ALL.into_iter().find(|k| k.as_str() == kind)?;
        Some((HostKey(key.strip_prefix(SILENT)?.to_owned()), Outcome { kind, reason: OutcomeReason::parse(reason) }))
    };
    notes.iter().filter_map(one).collect()
}

/// Everything that rows are worked with.
pub(crate) struct Worker {
    pub(crate) run: Run,
    pub(crate) gate: Gate,
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) sources: Sources,
    pub(crate) detector: Arc<Detector>,
    pub(crate) documents: Arc<dyn Documents>,
    pub(crate) units: BTreeMap<LineId, u32>,
    pub(crate) visits: Visits,
    pub(crate) caps: DecodeCaps,
    pub(crate) pace: Pace,
    pub(crate) limits: WorkLimits,
    pub(crate) progress: Progress,
    /// How often each row was sent, and how often it waited for a robots.txt.
    pub(crate) tries: Mutex<HashMap<i64, (u32, u32)>>,
    /// How pages end on a site whose robots.txt was not merely refused: no answer, a challenge, "slow down".
    pub(crate) silent: Mutex<HashMap<HostKey, Outcome>>,
}

/// Limits of one row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WorkLimits {
    pub(crate) tries: u32,
    pub(crate) redirects: u8,
    pub(crate) robots_redirects: u8,
    pub(crate) parse: Duration,
    pub(crate) robots_body: usize,
}

/// What one answer came to.
struct Judged {
    outcome: Outcome,
    cut: bool,
    findings: Vec<Finding>,
    following: Following,
}

impl Judged {
    fn only(outcome: Outcome) -> Self {
        Self { outcome, cut: false, findings: vec![], following: Following::default() }
    }
}

impl Worker {
    pub(crate) fn run(&self) -> &Run {
        &self.run
    }

    /// Works one row to its end, or puts it back.
    pub(crate) async fn work(self: Arc<Self>, task: Task) -> Result<(), EngineError> {
        let request = match self.request(&task) {
            Ok(request) => request,
            Err(error) => return self.end(&task, Judged::only(error.outcome()), None),
        };
        let now = Timestamp::now();
        let known = self.run.host(&task.new.host)?;
        match self.gate.admit(&request, known.as_ref(), now) {
            Admission::Refusal(refusal) => {
                tracing::debug!(host = task.new.host.0, line = task.new.line.0, "refused: {refusal}");
                if let Work::Robots { of, .. } = &task.new.work {
                    return self.end_robots(&task, of.clone(), RobotsNote::DisallowAll, None);
                }
                let silent = matches!(refusal, Refusal::RobotsUnreachable).then(|| self.silent_outcome(request.url())).flatten();
                self.end(&task, Judged::only(silent.unwrap_or_else(|| refusal.outcome())), None)
            }
            Admission::Wait { until } => Ok(self.run.defer(task.id, until, None)?),
            Admission::NeedsRobots(robots) => self.robots_first(&task, &request, *robots, now),
            Admission::Permit(permit) => {
                self.counted(task.id.0, |c| c.0 += 1);
                let (ledger, sent) = self.transport.send(permit).await;
                let end = match &sent {
                    Ok(e) => LedgerEnd { status: Some(e.status), bytes: e.wire_body.len() as u64, took: e.took },
                    Err(e) => LedgerEnd { status: None, bytes: 0, took: e.took },
                };
                self.gate.close(ledger, &end)?;
                match sent {
                    Ok(exchange) => self.answered(task, request, exchange, known).await,
                    Err(error) => self.unanswered(&task, request.url(), &error, known),
                }
            }
        }
    }

    fn counted<T>(&self, id: i64, change: impl FnOnce(&mut (u32, u32)) -> T) -> T {
        change(self.tries.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_default())
    }

    fn source(&self, id: &SourceId) -> Result<&Arc<dyn Source>, SourceError> {
        self.sources.get(id).ok_or(SourceError::NotMine)
    }

    fn request(&self, task: &Task) -> Result<Request, SourceError> {
        match &task.new.work {
            Work::Unit(query) => self.source(&query.source)?.request(query),
            Work::Hop { query, to, .. } => {
                let to = Url::parse(to).map_err(|_| SourceError::NotMine)?;
                Ok(self.source(&query.source)?.request(query)?.redirected(to))
            }
            Work::Robots { url, .. } => {
                let url = Url::parse(url).map_err(|_| SourceError::NotMine)?;
                Ok(Request::robots(url, &task.new.line, &task.new.source, &task.new.for_))
            }
        }
    }

    /// Adds a row for the host's robots.txt and puts this one behind it.
    fn robots_first(&self, task: &Task, request: &Request, robots: Request, now: Timestamp) -> Result<(), EngineError> {
        let waited = self.counted(task.id.0, |c| {
            c.1 += 1;
            c.1
        });
        let Some(of) = host_key(request.url()).filter(|_| waited <= ROBOTS_PATIENCE) else {
            let outcome = Outcome::because(OutcomeKind::Refused, OutcomeReason::RobotsUnreachable);
            return self.end(task, Judged::only(outcome), None);
        };
        let key = format!("robots|{}|{}", request.url().scheme(), of.0);
        let added = self.run.push(vec![NewTask {
            line: task.new.line.clone(),
            source: task.new.source.clone(),
            for_: task.new.for_.clone(),
            host: clock(robots.url()),
            work: Work::Robots { url: robots.url().to_string(), of, hops: 0 },
            key,
            not_before: None,
            priority: 9,
        }])?;
        // The row of robots.txt goes first on this host. Only one that was sent elsewhere by a redirect can still be on its way.
        let pause = SignedDuration::from_millis(if added > 0 { 0 } else { 50 });
        Ok(self.run.defer(task.id, now.checked_add(pause).unwrap_or(now), None)?)
    }

    /// No answer: once more later if that may help, else the end.
    fn unanswered(&self, task: &Task, url: &Url, error: &TransportError, known: Option<HostUpdate>) -> Result<(), EngineError> {
        let now = Timestamp::now();
        let host = self.gate.after(&task.new.source, url, known.as_ref(), Happened::Failed { took: error.took }, now);
        tracing::debug!(host = task.new.host.0, line = task.new.line.0, "no answer: {error}");
        // A site that hung for the whole of its time is not asked to do so again.
        let again = error.may_pass() && error.outcome().reason != Some(OutcomeReason::TimedOut);
        if again && self.counted(task.id.0, |c| c.0) < self.limits.tries.min(2) {
            return Ok(self.run.defer(task.id, host.next_allowed_at, Some(host))?);
        }
        if let Work::Robots { of, .. } = &task.new.work {
            self.fell_silent(of, error.outcome())?;
            return self.end_robots(task, of.clone(), RobotsNote::DisallowAll, Some(host));
        }
        self.end(task, Judged::only(error.outcome()), Some(host))
    }

    async fn answered(
        self: Arc<Self>,
        task: Task,
        request: Request,
        exchange: Exchange,
        known: Option<HostUpdate>,
    ) -> Result<(), EngineError> {
        let asked = self.first_address(&task).unwrap_or_else(|| request.url().clone());
        let response = decode(&exchange, &asked, &self.caps);
        let now = Timestamp::now();
        let verdict = verdict(&response, now);
        let latency = exchange.latency;
        let happened = match &verdict {
            Verdict::SlowDown { wait } => Happened::Refused { latency, wait: *wait },
            Verdict::Challenge => Happened::Refused { latency, wait: None },
            _ => Happened::Answered { latency },
        };
        let host = self.gate.after(&task.new.source, request.url(), known.as_ref(), happened, now);
        if let Verdict::SlowDown { wait } = verdict {
            return self.slowed(&task, host, wait);
        }
        if let Verdict::Redirect(to) = &verdict {
            return self.redirected(&task, to, host);
        }
        if let Work::Robots { of, .. } = &task.new.work {
            let note = match verdict {
                Verdict::Usable => RobotsNote::Body(response.body.iter().copied().take(self.limits.robots_body).collect()),
                Verdict::Forbidden | Verdict::Gone => RobotsNote::AllowAll,
                // A challenge in front of robots.txt: RFC 9309 counts 4xx as allowed, but this site wants no programs.
                Verdict::ErrorStatus(400..=499) => RobotsNote::AllowAll,
                _ => RobotsNote::DisallowAll,
            };
            if verdict == Verdict::Challenge {
                self.fell_silent(of, outcome::of_verdict(&verdict))?;
            }
            // A Crawl-delay counts from the robots.txt that asks for it.
            self.gate.learn_robots(of.clone(), &note, now);
            let host = self.gate.after(&task.new.source, request.url(), known.as_ref(), happened, now);
            return self.end_robots(&task, of.clone(), note, Some(host));
        }
        let Some(query) = query_of(&task).cloned() else { return Err(EngineError::Fault) };
        let source = Arc::clone(self.source(&query.source).map_err(|_| EngineError::Fault)?);
        let readable = match verdict {
            Verdict::Usable => true,
            Verdict::Challenge => false,
            _ => source.reads_errors(),
        };
        let response = if readable { self.with_document(response).await } else { response };
        let judged = match (readable, &verdict) {
            (true, _) => self.read(source, query, response).await,
            (false, Verdict::Gone) => self.gone(&query, &asked),
            (false, _) => Judged::only(outcome::of_verdict(&verdict)),
        };
        self.end(&task, judged, Some(host))?;
        if self.pace.gives_up(&host, None) {
            self.park(&task.new.host, OutcomeReason::Challenge)?;
        }
        Ok(())
    }

    /// Has a document read in a process of its own, which holds itself to its time.
    async fn with_document(self: &Arc<Self>, mut response: Response) -> Response {
        let said = response.header("content-type").unwrap_or_default().to_owned();
        if is_document(&response.body, &said, Some(&response.url)) {
            let documents = Arc::clone(&self.documents);
            let (bytes, url) = (std::mem::take(&mut response.body), response.url.clone());
            let reading = tokio::task::spawn_blocking(move || documents.read(&bytes, &said, Some(&url)));
            let fault = |_| Extracted::nothing(Media::Other, Problem::Fault);
            response.document = Some(Box::new(reading.await.unwrap_or_else(fault)));
        }
        response
    }

    /// Reads and judges an answer off the async threads, within the time for one page.
    async fn read(self: &Arc<Self>, source: Arc<dyn Source>, query: Query, response: Response) -> Judged {
        let worker = Arc::clone(self);
        let reading = tokio::task::spawn_blocking(move || worker.judge(source.as_ref(), &query, &response));
        match tokio::time::timeout(self.limits.parse, reading).await {
            Ok(Ok(judged)) => judged,
            // A panic in a source or detector ends this page, never the run.
            Ok(Err(_)) => Judged::only(Outcome::because(OutcomeKind::Failed, OutcomeReason::Fault)),
            Err(_) => Judged::only(Outcome::because(OutcomeKind::Failed, OutcomeReason::Unreadable)),
        }
    }

    fn judge(&self, source: &dyn Source, query: &Query, response: &Response) -> Judged {
        let answer = match source.read(query, response) {
            Ok(answer) => answer,
            // A page that is gone was looked at: there is nothing on it any more.
            Err(SourceError::Status(404 | 410)) if query.what == "page" => {
                return self.gone(query, &response.asked);
            }
            Err(error) => return Judged::only(error.outcome()),
        };
        let seen = look(&self.detector, &answer);
        let mut following = Following::default();
        let follow = Follow { run: &self.run, units: &self.units, visits: &self.visits };
        let address = |q: &Query| source_address(&self.sources, q);
        let copies = copies::questions(query, seen.pages.iter(), &self.units);
        follow.questions(answer.next.iter().cloned().chain(seen.follow).chain(copies).collect(), &address, &mut following);
        follow.pages(&answer.links, &query.for_, &mut following);
        let outcome = outcome::of_answer(&answer, seen.of_the_person, response.cut);
        let cut = response.cut.is_some() || outcome.reason == Some(OutcomeReason::Cut);
        Judged { outcome, cut, findings: seen.findings, following }
    }

    /// A page that is not there any more; an archive may have it.
    fn gone(&self, query: &Query, page: &Url) -> Judged {
        let mut following = Following::default();
        let follow = Follow { run: &self.run, units: &self.units, visits: &self.visits };
        let copies = copies::questions(query, std::iter::once(page), &self.units);
        follow.questions(copies, &|q| source_address(&self.sources, q), &mut following);
        Judged { following, ..Judged::only(outcome::of_verdict(&Verdict::Gone)) }
    }

    /// The site wants to be left alone: later, or never again in this run.
    fn slowed(&self, task: &Task, host: HostUpdate, wait: Option<Duration>) -> Result<(), EngineError> {
        if self.pace.gives_up(&host, wait) || self.counted(task.id.0, |c| c.0) >= self.limits.tries {
            let outcome = Outcome::because(OutcomeKind::Blocked, OutcomeReason::TooManyRequests);
            match &task.new.work {
                Work::Robots { of, .. } => {
                    self.fell_silent(of, outcome)?;
                    self.end_robots(task, of.clone(), RobotsNote::DisallowAll, Some(host))?;
                }
                _ => self.end(task, Judged::only(outcome), Some(host))?,
            }
            return self.park(&task.new.host, OutcomeReason::TooManyRequests);
        }
        Ok(self.run.defer(task.id, host.next_allowed_at, Some(host))?)
    }

    /// Gives a host up: what still waits on it ends as blocked.
    fn park(&self, host: &HostKey, reason: OutcomeReason) -> Result<(), EngineError> {
        for task in self.run.park(host)? {
            match &task.new.work {
                Work::Robots { of, .. } => self.end_robots(&task, of.clone(), RobotsNote::DisallowAll, None)?,
                _ => self.end(&task, Judged::only(Outcome::because(OutcomeKind::Blocked, reason)), None)?,
            }
        }
        Ok(())
    }

    /// The address is elsewhere: a row of its own, which passes the gate like any other.
    fn redirected(&self, task: &Task, to: &Url, host: HostUpdate) -> Result<(), EngineError> {
        let (work, hops, most) = match &task.new.work {
            Work::Unit(query) => (Work::Hop { query: query.clone(), to: to.to_string(), hops: 1 }, 1, self.limits.redirects),
            Work::Hop { query, hops, .. } => {
                let hops = hops.saturating_add(1);
                (Work::Hop { query: query.clone(), to: to.to_string(), hops }, hops, self.limits.redirects)
            }
            Work::Robots { of, hops, .. } => {
                let hops = hops.saturating_add(1);
                (Work::Robots { url: to.to_string(), of: of.clone(), hops }, hops, self.limits.robots_redirects)
            }
        };
        if hops > most {
            return match &task.new.work {
                // RFC 9309 §2.3.1.2: beyond five redirects a robots.txt counts as unavailable.
                Work::Robots { of, .. } => self.end_robots(task, of.clone(), RobotsNote::AllowAll, Some(host)),
                _ => self.end(
                    task,
                    Judged::only(Outcome::because(OutcomeKind::Failed, OutcomeReason::TooManyRedirects)),
                    Some(host),
                ),
            };
        }
        let follow = vec![NewTask {
            host: clock(to),
            key: format!("{}|hop {hops}", task.new.key),
            work,
            not_before: None,
            priority: task.new.priority.saturating_add(1),
            ..task.new.clone()
        }];
        Ok(self.run.complete(task.id, Completion { follow, host: Some(host), ..Completion::default() })?)
    }

    /// Without a robots.txt nothing is fetched (RFC 9309 §2.3.1.4). Where the site itself gave no answer, its pages end as that,
    /// not as forbidden: nobody forbade anything. Kept with the run, so that it holds after an interruption.
    fn fell_silent(&self, of: &HostKey, outcome: Outcome) -> Result<(), EngineError> {
        let reason = outcome.reason.map_or("", OutcomeReason::as_str);
        self.run.note(&format!("{SILENT}{}", of.0), &format!("{} {reason}", outcome.kind.as_str()))?;
        self.silent.lock().unwrap_or_else(PoisonError::into_inner).insert(of.clone(), outcome);
        Ok(())
    }

    fn silent_outcome(&self, url: &Url) -> Option<Outcome> {
        self.silent.lock().unwrap_or_else(PoisonError::into_inner).get(&host_key(url)?).copied()
    }

    fn end_robots(&self, task: &Task, of: HostKey, note: RobotsNote, host: Option<HostUpdate>) -> Result<(), EngineError> {
        self.gate.learn_robots(of.clone(), &note, Timestamp::now());
        Ok(self.run.complete(task.id, Completion { robots: Some((of, note)), host, ..Completion::default() })?)
    }

    fn first_address(&self, task: &Task) -> Option<Url> {
        source_address(&self.sources, query_of(task)?)
    }

    /// Ends a unit with everything that came of it in one commit.
    fn end(&self, task: &Task, mut judged: Judged, host: Option<HostUpdate>) -> Result<(), EngineError> {
        if matches!(judged.outcome.reason, Some(OutcomeReason::Unreachable | OutcomeReason::TimedOut))
            && let Work::Unit(query) = &task.new.work
            && let Some(other) = self.sources.get(&query.source).and_then(|s| s.when_unreachable(query))
        {
            let follow = Follow { run: &self.run, units: &self.units, visits: &self.visits };
            follow.questions(vec![other], &|q| source_address(&self.sources, q), &mut judged.following);
        }
        // The place that was asked, not the one that a redirect led to.
        let first = self.first_address(task);
        let bare = first.as_ref().map_or_else(|| task.new.host.0.clone(), |url| clock(url).0);
        let url = first.map(String::from).unwrap_or_default();
        (self.progress)(Event::Ended { host: bare.clone(), outcome: judged.outcome });
        let unit = UnitOutcome {
            source: task.new.source.clone(),
            line: task.new.line.clone(),
            host: bare,
            url,
            outcome: judged.outcome,
            cut: judged.cut,
            for_: task.new.for_.clone(),
        };
        if !judged.following.ended.is_empty() {
            self.run.record_all(&judged.following.ended)?;
        }
        let done =
            Completion { outcome: Some(unit), findings: judged.findings, follow: judged.following.tasks, robots: None, host };
        self.run.complete(task.id, done)?;
        let counts = self.run.counts();
        (self.progress)(Event::Left { open: counts.queued + counts.in_work, done: counts.done });
        Ok(())
    }
}

fn query_of(task: &Task) -> Option<&Query> {
    match &task.new.work {
        Work::Unit(query) | Work::Hop { query, .. } => Some(query),
        Work::Robots { .. } => None,
    }
}

/// Where a question goes.
pub(crate) fn source_address(sources: &Sources, query: &Query) -> Option<Url> {
    Some(sources.get(&query.source)?.request(query).ok()?.url().clone())
}

/// What the detector makes of an answer's documents.
pub(crate) struct Seen {
    pub(crate) findings: Vec<Finding>,
    pub(crate) follow: Vec<Query>,
    pub(crate) of_the_person: bool,
    /// The pages of the documents that are about the person.
    pub(crate) pages: Vec<Url>,
}

/// Looks through the documents of an answer. Records of other people are dropped here, before anything is kept.
pub(crate) fn look(detector: &Detector, answer: &Answer) -> Seen {
    let mut seen = Seen { findings: vec![], follow: vec![], of_the_person: false, pages: vec![] };
    for document in &answer.documents {
        let reading = detector.read(document);
        let about = reading.about.iter().any(|(_, band)| *band >= Band::Possible);
        let record = document.nature == Nature::Record;
        // What is surely not about the person is kept only where it is a fact that they gave: never a stranger's detail.
        let kept = reading.findings.into_iter().filter(|f| match f.attribution.band {
            Band::Same | Band::Likely => true,
            Band::Possible => !record || about,
            Band::Other => f.fact.is_some() && !record,
        });
        let before = seen.findings.len();
        seen.findings.extend(kept);
        let found = seen.findings.iter().skip(before).any(|f| f.attribution.band >= Band::Possible);
        seen.of_the_person |= found;
        if found || about && record {
            seen.pages.extend(copies::page_of(document));
        }
        seen.of_the_person |= about && document.nature != Nature::Page;
        if about {
            seen.follow.extend(document.follow.iter().cloned());
        }
    }
    seen
}
