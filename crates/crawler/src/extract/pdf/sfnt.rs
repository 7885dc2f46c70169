//! The table of letters in an embedded TrueType font, read backwards: which letter a glyph draws.

use std::collections::HashMap;

/// Letters read at most.
const MOST: usize = 70_000;

fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(data.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Letters by the number of their glyph; empty if the font holds no such table.
pub(super) fn letters_of_glyphs(font: &[u8]) -> HashMap<u32, char> {
    read(font).unwrap_or_default()
}

fn read(font: &[u8]) -> Option<HashMap<u32, char>> {
    let tables = usize::from(short(font, 4)?);
    let record = (0..tables.min(64)).map(|i| 12 + 16 * i).find(|at| font.get(*at..*at + 4) == Some(b"cmap"))?;
    let start = usize::try_from(long(font, record + 8)?).ok()?;
    let cmap = font.get(start..)?;
    let count = usize::from(short(cmap, 2)?);
    let mut best: Option<(u8, usize)> = None;
    for i in 0..count.min(32) {
        let at = 4 + 8 * i;
        let (platform, encoding) = (short(cmap, at)?, short(cmap, at + 2)?);
        let offset = usize::try_from(long(cmap, at + 4)?).ok()?;
        let worth = match (platform, encoding) {
            (3, 10) | (0, 4 | 6) => 3,
            (3, 1) | (0, _) => 2,
            _ => continue,
        };
        if best.is_none_or(|b| b.0 < worth) {
            best = Some((worth, offset));
        }
    }
    let table = cmap.get(best?.1..)?;
    let mut out = HashMap::new();
    match short(table, 0)? {
        4 => segments(table, &mut out)?,
        12 => groups(table, &mut out)?,
        _ => return None,
    }
    Some(out)
}

fn note(out: &mut HashMap<u32, char>, glyph: u32, code: u32) {
    if glyph != 0
        && out.len() < MOST
        && let Some(letter) = char::from_u32(code)
    {
        out.entry(glyph).or_insert(letter);
    }
}

fn segments(table: &[u8], out: &mut HashMap<u32, char>) -> Option<()> {
    let double = usize::from(short(table, 6)?);
    let mut left = MOST;
    for i in 0..double / 2 {
        let end = short(table, 14 + 2 * i)?;
        let start = short(table, 16 + double + 2 * i)?;
        let delta = short(table, 16 + 2 * double + 2 * i)?;
        let at = 16 + 3 * double + 2 * i;
        let offset = usize::from(short(table, at)?);
        for code in start..=end {
            left = left.checked_sub(1)?;
            let glyph = if offset == 0 {
                code.wrapping_add(delta)
            } else {
                match short(table, at + offset + 2 * usize::from(code - start)) {
                    Some(0) | None => 0,
                    Some(glyph) => glyph.wrapping_add(delta),
                }
            };
            note(out, u32::from(glyph), u32::from(code));
        }
    }
    Some(())
}

fn groups(table: &[u8], out: &mut HashMap<u32, char>) -> Option<()> {
    let mut left = MOST;
    let count = usize::try_from(long(table, 12)?).ok()?;
    for i in 0..count.min(MOST) {
        let at = 16 + 12 * i;
        let (start, end, glyph) = (long(table, at)?, long(table, at + 4)?, long(table, at + 8)?);
        for code in start..=end {
            left = left.checked_sub(1)?;
            note(out, glyph.saturating_add(code - start), code);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_font_has_no_letters() {
        for font in [&b""[..], b"\0\x01\0\0\0\x01", b"\0\x01\0\0\xff\xff\0\0\0\0\0\0cmap\0\0\0\0\xff\xff\xff\xff\0\0\0\x01"] {
            assert!(letters_of_glyphs(font).is_empty());
        }
    }

    #[test]
    fn segments_are_read_backwards() {
        let mut font = b"\0\x01\0\0\0\x01\0\0\0\0\0\0cmap\0\0\0\0\0\0\0\x1c\0\0\0\x40".to_vec();
        font.extend(b"\0\0\0\x01\0\x03\0\x01\0\0\0\x0c");
        // Format 4, one segment A to C, glyphs from 5 on.
        for n in [4_u16, 32, 0, 2, 0, 0, 0, 0x43, 0, 0x41, 5_u16.wrapping_sub(0x41), 0] {
            font.extend(n.to_be_bytes());
        }
        let letters = letters_of_glyphs(&font);
        assert_eq!((letters.get(&5), letters.get(&7), letters.len()), (Some(&'A'), Some(&'C'), 3));
    }
}
