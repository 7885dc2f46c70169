//! What a PDF holds beside its pages' words: metadata, notes and links, form fields, attachments.

use std::collections::HashSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream, String as PdfString};
use hayro_syntax::page::Page;
use unlisted_model::text::Role;

use super::letters_of;
use crate::extract::html::{self, Links};
use crate::extract::writer::Writer;
use crate::extract::{labels, xmp};

/// Reads what is attached: its name and bytes go in, its blocks come out in the writer.
pub(in crate::extract) type Attached<'a> = dyn FnMut(&str, &[u8], &mut Writer) + 'a;

/// Notes of one page, fields of one form, attachments of one document.
const MOST: usize = 5_000;
const ATTACHMENTS: usize = 20;
/// Fields or names inside one another.
const DEEPEST: usize = 16;

/// Author, title, producer and the like, from the old place and from XMP; the title.
pub(super) fn metadata(pdf: &Pdf, writer: &mut Writer) -> Option<String> {
    let group = writer.groups.fresh();
    let info = pdf.metadata();
    let mut title = None;
    for (label, value) in [
        ("title", &info.title),
        ("author", &info.author),
        ("subject", &info.subject),
        ("keywords", &info.keywords),
        ("creator", &info.creator),
        ("producer", &info.producer),
    ] {
        let Some(value) = value.as_ref().map(|v| letters_of(v)).filter(|v| !v.trim().is_empty()) else { continue };
        writer.push(Role::Meta, Some(label), group, &value, 0);
        if label == "title" {
            title = Some(value.trim().to_owned());
        }
    }
    let packet = root(pdf).and_then(|root| root.get::<Stream<'_>>("Metadata")).and_then(|s| s.decoded_data().ok());
    if let Some(packet) = packet {
        xmp::read(&packet, group, writer);
    }
    title
}

fn root(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}

fn words(dict: &Dict<'_>, key: &str) -> Option<String> {
    let text = match dict.get::<Object<'_>>(key)? {
        Object::String(text) => letters_of(&text),
        Object::Name(name) => name.as_str().to_owned(),
        Object::Number(number) => number.as_f64().to_string(),
        Object::Stream(stream) => letters_of(&stream.decoded_data().ok()?),
        Object::Array(list) => {
            let of = |o: Object<'_>| o.into_string().map(|s| letters_of(&s));
            list.iter::<Object<'_>>().take(64).filter_map(of).collect::<Vec<_>>().join(", ")
        }
        _ => return None,
    };
    let text = text.replace(['\r', '\t'], "\n");
    (!text.trim().is_empty()).then_some(text)
}

/// Notes that readers left on a page, and where its links lead.
pub(super) fn notes(page: &Page<'_>, writer: &mut Writer, links: &mut Links) {
    let Some(notes) = page.raw().get::<Array<'_>>("Annots") else { return };
    for note in notes.iter::<Dict<'_>>().take(MOST) {
        let group = writer.groups.fresh();
        if let Some(target) = note.get::<Dict<'_>>("A").and_then(|a| words(&a, "URI")) {
            links.add(&target);
            if let Some((label, detail)) = html::detail_of_link(&target) {
                writer.push(Role::Attribute, Some(label), group, &detail, 0);
            }
        }
        let kind = note.get::<Name<'_>>("Subtype").map(|n| n.as_str().to_owned()).unwrap_or_default();
        if kind == "Widget" {
            continue;
        }
        for (key, label, role) in [("T", "note author", Role::Meta), ("Subj", "note subject", Role::Meta)] {
            if let Some(text) = words(&note, key) {
                writer.push(role, Some(label), group, &text, 0);
            }
        }
        if let Some(text) = words(&note, "Contents") {
            writer.push(Role::Comment, Some("note"), group, &text, 0);
        }
    }
}

/// The values of form fields, under the names of their fields.
pub(super) fn fields(pdf: &Pdf, writer: &mut Writer) {
    let Some(form) = root(pdf).and_then(|root| root.get::<Dict<'_>>("AcroForm")) else { return };
    let Some(list) = form.get::<Array<'_>>("Fields") else { return };
    let group = writer.groups.fresh();
    let mut walk = Fields { group, writer, postal: Vec::new(), seen: HashSet::new(), left: MOST };
    walk.list(&list, "", 0);
    let (writer, mut postal) = (walk.writer, walk.postal);
    if let Some(address) = labels::postal(&mut postal) {
        writer.push(Role::Key, Some("address"), group, &address, 0);
    }
}

struct Fields<'w> {
    group: u32,
    writer: &'w mut Writer,
    postal: Vec<(u8, String)>,
    seen: HashSet<ObjectIdentifier>,
    left: usize,
}

impl Fields<'_> {
    fn list(&mut self, list: &Array<'_>, above: &str, depth: usize) {
        let inside: Vec<Option<ObjectIdentifier>> = list
            .raw_iter()
            .take(MOST)
            .map(|o| match o {
                MaybeRef::Ref(id) => Some(id.into()),
                MaybeRef::NotRef(_) => None,
            })
            .collect();
        for (field, id) in list.iter::<Dict<'_>>().take(MOST).zip(inside) {
            let Some(left) = self.left.checked_sub(1) else { return };
            self.left = left;
            if id.is_none_or(|id| self.seen.insert(id)) {
                self.field(&field, above, depth);
            }
        }
    }

    fn field(&mut self, field: &Dict<'_>, above: &str, depth: usize) {
        let own = words(field, "TU").or_else(|| words(field, "T")).unwrap_or_default();
        let label = if own.is_empty() { above.to_owned() } else { own };
        if let Some(value) = words(field, "V").filter(|v| v != "Off") {
            let words = labels::words(&label);
            self.writer.push(Role::Key, Some(crate::extract::prefix(&words, 80)), self.group, &value, 0);
            if let Some(place) = labels::postal_place(&label).filter(|_| value.len() <= 200 && self.postal.len() < 16) {
                self.postal.push((place, value));
            }
        }
        if depth < DEEPEST
            && let Some(kids) = field.get::<Array<'_>>("Kids")
        {
            self.list(&kids, &label, depth + 1);
        }
    }
}

/// Files inside the document.
pub(super) fn attachments(pdf: &Pdf, writer: &mut Writer, attached: &mut Attached<'_>) {
    let mut left = ATTACHMENTS;
    let names = root(pdf).and_then(|r| r.get::<Dict<'_>>("Names")).and_then(|n| n.get::<Dict<'_>>("EmbeddedFiles"));
    if let Some(tree) = names {
        tree_of_files(&tree, 0, &mut left, writer, attached);
    }
    for page in pdf.pages().iter().take(super::PAGES) {
        let Some(notes) = page.raw().get::<Array<'_>>("Annots") else { continue };
        for note in notes.iter::<Dict<'_>>().take(MOST) {
            if let Some(file) = note.get::<Dict<'_>>("FS") {
                one_file(&file, &mut left, writer, attached);
            }
        }
    }
}

fn tree_of_files(tree: &Dict<'_>, depth: usize, left: &mut usize, writer: &mut Writer, attached: &mut Attached<'_>) {
    if let Some(names) = tree.get::<Array<'_>>("Names") {
        for file in names.iter::<Object<'_>>().take(MOST).filter_map(Object::into_dict) {
            one_file(&file, left, writer, attached);
        }
    }
    if depth < DEEPEST
        && *left > 0
        && let Some(kids) = tree.get::<Array<'_>>("Kids")
    {
        for kid in kids.iter::<Dict<'_>>().take(ATTACHMENTS) {
            tree_of_files(&kid, depth + 1, left, writer, attached);
        }
    }
}

fn one_file(file: &Dict<'_>, left: &mut usize, writer: &mut Writer, attached: &mut Attached<'_>) {
    let Some(stream) = file.get::<Dict<'_>>("EF").and_then(|ef| ef.get::<Stream<'_>>("F").or_else(|| ef.get("UF"))) else {
        return;
    };
    let Some(rest) = left.checked_sub(1) else { return };
    *left = rest;
    let name = file.get::<PdfString<'_>>("UF").or_else(|| file.get("F")).map(|n| letters_of(&n)).unwrap_or_default();
    if let Ok(bytes) = stream.decoded() {
        attached(&name, &bytes, writer);
    }
}
