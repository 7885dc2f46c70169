//! Permission: who agreed to a check, on what basis, until when. Nothing is fetched without it.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::identifier::Kind;

/// On what a check rests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// The person checks themself.
    Itself,
    /// The person agreed that somebody else checks.
    Consent,
    /// A slate's controller decided this with its lawyer.
    LegitimateInterests,
}

impl Basis {
    /// Reads the word of the subject file.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "self" => Some(Self::Itself),
            "consent" => Some(Self::Consent),
            "legitimate-interests" => Some(Self::LegitimateInterests),
            _ => None,
        }
    }

    /// The word of the subject file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Itself => "self",
            Self::Consent => "consent",
            Self::LegitimateInterests => "legitimate-interests",
        }
    }
}

/// One entry of `may-send`: a kind, to one source or (None) to any.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MaySend {
    /// What may be sent.
    pub kind: Kind,
    /// To which source only.
    pub source: Option<String>,
}

/// The permission record of a subject file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Consent {
    /// Who agreed.
    pub by: String,
    /// On which day.
    pub on: Date,
    /// Valid up to and including this day.
    pub until: Date,
    /// On which basis.
    pub basis: Basis,
    /// What may be sent beyond classes A–E.
    pub may_send: Vec<MaySend>,
    /// Only these kinds are looked for, when given.
    pub kinds: Option<Vec<Kind>>,
    /// Only these sources are asked, when given.
    pub sources: Option<Vec<String>>,
}

/// Why a permission does not hold today. Exit code 4.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ConsentProblem {
    /// There is no permission at all.
    #[error("there is no permission for a check")]
    Missing,
    /// Today is past `until`.
    #[error("the permission ended on {0}")]
    Ended(Date),
    /// Today is before `on`.
    #[error("the permission starts on {0}")]
    NotYet(Date),
    /// `until` is before `on`.
    #[error("the permission ends before it starts")]
    EndsBeforeStart,
    /// More than twelve months.
    #[error("a permission lasts at most 12 months; the latest last day would be {0}")]
    TooLong(Date),
}

impl ConsentProblem {
    /// Where its words stand in the catalogue.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Missing => "error-consent.missing",
            Self::Ended(_) => "error-consent.ended",
            Self::NotYet(_) => "error-consent.not-yet",
            Self::EndsBeforeStart => "error-consent.ends-before-start",
            Self::TooLong(_) => "error-consent.too-long",
        }
    }

    /// What fills the gaps of those words.
    pub fn gaps(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Ended(day) | Self::NotYet(day) | Self::TooLong(day) => vec![("day", day.to_string())],
            Self::Missing | Self::EndsBeforeStart => vec![],
        }
    }
}

/// Proof that a permission was checked against a day. Only [`Consent::check`] makes one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Permission {
    checked_on: Date,
}

impl Permission {
    /// The day for which the permission was found to hold.
    pub fn checked_on(&self) -> Date {
        self.checked_on
    }
}

impl Consent {
    /// The record of a person who gave no permission: it holds on no day and allows no kind and no source. Such a person can keep a
    /// record of abuse and prepare, and is never checked.
    pub fn missing() -> Self {
        Self {
            by: String::new(),
            on: Date::MAX,
            until: Date::MIN,
            basis: Basis::Itself,
            may_send: vec![],
            kinds: Some(vec![]),
            sources: Some(vec![]),
        }
    }

    /// Whether no permission was given.
    pub fn is_missing(&self) -> bool {
        self.on == Date::MAX && self.until == Date::MIN
    }

    /// Whether this permission holds on `today`.
    ///
    /// # Errors
    /// The reason why it does not.
    pub fn check(&self, today: Date) -> Result<Permission, ConsentProblem> {
        if self.is_missing() {
            return Err(ConsentProblem::Missing);
        }
        if self.until < self.on {
            return Err(ConsentProblem::EndsBeforeStart);
        }
        let last = self.on.saturating_add(12.months());
        if self.until > last {
            return Err(ConsentProblem::TooLong(last));
        }
        if today < self.on {
            return Err(ConsentProblem::NotYet(self.on));
        }
        if today > self.until {
            return Err(ConsentProblem::Ended(self.until));
        }
        Ok(Permission { checked_on: today })
    }

    /// Whether `kind` may be sent to `source` although its class is beyond E.
    pub fn allows_sending(&self, kind: Kind, source: &str) -> bool {
        self.may_send.iter().any(|m| m.kind == kind && m.source.as_deref().is_none_or(|s| s == source))
    }

    /// Whether `source` may be asked at all.
    pub fn allows_source(&self, source: &str) -> bool {
        self.sources.as_ref().is_none_or(|list| list.iter().any(|s| s == source))
    }

    /// Whether details of `kind` may be looked for.
    pub fn allows_kind(&self, kind: Kind) -> bool {
        self.kinds.as_ref().is_none_or(|list| list.contains(&kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(on: Date, until: Date, today: Date) -> Result<(), ConsentProblem> {
        let consent = Consent { by: "A".into(), on, until, basis: Basis::Itself, may_send: vec![], kinds: None, sources: None };
        consent.check(today).map(|_| ())
    }

    #[test]
    fn holds_on_first_and_last_day_only() {
        let (on, until) = (date(2026, 11, 20), date(2027, 6, 6));
        assert_eq!(check(on, until, on), Ok(()));
        assert_eq!(check(on, until, until), Ok(()));
        assert_eq!(check(on, until, date(2026, 11, 19)), Err(ConsentProblem::NotYet(on)));
        assert_eq!(check(on, until, date(2027, 6, 7)), Err(ConsentProblem::Ended(until)));
    }

    #[test]
    fn what_was_not_given_holds_never() {
        let consent = Consent::missing();
        for today in [Date::MIN, date(2026, 11, 25), Date::MAX] {
            assert_eq!(consent.check(today).map(|_| ()), Err(ConsentProblem::Missing));
        }
        assert!(!consent.allows_kind(Kind::Phone) && !consent.allows_source("x") && !consent.allows_sending(Kind::Username, "x"));
    }

    #[test]
    fn twelve_months_at_most() {
        let on = date(2026, 11, 20);
        assert_eq!(check(on, date(2027, 11, 20), on), Ok(()));
        assert_eq!(check(on, date(2027, 11, 21), on), Err(ConsentProblem::TooLong(date(2027, 11, 20))));
        assert_eq!(check(on, date(2026, 11, 1), on), Err(ConsentProblem::EndsBeforeStart));
    }
}
