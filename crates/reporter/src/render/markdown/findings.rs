//! All findings by the severity words; what we are not sure of comes after all that we are sure of, and family and children
//! come last in each group, after a line that names them.

use std::collections::BTreeSet;

use unlisted_model::detection::Fit;
use unlisted_model::exposure::{Exposure, Place};
use unlisted_model::route::Route;
use unlisted_model::severity::Severity;

use super::page_one::named;
use super::write::{Page, address, strong, text};
use super::{Part, date};
use crate::Sure;
use crate::outline::{is_covered, is_hostile, is_sure, shows_page};
use crate::outside::host;
use crate::ways::{self, Way, by_way, fit, verified};

pub(super) fn write(part: &Part<'_>, page: &mut Page) {
    let words = part.knowledge.words;
    let all = &part.subject.exposures;
    page.heading(part.level + 1, &text(&words.get("report.all")));
    page.paragraph(&text(&words.get(if all.is_empty() { "report.all_none" } else { "report.visit_note" })));
    for severity in [Severity::Critical, Severity::High, Severity::Medium, Severity::Low] {
        let group: Vec<&Exposure> = all.iter().filter(|e| is_sure(e) && e.severity == severity).collect();
        let title = words.of("severity", severity.as_str());
        of_group(part, &group, &title, &words.of("severity-about", severity.as_str()), page);
    }
    let unsure: Vec<&Exposure> = all.iter().filter(|e| !is_sure(e)).collect();
    of_group(part, &unsure, &words.get("report.unsure_title"), &words.get("report.unsure_note"), page);
}

fn of_group(part: &Part<'_>, group: &[&Exposure], title: &str, about: &str, page: &mut Page) {
    if group.is_empty() {
        return;
    }
    page.heading(part.level + 2, &text(title));
    page.paragraph(&text(about));
    let (behind, open): (Vec<&Exposure>, Vec<&Exposure>) = group.iter().partition(|e| is_covered(e));
    for exposure in open {
        article(part, exposure, page);
    }
    if !behind.is_empty() {
        page.paragraph(&strong(&part.knowledge.words.count("report.cover_below", behind.len(), &[])));
    }
    for exposure in behind {
        article(part, exposure, page);
    }
}

fn article(part: &Part<'_>, exposure: &Exposure, page: &mut Page) {
    let words = part.knowledge.words;
    page.heading(part.level + 3, &text(&named(part, exposure)));
    let mut tags = vec![words.of("sure", Sure::of_exposure(exposure).as_str())];
    if !is_sure(exposure) {
        tags.insert(0, words.of("severity", exposure.severity.as_str()));
    }
    tags.push(words.of("status", exposure.status.as_str()));
    tags.push(words.of("cause", exposure.cause.as_str()));
    page.paragraph(&text(&format!("{}.", tags.join(". "))));
    page.paragraph(&text(&words.of("harm", exposure.kind.as_str())));
    if exposure.partial {
        page.paragraph(&text(&words.get("report.partial_note")));
    }
    if is_hostile(exposure) {
        page.paragraph(&strong(&words.get("danger.hostile")));
        page.paragraph(&text(&words.get("danger.keep")));
    }
    if !shows_page(exposure) {
        site_only(part, exposure, page);
        return;
    }
    for (way, pages) in by_way(part.knowledge.routes, exposure) {
        for one in &pages {
            place(part, exposure, one, page);
        }
        match way {
            Way::Route(route) => steps(part, route, page),
            Way::Unknown => page.paragraph(&text(&words.get("report.start_no_route"))),
            Way::Nothing => page.paragraph(&text(&words.get("report.neighbour_nothing"))),
        }
    }
}

fn steps(part: &Part<'_>, route: &Route, page: &mut Page) {
    let words = part.knowledge.words;
    page.paragraph(&strong(&route.title));
    let minutes = words.count("report.minutes", route.minutes.max(1) as usize, &[]);
    page.paragraph(&text(&format!("{minutes}. {}.", words.of("who", route.cause.as_str()))));
    let steps: Vec<String> = route.steps.iter().map(|step| text(step)).collect();
    page.list("", true, &steps);
    if !route.does_not_remove.is_empty() {
        page.paragraph(&format!("{} {}", strong(&words.get("report.stays")), text(&route.does_not_remove)));
    }
    page.paragraph(&text(&verified(route, words)));
}

/// A page with its copies; of one that is itself a copy, only where it is.
fn place(part: &Part<'_>, exposure: &Exposure, one: &ways::Page<'_>, page: &mut Page) {
    let words = part.knowledge.words;
    page.item(&address(&one.place.finding.url));
    match one.of {
        None => what_it_says(part, exposure, one.place, page),
        Some(lead) => page.inside(&format!("{} {}", text(&words.get("report.copy_of")), address(&lead.finding.url))),
    }
    if !one.copies.is_empty() {
        page.inside(&text(&words.count("report.same_page", one.copies.len(), &[])));
        let copies: Vec<String> = one.copies.iter().map(|copy| address(&copy.finding.url)).collect();
        page.list("  ", false, &copies);
    }
}

fn what_it_says(part: &Part<'_>, exposure: &Exposure, place: &Place, page: &mut Page) {
    let words = part.knowledge.words;
    let finding = &place.finding;
    if finding.via != finding.url && !finding.via.is_empty() {
        page.inside(&format!("{} {}", text(&words.get("report.via")), text(&finding.via)));
    }
    if let Some(title) = finding.title.as_ref().filter(|t| !t.0.is_empty()) {
        page.inside(&text(&title.to_string()));
    }
    let excerpt = text(&finding.excerpt.to_string());
    if !excerpt.is_empty() {
        page.quote("  ", &excerpt);
    }
    if finding.fit != Fit::Whole {
        page.inside(&text(&words.of("fit", fit(finding.fit))));
    }
    let (first, last) = (date(place.first_seen), date(place.last_seen));
    let seen = if first == last {
        words.fill("report.seen", &[("date", &first)])
    } else {
        words.fill("report.seen_from", &[("first", &first), ("last", &last)])
    };
    let through = words.fill("report.through", &[("source", &part.title(finding.source.as_str()))]);
    page.inside(&text(&format!("{seen} {through}")));
    page.inside(&text(&format!("{}.", words.of("sure", Sure::of(finding).as_str()))));
    let reasons: Vec<String> = finding
        .attribution
        .reasons
        .iter()
        .map(|reason| {
            let sign = words.get(if reason.weight < 0.0 { "report.against" } else { "report.for" });
            text(&format!("{sign} {}", words.of("reason", reason.code.as_str())))
        })
        .collect();
    if !reasons.is_empty() {
        page.list("  ", false, &reasons);
    }
    if is_covered(exposure) {
        page.inside(&text(&words.get("report.family_note")));
    }
}

/// A detail that nobody supplied: kind and site only.
fn site_only(part: &Part<'_>, exposure: &Exposure, page: &mut Page) {
    let words = part.knowledge.words;
    page.paragraph(&text(&words.get("report.on_site")));
    let sites: BTreeSet<String> =
        exposure.places.iter().map(|p| host(&p.finding.url).unwrap_or_else(|| words.get("report.a_file").into_owned())).collect();
    page.list("", false, &sites.iter().map(|site| text(site)).collect::<Vec<_>>());
    page.paragraph(&text(&words.get("report.site_only")));
}
