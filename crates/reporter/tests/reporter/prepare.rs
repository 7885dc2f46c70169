//! The list of what to do before nomination: text, page, JSON, calendar, and its words.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::{Date, date};
use unlisted_model::prepare::{Checklist, Deadline, Doubt, Event, Task, TaskState, Term};
use unlisted_model::{Contest, Danger, HelpContacts, Nation};
use unlisted_reporter::prepare::{Frame, json, next_line, page, short, text};
use unlisted_reporter::{Words, ics};

use crate::config;

fn deadline(event: Event, day: Date, hour: Option<i8>, doubts: &[Doubt]) -> Deadline {
    Deadline { event, day, hour, doubts: doubts.iter().copied().collect(), law: Some("A law".into()) }
}

fn task(id: &str, number: u16, term: Term, state: TaskState) -> Task {
    Task {
        id: id.to_owned(),
        number,
        minutes: 15,
        term,
        safety: matches!(id, "police-contact" | "records"),
        page: (number % 2 == 1)
            .then(|| format!("https://office.example/{id}/a-very-long-path-that-does-not-fit-on-one-line-of-a-screen")),
        page_verified: number == 1,
        state,
        waits_for: if id == "photos" { vec![11] } else { vec![] },
        calendar_id: format!("c0ffee{number:02}"),
    }
}

/// A list in which each kind of term stands once, made on the given day.
fn list(today: Date) -> Checklist {
    let papers = deadline(Event::Nominations, date(2027, 4, 8), Some(16), &[]);
    let petition = deadline(Event::Petition, date(2027, 5, 27), None, &[Doubt::Rule]);
    let tasks = vec![
        task("home-address", 1, Term::By(papers.clone()), TaskState::Open),
        task("agent", 2, Term::By(deadline(Event::Agent, date(2027, 4, 8), Some(16), &[Doubt::Rule])), TaskState::Open),
        task("imprint", 3, Term::Best(date(2027, 3, 17)), TaskState::Open),
        task("photos", 12, Term::AnyTime, TaskState::Open),
        task("old-notices", 27, Term::From(date(2027, 5, 28), petition.clone()), TaskState::Open),
        task("open-register", 6, Term::Best(date(2027, 2, 25)), TaskState::Done(date(2027, 1, 2))),
        task("domain", 18, Term::Best(date(2027, 3, 11)), TaskState::Skipped(date(2027, 1, 3))),
    ];
    Checklist {
        today,
        election: Some(date(2027, 5, 6)),
        nation: Some(Nation::England),
        contest: Some(Contest::Council),
        dates: vec![papers, deadline(Event::Poll, date(2027, 5, 6), None, &[]), petition],
        tasks,
        threatened: false,
        papers_over: false,
    }
}

fn with_frame<T>(make: impl FnOnce(&Frame<'_>) -> T) -> T {
    let words = config::words();
    let commands = [("prepare.do_done", "unlisted prepare amina --done 1".to_owned())];
    make(&Frame { words: &words, danger: &Danger::default(), commands: &commands })
}

#[test]
fn the_text_reads_well_and_fits_the_screen() {
    let shown = with_frame(|frame| text(&list(date(2027, 3, 30)), frame));
    for line in shown.lines().filter(|l| !l.trim_start().starts_with("https://")) {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(shown.starts_with("If anyone is in danger now, call 999."));
    assert!(!shown.contains('⟨'), "each word is in the catalogue");
    insta::assert_snapshot!("prepare.txt", shown);
}

#[test]
fn what_is_late_is_told_with_what_can_be_done() {
    let shown = with_frame(|frame| text(&list(date(2027, 4, 9)), frame));
    let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("The last day, Thursday 8 April 2027, has passed. This is no fault of yours."));
    assert!(flat.contains("By our count the last day was Thursday 8 April 2027. It may have passed."));
    let on_the_day = with_frame(|frame| text(&list(date(2027, 4, 8)), frame));
    assert!(on_the_day.contains("The last day is today, until 4 pm."));
    let flat = on_the_day.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("The last moment may be today, 4 pm, or earlier. Call your Returning Officer now."));
}

/// A day that is not certain must not make anybody late: its hour stands with it, and no "about".
#[test]
fn the_hour_stands_where_the_day_is_not_certain() {
    for (doubt, expect) in [
        (Doubt::Rule, "Treat Thursday 8 April 2027, 4 pm, as the last moment. It may be earlier"),
        (Doubt::NotOrdinary, "Treat Thursday 8 April 2027, 4 pm, as the last moment. It may be earlier"),
        (Doubt::Kind, "It may be as early as Thursday 8 April 2027, 4 pm."),
    ] {
        let mut list = list(date(2027, 3, 30));
        list.tasks[0].term = Term::By(deadline(Event::Nominations, date(2027, 4, 8), Some(16), &[doubt]));
        for shown in with_frame(|frame| [text(&list, frame), short(&list, frame), page(&list, frame)]) {
            let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains(expect), "{flat}");
            assert!(!flat.contains("Last day: about"), "{flat}");
        }
    }
    let mut list = list(date(2027, 3, 30));
    list.dates[1].doubts.insert(Doubt::Holidays);
    let flat = with_frame(|frame| text(&list, frame)).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("Thursday 6 May 2027: polling day. As you told us. - "), "polling day is as it was told: {flat}");
}

#[test]
fn who_was_threatened_finds_their_tasks_near_the_start() {
    let mut list = list(date(2027, 3, 30));
    list.tasks.push(task("police-contact", 4, Term::Best(date(2027, 4, 1)), TaskState::Open));
    list.tasks.push(task("records", 22, Term::AnyTime, TaskState::Open));
    for shown in with_frame(|frame| [text(&list, frame), page(&list, frame)]) {
        let at = |what: &str| shown.find(what).unwrap_or_else(|| panic!("{what}: {shown}"));
        assert!(at("If you only do one thing today") < at("If you were threatened"));
        assert!(at("If you were threatened") < at("Find your police contact"));
        assert!(at("Keep a record of abuse") < at("Do these first"));
    }
}

#[test]
fn the_short_form_is_led_and_ended_by_whom_to_call() {
    let shown = with_frame(|frame| short(&list(date(2027, 3, 30)), frame));
    let call = "If anyone is in danger now, call 999.";
    assert!(shown.starts_with(call) && shown.matches(call).count() == 2, "{shown}");
    assert!(shown.trim_end().ends_with("whatever this page says."), "{shown}");
    // On 24 lines, with the prompt below, the one task is still to be seen.
    let below = shown.lines().skip_while(|l| !l.contains("Task 1:")).count();
    assert!(below <= 23, "{below}: {shown}");
    assert!(shown.lines().filter(|l| !l.trim_start().starts_with("https://")).all(|l| l.chars().count() <= 80), "{shown}");
    assert_eq!(shown.matches("[ ] Task ").count(), 4, "one, and three more: {shown}");
    assert!(shown.find("Task 1:") < shown.find("Task 2:") && shown.contains("unlisted prepare amina"), "{shown}");
    // The law's last day is never hidden behind what keeps somebody safe.
    let mut threatened = list(date(2027, 3, 30));
    for (at, (id, number)) in
        [("police-contact", 4), ("not-alone", 20), ("somebody-knows", 21), ("records", 22)].into_iter().enumerate()
    {
        let one = Task { safety: true, ..task(id, number, Term::AnyTime, TaskState::Open) };
        threatened.tasks.insert(at, one);
    }
    threatened.threatened = true;
    let shown = with_frame(|frame| short(&threatened, frame));
    assert!(shown.find("Task 4:") < shown.find("Task 1:") && shown.contains("Task 2:") && shown.contains("Task 20:"), "{shown}");
}

#[test]
fn who_can_help_stands_in_the_text_with_the_contacts_that_were_filled_in() {
    let words = config::words();
    let contacts = HelpContacts { party: Some("Perpetua, 01632 960123".into()), ..HelpContacts::default() };
    let danger = Danger { contacts, ..Danger::default() };
    let frame = Frame { words: &words, danger: &danger, commands: &[] };
    let list = list(date(2027, 3, 30));
    for shown in [text(&list, &frame), short(&list, &frame), page(&list, &frame)] {
        assert!(shown.contains("Safety in your party: Perpetua, 01632 960123"), "{shown}");
    }
    assert!(text(&list, &frame).contains("Who can help\n---"));
    assert!(text(&list, &frame).contains("Samaritans"));
}

#[test]
fn without_a_polling_day_it_says_how_to_give_one() {
    let bare = Checklist { election: None, nation: None, contest: None, dates: vec![], tasks: vec![], ..list(date(2027, 1, 4)) };
    let shown = with_frame(|frame| text(&bare, frame));
    assert!(shown.contains("--election 2027-05-06"));
    assert_eq!(ics::calendar(&bare, &config::words(), Timestamp::UNIX_EPOCH), None);
    let kindless = Checklist { nation: None, contest: None, ..list(date(2027, 1, 4)) };
    assert!(with_frame(|frame| text(&kindless, frame)).contains("--contest council"));
}

#[test]
fn the_page_is_one_file_with_boxes_to_tick() {
    let shown = with_frame(|frame| page(&list(date(2027, 3, 30)), frame));
    let html = scraper::Html::parse_document(&shown);
    let all = |selector: &str| html.select(&scraper::Selector::parse(selector).expect("a selector")).count();
    assert_eq!((all("script"), all("img"), all("link"), all("iframe"), all("form"), all("h1")), (0, 0, 0, 0, 0, 1));
    assert_eq!(all(".box"), 7);
    assert_eq!(all(".box.ticked"), 2);
    assert!(shown.contains("<title>Privacy tasks</title>"));
    assert!(shown.contains("Shred after use"));
    let body = shown.split_once("<body>").map(|(_, body)| body.replace("><", ">\n<")).expect("a body");
    insta::assert_snapshot!("prepare.html", body);
}

#[test]
fn the_json_says_what_the_list_says() {
    let value: serde_json::Value = serde_json::from_str(&json(&list(date(2027, 3, 30)), &config::words())).expect("it is JSON");
    assert_eq!(value["schema"], "unlisted/prepare/v1");
    assert_eq!(value["first"], "home-address");
    assert_eq!(value["tasks"][0]["due"], serde_json::json!({"kind": "by", "day": "2027-04-08", "hour": 16, "sure": true}));
    assert_eq!(value["tasks"][1]["due"]["sure"], false);
    assert_eq!(value["tasks"][5]["state"], "done");
    assert_eq!(value["tasks"][5]["marked_on"], "2027-01-02");
    assert_eq!(value["dates"][2]["doubts"], serde_json::json!(["rule"]));
}

#[test]
fn after_a_mark_the_next_task_is_told() {
    let words = config::words();
    assert!(next_line(&list(date(2027, 3, 30)), &words).starts_with("Task 1: Ask that your home address is not printed."));
    let none = Checklist { tasks: vec![], ..list(date(2027, 3, 30)) };
    assert!(next_line(&none, &words).starts_with(&*words.get("prepare.first_done")));
}

/// The lines of each entry, by their names; folded lines are joined.
fn entries(calendar: &str) -> Vec<BTreeMap<String, String>> {
    let whole = calendar.replace("\r\n ", "");
    whole
        .split("BEGIN:VEVENT\r\n")
        .skip(1)
        .map(|entry| {
            entry
                .split("\r\n")
                .take_while(|l| *l != "END:VEVENT")
                .filter_map(|l| l.split_once(':'))
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .collect()
        })
        .collect()
}

fn exported(list: &Checklist, at: &str) -> Vec<BTreeMap<String, String>> {
    let calendar = ics::calendar(list, &config::words(), at.parse().expect("a time")).expect("there are days");
    assert!(calendar.ends_with("END:VCALENDAR\r\n"));
    assert!(calendar.split("\r\n").all(|l| l.len() <= 75 && !l.contains(['\r', '\n'])));
    entries(&calendar)
}

#[test]
fn a_second_export_replaces_the_first() {
    let first = exported(&list(date(2027, 3, 30)), "2027-03-30T10:00:00Z");
    let mut later = list(date(2027, 3, 31));
    later.tasks[0].state = TaskState::Done(date(2027, 3, 31));
    let second = exported(&later, "2027-03-31T10:00:00Z");
    let uids = |all: &[BTreeMap<String, String>]| all.iter().map(|e| e["UID"].clone()).collect::<BTreeSet<_>>();
    assert_eq!(uids(&first), uids(&second), "the same entries");
    assert_eq!(uids(&first).len(), first.len(), "none twice");
    // Two for each of the law's last days, one for each of the others that have a day.
    assert_eq!(first.len(), 2 + 2 + 1 + 1 + 1 + 1);
    let version = |e: &BTreeMap<String, String>| e["SEQUENCE"].parse::<i64>().expect("a number");
    assert!(version(&second[0]) > version(&first[0]));
    let cancelled = |all: &[BTreeMap<String, String>]| {
        all.iter().filter(|e| e["STATUS"] == "CANCELLED").map(|e| e["SUMMARY"].clone()).collect::<BTreeSet<_>>()
    };
    assert_eq!(cancelled(&first), BTreeSet::from(["Privacy task 6".into(), "Privacy task 18".into()]));
    let dealt_with = ["Privacy task 1", "Privacy task 1 – last day\\, by 4 pm", "Privacy task 6", "Privacy task 18"];
    assert_eq!(cancelled(&second), dealt_with.map(str::to_owned).into());
    let last = second.iter().find(|e| e["SUMMARY"] == "Privacy task 1 – last day\\, by 4 pm").expect("the last day");
    assert_eq!((last["DTSTART;VALUE=DATE"].as_str(), last["DTEND;VALUE=DATE"].as_str()), ("20270408", "20270409"));
}

#[test]
fn reminders_are_never_in_the_past_and_ring_the_day_before() {
    let today = date(2027, 4, 5);
    let all = exported(&list(today), "2027-04-05T10:00:00Z");
    let day = |e: &BTreeMap<String, String>| e["DTSTART;VALUE=DATE"].clone();
    for open in all.iter().filter(|e| e["STATUS"] == "CONFIRMED") {
        assert!(*day(open) >= *"20270405", "{open:?}");
        let rings = open.get("TRIGGER").map(|t| (t.as_str(), open["ACTION"].as_str()));
        // What is for today rings no more.
        assert_eq!(rings, (*day(open) > *"20270405").then_some(("-PT15H", "DISPLAY")), "{open:?}");
    }
    assert!(all.iter().filter(|e| e["STATUS"] == "CANCELLED").all(|e| !e.contains_key("TRIGGER")));
    let late = exported(&list(date(2027, 4, 9)), "2027-04-09T10:00:00Z");
    let uids = |all: &[BTreeMap<String, String>]| all.iter().map(|e| e["UID"].clone()).collect::<BTreeSet<_>>();
    assert_eq!(uids(&late), uids(&all), "no entry is left behind");
}

#[test]
fn a_polling_day_that_is_put_right_moves_the_entries() {
    let named = |poll: Date| {
        let mut list = list(date(2027, 3, 30));
        list.election = Some(poll);
        for task in &mut list.tasks {
            task.calendar_id = ics::open_id(&task.id, list.nation, list.contest);
        }
        exported(&list, "2027-03-30T10:00:00Z").iter().map(|e| e["UID"].clone()).collect::<BTreeSet<_>>()
    };
    assert_eq!(named(date(2027, 5, 6)), named(date(2027, 5, 13)));
}

#[test]
fn the_calendar_gives_nothing_away() {
    let calendar = ics::calendar(&list(date(2027, 3, 30)), &config::words(), Timestamp::UNIX_EPOCH).expect("there are days");
    let low = calendar.to_lowercase();
    for word in [
        "threat",
        "abuse",
        "home",
        "address",
        "police",
        "agent",
        "imprint",
        "election",
        "council",
        "nomination",
        "http",
        "register",
        "amina",
    ] {
        assert!(!low.contains(word), "{word}");
    }
}

/// Every task, event, doubt, nation and kind of election has its words.
#[test]
fn every_row_has_its_words() {
    let words: Words = config::words();
    let rows: toml::Table = config::text("prepare/items.toml").parse().expect("items.toml is TOML");
    for row in rows["item"].as_array().expect("rows") {
        let id = row["id"].as_str().expect("an id");
        for section in ["prepare-title", "prepare-why", "prepare-how"] {
            assert!(words.has(&format!("{section}.{id}")), "{section}.{id} is missing");
        }
    }
    let lists: [(&str, Vec<&str>); 4] = [
        ("prepare-event", Event::ALL.map(Event::as_str).to_vec()),
        ("prepare-doubt", Doubt::ALL.map(Doubt::as_str).to_vec()),
        ("nation", Nation::ALL.map(Nation::as_str).to_vec()),
        ("contest", Contest::ALL.map(Contest::as_str).to_vec()),
    ];
    for (section, names) in lists {
        assert!(names.into_iter().all(|name| words.has(&format!("{section}.{name}"))), "{section}");
    }
}
