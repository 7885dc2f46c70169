//! Supplied identity numbers, plates and accounts: letters and figures compared without what separates them.

use std::collections::HashMap;

use unlisted_model::Kind;

use crate::normalise::fold;

/// What an indexed run of letters and figures is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// The whole value.
    Whole,
    /// All but a last letter that a text may leave out, or without the issue number.
    AllButLast,
    /// The eight figures of an account number: whole only with the sort code near it.
    Account,
    /// The six figures of a sort code: nothing by itself.
    SortCode,
}

/// One indexed run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) fact: u32,
    pub(crate) kind: Kind,
    pub(crate) part: Part,
}

/// The index.
#[derive(Default)]
pub(crate) struct Codes {
    found: HashMap<Vec<u8>, Vec<Code>>,
    /// Lengths that occur, as bits.
    lengths: u64,
}

impl Codes {
    /// Adds a value and returns it normalised: lower case, letters and figures only.
    pub(crate) fn add(&mut self, fact: u32, kind: Kind, value: &str) -> String {
        let folded = fold(value);
        let code: Vec<u8> = folded.bytes().filter(u8::is_ascii_alphanumeric).collect();
        self.put(code.clone(), Code { fact, kind, part: Part::Whole });
        match kind {
            Kind::NationalInsuranceNumber if code.len() == 9 => self.part(&code, 0..8, fact, kind, Part::AllButLast),
            Kind::DrivingLicence if code.len() == 18 => self.part(&code, 0..16, fact, kind, Part::AllButLast),
            Kind::BankAccount => {
                // A British IBAN ends in the sort code and the account number.
                let start = if code.len() == 22 && code.starts_with(b"gb") { 8 } else { 0 };
                if code.len() - start == 14 {
                    self.part(&code, start..start + 14, fact, kind, Part::Whole);
                    self.part(&code, start..start + 6, fact, kind, Part::SortCode);
                    self.part(&code, start + 6..start + 14, fact, kind, Part::Account);
                }
            }
            _ => {}
        }
        String::from_utf8_lossy(&code).into_owned()
    }

    /// Whether nothing is indexed.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// What a run of lower-case letters and figures is.
    pub(crate) fn of(&self, run: &[u8]) -> &[Code] {
        if self.lengths >> run.len().min(63) & 1 == 0 {
            return &[];
        }
        self.found.get(run).map_or(&[], Vec::as_slice)
    }

    fn part(&mut self, code: &[u8], range: std::ops::Range<usize>, fact: u32, kind: Kind, part: Part) {
        if let Some(piece) = code.get(range) {
            self.put(piece.to_vec(), Code { fact, kind, part });
        }
    }

    fn put(&mut self, run: Vec<u8>, code: Code) {
        if run.len() < 2 {
            return;
        }
        self.lengths |= 1 << run.len().min(63);
        let list = self.found.entry(run).or_default();
        if !list.iter().any(|c| c.fact == code.fact) {
            list.push(code);
        }
    }
}
