//! One exposure: what, where, how sure, what to do, what that does not remove.

use maud::{Markup, html};
use unlisted_model::detection::Fit;
use unlisted_model::exposure::{Exposure, Place};
use unlisted_model::finding::{Excerpt, Piece};
use unlisted_model::route::Route;

use super::Part;
use super::parts::{Level, address, date, heading, severity, sure};
use crate::Sure;
use crate::outline::{is_covered, is_hostile, is_sure, name, shows_page};
use crate::outside::{host, tidy};
use crate::ways::{Page, Way, by_way, fit, verified};

pub(super) fn article(part: &Part<'_>, exposure: &Exposure) -> Markup {
    let words = part.knowledge.words;
    let level = part.level.next().next().next();
    html! {
        article class=(format!("exposure {}", exposure.severity.as_str())) id=(part.anchor(&exposure.id)) {
            (heading(level, None, "", html! { (name(exposure, words)) " " span.mask { (tidy(exposure.label.as_str())) } }))
            p.tags {
                @if !is_sure(exposure) { (severity(exposure.severity, words)) " " }
                (sure(Sure::of_exposure(exposure), words)) " "
                span.state { (words.of("status", exposure.status.as_str())) } " "
                span.cause { (words.of("cause", exposure.cause.as_str())) }
            }
            p.harm { (words.of("harm", exposure.kind.as_str())) }
            @if exposure.partial { p.note { (words.get("report.partial_note")) } }
            @if is_hostile(exposure) { div.hostile { p { strong { (words.get("danger.hostile")) } } p { (words.get("danger.keep")) } } }
            @if shows_page(exposure) {
                @for (way, pages) in by_way(part.knowledge.routes, exposure) { (to_do(part, exposure, way, &pages, level.next())) }
            } @else { (site_only(part, exposure)) }
        }
    }
}

/// The places of one way, and what to do about them.
fn to_do(part: &Part<'_>, exposure: &Exposure, way: Way<'_>, pages: &[Page<'_>], level: Level) -> Markup {
    let words = part.knowledge.words;
    html! {
        div.route {
            ul.places { @for page in pages { li { (page_of(part, exposure, page)) } } }
            @match way {
                Way::Route(route) => (steps(part, route, level)),
                Way::Unknown => div.steps { p { (words.get("report.start_no_route")) } },
                Way::Nothing => div.steps { p { (words.get("report.neighbour_nothing")) } },
            }
        }
    }
}

fn steps(part: &Part<'_>, route: &Route, level: Level) -> Markup {
    let words = part.knowledge.words;
    html! {
        div.steps {
            (heading(level, None, "", html! { (route.title) }))
            p.small { (words.count("report.minutes", route.minutes.max(1) as usize, &[])) ". " (words.of("who", route.cause.as_str())) "." }
            ol { @for step in &route.steps { li { (step) } } }
            @if !route.does_not_remove.is_empty() { p.stays { strong { (words.get("report.stays")) } " " (route.does_not_remove) } }
            p.small { (verified(route, words)) }
        }
    }
}

/// A page with its copies; of one that is itself a copy, only where it is: the words are told beside the page it is a copy of.
fn page_of(part: &Part<'_>, exposure: &Exposure, page: &Page<'_>) -> Markup {
    let words = part.knowledge.words;
    html! {
        @match page.of {
            None => (where_it_stands(part, exposure, page.place)),
            Some(lead) => {
                p.where { (address(&page.place.finding.url, words)) }
                p.small { (words.get("report.copy_of")) " " bdi.address { (tidy(&lead.finding.url)) } }
            },
        }
        @if !page.copies.is_empty() {
            p.small { (words.count("report.same_page", page.copies.len(), &[])) }
            ul.pages { @for copy in &page.copies { li { (address(&copy.finding.url, words)) } } }
        }
    }
}

fn where_it_stands(part: &Part<'_>, exposure: &Exposure, place: &Place) -> Markup {
    let words = part.knowledge.words;
    let finding = &place.finding;
    let (first, last) = (date(place.first_seen), date(place.last_seen));
    html! {
        p.where { (address(&finding.url, words)) }
        @if finding.via != finding.url && !finding.via.is_empty() {
            p.small { (words.get("report.via")) " " bdi.address { (tidy(&finding.via)) } }
        }
        @if let Some(title) = finding.title.as_ref().filter(|t| !t.0.is_empty()) { p.title { (excerpt(title)) } }
        @if !finding.excerpt.0.is_empty() {
            blockquote { bdi { (excerpt(&finding.excerpt)) } }
        }
        @if finding.fit != Fit::Whole { p.small { (words.of("fit", fit(finding.fit))) } }
        p.small { (if first == last { words.fill("report.seen", &[("date", &first)]) } else { words.fill("report.seen_from", &[("first", &first), ("last", &last)]) }) " "
            (words.fill("report.through", &[("source", &part.title(finding.source.as_str()))])) }
        (reasons(part, place))
        @if is_covered(exposure) { p.small { (words.get("report.family_note")) } }
    }
}

fn reasons(part: &Part<'_>, place: &Place) -> Markup {
    let words = part.knowledge.words;
    let all = &place.finding.attribution.reasons;
    html! {
        div.why {
            p { (sure(Sure::of(&place.finding), words)) }
            @if !all.is_empty() {
                ul { @for reason in all {
                    li { span.sign { (words.get(if reason.weight < 0.0 { "report.against" } else { "report.for" })) } " " (words.of("reason", reason.code.as_str())) }
                } }
            }
        }
    }
}

/// A detail that nobody supplied: kind and site only.
fn site_only(part: &Part<'_>, exposure: &Exposure) -> Markup {
    let words = part.knowledge.words;
    let sites: std::collections::BTreeSet<String> =
        exposure.places.iter().map(|p| host(&p.finding.url).unwrap_or_else(|| words.get("report.a_file").into_owned())).collect();
    html! {
        p { (words.get("report.on_site")) }
        ul.places { @for site in &sites { li { bdi.address { (site) } } } }
        p.note { (words.get("report.site_only")) }
    }
}

/// Outside words with the masked details in them.
fn excerpt(excerpt: &Excerpt) -> Markup {
    html! { @for piece in &excerpt.0 { @match piece {
        Piece::Words(words) => (tidy(words)),
        Piece::Hidden(mask) => span.mask { (tidy(mask.as_str())) },
    } } }
}
