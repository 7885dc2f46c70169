//! Where the sources meet the room that reads bytes.

use crate::exchange::Response;
use crate::extract::{self, Bounds, Extracted};

/// Text and links of an answer; of a document, what the process apart has read.
pub(super) fn extracted(response: &Response) -> Extracted {
    if let Some(read) = &response.document {
        return Extracted::clone(read);
    }
    let said = response.header("content-type").unwrap_or_default();
    extract::extract(&response.body, said, Some(&response.url), &Bounds::default())
}

/// A tree of a page that is small and shallow enough for one.
pub(super) fn dom(html: &str) -> Option<scraper::Html> {
    extract::dom(html)
}

/// A body as text: by its mark of order, what the header or its own head says, or what fits.
pub(super) fn decoded(body: &[u8], content_type: Option<&str>) -> String {
    extract::decode_text(body, content_type.unwrap_or_default()).0
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
        assert_eq!(
            decoded(b"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>caf\xe9</a>", None).split_once("<a>").map(|x| x.1),
            Some("café</a>")
        );
        assert_eq!(fold(" a\u{a0}\n b "), "a b");
    }
}
