//! Office files: DOCX, ODT, XLSX, ODS, PPTX and their kin. Cells stay cells, under the heads of their columns; notes, deleted and
//! inserted words, heads and feet of pages, who wrote and who saved it are read.

mod sheet;
mod text;
mod tree;
mod zip;

use unlisted_model::Media;
use unlisted_model::text::Role;
use url::Url;

use self::tree::{Step, attribute, walk};
use self::zip::{Fault, Zip};
use super::html::{self, Links};
use super::writer::Writer;
use super::{Bounds, Extracted, Problem};

/// Parts of one sort (sheets, slides, headers) read at most, and pictures inside.
const MOST: usize = 300;
const PICTURES: usize = 12;

/// Reads what is inside, by its name: see [`super::document`].
pub(super) type Attached<'a> = dyn FnMut(&str, &[u8], &mut Writer) + 'a;

/// Reads a zip file as the office file that it is.
pub(super) fn read(bytes: &[u8], address: Option<&Url>, bounds: &Bounds, attached: &mut Attached<'_>) -> Extracted {
    let Some(mut zip) = Zip::open(bytes) else {
        return Extracted::nothing(Media::Office, Problem::Broken);
    };
    let mut writer = Writer::new(bounds);
    let mut links = Links::new(address, bounds.links);
    let is_sound;
    let title;
    if zip.has("[Content_Types].xml") || zip.has("word/document.xml") || zip.has("xl/workbook.xml") {
        title = properties(&mut zip, &["docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"], &mut writer);
        is_sound = if zip.has("word/document.xml") {
            let parts = parts(&zip, "word/", &["document", "header", "footer", "footnotes", "endnotes", "comments"]);
            all(&mut zip, &parts, &mut writer, text::word)
        } else if zip.names().any(|n| n.starts_with("xl/")) {
            sheet::excel(&mut zip, &mut writer)
        } else {
            let parts = parts(&zip, "ppt/", &["slides/slide", "notesSlides/notesSlide", "comments/"]);
            all(&mut zip, &parts, &mut writer, text::word)
        };
        let relations: Vec<String> = zip.names().filter(|n| n.ends_with(".rels")).take(MOST).map(str::to_owned).collect();
        for name in relations {
            follow(&zip.read(&name).unwrap_or_default(), &mut writer, &mut links);
        }
    } else if zip.has("content.xml") {
        if zip.read("META-INF/manifest.xml").is_some_and(|m| m.windows(15).any(|w| w == b"encryption-data")) {
            return Extracted::nothing(Media::Office, Problem::Encrypted);
        }
        title = properties(&mut zip, &["meta.xml"], &mut writer);
        let content = zip.read("content.xml").unwrap_or_default();
        is_sound = text::open_document(&content, &mut writer, &mut links);
        if let Some(styles) = zip.read("styles.xml") {
            text::open_document_margins(&styles, &mut writer, &mut links);
        }
    } else {
        // An archive of files is not looked into.
        return Extracted::nothing(Media::Other, if zip.fault.is_some() { Problem::Broken } else { Problem::NotReadYet });
    }
    let is_picture = |n: &&str| [".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic"].iter().any(|e| n.ends_with(e));
    let pictures: Vec<String> = zip.names().filter(is_picture).take(PICTURES).map(str::to_owned).collect();
    for name in pictures {
        if let Some(bytes) = zip.read(&name) {
            attached(&name, &bytes, &mut writer);
        }
    }
    let has_words = writer.text.blocks.iter().any(|b| b.role != Role::Meta);
    let (text, cut) = writer.finish();
    let problem = match zip.fault {
        Some(Fault::Bomb) => Some(Problem::TooHeavy),
        Some(Fault::Encrypted) => Some(Problem::Encrypted),
        fault if fault.is_some() || !is_sound => Some(if has_words { Problem::Cut } else { Problem::Broken }),
        _ => cut.or((!has_words).then_some(Problem::Scanned)),
    };
    Extracted { media: Media::Office, title, text, links: links.finish(), problem }
}

/// Members below `folder` whose names begin with one of `begins`, in that order.
fn parts(zip: &Zip<'_>, folder: &str, begins: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    for begin in begins {
        let mut own: Vec<String> = zip
            .names()
            .filter(|n| n.strip_prefix(folder).is_some_and(|rest| rest.starts_with(begin)) && n.ends_with(".xml"))
            .take(MOST)
            .map(str::to_owned)
            .collect();
        own.sort_by_key(|n| (n.len(), n.clone()));
        out.append(&mut own);
    }
    out
}

fn all(zip: &mut Zip<'_>, parts: &[String], writer: &mut Writer, read: fn(&[u8], &str, &mut Writer) -> bool) -> bool {
    let mut is_sound = !parts.is_empty();
    for name in parts {
        match zip.read(name) {
            Some(bytes) => is_sound &= read(&bytes, name, writer),
            None => is_sound = false,
        }
    }
    is_sound
}

/// Who wrote it, who saved it last, for which company; the title.
fn properties(zip: &mut Zip<'_>, names: &[&str], writer: &mut Writer) -> Option<String> {
    let group = writer.groups.fresh();
    let mut title = None;
    for name in names {
        let Some(bytes) = zip.read(name) else { continue };
        let mut words = String::new();
        let mut own = None;
        walk(&bytes, &mut |step| {
            match step {
                Step::Open(name, start) => {
                    words.clear();
                    own = attribute(start, "name").filter(|_| name == "property" || name == "user-defined").or(own.take());
                }
                Step::Text(text) => words.push_str(text),
                Step::Close(name) => {
                    let value = std::mem::take(&mut words);
                    let label = match name {
                        "creator" | "initial-creator" => "author",
                        "lastModifiedBy" => "last modified by",
                        "Company" => "company",
                        "Manager" => "manager",
                        "title" => "title",
                        "subject" => "subject",
                        "description" => "description",
                        "keywords" | "keyword" => "keywords",
                        "printed-by" => "printed by",
                        "lpwstr" | "user-defined" => "property",
                        _ => return true,
                    };
                    if label == "title" && !value.trim().is_empty() {
                        title = Some(value.trim().to_owned());
                    }
                    let label = own.take().filter(|_| label == "property").map_or(label.to_owned(), |own| own.to_lowercase());
                    writer.push(Role::Meta, Some(&label), group, &value, 0);
                }
            }
            true
        });
    }
    title
}

/// Links of a file of relations.
fn follow(bytes: &[u8], writer: &mut Writer, links: &mut Links) {
    walk(bytes, &mut |step| {
        if let Step::Open("Relationship", start) = step
            && attribute(start, "TargetMode").is_some_and(|m| m == "External")
            && let Some(target) = attribute(start, "Target")
        {
            links.add(&target);
            let group = writer.groups.fresh();
            if let Some((label, detail)) = html::detail_of_link(&target) {
                writer.push(Role::Attribute, Some(label), group, &detail, 0);
            }
        }
        true
    });
}
