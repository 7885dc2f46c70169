//! The style sheet, and the content security policy that names its hash and allows nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The sheet with the print footer filled in.
pub(crate) fn sheet(shred: &str, run: &str) -> String {
    include_str!("style.css").replace("@SHRED@", &css_text(shred)).replace("@RUN@", &css_text(run))
}

/// Text that may stand between quotes in a style sheet inside HTML: letters, digits, space and plain stops.
fn css_text(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | '-' | ':')).take(200).collect()
}

/// Nothing is loaded, nothing runs, nothing is sent; only this sheet applies.
pub(crate) fn policy(sheet: &str) -> String {
    let hash = STANDARD.encode(Sha256::digest(sheet.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}
