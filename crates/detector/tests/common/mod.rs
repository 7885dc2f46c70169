//! The person of the marked texts, and the reading of marked lines.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses its part")]

use std::ops::Range;
use std::path::PathBuf;

use jiff::civil::date;
use unlisted_model::{About, Basis, Candidacy, Consent, FactId, Identifier, Kind, Names, Role, Secret, Subject, SubjectId, Text};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/detectors")
}

/// The lines of a marked file that are no comments, with their numbers.
pub fn read_lines(file: &str) -> Vec<(usize, String)> {
    let content = std::fs::read_to_string(folder().join(file)).expect("a file of fixtures/detectors");
    content
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'))
        .map(|(i, l)| (i + 1, l.to_owned()))
        .collect()
}

/// A subject with these names and facts; `public` before a kind makes it a public one.
pub fn subject(id: &str, full: &str, facts: &[(&str, &str)]) -> Subject {
    let id = SubjectId::new(id).expect("test data");
    let mut subject = Subject {
        id: id.clone(),
        consent: Consent {
            by: full.to_owned(),
            on: date(2026, 11, 20),
            until: date(2027, 6, 6),
            basis: Basis::Itself,
            may_send: vec![],
            kinds: None,
            sources: None,
        },
        names: Names { full: full.to_owned(), also: vec![], former: vec![] },
        candidacy: Candidacy::default(),
        private: vec![],
        public: vec![],
        pages: vec![],
        searxng: None,
        help: unlisted_model::HelpContacts::default(),
    };
    for (kind, value) in facts {
        let (kind, public) = match kind.strip_prefix("public ") {
            Some(kind) => (kind, true),
            None => (*kind, false),
        };
        let kind = Kind::parse(kind).expect("test data");
        let list = if public { &mut subject.public } else { &mut subject.private };
        let ordinal = 1 + list.iter().filter(|i| i.kind() == kind).count() as u32;
        list.push(Identifier { id: FactId { subject: id.clone(), kind, ordinal }, value: Secret::new(*value) });
    }
    subject
}

/// The person of `person.txt`.
pub fn person() -> Subject {
    let lines = read_lines("person.txt");
    let pairs: Vec<(&str, &str)> = lines.iter().map(|(_, l)| l.split_once(" = ").expect("key = value")).collect();
    let named = |key: &str| pairs.iter().filter(|(k, _)| *k == key).map(|(_, v)| *v).collect::<Vec<_>>();
    let facts: Vec<(&str, &str)> = pairs.iter().copied().filter(|(k, _)| !matches!(*k, "full" | "also" | "former")).collect();
    let mut subject = subject("amina-castle", named("full")[0], &facts);
    subject.names.also = named("also").into_iter().map(str::to_owned).collect();
    subject.names.former = named("former").into_iter().map(Secret::new).collect();
    subject
}

/// One block of text.
pub fn body(text: &str) -> Text {
    let mut page = Text::default();
    page.push(Role::Body, None, 0, About::Unknown, text, 0);
    page
}

/// A line with its marks taken out.
pub struct Marked {
    pub text: Text,
    pub marks: Vec<(Range<usize>, String)>,
}

impl Marked {
    pub fn read(line: &str) -> Self {
        let mut text = Text::default();
        let mut marks = Vec::new();
        let mut open: Option<(usize, String)> = None;
        let mut group = 0;
        for (far, piece) in line.split(" ‖ ").enumerate() {
            group += u32::from(far > 0);
            let cells: Vec<&str> = piece.split(" ¦ ").collect();
            for cell in &cells {
                let (label, cell) = match cell.strip_prefix('{').and_then(|c| c.split_once('}')) {
                    Some((label, rest)) => (Some(label), rest),
                    None => (None, *cell),
                };
                let base = text.chars.len();
                let mut plain = String::new();
                let mut rest = cell;
                while let Some(c) = rest.chars().next() {
                    if let Some(after) = rest.strip_prefix('⟦') {
                        let (mark, after) = after.split_once(' ').expect("a mark and a space");
                        open = Some((base + plain.len(), mark.to_owned()));
                        rest = after;
                    } else if let Some(after) = rest.strip_prefix('⟧') {
                        let (start, mark) = open.take().expect("an open mark");
                        marks.push((start..base + plain.len(), mark));
                        rest = after;
                    } else if let Some(after) = rest.strip_prefix("\\u{") {
                        let (hex, after) = after.split_once('}').expect("\\u{…}");
                        plain.push(u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).expect("a character"));
                        rest = after;
                    } else if let Some(after) = rest.strip_prefix("\\\\") {
                        plain.push('\\');
                        rest = after;
                    } else {
                        plain.push(c);
                        rest = rest.strip_prefix(c).expect("its first character");
                    }
                }
                let role = if label.is_some() {
                    Role::Key
                } else if cells.len() > 1 {
                    Role::Cell
                } else {
                    Role::Body
                };
                text.push(role, label, group, About::Unknown, &plain, 0);
            }
        }
        assert!(open.is_none(), "an open mark in {line}");
        Self { text, marks }
    }

    pub fn show(&self, found: &[(Range<usize>, String)]) -> String {
        let shown: Vec<String> =
            found.iter().map(|(r, m)| format!("{m} {:?}", self.text.chars.get(r.clone()).unwrap_or("?"))).collect();
        if shown.is_empty() { "nothing".to_owned() } else { shown.join(" · ") }
    }
}
