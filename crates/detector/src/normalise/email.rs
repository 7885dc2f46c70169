//! E-mail addresses in lower case, and the undoing of simple codes.

/// The address in lower case without surrounding signs; `None` when it is none.
pub fn email(value: &str) -> Option<String> {
    let folded = super::fold(value);
    let bare = folded.trim_start_matches("mailto:").trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let (local, domain) = bare.split_once('@')?;
    let good = !local.is_empty()
        && !bare.contains(char::is_whitespace)
        && !domain.contains('@')
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty());
    good.then(|| bare.to_owned())
}

/// The address without its "+tag".
pub(crate) fn without_tag(address: &str) -> Option<String> {
    let (local, domain) = address.split_once('@')?;
    let (name, _) = local.split_once('+')?;
    (!name.is_empty()).then(|| format!("{name}@{domain}"))
}

/// ROT13 of ASCII letters.
pub(crate) fn rot13(text: &[u8]) -> Vec<u8> {
    text.iter()
        .map(|b| match b {
            b'a'..=b'z' => (b - b'a' + 13) % 26 + b'a',
            b'A'..=b'Z' => (b - b'A' + 13) % 26 + b'A',
            _ => *b,
        })
        .collect()
}

/// The address behind the hex of a mail-protection service: the first byte is the key of all others.
pub(crate) fn protected_hex(hex: &[u8]) -> Option<String> {
    if hex.len() < 12 || hex.len() > 400 || !hex.len().is_multiple_of(2) {
        return None;
    }
    let bytes: Option<Vec<u8>> = hex.chunks(2).map(|pair| Some(nibble(*pair.first()?)? << 4 | nibble(*pair.get(1)?)?)).collect();
    let bytes = bytes?;
    let (key, rest) = bytes.split_first()?;
    let plain: Vec<u8> = rest.iter().map(|b| b ^ key).collect();
    email(&String::from_utf8(plain).ok()?)
}

/// The value of one hex figure.
pub(crate) fn nibble(b: u8) -> Option<u8> {
    char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_undone() {
        assert_eq!(email("<Amina@Mail.example>,").as_deref(), Some("amina@mail.example"));
        assert_eq!(email("amina at mail"), None);
        assert_eq!(rot13(b"nzvan@znvy.rknzcyr"), b"amina@mail.example");
        let hex: String =
            std::iter::once(0x42).chain("a@b.example".bytes().map(|b| b ^ 0x42)).map(|b: u8| format!("{b:02x}")).collect();
        assert_eq!(protected_hex(hex.as_bytes()).as_deref(), Some("a@b.example"));
        assert_eq!(protected_hex(b"zz"), None);
        assert_eq!(without_tag("a+news@b.example").as_deref(), Some("a@b.example"));
    }
}
