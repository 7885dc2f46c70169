//! Writes a subject file: what [`read`](super::read) reads back as the same person. Deterministic; every text is
//! escaped by the TOML library, so that whatever a person typed stays text.

use std::fmt::Write as _;

use unlisted_model::consent::MaySend;
use unlisted_model::{Consent, Identifier, Reveal, Secret, Subject};
use zeroize::Zeroizing;

/// The file of a person, with short comments for whoever reads it.
pub fn write(subject: &Subject) -> Secret {
    let mut file = File(Zeroizing::new(String::new()));
    file.comment("Private. Whoever can read this file can read everything in it.");
    file.text("schema", "unlisted/subject/v1");
    file.text("id", subject.id.as_str());
    file.permission(&subject.consent);
    let names = &subject.names;
    file.part("[names]", "`also`: other names in public use. `former`: old names, never sent to anybody.");
    file.text("full", &names.full);
    if !names.also.is_empty() {
        file.list("also", names.also.iter().cloned());
    }
    if !names.former.is_empty() {
        file.list("former", names.former.iter().map(|n| n.reveal(Reveal::AtRest).to_owned()));
    }
    let candidacy = &subject.candidacy;
    if *candidacy != unlisted_model::Candidacy::default() {
        file.part("[candidacy]", "While `announced` is false, party, area and council are not sent either.");
        file.plain("announced", if candidacy.announced { "true" } else { "false" });
        file.maybe("contest", candidacy.contest.map(|c| c.as_str()));
        file.maybe("nation", candidacy.nation.map(|n| n.as_str()));
        file.maybe("party", candidacy.party.as_deref());
        file.maybe("area", candidacy.area.as_deref());
        file.maybe("council", candidacy.council.as_deref());
        file.maybe("election", candidacy.election.map(|day| day.to_string()).as_deref());
    }
    let help = &subject.help;
    if *help != unlisted_model::help::HelpContacts::default() {
        file.part("[help]", "Whom to turn to.");
        file.maybe("police-contact", help.police_contact.as_deref());
        file.maybe("police-adviser", help.police_adviser.as_deref());
        file.maybe("party", help.party.as_deref());
        file.maybe("trusted", help.trusted.as_deref());
        file.maybe("force", help.force.as_deref());
    }
    file.facts("private", "To be kept private: looked for, and never sent unless `may-send` above says so.", &subject.private);
    file.facts("public", "Meant to be public: not reported.", &subject.public);
    for (n, page) in subject.pages.iter().enumerate() {
        file.part("[[pages]]", if n == 0 { "Own sites and profiles." } else { "" });
        file.text("url", page.url.as_str());
    }
    if let Some(base) = &subject.searxng {
        file.part("[sources.searxng]", "A search engine of your own.");
        file.text("base", base.as_str());
    }
    Secret::new(std::mem::take(&mut *file.0))
}

fn may_send(entry: &MaySend) -> String {
    match &entry.source {
        Some(source) => format!("{}:{source}", entry.kind.as_str()),
        None => entry.kind.as_str().to_owned(),
    }
}

struct File(Zeroizing<String>);

impl File {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn comment(&mut self, words: &str) {
        if !words.is_empty() {
            self.line(&format!("# {words}"));
        }
    }

    fn part(&mut self, head: &str, comment: &str) {
        self.line("");
        self.comment(comment);
        self.line(head);
    }

    fn plain(&mut self, key: &str, value: &str) {
        // Writing to a String cannot fail.
        writeln!(self.0, "{key} = {value}").unwrap_or_default();
    }

    fn text(&mut self, key: &str, text: &str) {
        self.plain(key, &quoted(text));
    }

    fn maybe(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    /// A permission that was not given leaves no trace but a comment.
    fn permission(&mut self, consent: &Consent) {
        if consent.is_missing() {
            self.line("");
            self.comment("No permission, so nothing is checked. To give it: unlisted init");
            return;
        }
        self.part("[consent]", "The permission. Nothing is checked without it; it lasts at most 12 months.");
        self.text("by", &consent.by);
        self.text("on", &consent.on.to_string());
        self.text("until", &consent.until.to_string());
        self.text("basis", consent.basis.as_str());
        if !consent.may_send.is_empty() {
            self.list("may-send", consent.may_send.iter().map(may_send));
        }
        if let Some(kinds) = &consent.kinds {
            self.list("kinds", kinds.iter().map(|k| k.as_str().to_owned()));
        }
        if let Some(sources) = &consent.sources {
            self.list("sources", sources.iter().cloned());
        }
    }

    fn list(&mut self, key: &str, texts: impl Iterator<Item = String>) {
        let texts: Vec<String> = texts.map(|t| quoted(&t)).collect();
        self.plain(key, &format!("[{}]", texts.join(", ")));
    }

    fn facts(&mut self, part: &str, comment: &str, facts: &[Identifier]) {
        for (n, fact) in facts.iter().enumerate() {
            self.part(&format!("[[{part}]]"), if n == 0 { comment } else { "" });
            self.text("kind", fact.kind().as_str());
            self.text("value", fact.value.reveal(Reveal::AtRest));
        }
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::Date;
    use proptest::prelude::*;
    use unlisted_model::contest::{Contest, Nation};
    use unlisted_model::help::HelpContacts;
    use unlisted_model::{Basis, Candidacy, FactId, Kind, Names, OwnPage, SubjectId};

    use super::*;
    use crate::subject_file::{read, read_without_permission};

    /// Any text of one line, as the reader keeps it.
    fn line() -> impl Strategy<Value = String> {
        "\\PC{1,60}".prop_map(|s| s.trim().to_owned()).prop_filter("not empty", |s| !s.is_empty())
    }

    fn day() -> impl Strategy<Value = Date> {
        (1900i16..2100, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Date::new(y, m, d).expect("test data"))
    }

    /// Details of kinds that take any text, texts with line ends among them, and of one that is kept in another form.
    fn facts() -> impl Strategy<Value = Vec<(Kind, String)>> {
        let free = (
            prop_oneof![Just(Kind::FamilyMember), Just(Kind::Workplace), Just(Kind::School), Just(Kind::PlaceVisited)],
            "[a-z\"'\\\\#\\[\\]]{2}[\\PC\n\t]{0,40}[a-z]{2}",
        )
            .prop_filter("letters", |(_, s)| s.chars().filter(|c| c.is_alphabetic()).count() >= 2);
        let born = day().prop_map(|d| (Kind::DateOfBirth, d.to_string()));
        prop::collection::vec(prop_oneof![free, born], 0..5)
    }

    fn identifiers(id: &SubjectId, facts: Vec<(Kind, String)>, ordinals: &mut BTreeMap<Kind, u32>) -> Vec<Identifier> {
        let of = |(kind, text): (Kind, String)| {
            let ordinal = ordinals.entry(kind).or_insert(0);
            *ordinal += 1;
            Identifier { id: FactId { subject: id.clone(), kind, ordinal: *ordinal }, value: Secret::new(text) }
        };
        facts.into_iter().map(of).collect()
    }

    prop_compose! {
        fn subject()(
            (by, first, last) in (line(), "[\"'a-zà-ÿ]{1,9}[a-z]", "[a-zà-ÿ\\\\]{1,9}[a-z]"),
            (also, former) in (prop::collection::vec(line(), 0..3), prop::collection::vec(line(), 0..3)),
            (on, until, election) in (day(), day(), prop::option::of(day())),
            announced in any::<bool>(),
            (party, area, council) in (prop::option::of(line()), prop::option::of(line()), prop::option::of(line())),
            contest in prop::option::of(prop::sample::select(&Contest::ALL[..])),
            nation in prop::option::of(prop::sample::select(&Nation::ALL[..])),
            (police_contact, police_adviser) in (prop::option::of(line()), prop::option::of(line())),
            (help_party, trusted) in (prop::option::of(line()), prop::option::of(line())),
            force in prop::option::of("[a-z]{3,9}(-[a-z]{2,9})?"),
            (private, public) in (facts(), facts()),
            pages in prop::collection::vec("https://[a-z]{1,9}\\.example/[a-z]{0,9}", 0..3),
            searxng in prop::option::of(Just("http://127.0.0.1:8888/")),
            (narrow, send) in (any::<bool>(), any::<bool>()),
        ) -> Subject {
            let id = SubjectId::new("amina-castle").expect("test data");
            let mut ordinals = BTreeMap::new();
            let private = identifiers(&id, private, &mut ordinals);
            let public = identifiers(&id, public, &mut ordinals);
            let url = |u: &str| url::Url::parse(u).expect("test data");
            let may_send = if send {
                vec![MaySend { kind: Kind::Username, source: None }, MaySend { kind: Kind::Email, source: Some("x".into()) }]
            } else { vec![] };
            Subject {
                consent: Consent {
                    by, on, until, basis: Basis::Itself, may_send,
                    kinds: narrow.then(|| vec![Kind::Phone]), sources: narrow.then(|| vec!["own".to_owned()]),
                },
                names: Names { full: format!("{first} {last}"), also, former: former.into_iter().map(Secret::new).collect() },
                candidacy: Candidacy { announced, party, area, council, election, contest, nation },
                private, public,
                pages: pages.iter().map(|u| OwnPage { url: url(u) }).collect(),
                searxng: searxng.map(url),
                help: HelpContacts { police_contact, police_adviser, party: help_party, trusted, force },
                id,
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn what_is_written_reads_back(subject in subject()) {
            let text = write(&subject);
            let read = read("x.toml", text.reveal(Reveal::ToCompare));
            prop_assert_eq!(read.map(|r| r.subject), Ok(subject.clone()));
            prop_assert_eq!(text, write(&subject));
        }
    }

    #[test]
    fn a_person_without_permission_reads_back_and_is_refused_for_a_check() {
        let text = include_str!("../../../../fixtures/people/demo.toml");
        let mut subject = read("demo.toml", text).expect("it is right").subject;
        subject.consent = Consent::missing();
        let text = write(&subject);
        let text = text.reveal(Reveal::ToCompare);
        assert_eq!(read_without_permission("x", text).map(|r| r.subject), Ok(subject));
        assert!(read("x", text).is_err_and(|e| e.no_permission));
        let broken = format!("{text}\n[consent]\nby = \"Amina\"\n");
        assert!(read_without_permission("x", &broken).is_err_and(|e| !e.no_permission), "what stands there must be right");
    }

    #[test]
    fn the_demonstration_survives() {
        let text = include_str!("../../../../fixtures/people/demo.toml");
        let subject = read("demo.toml", text).expect("it is right").subject;
        assert_eq!(read("x", write(&subject).reveal(Reveal::ToCompare)).map(|r| r.subject), Ok(subject));
    }
}
