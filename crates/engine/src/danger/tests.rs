//! The words that people get, case by case (the snapshot is there to be read), and the right force for every council.

use std::fmt::Write as _;

use jiff::civil::date;
use unlisted_model::{
    Basis, Candidacy, Consent, Contest, Force, ForceFrom, HelpContacts, Names, Nation, Say, Subject, SubjectId,
};
use unlisted_reporter::{Words, danger as shown};

use super::danger;
use crate::config::Config;

fn config() -> Config {
    Config::load(None).expect("the shipped files are right")
}

/// What people say of themselves: `council=GLA contest=london nation=ENG help.party=…`, separated by `; `.
fn subject(said: &str) -> Subject {
    let mut subject = Subject {
        id: SubjectId::new("amina-castle").expect("an id"),
        consent: Consent {
            by: "Amina Rose Castle".into(),
            on: date(2026, 11, 20),
            until: date(2027, 6, 6),
            basis: Basis::Itself,
            may_send: vec![],
            kinds: None,
            sources: None,
        },
        names: Names { full: "Amina Rose Castle".into(), also: vec![], former: vec![] },
        candidacy: Candidacy::default(),
        private: vec![],
        public: vec![],
        pages: vec![],
        searxng: None,
        help: HelpContacts::default(),
    };
    for (key, value) in said.split("; ").filter_map(|part| part.split_once('=')) {
        let text = Some(value.to_owned());
        match key {
            "council" => subject.candidacy.council = text,
            "contest" => subject.candidacy.contest = Some(Contest::parse(value).expect("a contest")),
            "nation" => subject.candidacy.nation = Some(Nation::parse(value).expect("a nation")),
            "help.force" => subject.help.force = text,
            "help.party" => subject.help.party = text,
            "help.trusted" => subject.help.trusted = text,
            "help.police-contact" => subject.help.police_contact = text,
            "help.police-adviser" => subject.help.police_adviser = text,
            other => panic!("{other} is no key of these cases"),
        }
    }
    subject
}

const CASES: [&str; 38] = [
    // Nobody is known, or next to nothing.
    "",
    "nation=ENG",
    "nation=WLS",
    "nation=SCT",
    "nation=NIR",
    "council=QQQ",
    // A council, the kind of election being a guess.
    "council=BOS",
    "council=DAL",
    "council=CMD",
    "council=LND",
    "council=GLA",
    "council=ABD",
    "council=BFS",
    "council=POW",
    "council=BIR",
    "council=ZNG",
    // A council that ended.
    "council=NTH",
    // Each kind of election.
    "council=ASF; contest=council",
    "council=ASF; contest=uk-parliament",
    "contest=uk-parliament",
    "contest=uk-parliament; nation=NIR",
    "council=ABE; contest=uk-parliament",
    "contest=scottish-parliament",
    "council=CRF; contest=senedd",
    "contest=senedd",
    "contest=ni-assembly",
    "council=BFS; contest=council",
    "council=DAL; contest=mayor",
    "contest=london",
    "council=HCK; contest=london",
    "council=HIG; contest=police-commissioner",
    "contest=police-commissioner; help.force=derbyshire",
    // Parish, town and community councils.
    "council=ASF; contest=parish",
    "council=POW; contest=parish; help.police-adviser=Inspector Kim Archer 01632 960003",
    "contest=parish",
    // Contacts and a force that were filled in.
    "council=ASF; contest=council; help.force=sussex; help.party=Jo Wren 01632 960002; help.trusted=Sam Heron 07700 900004",
    "council=ASF; contest=uk-parliament; help.police-contact=Sergeant Robin Field 01632 960001; help.police-adviser=Inspector Kim Archer 01632 960003",
    "council=ASF; contest=council; help.force=btp",
];

#[test]
fn the_words_of_each_case() {
    let config = config();
    let words = Words::new(config.words.clone());
    let mut all = String::new();
    for case in CASES {
        let told = danger(Some(&subject(case)), &config);
        let box_ = shown::act_lines(&told, &words).join("\n  ");
        let help = shown::help(&told, &words).join("\n  ");
        let line = shown::line(&told, &words);
        writeln!(all, "[{case}]\n{line}\n  {box_}\n -\n  {help}\n").expect("a string takes it");
    }
    assert!(!all.contains('⟨') && !all.contains('{'), "a word is missing: {all}");
    insta::assert_snapshot!("danger.txt", all);
}

#[test]
fn what_holds_in_every_case() {
    let config = config();
    let words = Words::new(config.words.clone());
    let said = |told: &_| shown::lines(told, &words).join("\n");
    for case in CASES {
        let told = danger(Some(&subject(case)), &config);
        let text = said(&told);
        for always in
            ["call 999", "101", "Do not reply.", "Do not delete", "We do not judge threats. If you are worried, call", "116 123"]
        {
            assert!(text.contains(always) || always == "101" && case.contains("btp"), "{case}: {always}");
            assert!(text.find("call 999") < text.find(always) || always == "call 999", "{case}: 999 comes first");
        }
        assert!(shown::line(&told, &words).starts_with("If anyone is in danger now, call 999."), "{case}");
        assert!(!shown::line(&told, &words).contains('\n'));
        // Nobody is told to say the name of an operation that does not cover them.
        let ford = text.contains("Say “Operation Ford”");
        assert_eq!(ford, matches!(told.say, Say::Ford | Say::Either), "{case}");
        if told.say == Say::Parish {
            assert!(!text.contains("adviser") && text.contains("does not cover parish"), "{case}: {text}");
        }
        let html = format!("{}{}", shown::act(&told, &words).into_string(), shown::help_list(&told, &words).into_string());
        let html = html.replace("&amp;", "&");
        for sentence in text.lines().flat_map(|l| l.split(" https://")).filter(|s| !s.contains('/')) {
            assert!(html.contains(sentence), "{case}: the HTML lacks {sentence}");
        }
    }
    assert_eq!(danger(None, &config), unlisted_model::Danger::default());
}

#[test]
fn every_current_council_prints_its_own_force() {
    let config = config();
    let words = Words::new(config.words.clone());
    let mut seen = 0;
    for council in config.councils.0.values().filter(|c| c.ended.is_none()) {
        let told = danger(Some(&subject(&format!("council={}; contest=council", council.code))), &config);
        let row = config.forces.of_council.get(&council.code).expect("a row");
        let force = told.force.clone().expect("a force");
        assert_eq!((&force.id, &force.nation), (&row.force, &council.nation), "{}", council.code);
        let text = shown::lines(&told, &words).join("\n");
        let address = force.report_online.as_ref().unwrap_or(&force.website);
        for part in ["101", force.name.as_str(), address.as_str(), row.note.as_str()] {
            assert!(text.contains(part), "{}: {part}: {text}", council.code);
        }
        // No other force's name stands there but those that the row's note names.
        let rest = text.replace(&row.note, "");
        let strange = |f: &&Force| rest.contains(&f.name) && !force.name.contains(&f.name);
        assert_eq!(config.forces.forces.values().find(strange).map(|f| &f.id), None, "{}", council.code);
        let ford = council.nation != "NIR";
        assert_eq!(told.say, if ford { Say::Ford } else { Say::Candidate }, "{}", council.code);
        // Scotland and Northern Ireland have one force; elsewhere the council is only a guess.
        let sure = ["SCT", "NIR"].contains(&council.nation.as_str());
        assert_eq!(told.from, if sure { ForceFrom::Nation } else { ForceFrom::Council }, "{}", council.code);
        assert_eq!(text.contains("We took this force from your council."), !sure, "{}", council.code);
        seen += 1;
    }
    assert!(seen >= 384, "{seen}");
}

#[test]
fn ended_and_unknown_councils_name_no_force() {
    let config = config();
    let ended = config.councils.0.values().filter(|c| c.ended.is_some() && ["ENG", "WLS"].contains(&c.nation.as_str()));
    for code in ended.map(|c| c.code.as_str()).chain(["QQQ", ""]) {
        let told = danger(Some(&subject(&format!("council={code}"))), &config);
        assert_eq!((told.force, told.from), (None, ForceFrom::Nowhere), "{code}");
    }
}

#[test]
fn the_persons_own_word_comes_first() {
    let mut config = config();
    config.help = HelpContacts { force: Some("kent".into()), party: Some("The office".into()), ..HelpContacts::default() };
    let check = |said: &str, force: &str, party: &str| {
        let told = danger(Some(&subject(said)), &config);
        assert_eq!(told.force.map(|f| f.id).as_deref(), Some(force), "{said}");
        assert_eq!(told.contacts.party.as_deref(), Some(party), "{said}");
    };
    check("council=BOS; help.force=sussex; help.party=Jo", "sussex", "Jo");
    check("council=BOS", "kent", "The office");
    // A force that does not exist is passed over.
    check("council=BOS; help.force=nowhere", "kent", "The office");
    let lost = danger(Some(&subject("council=BOS; help.force=nowhere")), &Config::load(None).expect("the shipped files"));
    assert_eq!(lost.force.map(|f| f.id).as_deref(), Some("derbyshire"));
    assert_eq!(danger(None, &config).force.map(|f| f.id).as_deref(), Some("kent"));
    assert_eq!(danger(Some(&subject("help.party=Jo")), &config).without_contacts().contacts, HelpContacts::default());
}

#[test]
fn a_users_parish_council_is_a_parish() {
    let mut config = config();
    let mut council = config.councils.get("ASF").expect("a council").clone();
    council.kind = "parish".into();
    config.councils.0.insert("ASF".into(), council);
    assert_eq!(danger(Some(&subject("council=ASF")), &config).say, Say::Parish);
}
