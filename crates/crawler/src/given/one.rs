//! One file: what it is, and what is in it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use unlisted_model::catalogue::ResultEngine;
use url::Url;

use super::{Caps, Given, Why, list};
use crate::archive::{self, Bounded, Stop, Told};
use crate::extract::{Sort, decode_text, main_part, sniff};
use crate::results::{self, ResultPage};

/// How much of a file is looked at to tell whether it is an archive.
const HEAD: usize = 4_096;

/// Reads one file and tells what is in it.
pub(super) fn read(path: &Path, engines: &[ResultEngine], caps: &Caps, each: &mut dyn FnMut(Given)) {
    let file = path.display().to_string();
    if let Err(why) = try_read(path, &file, engines, caps, each) {
        each(Given::Unreadable { file, why });
    }
}

fn try_read(path: &Path, file: &str, engines: &[ResultEngine], caps: &Caps, each: &mut dyn FnMut(Given)) -> Result<(), Why> {
    let open = || File::open(path).map_err(|e| Why::from(&e));
    let mut head = Vec::new();
    let mut packed = Bounded::new(open()?).map_err(|e| Why::from(&e))?;
    let mut broken = packed.by_ref().take(HEAD as u64).read_to_end(&mut head).err();
    if let Some(e) = &broken
        && head.is_empty()
    {
        return Err(fault(e));
    }
    if head.is_empty() {
        return Err(Why::Empty);
    }
    if sniff(&head, "", None) == Sort::Warc {
        drop(packed);
        return archive_file(open()?, file, caps, each);
    }
    // What is not packed tells its size by itself.
    let size = std::fs::metadata(path).map(|about| about.len()).unwrap_or_default();
    if size > caps.file {
        return Err(Why::TooLarge(caps.file));
    }
    let mut bytes = head;
    let most = caps.file.saturating_sub(bytes.len() as u64).saturating_add(1);
    if broken.is_none() {
        broken = packed.take(most).read_to_end(&mut bytes).err();
    }
    // A packed file that breaks off is used up to there.
    if let Some(e) = broken.as_ref().filter(|e| fault(e) != Why::Broken) {
        return Err(fault(e));
    }
    if bytes.len() as u64 > caps.file {
        return Err(Why::TooLarge(caps.file));
    }
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let file = One { name: &name, file, cut: broken.is_some() };
    file.content(bytes, engines, caps, each)
}

fn fault(error: &std::io::Error) -> Why {
    if archive::is_bomb(error) {
        return Why::Bomb;
    }
    match error.kind() {
        std::io::ErrorKind::InvalidData | std::io::ErrorKind::InvalidInput | std::io::ErrorKind::UnexpectedEof => Why::Broken,
        _ => Why::from(error),
    }
}

fn archive_file(open: File, file: &str, caps: &Caps, each: &mut dyn FnMut(Given)) -> Result<(), Why> {
    let mut broken = 0;
    let stop = archive::read(open, caps.record, caps.records, &mut |told| match told {
        Told::Page(page) => each(Given::Page {
            url: page.url,
            via: file.to_owned(),
            bytes: page.body,
            content_type: page.content_type,
            seen: page.seen,
            cut: page.cut,
        }),
        Told::Broken => broken += 1,
    });
    match stop {
        Stop::Bomb => Err(Why::Bomb),
        Stop::TooMany => Err(Why::TooMany(caps.records)),
        Stop::Broken => Err(Why::Broken),
        Stop::End if broken > 0 => Err(Why::PartsBroken(broken)),
        Stop::End => Ok(()),
    }
}

/// The type that the name of a file speaks for, where bytes alone do not tell.
fn type_of_name(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default().trim_end_matches(".gz") {
        "html" | "htm" | "xhtml" | "shtml" => "text/html",
        "json" | "jsonl" | "ndjson" => "application/json",
        "csv" => "text/csv",
        "tsv" => "text/tab-separated-values",
        "vcf" | "vcard" => "text/vcard",
        "xml" | "rss" | "atom" => "application/xml",
        "pdf" => "application/pdf",
        "mht" | "mhtml" | "eml" => "message/rfc822",
        _ => "",
    }
}

/// One file that was read.
struct One<'f> {
    name: &'f str,
    file: &'f str,
    /// Whether it breaks off.
    cut: bool,
}

impl One<'_> {
    /// Tells what its bytes are.
    fn content(&self, bytes: Vec<u8>, engines: &[ResultEngine], caps: &Caps, each: &mut dyn FnMut(Given)) -> Result<(), Why> {
        let said = type_of_name(self.name.trim_end_matches(".gz"));
        let (name, file) = (self.name, self.file);
        let page = |url: Option<Url>, bytes, content_type: &str, seen| Given::Page {
            url: url.map_or_else(|| name.to_owned(), String::from),
            via: file.to_owned(),
            bytes,
            content_type: content_type.to_owned(),
            seen,
            cut: self.cut,
        };
        let sort = sniff(&bytes, said, None);
        match sort {
            Sort::Empty => Err(Why::Empty),
            Sort::Other | Sort::Warc => Err(Why::NotReadYet),
            Sort::Mhtml => {
                let part = main_part(&bytes).ok_or(Why::Broken)?;
                let is_html = part.content_type.starts_with("text/html");
                let html = if is_html { decode_text(&part.bytes, &part.content_type).0 } else { String::new() };
                if is_html && told_as_results(&html, part.address.as_ref(), file, engines, each)? {
                    return Ok(());
                }
                each(page(part.address, part.bytes, &part.content_type, part.saved));
                Ok(())
            }
            Sort::Html => {
                let (html, _) = decode_text(&bytes, said);
                if !told_as_results(&html, None, file, engines, each)? {
                    let address = results::page_address(&html);
                    each(page(address, bytes, "text/html", None));
                }
                Ok(())
            }
            Sort::Plain => {
                let (text, _) = decode_text(&bytes, said);
                if let Some(list) = list::read(&text, caps.addresses) {
                    if !list.urls.is_empty() {
                        each(Given::Addresses { via: file.to_owned(), urls: list.urls });
                    }
                    if list.more {
                        each(Given::Unreadable { file: file.to_owned(), why: Why::TooMany(caps.addresses) });
                    }
                    return match list.bad {
                        Some((count, first)) => Err(Why::BadLines { count, first }),
                        None => Ok(()),
                    };
                }
                match results::read_text(&text, engines) {
                    ResultPage::Hits(hits) => each(Given::Results { engine: "pasted".into(), via: file.to_owned(), hits }),
                    ResultPage::NoLinks => return Err(Why::NoLinks),
                    ResultPage::NotOne => each(page(None, bytes, "text/plain", None)),
                }
                Ok(())
            }
            // Read by whoever asks, in a process of its own.
            Sort::Document(_) => {
                each(page(None, bytes, said, None));
                Ok(())
            }
            Sort::Comma(_) | Sort::Json | Sort::Xml | Sort::VCard | Sort::Calendar => {
                let kind = match sort {
                    Sort::Comma(b'\t') => "text/tab-separated-values",
                    Sort::Comma(_) => "text/csv",
                    Sort::Json => "application/json",
                    Sort::Xml => "application/xml",
                    Sort::Calendar => "text/calendar",
                    _ => "text/vcard",
                };
                each(page(None, bytes, kind, None));
                Ok(())
            }
        }
    }
}

/// Tells a result page as its hits; whether it was one.
fn told_as_results(
    html: &str,
    address: Option<&Url>,
    file: &str,
    engines: &[ResultEngine],
    each: &mut dyn FnMut(Given),
) -> Result<bool, Why> {
    match results::read(html, address, engines) {
        ResultPage::NotOne => Ok(false),
        ResultPage::NoLinks => Err(Why::NoLinks),
        ResultPage::Hits(hits) => {
            let engine = results::engine_of(html, address, engines).map(|e| e.id.clone()).unwrap_or_default();
            each(Given::Results { engine, via: file.to_owned(), hits });
            Ok(true)
        }
    }
}
