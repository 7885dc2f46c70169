//! Things of microdata that are open.

use super::super::labels;

/// One thing: an `itemscope`.
pub(super) struct Item {
    /// The words of the properties on the way here.
    pub(super) path: String,
    /// The group of its properties.
    pub(super) group: u32,
    /// Where it starts.
    pub(super) at: usize,
    /// Whether it is a page or a list, whose parts are things of their own.
    pub(super) is_page: bool,
    postal: Vec<(u8, String)>,
}

impl Item {
    pub(super) fn new(path: String, group: u32, at: usize, is_page: bool) -> Self {
        Self { path: super::super::writer::prefix(&path, 60).to_owned(), group, at, is_page, postal: Vec::new() }
    }

    /// Notes a property that is a part of an address.
    pub(super) fn part(&mut self, key: &str, text: &str) {
        if let Some(place) = labels::postal_place(key)
            && self.postal.len() < 16
            && text.len() <= 200
        {
            self.postal.push((place, text.to_owned()));
        }
    }

    /// Its address in one piece, with its label.
    pub(super) fn address(&mut self) -> Option<(String, String)> {
        let text = labels::postal(&mut self.postal)?;
        let label = if self.path.is_empty() { "address".to_owned() } else { self.path.clone() };
        Some((label, text))
    }
}
