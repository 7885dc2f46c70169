//! Pages that stand in front of a page: a puzzle for people, a question for leave, a log-in. They come with status 200 and
//! hold nothing of what was asked, so that nothing was found on them says nothing.

use unlisted_model::{Outcome, OutcomeKind, OutcomeReason};
use url::Url;

use crate::exchange::Response;
use crate::verdict::wants_proof_of_a_person;

/// A wall says little else.
const SAYS_LITTLE: usize = 800;
/// A puzzle drawn by a script of its own says hardly anything at all.
const SAYS_NOTHING: usize = 300;

/// Words of an address that a visitor who is not logged in is sent to.
const LOG_IN: &[&str] =
    &["login", "log-in", "signin", "sign-in", "logon", "sso", "oauth", "auth", "authenticate", "wp-login", "authwall"];
/// Words of an address that a visitor is sent to who has not agreed to something yet.
const CONSENT: &[&str] = &["consent", "cookiewall", "cookie-wall", "cookie-consent", "gdpr-consent"];
/// What such a page says.
const ASKS_FOR_CONSENT: &[&str] = &[
    "before you continue",
    "accept cookies to continue",
    "accept our cookies to continue",
    "consent to continue",
    "agree to continue",
    "accept to continue",
    "cookies to continue",
];

/// How a question ends that met such a page, if it is one. `chars` is what the page says.
pub(super) fn outcome(response: &Response, chars: &str) -> Option<Outcome> {
    let chars = chars.trim();
    let little = chars.len() <= SAYS_LITTLE;
    let lower = if little { chars.to_lowercase() } else { String::new() };
    let sent_to = |words: &[&str]| was_sent_on(response) && names(&response.url, words);
    let reason = if little && wants_proof_of_a_person(response, &lower, chars.len() <= SAYS_NOTHING) {
        OutcomeReason::Challenge
    } else if sent_to(LOG_IN) || little && asks_for_a_password(&response.body) {
        OutcomeReason::Forbidden
    } else if sent_to(CONSENT) || ASKS_FOR_CONSENT.iter().any(|words| lower.contains(words)) {
        OutcomeReason::Challenge
    } else {
        return None;
    };
    Some(Outcome::because(OutcomeKind::Blocked, reason))
}

fn was_sent_on(response: &Response) -> bool {
    (response.url.host(), response.url.path()) != (response.asked.host(), response.asked.path())
}

/// Whether a label of the host or a segment of the path is one of these words, whatever its ending.
fn names(url: &Url, words: &[&str]) -> bool {
    let path = url.path().to_lowercase();
    let segments = path.split('/').map(|s| s.split('.').next().unwrap_or_default());
    segments.chain(url.host_str().unwrap_or_default().split('.')).any(|part| words.contains(&part))
}

fn asks_for_a_password(body: &[u8]) -> bool {
    let html = String::from_utf8_lossy(body.get(..64 * 1024).unwrap_or(body)).to_lowercase();
    ["type=\"password\"", "type='password'", "type=password"].iter().any(|field| html.contains(field))
}

#[cfg(test)]
mod tests {
    use crate::sources::rehearse::check_body;

    const HEAD: &str = "HTTP/1.1 200 OK\nContent-Type: text/html";

    fn check(body: &str, expect: &str) {
        check_body("found-pages", "page", HEAD, body, &format!("{expect}\n= https://news.example/story"));
    }

    #[test]
    fn a_wall_is_not_an_empty_page() {
        check("<title>Security check</title><h1>Are you human?</h1><div class=g-recaptcha></div>", "blocked/challenge");
        check("<p>Please wait</p><script src='https://captcha.guard.example/x.js'></script>", "blocked/challenge");
        check("<h1>Before you continue</h1><p>Accept all. Reject all.</p>", "blocked/challenge");
        check("<h1>Members</h1><form><input name=u><input type=password name=p></form>", "blocked/forbidden");
    }

    #[test]
    fn a_page_with_something_to_say_is_a_page() {
        let story = "The allotment society met in the hall and spoke of beans. ".repeat(20);
        check(&format!("<p>{story}</p><form><input type=password></form>"), "found");
        check(&format!("<p>{story}</p><p>Are you human?</p><div class=g-recaptcha></div>"), "found");
        let short = "The allotment society met in the hall and spoke of beans. ".repeat(7);
        check(&format!("<p>{short}</p><p>This site is protected by reCAPTCHA.</p>"), "found");
    }
}
