//! Tables for spreadsheets: UTF-8 with its mark, CRLF, every cell in quotes, and nothing that a spreadsheet would
//! calculate. Every CSV file of ours is written here.

/// A table that grows by rows.
pub(crate) struct Csv(String);

impl Csv {
    /// Starts with the names of the columns.
    pub(crate) fn new<S: AsRef<str>>(head: &[S]) -> Self {
        let mut table = Self(String::from('\u{feff}'));
        table.row(head);
        table
    }

    /// Adds a row.
    pub(crate) fn row<S: AsRef<str>>(&mut self, cells: &[S]) {
        for (n, cell) in cells.iter().enumerate() {
            let cell = cell.as_ref();
            self.0.push_str(if n == 0 { "\"" } else { ",\"" });
            if is_risky(cell) {
                self.0.push('\'');
            }
            // A spreadsheet may end a text at NUL; what follows would be lost.
            self.0.push_str(&cell.replace('"', "\"\"").replace('\0', "\u{fffd}"));
            self.0.push('"');
        }
        self.0.push_str("\r\n");
    }

    /// The file.
    pub(crate) fn done(self) -> String {
        self.0
    }
}

/// Whether a spreadsheet might take a cell for a formula (`knowledge/ux-safety.md` §5; OWASP ASVS 5.0, 1.2.10). Such a cell gets
/// an apostrophe before it. What a spreadsheet drops or does not show at the start does not hide the sign after it.
fn is_risky(cell: &str) -> bool {
    let first = cell.chars().find(|c| !is_passed_over(*c));
    first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠'))
}

/// Spaces, quotes (dropped by an importer that does not know them) and characters without width.
fn is_passed_over(c: char) -> bool {
    let breaks = matches!(c, '\t' | '\r' | '\n' | '\0');
    !breaks
        && (c.is_whitespace()
            || c.is_control()
            || matches!(c, '"' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, expect: &str) {
        let mut table = Csv::new(&["a"]);
        table.row(&[cell]);
        assert_eq!(table.done(), format!("\u{feff}\"a\"\r\n\"{expect}\"\r\n"));
    }

    #[test]
    fn what_a_spreadsheet_would_calculate_is_guarded() {
        for sign in ["=", "+", "-", "@", "＝", "＋", "－", "＠"] {
            check(&format!("{sign}1+1"), &format!("'{sign}1+1"));
            for before in [" ", "\u{a0}", "\u{3000}", "\u{feff}", "\u{200b}", "\u{202e}", " \u{200b} ", "\u{1}"] {
                check(&format!("{before}{sign}1"), &format!("'{before}{sign}1"));
            }
        }
        check("\t=1", "'\t=1");
        check("\r\n=1", "'\r\n=1");
        check("\0=1", "'\u{fffd}=1");
        check("\"=1", "'\"\"=1");
        check("+44 7700 900123", "'+44 7700 900123");
    }

    #[test]
    fn ordinary_cells_stay_as_they_are() {
        check("", "");
        check("a=b", "a=b");
        check("  a-b ", "  a-b ");
        check("say \"x\", y", "say \"\"x\"\", y");
        check("two\nlines", "two\nlines");
        check("https://a.example/?q=-1", "https://a.example/?q=-1");
        check("'=1", "'=1");
    }
}
