//! Small pieces that every part of the page uses.

use jiff::Timestamp;
use maud::{Markup, html};
use unlisted_model::severity::Severity;

use crate::outside::{link, tidy};
use crate::{Sure, Words};

/// The level of a heading, 1 to 6.
#[derive(Clone, Copy)]
pub(super) struct Level(u8);

impl Level {
    pub(super) const FIRST: Self = Self(1);

    pub(super) fn next(self) -> Self {
        Self((self.0 + 1).min(6))
    }
}

/// A heading of this level.
pub(super) fn heading(level: Level, id: Option<&str>, class: &str, content: Markup) -> Markup {
    match level.0 {
        1 => html! { h1 id=[id] class=(class) { (content) } },
        2 => html! { h2 id=[id] class=(class) { (content) } },
        3 => html! { h3 id=[id] class=(class) { (content) } },
        4 => html! { h4 id=[id] class=(class) { (content) } },
        5 => html! { h5 id=[id] class=(class) { (content) } },
        _ => html! { h6 id=[id] class=(class) { (content) } },
    }
}

/// "25 November 2026", in UTC.
pub(super) fn date(at: Timestamp) -> String {
    at.strftime("%-d %B %Y").to_string()
}

/// An address as text with a link, or as text alone when it is no web address. The link gives no referrer.
pub(super) fn address(url: &str, words: &Words) -> Markup {
    let shown = tidy(url);
    match link(url) {
        Some(target) => html! {
            a.address href=(target) rel="noreferrer noopener" { bdi { (shown) } }
            " " span.visit { (words.get("report.visit")) }
        },
        None => html! { bdi.address { (shown) } },
    }
}

/// A shape and a word: colour is never the only sign.
pub(super) fn severity(severity: Severity, words: &Words) -> Markup {
    html! { span class=(format!("tag {}", severity.as_str())) { span aria-hidden="true" { (shape(severity)) } " " (words.of("severity", severity.as_str())) } }
}

/// A filled, a half-filled, an empty circle, and a small dot.
pub(super) const fn shape(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "●",
        Severity::High => "◐",
        Severity::Medium => "○",
        Severity::Low => "·",
    }
}

/// How sure, in words.
pub(super) fn sure(sure: Sure, words: &Words) -> Markup {
    html! { span class=(format!("sure {}", sure.as_str())) { (words.of("sure", sure.as_str())) } }
}
