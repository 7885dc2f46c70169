//! Text that stands in attributes, links and properties rather than between tags.

use unlisted_model::text::Role;

use super::super::fold;
use super::super::labels;
use super::super::writer::Piece;
use super::attributes::{self, Found, Name};
use super::tags::Tag;
use super::walk::{Mark, Walk};

impl<'a> Walk<'a, '_> {
    /// Text in attributes.
    pub(super) fn attributes(&mut self, tag: Tag, found: &Found<'_, 'a>, at: usize) {
        for name in [Name::Alt, Name::Title, Name::AriaLabel, Name::Placeholder, Name::Summary] {
            if let Some(attribute) = found.get(name)
                && attribute.value.bytes().any(|b| b.is_ascii_alphanumeric() || b >= 0x80)
            {
                let text = fold::folded(attribute.value);
                self.page.beside(Role::Attribute, name.label(), &text, attribute.at);
                // A picture is the words of the link around it.
                if tag == Tag::Img
                    && let Some(Mark::Link { index, .. }) = self.marks.last()
                {
                    self.links.other_words(*index, &text);
                }
            }
        }
        if let Some(attribute) = found.get(Name::CfEmail) {
            self.cloudflare(attribute.value, attribute.at);
        }
        if let Some(href) = found.get(Name::Href) {
            let value = fold::attribute(href.value);
            if let Some((label, detail)) = attributes::detail_of_link(&value) {
                self.page.beside(Role::Attribute, label, &detail, href.at);
            } else if let Some((_, hex)) =
                value.split_once('#').filter(|(path, hex)| !hex.is_empty() && path.ends_with("/email-protection"))
            {
                self.cloudflare(hex, href.at);
            } else if value.trim_start().starts_with("javascript:") && attributes::looks_like_detail(&value) || attributes::is_profile_address(&value) {
                self.page.beside(Role::Attribute, "href", &value, href.at);
            }
        }
        if found.others {
            self.other_attributes(found);
        }
        self.link(tag, found);
        self.microdata(tag, found, at);
    }

    fn cloudflare(&mut self, hex: &str, at: usize) {
        if let Some(email) = attributes::cloudflare_email(hex) {
            self.page.beside(Role::Attribute, "data-cfemail", &email, at);
        }
    }

    /// `data-*` and handlers, where a detail seems to stand in them.
    fn other_attributes(&mut self, found: &Found<'_, 'a>) {
        let mut user = None;
        for attribute in found.others() {
            let value = fold::attribute(attribute.value);
            let named = attributes::named_like_detail(attribute.name);
            if value.starts_with(['{', '[']) && attributes::email_like(&value) {
                self.json(&value, attribute.at);
            } else if attributes::looks_like_detail(&value)
                || (named && value.len() >= 4 && value.len() <= 300 && !value.starts_with("http"))
            {
                let text = attributes::percent_decoded(&fold::folded(&value));
                self.page.beside(Role::Attribute, &attribute.name.to_ascii_lowercase(), &text, attribute.at);
            }
            // `onclick="location='mai'+'lto:'+'amina'+'@'+…"`.
            if attribute.name.get(..2).is_some_and(|on| on.eq_ignore_ascii_case("on")) && value.contains('+') {
                self.script(&value, attribute.at);
            }
            // `data-user="amina" data-domain="castle.example"`, either way round.
            match attribute.name {
                "data-user" | "data-name" | "data-local" | "data-u" => user = Some((value.into_owned(), attribute.at)),
                "data-domain" | "data-host" | "data-d" => {
                    let pair = user.clone().or_else(|| {
                        let mut names = found.others();
                        names
                            .find(|a| matches!(a.name, "data-user" | "data-name" | "data-local" | "data-u"))
                            .map(|a| (fold::attribute(a.value).into_owned(), a.at))
                    });
                    if let Some((user, at)) = pair
                        && value.contains('.')
                        && user.len() <= 64
                        && !user.contains([' ', '@'])
                    {
                        self.page.beside(Role::Attribute, "data-user", &format!("{user}@{value}"), at);
                    }
                }
                _ => {}
            }
        }
    }

    fn link(&mut self, tag: Tag, found: &Found<'_, 'a>) {
        let href = match tag {
            Tag::A | Tag::Area => found.value(Name::Href).or_else(|| found.value(Name::Src)),
            Tag::Iframe => found.value(Name::Src),
            Tag::Link => {
                let rel = found.value(Name::Rel).unwrap_or_default().to_ascii_lowercase();
                let wanted =
                    rel.split_whitespace().any(|r| matches!(r, "alternate" | "me" | "author" | "next" | "prev"));
                found.value(Name::Href).filter(|_| wanted)
            }
            _ => None,
        };
        let Some(href) = href else { return };
        if let Some(index) = self.links.add(&fold::attribute(href)) {
            let words =
                found.value(Name::Alt).or_else(|| found.value(Name::AriaLabel)).or_else(|| found.value(Name::Title));
            if tag == Tag::A {
                self.marks.push(Mark::Link { index, from: self.page.mark() });
            }
            if let Some(words) = words {
                self.links.other_words(index, &fold::folded(words));
            }
        }
    }

    fn microdata(&mut self, tag: Tag, found: &Found<'_, 'a>, at: usize) {
        let Some(property) = found.value(Name::ItemProp).filter(|p| !p.is_empty() && p.len() <= 80) else { return };
        if found.get(Name::ItemScope).is_some() {
            return;
        }
        let key = property.split_whitespace().next().unwrap_or_default();
        let path = self.items.last().map_or("", |item| item.path.as_str());
        let label = format!("{path} {}", labels::words(key)).trim().to_owned();
        let given = found.get(Name::Content).or_else(|| found.get(Name::DateTime));
        if let Some(content) = given {
            let text = fold::folded(content.value);
            self.property(&label, key, &text, content.at);
        } else if !tag.is_void() && !matches!(tag, Tag::Script | Tag::Style) && found.get(Name::Href).is_none() {
            self.marks.push(Mark::Property { from: self.page.mark(), label, key: key.to_owned(), at });
        }
    }

    pub(super) fn property(&mut self, label: &str, key: &str, text: &str, at: usize) {
        let group = match self.items.last_mut() {
            Some(item) => {
                item.part(key, text);
                item.group
            }
            None => self.page.group(),
        };
        self.page.beside_piece(Piece {
            role: Role::Key,
            label: Some(label.to_owned()),
            group,
            text: text.to_owned(),
            at,
        });
    }
}
