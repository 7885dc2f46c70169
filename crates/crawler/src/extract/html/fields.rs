//! Fields of forms: the values in them, under the labels that name them.

use unlisted_model::text::Role;

use super::super::fold;
use super::super::labels;
use super::attributes::{self, Found, Name};
use super::walk::Walk;

impl<'a> Walk<'a, '_> {
    pub(super) fn field(&mut self, found: &Found<'_, 'a>) {
        let kind = found.value(Name::Type).unwrap_or("text").trim().to_ascii_lowercase();
        let Some(value) = found.get(Name::Value).filter(|v| !v.value.is_empty()) else { return };
        let text = fold::folded(value.value);
        let is_button = matches!(kind.as_str(), "submit" | "button" | "reset" | "checkbox" | "radio" | "image");
        if is_button && !attributes::looks_like_detail(&text) {
            return;
        }
        let own = || found.value(Name::Called).map(labels::words).filter(|n| !n.is_empty());
        if kind == "hidden" {
            self.page.beside(Role::Hidden, own().as_deref().unwrap_or("value"), &text, value.at);
        } else {
            let label = self.field_label(found.value(Name::Id)).or_else(own);
            self.page.beside(Role::Attribute, label.as_deref().unwrap_or("value"), &text, value.at);
        }
    }

    /// The label of a field: by its id, the label around it, or the one just before.
    pub(super) fn field_label(&mut self, id: Option<&str>) -> Option<String> {
        if let Some(label) = id.and_then(|id| self.field_labels.get(id)) {
            return Some(label.clone());
        }
        if let Some(from) = self.open_label {
            let words = self.page.since(from, 80);
            if !words.is_empty() {
                return Some(words.trim_end_matches(':').trim().to_owned());
            }
        }
        let (label, at) = self.last_label.take()?;
        // Text in between belongs to something else.
        (self.page.mark().saturating_sub(at) <= 2).then_some(label)
    }
}
