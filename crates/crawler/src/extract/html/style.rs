//! Classes that a page's own style sheet hides or turns round: how addresses are kept from machines.

use std::collections::HashSet;

/// Bytes of style sheets read of one page.
const BUDGET: usize = 256 * 1024;
/// Classes remembered.
const CLASSES: usize = 256;

/// What the style sheets of a page do to its text.
pub(super) struct Style {
    hidden: HashSet<String>,
    backwards: HashSet<String>,
    budget: usize,
}

impl Style {
    pub(super) fn new() -> Self {
        Self { hidden: HashSet::new(), backwards: HashSet::new(), budget: BUDGET }
    }

    /// Reads a style sheet: rules for single classes (`.x`, `span.x`) that hide, or that show text backwards.
    pub(super) fn read(&mut self, sheet: &str) {
        let sheet = super::super::writer::prefix(sheet, self.budget);
        self.budget -= sheet.len();
        if !["display", "bidi-override", "visibility"].iter().any(|word| sheet.contains(word)) {
            return;
        }
        for rule in sheet.split('}') {
            // Inside `@media` a rule holds only sometimes; the last brace opens the rule itself.
            let Some((selectors, rule)) = rule.rsplit_once('{') else { continue };
            if selectors.contains('{') {
                continue;
            }
            let rule: String = rule.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
            let hides = rule.contains("display:none") || rule.contains("visibility:hidden");
            let turns = rule.contains("bidi-override") && rule.contains("direction:rtl");
            if !hides && !turns {
                continue;
            }
            for class in selectors.split(',').filter_map(single_class) {
                let classes = if turns { &mut self.backwards } else { &mut self.hidden };
                if classes.len() < CLASSES {
                    classes.insert(class.to_owned());
                }
            }
        }
    }

    /// Whether one of these classes is hidden.
    pub(super) fn hides(&self, classes: &str) -> bool {
        !self.hidden.is_empty() && classes.split_ascii_whitespace().any(|c| self.hidden.contains(c))
    }

    /// Whether one of these classes shows its text backwards.
    pub(super) fn turns(&self, classes: &str) -> bool {
        !self.backwards.is_empty() && classes.split_ascii_whitespace().any(|c| self.backwards.contains(c))
    }
}

/// The class of a selector that is nothing but one class, with or without the name of an element.
fn single_class(selector: &str) -> Option<&str> {
    let selector = selector.rsplit("*/").next()?.trim();
    let (element, class) = selector.split_once('.')?;
    let is_name = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    (is_name(element) && is_name(class) && !class.is_empty()).then_some(class)
}
