//! The tokens beside those of lol_html, whose tokenizer is held against the standard's own tests.

use std::cell::RefCell;

use lol_html::{DocumentContentHandlers, ElementContentHandlers, HtmlRewriter, Settings};
use proptest::prelude::*;

use super::tokens::{Token, Tokens};

/// Start tags with attributes, comments and text, as lines.
fn ours(html: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text { raw, .. } => text(&mut out, raw),
            Token::Start { name, .. } => {
                let mut line = format!("<{}", name.to_ascii_lowercase());
                for attribute in tokens.attributes() {
                    line.push_str(&format!(" {}={}", attribute.name.to_ascii_lowercase(), attribute.value));
                }
                out.push(line);
            }
            Token::Comment { raw, .. } if !raw.is_empty() => out.push(format!("! {raw}")),
            _ => {}
        }
    }
    out
}

fn text(out: &mut Vec<String>, raw: &str) {
    match out.last_mut().filter(|last| last.starts_with('=')) {
        Some(last) => last.push_str(raw),
        None if !raw.is_empty() => out.push(format!("={raw}")),
        None => {}
    }
}

fn theirs(html: &str) -> Option<Vec<String>> {
    let out = RefCell::new(Vec::new());
    let elements = ElementContentHandlers::default().element(|element: &mut lol_html::html_content::Element<'_, '_>| {
        let mut line = format!("<{}", element.tag_name());
        for attribute in element.attributes() {
            line.push_str(&format!(" {}={}", attribute.name(), attribute.value()));
        }
        out.borrow_mut().push(line);
        Ok(())
    });
    let document = DocumentContentHandlers::default()
        .text(|chunk: &mut lol_html::html_content::TextChunk<'_>| {
            text(&mut out.borrow_mut(), chunk.as_str());
            Ok(())
        })
        .comments(|comment: &mut lol_html::html_content::Comment<'_>| {
            let text = comment.text();
            if !text.is_empty() {
                out.borrow_mut().push(format!("! {text}"));
            }
            Ok(())
        });
    let settings = Settings::new()
        .append_element_content_handler((std::borrow::Cow::Owned("*".parse().ok()?), elements))
        .append_document_content_handler(document)
        .with_strict(false);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    rewriter.write(html.as_bytes()).ok()?;
    rewriter.end().ok()?;
    Some(out.into_inner())
}

fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<",
        ">",
        "</",
        "/>",
        "<!--",
        "-->",
        "--!>",
        "-",
        "<!",
        "<?",
        "=",
        "\"",
        "'",
        " ",
        "\n",
        "a",
        "b",
        "x=y",
        "<p>",
        "</p>",
        "<a href='x'>",
        "<script>",
        "</script>",
        "<!--<script>",
        "<title>",
        "</title>",
        "<style>",
        "</style",
        "<textarea>",
        "</TEXTAREA >",
        "<img/>",
        "&amp;",
        "<b a=1 a=2 c>",
        "</b x>",
        "<div/class=d>",
        "<DIV ID=\"q\">",
        "\u{E9}",
        "<1>",
        "</>",
        "</ >",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn tokens_are_those_of_the_standard(html in soup()) {
        if let Some(theirs) = theirs(&html) {
            prop_assert_eq!(ours(&html), theirs, "{}", html);
        }
    }
}
