//! No private value of the invented person stands in any rendering; an address keeps what it holds, and only there.

use unlisted_model::identifier::Kind;
use unlisted_model::report::Report;
use unlisted_reporter::render;

use crate::documents::html;
use crate::{config, sample};

/// Pieces of the person's values that no rendering may hold, and of one that nobody supplied.
const PIECES: [&str; 15] = [
    "14 Mill Lane",
    "Mill Lane",
    "4QT",
    "ZZ994QT",
    "07700 900123",
    "07700900123",
    "7700900123",
    "amina.rose",
    "1984-03-09",
    "09/03/1984",
    "Joe",
    "Primary",
    "07700900777",
    "of nobody",
    "900111",
];

fn renderings(report: &Report) -> Vec<(&'static str, String)> {
    let words = config::words();
    vec![
        ("html", html(report)),
        ("json", render::json::report(report, &words)),
        ("terminal", render::text::summary(report, &words)),
        ("markdown", crate::markdown::markdown(report)),
        ("table", crate::table::table(report)),
        ("debug", format!("{report:?}")),
    ]
}

#[test]
fn no_rendering_holds_a_private_value() {
    let report = sample::report_of(&sample::findings(), &config::routes());
    for (name, text) in renderings(&report) {
        // These two hold whole addresses (`url`, `via`); outside of them no value may stand.
        let text =
            if matches!(name, "debug" | "json") { text.replace("https://quiz.example/teams/07700900777", "") } else { text };
        for piece in PIECES {
            assert!(!text.contains(piece), "{name} holds {piece}");
        }
    }
}

#[test]
fn an_address_keeps_what_it_holds_and_only_there() {
    let url = "https://list.example/people/07700900123";
    let report = sample::report_of(&[sample::finding(Kind::Phone, 1, url, 0.99)], &config::routes());
    let words = config::words();
    let json = render::json::report(&report, &words);
    assert_eq!(json.matches("07700900123").count(), 2, "url and via");
    let page = html(&report);
    assert_eq!(page.matches("07700900123").count(), page.matches(url).count());
    assert!(!render::text::summary(&report, &words).contains("07700900123"));
}
