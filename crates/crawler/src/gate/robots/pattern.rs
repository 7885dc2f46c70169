//! Patterns of robots.txt (RFC 9309 §2.2.2 and §2.2.3): one spelling for every octet, `*` and a last `$`.

use url::Url;

/// A pattern in the one spelling of octets, its stars and last `$` kept.
pub(super) fn normal_pattern(value: &str) -> String {
    // A path begins with a slash; `Disallow: private/` is taken as it was meant.
    let slash = if value.starts_with(['/', '*', '$']) { "" } else { "/" };
    let (body, end) = value.strip_suffix('$').map_or((value, ""), |body| (body, "$"));
    let mut pattern = String::from(slash);
    for (i, piece) in body.split('*').enumerate() {
        if i > 0 && !pattern.ends_with('*') {
            pattern.push('*');
        }
        normalise(piece.as_bytes(), &mut pattern);
    }
    pattern.push_str(end);
    pattern
}

/// Path and query of an address in the one spelling of octets.
pub(super) fn normal_path(url: &Url) -> String {
    let mut path = String::new();
    normalise(url.path().as_bytes(), &mut path);
    if let Some(query) = url.query() {
        path.push('?');
        normalise(query.as_bytes(), &mut path);
    }
    path
}

/// One spelling for every octet (RFC 9309 §2.2.2): unreserved characters plain, what is not ASCII and literal `*` and
/// `$` percent-encoded, hexadecimal figures in capitals; an encoded reserved character stays different from a plain one.
fn normalise(bytes: &[u8], out: &mut String) {
    let mut rest = bytes;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let (octet, encoded) = match tail {
            [high, low, after @ ..] if byte == b'%' => match (hex(*high), hex(*low)) {
                (Some(h), Some(l)) => {
                    rest = after;
                    (h << 4 | l, true)
                }
                _ => (byte, false),
            },
            _ => (byte, false),
        };
        let unreserved = octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~');
        let plain = unreserved || !encoded && octet.is_ascii_graphic() && !matches!(octet, b'*' | b'$');
        if plain {
            out.push(char::from(octet));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.push(char::from(HEX[usize::from(octet >> 4)]));
            out.push(char::from(HEX[usize::from(octet & 15)]));
        }
    }
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

/// Whether a pattern matches from the start of a path. Each piece between stars is taken at its first place, so the
/// time grows with the sum of both lengths.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) = pattern.strip_suffix('$').map_or((pattern, false), |p| (p, true));
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !anchored || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if anchored && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match rest.find(piece) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    true
}
