//! Whatever a page says, it is text: the same elements and attributes come out as for harmless words.

use scraper::Html;
use unlisted_model::finding::{Excerpt, Piece};
use unlisted_model::identifier::Kind;
use unlisted_model::masked::Masked;
use unlisted_model::report::Report;
use unlisted_model::source::SourceId;
use unlisted_model::{HelpContacts, Severity};
use unlisted_reporter::render;
use unlisted_reporter::render::json::LedgerLine;

use crate::documents::html;
use crate::{config, sample};

const VECTORS: [&str; 14] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></style></textarea><svg/onload=alert(1)>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<a href=\"javascript:alert(1)\">x</a>",
    "javascript:alert(1)",
    "jav&#x09;ascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://user:pass@evil.example/\"><script>alert(1)</script>",
    "https://a.example/?q=\"><script>alert(1)</script>",
    "https://a.example/'onclick='alert(1)",
    "<math><mtext></p><mglyph><style><img src=x onerror=alert(1)>",
    "\u{202e}gpj.exe\u{0}\u{1b}[31m<iframe srcdoc=x>",
];

/// The website of the sample's force: no page's words.
const POLICE: &str = "https://police.northgate.example/";

/// A report with the text in each field that may hold outside words.
fn filled(text: &str, url: &str) -> Report {
    let mut finding = sample::finding(Kind::Phone, 1, url, 0.99);
    finding.severity = Severity::High;
    finding.via = url.into();
    finding.source = SourceId::new(text);
    finding.excerpt = Excerpt(vec![Piece::Words(text.into()), Piece::Hidden(Masked::kept(text.into()))]);
    finding.title = Some(Excerpt(vec![Piece::Words(text.into())]));
    finding.label = Masked::kept(text.into());
    let mut report = sample::report_of(&[finding], &[]);
    report.version = text.into();
    report.run = text.into();
    let subject = &mut report.subjects[0];
    let exposure = &mut subject.exposures[0];
    exposure.label = Masked::kept(text.into());
    exposure.id = text.into();
    exposure.steps = vec![text.into()];
    exposure.route = Some(text.into());
    subject.plan = vec![text.into()];
    subject.possible_with_key = vec![text.into()];
    subject.coverage.sources.truncate(1);
    subject.coverage.sources[0].id = SourceId::new(text);
    subject.coverage.not_checked.truncate(1);
    subject.coverage.not_checked[0].host = text.into();
    subject.coverage.not_checked[0].url = url.into();
    subject.coverage.not_checked[0].source = SourceId::new(text);
    subject.links.truncate(1);
    let link = &mut subject.links[0];
    link.url = url.into();
    let contact = Some(text.to_owned());
    subject.danger.note = text.into();
    subject.danger.contacts = HelpContacts {
        police_contact: contact.clone(),
        police_adviser: contact.clone(),
        party: contact.clone(),
        trusted: contact,
        force: None,
    };
    if let Some(force) = &mut subject.danger.force {
        force.name = text.into();
    }
    for field in [&mut link.id, &mut link.site, &mut link.query, &mut link.what_to_look_for] {
        *field = text.into();
    }
    let second = subject.clone();
    report.subjects.push(second);
    report
}

/// Element names with their attribute names, in order.
fn skeleton(page: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    page.tree
        .nodes()
        .filter_map(|node| node.value().as_element())
        .map(|element| {
            let mut names: Vec<&str> = element.attrs().map(|(name, _)| name).collect();
            names.sort_unstable();
            format!("{} {}", element.name(), names.join(" "))
        })
        .collect()
}

#[test]
fn outside_text_never_becomes_markup() {
    let plain = skeleton(&html(&filled("plain words", "no address")));
    let linked = skeleton(&html(&filled("plain words", "https://a.example/")));
    for vector in VECTORS {
        let page = html(&filled(vector, vector));
        let found = skeleton(&page);
        let as_link = unlisted_model_url(vector);
        assert_eq!(found, if as_link { linked.clone() } else { plain.clone() }, "{vector}");
        for link in Html::parse_document(&page).select(&scraper::Selector::parse("[href]").expect("a selector")) {
            let target = link.attr("href").expect("a target");
            assert!(target.starts_with('#') || target.starts_with("https://a.example/") || target == POLICE, "{target}");
        }
    }
}

/// Whether the address is a web address without credentials, so that it may be a link.
fn unlisted_model_url(text: &str) -> bool {
    text.starts_with("https://a.example/")
}

/// Only what a terminal shows as text: no control, no bidi control, no zero-width character; 80 columns.
fn check_plain(text: &str, wide: bool) {
    for c in text.chars() {
        assert!(c == '\n' || !c.is_control(), "{c:?}");
        assert!(!matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'), "{c:?}");
    }
    assert!(wide || text.lines().all(|l| l.chars().count() <= 80), "{text}");
}

#[test]
fn the_terminal_gets_plain_text_at_80_columns() {
    let words = config::words();
    let long = "x".repeat(300);
    for vector in VECTORS.into_iter().chain([long.as_str(), "\u{9b}2J\u{feff}\u{2066}a\r\nb"]) {
        let report = filled(vector, vector);
        check_plain(&render::text::summary(&report, &words), false);
        check_plain(&render::text::links(&report.subjects[0].links, &words), true);
        let line = LedgerLine {
            line: vector.into(),
            source: vector.into(),
            host: vector.into(),
            kind: vector.into(),
            discloses: vec![],
            at: sample::now(),
            status: None,
        };
        check_plain(&render::text::ledger(&[line], &words), false);
    }
}

#[test]
fn the_terminal_names_hosts_and_no_pages() {
    let report = sample::report_of(&sample::findings(), &config::routes());
    let said = render::text::summary(&report, &config::words()).replace(POLICE, "");
    assert!(said.contains("democracy.northgate.example"));
    assert!(!said.contains("https://") && !said.contains("mgUserInfo") && !said.contains("/thread"), "{said}");
}
