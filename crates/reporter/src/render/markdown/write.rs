//! Markdown that says what it says in every reader: outside text is text, whatever stands in it (CommonMark 0.31, and the
//! tables, struck words and bare addresses of GitHub's form).

use crate::outside::{link, tidy};

/// A document that grows by blocks.
#[derive(Default)]
pub(super) struct Page(String);

impl Page {
    fn gap(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }

    /// A heading of a level from 1 to 6. `text` is Markdown already.
    pub(super) fn heading(&mut self, level: usize, text: &str) {
        self.gap();
        self.0.push_str(&"#".repeat(level.clamp(1, 6)));
        self.line(" ", text);
        self.gap();
    }

    /// A paragraph of Markdown.
    pub(super) fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.gap();
            self.line("", text);
            self.gap();
        }
    }

    /// A paragraph in quotes.
    pub(super) fn quote(&mut self, first: &str, text: &str) {
        self.gap();
        self.line(&format!("{first}> "), text);
        self.gap();
    }

    /// A list, its items numbered or not, indented by `indent`. An item is Markdown.
    pub(super) fn list(&mut self, indent: &str, numbered: bool, items: &[String]) {
        self.gap();
        for (n, item) in items.iter().enumerate() {
            let mark = if numbered { format!("{}. ", n + 1) } else { "- ".to_owned() };
            self.line(&format!("{indent}{mark}"), item);
        }
        self.gap();
    }

    /// One item of a list that goes on below with blocks indented by two.
    pub(super) fn item(&mut self, text: &str) {
        self.gap();
        self.line("- ", text);
        self.gap();
    }

    /// A paragraph inside such an item.
    pub(super) fn inside(&mut self, text: &str) {
        if !text.is_empty() {
            self.gap();
            self.line("  ", text);
            self.gap();
        }
    }

    /// A table; cells are Markdown.
    pub(super) fn table(&mut self, head: &[String], rows: &[Vec<String>]) {
        self.gap();
        self.line("| ", &format!("{} |", head.join(" | ")));
        self.line("", &format!("|{}", " --- |".repeat(head.len())));
        for row in rows {
            self.line("| ", &format!("{} |", row.join(" | ")));
        }
        self.gap();
    }

    /// A line between two parts.
    pub(super) fn rule(&mut self) {
        self.gap();
        self.line("", "---");
        self.gap();
    }

    pub(super) fn done(self) -> String {
        format!("{}\n", self.0.trim_end())
    }

    fn line(&mut self, before: &str, text: &str) {
        self.0.push_str(before);
        self.0.push_str(text);
        self.0.push('\n');
    }
}

/// Text as text: on one line, every sign of Markdown and HTML with a backslash, an address in it not live.
pub(super) fn text(text: &str) -> String {
    let words: Vec<String> = tidy(text).split_whitespace().map(str::to_owned).collect();
    let plain: Vec<char> = words.join(" ").chars().collect();
    let mut out = String::with_capacity(plain.len() + 8);
    // Figures at the start, with a dot or a bracket after them, would number a list.
    let figures = plain.iter().take_while(|c| c.is_ascii_digit()).count();
    for (n, &c) in plain.iter().enumerate() {
        let next = plain.get(n + 1).copied().unwrap_or(' ');
        let opens = n == 0 && matches!(c, '-' | '+' | '=' | ':');
        let numbers = n == figures && figures > 0 && matches!(c, '.' | ')');
        let live = (c == ':' && next == '/') || (c == '.' && ends_with_www(plain.get(..n).unwrap_or_default()));
        let sign = matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '$' | '^');
        if opens || numbers || live || sign {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn ends_with_www(before: &[char]) -> bool {
    let last: String = before.iter().skip(before.len().saturating_sub(3)).collect();
    last.eq_ignore_ascii_case("www")
}

/// The same in bold. Empty text stays empty: four stars would be a line.
pub(super) fn strong(words: &str) -> String {
    let words = text(words);
    if words.is_empty() { words } else { format!("**{words}**") }
}

/// The address of a page: live when it is one of the web, else text.
pub(super) fn address(url: &str) -> String {
    match link(url) {
        // An address that was read and written again holds no space and no angle bracket.
        Some(target) => {
            let target = target.replace('|', "%7C").replace('`', "%60").replace('\\', "%5C");
            if target.contains(['<', '>', ' ']) { text(url) } else { format!("<{target}>") }
        }
        None => text(url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(outside: &str, expect: &str) {
        assert_eq!(text(outside), expect);
    }

    #[test]
    fn signs_lose_their_meaning() {
        check("plain words, with a dot. And (brackets)", "plain words, with a dot. And (brackets)");
        check("<script>", "\\<script\\>");
        check("&lt;b&gt;", "\\&lt;b\\&gt;");
        check("![a](x) [b]: y", "!\\[a\\](x) \\[b\\]: y");
        check("`code` *a* _b_ ~~c~~ a|b", "\\`code\\` \\*a\\* \\_b\\_ \\~\\~c\\~\\~ a\\|b");
        check("# a", "\\# a");
        check("- a", "\\- a");
        check("1. a", "1\\. a");
        check("12) a 3) b", "12\\) a 3) b");
        check("===", "\\===");
        check("   four\n\nlines", "four lines");
        check("see http://a.example and www.b.example", "see http\\://a.example and www\\.b.example");
        check("a\\", "a\\\\");
    }

    #[test]
    fn only_web_addresses_are_live() {
        assert_eq!(address("https://a.example/x?y=1|2"), "<https://a.example/x?y=1%7C2>");
        assert_eq!(address("https://a.example/a b<c>`"), "<https://a.example/a%20b%3Cc%3E%60>");
        assert_eq!(address("javascript:alert(1)"), "javascript:alert(1)");
        assert_eq!(address("file:///etc/passwd"), "file\\:///etc/passwd");
        assert_eq!(address("https://u:p@a.example/"), "https\\://u:p@a.example/");
        assert_eq!(address("notes_2026.html"), "notes\\_2026.html");
    }
}
