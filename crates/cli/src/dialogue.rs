//! Questions one at a time, each of which may be passed over. At a terminal they are asked there; else the answers are the lines of
//! standard input, in the same order, so that everything guided can be done by a program as well.

use unlisted_model::Secret;

use crate::failure::Failure;
use crate::words::t;
use crate::{input, terminal};

/// The longest answer.
const LONGEST: usize = 64 << 10;

/// Asks one question: the words under `key`. None when it is passed over with an empty line.
///
/// # Errors
/// When the input has ended: what was kept so far is told by the caller's words.
pub(crate) fn ask(key: &str, gaps: &[(&str, &str)]) -> Result<Option<Secret>, Failure> {
    terminal::prompt(&t(key, gaps));
    answer()
}

/// The answer to a question that stands on the screen already.
///
/// # Errors
/// When the input has ended.
pub(crate) fn answer() -> Result<Option<Secret>, Failure> {
    let line = line()?;
    let text = line.trim();
    Ok((!text.is_empty()).then(|| Secret::new(text)))
}

/// Asks for text of several lines, which ends with a line that holds nothing but a full stop (or with the input).
///
/// # Errors
/// When it is too long.
pub(crate) fn ask_lines(key: &str, gaps: &[(&str, &str)]) -> Result<Option<Secret>, Failure> {
    terminal::say(&t(key, gaps));
    let mut whole = zeroize::Zeroizing::new(String::new());
    while let Some((line, is_cut)) = input::whole_line() {
        if line.trim() == "." {
            break;
        }
        if whole.is_empty() && line.trim().is_empty() {
            // An empty line passes the question over, unless it is how a pasted text begins.
            if terminal::is_interactive() && input::more_is_waiting() {
                continue;
            }
            break;
        }
        if is_cut || whole.len() + line.len() > LONGEST {
            return Err(Failure::usage(t("dialogue.too_long", &[])));
        }
        if !whole.is_empty() {
            whole.push('\n');
        }
        whole.push_str(&line);
    }
    let text = whole.trim();
    Ok((!text.is_empty()).then(|| Secret::new(text)))
}

/// Asks a question that is answered with yes or no. None when it is passed over, or answered with anything else after a second try.
///
/// # Errors
/// When the input has ended.
pub(crate) fn yes_or_no(key: &str, gaps: &[(&str, &str)]) -> Result<Option<bool>, Failure> {
    // From a file of answers each question takes one line, so that no answer slips into the place of another.
    let tries = if terminal::is_interactive() { 3 } else { 1 };
    for _ in 0..tries {
        terminal::prompt(&format!("{} {}", t(key, gaps), t("dialogue.yes_no", &[])));
        let line = line()?;
        match line.trim().to_lowercase().as_str() {
            "" => return Ok(None),
            word if is_listed(&t("dialogue.yes_words", &[]), word) => return Ok(Some(true)),
            word if is_listed(&t("dialogue.no_words", &[]), word) => return Ok(Some(false)),
            _ => terminal::say(&t("dialogue.yes_no_again", &[])),
        }
    }
    Ok(None)
}

fn is_listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}

/// One line, never more than the longest.
fn line() -> Result<zeroize::Zeroizing<String>, Failure> {
    let (line, is_cut) = input::whole_line().ok_or_else(|| Failure::usage(t("dialogue.ended", &[])))?;
    if is_cut || line.len() > LONGEST {
        return Err(Failure::usage(t("dialogue.too_long", &[])));
    }
    Ok(zeroize::Zeroizing::new(line))
}
