//! A question asked beside the checks is kept, and never hides the last check.

use super::*;
use crate::ASIDE;

#[test]
fn a_question_beside_the_checks_is_no_check() {
    let dir = folder();
    let (check, aside) = {
        let vault = vault_at(&dir);
        let check = vault.begin_run(new_run(&[amina()])).expect("begins");
        check.finish(at(10)).expect("finishes");
        let new = NewRun { fingerprint: format!("{ASIDE}rdap"), started: at(20), ..new_run(&[amina()]) };
        let aside = vault.begin_run(new).expect("begins");
        aside.finish(at(30)).expect("finishes");
        (check.id(), aside.id())
    };
    let vault = vault_at(&dir);
    assert_eq!(vault.last_run(&amina()).expect("reads").map(|r| r.id()), Some(check));
    let ids = |who: &SubjectId| vault.asides(who).expect("reads").iter().map(Run::id).collect::<Vec<_>>();
    assert_eq!(ids(&amina()), [aside]);
    assert!(ids(&ben()).is_empty());
    vault.forget(&amina()).expect("forgets");
    assert!(ids(&amina()).is_empty());
}
