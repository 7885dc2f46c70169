//! Filling query templates with what is public about a person.

use unlisted_model::query::Discloses;
use unlisted_model::subject::Subject;
use unlisted_model::{Councils, Template};

/// A filled template: what is asked, and everything that it tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Phrase {
    /// The words, as typed into a search engine.
    pub(super) text: String,
    /// What they tell.
    pub(super) discloses: Vec<Discloses>,
}

/// Fills one template: one phrase for each name in public use.
///
/// Empty when one of its values is not known, or may not be sent because the candidacy is not announced.
pub(super) fn fill(template: &Template, subject: &Subject, councils: &Councils) -> Vec<Phrase> {
    names(subject).iter().filter_map(|name| fill_for(template, name, subject, councils)).collect()
}

fn fill_for(template: &Template, name: &str, subject: &Subject, councils: &Councils) -> Option<Phrase> {
    let candidacy = &subject.candidacy;
    let council = candidacy.council.as_deref().and_then(|code| councils.get(code)).map(|c| c.name.trim_start_matches("The "));
    let values = [
        ("{name}", Discloses::Name, Some(name)),
        ("{area}", Discloses::Area, candidacy.area.as_deref()),
        ("{party}", Discloses::Party, candidacy.party.as_deref()),
        ("{council}", Discloses::Role, council),
    ];
    let mut tells = template.tells.clone();
    let mut text = String::with_capacity(template.text.len() + 64);
    let mut rest = template.text.as_str();
    // One pass, so that a value is never read as a mark.
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (mark, after) = after.split_once('}')?;
        let (_, discloses, value) = values.iter().find(|(m, _, _)| m.trim_matches(['{', '}']) == mark)?;
        let value = searchable((*value)?);
        if value.is_empty() {
            return None;
        }
        text.push_str(&value);
        tells.push(*discloses);
        rest = after;
    }
    text.push_str(rest);
    tells.sort_unstable();
    tells.dedup();
    let beyond_the_name = tells.iter().any(|d| matches!(d, Discloses::Area | Discloses::Party | Discloses::Role));
    (candidacy.announced || !beyond_the_name).then_some(Phrase { text, discloses: tells })
}

/// The names in public use, each once; a name of three words or more also without its middle names, and that one first,
/// because a phrase in quotation marks finds only the form that a page uses.
pub(super) fn names(subject: &Subject) -> Vec<String> {
    let mut names: Vec<String> = vec![];
    let mut add = |name: String| {
        if !name.is_empty() && !names.iter().any(|n| n.to_lowercase() == name.to_lowercase()) {
            names.push(name);
        }
    };
    for name in subject.names.in_public_use().map(searchable) {
        if let Some(short) = without_middle_names(&name) {
            add(short);
        }
        add(name);
    }
    names
}

/// Words that belong to the surname after them.
const PARTICLES: &[&str] = &[
    "al", "ap", "ab", "bin", "binti", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ferch", "ibn", "la",
    "le", "mac", "mc", "o", "st", "st.", "ten", "ter", "van", "von", "zu",
];

/// First name and surname of a longer name.
fn without_middle_names(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let mut surname = words.len().checked_sub(1)?;
    while surname > 1 && words.get(surname - 1).is_some_and(|w| PARTICLES.contains(&w.to_lowercase().as_str())) {
        surname -= 1;
    }
    (surname > 1)
        .then(|| [words.first().copied().unwrap_or_default(), &words.get(surname..).unwrap_or_default().join(" ")].join(" "))
}

/// A value without what a search engine would take for a command.
fn searchable(value: &str) -> String {
    let plain: String = value.chars().map(|c| if c.is_control() || "\"“”{}".contains(c) { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::rehearse::{councils, person};
    use super::*;

    #[track_caller]
    fn check(template: &str, tells: &[Discloses], change: impl Fn(&mut Subject), expect: &[(&str, &[Discloses])]) {
        let mut subject = person();
        change(&mut subject);
        let template = Template { id: "t".into(), text: template.into(), tells: tells.to_vec() };
        let got = fill(&template, &subject, &councils());
        let got: Vec<(&str, &[Discloses])> = got.iter().map(|p| (p.text.as_str(), p.discloses.as_slice())).collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn each_name_in_public_use_is_asked() {
        use Discloses::{Area, Name, Role};
        check(
            "\"{name}\" {area}",
            &[],
            |_| {},
            &[("\"Marigold Tester\" Abbots Mere", &[Name, Area]), ("\"Mari Tester\" Abbots Mere", &[Name, Area])],
        );
        check(
            "\"{name}\" {council} minutes",
            &[],
            |s| s.names.also.clear(),
            &[("\"Marigold Tester\" Exampleford Council minutes", &[Name, Role])],
        );
    }

    #[test]
    fn what_is_not_known_or_not_announced_is_left_out() {
        use Discloses::{Name, Role};
        check("\"{name}\" {area}", &[], |s| s.candidacy.area = None, &[]);
        check("\"{name}\" {area}", &[], |s| s.candidacy.announced = false, &[]);
        check("\"{name}\" councillor", &[Role], |s| s.candidacy.announced = false, &[]);
        check("\"{name}\" {council}", &[], |s| s.candidacy.council = Some("???".into()), &[]);
        let quiet = |s: &mut Subject| {
            s.candidacy.announced = false;
            s.names.also = vec!["marigold  TESTER".into()];
        };
        check("\"{name}\"", &[], quiet, &[("\"Marigold Tester\"", &[Name])]);
    }

    #[test]
    fn middle_names_are_asked_with_and_without() {
        let names = |full: &str| {
            let mut subject = person();
            subject.names = named(full);
            super::names(&subject)
        };
        assert_eq!(names("Amina Rose Castle"), ["Amina Castle", "Amina Rose Castle"]);
        assert_eq!(names("Amina Castle"), ["Amina Castle"]);
        assert_eq!(names("Maria van der Berg"), ["Maria van der Berg"]);
        assert_eq!(names("Maria Ann van der Berg"), ["Maria van der Berg", "Maria Ann van der Berg"]);
        assert_eq!(names("Castle"), ["Castle"]);
        assert!(names(" ").is_empty());
    }

    #[test]
    fn a_value_is_never_a_command() {
        check("\"{name}\"", &[], |s| s.names = named("A \"{area}\"\n"), &[("\"A area\"", &[Discloses::Name])]);
        check("\"{wrong}\"", &[], |_| {}, &[]);
    }

    fn named(full: &str) -> unlisted_model::Names {
        unlisted_model::Names { full: full.into(), also: vec![], former: vec![] }
    }
}
