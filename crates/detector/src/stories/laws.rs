//! Laws that hold for every page.

use proptest::prelude::*;
use unlisted_model::{Band, Fit, Nature, Reason, ReasonCode};

use super::{amina, document, knowledge};
use crate::Detector;
use crate::attribute::{Bounds, folded, weigh};

/// Ways in which a page may write a supplied value.
const VALUES: [&str; 28] = [
    "14\u{200b} Mi\u{ad}ll Lane",
    "0 7 7 0 0 9 0 0 1 2 3",
    "0770 0900 123",
    "14 Mill Lane, Mereside\nNorthgate\nZZ99 4QT",
    "Flat 1, 14 Mill Lane",
    "(0)7700 900 123 / 07700 900123",
    "14 Mill Lane, Mereside, Northgate ZZ99 4QT",
    "14 MILL LANE",
    "14, Mill Ln",
    "Mill Lane, Mereside",
    "no. 14 Mill Lane",
    "zz994qt",
    "ZZ99 4QT",
    "07700 900123",
    "07700900123",
    "+44 7700 900 123",
    "(07700) 900-123",
    "0044 7700.900123",
    "amina.castle@mail.example",
    "Amina.Castle@MAIL.example",
    "9 March 1984",
    "09/03/1984",
    "1984-03-09",
    "9th of March, 1984",
    "Joe Castle",
    "minaruns84",
    "AB51 XYZ",
    "ab51xyz",
];

/// What must never be read, by letters and figures alone.
const NEVER: [&str; 16] = [
    "14milllane",
    "milllane",
    "14millln",
    "zz994qt",
    "7700900123",
    "aminacastlemailexample",
    "9march1984",
    "09031984",
    "19840309",
    "9thofmarch1984",
    "9thmarch1984",
    "joecastle",
    "minaruns84",
    "ab51xyz",
    "northgatelibrary",
    "meresideprimaryschool",
];

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Amina Castle".to_owned()),
        Just("Bob Smith".to_owned()),
        Just("Northgate".to_owned()),
        Just(", ".to_owned()),
        Just(". Then ".to_owned()),
        Just("\n".to_owned()),
        Just("\n| ".to_owned()),
        Just(" | ".to_owned()),
        Just("\n# ".to_owned()),
        Just("\u{200b}".to_owned()),
        Just("kill".to_owned()),
        Just(" 01632 960777".to_owned()),
        Just(" bob@smith.example ".to_owned()),
        "[a-z]{1,9}".prop_map(|w| format!(" {w} ")),
        "[a-z ]{60,200}",
        proptest::sample::select(VALUES.to_vec()).prop_map(|v| format!(" {v} ")),
        proptest::sample::select(VALUES.to_vec()).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// No supplied value stands in any excerpt, title or label, wherever and however the page writes it.
    #[test]
    fn nothing_supplied_is_ever_shown(parts in proptest::collection::vec(words(), 1..24), title in proptest::collection::vec(words(), 0..4)) {
        let title = title.concat().replace('\n', " ");
        let page = document("https://somewhere.example/", Nature::Page, Some(&title), &parts.concat());
        let reading = Detector::new(vec![amina()], knowledge()).read(&page);
        for f in &reading.findings {
            for shown in [f.excerpt.to_string(), f.title.as_ref().map(ToString::to_string).unwrap_or_default(), f.label.to_string()] {
                prop_assert!(!shown.contains("960777") && !shown.contains("bob@smith"), "somebody else's detail shown");
                let plain = folded(&shown);
                for never in NEVER {
                    prop_assert!(!plain.contains(never), "{never} shown");
                }
                prop_assert!(shown.chars().count() <= 240);
                let clean = shown.chars().all(|c| !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'));
                prop_assert!(clean);
            }
        }
    }

    /// Unsupplied details and neighbours are never above possible, parts never same; reading is repeatable.
    #[test]
    fn caps_hold_on_every_page(parts in proptest::collection::vec(words(), 1..24), own in any::<bool>()) {
        let nature = if own { Nature::OwnPage } else { Nature::Record };
        let page = document("https://aminacastle.example/", nature, None, &format!("{} 01632 960777", parts.concat()));
        let detector = Detector::new(vec![amina()], knowledge());
        let reading = detector.read(&page);
        for f in &reading.findings {
            let most = match (f.fact.is_some(), f.fit) {
                (false, _) | (true, Fit::OtherNumber) => Band::Possible,
                (true, Fit::Partial) => Band::Likely,
                (true, Fit::Whole) => Band::Same,
            };
            prop_assert!(f.attribution.band <= most, "{:?}", f.attribution);
            prop_assert!(f.value.is_some() != f.fact.is_some());
            prop_assert!(f.attribution.probability.is_finite());
        }
        prop_assert_eq!(reading, detector.read(&page));
    }

    /// A reason that speaks for never lowers the probability, one against never raises it.
    #[test]
    fn reasons_pull_their_own_way(weights in proptest::collection::vec(-4.0..4.0_f64, 0..12), more in 0.0..4.0_f64, most in 0.0..1.0_f64) {
        let reasons: Vec<Reason> = weights.iter().map(|w| Reason { code: ReasonCode::FullName, weight: *w }).collect();
        let bounds = Bounds { least: 0.0, most };
        let before = weigh(-3.0, reasons.clone(), bounds).probability;
        let with = |weight| {
            let mut all = reasons.clone();
            all.push(Reason { code: ReasonCode::SameArea, weight });
            weigh(-3.0, all, bounds).probability
        };
        prop_assert!(with(more) >= before);
        prop_assert!(with(-more) <= before);
    }
}

/// A page made to be dear costs about as much as its length; a quadratic step would take minutes here.
#[test]
fn hostile_pages_end() {
    let detector = Detector::new(vec![amina()], knowledge());
    for piece in [
        "Amina Castle 01632 960123 Bob Smith, 14 Mill Lane, Northgate Council ",
        "Amina Castle\n07700 900123\n",
        "07700 900123 born 9 March 1984 16 Mill Lane Mereside ",
        "Northgate Council Labour Party kill councillor ",
        "# Amina Castle\n",
        "| Amina Castle | 01632 960777 | Joe Castle |\n",
        "a.",
        "son Max ",
        "Mill Lane Mill Lane ",
    ] {
        let title = piece.repeat(2_000);
        let page = document("https://somewhere.example/", Nature::Page, Some(&title), &piece.repeat(300_000 / piece.len()));
        let start = std::time::Instant::now();
        let reading = detector.read(&page);
        assert!(reading.findings.len() <= 200);
        assert!(start.elapsed().as_secs() < 30, "{piece}");
    }
}
