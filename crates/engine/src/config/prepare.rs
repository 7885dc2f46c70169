//! What is known about preparing: tasks, the rules of the calendar, bank holidays (`config/prepare/`, `config/bank-holidays.csv`).

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;
use unlisted_model::prepare::{BankHolidays, Count, DeadlineRow, Event, ItemRow, Preparing, Rule, Scope};
use unlisted_model::{Contest, Nation};
use url::Url;

use super::{ConfigError, Files};

const ITEMS: &str = "prepare/items.toml";
const DEADLINES: &str = "prepare/deadlines.toml";
const HOLIDAYS: &str = "bank-holidays.csv";

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawItems {
    #[serde(default)]
    item: Vec<RawItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawItem {
    id: String,
    number: u16,
    minutes: u16,
    #[serde(default)]
    nations: Vec<String>,
    #[serde(default)]
    contests: Vec<String>,
    #[serde(default)]
    not_contests: Vec<String>,
    by: Option<String>,
    before: Option<String>,
    from: Option<String>,
    on: Option<String>,
    days: Option<u16>,
    #[serde(default)]
    safety: bool,
    page: Option<String>,
    #[serde(default)]
    page_verified: bool,
    #[serde(default)]
    after: Vec<String>,
    source: String,
    read_on: toml::value::Datetime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawDeadlines {
    #[serde(default)]
    deadline: Vec<RawDeadline>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawDeadline {
    id: String,
    event: String,
    #[serde(default)]
    nations: Vec<String>,
    #[serde(default)]
    contests: Vec<String>,
    #[serde(default)]
    not_contests: Vec<String>,
    working_days_before: Option<u16>,
    days_after: Option<u16>,
    hour: Option<i8>,
    #[serde(default)]
    skips_easter_monday: bool,
    #[serde(default)]
    any_nation: bool,
    #[serde(default)]
    ordinary_only: bool,
    sure: bool,
    law: String,
    source: String,
    read_on: toml::value::Datetime,
}

/// One line of `bank-holidays.csv`.
#[derive(Deserialize)]
struct Line {
    nation: String,
    day: String,
    #[expect(dead_code, reason = "for whoever reads the table")]
    name: String,
    sure: bool,
}

fn wrong(file: &str, what: String) -> ConfigError {
    ConfigError { file: file.to_owned(), what }
}

pub(super) fn load(files: &Files) -> Result<Preparing, ConfigError> {
    let raw: RawItems = files.toml(ITEMS)?;
    let mut items = raw.item.into_iter().map(item).collect::<Result<Vec<_>, _>>()?;
    // Stable: rows with one number stay in the order of the file.
    items.sort_by_key(|i| i.number);
    let ids: BTreeSet<&str> = items.iter().map(|i| i.id.as_str()).collect();
    if ids.len() != items.len() {
        return Err(wrong(ITEMS, "an id stands twice".into()));
    }
    if let Some(id) = items.iter().flat_map(|i| &i.after).find(|id| !ids.contains(id.as_str())) {
        return Err(wrong(ITEMS, format!("`after` names `{id}`, which is no task")));
    }
    let raw: RawDeadlines = files.toml(DEADLINES)?;
    let deadlines = raw.deadline.into_iter().map(deadline).collect::<Result<Vec<_>, _>>()?;
    Ok(Preparing { items, deadlines, holidays: holidays(files)? })
}

fn item(raw: RawItem) -> Result<ItemRow, ConfigError> {
    let bad = |what: &str| wrong(ITEMS, format!("`{}`: {what}", raw.id));
    let good_id = !raw.id.is_empty() && raw.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !good_id {
        return Err(bad("an id has lower-case letters, digits and hyphens only"));
    }
    if raw.number == 0 {
        return Err(bad("`number` counts from 1"));
    }
    let event = |word: &str| Event::parse(word).ok_or_else(|| bad(&format!("the event `{word}` is not known")));
    let rule = match (&raw.by, &raw.before, &raw.from, &raw.on, raw.days) {
        (Some(by), None, None, None, None) => Rule::By(event(by)?),
        (None, Some(before), None, None, Some(days)) if days <= 366 => Rule::Before(event(before)?, days),
        (None, None, Some(from), None, None) => Rule::After(event(from)?),
        (None, None, None, Some(on), None) => Rule::On(event(on)?),
        (None, None, None, None, None) => Rule::AnyTime,
        _ => return Err(bad("give one of `by`, `before` with `days` (366 at most), `from`, `on`, or none of them")),
    };
    if let Some(page) = &raw.page {
        let good = Url::parse(page).is_ok_and(|u| matches!(u.scheme(), "http" | "https") && u.username().is_empty());
        if !good {
            return Err(bad("`page` must begin with http:// or https://"));
        }
    }
    Ok(ItemRow {
        scope: scope(ITEMS, &raw.id, &raw.nations, &raw.contests, &raw.not_contests)?,
        rule,
        safety: raw.safety,
        read_on: read_on(ITEMS, &raw.id, &raw.read_on)?,
        id: raw.id,
        number: raw.number,
        minutes: raw.minutes,
        page: raw.page,
        page_verified: raw.page_verified,
        source: raw.source,
        after: raw.after,
    })
}

fn deadline(raw: RawDeadline) -> Result<DeadlineRow, ConfigError> {
    let bad = |what: &str| wrong(DEADLINES, format!("`{}`: {what}", raw.id));
    let count = match (raw.working_days_before, raw.days_after) {
        (Some(n), None) if n <= 366 => Count::WorkingDaysBefore(n),
        (None, Some(n)) if n <= 366 => Count::DaysAfter(n),
        _ => return Err(bad("give `working-days-before` or `days-after`, 366 at most")),
    };
    if raw.hour.is_some_and(|h| !(0..24).contains(&h)) {
        return Err(bad("`hour` is 0 to 23"));
    }
    Ok(DeadlineRow {
        event: Event::parse(&raw.event).ok_or_else(|| bad("the event is not known"))?,
        scope: scope(DEADLINES, &raw.id, &raw.nations, &raw.contests, &raw.not_contests)?,
        count,
        hour: raw.hour,
        skips_easter_monday: raw.skips_easter_monday,
        any_nation: raw.any_nation,
        ordinary_only: raw.ordinary_only,
        sure: raw.sure,
        read_on: read_on(DEADLINES, &raw.id, &raw.read_on)?,
        id: raw.id,
        law: raw.law,
        source: raw.source,
    })
}

fn scope(file: &str, id: &str, nations: &[String], contests: &[String], not: &[String]) -> Result<Scope, ConfigError> {
    let contest =
        |word: &String| Contest::parse(word).ok_or_else(|| wrong(file, format!("`{id}`: `{word}` is no kind of election")));
    Ok(Scope {
        nations: nations
            .iter()
            .map(|word| {
                Nation::parse(word).ok_or_else(|| wrong(file, format!("`{id}`: `{word}` is not one of ENG, WLS, SCT, NIR")))
            })
            .collect::<Result<_, _>>()?,
        contests: contests.iter().map(contest).collect::<Result<_, _>>()?,
        not_contests: not.iter().map(contest).collect::<Result<_, _>>()?,
    })
}

fn read_on(file: &str, id: &str, day: &toml::value::Datetime) -> Result<Date, ConfigError> {
    day.to_string().parse().map_err(|_| wrong(file, format!("`{id}`: `read-on` must be a day like 2026-11-25")))
}

fn holidays(files: &Files) -> Result<BankHolidays, ConfigError> {
    let mut known = BankHolidays::default();
    let mut unsure = BTreeSet::new();
    for text in [Files::ours(HOLIDAYS).map(str::to_owned), files.users(HOLIDAYS)?].into_iter().flatten() {
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).from_reader(text.as_bytes());
        for line in reader.deserialize() {
            let line: Line = line.map_err(|e| wrong(HOLIDAYS, e.to_string()))?;
            let nation = Nation::parse(&line.nation)
                .ok_or_else(|| wrong(HOLIDAYS, format!("`{}` is not one of ENG, WLS, SCT, NIR", line.nation)))?;
            let day: Date =
                line.day.parse().map_err(|_| wrong(HOLIDAYS, format!("`{}` must be a day like 2027-03-26", line.day)))?;
            known.days.entry(nation).or_default().insert(day);
            known.certain.entry(nation).or_default().insert(day.year());
            if !line.sure {
                unsure.insert((nation, day.year()));
            }
        }
    }
    for (nation, year) in unsure {
        known.certain.entry(nation).or_default().remove(&year);
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(file: &str, text: &str) -> Result<Preparing, ConfigError> {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(dir.path().join("prepare")).expect("a folder");
        std::fs::write(dir.path().join(file), text).expect("a file");
        load(&Files { user: Some(dir.path().to_owned()) })
    }

    #[test]
    fn the_shipped_rows_are_read() {
        let shipped = load(&Files { user: None }).expect("the shipped rows are right");
        assert!(shipped.items.len() > 30 && shipped.deadlines.len() > 30);
        assert_eq!(shipped.holidays.days.len(), 4);
        assert!(shipped.holidays.certain[&Nation::England].contains(&2027));
        assert!(!shipped.holidays.certain[&Nation::England].contains(&2028));
    }

    #[test]
    fn rows_of_the_user_lie_over_ours() {
        let text = "[[deadline]]\nid = \"nominations-senedd\"\nworking-days-before = 21\n";
        let rows = with(DEADLINES, text).expect("it is right").deadlines;
        let row = rows.iter().find(|r| r.id == "nominations-senedd").expect("the row");
        assert_eq!(row.count, Count::WorkingDaysBefore(21));
        assert_eq!(row.hour, Some(16));
        let day = with(HOLIDAYS, "nation,day,name,sure\nSCT,2027-06-14,Made up,true\n").expect("it is right");
        assert!(day.holidays.days[&Nation::Scotland].contains(&"2027-06-14".parse().expect("a day")));
    }

    #[test]
    fn wrong_rows_are_told() {
        for (file, text, expect) in [
            (ITEMS, "[[item]]\nid = \"imprint\"\nby = \"notice\"\n", "give one of"),
            (ITEMS, "[[item]]\nid = \"imprint\"\non = \"poll\"\n", "give one of"),
            (ITEMS, "[[item]]\nid = \"look-at-lists\"\non = \"party\"\n", "not known"),
            (ITEMS, "[[item]]\nid = \"imprint\"\npage = \"javascript:alert(1)\"\n", "http"),
            (ITEMS, "[[item]]\nid = \"imprint\"\nafter = [\"nothing\"]\n", "no task"),
            (ITEMS, "[[item]]\nid = \"imprint\"\nnumber = 0\n", "counts from 1"),
            (DEADLINES, "[[deadline]]\nid = \"poll\"\nevent = \"party\"\n", "event"),
            (DEADLINES, "[[deadline]]\nid = \"poll\"\ndays-after = 4000\n", "366"),
            (DEADLINES, "[[deadline]]\nid = \"poll\"\nnations = [\"FRA\"]\n", "FRA"),
            (DEADLINES, "[[deadline]]\nid = \"poll\"\nhour = 24\n", "0 to 23"),
            (HOLIDAYS, "nation,day,name,sure\nSCT,soon,Made up,true\n", "soon"),
            (HOLIDAYS, "nation,day,name,sure\nFRA,2027-06-14,Made up,true\n", "FRA"),
        ] {
            let error = with(file, text).expect_err("it is wrong");
            assert_eq!(error.file, file);
            assert!(error.what.contains(expect), "{expect}: {}", error.what);
        }
    }
}
