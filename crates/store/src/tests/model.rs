//! Random operations against a simple model; the file is reopened at random, as after a kill.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tempfile::TempDir;
use unlisted_model::ports::{Claim, Completion, Frontier, NewTask, Task, Work};
use unlisted_model::{Outcome, OutcomeKind};

use super::{again, amina, at, cases, folder, host, killed_copy, outcome, page, run_at, update};
use crate::Run;

#[derive(Clone, Debug)]
enum Op {
    Push { host: u8, path: u8, after: i64, priority: u8 },
    Claim { later: i64 },
    Complete { which: usize, rest: i64, follow: Option<(u8, u8)> },
    Defer { which: usize, after: i64, rest: Option<i64> },
    Park { host: u8 },
    Kill,
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        4 => (0..4u8, 0..12u8, -5..40i64, 0..3u8)
            .prop_map(|(host, path, after, priority)| Op::Push { host, path, after, priority }),
        5 => (0..15i64).prop_map(|later| Op::Claim { later }),
        4 => (any::<usize>(), 0..20i64, proptest::option::of((0..4u8, 0..12u8)))
            .prop_map(|(which, rest, follow)| Op::Complete { which, rest, follow }),
        1 => (any::<usize>(), 0..30i64, proptest::option::of(0..20i64))
            .prop_map(|(which, after, rest)| Op::Defer { which, after, rest }),
        1 => (0..4u8).prop_map(|host| Op::Park { host }),
        1 => Just(Op::Kill),
    ]
}

/// What ought to be.
#[derive(Default)]
struct Model {
    now: i64,
    /// Earliest moment of each row that waits, by key.
    waiting: BTreeMap<String, (NewTask, i64)>,
    in_work: Vec<Task>,
    taken: Vec<Task>,
    /// Keys that ended.
    done: BTreeSet<String>,
    rests: BTreeMap<u8, i64>,
    parked: BTreeSet<u8>,
    attempts: BTreeMap<String, u32>,
}

fn number(task: &NewTask) -> u8 {
    task.host.0.as_bytes()[1] - b'0'
}

fn name(host: u8) -> String {
    format!("h{host}")
}

impl Model {
    fn add(&mut self, task: NewTask, at: i64) -> bool {
        let known = self.done.contains(&task.key)
            || self.waiting.contains_key(&task.key)
            || self.in_work.iter().chain(&self.taken).any(|t| t.new.key == task.key);
        if known {
            return false;
        }
        if self.parked.contains(&number(&task)) {
            self.done.insert(task.key);
        } else {
            self.waiting.insert(task.key.clone(), (task, at));
        }
        true
    }

    /// The earliest moment at which a waiting row of a free host may go.
    fn earliest(&self) -> Option<i64> {
        let free = |host: u8| !self.in_work.iter().any(|t| number(&t.new) == host);
        self.waiting
            .values()
            .filter(|(task, _)| free(number(task)))
            .map(|(task, at)| (*at).max(self.rests.get(&number(task)).copied().unwrap_or(i64::MIN)))
            .min()
    }

    fn check_claim(&mut self, claim: Claim) {
        match claim {
            Claim::Ready(task) => {
                let number = number(&task.new);
                let (new, at) = self.waiting.remove(&task.new.key).expect("a row that waits");
                assert!(at <= self.now, "before its moment");
                assert!(self.rests.get(&number).is_none_or(|rest| *rest <= self.now), "its host rests");
                assert!(!self.in_work.iter().any(|t| super::model::number(&t.new) == number), "its host is taken");
                assert_eq!(task.new, new);
                let attempts = self.attempts.entry(new.key).or_default();
                assert_eq!(task.attempts, *attempts);
                *attempts += 1;
                self.in_work.push(*task);
            }
            Claim::Wait(until) => {
                let earliest = self.earliest().expect("something waits");
                assert!(earliest > self.now, "something is due");
                assert_eq!(until, at(earliest));
            }
            Claim::Busy => {
                assert_eq!(self.earliest(), None);
                assert!(!(self.in_work.is_empty() && self.taken.is_empty()));
            }
            Claim::Empty => assert!(self.waiting.is_empty() && self.in_work.is_empty() && self.taken.is_empty()),
        }
    }

    /// A process is killed: what was in work waits again, what was taken out ends.
    fn kill(&mut self) {
        for task in std::mem::take(&mut self.in_work) {
            if self.parked.contains(&number(&task.new)) {
                self.done.insert(task.new.key);
            } else {
                // Its moment had come, and whatever was not before is the past.
                self.waiting.insert(task.new.key.clone(), (task.new, i64::MIN));
            }
        }
        self.done.extend(std::mem::take(&mut self.taken).into_iter().map(|task| task.new.key));
    }

    fn pick(&self, which: usize) -> Option<Task> {
        let all: Vec<&Task> = self.in_work.iter().chain(&self.taken).collect();
        (!all.is_empty()).then(|| all[which % all.len()].clone())
    }

    fn drop_row(&mut self, task: &Task) {
        self.in_work.retain(|t| t.id != task.id);
        self.taken.retain(|t| t.id != task.id);
    }
}

fn new_task(host: u8, path: u8, after: Option<i64>, priority: u8) -> NewTask {
    let mut task = page(&name(host), &format!("p{path}"));
    task.not_before = after.map(at);
    task.priority = priority;
    task
}

/// One step on both sides.
fn step(run: &mut Run, dir: &mut TempDir, model: &mut Model, op: Op) {
    match op {
        Op::Push { host, path, after, priority } => {
            let task = new_task(host, path, Some(model.now + after), priority);
            let added = usize::from(model.add(task.clone(), model.now + after));
            assert_eq!(run.push(vec![task]), Ok(added));
        }
        Op::Claim { later } => {
            model.now += later;
            let claim = run.claim(at(model.now)).expect("claims");
            model.check_claim(claim);
        }
        Op::Complete { which, rest, follow } => {
            let Some(task) = model.pick(which) else { return };
            let number = number(&task.new);
            model.drop_row(&task);
            model.done.insert(task.new.key.clone());
            model.rests.insert(number, model.now + rest);
            let follow: Vec<NewTask> = follow.map(|(host, path)| new_task(host, path, None, 1)).into_iter().collect();
            for task in &follow {
                model.add(task.clone(), i64::MIN);
            }
            let mut unit = outcome("x", &[amina()]);
            unit.url.clone_from(&task.new.key);
            let host = Some(update(at(model.now + rest)));
            run.complete(task.id, Completion { outcome: Some(unit), follow, host, ..Completion::default() }).expect("completes");
        }
        Op::Defer { which, after, rest } => {
            let Some(task) = model.pick(which) else { return };
            let number = number(&task.new);
            model.drop_row(&task);
            if let Some(rest) = rest {
                model.rests.insert(number, model.now + rest);
            }
            if model.parked.contains(&number) {
                model.done.insert(task.new.key.clone());
            } else {
                model.waiting.insert(task.new.key.clone(), (task.new.clone(), model.now + after));
            }
            run.defer(task.id, at(model.now + after), rest.map(|rest| update(at(model.now + rest)))).expect("defers");
        }
        Op::Park { host: parked } => {
            let tasks = run.park(&host(&name(parked))).expect("parks");
            let keys: BTreeSet<String> = tasks.iter().map(|t| t.new.key.clone()).collect();
            let expect: BTreeSet<String> =
                model.waiting.values().filter(|(t, _)| number(t) == parked).map(|(t, _)| t.key.clone()).collect();
            assert_eq!(keys, expect);
            model.waiting.retain(|key, _| !keys.contains(key));
            model.taken.extend(tasks);
            model.parked.insert(parked);
        }
        Op::Kill => {
            let copy = killed_copy(dir);
            *run = again(&copy);
            *dir = copy;
            model.kill();
        }
    }
    let counts = run.counts();
    assert_eq!(counts.queued, model.waiting.len());
    assert_eq!(counts.in_work, model.in_work.len() + model.taken.len());
    assert_eq!(counts.done, model.done.len());
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn the_queue_does_what_the_model_does(ops in proptest::collection::vec(op(), 1..60)) {
        let mut dir = folder();
        let mut run = run_at(&dir);
        let mut model = Model::default();
        for op in ops {
            step(&mut run, &mut dir, &mut model, op);
        }
        // Every row that ended has exactly one outcome, whichever way it ended.
        let mut urls: Vec<String> = run.outcomes().expect("reads").into_iter().map(|o| o.url).collect();
        urls.sort();
        prop_assert_eq!(urls, model.done.into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn rows_of_a_given_up_host_end_like_the_first_of_them() {
    let dir = folder();
    let run = run_at(&dir);
    run.push(vec![page("a", "1"), page("a", "2"), page("a", "3")]).expect("pushes");
    let Ok(Claim::Ready(_in_work)) = run.claim(at(0)) else { panic!("a row is due") };
    let taken = run.park(&host("a")).expect("parks");
    let mut first = outcome("2", &[amina()]);
    first.outcome = Outcome::plain(OutcomeKind::Failed);
    run.complete(taken[0].id, Completion { outcome: Some(first.clone()), ..Completion::default() }).expect("completes");
    let copy = killed_copy(&dir);
    let run = again(&copy);
    let mut robots = page("a", "robots");
    robots.work = Work::Robots { url: "https://a.canary.example/robots.txt".into(), of: host("b"), hops: 1 };
    run.push(vec![robots]).expect("pushes");
    let outcomes = run.outcomes().expect("reads");
    assert_eq!(outcomes.len(), 3, "the one that was ended, the one in work, the one taken out; robots.txt is no unit");
    assert!(outcomes.iter().all(|o| o.outcome == first.outcome));
    let robots = run.robots().expect("reads");
    assert_eq!(robots, [(host("b"), unlisted_model::ports::RobotsNote::DisallowAll)]);
    assert_eq!(run.claim(at(1000)), Ok(Claim::Empty));
}
