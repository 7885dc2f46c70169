//! Letters of simple fonts: by code in the encodings that PDF names, and by the names of glyphs.

use unicode_normalization::char::compose;

/// An encoding that a simple font may name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Base {
    Standard,
    WinAnsi,
    MacRoman,
}

/// Where StandardEncoding differs from ASCII and says nothing beyond it but these.
const STANDARD: [(u8, char); 50] = [
    (39, '\u{2019}'),
    (96, '\u{2018}'),
    (161, '¡'),
    (162, '¢'),
    (163, '£'),
    (164, '\u{2044}'),
    (165, '¥'),
    (166, 'ƒ'),
    (167, '§'),
    (168, '¤'),
    (169, '\''),
    (170, '\u{201C}'),
    (171, '«'),
    (172, '\u{2039}'),
    (173, '\u{203A}'),
    (174, '\u{FB01}'),
    (175, '\u{FB02}'),
    (177, '\u{2013}'),
    (178, '†'),
    (179, '‡'),
    (180, '·'),
    (182, '¶'),
    (183, '\u{2022}'),
    (184, '\u{201A}'),
    (185, '\u{201E}'),
    (186, '\u{201D}'),
    (187, '»'),
    (188, '\u{2026}'),
    (189, '\u{2030}'),
    (191, '¿'),
    (193, '`'),
    (194, '´'),
    (195, '^'),
    (196, '~'),
    (197, '¯'),
    (200, '¨'),
    (202, '°'),
    (203, '¸'),
    (208, '\u{2014}'),
    (225, 'Æ'),
    (227, 'ª'),
    (232, 'Ł'),
    (233, 'Ø'),
    (234, 'Œ'),
    (235, 'º'),
    (241, 'æ'),
    (245, 'ı'),
    (248, 'ł'),
    (249, 'ø'),
    (250, 'œ'),
];

/// The letter of a code.
pub(super) fn letter(base: Base, code: u8) -> Option<char> {
    let of = |encoding: &'static encoding_rs::Encoding| {
        let bytes = [code];
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        text.chars().next().filter(|c| !c.is_control() && *c != '\u{FFFD}')
    };
    match base {
        Base::WinAnsi => of(encoding_rs::WINDOWS_1252),
        Base::MacRoman => of(encoding_rs::MACINTOSH),
        Base::Standard => {
            let special = STANDARD.iter().find(|(c, _)| *c == code).map(|(_, letter)| *letter);
            special.or_else(|| (0x20..0x7F).contains(&code).then(|| char::from(code)))
        }
    }
}

/// Names of glyphs that are no letter with an accent (Adobe's glyph list, as far as Western fonts use it).
const NAMES: [(&str, &str); 106] = [
    ("space", " "),
    ("nbspace", " "),
    ("nonbreakingspace", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("sfthyphen", "-"),
    ("minus", "-"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("asciicircum", "^"),
    ("underscore", "_"),
    ("grave", "`"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("exclamdown", "¡"),
    ("cent", "¢"),
    ("sterling", "£"),
    ("currency", "¤"),
    ("yen", "¥"),
    ("brokenbar", "¦"),
    ("section", "§"),
    ("dieresis", "¨"),
    ("copyright", "©"),
    ("ordfeminine", "ª"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "\u{2039}"),
    ("guilsinglright", "\u{203A}"),
    ("logicalnot", "¬"),
    ("registered", "®"),
    ("macron", "¯"),
    ("degree", "°"),
    ("plusminus", "±"),
    ("acute", "´"),
    ("mu", "µ"),
    ("paragraph", "¶"),
    ("periodcentered", "·"),
    ("middot", "·"),
    ("cedilla", "¸"),
    ("ordmasculine", "º"),
    ("onequarter", "¼"),
    ("onehalf", "½"),
    ("threequarters", "¾"),
    ("questiondown", "¿"),
    ("multiply", "×"),
    ("divide", "÷"),
    ("germandbls", "ß"),
    ("AE", "Æ"),
    ("ae", "æ"),
    ("OE", "Œ"),
    ("oe", "œ"),
    ("Oslash", "Ø"),
    ("oslash", "ø"),
    ("Lslash", "Ł"),
    ("lslash", "ł"),
    ("Eth", "Ð"),
    ("eth", "ð"),
    ("Thorn", "Þ"),
    ("thorn", "þ"),
    ("dotlessi", "ı"),
    ("florin", "ƒ"),
    ("endash", "\u{2013}"),
    ("emdash", "\u{2014}"),
    ("quoteleft", "\u{2018}"),
    ("quoteright", "\u{2019}"),
    ("quotesinglbase", "\u{201A}"),
    ("quotedblleft", "\u{201C}"),
    ("quotedblright", "\u{201D}"),
    ("quotedblbase", "\u{201E}"),
    ("bullet", "\u{2022}"),
    ("ellipsis", "\u{2026}"),
    ("Euro", "€"),
    ("trademark", "™"),
];

/// Accents by their names.
const ACCENTS: [(&str, char); 13] = [
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("circumflex", '\u{302}'),
    ("tilde", '\u{303}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("dotaccent", '\u{307}'),
    ("dieresis", '\u{308}'),
    ("ring", '\u{30A}'),
    ("hungarumlaut", '\u{30B}'),
    ("caron", '\u{30C}'),
    ("cedilla", '\u{327}'),
    ("ogonek", '\u{328}'),
];

/// The letters that the name of a glyph speaks for; `None` if it speaks for none.
pub(super) fn of_name(name: &str) -> Option<String> {
    let bare = name.split_once('.').map_or(name, |(bare, _)| bare);
    if bare.is_empty() {
        return None;
    }
    if bare.contains('_') {
        // `f_f_i`: letters drawn as one.
        return bare.split('_').map(of_name).collect();
    }
    let mut chars = bare.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return only.is_ascii_alphabetic().then(|| only.to_string());
    }
    if let Some((_, text)) = NAMES.iter().find(|(known, _)| *known == bare) {
        return Some((*text).to_owned());
    }
    if matches!(bare, "ff" | "fi" | "fl" | "ffi" | "ffl") {
        return Some(bare.to_owned());
    }
    let hex = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).map(String::from);
    if let Some(digits) = bare.strip_prefix("uni").filter(|d| d.len() == 4) {
        return hex(digits);
    }
    if let Some(digits) = bare.strip_prefix('u').filter(|d| (4..=6).contains(&d.len())) {
        return hex(digits);
    }
    let letter = bare.chars().next().filter(char::is_ascii_alphabetic)?;
    let (_, accent) = ACCENTS.iter().find(|(accent, _)| bare.strip_prefix(letter) == Some(accent))?;
    compose(letter, *accent).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_glyphs_are_letters() {
        for (name, text) in [
            ("A", Some("A")),
            ("wcircumflex", Some("ŵ")),
            ("Ycircumflex", Some("Ŷ")),
            ("eacute", Some("é")),
            ("f_f_i", Some("ffi")),
            ("uni0174", Some("Ŵ")),
            ("u1F600", Some("\u{1F600}")),
            ("quoteright", Some("\u{2019}")),
            ("seven.oldstyle", Some("7")),
            ("g17", None),
            (".notdef", None),
            ("", None),
        ] {
            assert_eq!(of_name(name).as_deref(), text, "{name}");
        }
        assert_eq!(letter(Base::WinAnsi, 0x92), Some('\u{2019}'));
        assert_eq!(letter(Base::MacRoman, 0x8E), Some('é'));
        assert_eq!(letter(Base::Standard, 0x27), Some('\u{2019}'));
    }
}
