//! XML, feeds among it: values under the names of their elements. No DTD is read and no entity is expanded but the
//! five of XML and numbers.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use unlisted_model::Media;
use unlisted_model::text::Role;
use url::Url;

use super::html::{self, Links};
use super::labels;
use super::writer::{Piece, Writer};
use super::{Extracted, Problem};

/// Elements deeper than this are read as if they were not nested further.
const DEEPEST: usize = 64;

struct Element {
    name: String,
    group: u32,
    text: String,
    at: usize,
    postal: Vec<(u8, String)>,
}

struct Xml {
    writer: Writer,
    links: Links,
    stack: Vec<Element>,
    too_deep: usize,
    title: Option<String>,
}

/// Reads an XML document that stands at `address`.
pub(super) fn read(text: &str, address: Option<&Url>, writer: Writer) -> Extracted {
    let links = Links::new(address, writer.bounds.links);
    let mut xml = Xml { writer, links, stack: Vec::new(), too_deep: 0, title: None };
    let broken = xml.run(text);
    while !xml.stack.is_empty() {
        xml.too_deep = 0;
        xml.close();
    }
    let (text, problem) = xml.writer.finish();
    let problem = problem.or(xml.links.full.then_some(Problem::Cut)).or(broken.then_some(Problem::Broken));
    Extracted { media: Media::Xml, title: xml.title, text, links: xml.links.finish(), problem }
}

impl Xml {
    /// Whether the document is broken.
    fn run(&mut self, text: &str) -> bool {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        while !self.writer.full {
            let at = usize::try_from(reader.buffer_position()).unwrap_or_default();
            match reader.read_event() {
                Ok(Event::Start(start)) => self.open(&start, at),
                Ok(Event::Empty(start)) => {
                    self.open(&start, at);
                    self.close();
                }
                Ok(Event::End(_)) => self.close(),
                Ok(Event::Text(text)) => self.text(&text.into_inner(), at),
                Ok(Event::CData(text)) => {
                    let words = html::words(&text.into_inner());
                    self.text(&words, at);
                }
                Ok(Event::GeneralRef(name)) => {
                    let reference = format!("&{};", name.into_inner());
                    self.text(&htmlize::unescape(&*reference), at);
                }
                Ok(Event::Comment(text)) => {
                    let group = self.group();
                    let words = html::words(&text.into_inner());
                    self.writer.push(Role::Comment, Some("comment"), group, &words, at);
                }
                Ok(Event::Eof) => return false,
                Ok(_) => {}
                Err(_) => return true,
            }
        }
        false
    }

    fn group(&mut self) -> u32 {
        match self.stack.last() {
            Some(element) => element.group,
            None => self.writer.groups.fresh(),
        }
    }

    fn text(&mut self, text: &str, at: usize) {
        if let Some(element) = self.stack.last_mut() {
            if element.text.is_empty() {
                element.at = at;
            }
            if element.text.len() + text.len() <= self.writer.bounds.text {
                element.text.push_str(text);
            } else {
                self.writer.full = true;
            }
        }
    }

    fn open(&mut self, start: &BytesStart<'_>, at: usize) {
        if self.stack.len() >= DEEPEST {
            self.too_deep += 1;
            return;
        }
        self.flush_text();
        let name = start.local_name().as_ref().to_owned();
        // What repeats is a record: its parts stand together.
        let is_record = matches!(
            name.to_ascii_lowercase().as_str(),
            "item"
                | "entry"
                | "record"
                | "row"
                | "person"
                | "councillor"
                | "member"
                | "contact"
                | "candidate"
                | "officer"
                | "url"
                | "doc"
                | "result"
                | "councillordetails"
        );
        let group = match self.stack.last() {
            Some(parent) if !is_record => parent.group,
            _ => self.writer.groups.fresh(),
        };
        for attribute in start.attributes().with_checks(false).take(100).flatten() {
            let key = attribute.key.local_name().as_ref().to_owned();
            let value = htmlize::unescape(&*attribute.value).into_owned();
            if matches!(key.as_str(), "href" | "url" | "src") {
                self.links.add(&value);
                if let Some((label, detail)) = html::detail_of_link(&value) {
                    self.writer.push(Role::Attribute, Some(label), group, &detail, at);
                }
            } else if !attribute.key.as_ref().starts_with("xmlns") && value.len() > 1 {
                self.writer.push(Role::Key, Some(&labels::words(&key)), group, &html::words(&value), at);
            }
        }
        self.stack.push(Element { name, group, text: String::new(), at, postal: Vec::new() });
    }

    /// Writes text that stands before a child.
    fn flush_text(&mut self) {
        let Some(element) = self.stack.last_mut() else { return };
        let text = std::mem::take(&mut element.text);
        if text.trim().is_empty() {
            return;
        }
        let (name, group, at) = (element.name.clone(), element.group, element.at);
        let text = html::words(&text);
        let parent = self.stack.iter().rev().nth(1).map(|p| labels::words(&p.name)).unwrap_or_default();
        let own = labels::words(&name);
        let is_link = matches!(own.as_str(), "link" | "loc" | "guid");
        if is_link && let Some(index) = self.links.add(&text) {
            let _known = index;
        }
        if own == "title" && self.title.is_none() {
            self.title = Some(text.clone());
        }
        if let Some(place) = labels::postal_place(&name)
            && let Some(outer) = self.stack.iter_mut().rev().nth(1)
            && outer.postal.len() < 16
            && text.len() <= 200
        {
            outer.postal.push((place, text.clone()));
        }
        let label = if labels::names_details(&parent) { format!("{parent} {own}") } else { own };
        self.writer.piece(&Piece { role: Role::Key, label: Some(label), group, text, at });
    }

    fn close(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        self.flush_text();
        let Some(mut element) = self.stack.pop() else { return };
        if let Some(address) = labels::postal(&mut element.postal) {
            let own = labels::words(&element.name);
            let label = if own.contains("address") { own } else { format!("{own} address") };
            self.writer.push(Role::Key, Some(&label), element.group, &address, element.at);
        }
    }
}
