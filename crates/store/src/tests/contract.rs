//! The contract of [`Frontier`], run over every implementation of it.

use tempfile::TempDir;
use unlisted_model::ports::{Claim, Completion, Frontier, RobotsNote, Task, TaskId, Work};
use unlisted_model::{Outcome, OutcomeKind, OutcomeReason};

use super::{at, folder, host, outcome, page, run_at, update};
use crate::Vault;
use crate::tests::{amina, new_run};

type Made = (Box<dyn Frontier>, Option<TempDir>);

#[test]
fn memory_keeps_the_contract() {
    frontier_contract(|| {
        let run = Vault::ephemeral().and_then(|vault| vault.begin_run(new_run(&[amina()]))).expect("begins");
        (Box::new(run), None)
    });
}

#[test]
fn a_file_keeps_the_contract() {
    frontier_contract(|| {
        let dir = folder();
        (Box::new(run_at(&dir)), Some(dir))
    });
}

fn frontier_contract(make: impl Fn() -> Made) {
    let tests: [fn(&dyn Frontier); 12] = [
        equal_keys_are_added_once,
        a_row_comes_back_as_it_was_added,
        a_host_is_taken_until_its_row_ends,
        a_host_rests_until_its_moment,
        hosts_take_turns_and_robots_goes_first,
        the_four_answers,
        not_before_is_kept,
        a_deferred_row_comes_back_counted,
        everything_of_a_completion_is_there,
        a_given_up_host_hands_its_rows_back,
        rows_after_giving_up_end_by_themselves,
        a_row_ends_once,
    ];
    for test in tests {
        let (frontier, _dir) = make();
        test(&*frontier);
    }
}

fn ready(frontier: &dyn Frontier, seconds: i64) -> Task {
    match frontier.claim(at(seconds)).expect("claims") {
        Claim::Ready(task) => *task,
        other => panic!("expected a row, got {other:?}"),
    }
}

fn end(frontier: &dyn Frontier, id: TaskId) {
    frontier.complete(id, Completion::default()).expect("completes");
}

fn end_with_rest(frontier: &dyn Frontier, id: TaskId, rest_until: i64) {
    frontier.complete(id, Completion { host: Some(update(at(rest_until))), ..Completion::default() }).expect("completes");
}

fn equal_keys_are_added_once(f: &dyn Frontier) {
    assert_eq!(f.push(vec![page("a", "1"), page("a", "1"), page("b", "1")]), Ok(2));
    assert_eq!(f.push(vec![page("b", "1"), page("b", "2")]), Ok(1));
    let first = ready(f, 0);
    end(f, first.id);
    assert_eq!(f.push(vec![first.new]), Ok(0), "known although it ended");
    assert_eq!(f.push(vec![]), Ok(0));
}

fn a_row_comes_back_as_it_was_added(f: &dyn Frontier) {
    let mut robots = page("a", "robots");
    robots.work = Work::Robots { url: "https://a.canary.example/robots.txt".into(), of: host("a"), hops: 1 };
    robots.priority = 200;
    let mut hop = page("b", "hop");
    let Work::Unit(query) = hop.work else { unreachable!() };
    hop.work = Work::Hop { query, to: "https://b.canary.example/to".into(), hops: 3 };
    hop.not_before = Some(at(-5));
    let unit = page("c", "unit");
    let all = vec![robots, hop, unit];
    assert_eq!(f.push(all.clone()), Ok(3));
    let mut got: Vec<_> = (0..3).map(|_| ready(f, 0)).collect();
    assert!(got.iter().all(|task| task.attempts == 0));
    got.sort_by_key(|task| task.id);
    assert_eq!(got.into_iter().map(|task| task.new).collect::<Vec<_>>(), all);
}

fn a_host_is_taken_until_its_row_ends(f: &dyn Frontier) {
    f.push(vec![page("a", "1"), page("a", "2")]).expect("pushes");
    let first = ready(f, 0);
    assert_eq!(f.claim(at(1000)), Ok(Claim::Busy));
    end(f, first.id);
    assert_eq!(ready(f, 1000).new, page("a", "2"));
}

fn a_host_rests_until_its_moment(f: &dyn Frontier) {
    f.push(vec![page("a", "1"), page("a", "2")]).expect("pushes");
    let first = ready(f, 0);
    end_with_rest(f, first.id, 10);
    assert_eq!(f.claim(at(9)), Ok(Claim::Wait(at(10))));
    assert_eq!(f.host(&host("a")), Ok(Some(update(at(10)))));
    assert_eq!(f.host(&host("b")), Ok(None));
    assert_eq!(ready(f, 10).new, page("a", "2"));
}

fn hosts_take_turns_and_robots_goes_first(f: &dyn Frontier) {
    let mut urgent = page("a", "robots");
    urgent.priority = 9;
    f.push(vec![page("a", "1"), page("a", "2"), page("b", "1"), urgent.clone()]).expect("pushes");
    let mut order = Vec::new();
    for _ in 0..4 {
        let task = ready(f, 0);
        end(f, task.id);
        order.push(task.new);
    }
    assert_eq!(order, [urgent, page("b", "1"), page("a", "1"), page("a", "2")]);
}

fn the_four_answers(f: &dyn Frontier) {
    assert_eq!(f.claim(at(0)), Ok(Claim::Empty));
    let mut later = page("b", "1");
    later.not_before = Some(at(50));
    f.push(vec![page("a", "1"), later]).expect("pushes");
    let first = ready(f, 0);
    assert_eq!(f.claim(at(0)), Ok(Claim::Wait(at(50))));
    let second = ready(f, 50);
    assert_eq!(f.claim(at(50)), Ok(Claim::Busy));
    end(f, first.id);
    assert_eq!(f.claim(at(50)), Ok(Claim::Busy));
    end(f, second.id);
    assert_eq!(f.claim(at(50)), Ok(Claim::Empty));
}

fn not_before_is_kept(f: &dyn Frontier) {
    let mut later = page("a", "later");
    later.not_before = Some(at(30));
    later.priority = 9;
    f.push(vec![later.clone(), page("a", "now")]).expect("pushes");
    let first = ready(f, 0);
    assert_eq!(first.new, page("a", "now"));
    end_with_rest(f, first.id, 5);
    assert_eq!(f.claim(at(29)), Ok(Claim::Wait(at(30))));
    assert_eq!(ready(f, 30).new, later);
}

fn a_deferred_row_comes_back_counted(f: &dyn Frontier) {
    f.push(vec![page("a", "1"), page("a", "2")]).expect("pushes");
    let first = ready(f, 0);
    f.defer(first.id, at(60), Some(update(at(20)))).expect("defers");
    assert_eq!(f.claim(at(19)), Ok(Claim::Wait(at(20))));
    let second = ready(f, 20);
    assert_eq!(second.new, page("a", "2"));
    end(f, second.id);
    assert_eq!(f.claim(at(59)), Ok(Claim::Wait(at(60))));
    let again = ready(f, 60);
    assert_eq!((again.id, again.attempts, again.new), (first.id, 1, page("a", "1")));
    f.defer(again.id, at(61), None).expect("defers");
    assert_eq!(ready(f, 61).attempts, 2);
}

fn everything_of_a_completion_is_there(f: &dyn Frontier) {
    f.push(vec![page("a", "1")]).expect("pushes");
    let first = ready(f, 0);
    let done = Completion {
        outcome: Some(outcome("1", &[amina()])),
        findings: vec![super::finding(&amina(), "1")],
        follow: vec![page("a", "1"), page("b", "new"), page("b", "new")],
        robots: Some((host("a"), RobotsNote::Body(b"User-agent: *".to_vec()))),
        host: Some(update(at(3))),
    };
    f.complete(first.id, done).expect("completes");
    let next = ready(f, 0);
    assert_eq!(next.new, page("b", "new"));
    end(f, next.id);
    assert_eq!(f.claim(at(100)), Ok(Claim::Empty));
}

fn a_given_up_host_hands_its_rows_back(f: &dyn Frontier) {
    let mut later = page("a", "3");
    later.not_before = Some(at(500));
    f.push(vec![page("a", "1"), page("a", "2"), later.clone(), page("b", "1")]).expect("pushes");
    let in_work = ready(f, 0);
    let taken = f.park(&host("a")).expect("parks");
    assert_eq!(taken.iter().map(|t| t.new.clone()).collect::<Vec<_>>(), [page("a", "2"), later]);
    assert_eq!(f.park(&host("a")), Ok(vec![]), "nothing waits there any more");
    let other = ready(f, 0);
    assert_eq!(other.new, page("b", "1"));
    end(f, other.id);
    end(f, in_work.id);
    assert_eq!(f.claim(at(1000)), Ok(Claim::Busy), "rows that were handed back are still to be ended");
    for task in taken {
        end(f, task.id);
    }
    assert_eq!(f.claim(at(1000)), Ok(Claim::Empty));
}

fn rows_after_giving_up_end_by_themselves(f: &dyn Frontier) {
    f.push(vec![page("a", "1"), page("a", "2")]).expect("pushes");
    let first = ready(f, 0);
    let taken = f.park(&host("a")).expect("parks");
    let mut ended = outcome("2", &[amina()]);
    ended.outcome = Outcome::because(OutcomeKind::Blocked, OutcomeReason::Challenge);
    f.complete(taken[0].id, Completion { outcome: Some(ended), ..Completion::default() }).expect("completes");
    f.defer(first.id, at(9), None).expect("defers");
    assert_eq!(f.push(vec![page("a", "3")]), Ok(1));
    assert_eq!(f.claim(at(1000)), Ok(Claim::Empty));
}

fn a_row_ends_once(f: &dyn Frontier) {
    f.push(vec![page("a", "1"), page("a", "2")]).expect("pushes");
    let first = ready(f, 0);
    end(f, first.id);
    assert!(f.complete(first.id, Completion::default()).is_err());
    assert!(f.defer(first.id, at(1), None).is_err());
    let second = TaskId(first.id.0 + 1);
    assert!(f.complete(second, Completion::default()).is_err(), "it was never handed out");
    assert!(f.complete(TaskId(-1), Completion::default()).is_err());
    assert_eq!(ready(f, 0).id, second);
}
