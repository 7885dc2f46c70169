//! What a person stands for, and which police operation that falls under.

/// A part of the United Kingdom. Election law, registers and bank holidays differ between them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Nation {
    /// England.
    England,
    /// Wales.
    Wales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

impl Nation {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::England, Self::Wales, Self::Scotland, Self::NorthernIreland];

    /// The code used in `config/councils.csv`: `ENG`, `WLS`, `SCT`, `NIR`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::England => "ENG",
            Self::Wales => "WLS",
            Self::Scotland => "SCT",
            Self::NorthernIreland => "NIR",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|n| n.as_str() == code)
    }
}

/// The kind of seat or office that an election fills.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Contest {
    /// The House of Commons.
    UkParliament,
    /// The Scottish Parliament.
    ScottishParliament,
    /// The Senedd.
    Senedd,
    /// The Northern Ireland Assembly.
    NiAssembly,
    /// A county, district, borough, unitary, island or city council: a principal council.
    Council,
    /// A parish, town or community council.
    Parish,
    /// A directly elected mayor of a council or of a combined authority.
    Mayor,
    /// The Mayor of London or the London Assembly.
    London,
    /// A police and crime commissioner.
    PoliceCommissioner,
}

/// How police forces flag reports of people in elected office.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operation {
    /// Members of Parliament and parliamentary candidates.
    Bridger,
    /// Councillors, mayors, police and crime commissioners, and candidates for these.
    Ford,
}

impl Operation {
    /// `bridger` or `ford`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bridger => "bridger",
            Self::Ford => "ford",
        }
    }
}

impl Contest {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::UkParliament,
        Self::ScottishParliament,
        Self::Senedd,
        Self::NiAssembly,
        Self::Council,
        Self::Parish,
        Self::Mayor,
        Self::London,
        Self::PoliceCommissioner,
    ];

    /// Its word in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UkParliament => "uk-parliament",
            Self::ScottishParliament => "scottish-parliament",
            Self::Senedd => "senedd",
            Self::NiAssembly => "ni-assembly",
            Self::Council => "council",
            Self::Parish => "parish",
            Self::Mayor => "mayor",
            Self::London => "london",
            Self::PoliceCommissioner => "police-commissioner",
        }
    }

    /// Reads a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.as_str() == word)
    }

    /// The operation whose name makes a police force flag a report (`knowledge/uk-domain.md` §4 and §10). None for parish, town and
    /// community councils, which Ford does not cover; for the devolved parliaments, for which no source says so; and for local
    /// elections in Northern Ireland, where the name was not confirmed.
    pub fn operation(self, nation: Option<Nation>) -> Option<Operation> {
        match self {
            Self::UkParliament => Some(Operation::Bridger),
            Self::Council | Self::Mayor | Self::London | Self::PoliceCommissioner => {
                (nation != Some(Nation::NorthernIreland)).then_some(Operation::Ford)
            }
            Self::Parish | Self::ScottishParliament | Self::Senedd | Self::NiAssembly => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        assert!(Contest::ALL.into_iter().all(|c| Contest::parse(c.as_str()) == Some(c)));
        assert!(Nation::ALL.into_iter().all(|n| Nation::parse(n.as_str()) == Some(n)));
    }

    #[test]
    fn operations_cover_whom_they_cover() {
        for (contest, nation, expect) in [
            (Contest::UkParliament, None, Some(Operation::Bridger)),
            (Contest::UkParliament, Some(Nation::NorthernIreland), Some(Operation::Bridger)),
            (Contest::Council, Some(Nation::Scotland), Some(Operation::Ford)),
            (Contest::Council, Some(Nation::NorthernIreland), None),
            (Contest::Parish, Some(Nation::England), None),
            (Contest::Senedd, Some(Nation::Wales), None),
            (Contest::PoliceCommissioner, Some(Nation::England), Some(Operation::Ford)),
        ] {
            assert_eq!(contest.operation(nation), expect, "{}", contest.as_str());
        }
    }
}
