//! The only file that writes to the terminal.
use std::io::{IsTerminal as _, Write as _};

use crate::failure::Failure;
use crate::words::{io, t};

/// Data. A reader that went away is no fault; a disk that is full is one.
pub(crate) fn out(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    let end: &[u8] = if text.ends_with('\n') { b"" } else { b"\n" };
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.write_all(end)).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::failed(t("output.not_shown", &[("why", &io(&error))])))
        }
        _ => Ok(()),
    }
}

/// Talk, at most 80 columns wide; what is indented or has lines of its own keeps them.
pub(crate) fn say(text: &str) {
    let lines: String = text.lines().map(|line| format!("{}\n", wrapped(line, 80))).collect();
    talk(&lines);
}

/// Talk as it stands. Where nobody can hear it any more (a pipe whose reader left, a full disk) the work goes on: what a person told must not
/// be lost because of that.
fn talk(text: &str) {
    let mut stderr = std::io::stderr().lock();
    stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush()).unwrap_or_default();
}

/// A line of data that is for people, at most 80 columns wide.
pub(crate) fn fitted(line: &str) -> String {
    wrapped(line, 80)
}

/// A line broken at spaces. A word that is longer stays whole: it may be a path to be copied.
fn wrapped(line: &str, width: usize) -> String {
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    let mut out = indent.clone();
    let mut column = indent.chars().count();
    let mut first = true;
    for word in line.split_whitespace() {
        let long = word.chars().count();
        if !first && column + 1 + long > width {
            out.push('\n');
            out.push_str(&indent);
            column = indent.chars().count();
        } else if !first {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += long;
        first = false;
    }
    out
}

/// Whether a person sits there.
pub(crate) fn is_interactive() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Whether progress may be drawn.
pub(crate) fn draws() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|t| t != "dumb")
}

/// One line that is drawn over and over.
pub(crate) fn draw(text: &str) {
    let line: String = text.chars().take(78).collect();
    talk(&format!("\r{line:<78}"));
}

/// Takes the drawn line away.
pub(crate) fn undraw() {
    talk(&format!("\r{:<78}\r", ""));
}

/// A question, wrapped; the answer is typed on a line of its own behind `> `.
pub(crate) fn prompt(question: &str) {
    let mut text: String = question.lines().map(|line| wrapped(line, 80) + "\n").collect();
    if is_interactive() {
        text.push_str("> ");
    }
    talk(&text);
}

/// Asks a question that is answered with yes or no; anything but yes is no.
pub(crate) fn asks(question: &str) -> bool {
    prompt(&format!("{question} {}", t("dialogue.yes_no", &[])));
    let answer = crate::input::line().unwrap_or_default().trim().to_lowercase();
    t("dialogue.yes_words", &[]).split_whitespace().any(|yes| yes == answer)
}

/// Help, version and usage errors as clap words them.
pub(crate) fn clap(error: &clap::Error) {
    error.print().unwrap_or_default();
}

/// Logs hold ids and hosts only; off unless `UNLISTED_LOG` asks for them.
pub(crate) fn start_log() {
    let Ok(filter) = tracing_subscriber::EnvFilter::try_from_env("UNLISTED_LOG") else { return };
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false);
    // A second start in one process (tests) keeps the first.
    subscriber.try_init().unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn talk_fits_its_width() {
        assert_eq!(wrapped("one two three", 8), "one two\nthree");
        assert_eq!(wrapped("  one two three", 8), "  one\n  two\n  three");
        assert_eq!(wrapped("a-path-that-is-long x", 8), "a-path-that-is-long\nx");
        assert_eq!(wrapped("", 8), "");
    }
}
