//! Findings become exposures: grouped, merged, sorted, with cause, route and a turn in the plan.

use jiff::ToSpan;
use proptest::prelude::*;
use unlisted_model::attribution::Band;
use unlisted_model::detection::{Confidence, Fit};
use unlisted_model::document::Nature;
use unlisted_model::exposure::{Cause, Exposure};
use unlisted_model::finding::{Excerpt, Finding, Piece};
use unlisted_model::identifier::Kind;
use unlisted_model::secret::Secret;
use unlisted_model::severity::Severity;
use unlisted_model::source::SourceId;
use unlisted_reporter::{Sure, expose};

use crate::{config, sample};

fn exposed(findings: &[Finding]) -> (Vec<Exposure>, Vec<String>) {
    expose(&sample::subject(), findings, &config::routes(), &sample::ids)
}

fn address(url: &str, probability: f64) -> Finding {
    sample::finding(Kind::HomeAddress, 1, url, probability)
}

#[test]
fn one_fact_is_one_exposure_with_all_its_places() {
    let (exposures, plan) = exposed(&[address("https://a.example/", 0.8), address("https://b.example/", 0.99)]);
    assert_eq!(exposures.len(), 1);
    assert_eq!(exposures[0].id, "amina-castle/home-address/1");
    assert_eq!(exposures[0].label.as_str(), "•• ••••••, Northgate ZZ99 •••");
    let urls: Vec<_> = exposures[0].places.iter().map(|p| p.finding.url.as_str()).collect();
    assert_eq!(urls, ["https://b.example/", "https://a.example/"], "most probable first");
    assert_eq!(plan, ["amina-castle/home-address/1"]);
}

#[test]
fn equal_pages_are_one_place_with_both_times() {
    let mut old = address("https://a.example/page", 0.8);
    old.seen = sample::now() - 48.hours();
    old.severity = Severity::Critical;
    let mut snippet = address("https://a.example/page", 0.99);
    snippet.nature = Nature::SearchHit;
    let (exposures, _) = exposed(&[old, address("https://a.example/page#contact", 0.99), snippet]);
    let places = &exposures[0].places;
    assert_eq!(places.len(), 1);
    assert_eq!((places[0].first_seen, places[0].last_seen), (sample::now() - 48.hours(), sample::now()));
    assert_eq!(places[0].finding.nature, Nature::Page, "the page itself is kept, not a search's snippet of it");
    assert_eq!(places[0].finding.attribution.band, Band::Same);
    assert_eq!(places[0].finding.severity, Severity::Critical);
}

#[test]
fn an_old_copy_is_a_place_of_its_own_and_told_as_a_copy() {
    let copy = |source: &str, via: &str| {
        let mut f = address("https://aminacastle.example/contact", 0.99);
        (f.source, f.via) = (SourceId::new(source), via.into());
        f
    };
    let wayback = copy("wayback", "https://archive.example/web/2019id_/https://aminacastle.example/contact");
    let (alone, _) = exposed(std::slice::from_ref(&wayback));
    assert_eq!((alone[0].cause, alone[0].route.as_deref()), (Cause::Copy, Some("archive-copy")), "her site may be clean by now");
    assert_eq!(alone[0].places[0].finding.nature, Nature::Page, "an archive is not hers to edit");
    let (crawl, _) = exposed(&[copy("commoncrawl", "https://data.example/1.warc.gz")]);
    assert_eq!((crawl[0].cause, crawl[0].route.as_deref()), (Cause::Copy, Some("archive-crawl")));
    let live = address("https://aminacastle.example/contact", 0.99);
    let (both, _) = exposed(&[live, wayback.clone(), wayback]);
    assert_eq!(both[0].places.len(), 2, "the page and its copy, each once");
    assert_ne!(both[0].cause, Cause::Copy, "the page itself comes first");
}

#[test]
fn below_possible_is_left_out() {
    assert!(exposed(&[address("https://a.example/", 0.29)]).0.is_empty());
    assert_eq!(exposed(&[address("https://a.example/", 0.30)]).0.len(), 1);
}

#[test]
fn another_persons_findings_are_left_out() {
    let mut other = address("https://a.example/", 0.99);
    other.subject = unlisted_model::SubjectId::new("somebody-else").expect("an id");
    assert!(exposed(&[other]).0.is_empty());
}

#[test]
fn a_neighbours_number_is_never_a_match() {
    let part = |fit, url: &str| {
        let mut f = address(url, 0.6);
        f.fit = fit;
        f
    };
    let (alone, _) = exposed(&[part(Fit::OtherNumber, "https://a.example/"), part(Fit::Partial, "https://b.example/")]);
    assert!(alone[0].partial);
    let (with_whole, _) = exposed(&[part(Fit::OtherNumber, "https://a.example/"), address("https://b.example/", 0.97)]);
    assert_eq!(with_whole.len(), 1, "it joins the address it is near to");
    assert!(!with_whole[0].partial);
    assert_eq!(with_whole[0].places[1].finding.fit, Fit::OtherNumber);
}

#[test]
fn the_whole_fact_outweighs_a_part_on_the_same_page() {
    let mut part = address("https://a.example/", 0.96);
    part.fit = Fit::Partial;
    for order in [[part.clone(), address("https://a.example/", 0.8)], [address("https://a.example/", 0.8), part]] {
        let (exposures, _) = exposed(&order);
        assert!(!exposures[0].partial);
        assert_eq!(exposures[0].places.len(), 1);
    }
}

#[test]
fn facts_meant_to_be_public_are_told_only_beside_hostile_words() {
    let public = sample::finding(Kind::Phone, 2, "https://party.example/", 0.99);
    assert!(exposed(std::slice::from_ref(&public)).0.is_empty());
    let (exposures, _) = exposed(&[Finding { hostile: true, ..public }]);
    assert_eq!(exposures[0].id, "amina-castle/phone/2");
    assert_eq!(exposures[0].label.as_str(), "••••••11");
}

#[test]
fn a_detail_nobody_supplied_has_a_keyed_id_and_is_never_more_than_possible() {
    let same = |url: &str| Finding { value: Some(Secret::new("+447700900777")), ..sample::finding(Kind::Phone, 0, url, 0.99) };
    let other =
        Finding { value: Some(Secret::new("+447700900778")), ..sample::finding(Kind::Phone, 0, "https://a.example/", 0.99) };
    let (exposures, _) = exposed(&[same("https://a.example/"), same("https://b.example/"), other]);
    assert_eq!(exposures.len(), 2, "equal values belong together, others do not");
    for exposure in &exposures {
        assert!(!exposure.supplied);
        assert!(!exposure.id.contains("7700"));
        assert_eq!(exposure.label.as_str(), "••••••");
        assert!(
            exposure
                .places
                .iter()
                .all(|p| p.finding.attribution.band == Band::Possible && p.finding.attribution.probability < 0.75)
        );
        assert_eq!(Sure::of_exposure(exposure), Sure::NotSure);
    }
}

#[test]
fn how_sure_is_the_lower_of_band_and_confidence() {
    let check = |probability, confidence, expect| {
        let finding = Finding { confidence, ..address("https://a.example/", probability) };
        assert_eq!(Sure::of(&finding), expect, "{probability} {confidence:?}");
    };
    check(0.97, Confidence::High, Sure::Matches);
    check(0.97, Confidence::Medium, Sure::Probably);
    check(0.97, Confidence::Low, Sure::NotSure);
    check(0.80, Confidence::High, Sure::Probably);
    check(0.40, Confidence::High, Sure::NotSure);
    let next_door = Finding { fit: Fit::OtherNumber, ..address("https://a.example/", 0.99) };
    assert_eq!(Sure::of(&next_door), Sure::Probably, "another number is never called a match");
}

/// Checks which row a finding leads to.
fn check_route(url: &str, bend: impl Fn(&mut Finding), expect: &str) {
    let mut finding = address(url, 0.99);
    bend(&mut finding);
    let (exposures, _) = exposed(&[finding]);
    assert_eq!(exposures[0].route.as_deref(), Some(expect), "{url}");
}

#[test]
fn each_sort_of_site_has_its_hint() {
    let none = |_: &mut Finding| {};
    let text = |words: &'static str| move |f: &mut Finding| f.excerpt = Excerpt(vec![Piece::Words(words.into())]);
    let from = |source: &'static str| move |f: &mut Finding| f.source = SourceId::new(source);
    check_route("https://democracy.northgate.example/mgUserInfo.aspx?UID=1", from("moderngov"), "council-moderngov");
    check_route("https://democracy.northgate.gov.uk/mgRofI.aspx?UID=1", from("moderngov"), "council-moderngov");
    check_route("https://democracy.northgate.gov.uk/mgRofI.aspx?UID=1", none, "council-interests");
    check_route("https://www.northgate.gov.uk/councillors/castle", none, "council-page");
    check_route("https://www.northgate.gov.uk/files/Statement-of-Persons-Nominated-2019.pdf", none, "council-notices");
    check_route("https://files.example/doc/17.pdf", text("STATEMENT OF  PERSONS NOMINATED for the ward"), "council-notices");
    check_route("https://mereside-pc.gov.uk/about", none, "parish-page");
    check_route("https://www.meresideparishcouncil.example/members", none, "parish-page");
    check_route("https://www.northgate.gov.uk/online-applications/applicationDetails.do?k=1", none, "planning");
    check_route("https://find-and-update.company-information.service.gov.uk/officers/x", none, "company-register");
    check_route("https://opencorporates.com/officers/1", none, "company-copies");
    check_route("https://register-of-charities.charitycommission.gov.uk/x", none, "charity-register");
    check_route("https://www.192.com/people/x", none, "people-finder");
    check_route("https://not192.com/people/x", none, "letter");
    check_route("https://web.archive.org/web/2019/https://x.example/", none, "archive");
    check_route(
        "https://webarchive.old-pages.example/web/20180614102233/http://www.x.example/contact.html",
        none,
        "archive-pages",
    );
    check_route("https://gist.github.com/x", none, "code-hosting");
    check_route("https://news.northgate.example/2024/x", none, "news");
    check_route("https://talk.example/viewtopic.php?t=4", none, "forum-blog");
    check_route("https://anything.example/x", none, "letter");
    check_route("https://anything.example/x", from("searxng"), "letter");
    check_route("https://anything.example/x", text("Printed and promoted by A. Castle, "), "imprint");
    check_route("https://aminacastle.example/contact", from("found-pages"), "own-site");
    check_route("https://aminacastle.example/", text("Promoted by A. Castle of"), "own-imprint");
    check_route("https://profiles.example/amina", |f| f.nature = Nature::OwnPage, "own-site");
    check_route("saved page.html", none, "letter");
}

#[test]
fn cause_and_route_come_from_the_most_upstream_place() {
    let copy = address("https://opencorporates.com/officers/1", 0.99);
    let register = address("https://find-and-update.company-information.service.gov.uk/officers/x", 0.8);
    let (exposures, _) = exposed(&[copy, register]);
    assert_eq!((exposures[0].cause, exposures[0].route.as_deref()), (Cause::Law, Some("company-register")));
}

#[test]
fn between_equals_the_home_comes_first() {
    let (exposures, plan) =
        exposed(&[sample::finding(Kind::DateOfBirth, 1, "https://a.example/", 0.99), address("https://b.example/", 0.99)]);
    assert_eq!(exposures[0].kind, Kind::HomeAddress);
    assert_eq!(plan[0], "amina-castle/home-address/1");
}

#[test]
fn without_rows_there_is_no_route_and_no_fault() {
    let (exposures, plan) = expose(&sample::subject(), &[address("https://a.example/", 0.99)], &[], &sample::ids);
    assert_eq!((exposures[0].route.as_deref(), exposures[0].cause, plan.len()), (None, Cause::ThirdParty, 1));
}

fn any_finding() -> impl Strategy<Value = Finding> {
    (0..6_usize, 0..3_u32, 0..5_u8, 0.0..1.0_f64, 0..4_usize, 0..3_usize, any::<bool>()).prop_map(
        |(kind, ordinal, page, p, severity, fit, hostile)| {
            let urls = [
                "https://opencorporates.com/a",
                "https://www.northgate.gov.uk/b",
                "https://c.example/",
                "https://192.com/d",
                "saved.html",
            ];
            let mut f = sample::finding(sample::PRIVATE[kind].0, ordinal, urls[usize::from(page)], p);
            f.severity = [Severity::Low, Severity::Medium, Severity::High, Severity::Critical][severity];
            f.fit = [Fit::Whole, Fit::Partial, Fit::OtherNumber][fit];
            f.hostile = hostile;
            f
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lists_and_plan_are_in_order_and_whole(findings in proptest::collection::vec(any_finding(), 0..24), seed in any::<u64>()) {
        let (exposures, plan) = exposed(&findings);
        let top = |e: &Exposure| e.places.iter().map(|p| p.finding.attribution.probability).fold(0.0, f64::max);
        for pair in exposures.windows(2) {
            prop_assert!((pair[0].severity, top(&pair[0])) >= (pair[1].severity, top(&pair[1])));
        }
        let by_id = |id: &String| exposures.iter().find(|e| e.id == *id).expect("a planned id is an exposure");
        prop_assert!(plan.iter().map(by_id).map(|e| e.severity).is_sorted_by(|a, b| a >= b));
        let stage = |e: &Exposure| e.route.as_ref().map_or(99, |id| config::routes().iter().find(|r| r.id == *id).map_or(99, |r| r.stage));
        for pair in plan.windows(2) {
            let (a, b) = (by_id(&pair[0]), by_id(&pair[1]));
            prop_assert!(a.severity > b.severity || stage(a) <= stage(b));
        }
        let mut ids: Vec<_> = exposures.iter().map(|e| e.id.clone()).collect();
        let mut planned = plan.clone();
        ids.sort();
        planned.sort();
        prop_assert_eq!(&ids, &planned);
        ids.dedup();
        prop_assert_eq!(ids.len(), planned.len());
        for e in &exposures {
            prop_assert!(e.places.iter().map(|p| p.finding.attribution.probability).is_sorted_by(|a, b| a >= b));
            prop_assert_eq!(Some(e.severity), e.places.iter().map(|p| p.finding.severity).max());
            prop_assert_eq!(e.partial, e.places.iter().all(|p| p.finding.fit != Fit::Whole));
            prop_assert!(e.places.iter().all(|p| p.first_seen <= p.last_seen && p.finding.attribution.band >= Band::Possible));
        }
        // The order in which findings arrive does not matter.
        let mut shuffled = findings.clone();
        let half = usize::try_from(seed).unwrap_or(0) % (shuffled.len() + 1);
        shuffled.rotate_left(half);
        let (again, plan_again) = exposed(&shuffled);
        prop_assert_eq!(again.iter().map(|e| (&e.id, e.places.len(), e.severity)).collect::<Vec<_>>(), exposures.iter().map(|e| (&e.id, e.places.len(), e.severity)).collect::<Vec<_>>());
        prop_assert_eq!(plan_again, plan);
    }
}
