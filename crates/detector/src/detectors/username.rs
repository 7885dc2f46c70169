//! Supplied usernames: after an @, in an address, beside a label; the unusual ones also bare.

use unlisted_model::{Confidence, Fit};

use super::{Look, Out, Seen};
use crate::page::Page;

const ID: &str = "username";

/// Looks at the word `index`, which may be the anchor word of the handle.
pub(crate) fn handle(look: &Look<'_, '_>, out: &mut Out, user: u32, index: usize) {
    let page = look.page;
    let Some(user) = look.facts.users.get(user as usize) else { return };
    let lower = page.folded.lower.as_slice();
    let Some(start) = page.words.get(index).and_then(|w| (w.start as usize).checked_sub(user.anchor)) else { return };
    let end = start + user.handle.len();
    if lower.get(start..end) != Some(user.handle.as_slice()) {
        return;
    }
    let before = start.checked_sub(1).and_then(|i| lower.get(i)).copied().unwrap_or(b' ');
    let after = lower.get(end).copied().unwrap_or(b' ');
    let behind = lower.get(end + 1).copied().unwrap_or(b' ');
    let part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-') || b >= 0x80;
    let dotted = after == b'.' && part(behind);
    // Inside a longer handle, or the name in somebody's mail address.
    if part(before) || part(after) || before == b'.' || after == b'@' && before != b'@' {
        return;
    }
    let slash = matches!(before, b'/' | b'~');
    let host = dotted && (before == b'/' || before == b' ' || before == b'\n' || before == b'"');
    if dotted && !host {
        return;
    }
    let at_sign = before == b'@';
    let label = says_user(page, index);
    let confidence = if at_sign || label {
        Confidence::High
    } else if slash || host || before == b'=' {
        // A path or host may have the word for other reasons.
        if user.ordinary && host {
            return;
        } else if user.ordinary {
            Confidence::Medium
        } else {
            Confidence::High
        }
    } else if user.ordinary {
        return;
    } else {
        Confidence::Medium
    };
    let from = start - usize::from(at_sign);
    out.supplied(look, user.fact, Seen { detector: ID, folded: from..end, fit: Fit::Whole, confidence, disguise: None });
}

/// Whether the words before, or the label, say that a handle comes.
fn says_user(page: &Page<'_>, index: usize) -> bool {
    let label = page.label(index);
    let known = |w: &[u8]| {
        matches!(
            w,
            b"twitter"
                | b"instagram"
                | b"insta"
                | b"tiktok"
                | b"facebook"
                | b"snapchat"
                | b"snap"
                | b"username"
                | b"user"
                | b"handle"
                | b"screenname"
                | b"nickname"
                | b"nick"
                | b"alias"
                | b"aka"
                | b"login"
                | b"reddit"
                | b"github"
                | b"telegram"
                | b"discord"
                | b"youtube"
                | b"mastodon"
                | b"bluesky"
                | b"threads"
                | b"flickr"
                | b"strava"
                | b"steam"
                | b"twitch"
                | b"pinterest"
                | b"linkedin"
                | b"posted"
                | b"member"
        )
    };
    if label.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| known(w.as_bytes())) {
        return true;
    }
    let block = page.block_words(index);
    page.any(index.saturating_sub(3).max(block.start), index, known)
}
