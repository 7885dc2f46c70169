//! Forms in which people type days and times, each with its near-misses.

use jiff::civil::{date, time};
use proptest::prelude::*;

use super::*;

/// Wednesday, 25 November 2026, 15:00.
fn now() -> DateTime {
    date(2026, 11, 25).at(15, 0, 0, 0)
}

#[track_caller]
fn check(typed: &str, expect: Result<&str, WhenProblem>) {
    let got = moment(typed, now()).map(|m| match m.time {
        Some(t) => format!("{} {}", m.day, t.strftime("%H:%M")),
        None => m.day.to_string(),
    });
    assert_eq!(got, expect.map(str::to_owned), "{typed}");
}

#[test]
fn spoken_times_are_read_and_asked_about() {
    for (typed, expect) in [
        ("now", "2026-11-25 15:00"),
        ("last night at 11pm", "2026-11-24 23:00"),
        ("last night at 2am", "2026-11-25 02:00"),
        ("yesterday half past two pm", "2026-11-24 14:30"),
        ("Tuesday half past two in the afternoon", "2026-11-24 14:30"),
        ("last Tuesday at quarter to nine in the evening", "2026-11-24 20:45"),
        ("yesterday ten past 9 am", "2026-11-24 09:10"),
    ] {
        check(typed, Ok(expect));
    }
    for typed in ["last Tuesday at 10", "yesterday half past two", "24/11/2026 at 9", "yesterday quarter to twelve"] {
        check(typed, Err(WhenProblem::HalfDay));
    }
    check("yesterday half past", Err(WhenProblem::Unclear));
    check("yesterday fifty past two pm", Err(WhenProblem::Unclear));
}

/// Where clocks change as in the United Kingdom, whatever this computer is set to.
#[test]
fn the_nights_on_which_clocks_change_are_known() {
    let zone = TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0").expect("a zone");
    let at = |typed: &str| super::read(typed, now(), &zone).map(|m| m.came_twice);
    assert_eq!(at("29/3/2026 01:30"), Err(WhenProblem::NotThatNight));
    assert_eq!(at("29/3/2026 02:00"), Ok(false));
    assert_eq!(at("29/3/2026 00:59"), Ok(false));
    assert_eq!(at("29/3/2026"), Ok(false));
    assert_eq!(at("25/10/2026 01:30"), Ok(true));
    assert_eq!(at("25/10/2026 02:00"), Ok(false));
    assert_eq!(at("24/10/2026 01:30"), Ok(false));
}

#[test]
fn days_are_read_as_typed() {
    for (typed, expect) in [
        ("24/11/2026", "2026-11-24"),
        ("24/11/26", "2026-11-24"),
        ("24.11.2026", "2026-11-24"),
        ("24-11-2026", "2026-11-24"),
        ("2026-11-24", "2026-11-24"),
        ("2026/11/24", "2026-11-24"),
        ("3/4/2026", "2026-04-03"),
        ("03/04/2026", "2026-04-03"),
        ("24/11", "2026-11-24"),
        ("26/11", "2025-11-26"),
        ("24 Nov", "2026-11-24"),
        ("24 nov 2026", "2026-11-24"),
        ("24th November 2026", "2026-11-24"),
        ("the 24th of November", "2026-11-24"),
        ("Nov 24", "2026-11-24"),
        ("November 24th, 2026", "2026-11-24"),
        ("1st Sept '26", "2026-09-01"),
        ("Tue 24 Nov 2026", "2026-11-24"),
        ("Tuesday 24/11/2026", "2026-11-24"),
        ("Tuesday", "2026-11-24"),
        ("on Tuesday", "2026-11-24"),
        ("Wednesday", "2026-11-25"),
        ("last Wednesday", "2026-11-18"),
        ("last Tues", "2026-11-24"),
        ("Thursday", "2026-11-19"),
        ("today", "2026-11-25"),
        (" Today ", "2026-11-25"),
        ("yesterday", "2026-11-24"),
        ("the day before yesterday", "2026-11-23"),
        ("last night", "2026-11-24"),
        ("this morning", "2026-11-25"),
        ("3 days ago", "2026-11-22"),
        ("three days ago", "2026-11-22"),
        ("a week ago", "2026-11-18"),
        ("2 weeks ago", "2026-11-11"),
        ("29 Feb", "2024-02-29"),
        ("29/02/2024", "2024-02-29"),
        ("12/12/89", "1989-12-12"),
        ("25 Dec", "2025-12-25"),
    ] {
        check(typed, Ok(expect));
    }
}

#[test]
fn times_follow_the_day() {
    for (typed, expect) in [
        ("today 14:30", "2026-11-25 14:30"),
        ("today at 2.30pm", "2026-11-25 14:30"),
        ("24/11/2026 14.30", "2026-11-24 14:30"),
        ("24 Nov 2:30 pm", "2026-11-24 14:30"),
        ("24 Nov 2026 2pm", "2026-11-24 14:00"),
        ("24 Nov, about 2 p.m.", "2026-11-24 14:00"),
        ("2pm 24 Nov", "2026-11-24 14:00"),
        ("yesterday 1430", "2026-11-24 14:30"),
        ("yesterday noon", "2026-11-24 12:00"),
        ("yesterday midnight", "2026-11-24 00:00"),
        ("yesterday 12am", "2026-11-24 00:00"),
        ("yesterday 12pm", "2026-11-24 12:00"),
        ("yesterday 12.05 am", "2026-11-24 00:05"),
        ("last night 11.15pm", "2026-11-24 23:15"),
        ("yesterday 9.30 in the evening", "2026-11-24 21:30"),
        ("yesterday at 20:30 in the evening", "2026-11-24 20:30"),
        ("2026-11-24T14:30", "2026-11-24 14:30"),
        ("2026-11-24T14:30:59", "2026-11-24 14:30"),
        ("2026-11-24 09:05", "2026-11-24 09:05"),
        ("Tuesday 14:30", "2026-11-24 14:30"),
        ("today 15:09", "2026-11-25 15:09"),
        ("yesterday 3 o'clock", "2026-11-24 03:00"),
        ("24.11.2026 8.05", "2026-11-24 08:05"),
    ] {
        check(typed, Ok(expect));
    }
}

#[test]
fn what_is_wrong_is_named() {
    for (typed, expect) in [
        ("26/11/2026", WhenProblem::Future),
        ("24/11/2027", WhenProblem::Future),
        ("today 15:30", WhenProblem::Future),
        ("today 11pm", WhenProblem::Future),
        ("31/11/2026", WhenProblem::NoSuchDay),
        ("31 Nov", WhenProblem::NoSuchDay),
        ("30 Feb", WhenProblem::NoSuchDay),
        ("29/02/2026", WhenProblem::NoSuchDay),
        ("0/11/2026", WhenProblem::NoSuchDay),
        ("24/0/2026", WhenProblem::NoSuchDay),
        ("1/1/1066", WhenProblem::NoSuchDay),
        ("11/24/2026", WhenProblem::MonthFirst),
        ("11/24", WhenProblem::MonthFirst),
        ("Mon 24 Nov 2026", WhenProblem::OtherWeekday),
        ("yesterday 25:00", WhenProblem::NoSuchTime),
        ("yesterday 14:61", WhenProblem::NoSuchTime),
        ("yesterday 13pm", WhenProblem::NoSuchTime),
        ("yesterday 0am", WhenProblem::NoSuchTime),
        ("14:30", WhenProblem::NoDay),
        ("14.30", WhenProblem::NoDay),
        ("2.30pm", WhenProblem::NoDay),
        ("noon", WhenProblem::NoDay),
        ("", WhenProblem::Unclear),
        ("soon", WhenProblem::Unclear),
        ("tomorrow", WhenProblem::Unclear),
        ("Nov", WhenProblem::Unclear),
        ("sometime in November", WhenProblem::Unclear),
        ("24", WhenProblem::Unclear),
        ("today maybe", WhenProblem::Unclear),
        ("yesterday 2", WhenProblem::HalfDay),
        ("1/2/3/4", WhenProblem::Unclear),
        ("24/11/20266", WhenProblem::Unclear),
    ] {
        check(typed, Err(expect));
    }
    assert_eq!(moment(&"9".repeat(5000), now()), Err(WhenProblem::Unclear));
}

#[test]
fn long_ago_is_asked_about() {
    assert!(moment("31/12/1989", now()).is_ok_and(|m| m.is_old));
    assert!(moment("1/1/1990", now()).is_ok_and(|m| !m.is_old));
}

#[test]
fn a_telephone_is_compared() {
    for (shown, here, minutes) in [
        ("14:30", time(14, 30, 59, 0), 0),
        ("14:28", time(14, 30, 0, 0), 2),
        ("14:35", time(14, 30, 0, 0), -5),
        ("2:30", time(14, 30, 0, 0), 0),
        ("2.30pm", time(14, 30, 0, 0), 0),
        ("2:30am", time(14, 30, 0, 0), 720 - 1440),
        ("23:59", time(0, 1, 0, 0), 2),
        ("00:01", time(23, 59, 0, 0), -2),
        ("12:10", time(0, 10, 0, 0), 0),
        ("12:10", time(12, 10, 0, 0), 0),
        ("13:30", time(14, 30, 0, 0), 60),
    ] {
        let got = phone_offset(shown, here);
        let expect = minutes * 60;
        assert!(got == Ok(expect) || (minutes == -720 && got == Ok(-expect)), "{shown} at {here}: {got:?}");
    }
    assert!(phone_offset("half two", time(14, 30, 0, 0)).is_err());
}

proptest! {
    #[test]
    fn nothing_typed_breaks_it(typed in "\\PC{0,60}") {
        let read = moment(&typed, now());
        prop_assert!(read.is_err() || read.is_ok_and(|m| m.day <= now().date().tomorrow().expect("a day")));
        prop_assert!(time_of_day(&typed).map_or(true, |t| t.second() == 0));
    }

    #[test]
    fn every_past_day_is_read_back(days in 0i64..13_000, hour in 0i8..24, minute in 0i8..60) {
        let day = now().date().yesterday().expect("a day").checked_sub(days.days()).expect("a day");
        for form in ["%d/%m/%Y", "%Y-%m-%d", "%-d %B %Y", "%b %-d, %Y", "%a %-d.%-m.%Y"] {
            let typed = format!("{} {hour:02}:{minute:02}", day.strftime(form));
            let read = moment(&typed, now());
            prop_assert_eq!(read.map(|m| (m.day, m.time)), Ok((day, Some(time(hour, minute, 0, 0)))), "{}", typed);
        }
    }
}
