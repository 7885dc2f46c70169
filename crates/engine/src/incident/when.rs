//! Days and times as people in the United Kingdom type them: the day stands before the month.

use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Span, ToSpan as _};

/// A day, and the time of it when one was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// The time.
    pub time: Option<Time>,
    /// So long ago (before 1990) that it should be asked about.
    pub is_old: bool,
    /// The clocks went back in that hour, so it came twice.
    pub came_twice: bool,
}

/// Why a day or time was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WhenProblem {
    /// It could not be read.
    Unclear,
    /// There is no such day.
    NoSuchDay,
    /// There is no such time.
    NoSuchTime,
    /// It has not come yet.
    Future,
    /// It names a day of the week that does not fit.
    OtherWeekday,
    /// A time without a day.
    NoDay,
    /// The clocks went forward over this time.
    NotThatNight,
    /// It may be in the morning or later in the day.
    HalfDay,
    /// It lies before the day that it should follow.
    Before,
    /// The month seems to stand before the day.
    MonthFirst,
}

impl WhenProblem {
    /// Key of its text in the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unclear => "incident-when.unclear",
            Self::NoSuchDay => "incident-when.no-such-day",
            Self::NoSuchTime => "incident-when.no-such-time",
            Self::Future => "incident-when.future",
            Self::OtherWeekday => "incident-when.other-weekday",
            Self::NoDay => "incident-when.no-day",
            Self::NotThatNight => "incident-when.not-that-night",
            Self::HalfDay => "incident-when.half-day",
            Self::Before => "incident-when.before",
            Self::MonthFirst => "incident-when.month-first",
        }
    }
}

/// Clocks differ by a little: a time that is at most this many minutes ahead is not refused.
const SLACK: i64 = 10;
/// Days before this year are asked about.
const OLD: i16 = 1990;
/// The longest text that is looked at, in bytes.
const LONGEST: usize = 100;

/// Reads a day with or without a time; `now` is the day and time here.
///
/// # Errors
/// [`WhenProblem`].
pub fn moment(typed: &str, now: DateTime) -> Result<Moment, WhenProblem> {
    read(typed, now, &TimeZone::system())
}

/// The same where clocks go forward and back as in this zone.
fn read(typed: &str, now: DateTime, zone: &TimeZone) -> Result<Moment, WhenProblem> {
    let words = split(typed)?;
    let (mut day, rest) = day(&words, now)?;
    let is_now = words.first().is_some_and(|word| word == "now") && rest.is_empty();
    let time = match rest.as_slice() {
        [] if is_now => Time::new(now.hour(), now.minute(), 0, 0).ok(),
        [] => None,
        rest => Some(time(rest)?),
    };
    // "Last night at 2 am" is the night that ended today.
    if words.iter().map(String::as_str).take(2).eq(["last", "night"]) && time.is_some_and(|time| time.hour() < 6) {
        day = now.date();
    }
    let turn = time.map(|time| zone.to_ambiguous_timestamp(day.to_datetime(time)).offset());
    if matches!(turn, Some(AmbiguousOffset::Gap { .. })) {
        return Err(WhenProblem::NotThatNight);
    }
    let came_twice = matches!(turn, Some(AmbiguousOffset::Fold { .. }));
    let ahead = match time {
        Some(time) => day.to_datetime(time) > now.saturating_add(SLACK.minutes()),
        None => day > now.date(),
    };
    if ahead {
        return Err(WhenProblem::Future);
    }
    Ok(Moment { day, time, is_old: day.year() < OLD, came_twice })
}

/// Reads a time alone: `14:30`, `2.30pm`, `noon`.
///
/// # Errors
/// [`WhenProblem`].
pub fn time_of_day(typed: &str) -> Result<Time, WhenProblem> {
    let words = split(typed)?;
    time(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

/// This computer's time minus what the person's telephone shows, in seconds, to the minute. A telephone that shows `2:30` while it is
/// 14:30 here shows half past two in the afternoon.
///
/// # Errors
/// When the time cannot be read.
pub fn phone_offset(typed: &str, here: Time) -> Result<i64, WhenProblem> {
    const DAY: i64 = 24 * 60;
    let shown = time_of_day(typed)?;
    let minutes = |t: Time| i64::from(t.hour()) * 60 + i64::from(t.minute());
    let between = |a: i64, b: i64| (a - b + DAY / 2).rem_euclid(DAY) - DAY / 2;
    let off = between(minutes(here), minutes(shown));
    let half_day = (1..=12).contains(&shown.hour()) && !typed.to_lowercase().contains('m');
    let other = between(minutes(here), minutes(shown) + DAY / 2);
    Ok(60 * if half_day && other.abs() < off.abs() { other } else { off })
}

/// Small words, in lower case; what says nothing is left out.
fn split(typed: &str) -> Result<Vec<String>, WhenProblem> {
    const SILENT: [&str; 14] =
        ["at", "on", "about", "around", "approx", "approximately", "ca", "circa", "roughly", "the", "of", "in", "just", "~"];
    if typed.len() > LONGEST {
        return Err(WhenProblem::Unclear);
    }
    let low = typed.to_lowercase().replace("a.m.", "am").replace("p.m.", "pm").replace("o'clock", ":00").replace([',', ';'], " ");
    let mut words: Vec<String> = vec![];
    for word in low.split_whitespace() {
        let word = word.trim_end_matches('.');
        if SILENT.contains(&word) || word.is_empty() {
            continue;
        }
        let joins = matches!(word, "am" | "pm" | "noon" | ":00")
            && words.last().is_some_and(|w| w.ends_with(|c: char| c.is_ascii_digit()));
        match words.last_mut() {
            Some(last) if joins && word != "noon" => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
    }
    // 2026-11-24T14:30
    if let [one] = words.as_slice()
        && let Some((day, time)) =
            one.split_once('t').filter(|(day, _)| day.len() == 10 && day.starts_with(|c: char| c.is_ascii_digit()))
    {
        words = vec![day.to_owned(), time.to_owned()];
    }
    if words.is_empty() { Err(WhenProblem::Unclear) } else { Ok(words) }
}

/// The day, and the words that are left.
fn day(words: &[String], now: DateTime) -> Result<(Date, Vec<&str>), WhenProblem> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let today = now.date();
    if let Some((days, used)) = in_words(&words) {
        let day = today
            .checked_sub(Span::new().try_days(days).map_err(|_| WhenProblem::NoSuchDay)?)
            .map_err(|_| WhenProblem::NoSuchDay)?;
        return Ok((day, words.get(used..).unwrap_or_default().to_vec()));
    }
    // A day of the week, before, behind or instead of a date.
    let named = words.iter().position(|w| weekday(w).is_some());
    let weekday = named.and_then(|at| weekday(words.get(at)?));
    let mut left: Vec<&str> = words.iter().enumerate().filter(|(at, _)| Some(*at) != named).map(|(_, w)| *w).collect();
    if let Some(found) = numbers_or_month(&mut left, today) {
        let found = found?;
        return match weekday {
            Some(weekday) if found.weekday() != weekday => Err(WhenProblem::OtherWeekday),
            _ => Ok((found, left)),
        };
    }
    let Some(weekday) = weekday else {
        return Err(if time(&left).is_ok() { WhenProblem::NoDay } else { WhenProblem::Unclear });
    };
    let is_last = left.contains(&"last");
    // The "past" of "half past two" stays.
    let first = left.iter().take_while(|w| matches!(**w, "last" | "this" | "past")).count();
    left.drain(..first);
    left.retain(|w| !matches!(*w, "last" | "this"));
    let ago = i64::from(weekday.until(today.weekday()));
    let ago = if ago == 0 && is_last { 7 } else { ago };
    Ok((today.checked_sub(ago.days()).map_err(|_| WhenProblem::NoSuchDay)?, left))
}

/// "yesterday", "last night", "3 days ago": how many days back, and how many words that took.
fn in_words(words: &[&str]) -> Option<(i64, usize)> {
    Some(match words {
        ["today" | "now" | "tonight", ..] => (0, 1),
        ["this", "morning" | "afternoon" | "evening" | "noon", ..] => (0, 2),
        ["yesterday", "morning" | "afternoon" | "evening" | "night", ..] => (1, 2),
        ["yesterday", ..] => (1, 1),
        ["last", "night", ..] => (1, 2),
        ["day", "before", "yesterday", ..] => (2, 3),
        [n, "day" | "days", "ago", ..] => (count(n)?, 3),
        [n, "week" | "weeks", "ago", ..] => (count(n)? * 7, 3),
        _ => return None,
    })
}

fn count(word: &str) -> Option<i64> {
    let words = ["a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let named = words.iter().position(|w| *w == word).and_then(|n| i64::try_from(n + 1).ok());
    named.or_else(|| if word == "one" { Some(1) } else { word.parse().ok().filter(|n| (0..=9999).contains(n)) })
}

/// A date in numbers, or with the name of a month; takes its words out of `left`. None: there is none.
fn numbers_or_month(left: &mut Vec<&str>, today: Date) -> Option<Result<Date, WhenProblem>> {
    if let Some(at) = left.iter().position(|w| month(w).is_some()) {
        return Some(around_month(left, at, today));
    }
    let (at, parts) = left.iter().enumerate().find_map(|(at, w)| Some((at, numbers(w)?)))?;
    let found = match parts.as_slice() {
        // 14.30 with nothing else is a time, not a day.
        [d, m] if *d <= 24 && *m > 12 && *m < 60 && left.get(at).is_some_and(|w| w.contains('.')) => return None,
        [d, m] => no_year(*d, *m, today),
        [y, m, d] if *y > 99 => date(*y, *m, *d),
        [d, m, y] => date(year(*y, today), *m, *d),
        _ => return None,
    };
    left.remove(at);
    Some(found)
}

/// `24/11/2026`, `24.11.26`, `24-11`, `2026-11-24`. Not `14:30`, not `2.30pm`.
fn numbers(word: &str) -> Option<Vec<i64>> {
    let mark = word.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let parts: Vec<&str> = word.split(mark).collect();
    let good = |p: &&str| matches!(p.len(), 1..=4) && p.chars().all(|c| c.is_ascii_digit());
    (matches!(parts.len(), 2 | 3) && parts.iter().all(good)).then(|| parts.iter().filter_map(|p| p.parse().ok()).collect())
}

/// `24 Nov`, `Nov 24th`, `24 November 2026`, `24nov26` is not read.
fn around_month(left: &mut Vec<&str>, at: usize, today: Date) -> Result<Date, WhenProblem> {
    let month = left.get(at).and_then(|w| month(w)).ok_or(WhenProblem::Unclear)?;
    let number = |w: Option<&&str>| -> Option<i64> {
        let digits = w?.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ending = w?.strip_prefix(digits)?;
        (matches!(ending, "" | "st" | "nd" | "rd" | "th") && matches!(digits.len(), 1 | 2)).then(|| digits.parse().ok())?
    };
    let before = at.checked_sub(1).and_then(|i| number(left.get(i)));
    let (day, from, mut to) = match before {
        Some(day) => (day, at - 1, at + 1),
        None => (number(left.get(at + 1)).ok_or(WhenProblem::Unclear)?, at, at + 2),
    };
    let next = left.get(to).copied().unwrap_or_default();
    let is_year =
        matches!(next.trim_start_matches('\'').len(), 2 | 4) && next.trim_start_matches('\'').chars().all(|c| c.is_ascii_digit());
    let found = if is_year {
        to += 1;
        date(year(next.trim_start_matches('\'').parse().map_err(|_| WhenProblem::Unclear)?, today), month, day)
    } else {
        no_year(day, month, today)
    };
    left.drain(from..to);
    found
}

/// Without a year: the last time that this day was.
fn no_year(day: i64, month: i64, today: Date) -> Result<Date, WhenProblem> {
    let this = i64::from(today.year());
    // 29 February may be up to eight years back.
    let last = (0..9).find_map(|back| date(this - back, month, day).ok().filter(|d| *d <= today));
    last.ok_or_else(|| date(2024, month, day).err().unwrap_or(WhenProblem::NoSuchDay))
}

fn year(typed: i64, today: Date) -> i64 {
    let this = i64::from(today.year());
    match typed {
        // Two figures: this century unless that lies ahead by more than a year.
        0..=99 => {
            let near = this - this.rem_euclid(100) + typed;
            if near > this + 1 { near - 100 } else { near }
        }
        _ => typed,
    }
}

fn date(year: i64, month: i64, day: i64) -> Result<Date, WhenProblem> {
    if month > 12 && (1..=12).contains(&day) && month <= 31 {
        return Err(WhenProblem::MonthFirst);
    }
    let part = |n: i64| i8::try_from(n).map_err(|_| WhenProblem::NoSuchDay);
    let year = i16::try_from(year).map_err(|_| WhenProblem::NoSuchDay)?;
    if year < 1900 {
        return Err(WhenProblem::NoSuchDay);
    }
    Date::new(year, part(month)?, part(day)?).map_err(|_| WhenProblem::NoSuchDay)
}

fn month(word: &str) -> Option<i64> {
    let names = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let found = names.iter().position(|n| *n == word || (word.len() >= 3 && word.len() <= 4 && n.starts_with(word)));
    found.and_then(|n| i64::try_from(n + 1).ok())
}

fn weekday(word: &str) -> Option<Weekday> {
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let found = names.iter().position(|n| *n == word || (matches!(word.len(), 3..=5) && n.starts_with(word)))?;
    i8::try_from(found + 1).ok().and_then(|n| Weekday::from_monday_one_offset(n).ok())
}

/// A time from all words that are left.
fn time(words: &[&str]) -> Result<Time, WhenProblem> {
    let late = |w: &&str| matches!(*w, "afternoon" | "evening" | "night");
    let half = words.iter().any(late);
    let words: Vec<&str> = words.iter().copied().filter(|w| !late(w) && *w != "morning").collect();
    match words.as_slice() {
        ["noon" | "midday"] => return clock(12, 0, None),
        ["midnight"] => return clock(0, 0, None),
        _ => {}
    }
    if let [minutes, way @ ("past" | "to"), hour] = words.as_slice() {
        return spoken(minutes, *way == "past", hour, half);
    }
    if let [minutes, way @ ("past" | "to"), hour, half_day @ ("am" | "pm")] = words.as_slice() {
        return spoken(minutes, *way == "past", &format!("{hour}{half_day}"), half);
    }
    let [word] = words.as_slice() else { return Err(WhenProblem::Unclear) };
    let (digits, half_day) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(d), _) => (d, Some(false)),
        (_, Some(d)) => (d, Some(true)),
        _ => (*word, half.then_some(true)),
    };
    // "20:30 in the evening" needs no half of the day.
    let digits = digits.trim_end_matches("hrs").trim_end_matches('h').trim();
    let parts: Vec<&str> = digits.split([':', '.', 'h']).collect();
    if parts.iter().any(|p| !matches!(p.len(), 1 | 2 | 4) || !p.chars().all(|c| c.is_ascii_digit())) {
        return Err(WhenProblem::Unclear);
    }
    let numbers: Vec<i64> = parts.iter().filter_map(|p| p.parse().ok()).collect();
    let half_of = |hour: i64| half_day.filter(|_| !(half && hour > 12));
    match (numbers.as_slice(), parts.as_slice()) {
        ([n], [p]) if p.len() == 4 => clock(n / 100, n % 100, half_of(n / 100)),
        ([hour @ 1..=12], [_]) if half_day.is_none() && digits == *word => clock(*hour, 0, None).and(Err(WhenProblem::HalfDay)),
        ([hour], [_]) if half_day.is_some() => clock(*hour, 0, half_of(*hour)),
        ([hour, minute], [_, m]) if m.len() == 2 => clock(*hour, *minute, half_of(*hour)),
        ([hour, minute, _], [_, m, _]) if m.len() == 2 => clock(*hour, *minute, half_of(*hour)),
        _ => Err(WhenProblem::Unclear),
    }
}

/// "half past two", "quarter to 3 pm", "ten past eleven": without morning or evening nobody knows which it was.
fn spoken(minutes: &str, past: bool, hour: &str, late: bool) -> Result<Time, WhenProblem> {
    let minutes = match minutes {
        "half" => 30,
        "quarter" => 15,
        "twenty" => 20,
        "twenty-five" => 25,
        other => count(other).filter(|n| (1..30).contains(n)).ok_or(WhenProblem::Unclear)?,
    };
    let (hour, half_day) = match (hour.strip_suffix("am"), hour.strip_suffix("pm")) {
        (Some(hour), _) => (hour, Some(false)),
        (_, Some(hour)) => (hour, Some(true)),
        _ => (hour, late.then_some(true)),
    };
    let hour = match hour {
        "eleven" => 11,
        "twelve" => 12,
        other => count(other).ok_or(WhenProblem::Unclear)?,
    };
    if half_day.is_none() && (1..=12).contains(&hour) {
        return Err(WhenProblem::HalfDay);
    }
    let of = clock(hour, 0, half_day)?;
    let all = i64::from(of.hour()) * 60 + if past { minutes } else { -minutes };
    let all = all.rem_euclid(24 * 60);
    clock(all / 60, all % 60, None)
}

/// `half_day`: Some(true) is pm.
fn clock(hour: i64, minute: i64, half_day: Option<bool>) -> Result<Time, WhenProblem> {
    let hour = match half_day {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return Err(WhenProblem::NoSuchTime),
        Some(false) => hour % 12,
        Some(true) => hour % 12 + 12,
    };
    let part = |n: i64| i8::try_from(n).map_err(|_| WhenProblem::NoSuchTime);
    Time::new(part(hour)?, part(minute)?, 0, 0).map_err(|_| WhenProblem::NoSuchTime)
}

#[cfg(test)]
mod tests;
