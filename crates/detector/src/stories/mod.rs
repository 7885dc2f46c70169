//! Attribution, severity and excerpts told as little pages about people who do not exist.
//!
//! A page is written in lines: `# heading`, `| cell | cell` (a row), `|! label | label` (the head of the rows below it),
//! `Label:: value` (neighbouring ones are one card), `@ text` (an office's slot), `~ text` (hidden), anything else is a
//! paragraph; a line `---` ends a card.

mod excerpts;
mod laws;
mod namesakes;
mod offices;
mod supplied;
mod unsupplied;

use jiff::Timestamp;
use jiff::civil::date;
use unlisted_model::consent::{Basis, Consent};
use unlisted_model::severity::{SeverityRow, SeverityTable};
use unlisted_model::{
    About, Band, Candidacy, Council, Councils, Document, FactId, Finding, Fit, Identifier, Kind, LineId, Media, Names, Nature,
    OwnPage, Role, Secret, Severity, SourceId, Subject, SubjectId, Text,
};
use url::Url;

use crate::{Detector, Knowledge, NameFrequencies, Reading};

/// The fixture person.
pub(crate) fn amina() -> Subject {
    let private = [
        (Kind::HomeAddress, "14 Mill Lane, Mereside, Northgate ZZ99 4QT"),
        (Kind::Phone, "07700 900123"),
        (Kind::Email, "amina.castle@mail.example"),
        (Kind::DateOfBirth, "1984-03-09"),
        (Kind::FamilyMember, "Joe Castle"),
        (Kind::Workplace, "Northgate Library"),
        (Kind::School, "Mereside Primary School"),
        (Kind::Username, "minaruns84"),
        (Kind::VehicleRegistration, "AB51 XYZ"),
    ];
    subject("amina-castle", "Amina Rose Castle", Some("Example Party"), Some("Northgate and Mereside"), Some("NTH"), &private)
}

pub(crate) fn subject(
    id: &str,
    full: &str,
    party: Option<&str>,
    area: Option<&str>,
    council: Option<&str>,
    private: &[(Kind, &str)],
) -> Subject {
    let id = SubjectId::new(id).expect("test data");
    let fact =
        |kind, ordinal, value: &str| Identifier { id: FactId { subject: id.clone(), kind, ordinal }, value: Secret::new(value) };
    let mine = id.as_str() == "amina-castle";
    Subject {
        consent: Consent {
            by: full.to_owned(),
            on: date(2026, 11, 20),
            until: date(2027, 6, 6),
            basis: Basis::Itself,
            may_send: Vec::new(),
            kinds: None,
            sources: None,
        },
        names: Names {
            full: full.to_owned(),
            also: if mine { vec!["Mina Castle".to_owned()] } else { Vec::new() },
            former: if mine { vec![Secret::new("Amina Hartley")] } else { Vec::new() },
        },
        candidacy: Candidacy {
            announced: true,
            party: party.map(str::to_owned),
            area: area.map(str::to_owned),
            council: council.map(str::to_owned),
            election: Some(date(2027, 5, 6)),
            ..Candidacy::default()
        },
        private: private.iter().map(|(kind, value)| fact(*kind, 1, value)).collect(),
        public: if mine { vec![fact(Kind::Phone, 2, "01632 960111")] } else { Vec::new() },
        pages: if mine {
            vec![OwnPage { url: Url::parse("https://aminacastle.example/").expect("test data") }]
        } else {
            Vec::new()
        },
        searxng: None,
        help: unlisted_model::HelpContacts::default(),
        id,
    }
}

pub(crate) fn knowledge() -> Knowledge {
    let rows: toml::Table = include_str!("../../../../config/names.toml").parse().expect("config/names.toml");
    let list = |key: &str| -> Vec<String> {
        let row = rows.get(key).and_then(toml::Value::as_array).unwrap_or_else(|| panic!("{key}"));
        row.iter().map(|v| v.as_str().expect("text").to_owned()).collect()
    };
    let parties = rows.get("parties").and_then(toml::Value::as_array).expect("parties");
    let text = |v: &toml::Value| v.as_str().expect("text").to_owned();
    let parties = parties.iter().map(|p| p.as_array().expect("a list").iter().map(text).collect()).collect();
    let names = NameFrequencies::from_rows(list, parties);
    let row = |kind: Kind| SeverityRow {
        kind,
        whole: if kind == Kind::HomeAddress { Severity::Critical } else { Severity::Medium },
        partial: if kind == Kind::HomeAddress { Severity::High } else { Severity::Low },
        unsupplied: Severity::Low,
        reason: String::new(),
        source: String::new(),
    };
    let hostile_words = ["kill", "pay her a visit", "scum", "traitor", "burn"].map(str::to_owned).to_vec();
    let council = |code: &str, name: &str, base: &str| {
        let council = Council {
            code: code.to_owned(),
            name: name.to_owned(),
            nation: "ENG".to_owned(),
            kind: "district".to_owned(),
            platform: "moderngov".to_owned(),
            base: Some(Url::parse(base).expect("test data")),
            ended: None,
            quirks: Vec::new(),
        };
        (code.to_owned(), council)
    };
    let councils = [
        council("NTH", "Northgate City Council", "https://democracy.northgate.example"),
        council("EBR", "Eastbrook Borough Council", "https://eastbrook.moderngov.example"),
    ];
    Knowledge {
        severity: SeverityTable { rows: Kind::ALL.map(row).to_vec(), hostile_words },
        councils: Councils(councils.into_iter().collect()),
        names,
    }
}

/// A document from the lines of a story.
pub(crate) fn document(url: &str, nature: Nature, title: Option<&str>, lines: &str) -> Document {
    Document {
        source: SourceId::new("test"),
        line: LineId("test/line".to_owned()),
        url: url.to_owned(),
        via: url.to_owned(),
        title: title.map(str::to_owned),
        nature,
        media: Media::Html,
        seen: "2026-11-25T12:00:00Z".parse::<Timestamp>().expect("test data"),
        text: text(lines),
        cut: false,
        follow: Vec::new(),
    }
}

fn text(lines: &str) -> Text {
    let mut text = Text::default();
    let mut group = 0;
    let mut head: Vec<String> = Vec::new();
    let mut in_card = false;
    for line in lines.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let card = line.contains(":: ");
        if !(card && in_card) {
            group += 1;
        }
        in_card = card;
        if line == "---" {
            continue;
        }
        if let Some(words) = line.strip_prefix("# ") {
            text.push(Role::Heading, None, group, About::Unknown, words, 0);
        } else if let Some(cells) = line.strip_prefix("|!") {
            head = cells.split('|').map(|c| c.trim().to_owned()).collect();
            for cell in &head {
                text.push(Role::Term, None, group, About::Unknown, cell, 0);
            }
        } else if let Some(cells) = line.strip_prefix('|') {
            for (i, cell) in cells.split('|').enumerate() {
                text.push(Role::Cell, head.get(i).map(String::as_str), group, About::Unknown, cell.trim(), 0);
            }
        } else if let Some(words) = line.strip_prefix("@ ") {
            text.push(Role::Body, None, group, About::Office, words, 0);
        } else if let Some(words) = line.strip_prefix("~ ") {
            text.push(Role::Hidden, None, group, About::Unknown, words, 0);
        } else if let Some((label, value)) = line.split_once(":: ") {
            text.push(Role::Term, None, group, About::Unknown, label, 0);
            text.push(Role::Cell, Some(label), group, About::Unknown, value, 0);
        } else {
            text.push(Role::Body, None, group, About::Unknown, line, 0);
        }
    }
    text
}

/// One finding in a few words: `phone/1 same`, `email? possible`, `home-address/1 likely partial`, `… hostile`.
pub(crate) fn told(finding: &Finding) -> String {
    let what = match &finding.fact {
        Some(fact) => format!("{}/{}", finding.kind.as_str(), fact.ordinal),
        None => format!("{}?", finding.kind.as_str()),
    };
    let fit = match finding.fit {
        Fit::Whole => "",
        Fit::Partial => " partial",
        Fit::OtherNumber => " other-number",
    };
    let hostile = if finding.hostile { " hostile" } else { "" };
    format!("{what} {}{fit}{hostile}", finding.attribution.band.as_str())
}

/// Everything reported (not `other`), sorted, with whose it is when it is not Amina's.
pub(crate) fn reported(reading: &Reading) -> Vec<String> {
    let mut out: Vec<String> = reading
        .findings
        .iter()
        .filter(|f| f.attribution.band > Band::Other)
        .map(|f| {
            let told = told(f);
            if f.subject.as_str() == "amina-castle" { told } else { format!("{}: {told}", f.subject) }
        })
        .collect();
    out.sort();
    out
}

/// Why, for messages of failed tests: no value in it.
pub(crate) fn why(reading: &Reading) -> String {
    let mut out = String::new();
    for f in &reading.findings {
        out.push_str(&format!("\n  {} {:.3}:", told(f), f.attribution.probability));
        for r in &f.attribution.reasons {
            out.push_str(&format!(" {}{:+.1}", r.code.as_str(), r.weight));
        }
    }
    out
}

pub(crate) fn check_for(subjects: Vec<Subject>, page: &Document, expect: &[&str]) {
    let reading = Detector::new(subjects, knowledge()).read(page);
    let mut expect: Vec<String> = expect.iter().map(|e| (*e).to_owned()).collect();
    expect.sort();
    assert_eq!(reported(&reading), expect, "\non the page:\n{}\nbecause:{}", page.text.chars, why(&reading));
}

/// An ordinary page on a host that says nothing.
pub(crate) fn check(lines: &str, expect: &[&str]) {
    check_at("https://somewhere.example/page", Nature::Page, None, lines, expect);
}

pub(crate) fn check_at(url: &str, nature: Nature, title: Option<&str>, lines: &str, expect: &[&str]) {
    check_for(vec![amina()], &document(url, nature, title, lines), expect);
}
