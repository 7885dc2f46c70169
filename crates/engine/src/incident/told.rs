//! Addresses of pages and paths of files, as people type them.

use std::path::{Path, PathBuf};

use url::Url;

/// What there is to say about an address. It is kept as typed whatever this is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PageNote {
    /// A web address.
    Good,
    /// A web address without its beginning (`https://`).
    NoBeginning,
    /// No web address at all.
    NotWeb,
}

/// Looks at an address.
pub fn page_note(typed: &str) -> PageNote {
    let typed = typed.trim();
    let is_web = |text: &str| {
        !text.contains(char::is_whitespace)
            && Url::parse(text).is_ok_and(|url| {
                matches!(url.scheme(), "http" | "https")
                    && url.host_str().is_some_and(|host| host.contains('.') || host.contains(':'))
            })
    };
    if is_web(typed) {
        PageNote::Good
    } else if !typed.contains("://") && typed.contains('.') && !typed.contains('@') && is_web(&format!("https://{typed}")) {
        PageNote::NoBeginning
    } else {
        PageNote::NotWeb
    }
}

/// The path that somebody typed or dragged into the window: in quotes, with `~`, as `file://`, with a `\` before each odd character.
pub fn path_typed(typed: &str, home: Option<&Path>) -> PathBuf {
    let mut text = typed.trim();
    // PowerShell writes a dragged path as a command.
    text = text.strip_prefix("& ").unwrap_or(text).trim();
    let quoted = ['"', '\''].into_iter().find_map(|q| text.strip_prefix(q).and_then(|t| t.strip_suffix(q)));
    if let Some(inside) = quoted {
        text = inside;
    }
    if let Some(path) = Url::parse(text).ok().filter(|url| url.scheme() == "file").and_then(|url| url.to_file_path().ok()) {
        return path;
    }
    let plain = match (home, text.strip_prefix('~')) {
        (Some(home), Some("")) => home.to_owned(),
        (Some(home), Some(rest)) if rest.starts_with(['/', '\\']) => home.join(rest.trim_start_matches(['/', '\\'])),
        _ => PathBuf::from(text),
    };
    if quoted.is_none() && cfg!(unix) && text.contains('\\') && !plain.exists() {
        return PathBuf::from(unescaped(&plain.to_string_lossy()));
    }
    plain
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        out.push(if c == '\\' { chars.next().unwrap_or('\\') } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart() {
        for (typed, expect) in [
            ("https://site.example/post/1", PageNote::Good),
            ("http://site.example", PageNote::Good),
            ("HTTPS://SITE.EXAMPLE/a?b=c#d", PageNote::Good),
            ("site.example/post/1", PageNote::NoBeginning),
            ("www.site.example", PageNote::NoBeginning),
            ("site.example:8080/x", PageNote::NoBeginning),
            ("@shouter", PageNote::NotWeb),
            ("shouter@site.example", PageNote::NotWeb),
            ("on her page", PageNote::NotWeb),
            ("at home. Then again", PageNote::NotWeb),
            ("javascript:alert(1)", PageNote::NotWeb),
            ("ftp://site.example/x", PageNote::NotWeb),
            ("https://", PageNote::NotWeb),
            ("https://two words.example/", PageNote::NotWeb),
        ] {
            assert_eq!(page_note(typed), expect, "{typed}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn paths_are_read_as_dragged() {
        let home = Path::new("/home/a");
        for (typed, expect) in [
            ("/tmp/a b.png", "/tmp/a b.png"),
            ("  '/tmp/a b.png'  ", "/tmp/a b.png"),
            ("\"/tmp/a b.png\" ", "/tmp/a b.png"),
            ("/tmp/a\\ b\\(1\\).png", "/tmp/a b(1).png"),
            ("~/a.png", "/home/a/a.png"),
            ("~\\ x", "/home/a/ x"),
            ("~", "/home/a"),
            ("~other/a.png", "~other/a.png"),
            ("file:///tmp/a%20b.png", "/tmp/a b.png"),
            ("& '/tmp/a.png'", "/tmp/a.png"),
            ("-rf", "-rf"),
            ("'", "'"),
        ] {
            assert_eq!(path_typed(typed, Some(home)), Path::new(expect), "{typed}");
        }
    }
}
