//! Words can be read: each pair of text and ground in the sheet has at least the contrast of WCAG 2.2 AA (4.5 to 1), in
//! the light, dark and printed forms.

use std::collections::BTreeMap;

/// The custom properties of the `:root` rule that follows `after`.
fn colours(after: &str) -> BTreeMap<String, [f64; 3]> {
    let sheet = include_str!("../../src/render/html/style.css");
    let (_, rest) = sheet.split_once(after).expect("the part of the sheet");
    let (_, rest) = rest.split_once(":root{").expect("a rule");
    let (rule, _) = rest.split_once('}').expect("its end");
    rule.split(';')
        .filter_map(|pair| {
            let (name, value) = pair.trim().strip_prefix("--")?.split_once(':')?;
            Some((name.to_owned(), rgb(value.trim().strip_prefix('#')?)))
        })
        .collect()
}

fn rgb(hex: &str) -> [f64; 3] {
    let digits: Vec<f64> = hex.chars().map(|c| f64::from(c.to_digit(16).expect("a hex digit"))).collect();
    match *digits.as_slice() {
        [r, g, b] => [r * 17.0, g * 17.0, b * 17.0],
        [a, b, c, d, e, f] => [a * 16.0 + b, c * 16.0 + d, e * 16.0 + f],
        _ => panic!("a colour of three or six digits: {hex}"),
    }
}

fn luminance(colour: [f64; 3]) -> f64 {
    let [r, g, b] = colour.map(|c| {
        let c = c / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (x, y) = (luminance(a), luminance(b));
    (x.max(y) + 0.05) / (x.min(y) + 0.05)
}

#[test]
fn every_text_stands_out_from_its_ground() {
    const PAIRS: [(&str, &str); 21] = [
        ("ink", "paper"),
        ("ink", "sheet"),
        ("ink", "tint"),
        ("ink", "low-tint"),
        ("ink", "critical-tint"),
        ("soft", "paper"),
        ("soft", "sheet"),
        ("soft", "tint"),
        ("soft", "low-tint"),
        ("link", "paper"),
        ("link", "sheet"),
        ("accent", "tint"),
        ("paper", "accent"),
        ("critical", "critical-tint"),
        ("high", "high-tint"),
        ("medium", "medium-tint"),
        ("low", "low-tint"),
        ("critical", "paper"),
        ("high", "paper"),
        ("medium", "paper"),
        ("critical", "sheet"),
    ];
    for form in ["", "prefers-color-scheme:dark", "@media print"] {
        let colours = colours(form);
        for (text, ground) in PAIRS {
            let ratio = contrast(colours[text], colours[ground]);
            assert!(ratio >= 4.5, "{form}: {text} on {ground}: {ratio:.2}");
        }
    }
    assert!((contrast([0.0; 3], [255.0; 3]) - 21.0).abs() < 0.01);
}
