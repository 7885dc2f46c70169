//! Near copies of one page are told once, and pages that only look alike are not: the pages of `fixtures/copies`, every
//! two of them a labelled pair, through the whole program.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::people;
use crate::program::Place;
use crate::tidy::root;

/// A page of the set.
struct Page {
    group: String,
    address: String,
    html: String,
}

fn fixture(name: &str) -> String {
    fs::read_to_string(root().join("fixtures/copies").join(name)).expect("a fixture")
}

/// The parts of a file of `= name` and lines.
fn parts(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut name = String::new();
    for line in text.lines() {
        if let Some(next) = line.strip_prefix("= ") {
            next.clone_into(&mut name);
        } else if !name.is_empty() && !line.is_empty() {
            out.entry(name.clone()).or_default().push(line.to_owned());
        }
    }
    out
}

/// Lines as HTML: headings, rows of a table, paragraphs.
fn html(lines: &[String]) -> String {
    let mut out = String::new();
    let mut in_table = false;
    for line in lines {
        let row = line.strip_prefix("| ");
        if row.is_some() != in_table {
            out.push_str(if in_table { "</table>" } else { "<table>" });
            in_table = !in_table;
        }
        match (row, line.strip_prefix("# ")) {
            (Some(row), _) => {
                let cells: Vec<String> = row.split(" | ").map(|cell| format!("<td>{cell}</td>")).collect();
                out.push_str(&format!("<tr>{}</tr>", cells.concat()));
            }
            (None, Some(heading)) => out.push_str(&format!("<h1>{heading}</h1>")),
            (None, None) => out.push_str(&format!("<p>{line}</p>")),
        }
        out.push('\n');
    }
    if in_table { out + "</table>" } else { out }
}

fn pages() -> Vec<Page> {
    let (texts, frames) = (parts(&fixture("texts.txt")), parts(&fixture("frames.txt")));
    fixture("pages.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let cells: Vec<&str> = line.split(" | ").collect();
            let [group, address, frame, named] = cells.as_slice() else { panic!("{line}") };
            let body: Vec<String> = named.split(' ').map(|name| html(texts.get(name).expect("a text"))).collect();
            let around = frames.get(*frame).expect("a frame").join("\n");
            let page = around.replace("{{text}}", &format!("<main>{}</main>", body.join("\n")));
            let saved = format!("<!-- saved from url=({:04}){address} -->", address.len());
            let html = format!("{saved}\n<!DOCTYPE html><html><head><title>{frame}</title></head><body>{page}</body></html>");
            Page { group: (*group).to_owned(), address: (*address).to_owned(), html }
        })
        .collect()
}

/// Checks saved pages and gives back the findings about the home address.
fn findings(pages: &[(&str, &str)]) -> (Place, Vec<Value>) {
    let place = Place::new();
    for (n, (_, html)) in pages.iter().enumerate() {
        place.write(&format!("pages/{n:02}.html"), html);
    }
    let ran = place
        .check(&people::demo_without_searxng())
        .arg("--file")
        .arg(place.path("pages"))
        .args(&["--only-given", "--format", "json,md,csv,html,text"])
        .arg("--out")
        .arg(place.path("out"))
        .ephemeral()
        .run();
    ran.code(0);
    let json: Value = serde_json::from_str(&fs::read_to_string(place.path("out/report.json")).expect("a report")).expect("JSON");
    let exposures = json["subjects"][0]["exposures"].as_array().expect("a list").clone();
    let homes = exposures.into_iter().filter(|e| e["id"] == "amina-castle/home-address/1");
    let found = homes.flat_map(|e| e["findings"].as_array().expect("a list").clone()).collect();
    (place, found)
}

/// The page that each address is told as: its own id, or that of the page that it is a copy of.
fn told_as(found: &[Value]) -> BTreeMap<String, String> {
    let text = |v: &Value| v.as_str().map(str::to_owned);
    found.iter().filter_map(|f| Some((text(&f["url"])?, text(&f["copy_of"]).or_else(|| text(&f["id"]))?))).collect()
}

#[test]
#[expect(clippy::print_stderr, reason = "the figures are the point of the test")]
fn labelled_pairs() {
    let pages = pages();
    let given: Vec<(&str, &str)> = pages.iter().map(|p| (p.address.as_str(), p.html.as_str())).collect();
    let (place, found) = findings(&given);
    let told = told_as(&found);
    let (mut right, mut wrong, mut missed, mut apart) = (0_u32, vec![], vec![], 0_u32);
    for (n, a) in pages.iter().enumerate() {
        for b in pages.iter().skip(n + 1) {
            let as_one = |p: &Page| told.get(&p.address).unwrap_or_else(|| panic!("not found: {}", p.address));
            match (a.group == b.group, as_one(a) == as_one(b)) {
                (true, true) => right += 1,
                (true, false) => missed.push(format!("{} {}", a.address, b.address)),
                (false, true) => wrong.push(format!("{} {}", a.address, b.address)),
                (false, false) => apart += 1,
            }
        }
    }
    let share = |good: u32, bad: &[String]| f64::from(good) / f64::from(good + u32::try_from(bad.len()).expect("few")).max(1.0);
    let (precision, recall) = (share(right, &wrong), share(right, &missed));
    let said = format!(
        "{} pairs: precision {precision:.3}, recall {recall:.3} ({right} same, {apart} apart)\nwrongly one: {wrong:#?}\nmissed: {missed:#?}",
        right + apart + u32::try_from(wrong.len() + missed.len()).expect("few")
    );
    eprintln!("{said}");
    assert!(precision >= 0.97 && recall >= 0.9, "{said}");
    every_place_is_kept(&place, &pages, &found);
}

/// Told once, kept all: every address stands in every form, and each copy beside the page that it is a copy of.
fn every_place_is_kept(place: &Place, pages: &[Page], found: &[Value]) {
    assert_eq!(found.len(), pages.len(), "every address is a finding");
    for finding in found {
        for copy in finding["copies"].as_array().expect("a list") {
            let there = found.iter().find(|f| f["id"] == *copy).expect("a copy is a finding");
            assert_eq!(there["copy_of"], finding["id"]);
        }
    }
    let file = |name: &str| fs::read_to_string(place.path(&format!("out/report.{name}"))).expect("a report");
    for name in ["html", "md", "csv"] {
        let text = file(name).replace("&amp;", "&");
        for page in pages {
            assert!(text.contains(&page.address), "{name}: {}", page.address);
        }
    }
    assert!(file("md").contains("The same page, also at") && file("html").contains("The same page, also at"));
    assert!(file("txt").contains("more addresses show the same page."));
    assert!(!file("json").contains("\"print\""), "no sum of a text leaves the store");
}

#[test]
fn short_pages_with_equal_words_stay_apart() {
    let card = "<p>Amina Castle, 14 Mill Lane, Mereside, Northgate ZZ99 4QT. Treasurer of the village hall.</p>";
    let saved = |url: &str| format!("<!-- saved from url=({:04}){url} -->\n<html><body>{card}</body></html>", url.len());
    let (a, b) = ("https://hall.example/people", "https://clubs.example/hall");
    let (_place, found) = findings(&[(a, &saved(a)), (b, &saved(b))]);
    let told = told_as(&found);
    assert_eq!(told.len(), 2);
    assert_ne!(told[a], told[b]);
}
