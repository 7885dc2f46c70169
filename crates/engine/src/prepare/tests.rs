//! Days of elections that were published, and days counted by hand; whose tasks are whose; the order.

use jiff::civil::{Date, date};
use unlisted_model::prepare::{Checklist, Deadline, Doubt, Event, TaskState, Term};
use unlisted_model::{Candidacy, Contest, Nation};

use super::{Election, Marks, checklist, is_held, only_nation, timetable};
use crate::config::Config;

fn config() -> Config {
    Config::load(None).expect("the shipped files are right")
}

fn election(day: Date, contest: Contest, nation: Nation) -> Election {
    Election { day: Some(day), nation: Some(nation), contest: Some(contest) }
}

fn day_of(config: &Config, election: Election, event: Event) -> Option<Deadline> {
    timetable(&config.prepare, election).into_iter().find(|d| d.event == event)
}

/// What was published for elections whose bank holidays stand in the table or follow the usual rules.
#[test]
fn days_are_those_that_were_published() {
    use Contest::{Council, London, Mayor, NiAssembly, Parish, ScottishParliament, UkParliament};
    use Event::{Nominations, Notice, Register, Spending, Statement};
    use Nation::{England, NorthernIreland, Scotland, Wales};
    let config = config();
    for (poll, contest, nation, event, expect) in [
        // Electoral Commission, GB: 7 May 2015. Good Friday 3 April, Easter Monday 6 April, 4 May.
        (date(2015, 5, 7), UkParliament, England, Nominations, date(2015, 4, 9)),
        (date(2015, 5, 7), UkParliament, Wales, Notice, date(2015, 4, 2)),
        // Stroud, 1 May 2025. Good Friday 18 April, Easter Monday 21 April.
        (date(2025, 5, 1), Council, England, Notice, date(2025, 3, 25)),
        (date(2025, 5, 1), Council, England, Nominations, date(2025, 4, 2)),
        (date(2025, 5, 1), Council, England, Register, date(2025, 4, 11)),
        // Nunnington, 13 February 2025: no holiday.
        (date(2025, 2, 13), Parish, England, Notice, date(2025, 1, 9)),
        (date(2025, 2, 13), Parish, England, Nominations, date(2025, 1, 17)),
        (date(2025, 2, 13), Parish, England, Statement, date(2025, 1, 20)),
        (date(2025, 2, 13), Parish, England, Register, date(2025, 1, 28)),
        (date(2025, 2, 13), Parish, England, Spending, date(2025, 3, 13)),
        // Cambridgeshire and Peterborough, 6 May 2021. Good Friday 2 April, Easter Monday 5 April, 3 May.
        (date(2021, 5, 6), Mayor, England, Notice, date(2021, 3, 29)),
        (date(2021, 5, 6), Mayor, England, Nominations, date(2021, 4, 8)),
        (date(2021, 5, 6), Mayor, England, Statement, date(2021, 4, 9)),
        // Western Isles, 6 May 2021: Easter Monday is left out, although it is no bank holiday in Scotland.
        (date(2021, 5, 6), ScottishParliament, Scotland, Notice, date(2021, 3, 24)),
        (date(2021, 5, 6), ScottishParliament, Scotland, Nominations, date(2021, 3, 31)),
        // East Dunbartonshire, 7 May 2026: not later than Wednesday 25 March.
        (date(2026, 5, 7), ScottishParliament, Scotland, Notice, date(2026, 3, 25)),
        // Dumfries and Galloway, 5 May 2022: papers without Easter Monday, the register with it.
        (date(2022, 5, 5), Council, Scotland, Nominations, date(2022, 3, 30)),
        (date(2022, 5, 5), Council, Scotland, Register, date(2022, 4, 18)),
        // Dumfries and Galloway, 8 December 2022: over St Andrew's Day.
        (date(2022, 12, 8), Council, Scotland, Notice, date(2022, 10, 28)),
        (date(2022, 12, 8), Council, Scotland, Nominations, date(2022, 11, 4)),
        // Dumfries and Galloway, 4 May 2017 (Mark Pack's table): 23 days, 29 March.
        (date(2017, 5, 4), Council, Scotland, Nominations, date(2017, 3, 29)),
        // Electoral Commission, Assembly, 5 May 2022.
        (date(2022, 5, 5), NiAssembly, NorthernIreland, Nominations, date(2022, 4, 8)),
        (date(2022, 5, 5), NiAssembly, NorthernIreland, Register, date(2022, 4, 14)),
        // London Elects, 2 May 2024. Good Friday 29 March, Easter Monday 1 April.
        (date(2024, 5, 2), London, England, Notice, date(2024, 3, 19)),
        (date(2024, 5, 2), London, England, Nominations, date(2024, 3, 27)),
        (date(2024, 5, 2), London, England, Statement, date(2024, 4, 2)),
        (date(2024, 5, 2), London, England, Register, date(2024, 4, 16)),
        // Electoral Commission, UK Parliament, Northern Ireland: as in Britain.
        (date(2015, 5, 7), UkParliament, NorthernIreland, Nominations, date(2015, 4, 9)),
    ] {
        let got = day_of(&config, election(poll, contest, nation), event).map(|d| d.day);
        assert_eq!(got, Some(expect), "{} {} {poll} {}", contest.as_str(), nation.as_str(), event.as_str());
    }
}

/// Counted by hand for elections to come.
#[test]
fn days_to_come_are_those_counted_by_hand() {
    use Contest::{Council, NiAssembly, Parish, PoliceCommissioner, Senedd, UkParliament};
    use Event::{Agent, Nominations, Notice, Petition};
    use Nation::{England, NorthernIreland, Scotland, Wales};
    let config = config();
    for (poll, contest, nation, event, expect, hour, sure) in [
        // Thursday 6 May 2027. Back: 5, 4 (2), [3 May], 30 to 26 April (7), 23 to 19 (12), 16 to 12 (17), 9 (18), 8 (19).
        (date(2027, 5, 6), Council, England, Nominations, date(2027, 4, 8), Some(16), true),
        (date(2027, 5, 6), Council, England, Agent, date(2027, 4, 8), Some(16), true),
        (date(2027, 5, 6), Parish, Wales, Nominations, date(2027, 4, 8), Some(16), true),
        // On: 7 (20), 6 (21), 5 (22), 2 (23), 1 April (24), 31 March (25); Easter Monday 29 March is not reached.
        (date(2027, 5, 6), Council, Wales, Notice, date(2027, 3, 31), None, true),
        // Scotland, 23: 7 (20), 6, 5 (22), 2 April (23).
        (date(2027, 5, 6), Council, Scotland, Nominations, date(2027, 4, 2), Some(16), true),
        // Scotland, 28: 1 April (24), 31, 30 March (26), [29 Easter Monday], [26 Good Friday], 25 (27), 24 (28).
        (date(2027, 5, 6), Council, Scotland, Notice, date(2027, 3, 24), None, true),
        // Northern Ireland, 16: 12 April is 17, 13 is 16.
        (date(2027, 5, 6), Council, NorthernIreland, Nominations, date(2027, 4, 13), Some(13), true),
        (date(2027, 5, 6), NiAssembly, NorthernIreland, Nominations, date(2027, 4, 13), Some(13), true),
        (date(2027, 5, 6), NiAssembly, NorthernIreland, Agent, date(2027, 4, 13), Some(13), false),
        (date(2027, 5, 6), Council, England, Petition, date(2027, 5, 27), None, false),
        // Over Christmas: Thursday 14 January 2027. 13, 12, 11 (3), 8 to 4 (8), [1 January], 31 to 29 December (11),
        // [28, 25, 24 December], 23 to 21 (14), 18 to 14 (19).
        (date(2027, 1, 14), Council, England, Nominations, date(2026, 12, 14), Some(16), true),
        // Scotland: 4 January is a holiday too: 13, 12, 11 (3), 8 to 5 (7), 31 to 29 (10), 23 to 21 (13), 18 to 14 (18), 11 to 7 (23).
        (date(2027, 1, 14), Council, Scotland, Nominations, date(2026, 12, 7), Some(16), true),
        // A by-election of a council in Northern Ireland is counted from its notice.
        (date(2027, 1, 14), Council, NorthernIreland, Nominations, date(2026, 12, 17), Some(13), false),
        // Over St Patrick's Day, UK Parliament in England: with it 16 March is no longer reached in 19 but 18 February in 20.
        // Thursday 18 March 2027: 17, 16, 15 (3), 12 to 8 (8), 5 to 1 (13), 26 to 22 (18), 19 February (19); without 17 March: 18.
        (date(2027, 3, 18), UkParliament, England, Nominations, date(2027, 2, 18), Some(16), false),
        (date(2027, 3, 18), Council, England, Nominations, date(2027, 2, 19), Some(16), true),
        (date(2027, 5, 6), Senedd, Wales, Nominations, date(2027, 4, 8), Some(16), true),
        (date(2027, 5, 6), PoliceCommissioner, England, Nominations, date(2027, 4, 8), Some(16), false),
        // A leap day that is a Tuesday: 29 February 2028. 28 (1), 25 to 21 (6), 18 to 14 (11), 11 to 7 (16), 4, 3, 2 February (19).
        // The bank holidays of 2028 are not certain.
        (date(2028, 2, 29), Council, England, Nominations, date(2028, 2, 2), Some(16), false),
    ] {
        let got = day_of(&config, election(poll, contest, nation), event).expect("a day");
        let what = format!("{} {} {poll} {}", contest.as_str(), nation.as_str(), event.as_str());
        assert_eq!((got.day, got.hour, got.is_sure()), (expect, hour, sure), "{what}: {:?}", got.doubts);
    }
}

#[test]
fn what_is_not_certain_says_why() {
    let config = config();
    let doubts = |e: Election, event: Event| -> Vec<Doubt> {
        day_of(&config, e, event).map(|d| d.doubts.into_iter().collect()).unwrap_or_default()
    };
    // 2031: no bank holidays are known here. The first Thursday in May all the same.
    let far = election(date(2031, 5, 1), Contest::Council, Nation::England);
    assert_eq!(doubts(far, Event::Nominations), [Doubt::Holidays]);
    // Good Friday 11 April, Easter Monday 14 April 2031: 30 to 28 April (3), 25 to 21 (8), 18 to 15 (12), 10 to 7 (16), 4, 3, 2 (19).
    assert_eq!(day_of(&config, far, Event::Nominations).map(|d| d.day), Some(date(2031, 4, 2)));
    // A Sunday.
    let sunday = election(date(2027, 5, 9), Contest::Council, Nation::England);
    assert_eq!(doubts(sunday, Event::Nominations), [Doubt::PollDay]);
    assert!(doubts(sunday, Event::Poll).contains(&Doubt::PollDay));
    let autumn = election(date(2027, 10, 7), Contest::London, Nation::England);
    assert_eq!(doubts(autumn, Event::Nominations), [Doubt::NotOrdinary]);
    // Nothing is known but the day: the earliest of all is Scotland's or London's.
    let bare = Election { day: Some(date(2027, 5, 6)), ..Election::default() };
    let earliest = day_of(&config, bare, Event::Nominations).expect("a day");
    assert_eq!(earliest.day, date(2027, 4, 1), "London: 24 days");
    assert!(earliest.doubts.contains(&Doubt::Kind) && earliest.law.is_none());
    // The kind is known, the nation is not: Scotland's.
    let kind = Election { contest: Some(Contest::Council), ..bare };
    let earliest = day_of(&config, kind, Event::Nominations).expect("a day");
    assert_eq!(earliest.day, date(2027, 4, 2));
    assert!(earliest.doubts.contains(&Doubt::Kind));
    // Community councils in Scotland have no common rules.
    let community = election(date(2027, 5, 6), Contest::Parish, Nation::Scotland);
    assert_eq!(day_of(&config, community, Event::Nominations), None);
    assert_eq!(timetable(&config.prepare, Election::default()), []);
}

#[test]
fn every_kind_of_election_has_its_days_in_order() {
    let config = config();
    for contest in Contest::ALL {
        for nation in Nation::ALL.into_iter().filter(|n| is_held(contest, *n)) {
            let days = timetable(&config.prepare, election(date(2027, 5, 6), contest, nation));
            let what = format!("{} {}", contest.as_str(), nation.as_str());
            assert!(days.windows(2).all(|w| w[0].day <= w[1].day), "{what}");
            let has = |event| days.iter().any(|d| d.event == event);
            assert!(has(Event::Poll), "{what}");
            let by_law = (contest, nation) != (Contest::Parish, Nation::Scotland);
            for event in
                [Event::Notice, Event::Nominations, Event::Withdrawal, Event::Statement, Event::Register, Event::Spending]
            {
                assert_eq!(has(event), by_law, "{what} {}", event.as_str());
            }
            assert_eq!(has(Event::Agent), contest != Contest::Parish, "{what}");
        }
    }
}

/// No day, however odd, breaks the count.
#[test]
fn odd_days_are_counted_or_left_out() {
    let config = config();
    for day in [Date::MIN, Date::MAX, date(1, 1, 1), date(1582, 10, 15), date(2027, 12, 25), date(2028, 2, 29), date(9999, 12, 1)]
    {
        for contest in Contest::ALL {
            let days = timetable(&config.prepare, Election { day: Some(day), nation: None, contest: Some(contest) });
            assert!(days.iter().all(|d| d.event != Event::Nominations || d.day < day));
        }
    }
}

fn list(config: &Config, election: Election, today: Date, marks: &Marks) -> Checklist {
    checklist(&config.prepare, election, marks, today, false, str::to_owned)
}

fn ids(list: &Checklist) -> Vec<&str> {
    list.tasks.iter().map(|t| t.id.as_str()).collect()
}

#[test]
fn tasks_are_those_of_the_nation_and_the_election() {
    use Contest::{Council, NiAssembly, Parish, ScottishParliament, Senedd, UkParliament};
    use Nation::{England, NorthernIreland, Scotland, Wales};
    let config = config();
    for (contest, nation, has, has_not) in [
        (
            Council,
            England,
            &["home-address", "agent", "police-contact", "police-form", "charity", "interests"][..],
            &["home-address-parish"][..],
        ),
        (Parish, England, &["home-address-parish", "police-contact-parish"][..], &["agent", "home-address", "police-form"][..]),
        (Council, Wales, &["agent-correspondence", "interests-wales-scotland"][..], &["agent", "interests"][..]),
        (
            Parish,
            Wales,
            &["home-address-community-wales", "interests-community-wales", "look-at-lists-parish", "spending-parish"][..],
            &["agent", "home-address-parish", "interests"][..],
        ),
        (Senedd, Wales, &["agent-senedd", "home-address"][..], &["agent", "police-form"][..]),
        (Council, Scotland, &["home-address-scottish-council", "charity-other"][..], &["home-address", "charity"][..]),
        (
            ScottishParliament,
            Scotland,
            &["home-address-scottish-parliament", "agent-scottish-parliament"][..],
            &["home-address"][..],
        ),
        (
            Parish,
            Scotland,
            &["home-address-community-scotland", "look-at-lists-parish", "old-notices-community-scotland"][..],
            &["agent", "home-address-parish", "spending", "spending-parish", "old-notices"][..],
        ),
        (
            Council,
            NorthernIreland,
            &["home-address-northern-ireland", "open-register-northern-ireland", "anonymous-northern-ireland"][..],
            &["open-register", "anonymous", "look-at-lists", "old-notices"][..],
        ),
        (NiAssembly, NorthernIreland, &["home-address-northern-ireland", "agent-northern-ireland"][..], &["home-address"][..]),
        (
            UkParliament,
            NorthernIreland,
            &["home-address-northern-ireland", "agent-northern-ireland", "old-notices-northern-ireland"][..],
            &["home-address", "home-address-uk-parliament", "agent-uk-parliament"][..],
        ),
        (
            UkParliament,
            Scotland,
            &["home-address-uk-parliament", "agent-uk-parliament", "charity-other", "open-register-scotland"][..],
            &["home-address-scottish-council", "open-register"][..],
        ),
    ] {
        let list = list(&config, election(date(2027, 5, 6), contest, nation), date(2027, 1, 4), &Marks::default());
        let ids = ids(&list);
        let what = format!("{} {}", contest.as_str(), nation.as_str());
        assert!(has.iter().all(|id| ids.contains(id)), "{what}: {ids:?}");
        assert!(!has_not.iter().any(|id| ids.contains(id)), "{what}: {ids:?}");
        let mut numbers: Vec<u16> = list.tasks.iter().map(|t| t.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), ids.len(), "{what}: each number once");
    }
    // Nothing is known: the general ones, each once.
    let bare = list(&config, Election::default(), date(2027, 1, 4), &Marks::default());
    assert!(ids(&bare).contains(&"home-address") && ids(&bare).contains(&"agent") && ids(&bare).contains(&"charity"));
    assert!(!ids(&bare).iter().any(|id| id.contains("scot") || id.contains("parish")));
    assert!(bare.tasks.iter().all(|t| t.term.day().is_none()));
}

#[test]
fn what_presses_comes_first() {
    let config = config();
    let vote = election(date(2027, 5, 6), Contest::Council, Nation::England);
    let first = |today: Date, marks: &Marks| ids(&list(&config, vote, today, marks)).first().map(|id| (*id).to_owned());
    let none = Marks::default();
    // Far ahead: what takes longest to work. Near the last day: the papers. After it: the papers still, with what can be done.
    assert_eq!(first(date(2026, 12, 1), &none).as_deref(), Some("open-register"));
    assert_eq!(first(date(2027, 3, 24), &none).as_deref(), Some("imprint"), "all but the papers is due: most effect first");
    assert_eq!(first(date(2027, 3, 25), &none).as_deref(), Some("home-address"));
    assert_eq!(first(date(2027, 4, 9), &none).as_deref(), Some("home-address"));
    let late = list(&config, vote, date(2027, 4, 9), &none);
    assert!(late.tasks[0].term.is_late(date(2027, 4, 9)) && !late.tasks[0].term.is_late(date(2027, 4, 8)));
    let mut marks = Marks::default();
    marks.set("home-address", TaskState::Done(date(2027, 3, 26)));
    assert_eq!(first(date(2027, 3, 26), &marks).as_deref(), Some("agent"));
    let list = list(&config, vote, date(2027, 3, 26), &marks);
    assert_eq!(list.tasks.last().map(|t| t.id.as_str()), Some("home-address"), "what is done stands last");
}

/// An address belongs to one kind of election or one nation; who stands elsewhere gets none.
#[test]
fn links_fit_the_election() {
    let config = config();
    for contest in Contest::ALL {
        for nation in Nation::ALL.into_iter().filter(|n| is_held(contest, *n)) {
            let list = list(&config, election(date(2027, 5, 6), contest, nation), date(2027, 1, 4), &Marks::default());
            let what = format!("{} {}", contest.as_str(), nation.as_str());
            for page in list.tasks.iter().filter_map(|t| t.page.as_deref()) {
                let fits = |part: &str, held: bool| !page.contains(part) || held;
                assert!(fits("uk-parliament", contest == Contest::UkParliament), "{what}: {page}");
                assert!(fits("great-britain", nation != Nation::NorthernIreland), "{what}: {page}");
                assert!(fits("parish", contest == Contest::Parish && nation == Nation::England), "{what}: {page}");
                assert!(fits("scottish-parliament", contest == Contest::ScottishParliament), "{what}: {page}");
                assert!(fits("senedd", contest == Contest::Senedd), "{what}: {page}");
                assert!(fits("local-government", contest == Contest::Council && nation == Nation::England), "{what}: {page}");
                assert!(fits("eoni.org", nation == Nation::NorthernIreland), "{what}: {page}");
                assert!(fits("electoral-register", nation != Nation::NorthernIreland), "{what}: {page}");
            }
        }
    }
}

#[test]
fn what_was_published_is_looked_at_on_its_day() {
    let config = config();
    let vote = election(date(2027, 5, 6), Contest::Council, Nation::England);
    let list = list(&config, vote, date(2027, 1, 4), &Marks::default());
    let look = list.tasks.iter().find(|t| t.id == "look-at-lists").map(|t| t.term.clone());
    assert!(matches!(look, Some(Term::From(day, deadline)) if day == date(2027, 4, 9) && deadline.day == day));
}

#[test]
fn with_a_record_of_abuse_safety_comes_first() {
    let config = config();
    let vote = election(date(2027, 5, 6), Contest::Council, Nation::England);
    let of = |today: Date, marks: &Marks| checklist(&config.prepare, vote, marks, today, true, str::to_owned);
    // Even on the law's last day.
    for today in [date(2026, 12, 1), date(2027, 4, 8), date(2027, 5, 7)] {
        let list = of(today, &Marks::default());
        assert_eq!(ids(&list).get(..4), Some(&["police-contact", "not-alone", "somebody-knows", "records"][..]), "{today}");
        assert!(list.first().is_some_and(|t| t.id == "police-contact"), "{today}");
    }
    let mut marks = Marks::default();
    marks.set("police-contact", TaskState::Done(date(2026, 12, 1)));
    assert_eq!(of(date(2026, 12, 1), &marks).first().map(|t| t.id.as_str()), Some("not-alone"));
    let parish = election(date(2027, 5, 6), Contest::Parish, Nation::Wales);
    let list = checklist(&config.prepare, parish, &Marks::default(), date(2026, 12, 1), true, str::to_owned);
    assert_eq!(list.first().map(|t| t.id.as_str()), Some("police-contact-parish"));
}

#[test]
fn after_the_poll_the_papers_are_left_out() {
    let config = config();
    let vote = election(date(2027, 5, 6), Contest::Council, Nation::England);
    let on_the_day = list(&config, vote, date(2027, 5, 6), &Marks::default());
    assert!(!on_the_day.papers_over);
    let after = list(&config, vote, date(2027, 5, 7), &Marks::default());
    assert!(after.papers_over);
    assert!(!ids(&after).contains(&"home-address") && !ids(&after).contains(&"agent"));
    let term = |list: &Checklist, id: &str| list.tasks.iter().find(|t| t.id == id).map(|t| t.term.clone());
    // 21 days after 6 May is 27 May; the letter goes from the next day on.
    assert!(matches!(term(&after, "old-notices"), Some(Term::From(day, _)) if day == date(2027, 5, 28)));
    assert_eq!(term(&after, "open-register"), Some(Term::AnyTime));
    assert!(matches!(term(&after, "spending"), Some(Term::By(_))));
    let years_on = list(&config, vote, date(2029, 6, 1), &Marks::default());
    assert_eq!(term(&years_on, "spending"), None, "too long ago to be a task");
    assert!(term(&years_on, "old-notices").is_some());
    let later = list(&config, vote, date(2027, 6, 1), &Marks::default());
    assert!(ids(&later).iter().position(|id| *id == "old-notices") < ids(&later).iter().position(|id| *id == "open-register"));
}

#[test]
fn the_election_is_read_from_the_file_and_what_was_said_goes_first() {
    let config = config();
    let of = |candidacy: Candidacy| Election::of(&candidacy, &config.councils);
    let council = |code: &str| Candidacy { council: Some(code.to_owned()), ..Candidacy::default() };
    // Exeter; Aberdeen; nobody's.
    assert_eq!(of(council("EXE")), Election { day: None, nation: Some(Nation::England), contest: Some(Contest::Council) });
    assert_eq!(of(council("ABE")).nation, Some(Nation::Scotland));
    assert_eq!(of(council("???")), Election::default());
    let senedd = Candidacy { contest: Some(Contest::Senedd), ..council("EXE") };
    assert_eq!(of(senedd).nation, Some(Nation::Wales), "a Senedd is in Wales, whatever council is named");
    let said = Election { contest: Some(Contest::ScottishParliament), ..Election::default() };
    assert_eq!(said.or_else(of(council("EXE"))).nation, Some(Nation::Scotland));
    assert!(Contest::ALL.into_iter().all(|c| only_nation(c).is_none_or(|n| is_held(c, n))));
}
