//! The documents of one invented report: golden copies, the contract's keys, headings, page one, the policy's hash.

use base64::Engine as _;
use scraper::{Html, Selector};
use serde_json::Value;
use sha2::Digest as _;
use unlisted_model::coverage::{OutcomeKind, OutcomeReason};
use unlisted_model::exposure::Status;
use unlisted_model::identifier::Kind;
use unlisted_model::plan::{LeftOut, Plan, PlanLine};
use unlisted_model::query::{Class, Discloses, LineId};
use unlisted_model::report::Report;
use unlisted_model::source::SourceId;
use unlisted_reporter::render::json::LedgerLine;
use unlisted_reporter::{Knowledge, render};

use crate::{config, sample};

pub(crate) fn html(report: &Report) -> String {
    let (words, routes, titles) = (config::words(), config::routes(), sample::titles());
    render::html::report(report, &Knowledge { words: &words, routes: &routes, titles: &titles })
}

fn full() -> Report {
    sample::report_of(&sample::findings(), &config::routes())
}

fn json(report: &Report) -> Value {
    serde_json::from_str(&render::json::report(report, &config::words())).expect("JSON")
}

pub(crate) fn all(page: &Html, selector: &str) -> Vec<String> {
    page.select(&Selector::parse(selector).expect("a selector"))
        .map(|e| e.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn the_golden_report() {
    insta::assert_snapshot!("report.json", render::json::report(&full(), &config::words()));
    let page = html(&full());
    let (before, rest) = page.split_once("<style>").expect("a sheet");
    let (_, after) = rest.split_once("</style>").expect("a sheet's end");
    let (head, policy) = before.split_once("sha256-").expect("a hash");
    let policy = policy.split_once('\'').expect("a quote").1;
    // One tag in a line, so that a change can be read; the sheet and its hash have a test of their own.
    let body = format!("{head}sha256-…'{policy}<style>…</style>{after}").replace("><", ">\n<");
    insta::assert_snapshot!("report.html", body);
    insta::assert_snapshot!("summary.txt", render::text::summary(&full(), &config::words()));
}

#[test]
fn the_golden_report_of_nothing_found() {
    insta::assert_snapshot!("nothing.txt", render::text::summary(&sample::report_of(&[], &[]), &config::words()));
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// Compares the keys of an object with the contract's, in any order.
fn check_keys(value: &Value, expect: &str) {
    let mut expect: Vec<&str> = expect.split_whitespace().collect();
    expect.sort_unstable();
    let mut found = keys(value);
    found.sort_unstable();
    assert_eq!(found, expect);
}

#[test]
fn the_report_has_the_keys_of_the_contract() {
    let report = json(&full());
    check_keys(&report, "schema generated tool subjects");
    assert_eq!(report["schema"], "unlisted/report/v1");
    check_keys(&report["tool"], "name version");
    let subject = &report["subjects"][0];
    check_keys(subject, "id coverage exposures plan");
    check_keys(&subject["coverage"], "planned answered sources not_checked");
    check_keys(&subject["coverage"]["sources"][0], "id planned outcomes requests reason");
    check_keys(&subject["coverage"]["not_checked"][0], "source host url outcome reason");
    let exposure = &subject["exposures"][0];
    check_keys(exposure, "id kind label supplied severity partial basis cause status findings parts route steps");
    check_keys(
        &exposure["findings"][0],
        "id url via source first_seen last_seen attribution confidence partial probability reasons excerpt evidence",
    );
    assert_eq!(exposure["id"], "amina-castle/home-address/1");
    assert_eq!(exposure["findings"][0]["reasons"][0], "Your full name stands near it.");
    assert_eq!(exposure["findings"][0]["first_seen"], "2026-11-25T10:30:00Z");
    assert_eq!(subject["coverage"]["planned"], 26);
    assert_eq!(subject["coverage"]["answered"], 15);
}

#[test]
fn the_committed_schema_is_fresh() {
    let file = config::folder().join("schema/report-v1.schema.json");
    let made = render::json::report_schema();
    if std::env::var_os("UNLISTED_REGENERATE").is_some() {
        std::fs::write(&file, &made).expect("the schema can be written");
    }
    let kept = std::fs::read_to_string(&file).expect("config/schema/report-v1.schema.json");
    assert_eq!(kept, made, "run this test once with UNLISTED_REGENERATE=1");
}

#[test]
fn a_number_that_is_none_stays_json() {
    let mut report = full();
    report.subjects[0].exposures[0].places[0].finding.attribution.probability = f64::NAN;
    assert_eq!(json(&report)["subjects"][0]["exposures"][0]["findings"][0]["probability"], 0.0);
}

#[test]
fn people_are_told_of_a_detail_nobody_supplied_by_kind_and_site_only() {
    let report = full();
    let page = html(&report);
    assert!(page.contains("quiz.example") && !page.contains("quiz.example/"), "no page is named");
    assert!(page.contains("A phone number that you did not give us"));
    let wire = json(&report);
    let exposure =
        wire["subjects"][0]["exposures"].as_array().expect("a list").iter().find(|e| e["supplied"] == false).expect("one");
    assert_eq!((&exposure["label"], &exposure["findings"][0]["attribution"]), (&"••••••".into(), &"possible".into()));
}

#[test]
fn the_policy_names_the_hash_of_the_sheet_and_nothing_else() {
    for report in [full(), sample::report_of(&[], &[])] {
        let page = Html::parse_document(&html(&report));
        let sheets: Vec<String> =
            page.select(&Selector::parse("style").expect("a selector")).map(|s| s.text().collect()).collect();
        assert_eq!(sheets.len(), 1);
        let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(sheets[0].as_bytes()));
        let meta = Selector::parse("meta[http-equiv='Content-Security-Policy']").expect("a selector");
        let policy = page.select(&meta).next().and_then(|m| m.attr("content")).expect("a policy");
        assert_eq!(policy, format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"));
        assert!(!sheets[0].contains("url(") && !sheets[0].contains("@import") && !sheets[0].contains('<'));
    }
}

#[test]
fn a_run_id_cannot_leave_the_sheet() {
    let mut report = full();
    report.run = "\"}</style><script>alert(1)</script>".into();
    let page = Html::parse_document(&html(&report));
    assert_eq!(page.select(&Selector::parse("script").expect("a selector")).count(), 0);
    let sheet: String = page.select(&Selector::parse("style").expect("a selector")).flat_map(|s| s.text()).collect();
    assert!(sheet.contains("content:\"stylescriptalert1script  \""), "quotes, braces and slashes are dropped");
}

#[test]
fn the_page_is_private_and_readable_by_machines_for_people() {
    let page = Html::parse_document(&html(&full()));
    let attr = |selector: &str, name: &str| {
        page.select(&Selector::parse(selector).expect("a selector")).next().and_then(|e| e.attr(name)).map(str::to_owned)
    };
    assert_eq!(attr("html", "lang").as_deref(), Some("en-GB"));
    assert_eq!(attr("meta[name=referrer]", "content").as_deref(), Some("no-referrer"));
    assert_eq!(all(&page, "title"), ["Check of public details"], "the window's title tells nothing of the person");
    assert!(
        page.select(&Selector::parse("script, img, link, iframe, form, object, embed, svg, [style]").expect("a selector"))
            .next()
            .is_none()
    );
    for table in page.select(&Selector::parse("table").expect("a selector")) {
        assert!(table.select(&Selector::parse("caption").expect("a selector")).next().is_some());
        assert!(table.select(&Selector::parse("th[scope=col]").expect("a selector")).next().is_some());
    }
    for link in page.select(&Selector::parse("a").expect("a selector")) {
        let target = link.attr("href").expect("a link has a target");
        match target.strip_prefix('#') {
            Some(id) => assert!(attr(&format!("[id='{id}']"), "id").is_some(), "#{id} exists"),
            None => assert_eq!(link.attr("rel"), Some("noreferrer noopener")),
        }
    }
    let ids: Vec<&str> = page.select(&Selector::parse("[id]").expect("a selector")).filter_map(|e| e.attr("id")).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "ids are given once");
}

/// Headings never skip a level on the way down, and there is one `h1`.
fn check_headings(report: &Report) {
    let page = Html::parse_document(&html(report));
    let levels: Vec<u32> = page
        .select(&Selector::parse("h1, h2, h3, h4, h5, h6").expect("a selector"))
        .filter_map(|h| h.value().name().chars().nth(1).and_then(|c| c.to_digit(10)))
        .collect();
    assert_eq!(levels.first(), Some(&1));
    assert_eq!(levels.iter().filter(|l| **l == 1).count(), 1);
    assert!(levels.windows(2).all(|w| w[1] <= w[0] + 1), "{levels:?}");
}

#[test]
fn headings_are_in_order() {
    let mut many = full();
    many.subjects.extend(full().subjects);
    many.subjects.extend(sample::report_of(&[], &[]).subjects);
    let mut nobody = full();
    nobody.subjects.clear();
    for report in [full(), sample::report_of(&[], &[]), many, nobody] {
        check_headings(&report);
    }
}

#[test]
fn page_one_says_it_in_one_sentence_and_names_three_at_most() {
    let page = Html::parse_document(&html(&full()));
    assert_eq!(all(&page, "h1"), ["We found 4 things to act on. 1 needs action today."]);
    assert_eq!(all(&page, ".top li > a"), ["Your home address", "Your phone number", "Your e-mail address"]);
    assert_eq!(
        all(&page, ".start .deed"),
        ["Ask the council's democratic services to take your details off its councillor pages"]
    );
    assert_eq!(all(&page, ".start dd"), ["About 15 minutes", "You ask, and your party or council does it"]);
    let checked = all(&page, ".checked p").join(" ");
    assert!(checked.starts_with("We checked 9 places. You checked 6. 4 did not answer."), "{checked}");
    assert!(checked.contains("12 more are possible with a key (optional).") && checked.contains("25 November 2026"), "{checked}");
    let danger = all(&page, ".page-one .danger").join(" ");
    for said in [
        "If anyone is in danger now, call 999.",
        "Otherwise call 101 or report it online to your police force, Northgate Police: https://police.northgate.example/",
        "If you are away from home, name your own force, Northgate Police.",
        "Say “Operation Ford”.",
        "Do not delete anything.",
        "We do not judge threats. If you are worried, call, whatever this page says.",
    ] {
        assert!(danger.contains(said), "{said}: {danger}");
    }
    assert_eq!(all(&page, ".page-one .help li").len(), 5);
}

#[test]
fn contacts_that_were_filled_in_come_first_and_never_reach_a_machine() {
    let mut report = full();
    report.subjects[0].danger = sample::danger_at_its_longest();
    let help = all(&Html::parse_document(&html(&report)), ".page-one .help li");
    for (said, who) in help.iter().zip(["Robin Field", "Kim Archer", "Jo Wren", "Sam Heron"]) {
        assert!(said.contains(who), "{said}");
    }
    let said = render::text::summary(&report, &config::words());
    assert!(said.contains("Jo Wren") && said.contains("If this address does not open"), "{said}");
    assert_eq!(json(&report), json(&full()));
}

#[test]
fn zero_findings_do_not_reassure() {
    let page = Html::parse_document(&html(&sample::report_of(&[], &[])));
    assert_eq!(
        all(&page, "h1"),
        ["We found nothing in the 15 places we could check. We could not check 5. That does not mean nothing is out there."]
    );
    let mut nowhere = sample::report_of(&[], &[]);
    nowhere.subjects[0].coverage.sources.clear();
    assert_eq!(
        all(&Html::parse_document(&html(&nowhere)), "h1"),
        ["We could not check any place. So this page cannot tell you what is out there."]
    );
}

#[test]
fn what_we_are_not_sure_of_never_counts_and_comes_last() {
    let unsure: Vec<_> =
        sample::findings().into_iter().filter(|f| f.attribution.probability < 0.75 && f.fact.is_none()).collect();
    let page = Html::parse_document(&html(&sample::report_of(&unsure, &config::routes())));
    assert!(all(&page, "h1")[0].starts_with("We found nothing to act on in the 15 places"));
    let page = Html::parse_document(&html(&full()));
    assert_eq!(all(&page, ".group > h3"), ["● Act today", "◐ Do this week", "Not sure"]);
}

#[test]
fn a_whole_address_that_is_only_possible_is_still_on_the_page() {
    let mut finding = sample::finding(Kind::HomeAddress, 1, "https://a.example/", 0.5);
    finding.severity = unlisted_model::Severity::Critical;
    let page = Html::parse_document(&html(&sample::report_of(&[finding], &config::routes())));
    assert!(all(&page, ".also").join(" ").contains("We also saw 1 detail that may be yours."));
    assert!(all(&page, ".unsure .tags").join(" ").contains("Act today"));
}

#[test]
fn family_stands_behind_a_cover_line_and_is_not_masked_open_on_page_one() {
    let family = vec![sample::finding(Kind::FamilyMember, 1, "https://club.example/", 0.99)];
    let page = Html::parse_document(&html(&sample::report_of(&family, &config::routes())));
    assert_eq!(all(&page, "details.cover > summary"), ["One thing about family or children. Open it when you are ready."]);
    assert!(!all(&page, ".page-one").join(" ").contains("J. C."));
    let open = page.select(&Selector::parse("details[open]").expect("a selector")).count();
    assert_eq!(open, 0);
}

#[test]
fn hostile_words_put_the_police_before_removal() {
    let page = html(&full());
    let article = page.split("<article").skip(1).find(|a| a.contains("forum.mereside.example")).expect("the article");
    let (police, steps) = (article.find("Call the police today"), article.find("Take the post down"));
    assert!(police.is_some() && police < steps);
}

#[test]
fn hostile_words_are_told_on_page_one_however_sure_we_are() {
    let mut finding = sample::finding(Kind::HomeAddress, 1, "https://a.example/", 0.4);
    finding.hostile = true;
    let report = sample::report_of(&[finding], &config::routes());
    let page = Html::parse_document(&html(&report));
    assert!(all(&page, ".page-one .danger").join(" ").contains("Call the police today."));
    assert!(render::text::summary(&report, &config::words()).contains("Call the police today."));
    let calm = Html::parse_document(&html(&sample::report_of(&[], &[])));
    assert!(!all(&calm, ".danger").join(" ").contains("today"));
}

#[test]
fn danger_stands_first_when_threats_were_found_and_in_its_place_otherwise() {
    let order = |report: &Report| -> Vec<String> {
        let sections = Selector::parse(".page-one .grid > section").expect("a selector");
        let page = Html::parse_document(&html(report));
        page.select(&sections).map(|s| s.attr("class").unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(order(&full()), ["danger", "start", "top", "checked", "help"]);
    let calm: Vec<_> = sample::findings().into_iter().filter(|f| !f.hostile).collect();
    assert_eq!(order(&sample::report_of(&calm, &config::routes())), ["start", "top", "checked", "danger", "help"]);
}

#[test]
fn a_neighbours_number_is_named_as_one() {
    let mut next_door = sample::finding(Kind::HomeAddress, 1, "https://a.example/", 0.9);
    next_door.fit = unlisted_model::detection::Fit::OtherNumber;
    let page = html(&sample::report_of(&[next_door], &config::routes()));
    assert!(page.contains("Your street, another number") && !page.contains("Your home address "));
}

#[test]
fn what_is_done_is_not_asked_again() {
    let mut report = full();
    for exposure in &mut report.subjects[0].exposures {
        exposure.status = Status::Done;
    }
    let page = Html::parse_document(&html(&report));
    assert!(all(&page, "h1")[0].starts_with("We found nothing to act on"));
    assert!(all(&page, ".start").join(" ").contains("Do the searches in your own browser"));
}

#[test]
fn equal_places_not_checked_are_one_row() {
    let page = Html::parse_document(&html(&full()));
    let rows = all(&page, ".coverage table:not(.numbers) tbody tr");
    assert_eq!(rows.len(), 5);
    assert_eq!(
        rows[1],
        "slow.example (2 pages) https://slow.example/page (the site sees your visit) The site did not answer in time. Check again another day."
    );
    assert!(rows[4].starts_with("Your own search engine (SearXNG) It is switched off."), "{}", rows[4]);
}

#[test]
fn two_people_are_two_parts() {
    let mut both = full();
    both.subjects.extend(sample::report_of(&[], &[]).subjects);
    let page = Html::parse_document(&html(&both));
    assert_eq!(all(&page, "h1"), ["2 people were checked."]);
    assert_eq!(all(&page, ".person .lead").len(), 2);
}

fn plan() -> Plan {
    Plan {
        lines: vec![PlanLine {
            line: LineId("searxng/name-area".into()),
            source: SourceId::new("searxng"),
            title: "Your own search engine (SearXNG)".into(),
            template: "\"{name}\" {area}".into(),
            to: "search.example".into(),
            discloses: vec![Discloses::Name, Discloses::Area],
            class: Class::B,
            at_most: 6,
            units: 2,
            queries: vec![],
        }],
        left_out: vec![LeftOut { source: SourceId::new("other"), title: "Another search".into(), reason: OutcomeReason::NoKey }],
        links: sample::links(),
        takes: std::time::Duration::from_secs(95),
    }
}

#[test]
fn the_plan_in_words_and_as_json() {
    insta::assert_snapshot!("plan.txt", render::text::plan(&plan(), &config::words()));
    insta::assert_snapshot!("plan.json", render::json::plan(&plan()));
    insta::assert_snapshot!("empty-plan.txt", render::text::plan(&Plan::default(), &config::words()));
}

#[test]
fn the_links_in_words_and_as_json() {
    insta::assert_snapshot!("links.txt", render::text::links(&sample::links(), &config::words()));
    insta::assert_snapshot!("links.json", render::json::links(&sample::links()));
}

#[test]
fn the_ledger_in_words_and_as_json() {
    let line = |host: &str, kind: &str, discloses: &[Discloses], minute: i64, status| LedgerLine {
        line: "searxng/name-area".into(),
        source: "searxng".into(),
        host: host.into(),
        kind: kind.into(),
        discloses: discloses.to_vec(),
        at: sample::now() + jiff::SignedDuration::from_mins(minute),
        status,
    };
    let rows = [
        line("search.example", "query", &[Discloses::Name, Discloses::Area], 0, Some(200)),
        line("search.example", "query", &[Discloses::Name], 3, None),
        line("council.example", "robots", &[], 4, Some(404)),
        line("council.example", "page", &[Discloses::Page], 5, Some(200)),
    ];
    insta::assert_snapshot!("ledger.txt", render::text::ledger(&rows, &config::words()));
    insta::assert_snapshot!("ledger.json", render::json::ledger(&rows));
    assert!(render::text::ledger(&[], &config::words()).contains("Nothing was sent."));
}

#[test]
fn every_outcome_has_its_place_in_the_counts() {
    let mut report = sample::report_of(&[], &[]);
    let outcomes = OutcomeKind::ALL.into_iter().map(|k| (k, 1)).collect();
    report.subjects[0].coverage.sources = vec![unlisted_model::SourceCoverage {
        id: SourceId::new("found-pages"),
        planned: 7,
        outcomes,
        requests: 7,
        reason: None,
    }];
    let said = render::text::summary(&report, &config::words()).replace('\n', " ");
    assert!(said.contains("We checked 2 places. You checked 0. 2 did not answer. 1 we were not allowed to read. 1 was left out. 1 is waiting for you to look."), "{said}");
}
