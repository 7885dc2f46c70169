//! Scripts of answers, and the person or the question that comes of them.

use jiff::civil::{Date, date};
use unlisted_model::consent::ConsentProblem;
use unlisted_model::contest::Contest;
use unlisted_model::{Kind, Reveal, Secret, SubjectId};

use super::*;
use crate::config::Config;
use crate::subject_file;

const TODAY: Date = date(2026, 11, 25);

fn id() -> SubjectId {
    SubjectId::new("amina-castle").expect("test data")
}

fn secret(text: &str) -> Secret {
    Secret::new(text)
}

/// Answers these questions, passes all others over, agrees, and gives the person with the questions that were asked.
fn told(answers: &[(Question, &str)]) -> (Interview, Vec<Question>) {
    let mut i = Interview::default();
    let mut asked = vec![];
    while let Some(q) = i.at() {
        asked.push(q);
        for (_, text) in answers.iter().filter(|(which, _)| *which == q) {
            let value = match q.shape() {
                Shape::Text => check(&i, q, &secret(text), TODAY).expect("test data").value,
                _ => secret(text),
            };
            i.add(q, value);
        }
        if q == Question::Permission {
            i.permit(true, TODAY);
        }
        i = Interview::of_note(&i.to_note(), None).expect("a note reads back");
        i.go_on();
    }
    (i, asked)
}

#[test]
fn only_the_name_is_needed() {
    let (i, asked) = told(&[(Question::FullName, "Amina Rose Castle")]);
    let subject = i.subject(&id(), TODAY).expect("enough");
    assert_eq!(subject.consent.until, date(2027, 5, 25), "6 months without a polling day");
    assert!(subject.private.is_empty() && !subject.candidacy.announced);
    assert!(asked.contains(&Question::Nation), "nothing else told it");
    for not in [Question::Family, Question::Bank, Question::SendUsernames] {
        assert!(!asked.contains(&not), "{not:?}");
    }
    assert_eq!(Interview::default().subject(&id(), TODAY), None);
}

#[test]
fn without_permission_the_person_is_kept_and_never_checked() {
    let (mut i, _) = told(&[(Question::FullName, "Amina Castle")]);
    i.permit(false, TODAY);
    let no = i.subject(&id(), TODAY).expect("kept all the same");
    i.set(Question::Permission, vec![]);
    assert_eq!(i.subject(&id(), TODAY), Some(no.clone()), "passed over is no yes");
    assert_eq!(no.consent.check(TODAY).map(|_| ()), Err(ConsentProblem::Missing));
    // Given later, it allows what a permission allows.
    let mut later = Interview::of(no, TODAY);
    assert!(!later.has_permission());
    later.go_to(Question::Permission);
    later.permit(true, TODAY);
    let consent = later.subject(&id(), TODAY).expect("enough").consent;
    assert!(consent.check(TODAY).is_ok() && consent.allows_kind(Kind::Phone) && consent.allows_source("x"));
    i.permit(true, date(2025, 1, 1));
    assert_eq!(i.subject(&id(), TODAY), None, "a draft whose permission ran out");
}

#[test]
fn all_answers_make_the_person_and_read_back() {
    let (i, asked) = told(&[
        (Question::FullName, "Amina Rose Castle"),
        (Question::FormerNames, "Amina Hartley"),
        (Question::Announced, "yes"),
        (Question::Contest, "council"),
        (Question::Council, "ABD"),
        (Question::Election, "6 May 2027"),
        (Question::Home, "14 Mill Lane, Mereside, Northgate ZZ99 4QT"),
        (Question::Phones, "07700 900123"),
        (Question::Phones, "01632 960240"),
        (Question::Phones, "07700 900123"),
        (Question::BirthDate, "9/3/1984"),
        (Question::More, "yes"),
        (Question::Usernames, "amina_reads"),
        (Question::PublicPhone, "01632 960111"),
        (Question::PublicOffice, "1 High Street, Northgate ZZ99 1AA"),
        (Question::Pages, "aminacastle.example"),
        (Question::HelpTrusted, "Jo, 07700 900999"),
        (Question::SendUsernames, "yes"),
    ]);
    assert!(!asked.contains(&Question::Nation) && !asked.contains(&Question::Bank));
    let subject = i.subject(&id(), TODAY).expect("enough");
    assert_eq!(subject.consent.until, date(2027, 6, 5), "polling day and 30 days");
    assert_eq!(subject.candidacy.contest, Some(Contest::Council));
    assert!(subject.consent.allows_sending(Kind::Username, "any"));
    let phones: Vec<u32> = subject.private.iter().filter(|f| f.kind() == Kind::Phone).map(|f| f.id.ordinal).collect();
    assert_eq!(phones, [1, 2], "the same number twice is one");
    assert_eq!(subject.public.first().map(|f| f.id.ordinal), Some(3), "ordinals go on");
    assert_eq!(subject.pages.first().map(|p| p.url.as_str()), Some("https://aminacastle.example/"));
    let text = subject_file::write(&subject);
    let read = subject_file::read("x", text.reveal(Reveal::ToCompare)).expect("it reads back");
    assert_eq!(read.subject, subject);
    // Changing nothing changes nothing.
    let mut again = Interview::of(subject.clone(), TODAY);
    while again.at().is_some() {
        again.go_on();
    }
    assert_eq!(again.subject(&id(), TODAY), Some(subject));
}

#[test]
fn what_no_question_asks_for_is_kept_when_answers_change() {
    let text = include_str!("../../../../fixtures/people/demo.toml")
        .replace("kind = \"vehicle-registration\"\nvalue = \"XQ24 ZZQ\"", "kind = \"place-visited\"\nvalue = \"Mereside Pool\"")
        .replace("basis = \"self\"", "basis = \"self\"\nmay-send = [\"email:x\", \"username\"]\nsources = [\"own\"]");
    let subject = subject_file::read("x", &format!("{text}\n[help]\nforce = \"north\"\n")).expect("test data").subject;
    let mut i = Interview::of(subject.clone(), TODAY);
    i.set(Question::Phones, vec![]);
    let now = i.subject(&subject.id, TODAY).expect("enough");
    assert!(now.private.iter().any(|f| f.kind() == Kind::PlaceVisited));
    assert!(!now.private.iter().any(|f| f.kind() == Kind::Phone));
    assert_eq!((&now.help, &now.searxng), (&subject.help, &subject.searxng));
    assert!(now.consent.allows_sending(Kind::Email, "x") && now.consent.allows_sending(Kind::Username, "y"));
    assert_eq!(now.consent.sources, subject.consent.sources);
}

#[test]
fn one_can_go_back() {
    let mut i = Interview::default();
    assert!(!i.back());
    i.go_on();
    i.go_on();
    assert_eq!(i.at(), Some(Question::OtherNames));
    assert!(i.back());
    assert_eq!(i.at(), Some(Question::FullName));
    let (mut all, _) = told(&[(Question::FullName, "Amina Castle")]);
    assert!(all.back());
    assert_eq!(all.at(), Some(Question::Permission));
}

#[test]
fn answers_that_cannot_be_read_are_told() {
    let i = Interview::default();
    for (q, text, expect) in [
        (Question::FullName, "Amina", Err("subject-file.one_name")),
        (Question::FullName, "Amina \u{1b}[2J Castle", Err("subject-file.control")),
        (Question::Area, "Mereside", Ok(0)),
        (Question::Area, "7", Err("init.only_figures")),
        (Question::Party, "1", Err("init.only_figures")),
        (Question::Party, "Independent", Ok(0)),
        (Question::PublicOffice, "Office: 01632 960111", Err("init.phone_here")),
        (Question::PublicOffice, "Unit 12, 345 Long Road, Northgate ZZ99 1AA", Ok(0)),
        (Question::Home, "call me on +44 7700 900123", Err("init.phone_here")),
        (Question::Election, "31 June 2027", Err("init.no_day")),
        (Question::Election, "24 November 2026", Err("init.day_over")),
        (Question::Election, "25/11/2026", Ok(1)),
        (Question::Election, "6 May 2027", Ok(0)),
        (Question::Election, "6 May 2207", Ok(1)),
        (Question::BirthDate, "2030-01-01", Err("init.born_later")),
        (Question::Phones, "call me", Err("subject-file.phone")),
        (Question::Pages, "me@mail.example", Err("subject-file.not_web")),
        (Question::Pages, "my page", Err("subject-file.not_web")),
        (Question::Pages, "ftp://a.example", Err("subject-file.not_http")),
        (Question::Pages, "social.example/@amina", Ok(0)),
    ] {
        let got = check(&i, q, &secret(text), TODAY);
        assert_eq!(got.map(|a| a.odd.len()).map_err(|w| w.0), expect, "{q:?} {text}");
    }
    let mut i = i;
    i.add(Question::Phones, secret("01632 960111"));
    let got = check(&i, Question::PublicPhone, &secret("01632 960111"), TODAY).expect("kept");
    assert!(got.odd.contains(&"init.both_sides"));
}

#[test]
fn councils_are_found_by_what_people_call_them() {
    let councils = Config::load(None).expect("the shipped files are right").councils;
    let codes =
        |text: &str| -> Vec<String> { find_councils(&councils, text, TODAY).councils.iter().map(|c| c.code.clone()).collect() };
    for (text, expect) in [
        ("York", "YOR"),
        ("city of york", "YOR"),
        ("York City Council", "YOR"),
        ("YOR", "YOR"),
        ("edinburgh", "EDH"),
        ("Bradfrod", "BRD"),
        ("lincoln", "LIC"),
        ("aberdeen city", "ABE"),
        ("ZNG", "ZNG"),
    ] {
        assert_eq!(codes(text).first().map(String::as_str), Some(expect), "{text}: {:?}", codes(text));
    }
    assert_eq!(codes("York").len(), 1, "Yorkshire is another name");
    assert!(codes("Yorks").len() > 1);
    assert!(codes("aberd").len() > 1);
    for none in ["Atlantis", "", "  ", "!!", "Northgate", "of the"] {
        let found = codes(none);
        assert!(found.is_empty() || none == "of the", "{none}: {found:?}");
    }
    let many = find_councils(&councils, "council", TODAY);
    assert!(many.all > 100 && many.councils.len() == MOST_SHOWN);
    // Every current council is found by its own name, first or among the first.
    for council in councils.0.values().filter(|c| c.ended.is_none_or(|d| d >= TODAY) && c.code != "ZNG") {
        assert!(codes(&council.name).contains(&council.code), "{}", council.name);
    }
}

#[test]
fn ids_are_made_from_names() {
    for (name, expect) in [
        ("Amina Rose Castle", "amina-rose-castle"),
        ("Zoë O’Brien-Łukasz", "zoe-obrien-lukasz"),
        ("  Dr. J. Smith ", "dr-j-smith"),
        ("李 小龍", "person"),
        ("Siân Ffôn", "sian-ffon"),
    ] {
        assert_eq!(id_for(name, &[]).as_str(), expect);
    }
    assert_eq!(id_for("Amina Castle", &[id()]).as_str(), "amina-castle-2");
    assert!(id_for(&"long name ".repeat(40), &[]).as_str().len() <= 64);
}
