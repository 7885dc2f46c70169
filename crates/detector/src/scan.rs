//! A stand-in for the scanner until its branch is merged.

use std::ops::Range;
use unlisted_model::{Confidence, Detection, Fit, Kind, NameForm, NameHit, Reveal, Scan, Secret, Subject, Text};

#[derive(Debug)]
pub(crate) struct Scanner(Vec<Subject>);

impl Scanner {
    pub(crate) fn new(subjects: &[Subject]) -> Self {
        Self(subjects.to_vec())
    }

    pub(crate) fn scan(&self, text: &Text) -> Scan {
        let mut scan = Scan::default();
        let chars = &text.chars;
        for s in &self.0 {
            for (m, form) in s.names.in_public_use().map(|n| (n.to_owned(), NameForm::Full)).chain(first_last(&s.names.full)) {
                for (at, hit) in chars.match_indices(&m) {
                    scan.names.push(NameHit { subject: s.id.clone(), span: at..at + hit.len(), form, title: None });
                }
            }
            for f in s.private.iter().chain(&s.public) {
                let v = f.value.reveal(Reveal::ToCompare);
                for (at, hit) in chars.match_indices(v) {
                    scan.detections.push(Detection { detector: "stub", kind: f.kind(), span: at..at + hit.len(), fact: Some(f.id.clone()), meant_public: s.public.contains(f), fit: Fit::Whole, value: Secret::new(v), confidence: Confidence::High, disguise: None });
                }
            }
        }
        let re = regex::Regex::new(r"0[0-9]{4} [0-9]{6}|[a-z.]+@[a-z.]+|[0-9]+ [A-Z][a-z]+ (?:Lane|Road)(?:, [A-Z][a-z]+)*(?: ZZ99 [0-9][A-Z]{2})?").expect("regex");
        for m in re.find_iter(chars) {
            if scan.detections.iter().any(|d| d.span.start < m.end() && m.start() < d.span.end) { continue; }
            let kind = if m.as_str().contains('@') { Kind::Email } else if m.as_str().starts_with('0') { Kind::Phone } else { Kind::HomeAddress };
            scan.detections.push(Detection { detector: "stub", kind, span: m.range(), fact: None, meant_public: false, fit: Fit::Whole, value: Secret::new(m.as_str()), confidence: Confidence::High, disguise: None });
        }
        scan.detections.sort_by_key(|d| d.span.start);
        scan.names.sort_by_key(|d| d.span.start);
        scan
    }
}

fn first_last(full: &str) -> Option<(String, NameForm)> {
    let w: Vec<&str> = full.split(' ').collect();
    Some((format!("{} {}", w.first()?, w.last()?), NameForm::FirstLast))
}

/// Others.
pub(crate) fn other_names(text: &Text) -> Vec<Range<usize>> {
    let re = regex::Regex::new(r"\b(?:Bob|Jo|Mary|Tom) [A-Z][a-z]+").expect("regex");
    re.find_iter(&text.chars).map(|m| m.range()).collect()
}
