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

/// How many tags there are, for tables by tag.
pub(super) const TAGS: usize = Tag::Void as usize + 1;

impl Tag {
    /// The tag of a name as written.
    pub(super) fn of(name: &str) -> Self {
        let mut lower = [0_u8; 12];
        let Some(lower) = lower.get_mut(..name.len()) else { return Self::Inline };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"div" | b"section" | b"header" | b"footer" | b"main" | b"nav" | b"aside" | b"form" | b"center"
            | b"details" | b"summary" | b"hgroup" | b"dialog" | b"search" | b"figcaption" | b"blockquote"
            | b"optgroup" | b"legend" | b"frameset" | b"marquee" => Self::Box,
            b"article" => Self::Article,
            b"address" => Self::Address,
            b"fieldset" => Self::Fieldset,
            b"figure" => Self::Figure,
            b"html" => Self::Html,
            b"head" => Self::Head,
            b"body" => Self::Body,
            b"title" => Self::Title,
            b"base" => Self::Base,
            b"meta" => Self::Meta,
            b"link" => Self::Link,
            b"script" => Self::Script,
            b"style" => Self::Style,
            b"template" => Self::Template,
            b"noscript" => Self::Noscript,
            b"textarea" => Self::Textarea,
            b"xmp" => Self::Xmp,
            b"iframe" | b"frame" => {
                if lower.len() == 5 {
                    Self::Area
                } else {
                    Self::Iframe
                }
            }
            b"noembed" => Self::Noembed,
            b"noframes" => Self::Noframes,
            b"plaintext" => Self::Plaintext,
            b"a" => Self::A,
            b"area" => Self::Area,
            b"p" => Self::P,
            b"li" => Self::Li,
            b"ul" | b"ol" | b"menu" | b"dir" => Self::List,
            b"dl" => Self::Dl,
            b"dt" => Self::Dt,
            b"dd" => Self::Dd,
            b"table" => Self::Table,
            b"caption" => Self::Caption,
            b"thead" | b"tbody" | b"tfoot" => Self::RowGroup,
            b"tr" => Self::Tr,
            b"td" => Self::Td,
            b"th" => Self::Th,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Heading,
            b"pre" | b"listing" => Self::Pre,
            b"hr" => Self::Hr,
            b"br" => Self::Br,
            b"label" => Self::Label,
            b"input" => Self::Input,
            b"select" => Self::Select,
            b"option" => Self::Option,
            b"button" => Self::Button,
            b"img" | b"image" => Self::Img,
            b"svg" | b"math" => Self::Foreign,
            b"bdo" => Self::Bdo,
            b"col" | b"embed" | b"param" | b"source" | b"track" | b"wbr" | b"keygen" | b"bgsound" => Self::Void,
            _ => Self::Inline,
        }
    }

    /// Whether it never has content or an end tag.
    pub(super) fn is_void(self) -> bool {
        matches!(
            self,
            Self::Base
                | Self::Meta
                | Self::Link
                | Self::Area
                | Self::Hr
                | Self::Br
                | Self::Input
                | Self::Img
                | Self::Void
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
