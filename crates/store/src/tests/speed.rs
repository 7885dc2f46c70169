//! A row costs little: this is a bound against accidents, not a measure.

use std::time::{Duration, Instant};

use unlisted_model::ports::{Claim, Completion, Frontier, Ledger, LedgerEnd};

use super::{amina, at, entry, finding, folder, new_run, outcome, page, run_at, update, vault_at};
use crate::{Run, Vault};

/// Two thousand pages on forty hosts, each with its ledger row, outcome and a finding, half of them added as follow-ups.
fn walk(run: &Run) -> Duration {
    let begun = Instant::now();
    for host in 0..40 {
        run.push((0..25).map(|n| page(&format!("h{host}"), &format!("{n}"))).collect()).expect("pushes");
    }
    let (mut now, mut done) = (0, 0);
    loop {
        match run.claim(at(now)).expect("claims") {
            Claim::Ready(task) => {
                let row = run.begin(&entry("found-pages", &[amina()])).expect("writes");
                Ledger::finish(run, row, &LedgerEnd { status: Some(200), bytes: 1, took: Duration::ZERO }).expect("writes");
                let follow = if done < 1000 { vec![page(&format!("h{}", done % 40), &format!("f{done}"))] } else { vec![] };
                let completion = Completion {
                    outcome: Some(outcome("1", &[amina()])),
                    findings: vec![finding(&amina(), "1")],
                    follow,
                    robots: None,
                    host: Some(update(at(now + 1))),
                };
                run.complete(task.id, completion).expect("completes");
                done += 1;
            }
            Claim::Wait(_) => now += 1,
            Claim::Busy | Claim::Empty => break,
        }
    }
    assert_eq!(done, 2000);
    begun.elapsed()
}

#[test]
fn two_thousand_pages_cost_seconds_at_most() {
    let memory = walk(&Vault::ephemeral().and_then(|v| v.begin_run(new_run(&[amina()]))).expect("begins"));
    let dir = folder();
    let file = walk(&run_at(&dir));
    let limit = Duration::from_secs(60);
    assert!(memory < limit && file < limit, "in memory {memory:?}, in a file {file:?}");
}

#[test]
fn adding_to_a_long_record_stays_fast() {
    let dir = folder();
    let vault = vault_at(&dir);
    let add = |n: usize| {
        let begun = Instant::now();
        for _ in 0..n {
            vault.add_entry(&amina(), &super::incident::incident("x")).expect("adds");
        }
        begun.elapsed()
    };
    let first = add(100);
    add(900);
    let last = add(100);
    // Each entry costs a sync of the disk; a record that was read anew each time would cost many times more.
    assert!(last < first * 5 + Duration::from_secs(1), "first hundred {first:?}, last hundred {last:?}");
    let begun = Instant::now();
    assert_eq!(vault.entries(&amina(), true).expect("reads").entries.len(), 1100);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}
