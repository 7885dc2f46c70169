//! The string literals of Rust code, as far as a person may read them: no comments, no attributes, no tests.

/// Each string literal with its line. Escapes stay as they are written, but for the quote.
pub(crate) fn of(code: &str) -> Vec<(usize, String)> {
    let chars: Vec<char> = code.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let (mut i, mut line, mut out) = (0, 1, vec![]);
    // How many brackets of an attribute are open.
    let mut attribute = 0_usize;
    while i < chars.len() {
        match at(i) {
            '\n' => line += 1,
            '/' if at(i + 1) == '/' => {
                while i < chars.len() && at(i) != '\n' {
                    i += 1;
                }
                continue;
            }
            '/' if at(i + 1) == '*' => {
                while i < chars.len() && !(at(i) == '*' && at(i + 1) == '/') {
                    line += usize::from(at(i) == '\n');
                    i += 1;
                }
                i += 1;
            }
            '#' if attribute == 0 && (at(i + 1) == '[' || (at(i + 1) == '!' && at(i + 2) == '[')) => {
                attribute = 1;
                i += if at(i + 1) == '[' { 1 } else { 2 };
            }
            '[' if attribute > 0 => attribute += 1,
            ']' if attribute > 0 => attribute -= 1,
            // A character, not a lifetime.
            '\'' if at(i + 1) == '\\' => {
                i += 3;
                while i < chars.len() && at(i) != '\'' {
                    i += 1;
                }
            }
            '\'' if at(i + 2) == '\'' => i += 2,
            'r' if (at(i + 1) == '"' || at(i + 1) == '#') && !is_word(at(i.wrapping_sub(1))) => {
                let hashes = chars.iter().skip(i + 1).take_while(|c| **c == '#').count();
                if at(i + 1 + hashes) == '"' {
                    let (start, first) = (i + 2 + hashes, line);
                    let mut end = start;
                    while end < chars.len() && !(at(end) == '"' && (0..hashes).all(|h| at(end + 1 + h) == '#')) {
                        line += usize::from(at(end) == '\n');
                        end += 1;
                    }
                    keep(&mut out, attribute, first, chars.iter().skip(start).take(end - start).collect());
                    i = end + hashes;
                }
            }
            '"' => {
                let (first, mut text) = (line, String::new());
                i += 1;
                while i < chars.len() && at(i) != '"' {
                    if at(i) == '\\' {
                        if at(i + 1) == '\n' {
                            // A line that goes on: its indent is no part of the text.
                            i += 1;
                            while at(i).is_whitespace() {
                                line += usize::from(at(i) == '\n');
                                i += 1;
                            }
                            continue;
                        }
                        i += 1;
                        text.push_str(match at(i) {
                            'n' => "\n",
                            '"' => "\"",
                            _ => "",
                        });
                    } else {
                        line += usize::from(at(i) == '\n');
                        text.push(at(i));
                    }
                    i += 1;
                }
                keep(&mut out, attribute, first, text);
            }
            _ => {}
        }
        i += 1;
    }
    out
}

fn keep(out: &mut Vec<(usize, String)>, attribute: usize, line: usize, text: String) {
    if attribute == 0 {
        out.push((line, text));
    }
}

const fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[test]
fn literals_are_told_from_all_else() {
    let code = r###"
//! "no"
#[expect(x, reason = "no [no] no")]
fn f<'a>(x: &'a str) -> char { /* "no" */ let q = '"'; let e = '\''; t("yes.one", &["b\"c"]) } // "no"
let raw = r#"raw "text""#; let two = "over \
    two lines"; '\n'
"last"
"###;
    let found = of(code);
    let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["yes.one", "b\"c", "raw \"text\"", "over two lines", "last"]);
    assert_eq!(found.last().map(|(line, _)| *line), Some(7));
}
