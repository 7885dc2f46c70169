//! Where a photo was taken: degrees that its metadata hold, under a label that only the reader of pictures writes.

use unlisted_model::{Confidence, Fit, Kind, Role};

use super::{Out, Seen};
use crate::page::Page;

const ID: &str = "photo-location";

/// The label under which the reader of pictures writes a place.
const LABEL: &str = "photo location";

/// Looks at blocks with that label.
pub(crate) fn scan(page: &Page<'_>, out: &mut Out) {
    for (index, block) in page.text.blocks.iter().enumerate() {
        if block.role != Role::Meta || block.label.as_deref() != Some(LABEL) || !is_place(page.text.of(block)) {
            continue;
        }
        let first = page.words.partition_point(|w| (w.block as usize) < index);
        let words = page.block_words(first);
        let seen = Seen {
            detector: ID,
            folded: page.folded_span(words.start, words.end),
            fit: Fit::Whole,
            confidence: Confidence::High,
            disguise: None,
        };
        out.unsupplied(page, Kind::PhotoLocation, seen, page.text.of(block).to_owned());
    }
}

/// `51.50, -0.13`
fn is_place(text: &str) -> bool {
    let degrees: Vec<f64> = text.split(',').filter_map(|d| d.trim().parse().ok()).collect();
    matches!(degrees.as_slice(), [north, east] if north.abs() <= 90.0 && east.abs() <= 180.0)
}
