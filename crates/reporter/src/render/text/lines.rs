//! Lines of at most 80 columns, every text on them made safe.

use crate::outside::tidy;

/// How wide a line is at most.
const WIDTH: usize = 80;

/// A text that grows by paragraphs.
#[derive(Default)]
pub(crate) struct Lines(String);

impl Lines {
    /// An empty line, but never two in a row and none at the start.
    pub(crate) fn gap(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }

    /// A heading: underlined, a gap before it.
    pub(crate) fn heading(&mut self, text: &str) {
        self.gap();
        self.put("", "", text);
        let width = tidy(text).chars().count().min(WIDTH);
        self.0.push_str(&"-".repeat(width));
        self.0.push('\n');
    }

    /// A paragraph.
    pub(crate) fn say(&mut self, text: &str) {
        self.put("", "", text);
    }

    /// A paragraph that starts with `first`; further lines start with `rest`. Words that do not fit on a line of their
    /// own are broken, so that no text can run over the edge.
    pub(crate) fn put(&mut self, first: &str, rest: &str, text: &str) {
        let mut line = first.to_owned();
        let mut used = first.chars().count();
        let mut empty = true;
        for word in tidy(text).split_whitespace() {
            let letters: Vec<char> = word.chars().collect();
            let mut left = letters.as_slice();
            while !left.is_empty() {
                let room = WIDTH.saturating_sub(used + usize::from(!empty));
                if left.len() > room && !empty {
                    self.end(&mut line, &mut used, rest);
                    empty = true;
                    continue;
                }
                if !empty {
                    line.push(' ');
                }
                let (now, later) = left.split_at(left.len().min(room.max(1)));
                line.extend(now);
                used += now.len() + usize::from(!empty);
                empty = false;
                left = later;
            }
        }
        if !empty {
            self.end(&mut line, &mut used, rest);
        }
    }

    /// An address to be copied: whole on one line, however long.
    pub(crate) fn whole(&mut self, first: &str, address: &str) {
        self.0.push_str(first);
        self.0.extend(tidy(address).chars().filter(|c| !c.is_whitespace()));
        self.0.push('\n');
    }

    /// A command to be copied: on one line, however long.
    pub(crate) fn command(&mut self, first: &str, command: &str) {
        self.0.push_str(first);
        self.0.push_str(tidy(command).trim());
        self.0.push('\n');
    }

    fn end(&mut self, line: &mut String, used: &mut usize, rest: &str) {
        self.0.push_str(line.trim_end());
        self.0.push('\n');
        line.clear();
        line.push_str(rest);
        *used = rest.chars().count();
    }

    pub(crate) fn done(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_their_width() {
        let mut lines = Lines::default();
        lines.put("  1. ", "     ", &format!("some words {} and more", "x".repeat(200)));
        let text = lines.done();
        assert!(text.lines().all(|l| l.chars().count() <= WIDTH), "{text}");
        assert_eq!(text.matches('x').count(), 200);
        assert!(text.starts_with("  1. some words\n     xxx"), "{text}");
    }

    #[test]
    fn outside_text_cannot_move_the_cursor() {
        let mut lines = Lines::default();
        lines.say("a\u{1b}[2Jb\r\nc\u{202e}d\u{9b}31m");
        assert_eq!(lines.done(), "a[2Jb cd31m\n");
    }
}
