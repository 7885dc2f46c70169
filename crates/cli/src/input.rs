//! What is typed or piped in, line by line.

use std::io::{BufRead as _, IsTerminal as _};

use zeroize::Zeroizing;

use crate::terminal;
use crate::words::t;

/// A terminal hands over at most so many bytes of one line, and drops the rest without a word (`MAX_CANON`; 4,096 with the line's end
/// on Linux, 1,024 on macOS, where the least is taken for all others too).
const TERMINAL_LINE: usize = if cfg!(any(target_os = "linux", windows)) { 4_095 } else { 1_023 };

/// One line, without its end. None: the input has ended. Bytes that are not UTF-8 are read as Windows-1252, and that is told: a letter
/// too strange must never pass for the end of what somebody says.
pub(crate) fn line() -> Option<String> {
    read().map(|(text, _)| text)
}

/// The same, and whether the terminal may have cut it.
pub(crate) fn whole_line() -> Option<(String, bool)> {
    read().map(|(text, length)| (text, std::io::stdin().is_terminal() && length >= TERMINAL_LINE))
}

/// A line and its length in bytes.
fn read() -> Option<(String, usize)> {
    let mut bytes = Zeroizing::new(Vec::new());
    // What came before a fault is a line all the same.
    let read = std::io::stdin().lock().read_until(b'\n', &mut bytes);
    if bytes.is_empty() && read.unwrap_or(0) == 0 {
        return None;
    }
    while bytes.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        bytes.pop();
    }
    let length = bytes.len();
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            terminal::say(&t("dialogue.other_letters", &[]));
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned()
        }
    };
    Some((text, length))
}

/// Whether more was typed or pasted already, behind what has been read.
#[cfg(unix)]
pub(crate) fn more_is_waiting() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdin = std::io::stdin();
    let mut watched = [PollFd::new(&stdin, PollFlags::IN)];
    let moment = Timespec { tv_sec: 0, tv_nsec: 60_000_000 };
    poll(&mut watched, Some(&moment)).is_ok_and(|ready| ready > 0)
}

/// Whether more was typed or pasted already, behind what has been read: not known here.
#[cfg(not(unix))]
pub(crate) fn more_is_waiting() -> bool {
    false
}
