//! Details in scripts: strings, also those that are put together from pieces so that machines do not see them.

use super::super::json::unescape;
use super::super::writer::prefix;
use super::attributes::looks_like_detail;

/// Bytes of script read of one page.
pub(super) const BUDGET: usize = 512 * 1024;
/// Strings kept of one script.
const KEPT: usize = 100;
/// The longest string that is a detail.
const LONGEST: usize = 300;

/// The strings of a script that look like details, `'a' + '@' + 'b'` joined.
pub(super) fn joined_strings(script: &str, budget: &mut usize) -> Vec<String> {
    let script = prefix(script, *budget);
    *budget -= script.len();
    let bytes = script.as_bytes();
    let mut kept = Vec::new();
    let mut joined = String::new();
    let mut at = 0;
    // Whether a plus, and nothing but it, stands between the last string and here.
    let mut plus = false;
    while let Some(&b) = bytes.get(at) {
        match b {
            b'"' | b'\'' | b'`' => {
                let (end, raw) = literal(script, at, b);
                if !plus {
                    keep(&mut joined, &mut kept);
                }
                plus = false;
                if joined.len() + raw.len() <= LONGEST {
                    joined.push_str(&unescape(raw));
                }
                at = end;
                continue;
            }
            b'+' => plus = true,
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                at += script.get(at..).and_then(|s| s.find('\n')).unwrap_or(script.len());
            }
            _ if b.is_ascii_whitespace() => {}
            _ => {
                if !joined.is_empty() {
                    keep(&mut joined, &mut kept);
                }
                plus = false;
            }
        }
        at += 1;
    }
    keep(&mut joined, &mut kept);
    kept
}

/// Objects given to a name in a script (`window.state = {"user": …}`), each at least so long, at most so many.
pub(super) fn objects(script: &str, budget: usize) -> Vec<&str> {
    const SHORTEST: usize = 40;
    const MOST: usize = 8;
    let script = prefix(script, budget);
    let bytes = script.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = script.get(at..).and_then(|s| s.find("{\"")).map(|i| at + i) {
        if found.len() >= MOST {
            break;
        }
        let given =
            bytes.iter().take(open).rev().take(8).find(|b| !b.is_ascii_whitespace() && **b != b'[').is_some_and(|b| *b == b'=');
        if !given {
            at = open + 1;
            continue;
        }
        let end = closed(bytes, open);
        if let Some(object) = script.get(open..end).filter(|o| o.len() >= SHORTEST) {
            found.push(object);
        }
        at = end.max(open + 1);
    }
    found
}

/// Past the brace that closes the one at `open`; the end of the script if none does.
fn closed(bytes: &[u8], open: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = open;
    while let Some(&b) = bytes.get(at) {
        match b {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            b'"' => {
                at += 1;
                while let Some(&b) = bytes.get(at).filter(|b| **b != b'"') {
                    at += if b == b'\\' { 2 } else { 1 };
                }
            }
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// The string literal at `open`: where it ends, and what stands in it. An unclosed one ends with its line.
fn literal(script: &str, open: usize, quote: u8) -> (usize, &str) {
    let bytes = script.as_bytes();
    let mut end = open + 1;
    while let Some(&b) = bytes.get(end) {
        if b == quote || (b == b'\n' && quote != b'`') {
            break;
        }
        end += if b == b'\\' { 2 } else { 1 };
    }
    let end = end.min(bytes.len());
    (end + 1, script.get(open + 1..end).unwrap_or_default())
}

fn keep(joined: &mut String, kept: &mut Vec<String>) {
    if kept.len() < KEPT {
        let text = super::words(joined);
        if looks_like_detail(&text) || text.contains(" at ") && text.contains(" dot ") {
            kept.push(text);
        }
    }
    joined.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_state_of_a_page() {
        let state = r#"{"user":{"name":"Amina Castle","note":"a } brace","tel":"01632 960111"}}"#;
        assert_eq!(objects(&format!("var x=1;window.__STATE__ = {state};f({{\"a\":1}})"), BUDGET), [state]);
        assert_eq!(objects("f({\"a\":\"not given to a name, and long enough to be one\"})", BUDGET), Vec::<&str>::new());
        assert_eq!(objects("x={\"unclosed\":\"and the rest of the script is taken", BUDGET).len(), 1);
    }

    #[test]
    fn joins_what_was_taken_apart() {
        let check = |script: &str, expected: &[&str]| {
            let mut budget = BUDGET;
            assert_eq!(joined_strings(script, &mut budget), expected, "{script}");
        };
        check("document.write('amina' + '@' + 'castle' + '.example')", &["amina@castle.example"]);
        check(r#"var e = "amina\x40castle.example";"#, &["amina@castle.example"]);
        check(r#"w("<a href='mailto:"+"a@b.example"+"'>")"#, &[]);
        check("call('01632 ' +\n '960111')", &["01632 960111"]);
        check("var a='amina', b='@castle.example'", &[]);
        check("x = 'unclosed\ny = 'a@castle.example'", &["a@castle.example"]);
        check("import x from '@scope/package'; s('icon@2x.png')", &[]);
    }
}
