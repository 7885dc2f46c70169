//! A print of the words around a detail, by which near copies of one page are known again.
//!
//! It is made of masked text (the detail, every other detail and all figures are left out before anything is counted),
//! it is kept sealed beside its finding and stands in no document. So nobody can try values against it.

/// The smallest sums of the runs of words around a detail: a bottom-k sketch (Broder 1997; Cohen and Kaplan 2007), from
/// which the share of common runs of two texts is told to within a few per cent.
#[derive(Clone, PartialEq, Eq)]
pub struct TextPrint(Vec<u32>);

impl TextPrint {
    /// How many sums are kept.
    pub const SIZE: usize = 128;
    /// Runs of words below which a text is too short to tell a copy from a chance: two cards with a name and a heading
    /// look alike by nature.
    pub const LEAST: usize = 40;

    /// The print of these runs, in any order; None when there are too few different ones.
    pub fn of(runs: impl IntoIterator<Item = u32>) -> Option<Self> {
        let mut sums: Vec<u32> = runs.into_iter().collect();
        sums.sort_unstable();
        sums.dedup();
        if sums.len() < Self::LEAST {
            return None;
        }
        sums.truncate(Self::SIZE);
        Some(Self(sums))
    }

    /// A print that was kept; None when it cannot be one.
    pub fn kept(sums: Vec<u32>) -> Option<Self> {
        let ascends = sums.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
        ((Self::LEAST..=Self::SIZE).contains(&sums.len()) && ascends).then_some(Self(sums))
    }

    /// What is kept of it.
    pub fn sums(&self) -> &[u32] {
        &self.0
    }

    /// The share of runs that both texts have, of all that either has: 0 to 1.
    pub fn likeness(&self, other: &Self) -> f64 {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let (mut common, mut all) = (0_u32, 0_u32);
        // The smallest sums of both together are a fair draw from all runs of both.
        while all < 128 {
            match (a.peek(), b.peek()) {
                (None, None) => break,
                (Some(x), Some(y)) if x == y => {
                    common += 1;
                    a.next();
                    b.next();
                }
                (Some(x), Some(y)) if x > y => drop(b.next()),
                (None, Some(_)) => drop(b.next()),
                (Some(_), _) => drop(a.next()),
            }
            all += 1;
        }
        if all == 0 { 0.0 } else { f64::from(common) / f64::from(all) }
    }
}

/// Its sums stay out of logs.
impl std::fmt::Debug for TextPrint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TextPrint")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(runs: std::ops::Range<u32>) -> TextPrint {
        // Spread like sums of words.
        TextPrint::of(runs.map(|n| n.wrapping_mul(2_654_435_761))).expect("long enough")
    }

    #[test]
    fn likeness_is_the_share_of_common_runs() {
        let all = print(0..300);
        assert!((all.likeness(&all) - 1.0).abs() < f64::EPSILON);
        assert!(all.likeness(&print(1_000..1_300)).abs() < f64::EPSILON);
        // 150 of 450.
        let half = all.likeness(&print(150..450));
        assert!((half - 1.0 / 3.0).abs() < 0.12, "{half}");
        // Short texts are compared exactly: 40 of 60.
        let short = print(0..50).likeness(&print(10..60));
        assert!((short - 40.0 / 60.0).abs() < 1e-9, "{short}");
        assert!((all.likeness(&print(150..450)) - print(150..450).likeness(&all)).abs() < f64::EPSILON);
    }

    #[test]
    fn short_texts_have_no_print_and_kept_ones_are_checked() {
        assert_eq!(TextPrint::of(0..39), None);
        assert_eq!(TextPrint::of(std::iter::repeat_n(7, 500)), None);
        let print = print(0..300);
        assert_eq!(print.sums().len(), TextPrint::SIZE);
        assert_eq!(TextPrint::kept(print.sums().to_vec()), Some(print.clone()));
        for bad in [vec![], (0..39).collect(), (0..129).collect(), (0..60).rev().collect(), vec![7; 60]] {
            assert_eq!(TextPrint::kept(bad), None);
        }
        assert_eq!(format!("{print:?}"), "TextPrint");
    }
}
