//! Which element a tag names, and how it behaves in the flow of text.

/// An element, as far as reading needs to tell it from others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Tag {
    /// Anything in a line of text: `span`, `b`, own elements.
    Inline,
    /// Anything that makes a box of its own: `div`, `section`, `form`.
    Box,
    Article,
    Address,
    Fieldset,
    Figure,
    Html,
    Head,
    Body,
    Title,
    Base,
    Meta,
    Link,
    Script,
    Style,
    Template,
    Noscript,
    Textarea,
    Xmp,
    Iframe,
    Noembed,
    Noframes,
    Plaintext,
    A,
    Area,
    P,
    Li,
    List,
    Dl,
    Dt,
    Dd,
    Table,
    Caption,
    RowGroup,
    Tr,
    Td,
    Th,
    Heading,
    Pre,
    Hr,
    Br,
    Label,
    Input,
    Select,
    Option,
    Button,
    Img,
    Foreign,
    Bdo,
    /// Void elements without text of their own: `wbr`, `source`.
    Void,
}

/// The names that are known, by their length, the frequent ones first. All others are in a line of text.
const NAMES: [&[(&str, Tag)]; 11] = [
    &[],
    &[("p", Tag::P), ("a", Tag::A)],
    &[
        ("li", Tag::Li),
        ("td", Tag::Td),
        ("tr", Tag::Tr),
        ("br", Tag::Br),
        ("ul", Tag::List),
        ("ol", Tag::List),
        ("dl", Tag::Dl),
        ("dt", Tag::Dt),
        ("dd", Tag::Dd),
        ("th", Tag::Th),
        ("h1", Tag::Heading),
        ("h2", Tag::Heading),
        ("h3", Tag::Heading),
        ("h4", Tag::Heading),
        ("h5", Tag::Heading),
        ("h6", Tag::Heading),
        ("hr", Tag::Hr),
    ],
    &[
        ("div", Tag::Box),
        ("img", Tag::Img),
        ("nav", Tag::Box),
        ("xmp", Tag::Xmp),
        ("dir", Tag::List),
        ("pre", Tag::Pre),
        ("svg", Tag::Foreign),
        ("bdo", Tag::Bdo),
        ("col", Tag::Void),
        ("wbr", Tag::Void),
    ],
    &[
        ("main", Tag::Box),
        ("form", Tag::Box),
        ("html", Tag::Html),
        ("head", Tag::Head),
        ("body", Tag::Body),
        ("base", Tag::Base),
        ("meta", Tag::Meta),
        ("link", Tag::Link),
        ("area", Tag::Area),
        ("menu", Tag::List),
        ("math", Tag::Foreign),
    ],
    &[
        ("aside", Tag::Box),
        ("title", Tag::Title),
        ("style", Tag::Style),
        ("frame", Tag::Area),
        ("table", Tag::Table),
        ("tbody", Tag::RowGroup),
        ("thead", Tag::RowGroup),
        ("tfoot", Tag::RowGroup),
        ("label", Tag::Label),
        ("input", Tag::Input),
        ("image", Tag::Img),
        ("embed", Tag::Void),
        ("param", Tag::Void),
        ("track", Tag::Void),
    ],
    &[
        ("header", Tag::Box),
        ("footer", Tag::Box),
        ("center", Tag::Box),
        ("hgroup", Tag::Box),
        ("dialog", Tag::Box),
        ("search", Tag::Box),
        ("legend", Tag::Box),
        ("figure", Tag::Figure),
        ("script", Tag::Script),
        ("iframe", Tag::Iframe),
        ("select", Tag::Select),
        ("option", Tag::Option),
        ("button", Tag::Button),
        ("source", Tag::Void),
        ("keygen", Tag::Void),
    ],
    &[
        ("section", Tag::Box),
        ("details", Tag::Box),
        ("summary", Tag::Box),
        ("marquee", Tag::Box),
        ("article", Tag::Article),
        ("address", Tag::Address),
        ("noembed", Tag::Noembed),
        ("caption", Tag::Caption),
        ("listing", Tag::Pre),
        ("bgsound", Tag::Void),
    ],
    &[
        ("optgroup", Tag::Box),
        ("frameset", Tag::Box),
        ("fieldset", Tag::Fieldset),
        ("template", Tag::Template),
        ("noscript", Tag::Noscript),
        ("textarea", Tag::Textarea),
        ("noframes", Tag::Noframes),
    ],
    &[("plaintext", Tag::Plaintext)],
    &[("figcaption", Tag::Box), ("blockquote", Tag::Box)],
];

/// How many tags there are, for tables by tag.
pub(super) const TAGS: usize = Tag::Void as usize + 1;

impl Tag {
    /// The tag of a name as written.
    pub(super) fn of(name: &str) -> Self {
        let known = NAMES.get(name.len()).into_iter().flat_map(|names| names.iter());
        let first = name.bytes().next().unwrap_or_default().to_ascii_lowercase();
        known
            .filter(|(known, _)| known.as_bytes().first() == Some(&first))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map_or(Self::Inline, |(_, tag)| *tag)
    }

    /// Whether it never has content or an end tag.
    pub(super) fn is_void(self) -> bool {
        matches!(
            self,
            Self::Base | Self::Meta | Self::Link | Self::Area | Self::Hr | Self::Br | Self::Input | Self::Img | Self::Void
        )
    }

    /// Whether text before and after it stands apart.
    pub(super) fn breaks(self) -> bool {
        !matches!(
            self,
            Self::Inline
                | Self::A
                | Self::Area
                | Self::Img
                | Self::Foreign
                | Self::Bdo
                | Self::Void
                | Self::Br
                | Self::Base
                | Self::Meta
                | Self::Link
                | Self::Script
                | Self::Style
                | Self::Template
                | Self::Noscript
                | Self::Iframe
                | Self::Noembed
                | Self::Input
        )
    }

    /// Whether its start ends an open paragraph.
    pub(super) fn ends_paragraph(self) -> bool {
        matches!(
            self,
            Self::Box
                | Self::Article
                | Self::Address
                | Self::Fieldset
                | Self::Figure
                | Self::P
                | Self::Li
                | Self::List
                | Self::Dl
                | Self::Dt
                | Self::Dd
                | Self::Table
                | Self::Heading
                | Self::Pre
                | Self::Hr
                | Self::Xmp
                | Self::Plaintext
        )
    }

    /// Whether a search for an element to close, other than parts of a table, stops here.
    pub(super) fn is_scope(self) -> bool {
        matches!(self, Self::Table | Self::Td | Self::Th | Self::Caption | Self::Template)
    }
}
