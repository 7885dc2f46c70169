//! Harm if true.

/// How bad, in the words shown to people: *Act today / Do this week / When you can / Good to know*.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Good to know.
    Low,
    /// When you can.
    Medium,
    /// Do this week.
    High,
    /// Act today.
    Critical,
}

impl Severity {
    /// The word of the report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Low, Self::Medium, Self::High, Self::Critical].into_iter().find(|s| s.as_str() == word)
    }

    /// One step up, `Critical` at most.
    #[must_use]
    pub const fn raised(self) -> Self {
        match self {
            Self::Low => Self::Medium,
            Self::Medium => Self::High,
            Self::High | Self::Critical => Self::Critical,
        }
    }

    /// One step down, `Low` at least.
    #[must_use]
    pub const fn lowered(self) -> Self {
        match self {
            Self::Critical => Self::High,
            Self::High => Self::Medium,
            Self::Medium | Self::Low => Self::Low,
        }
    }
}

/// One row of `config/severity.toml`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SeverityRow {
    /// For which kind.
    pub kind: crate::identifier::Kind,
    /// When the whole fact stands there.
    pub whole: Severity,
    /// When a part stands there, or a neighbour's number.
    pub partial: Severity,
    /// When nobody supplied it.
    pub unsupplied: Severity,
    /// Why, in plain words.
    pub reason: String,
    /// Where the value comes from.
    pub source: String,
}

/// All rows, and the words that make a context hostile (which raises by one step).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SeverityTable {
    /// One row for each kind.
    pub rows: Vec<SeverityRow>,
    /// Lower-case words and phrases of threat and abuse.
    pub hostile_words: Vec<String>,
}

impl SeverityTable {
    /// The row of a kind.
    pub fn row(&self, kind: crate::identifier::Kind) -> Option<&SeverityRow> {
        self.rows.iter().find(|r| r.kind == kind)
    }
}
