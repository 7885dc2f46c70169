//! What a body is, by its bytes first and by what was said of it second.

use url::Url;

use super::document::Kind;

/// A sort of content.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sort {
    Empty,
    Html,
    Plain,
    /// Rows with this separator.
    Comma(u8),
    Json,
    Xml,
    VCard,
    Calendar,
    Mhtml,
    Warc,
    /// What is read in a process of its own.
    Document(Kind),
    /// Nothing that is read: archives, films, programs.
    Other,
}

/// How far into a body its sort is looked for.
const LOOKED_AT: usize = 2_048;

/// The sort of a body that was said to be `content_type` and stands at `address`.
pub(crate) fn sniff(bytes: &[u8], content_type: &str, address: Option<&Url>) -> Sort {
    let said = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if bytes.is_empty() {
        return Sort::Empty;
    }
    if let Some(kind) = document(bytes) {
        return Sort::Document(kind);
    }
    if is_binary_mark(bytes) {
        return Sort::Other;
    }
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if start.starts_with(b"WARC/1.") || start.starts_with(b"WARC/0.") {
        return Sort::Warc;
    }
    let is_wide = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    // What begins as a page is one, whatever it is filled up with behind: browsers show it, so people can read it.
    let opens = start.get(..16).unwrap_or(start).to_ascii_lowercase();
    if opens.starts_with(b"<!doctype html") || opens.starts_with(b"<html") {
        return Sort::Html;
    }
    // Readers of PDF look for its mark in the first kilobyte.
    if start.get(..1_024).unwrap_or(start).windows(5).any(|w| w == b"%PDF-") && (said.ends_with("pdf") || holds_binary(head)) {
        return Sort::Document(Kind::Pdf);
    }
    // Even without its mark: objects of a PDF are no text for a reader, and must not pass for a page without details.
    if said.ends_with("pdf") && [&b" obj"[..], b"endobj"].iter().all(|w| head.windows(w.len()).any(|h| h == *w)) {
        return Sort::Document(Kind::Pdf);
    }
    if !is_wide && holds_binary(head) {
        return Sort::Other;
    }
    let lower: Vec<u8> = if is_wide {
        head.iter().skip(2).filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect()
    } else {
        start.to_ascii_lowercase()
    };
    let begins = |with: &str| lower.starts_with(with.as_bytes());
    let holds = |what: &str| lower.windows(what.len()).any(|w| w == what.as_bytes());
    if begins("begin:vcard") {
        return Sort::VCard;
    }
    if begins("begin:vcalendar") {
        return Sort::Calendar;
    }
    if is_message(&lower, &said) {
        // A page saved by a browser names the page; a letter names who wrote it to whom.
        let is_page = holds("snapshot-content-location:") || holds("content-location:") || holds("multipart/related");
        let is_letter = holds("received:") || holds("\nto:") || holds("return-path:") || holds("delivered-to:") || begins("to:");
        return if is_letter && !is_page { Sort::Document(Kind::Mail) } else { Sort::Mhtml };
    }
    if begins("<") {
        let is_html = ["<!doctype html", "<html", "<head", "<body", "<!-- saved from url"].iter().any(|w| holds(w));
        if begins("<?xml") || begins("<rss") || begins("<feed") || begins("<urlset") || begins("<sitemapindex") {
            return if is_html { Sort::Html } else { Sort::Xml };
        }
        if is_html {
            return Sort::Html;
        }
    }
    let path = address.map(|a| a.path().to_ascii_lowercase()).unwrap_or_default();
    let ends = |with: &str| path.ends_with(with);
    match said.as_str() {
        "text/html" | "application/xhtml+xml" => Sort::Html,
        "application/json" | "text/json" => Sort::Json,
        s if s.ends_with("+json") => Sort::Json,
        "text/vcard" | "text/x-vcard" | "text/directory" => Sort::VCard,
        "application/xml" | "text/xml" => Sort::Xml,
        s if s.ends_with("+xml") && begins("<") => Sort::Xml,
        "text/csv" | "application/csv" => Sort::Comma(b','),
        "text/tab-separated-values" => Sort::Comma(b'\t'),
        _ if begins("{") || begins("[{") || begins("[\"") => Sort::Json,
        _ if ends(".csv") => Sort::Comma(b','),
        _ if ends(".tsv") => Sort::Comma(b'\t'),
        _ if begins("<") && (holds("</") || holds("<br") || holds("<p")) => Sort::Html,
        // A piece of a page: some tags after some words.
        _ if ["<br", "</p>", "</div>", "</a>", "</td>", "</li>"].iter().any(|w| holds(w)) => Sort::Html,
        _ => Sort::Plain,
    }
}

/// A message: header lines, the first of them one that messages have.
fn is_message(lower: &[u8], said: &str) -> bool {
    if said == "multipart/related" || said == "message/rfc822" || said == "application/x-mimearchive" {
        return true;
    }
    let first = lower.split(|b| *b == b':').next().unwrap_or_default();
    let is_header = [
        b"from".as_slice(),
        b"mime-version",
        b"content-type",
        b"snapshot-content-location",
        b"return-path",
        b"received",
        b"message-id",
        b"subject",
        b"date",
    ]
    .contains(&first);
    is_header && lower.windows(13).any(|w| w == b"mime-version:") && lower.windows(13).any(|w| w == b"content-type:")
}

/// Marks in front of documents that are read in a process of their own.
fn document(bytes: &[u8]) -> Option<Kind> {
    let begins = |mark: &[u8]| bytes.starts_with(mark);
    if begins(b"%PDF-") {
        return Some(Kind::Pdf);
    }
    if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
        return Some(Kind::Zip);
    }
    if begins(b"\xD0\xCF\x11\xE0") {
        return Some(Kind::Ole);
    }
    let is_riff = begins(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let brand = bytes.get(8..12).filter(|_| bytes.get(4..8) == Some(b"ftyp"));
    let is_heif = brand.is_some_and(|b| {
        [b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif"].contains(&&[b[0], b[1], b[2], b[3]])
    });
    let is_picture = begins(b"\xFF\xD8\xFF") || begins(b"\x89PNG\r\n\x1a\n") || begins(b"II*\0") || begins(b"MM\0*");
    (is_picture || is_riff || is_heif).then_some(Kind::Picture)
}

/// Marks in front of formats that are not text.
fn is_binary_mark(bytes: &[u8]) -> bool {
    const MARKS: [&[u8]; 17] = [
        b"\x1F\x8B",
        b"\x89PNG",
        b"GIF8",
        b"\xFF\xD8\xFF",
        b"RIFF",
        b"II*\0",
        b"MM\0*",
        b"BZh",
        b"\xFD7zXZ",
        b"7z\xBC\xAF",
        b"\x28\xB5\x2F\xFD",
        b"\x7FELF",
        b"OggS",
        b"ID3",
        b"wOFF",
        b"SQLite format 3",
        b"{\\rtf",
    ];
    MARKS.iter().any(|mark| bytes.starts_with(mark)) || bytes.get(4..8) == Some(b"ftyp")
}

/// Whether there are bytes in it that no text has.
fn holds_binary(head: &[u8]) -> bool {
    let nought = head.iter().filter(|b| **b == 0).count();
    // UTF-16 without a mark has a nought beside each letter.
    let is_wide = nought * 3 > head.len() && nought * 3 < head.len() * 2;
    let odd = head.iter().filter(|b| matches!(b, 0x01..=0x08 | 0x0E..=0x1A | 0x1C..=0x1F)).count();
    (nought > 0 && !is_wide && nought * 50 > head.len()) || odd * 20 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_count_before_words() {
        let check = |bytes: &[u8], said: &str, sort: Sort| {
            assert_eq!(sniff(bytes, said, None), sort, "{}", String::from_utf8_lossy(bytes));
        };
        check(b"%PDF-1.7", "text/html", Sort::Document(Kind::Pdf));
        check(b"\0junk%PDF-1.7\n\x01\x02", "application/pdf", Sort::Document(Kind::Pdf));
        check(b"%P-1.7\n1 0 obj\n<<>>\nendobj", "application/pdf", Sort::Document(Kind::Pdf));
        check(b"an obj of mine", "application/pdf", Sort::Plain);
        check(b"PK\x03\x04", "text/plain", Sort::Document(Kind::Zip));
        check(b"\xFF\xD8\xFF\xE1", "application/pdf", Sort::Document(Kind::Picture));
        check(b"\0\0\0\x18ftypheic", "", Sort::Document(Kind::Picture));
        check(b"\0\0\0\x18ftypisom", "", Sort::Other);
        check(b"BEGIN:VCALENDAR\r\n", "text/plain", Sort::Calendar);
        check(
            b"From: a@a.example\r\nTo: b@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/plain",
            "",
            Sort::Document(Kind::Mail),
        );
        check(b"\x1f\x8b\x08", "text/html", Sort::Other);
        check(b" \n<!DOCTYPE html><p>", "text/plain", Sort::Html);
        check(b"<?xml version='1.0'?><rss/>", "text/html", Sort::Xml);
        check(b"<?xml version='1.0'?><!DOCTYPE html><html>", "application/xml", Sort::Html);
        check(b"BEGIN:VCARD\r\n", "text/plain", Sort::VCard);
        check(b"{\"a\": 1}", "", Sort::Json);
        check(b"a,b\n1,2", "text/csv; charset=utf-8", Sort::Comma(b','));
        check(b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;", "", Sort::Mhtml);
        check(b"From: me\nhello", "", Sort::Plain);
        check(b"just words", "", Sort::Plain);
        check(b"just <b>words</b>, 3 < 4", "", Sort::Plain);
        check(b"WARC/1.0\r\n", "", Sort::Warc);
        check(b"\0\x01\x02\x03\x04", "text/plain", Sort::Other);
        check(b"H\0e\0l\0l\0o\0", "text/plain", Sort::Plain);
        check(b"", "text/html", Sort::Empty);
    }
}
