//! Where the sources meet the room that reads bytes.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use unlisted_model::text::{About, Role, Text};
use unlisted_model::Media;

use crate::exchange::Response;
use crate::extract::{Extracted, PageLink, Problem};

// TODO(integrator): replace the bodies of `extracted` and `dom` by `crate::extract::extract(&response.body,
// response.header("content-type"), Some(&response.url), &Bounds::default())` and `crate::extract::dom(html)`.

/// Text and links of an answer.
pub(super) fn extracted(response: &Response) -> Extracted {
    let mut text = Text::default();
    let mut links = vec![];
    let kind = response.content_type();
    if response.body.starts_with(b"%PDF") || response.body.starts_with(b"PK\x03\x04") {
        return Extracted { media: Media::Other, title: None, text, links, problem: Some(Problem::NotReadYet) };
    }
    let body = decoded(&response.body, response.header("content-type"));
    let html = kind.contains("html") || (kind.is_empty() && body.contains("<html"));
    let mut title = None;
    if html {
        let Some(dom) = dom(&body) else {
            return Extracted { media: Media::Html, title: None, text, links, problem: Some(Problem::Broken) };
        };
        if let (Ok(a), Ok(t)) = (scraper::Selector::parse("a[href]"), scraper::Selector::parse("title")) {
            title = dom.select(&t).next().map(|e| fold(&e.text().collect::<String>()));
            for link in dom.select(&a) {
                if let Some(Ok(mut url)) = link.value().attr("href").map(|h| response.url.join(h)) {
                    url.set_fragment(None);
                    links.push(PageLink { url, words: fold(&link.text().collect::<String>()) });
                }
            }
        }
        for node in dom.root_element().descendants() {
            let hidden = node.ancestors().filter_map(scraper::ElementRef::wrap).any(|e| matches!(e.value().name(), "script" | "style"));
            if let Some(words) = node.value().as_text().map(|t| fold(t)).filter(|t| !t.is_empty() && !hidden) {
                text.push(Role::Body, None, 0, About::Unknown, &words, 0);
            }
        }
    } else {
        for line in body.lines().map(fold).filter(|l| !l.is_empty()) {
            text.push(Role::Body, None, 0, About::Unknown, &line, 0);
        }
    }
    Extracted { media: if html { Media::Html } else { Media::Plain }, title, text, links, problem: None }
}

/// A tree of a page that is small and shallow enough for one.
pub(super) fn dom(html: &str) -> Option<scraper::Html> {
    // html5ever takes quadratic time on deeply nested pages.
    (html.len() <= 4 << 20 && html.matches("<div").count() <= 20_000).then(|| scraper::Html::parse_document(html))
}

/// A body as text: by its mark of order, what the header or its own head says, or what fits.
pub(super) fn decoded(body: &[u8], content_type: Option<&str>) -> String {
    if let Some((encoding, skip)) = Encoding::for_bom(body) {
        return encoding.decode_without_bom_handling(body.get(skip..).unwrap_or_default()).0.into_owned();
    }
    let head = String::from_utf8_lossy(body.get(..body.len().min(1_024)).unwrap_or_default()).to_lowercase();
    let told = [content_type.unwrap_or_default().to_lowercase(), head]
        .iter()
        .filter_map(|text| ["charset=", "encoding="].iter().find_map(|key| text.split_once(key)).map(|(_, rest)| rest.to_owned()))
        .find_map(|rest| {
            let label: String =
                rest.trim_start_matches(['"', '\'']).chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
            Encoding::for_label(label.as_bytes())
        });
    match (std::str::from_utf8(body), told) {
        (Ok(text), None) => text.to_owned(),
        (Ok(text), Some(encoding)) if encoding == UTF_8 || encoding == WINDOWS_1252 => text.to_owned(),
        (_, Some(encoding)) if encoding != UTF_8 => encoding.decode_without_bom_handling(body).0.into_owned(),
        (_, Some(_)) => String::from_utf8_lossy(body).into_owned(),
        (Err(_), None) => WINDOWS_1252.decode_without_bom_handling(body).0.into_owned(),
    }
}

/// White space of every sort folded to single spaces.
pub(super) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_decoded_by_what_they_say_and_are() {
        assert_eq!(decoded(b"caf\xe9", None), "caf\u{e9}");
        assert_eq!(decoded("café".as_bytes(), None), "café");
        assert_eq!(decoded(b"\xef\xbb\xbfcaf\xc3\xa9", Some("text/html; charset=iso-8859-1")), "café");
        assert_eq!(decoded(b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>caf\xe9</a>", None).split_once("<a>").map(|x| x.1), Some("café</a>"));
        assert_eq!(fold(" a\u{a0}\n b "), "a b");
    }
}
