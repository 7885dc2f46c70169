//! What `meta` elements say.

use unlisted_model::text::Role;

use super::super::fold;
use super::super::labels;
use super::attributes::{Found, Name};

/// The label, role and text of a `meta` element that says something to people.
pub(super) fn read(found: &Found<'_, '_>) -> Option<(String, Role, String)> {
    let content = found.value(Name::Content)?;
    if let Some(property) = found.value(Name::ItemProp) {
        // Microdata reads these itself.
        return property.is_empty().then(|| (String::new(), Role::Meta, String::new()));
    }
    let name = found.value(Name::Called).or_else(|| found.value(Name::Property))?;
    let label = name.trim().to_ascii_lowercase();
    let is_technical = ["viewport", "theme-color", "robots", "generator", "referrer", "format-detection", "color-scheme"]
        .contains(&label.as_str())
        || ["csrf", "verification", "msapplication", "apple-", "googlebot", "mobile-web-app", "token", "nonce", "fb:"]
            .iter()
            .any(|part| label.contains(part))
        || ["image", "width", "height", "secure_url", "locale"].iter().any(|end| label.ends_with(end));
    if is_technical {
        return None;
    }
    let text = fold::folded(content);
    (!text.is_empty()).then(|| (labels::words(&label), Role::Meta, text))
}
