//! A small, bounded tree of an XML answer: no document type, no entities of its own, at most so deep and so large.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Bytes of an answer at most.
const LARGEST: usize = 5 << 20;
/// Depth at most.
const DEEPEST: usize = 16;
/// Elements at most.
const MOST: usize = 400_000;

/// Why an answer was not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in super::super) enum XmlProblem {
    /// It has a document type.
    DocType,
    /// Too large, too deep, or too many elements.
    TooMuch,
    /// It is not XML.
    NotXml,
}

/// One element: its name in lower case without prefix, its own text, its children.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in super::super) struct Element {
    pub(in super::super) name: String,
    pub(in super::super) text: String,
    pub(in super::super) children: Vec<Self>,
}

impl Element {
    /// The first child of this name.
    pub(in super::super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|c| c.name == name)
    }

    /// Every child of this name.
    pub(in super::super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |c| c.name == name)
    }
}

/// What was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in super::super) struct Tree {
    pub(in super::super) root: Element,
    /// Whether it ended where it should. Otherwise everything before the break is here.
    pub(in super::super) whole: bool,
}

/// Reads an answer.
pub(in super::super) fn read(text: &str) -> Result<Tree, XmlProblem> {
    if text.len() > LARGEST {
        return Err(XmlProblem::TooMuch);
    }
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}').trim_start());
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.expand_empty_elements = true;
    let mut open: Vec<Element> = vec![];
    let mut root = None;
    let mut elements = 0;
    let mut whole = true;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                elements += 1;
                if open.len() >= DEEPEST || elements > MOST {
                    return Err(XmlProblem::TooMuch);
                }
                let name = start.name().0.rsplit(':').next().unwrap_or_default().to_lowercase();
                open.push(Element { name, ..Element::default() });
            }
            Ok(Event::End(_)) => {
                if close(&mut open, &mut root) {
                    break;
                }
            }
            Ok(Event::Text(words)) => add(&mut open, &words.into_inner()),
            Ok(Event::CData(words)) => add(&mut open, &words.into_inner()),
            Ok(Event::GeneralRef(reference)) => {
                // Numbers, the five of XML, and those that pages borrow from HTML; an unknown one stays as it is written.
                let written = format!("&{};", reference.into_inner());
                add(&mut open, &htmlize::unescape(written.as_str()));
            }
            Ok(Event::DocType(_)) => return Err(XmlProblem::DocType),
            Ok(Event::Eof) => {
                whole = open.is_empty();
                break;
            }
            Ok(_) => {}
            Err(_) => {
                whole = false;
                break;
            }
        }
    }
    while !open.is_empty() {
        close(&mut open, &mut root);
    }
    root.map(|root| Tree { root, whole }).ok_or(XmlProblem::NotXml)
}

fn add(open: &mut [Element], words: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(words);
    }
}

/// Ends the innermost element; true when that was the root.
fn close(open: &mut Vec<Element>, root: &mut Option<Element>) -> bool {
    let Some(done) = open.pop() else { return false };
    match open.last_mut() {
        Some(parent) => {
            parent.children.push(done);
            false
        }
        None => {
            *root = Some(done);
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: &str) -> Result<(String, bool), XmlProblem> {
        read(xml).map(|t| (t.root.child("b").map(|b| b.text.clone()).unwrap_or_default(), t.whole))
    }

    #[test]
    fn text_is_read_and_decoded_once() {
        assert_eq!(text("<a><b>One &amp;amp; two &#39;three&apos;</b></a>"), Ok(("One &amp; two 'three'".into(), true)));
        assert_eq!(text("\u{feff} <?xml version=\"1.0\"?><A><x:B><![CDATA[1 < 2]]></x:B></A>"), Ok(("1 < 2".into(), true)));
        assert_eq!(text("<a><b>Fish & chips&nbsp;&unknown;</b></a>"), Ok(("Fish & chips\u{a0}&unknown;".into(), true)));
        assert_eq!(text("<a><b/></a>"), Ok((String::new(), true)));
    }

    #[test]
    fn what_stands_before_a_break_is_kept() {
        assert_eq!(text("<a><b>One</b><c>tw"), Ok(("One".into(), false)));
        assert_eq!(text("<a><b>One</b></c></a>"), Ok(("One".into(), false)));
    }

    #[test]
    fn tricks_are_refused() {
        assert_eq!(text("<!DOCTYPE a [<!ENTITY x \"y\">]><a><b>&x;</b></a>"), Err(XmlProblem::DocType));
        assert_eq!(text(&"<a>".repeat(17)), Err(XmlProblem::TooMuch));
        assert_eq!(text(&format!("<a><b>{}</b></a>", "x".repeat(LARGEST))), Err(XmlProblem::TooMuch));
        assert_eq!(text("no xml at all"), Err(XmlProblem::NotXml));
        assert_eq!(text(""), Err(XmlProblem::NotXml));
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_it_panic(noise in "[<>/&;a-c!\\[\\]\" ]{0,200}") {
            let _read = read(&noise);
        }
    }
}
