//! Counting days as election law does.

use jiff::civil::{Date, Weekday};
use unlisted_model::Nation;
use unlisted_model::prepare::BankHolidays;

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher). None for years that have none here.
pub(crate) fn easter(year: i16) -> Option<Date> {
    if year < 1583 {
        return None;
    }
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// What is left out of a count.
#[derive(Clone, Copy)]
pub(super) struct Calendar<'a> {
    pub(super) holidays: &'a BankHolidays,
    /// Bank holidays of these nations are left out.
    pub(super) nations: &'a [Nation],
    /// Easter Monday is left out too.
    pub(super) skips_easter_monday: bool,
}

impl Calendar<'_> {
    /// Whether elections go on on this day.
    pub(super) fn works(&self, day: Date) -> bool {
        if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return false;
        }
        if (day.month(), day.day()) == (12, 24) || (day.month(), day.day()) == (12, 25) {
            return false;
        }
        if let Some(sunday) = easter(day.year()) {
            let is = |other: Result<Date, jiff::Error>| other.is_ok_and(|o| o == day);
            if is(sunday.yesterday().and_then(Date::yesterday)) || (self.skips_easter_monday && is(sunday.tomorrow())) {
                return false;
            }
        }
        let known = |nation: &Nation| self.is_known(*nation, day.year());
        !self.nations.iter().any(|nation| {
            if known(nation) {
                self.holidays.days.get(nation).is_some_and(|days| days.contains(&day))
            } else {
                is_usual_holiday(*nation, day)
            }
        })
    }

    /// Whether the table has the bank holidays of this year at all.
    fn is_known(&self, nation: Nation, year: i16) -> bool {
        self.holidays.days.get(&nation).is_some_and(|days| days.iter().any(|d| d.year() == year))
    }

    /// Whether all bank holidays from one day to another are certain.
    pub(super) fn is_certain(&self, from: Date, to: Date) -> bool {
        (from.year()..=to.year())
            .all(|year| self.nations.iter().all(|n| self.holidays.certain.get(n).is_some_and(|years| years.contains(&year))))
    }

    /// The working day that is so many before `day`, which itself does not count. None when there is no such day.
    pub(super) fn before(&self, day: Date, working_days: u16) -> Option<Date> {
        let mut at = day;
        let mut left = working_days;
        while left > 0 {
            at = at.yesterday().ok()?;
            if self.works(at) {
                left -= 1;
            }
        }
        Some(at)
    }
}

/// Days that are bank holidays each year, for years that the table does not hold: without moved and single days.
fn is_usual_holiday(nation: Nation, day: Date) -> bool {
    let monday = day.weekday() == Weekday::Monday;
    let first = monday && day.day() <= 7;
    let last = monday && day.day() > day.days_in_month() - 7;
    let scotland = nation == Nation::Scotland;
    let easter_monday = easter(day.year()).is_some_and(|e| e.tomorrow().is_ok_and(|m| m == day));
    match (day.month(), day.day()) {
        (1, 1) | (12, 26) => true,
        (1, 2) | (11, 30) => scotland,
        (3, 17) | (7, 12) => nation == Nation::NorthernIreland,
        (5, _) => first || last,
        (8, _) => {
            if scotland {
                first
            } else {
                last
            }
        }
        _ => easter_monday && !scotland,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::config::Config;

    #[test]
    fn easter_is_where_almanacs_have_it() {
        for (year, month, day) in
            [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2026, 4, 5), (2027, 3, 28), (2028, 4, 16), (2038, 4, 25)]
        {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
        assert_eq!(easter(-1), None);
    }

    /// The shipped table against the rules by which it was made, once more and in another way.
    #[test]
    fn the_table_of_bank_holidays_follows_its_rules() {
        let shipped = Config::load(None).expect("the shipped files are right").prepare.holidays;
        let without = BankHolidays::default();
        for nation in Nation::ALL {
            let of_table = Calendar { holidays: &shipped, nations: &[nation], skips_easter_monday: false };
            let of_rules = Calendar { holidays: &without, nations: &[nation], skips_easter_monday: false };
            let mut differ = vec![];
            let mut day = date(2026, 1, 1);
            while day.year() < 2029 {
                if of_table.works(day) != of_rules.works(day) {
                    differ.push(day);
                }
                day = day.tomorrow().expect("a day");
            }
            // What the rules do not know: days moved from a weekend, and Scotland's day of June 2026.
            let moved: &[Date] = match nation {
                Nation::England | Nation::Wales => {
                    &[date(2026, 12, 28), date(2027, 12, 27), date(2027, 12, 28), date(2028, 1, 3)]
                }
                // 12 July 2026 is a Sunday.
                Nation::NorthernIreland => {
                    &[date(2026, 7, 13), date(2026, 12, 28), date(2027, 12, 27), date(2027, 12, 28), date(2028, 1, 3)]
                }
                // 2 January 2027 is a Saturday; 1 and 2 January 2028 are a weekend.
                Nation::Scotland => &[
                    date(2026, 6, 15),
                    date(2026, 12, 28),
                    date(2027, 1, 4),
                    date(2027, 12, 27),
                    date(2027, 12, 28),
                    date(2028, 1, 3),
                    date(2028, 1, 4),
                ],
            };
            assert_eq!(differ, moved, "{}", nation.as_str());
        }
    }
}
