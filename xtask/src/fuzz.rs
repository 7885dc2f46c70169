//! Mutated input for every parser of outside bytes, on stable Rust: `cargo xtask fuzz [SECONDS] [SEED]`.
//!
//! Seeds are the files of `fixtures/`. Each round takes one, changes it (bytes, cuts, repeats, splices of two files) and gives
//! it to a parser; a panic or a round that takes longer than [`SLOW`] is a fault, and its input is kept for a test.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use unlisted_crawler::extract::{Bounds, extract};
use unlisted_crawler::gate::robots::Rules;
use unlisted_crawler::{archive, given, results};
use unlisted_detector::{Detector, Knowledge};
use unlisted_engine::config::Config;
use unlisted_engine::subject_file;
use unlisted_model::text::Text;
use unlisted_model::{Document, LineId, Media, Nature, SourceId};
use url::Url;

/// A round that takes longer is a fault, on a busy machine too.
const SLOW: Duration = Duration::from_secs(3);
/// Inputs grow no longer than this.
const LONGEST: usize = 1 << 20;

pub(crate) fn run(args: &[&str]) -> Result<()> {
    let seconds: u64 = args.first().map_or(Ok(60), |n| n.parse()).context("SECONDS is a number")?;
    let mut chance = Chance(args.get(1).map_or(Ok(1), |n| n.parse()).context("SEED is a number")?);
    let seeds = seeds()?;
    let bench = Bench::new()?;
    let end = Instant::now() + Duration::from_secs(seconds);
    std::panic::set_hook(Box::new(|_| {}));
    let (mut rounds, mut faults) = (0_u64, 0);
    while Instant::now() < end {
        let input = mutated(&seeds, &mut chance);
        let which = chance.below(Bench::PARSERS.len());
        let started = Instant::now();
        let sound = catch_unwind(AssertUnwindSafe(|| bench.give(which, &input, &mut chance))).is_ok();
        rounds += 1;
        if !sound || started.elapsed() > SLOW {
            faults += 1;
            let parser = Bench::PARSERS.get(which).copied().unwrap_or_default();
            let kept = std::env::temp_dir().join(format!("unlisted-fuzz-{parser}-{rounds}"));
            std::fs::write(&kept, &input)?;
            say(&format!(
                "{parser}: {} after {:?}; kept as {}",
                if sound { "slow" } else { "panicked" },
                started.elapsed(),
                kept.display()
            ));
        }
    }
    say(&format!("{rounds} rounds over {} seeds and {} parsers, {faults} faults", seeds.len(), Bench::PARSERS.len()));
    if faults > 0 { bail!("{faults} faults") } else { Ok(()) }
}

/// The parsers and what they need.
struct Bench {
    config: Config,
    detector: Detector,
    address: Url,
}

impl Bench {
    const PARSERS: [&'static str; 7] = ["extract", "results", "robots", "subject-file", "archive", "given", "detector"];

    fn new() -> Result<Self> {
        let config = Config::load(None)?;
        let subject = subject_file::read("demo.toml", unlisted_web::demo::SUBJECT)?.subject;
        let knowledge =
            Knowledge { severity: config.severity.clone(), councils: config.councils.clone(), names: config.names.clone() };
        Ok(Self {
            detector: Detector::new(vec![subject], knowledge),
            config,
            address: Url::parse("https://fuzz.example/a/b?c=d")?,
        })
    }

    fn give(&self, which: usize, input: &[u8], chance: &mut Chance) {
        const TYPES: [&str; 9] = [
            "text/html",
            "text/html; charset=utf-16",
            "text/plain",
            "application/json",
            "application/xml",
            "text/vcard",
            "text/csv",
            "multipart/related",
            "",
        ];
        let content_type = TYPES.get(chance.below(TYPES.len())).copied().unwrap_or_default();
        let text = String::from_utf8_lossy(input);
        match which {
            0 => drop(extract(input, content_type, Some(&self.address), &Bounds::default())),
            1 => {
                drop(results::read(&text, Some(&self.address), &self.config.catalogue.engines));
                drop(results::read_text(&text, &self.config.catalogue.engines));
            }
            2 => drop(Rules::parse(input, "unlisted").allows(&self.address)),
            3 => drop(subject_file::read("fuzz.toml", &text)),
            4 => drop(archive::read(std::io::Cursor::new(input.to_vec()), 1 << 20, 1_000, &mut |_| {})),
            5 => {
                let file = std::env::temp_dir().join(format!("unlisted-fuzz-{}.bin", std::process::id()));
                if std::fs::write(&file, input).is_ok() {
                    drop(given::read(&file, &self.config.catalogue.engines, &given::Caps::default(), &mut |_| {}));
                }
            }
            _ => drop(
                self.detector.read(&self.document(extract(input, content_type, Some(&self.address), &Bounds::default()).text)),
            ),
        }
    }

    fn document(&self, text: Text) -> Document {
        Document {
            source: SourceId::new("fuzz"),
            line: LineId("fuzz".into()),
            url: self.address.to_string(),
            via: self.address.to_string(),
            title: None,
            nature: Nature::Page,
            media: Media::Html,
            seen: jiff::Timestamp::UNIX_EPOCH,
            text,
            cut: false,
            follow: vec![],
        }
    }
}

fn seeds() -> Result<Vec<Vec<u8>>> {
    fn walk(dir: &Path, out: &mut Vec<PathBuf>) -> Result<()> {
        for entry in std::fs::read_dir(dir)? {
            let path = entry?.path();
            if path.is_dir() {
                walk(&path, out)?;
            } else {
                out.push(path);
            }
        }
        Ok(())
    }
    let mut paths = vec![];
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures"), &mut paths)?;
    paths.sort();
    paths.iter().map(|p| Ok(std::fs::read(p)?)).collect()
}

/// One seed, changed in one to eight ways.
fn mutated(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    const PIECES: [&[u8]; 14] = [
        b"<div>",
        b"</",
        b"<!--",
        b"\"",
        b"&#x",
        b"\0",
        b"\xff\xfe",
        b"=\r\n",
        b"{\"a\":[",
        b"@",
        b"07700 900123",
        b"ZZ99 4QT",
        b"User-agent: *\nDisallow: ",
        b"Castle, Amina",
    ];
    let pick = |chance: &mut Chance| seeds.get(chance.below(seeds.len())).cloned().unwrap_or_default();
    let mut input = pick(chance);
    for _ in 0..=chance.below(8) {
        let at = chance.below(input.len() + 1);
        match chance.below(6) {
            0 => input.truncate(at),
            1 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte = u8::try_from(chance.below(256)).unwrap_or(0);
                }
            }
            2 => {
                let piece = PIECES.get(chance.below(PIECES.len())).copied().unwrap_or_default();
                let times = 1 << chance.below(12);
                input.splice(at..at, piece.repeat(times));
            }
            3 => {
                let end = (at + chance.below(4_096)).min(input.len());
                input.drain(at..end);
            }
            4 => {
                let end = (at + chance.below(512)).min(input.len());
                let part = input.get(at..end).unwrap_or_default().repeat(1 << chance.below(8));
                input.splice(at..at, part);
            }
            _ => {
                let other = pick(chance);
                let from = chance.below(other.len() + 1);
                input.splice(at.., other.get(from..).unwrap_or_default().iter().copied());
            }
        }
        input.truncate(LONGEST);
    }
    input
}

/// `SplitMix64` (Steele, Lea and Flood, 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let end = u64::try_from(end.max(1)).unwrap_or(1);
        usize::try_from((z ^ (z >> 31)) % end).unwrap_or(0)
    }
}

#[expect(clippy::print_stdout, reason = "a chore prints what it did")]
fn say(text: &str) {
    println!("{text}");
}
