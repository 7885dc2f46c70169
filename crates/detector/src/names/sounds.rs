//! A rough key that names of the same sound share: "Ameena" and "Amina", "Sara" and "Sarah", "Phillip" and "Filip".

/// The key of a name in folded lower case; `None` for names too short to be told apart by it.
pub(crate) fn sound(name: &[u8]) -> Option<Vec<u8>> {
    if name.len() < 4 {
        return None;
    }
    let mut out: Vec<u8> = Vec::with_capacity(name.len());
    let mut at = 0;
    while let Some(&b) = name.get(at) {
        let (sound, used): (u8, usize) = match (b, name.get(at + 1)) {
            (b'p', Some(b'h')) => (b'f', 2),
            (b'e', Some(b'e')) => (b'i', 2),
            (b'o', Some(b'o')) => (b'u', 2),
            (b'c', Some(b'k')) => (b'k', 2),
            (b'c', Some(b'h')) => (b'C', 2),
            (b's', Some(b'h')) => (b'S', 2),
            (b'y' | b'j', _) if at > 0 => (b'i', 1),
            (b'c', Some(b'e' | b'i' | b'y')) | (b'z', _) => (b's', 1),
            (b'c', _) => (b'k', 1),
            (b'h' | b'\'', _) if at > 0 => (0, 1),
            _ => (b, 1),
        };
        if sound != 0 && out.last() != Some(&sound) {
            out.push(sound);
        }
        at += used;
    }
    if out.len() > 3 && out.last() == Some(&b'e') {
        out.pop();
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, same: bool) {
        assert_eq!(sound(a.as_bytes()) == sound(b.as_bytes()), same, "{a} {b}");
    }

    #[test]
    fn names_of_one_sound() {
        check("amina", "ameena", true);
        check("amina", "aminah", true);
        check("phillip", "philip", true);
        check("sara", "sarah", true);
        check("katherine", "catherine", true);
        check("amina", "anna", false);
        check("amina", "amira", false);
        check("joan", "jean", false);
    }
}
