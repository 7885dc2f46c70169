//! `method.txt`: a plain statement of what was done and how to check it.

use super::facts::written;
use super::{Audience, Bundle};
use crate::outside::tidy;

const WIDTH: usize = 76;

/// The lines that check a copy on Windows, where no program for it is at hand.
const ON_WINDOWS: &str = r"Get-Content SHA256SUMS | ForEach-Object {
      $sum, $path = $_ -split '  ', 2
      if ((Get-FileHash $path -Algorithm SHA256).Hash -eq $sum) { $path + ': OK' }
      else { $path + ': FAILED' }
    }";

/// The statement.
pub fn method(bundle: &Bundle<'_>) -> String {
    let words = bundle.words;
    let mut out = String::new();
    let mut say = |text: &str| {
        out.push_str(&wrapped(text));
        out.push('\n');
    };
    let get = |key: &str| words.get(key).into_owned();
    let whom = words.of("bundle-audience", bundle.audience.as_str());
    say(&get("bundle-method.title"));
    say(&format!("{} {}", words.get("bundle.made"), written(&bundle.made)));
    say(&format!("{} unlisted {}", words.get("bundle.with"), tidy(bundle.version)));
    say(&format!("{} {whom}", words.get("bundle.for")));
    say(&format!("{} {}", words.get("bundle.by"), bundle.by.map_or_else(|| "____________________".to_owned(), tidy)));
    say("");
    let sections: [(&str, &[&str]); 4] = [
        ("bundle-method.what", &["bundle-method.what-1", "bundle-method.what-2", "bundle-method.what-3", "bundle-method.what-4"]),
        ("bundle-method.times", &["bundle-method.times-1", "bundle-method.times-2", "bundle-method.times-3"]),
        ("bundle-method.files", &["bundle-method.files-1", "bundle-method.files-2", "bundle-method.files-3"]),
        ("bundle-method.limits", &["bundle-method.limits-1", "bundle-method.limits-2", "bundle-method.limits-3"]),
    ];
    for (section, texts) in sections {
        say(&get(section));
        for text in texts {
            say(&get(text));
        }
        say("");
    }
    say(&get("bundle-method.out"));
    for text in left_out(bundle) {
        say(&text);
    }
    for fault in bundle.faults {
        say(fault);
    }
    say("");
    say(&get("bundle-method.check"));
    say(&get("bundle-method.check-1"));
    for (key, command) in [
        ("bundle-method.check-linux", "sha256sum -c SHA256SUMS"),
        ("bundle-method.check-mac", "shasum -a 256 -c SHA256SUMS"),
        ("bundle-method.check-windows", ON_WINDOWS),
    ] {
        say(&get(key));
        say(&format!("    {command}"));
    }
    say(&get("bundle-method.check-2"));
    if bundle.audience.gets_all() {
        say("");
        say(&get("bundle-method.chain"));
        for text in ["bundle-method.chain-1", "bundle-method.chain-2", "bundle-method.chain-3"] {
            say(&get(text));
        }
        say("    sha256sum entries/0001.json");
        say(&get("bundle-method.chain-4"));
    }
    say("");
    say(&words.get("bundle.not-locked"));
    out
}

/// What is not in the copy.
fn left_out(bundle: &Bundle<'_>) -> Vec<String> {
    let words = bundle.words;
    let mut out = vec![];
    if bundle.audience == Audience::Platform {
        out.push(words.get("bundle-method.out-platform").into_owned());
    }
    if bundle.is_part() {
        out.push(words.fill("bundle.part", &[("here", &bundle.entries.len().to_string()), ("all", &bundle.told().to_string())]));
    }
    for (number, index) in bundle.lost {
        let gaps = [("entry", number.to_string()), ("file", (index + 1).to_string())];
        out.push(words.fill("bundle-method.out-lost", &gaps.each_ref().map(|(k, v)| (*k, v.as_str()))));
    }
    if !bundle.faults.is_empty() {
        out.push(words.get("bundle.faults").into_owned());
    } else if out.is_empty() {
        out.push(words.get("bundle-method.out-nothing").into_owned());
    }
    out
}

/// Broken at spaces; an indented text keeps its lines.
fn wrapped(text: &str) -> String {
    if text.starts_with(' ') {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let long = word.chars().count();
        if column > 0 && column + 1 + long > WIDTH {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += long;
    }
    out
}
