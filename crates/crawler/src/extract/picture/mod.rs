//! Pictures: what they say of themselves (EXIF, XMP, IPTC, text of PNG), never what they show.
//!
//! A place where a picture was taken leaves this room only rounded to two decimals, about a kilometre.

mod iptc;
mod parts;
mod tiff;

use unlisted_model::Media;
use unlisted_model::text::Role;

use self::parts::{Part, parts};
use self::tiff::Tiff;
use super::writer::Writer;
use super::{Bounds, Extracted, Problem, xmp};

/// A small picture inside a picture is read, and one inside that, no further.
const DEEPEST: usize = 2;

/// The label of a place; the detector knows it by this name.
const PLACE: &str = "photo location";

/// Reads a picture.
pub(super) fn read(bytes: &[u8], bounds: &Bounds) -> Extracted {
    let mut writer = Writer::new(bounds);
    let mut told = Told::default();
    let is_whole = read_into(bytes, &mut writer, &mut told, 0);
    let is_bare = writer.text.blocks.is_empty();
    let (text, problem) = writer.finish();
    let problem = match (is_whole, is_bare) {
        (false, true) => Some(Problem::Broken),
        (false, false) => Some(Problem::Cut),
        // Without a word about itself it may be a scan or a picture of a screen, as well as a photo.
        (true, true) => Some(Problem::Scanned),
        (true, false) => problem,
    };
    Extracted { media: Media::Picture, title: None, text, links: Vec::new(), problem }
}

/// What has been told of a picture already.
#[derive(Default)]
struct Told {
    places: Vec<String>,
}

/// Whether all of its metadata could be read.
fn read_into(bytes: &[u8], writer: &mut Writer, told: &mut Told, depth: usize) -> bool {
    let group = writer.groups.fresh();
    let (parts, mut is_whole) = parts(bytes);
    for part in parts {
        match part {
            Part::Exif(data) => match Tiff::read(&data) {
                Some(tiff) => exif(&tiff, &data, group, writer, told, depth),
                None => is_whole = false,
            },
            Part::Xmp(packet) => {
                let place = xmp::read(&packet, group, writer);
                locate(place.north.zip(place.east), group, writer, told);
            }
            Part::Iptc(data) => iptc::read(&data, group, writer),
            Part::Words(label, words) => writer.push(Role::Meta, Some(&label), group, &words, 0),
        }
    }
    is_whole
}

fn exif(tiff: &Tiff, data: &[u8], group: u32, writer: &mut Writer, told: &mut Told, depth: usize) {
    for (label, words) in &tiff.words {
        writer.push(Role::Meta, Some(label), group, words, 0);
    }
    locate(tiff.place, group, writer, told);
    if let Some(packet) = &tiff.xmp {
        let place = xmp::read(packet, group, writer);
        locate(place.north.zip(place.east), group, writer, told);
    }
    if let Some(block) = &tiff.iptc {
        iptc::read(block, group, writer);
    }
    // The small picture may be older than the large one, and say what was taken out of that.
    if depth < DEEPEST
        && let Some(small) = tiff.small.clone().and_then(|range| data.get(range))
    {
        read_into(small, writer, told, depth + 1);
    }
}

fn locate(place: Option<(f64, f64)>, group: u32, writer: &mut Writer, told: &mut Told) {
    let Some((north, east)) = place else { return };
    let is_place = north.abs() <= 90.0 && east.abs() <= 180.0 && (north != 0.0 || east != 0.0);
    let place = format!("{north:.2}, {east:.2}");
    if is_place && !told.places.contains(&place) {
        writer.push(Role::Meta, Some(PLACE), group, &place, 0);
        told.places.push(place);
    }
}
