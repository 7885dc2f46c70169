//! The queue of a run in memory: which row is due on which host. Every change of it is written to the file first.
//!
//! It knows numbers and keyed hashes only; what a row asks stays sealed in the file until the row is handed out. Times are
//! nanoseconds since 1970.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use unlisted_model::Outcome;
use unlisted_model::ports::HostUpdate;

use super::time::{LONG_AGO, nanos};
use crate::keys::Tag;

/// Where a row stands, as the file keeps it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    /// It waits.
    Waiting,
    /// It was handed out; its host is taken.
    InWork,
    /// It ended.
    Done,
    /// Its host was given up; somebody is ending it.
    Taken,
}

impl State {
    pub(super) const ALL: [Self; 4] = [Self::Waiting, Self::InWork, Self::Done, Self::Taken];

    pub(super) const fn code(self) -> i64 {
        match self {
            Self::Waiting => 0,
            Self::InWork => 1,
            Self::Done => 2,
            Self::Taken => 3,
        }
    }
}

/// A row that has not ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) host: Tag,
    pub(super) key: Tag,
    pub(super) line: Tag,
    pub(super) circle: i64,
    pub(super) kind: i64,
    pub(super) priority: u8,
    pub(super) attempts: u32,
    pub(super) not_before: i64,
    pub(super) state: State,
}

/// What is known of a host.
#[derive(Default)]
pub(super) struct Host {
    pub(super) update: Option<HostUpdate>,
    /// The outcome of rows that come after it was given up.
    pub(super) parked: Option<Outcome>,
    /// Rows in work: one at most.
    in_work: Option<i64>,
    due: BTreeSet<(Reverse<u8>, i64)>,
    later: BTreeSet<(i64, i64)>,
    /// When it last handed out a row, in claims.
    served: u64,
    /// The row since which something waits here.
    since: i64,
    place: Option<Place>,
}

/// Where a host stands in the order of hosts.
#[derive(Clone, Copy)]
enum Place {
    Timed(i64),
    Ready(u64, i64),
}

/// The answer to a look at the queue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pick {
    Row(i64),
    Wait(i64),
    Busy,
    Empty,
}

/// The queue.
#[derive(Default)]
pub(super) struct Queue {
    hosts: HashMap<Tag, Host>,
    rows: HashMap<i64, Row>,
    known: HashSet<Tag>,
    /// Free hosts with waiting rows, by the moment at which one becomes due.
    timed: BTreeSet<(i64, Tag)>,
    /// Free hosts with a due row: the one served longest ago first, then the one that waits longest.
    ready: BTreeSet<(u64, i64, Tag)>,
    claims: u64,
    waiting: usize,
    done: usize,
}

impl Queue {
    /// Whether a key was ever added.
    pub(super) fn knows(&self, key: &Tag) -> bool {
        self.known.contains(key)
    }

    /// A host, if anything is known of it.
    pub(super) fn host(&self, host: &Tag) -> Option<&Host> {
        self.hosts.get(host)
    }

    /// A row that has not ended.
    pub(super) fn row(&self, id: i64) -> Option<&Row> {
        self.rows.get(&id)
    }

    /// Rows that wait, are in work (those of a given-up host included), and have ended.
    pub(super) fn counts(&self) -> (usize, usize, usize) {
        (self.waiting, self.rows.len() - self.waiting, self.done)
    }

    /// Adds a row in any state.
    pub(super) fn add(&mut self, id: i64, row: Row) {
        self.known.insert(row.key);
        match row.state {
            State::Done => self.done += 1,
            State::Waiting => {
                self.rows.insert(id, row);
                self.put(id);
            }
            State::InWork | State::Taken => {
                self.rows.insert(id, row);
            }
        }
    }

    /// Sets what is known of a host.
    pub(super) fn set_host(&mut self, tag: Tag, update: Option<HostUpdate>, parked: Option<Outcome>) {
        self.unlink(tag);
        let host = self.hosts.entry(tag).or_default();
        host.update = update;
        host.parked = parked;
        self.link(tag);
    }

    /// Which row to hand out now.
    pub(super) fn pick(&mut self, now: i64) -> Pick {
        while let Some(&(at, tag)) = self.timed.first().filter(|(at, _)| *at <= now) {
            self.timed.remove(&(at, tag));
            if let Some(host) = self.hosts.get_mut(&tag) {
                host.place = Some(Place::Ready(host.served, host.since));
                self.ready.insert((host.served, host.since, tag));
            }
        }
        while let Some(&(_, _, tag)) = self.ready.first() {
            let Some(host) = self.hosts.get_mut(&tag) else { break };
            while let Some(&(at, id)) = host.later.first().filter(|(at, _)| *at <= now) {
                host.later.remove(&(at, id));
                let priority = self.rows.get(&id).map_or(0, |row| row.priority);
                host.due.insert((Reverse(priority), id));
            }
            if let Some(&(_, id)) = host.due.first().filter(|_| host.allowed() <= now) {
                return Pick::Row(id);
            }
            // Only a clock that went back leads here: the host is not due any more.
            self.unlink(tag);
            self.link(tag);
        }
        match self.timed.first() {
            Some(&(at, _)) => Pick::Wait(at),
            None if self.rows.is_empty() => Pick::Empty,
            None => Pick::Busy,
        }
    }

    /// Hands a row out: its host is taken until [`Queue::end`] or [`Queue::put_back`].
    pub(super) fn start(&mut self, id: i64) {
        let Some(tag) = self.take(id, State::InWork) else { return };
        self.claims += 1;
        self.unlink(tag);
        if let Some(host) = self.hosts.get_mut(&tag) {
            host.in_work = Some(id);
            host.served = self.claims;
        }
        if let Some(row) = self.rows.get_mut(&id) {
            row.attempts = row.attempts.saturating_add(1);
        }
    }

    /// Takes a waiting row out because its host was given up.
    pub(super) fn set_aside(&mut self, id: i64) {
        self.take(id, State::Taken);
    }

    /// Ends a row.
    pub(super) fn end(&mut self, id: i64) {
        if let Some(row) = self.rows.remove(&id) {
            self.done += 1;
            self.release(row.host, id);
        }
    }

    /// Lets a row wait again.
    pub(super) fn put_back(&mut self, id: i64, not_before: i64) {
        let Some(row) = self.rows.get_mut(&id) else { return };
        row.state = State::Waiting;
        row.not_before = not_before;
        let host = row.host;
        self.put(id);
        self.release(host, id);
    }

    /// The waiting rows of a host, oldest first.
    pub(super) fn waiting_on(&self, host: &Tag) -> Vec<i64> {
        let Some(host) = self.hosts.get(host) else { return Vec::new() };
        let mut ids: Vec<i64> = host.due.iter().map(|(_, id)| *id).chain(host.later.iter().map(|(_, id)| *id)).collect();
        ids.sort_unstable();
        ids
    }

    /// Changes a waiting row into another state; tells its host.
    fn take(&mut self, id: i64, state: State) -> Option<Tag> {
        let row = self.rows.get_mut(&id).filter(|row| row.state == State::Waiting)?;
        row.state = state;
        let row = *row;
        self.waiting -= 1;
        self.unlink(row.host);
        if let Some(host) = self.hosts.get_mut(&row.host) {
            host.due.remove(&(Reverse(row.priority), id));
            host.later.remove(&(row.not_before, id));
        }
        self.link(row.host);
        Some(row.host)
    }

    /// Lets a row wait on its host.
    fn put(&mut self, id: i64) {
        let Some(row) = self.rows.get(&id).copied() else { return };
        self.waiting += 1;
        self.unlink(row.host);
        let host = self.hosts.entry(row.host).or_default();
        if host.due.is_empty() && host.later.is_empty() {
            host.since = id;
        }
        if row.not_before == LONG_AGO {
            host.due.insert((Reverse(row.priority), id));
        } else {
            host.later.insert((row.not_before, id));
        }
        self.link(row.host);
    }

    fn release(&mut self, tag: Tag, id: i64) {
        self.unlink(tag);
        if let Some(host) = self.hosts.get_mut(&tag)
            && host.in_work == Some(id)
        {
            host.in_work = None;
        }
        self.link(tag);
    }

    fn unlink(&mut self, tag: Tag) {
        match self.hosts.get_mut(&tag).and_then(|host| host.place.take()) {
            Some(Place::Timed(at)) => self.timed.remove(&(at, tag)),
            Some(Place::Ready(served, since)) => self.ready.remove(&(served, since, tag)),
            None => false,
        };
    }

    fn link(&mut self, tag: Tag) {
        let Some(host) = self.hosts.get_mut(&tag) else { return };
        if host.in_work.is_some() || (host.due.is_empty() && host.later.is_empty()) {
            return;
        }
        let row = if host.due.is_empty() { host.later.first().map_or(LONG_AGO, |(at, _)| *at) } else { LONG_AGO };
        let at = host.allowed().max(row);
        host.place = Some(Place::Timed(at));
        self.timed.insert((at, tag));
    }
}

impl Host {
    /// The moment of its next request.
    fn allowed(&self) -> i64 {
        self.update.map_or(LONG_AGO, |update| nanos(update.next_allowed_at))
    }
}
