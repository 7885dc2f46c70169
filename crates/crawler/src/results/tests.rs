//! Result pages as browsers save them, and pages that only look like one.

use std::collections::BTreeSet;

use proptest::prelude::*;
use unlisted_model::catalogue::Unwrap;

use super::*;
use crate::extract::{decode_text, main_part};

/// The rows as they are shipped.
pub(crate) fn engines() -> Vec<ResultEngine> {
    let table: toml::Table = include_str!("../../../../config/engines.toml").parse().expect("test data");
    let words = |row: &toml::Value, key: &str| -> Vec<String> {
        let list = row.get(key).and_then(toml::Value::as_array).expect("test data");
        list.iter().map(|v| v.as_str().expect("test data").to_owned()).collect()
    };
    let rows = table.get("engine").and_then(toml::Value::as_array).expect("test data");
    rows.iter()
        .map(|row| ResultEngine {
            id: row.get("id").and_then(toml::Value::as_str).expect("test data").to_owned(),
            hosts: words(row, "hosts"),
            result_paths: words(row, "result-paths"),
            unwrap: row
                .get("unwrap")
                .and_then(toml::Value::as_array)
                .expect("test data")
                .iter()
                .map(|u| {
                    let text = |key: &str| u.get(key).and_then(toml::Value::as_str).map(str::to_owned);
                    Unwrap {
                        path: text("path").expect("test data"),
                        param: text("param").expect("test data"),
                        base64_after: text("base64-after"),
                    }
                })
                .collect(),
            adverts: words(row, "adverts"),
            hit: words(row, "hit"),
            advert_boxes: words(row, "advert-boxes"),
        })
        .collect()
}

fn shown(page: &ResultPage) -> String {
    match page {
        ResultPage::NotOne => "no result page".into(),
        ResultPage::NoLinks => "no links".into(),
        ResultPage::Hits(hits) => hits
            .iter()
            .map(|h| format!("{} | {} | {}\n", h.url, h.title, h.snippet).replace(" \n", "\n"))
            .collect::<String>()
            .trim()
            .into(),
    }
}

fn check(html: &str, address: Option<&str>, expected: &str) {
    let address = address.map(|a| Url::parse(a).expect("test data"));
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    assert_eq!(shown(&read(html, address.as_ref(), &engines())), expected.join("\n"), "{html}");
}

fn saved(bytes: &[u8]) -> (String, Vec<Hit>) {
    let is_message = bytes.starts_with(b"From:");
    let part = if is_message { main_part(bytes) } else { None };
    let html = part.as_ref().map_or_else(|| decode_text(bytes, "text/html").0, |p| decode_text(&p.bytes, &p.content_type).0);
    let address = part.and_then(|p| p.address);
    let engine = engine_of(&html, address.as_ref(), &engines()).map(|e| e.id.clone()).unwrap_or_default();
    match read(&html, address.as_ref(), &engines()) {
        ResultPage::Hits(hits) => (engine, hits),
        _ => (engine, Vec::new()),
    }
}

#[test]
fn six_saved_pages_name_the_pages_of_the_made_up_web() {
    let mut all = BTreeSet::new();
    for (bytes, engine, count) in [
        (include_bytes!("../../../../fixtures/results/google-name.html").as_slice(), "google", 9),
        (include_bytes!("../../../../fixtures/results/bing-name-area.html"), "bing", 9),
        (include_bytes!("../../../../fixtures/results/duckduckgo-name-place.html"), "duckduckgo", 9),
        (include_bytes!("../../../../fixtures/results/brave-name-role.mhtml"), "brave", 9),
        (include_bytes!("../../../../fixtures/results/google-name-planning.mhtml"), "google", 8),
        (include_bytes!("../../../../fixtures/results/bing-name-address.mhtml"), "bing", 7),
    ] {
        let (found, hits) = saved(bytes);
        assert_eq!((found.as_str(), hits.len()), (engine, count), "{hits:#?}");
        for hit in &hits {
            let host = hit.url.host_str().expect("test data");
            assert!(host.ends_with(".example") && !host.contains("found-anybody") && !host.contains("holidays"), "{hit:?}");
            assert!(hit.title.len() > 5 && hit.snippet.len() > 5, "{hit:?}");
            assert!(!hit.title.contains("example") && !hit.snippet.contains("Translate"), "{hit:?}");
        }
        all.extend(hits.into_iter().map(|h| h.url));
    }
    assert_eq!(all.len(), 46);
}

#[test]
fn a_hit_is_never_read_as_another() {
    let (_, hits) = saved(include_bytes!("../../../../fixtures/results/google-name.html"));
    let baker = hits.iter().find(|h| h.url.host_str() == Some("www.castle-cakes.example")).expect("test data");
    assert_eq!(baker.title, "About | Castle Cakes, Northgate");
    assert!(baker.snippet.contains("I am not the councillor"), "{}", baker.snippet);
    assert!(!hits.iter().any(|h| h != baker && h.snippet.contains("baker")), "{hits:#?}");
}

#[test]
fn links_are_unwrapped_adverts_and_own_links_dropped() {
    check(
        "<div id=rso><div class='MjjYud'><a href='/url?sa=t&amp;url=https%3A%2F%2Fa.example%2Fx%23y&amp;ved=1'><h3>A</h3></a><p>about a</p></div></div>
         <a href='https://b.example/p#:~:text=b'>B</a><a href='https://www.google.com/aclk?adurl=https://ad.example/'>Ad</a>
         <div id=tads><a href='https://ad2.example/'>Ad</a></div><a href='https://policies.google.com/x'>own</a>
         <a href='https://sites.google.com/view/amina'>C</a><a href='https://user:pw@d.example/'>D</a><a href='ftp://e.example/'>E</a>",
        Some("https://www.google.com/search?q=x"),
        "https://a.example/x | A | about a
         https://b.example/p | B |
         https://sites.google.com/view/amina | C |",
    );
    check(
        "<ol id=b_results><li class=b_algo><h2><a href='https://www.bing.com/ck/a?!&amp;&amp;p=1&amp;u=a1aHR0cHM6Ly9hLmV4YW1wbGUveA&amp;ntb=1'>A</a></h2><p>about a</p></li></ol>",
        Some("https://www.bing.com/search?q=x"),
        "https://a.example/x | A | about a",
    );
    check(
        "<div class='result results_links web-result'><a class=result__a href='//duckduckgo.com/l/?uddg=https%3A%2F%2Fa.example%2F%3Fq%3D1&amp;rut=2'>A</a><a href='/y.js?u3=https%3A%2F%2Fad.example'>Ad</a></div>",
        Some("https://duckduckgo.com/html/?q=x"),
        "https://a.example/?q=1 | A |",
    );
    check(
        "<div id=web><li><div class=algo><a href='https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU=https%3a%2f%2fa.example%2fx/RK=2/RS=z-'><h3>A</h3></a></div></li></div>",
        Some("https://uk.search.yahoo.com/search?p=x"),
        "https://a.example/x | A |",
    );
    check(
        "<div id=urls><article class=result><h3><a href='https://a.example/'>A</a></h3><p class=content>about a</p><a class=cache_link href='https://web.archive.org/web/https://a.example/'>cached</a></article>
         <article class=result><h3><a href='https://b.example/'>B</a></h3><p class=content>about b</p></article></div><a href='/preferences'>p</a>",
        Some("https://search.example.test/search?q=x"),
        "https://a.example/ | A | about a\nhttps://b.example/ | B | about b",
    );
}

#[test]
fn a_changed_layout_still_gives_every_link() {
    check(
        "<div class=new><section><a href='https://a.example/'>A</a><p>about a</p></section><section><a href='https://b.example/'>B</a><p>about b</p></section></div>",
        Some("https://www.google.com/search?q=x"),
        "https://a.example/ | A | about a\nhttps://b.example/ | B | about b",
    );
}

#[test]
fn result_pages_without_links_have_failed() {
    check(
        "<p>Before you continue</p><a href='https://policies.google.com/'>x</a>",
        Some("https://www.google.com/search?q=x"),
        "no links",
    );
    check("<p>nothing</p>", Some("https://www.bing.com/search?q=x"), "no links");
}

#[test]
fn other_pages_are_no_result_pages() {
    let none = "no result page";
    check("<a href='https://a.example/'>A</a>", None, none);
    check("<a href='https://a.example/'>A</a>", Some("https://www.example.test/search"), none);
    check("<a href='https://a.example/'>A</a>", Some("https://www.google.com/maps"), none);
    check("<form action='https://www.google.com/search'><input name=q></form><a href='https://a.example/'>A</a>", None, none);
    check("<a href='https://www.google.com/url?q=https://a.example/'>one link from a mail</a>", None, none);
    check("<link rel=canonical href='https://www.example.test/'><li class=b_algo>x</li><li class=b_algo>y</li>", None, none);
}

#[test]
fn a_page_without_an_address_is_known_by_its_redirects_or_boxes() {
    check(
        "<a href='/url?q=https://a.example/&amp;sa=U'>A</a><br><a href='/url?q=https://b.example/&amp;sa=U'>B</a>",
        None,
        "https://a.example/ | A |\nhttps://b.example/ | B |",
    );
    check(
        "<li class=b_algo><a href='https://a.example/'>A</a> about a</li><li class=b_algo><a href='https://b.example/'>B</a></li>",
        None,
        "https://a.example/ | A | about a\nhttps://b.example/ | B |",
    );
}

#[test]
fn copied_text_is_a_list_too() {
    let read = |text: &str| shown(&read_text(text, &engines()));
    assert_eq!(
        read(
            "Castle picked for Mereside fight\nNorthgate Standard\nhttps://www.northgate-standard.example \u{203A} politics\nMembers have chosen Amina Castle.\n\n\
             About | Castle Cakes\nCastle Cakes\nhttps://www.castle-cakes.example/about.html\nAmina Jane Castle, baker."
        ),
        "https://www.northgate-standard.example/politics | Castle picked for Mereside fight | Members have chosen Amina Castle.\n\
         https://www.castle-cakes.example/about.html | About | Castle Cakes | Amina Jane Castle, baker."
    );
    assert_eq!(read("A letter.\nSee https://a.example/ for more.\nhttps://b.example/\nYours"), "no result page");
    assert_eq!(read("words only"), "no result page");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn hits_are_pages_elsewhere_each_once(pieces in prop::collection::vec(prop::sample::select(vec![
        "<div class=MjjYud>", "</div>", "<li class=b_algo>", "<h3>", "</h3>", "<a href='https://a.example/'>", "<a href='/url?q=https://b.example/'>",
        "<a href='//duckduckgo.com/l/?uddg=https%3A%2F%2Fc.example'>", "<a href='https://www.bing.com/ck/a?u=a1!!'>", "<a href='https://www.google.com/aclk?x'>",
        "</a>", "words", "<div id=tads>", "<base href='https://d.example/'>", "<a href='https://user@e.example/'>", "<a href='mailto:a@b.example'>",
        "<a href='/url?q=/url?q=https://f.example/'>", "<table>", "<a href='https://a.example/#:~:text=x'>", "<a href='?'>",
    ]), 0..40), known in any::<bool>()) {
        let address = Url::parse("https://www.google.com/search?q=x").expect("test data");
        if let ResultPage::Hits(hits) = read(&pieces.concat(), known.then_some(&address), &engines()) {
            let urls: BTreeSet<_> = hits.iter().map(|h| h.url.as_str()).collect();
            prop_assert_eq!(urls.len(), hits.len());
            for hit in &hits {
                prop_assert!(hit.url.host_str().is_some_and(|h| h.ends_with(".example")), "{:?}", hit);
                prop_assert!(hit.url.fragment().is_none() && hit.url.username().is_empty());
            }
        }
    }
}
