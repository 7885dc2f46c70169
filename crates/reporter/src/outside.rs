//! Outside text made safe to show: a page's words may hold terminal escapes, bidi overrides and invisible characters.

use url::Url;

/// Drops control characters (C0, C1, ESC among them), bidi controls, zero-width, tag and other invisible characters
/// and turns every line break, tab or odd space into a plain space. What is left is what a reader would see.
pub fn tidy(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
            c if c.is_control() || invisible(c) => None,
            c => Some(c),
        })
        .collect()
}

fn invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// The host of an address, for places where the whole address must not stand. A file's name or anything that is no
/// web address has none.
pub(crate) fn host(address: &str) -> Option<String> {
    web(address).and_then(|url| url.host_str().map(tidy))
}

/// The address as a link target: http or https only, without credentials.
pub(crate) fn link(address: &str) -> Option<String> {
    web(address).map(Into::into)
}

fn web(address: &str) -> Option<Url> {
    let url = Url::parse(address.trim()).ok()?;
    let good = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.host_str().is_some_and(|h| !h.is_empty());
    good.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_dropped() {
        assert_eq!(tidy("a\u{1b}[31mb\u{202e}c\u{200b}d\ne\u{9b}f\0"), "a[31mbcd ef");
        assert_eq!(tidy("José — ok"), "José — ok");
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(link("https://a.example/x?y=1").as_deref(), Some("https://a.example/x?y=1"));
        for bad in [
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "//a.example",
            "x.html",
            "https://user:pw@a.example/",
            "java\nscript:alert(1)",
            "vbscript:x",
            "mailto:a@b.example",
        ] {
            assert_eq!(link(bad), None, "{bad}");
        }
    }
}
