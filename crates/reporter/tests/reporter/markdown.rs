//! The Markdown form: a golden copy, the order of the HTML form, and outside text that never becomes markup.
//!
//! Two laws stand here; `tests/acceptance/formats.rs` gives the same hostile texts to parsers that are not ours.

use proptest::prelude::*;
use unlisted_model::report::Report;
use unlisted_reporter::{Knowledge, render};

use crate::hostile_text::{VECTORS, filled};
use crate::{config, sample};

pub(crate) fn markdown(report: &Report) -> String {
    let (words, routes, titles) = (config::words(), config::routes(), sample::titles());
    render::markdown::report(report, &Knowledge { words: &words, routes: &routes, titles: &titles })
}

#[test]
fn the_golden_report() {
    insta::assert_snapshot!("report.md", markdown(&sample::report_of(&sample::findings(), &config::routes())));
}

/// The text between two marks, after every backslash that keeps a sign from meaning something was taken away.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    out
}

#[test]
fn it_says_what_the_html_form_says_in_the_same_order() {
    let report = sample::report_of(&sample::findings(), &config::routes());
    let said = plain(&markdown(&report));
    let page = scraper::Html::parse_document(&crate::documents::html(&report));
    let mut at = 0;
    for heading in crate::documents::all(&page, "h1, h2, h3") {
        // A shape stands before the words of a severity; Markdown has none.
        let heading = heading.trim_start_matches(['●', '◐', '○', '·', ' ']);
        let found = said.get(at..).and_then(|rest| rest.find(&format!("# {heading}")));
        assert!(found.is_some(), "{heading} is missing or in another place");
        at += found.unwrap_or_default();
    }
    for step in crate::documents::all(&page, "article .steps ol li") {
        assert!(said.contains(&step), "{step}");
    }
}

#[test]
fn nobody_several_and_nothing_found() {
    let mut report = sample::report_of(&[], &[]);
    assert!(markdown(&report).starts_with("# We found nothing in the "));
    let twin = report.subjects[0].clone();
    report.subjects.push(twin);
    let two = markdown(&report);
    assert!(two.starts_with("# 2 people were checked.") && two.matches("## amina-castle\n").count() == 2);
    report.subjects.clear();
    assert!(markdown(&report).starts_with("# Nobody was checked."));
}

/// What a sign must have before it, wherever outside text stands: a backslash, or nothing of Markdown's may follow.
fn check(text: &str) -> Result<(), TestCaseError> {
    let mut escaped = false;
    let chars: Vec<char> = text.chars().collect();
    for (n, &c) in chars.iter().enumerate() {
        let rest: String = chars.iter().skip(n).take(9).collect();
        if c == '<' && !escaped {
            prop_assert!(rest.starts_with("<http://") || rest.starts_with("<https://"), "{rest} in {text}");
        }
        prop_assert!(escaped || !matches!(c, '`' | '[' | '&' | '~' | '_' | '$'), "{rest} in {text}");
        prop_assert!(c == '\n' || !c.is_control(), "{c:?} in {text}");
        escaped = c == '\\' && !escaped;
    }
    Ok(())
}

/// Every line of a report, live addresses taken out of it.
fn lines(report: &Report) -> Vec<String> {
    let live = |line: &str| {
        let mut out = String::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("<http") {
            let Some((_, tail)) = after.split_once('>').filter(|_| !before.ends_with('\\')) else { break };
            out.push_str(before);
            rest = tail;
        }
        out + rest
    };
    markdown(report).lines().map(live).collect()
}

/// What opens a block at the start of a line.
fn shape(line: &str) -> String {
    line.chars().take_while(|c| " #>-|0123456789.*".contains(*c)).filter(|c| !c.is_ascii_digit()).collect()
}

#[test]
fn hostile_text_changes_no_block() {
    let plain: Vec<String> = lines(&filled("plain words", "no address")).iter().map(|l| shape(l)).collect();
    for vector in VECTORS {
        let found = lines(&filled(vector, "no address"));
        for line in &found {
            check(line).unwrap_or_else(|e| panic!("{e}"));
        }
        assert_eq!(found.iter().map(|l| shape(l)).collect::<Vec<_>>(), plain, "{vector}");
    }
}

#[test]
fn only_web_addresses_are_live() {
    for vector in VECTORS {
        let live = markdown(&filled("plain words", vector)).matches("<http").count();
        let expect = usize::from(vector.starts_with("https://a.example/"));
        // For each of two people: the force's page, and the places of the finding, of what could not be checked, of the search.
        assert_eq!(live, 2 * (1 + 3 * expect), "{vector}");
    }
}

#[test]
fn a_page_is_named_for_what_you_gave_us_only() {
    let said = markdown(&sample::report_of(&sample::findings(), &config::routes()));
    assert!(said.contains("- quiz.example\n") && !said.contains("quiz.example/"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_becomes_markup(text in "[-<>&;#`*_~=+.:/()\\[\\]!|\\\\$a-z0-9 \\n\\t\"']{0,40}", url in "[ -~]{0,30}") {
        let report = filled(&text, &url);
        for line in lines(&report) {
            check(&line)?;
        }
    }

    #[test]
    fn no_text_opens_a_block(text in "[-+*=#>0-9.)|:~` ]{1,12}[a-z]{0,4}") {
        prop_assume!(!text.trim().is_empty());
        let plain: Vec<String> = lines(&filled("plain words", "no address")).iter().map(|l| shape(l)).collect();
        let found: Vec<String> = lines(&filled(&text, "no address")).iter().map(|l| shape(l)).collect();
        // Figures and points of the text itself may stand after our own mark; a mark of its own may not.
        prop_assert_eq!(found.len(), plain.len());
        for (line, expect) in found.iter().zip(&plain) {
            prop_assert!(line.starts_with(expect.trim_end()) || line.trim_end() == expect.trim_end(), "{:?} for {:?}", line, expect);
        }
    }
}

/// More of what a page may say, chosen for Markdown.
const FOR_MARKDOWN: [&str; 22] = [
    "![x](https://evil.example/track.png)",
    "[click](javascript:alert(1))",
    "[ref]: https://evil.example 'x'",
    "<https://evil.example/>",
    "<javascript:alert(1)>",
    "`code` ``more`` ```\nfence\n```",
    "~~~\nfence",
    "    indented code",
    "\tindented code",
    "| a | b |\n| --- | --- |",
    "a | <b>c</b> | d",
    "# heading\n===\n---",
    "> quote\n> > more",
    "1. one\n2) two",
    "- item\n+ item\n* item",
    "<div>\n<style>*{}</style>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#x3c;b&#x3e;",
    "*a* **b** _c_ __d__ ~~e~~",
    "\\<b\\> \\\\<i>",
    "see www.evil.example or http://evil.example/x or ftp://evil.example",
    "[[wiki]] [^1] [x][y] ![[embed]]",
    "<!-- comment --> <?php ?> <![CDATA[x]]>",
];

/// Parsers that are not ours find nothing live, where Python and they are installed.
#[test]
fn other_parsers_find_nothing_live() {
    let folder = std::env::temp_dir().join(format!("unlisted-markdown-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    for (n, vector) in VECTORS.into_iter().chain(FOR_MARKDOWN).enumerate() {
        let joined = format!("{vector} {vector}");
        for (m, text) in [vector, joined.as_str()].into_iter().enumerate() {
            std::fs::write(folder.join(format!("{n}-{m}.md")), markdown(&filled(text, vector))).expect("a file");
        }
    }
    let tool = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/tools/read_markdown.py");
    let python = std::env::var_os("UNLISTED_PYTHON").unwrap_or_else(|| "python3".into());
    let ran = std::process::Command::new(python).arg(tool).arg(&folder).output();
    std::fs::remove_dir_all(&folder).expect("it was made");
    let Ok(ran) = ran else { return };
    assert!(matches!(ran.status.code(), Some(0 | 77)), "{}", String::from_utf8_lossy(&ran.stderr));
}
