//! Told as a story: somebody was threatened last week and begins tonight, on an empty computer without a network.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::ToSpan as _;

use crate::needles::Needles;
use crate::people::today;
use crate::program::{Place, Ran};

/// What was said, and what nobody but the person may read unlocked.
const PRIVATE: [&str; 9] = [
    "we will wait at your gate on polling night",
    "Gravelthorn Watcher",
    "https://gravelthorn.example/p/4711",
    "Perpetua Lindqvist",
    "I sleep at my sister's now",
    "CRIME-REF-88213",
    "gatepost-screenshot",
    "71 Quillfeather Row, Mereside ZZ99 9QC",
    "07700 900987",
];

/// A picture by its first bytes, and something to recognise in it.
fn picture() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89".to_vec();
    bytes.extend(b"gatepost-screenshot".repeat(400));
    bytes
}

const PAGE: &str = "<!doctype html><html><head><title>Gravelthorn Watcher</title></head><body><p>we will wait at your gate on polling night</p><script>alert(1)</script></body></html>";

/// Somebody who has answered `init` and told two incidents, one of them reported.
fn place() -> Place {
    let place = Place::new();
    let poll = today().saturating_add(30.days()).strftime("%-d %B %Y").to_string();
    let answers = [
        "yes",
        "Zephyrine Oakhanger",
        "",
        "",
        "yes",
        "council",
        "Example Party",
        "Mereside",
        "City of York Council",
        &poll,
        "71 Quillfeather Row, Mereside ZZ99 9QC",
        "",
        "07700 900987",
        "",
        "",
        "",
        "no",
        "",
        "",
        "",
        "",
        "Perpetua Lindqvist",
        "",
        "",
        "yes",
        "yes",
    ];
    place.unlisted(&["init"]).vault().stdin(format!("{}\n", answers.join("\n"))).run().code(0).says(&["zephyrine-oakhanger"]);
    place.write("given/gatepost-screenshot.png", picture());
    place.write("given/page.html", PAGE);
    let first = "They wrote that they will come\nyesterday 21:40\n\nGravelthorn\nhttps://gravelthorn.example/p/4711\nGravelthorn Watcher\n\nwe will wait at your gate on polling night\n.\n\nPerpetua Lindqvist\nI sleep at my sister's now\nno\nyes\nyes\nno\n\n\n\n";
    add(&place, &[], &["given/gatepost-screenshot.png"], first).code(0).says(&["call 999"]);
    add(&place, &[], &["given/page.html"], "The same again\ntoday\n\n\nhttps://gravelthorn.example/p/4711\n").code(0);
    add(&place, &["--to", "1"], &[], "the police\nCRIME-REF-88213\ntoday\n").code(0).says(&["incident"]);
    place
}

fn add(place: &Place, more: &[&str], files: &[&str], answers: &str) -> Ran {
    let mut run = place.unlisted(&["incident", "add"]).vault().args(more);
    for file in files {
        run = run.arg("--file").arg(place.path(file));
    }
    run.stdin(answers).run()
}

/// The one folder that `export` made.
fn export(place: &Place) -> PathBuf {
    place.unlisted(&["incident", "export", "--yes", "--out"]).arg(place.path("copies")).vault().run().code(0);
    let made: Vec<PathBuf> = fs::read_dir(place.path("copies")).expect("a folder").flatten().map(|e| e.path()).collect();
    let [one] = made.as_slice() else { panic!("one copy: {made:?}") };
    one.clone()
}

/// What GNU's own program says; None where it is not installed.
fn sha256sum(copy: &Path) -> Option<bool> {
    let run = std::process::Command::new("sha256sum").args(["-c", "--quiet", "SHA256SUMS"]).current_dir(copy).output().ok()?;
    Some(run.status.success())
}

fn verify(place: &Place, copy: &Path) -> Ran {
    place.unlisted(&["incident", "verify", "--bundle"]).arg(copy).vault().run()
}

#[test]
fn a_copy_for_the_police_stands_by_itself() {
    let place = place();
    place.unlisted(&["prepare"]).vault().run().code(0);
    place.unlisted(&["incident", "verify"]).vault().run().code(0);
    let copy = export(&place);
    for file in ["record.html", "record.csv", "method.txt", "chain.csv", "SHA256SUMS", "entries/0001.json", "entries/0003.json"] {
        assert!(copy.join(file).is_file(), "{file}");
    }
    assert_eq!(fs::read(copy.join("files/0001-1.png")).expect("the screenshot"), picture(), "byte for byte");
    assert!(!copy.to_string_lossy().to_lowercase().contains("oakhanger"), "no name in the folder's name");
    let page = fs::read_to_string(copy.join("record.html")).expect("the page");
    assert!(page.contains("we will wait at your gate") && page.contains("CRIME-REF-88213"));
    assert!(!page.contains("<script") && page.contains("default-src 'none'"), "nothing in it can run");
    assert_ne!(sha256sum(&copy), Some(false), "sha256sum -c");
    verify(&place, &copy).code(0);

    // One changed byte.
    let entry = copy.join("entries/0001.json");
    let whole = fs::read(&entry).expect("an entry");
    let mut changed = whole.clone();
    let at = changed.len() / 2;
    changed[at] ^= 1;
    fs::write(&entry, &changed).expect("a file");
    assert_ne!(sha256sum(&copy), Some(true), "sha256sum -c finds the changed byte");
    assert_eq!(verify(&place, &copy).status.code(), Some(1));
    fs::write(&entry, whole).expect("a file");
    verify(&place, &copy).code(0);

    // An entry taken out of the folder and of the list of sums: the chain still shows it.
    fs::remove_file(copy.join("entries/0002.json")).expect("an entry");
    let sums = fs::read_to_string(copy.join("SHA256SUMS")).expect("sums");
    let fewer: String = sums.lines().filter(|l| !l.ends_with("0002.json")).map(|l| format!("{l}\n")).collect();
    fs::write(copy.join("SHA256SUMS"), fewer).expect("a file");
    let ran = verify(&place, &copy).code(1);
    assert!(format!("{}{}", ran.out, ran.err).contains("Entry 2 is missing"), "{}{}", ran.out, ran.err);
}

#[test]
fn nothing_of_it_lies_about_unlocked() {
    let place = place();
    let quiet = |ran: &Ran, what: &str| {
        for private in PRIVATE {
            assert!(!ran.out.contains(private) && !ran.err.contains(private), "{what} shows {private}\n{}{}", ran.out, ran.err);
        }
    };
    quiet(&place.unlisted(&["incident", "verify"]).vault().run().code(0), "verify");
    let out = place.path("calendar");
    let ran = place.unlisted(&["prepare", "--format", "ics,text,html,json", "--out"]).arg(&out).vault().run().code(0);
    quiet(&ran, "prepare");
    let calendar = fs::read_to_string(out.join("prepare.ics")).expect("a calendar");
    for tell_tale in ["Oakhanger", "oakhanger", "police", "address", "abuse", "nomination", "York", "http"] {
        assert!(!calendar.contains(tell_tale), "the calendar says {tell_tale}\n{calendar}");
    }
    let needles = Needles::new(&PRIVATE.map(str::to_owned));
    let files = place.files(&["given"]);
    assert!(files.iter().any(|f| f.starts_with(place.path("vault"))), "the locked store is among them");
    for file in files {
        let bytes = fs::read(&file).expect("a file");
        // The contact that the person filled in is theirs to see in the list of whom to call.
        let text = String::from_utf8_lossy(&bytes).replace("Perpetua Lindqvist", "");
        assert_eq!(needles.found_in(&text), None, "{}", file.display());
    }
}

#[test]
fn an_add_that_is_killed_loses_nothing_that_was_acknowledged() {
    let place = Place::new();
    let mut large = picture();
    large.resize(6 << 20, 7);
    place.write("given/large.png", large);
    add(&place, &[], &[], "The first\n").code(0);
    let mut kept = 1;
    let mut killed = 0;
    for round in 0..24_u64 {
        let running = place
            .unlisted(&["incident", "add", "--file"])
            .arg(place.path("given/large.png"))
            .vault()
            .stdin("Again\nyesterday\n")
            .start();
        std::thread::sleep(Duration::from_millis(3 + round * 11));
        let (was_killed, ran) = running.kill();
        killed += usize::from(was_killed);
        kept += usize::from(ran.out.contains("Kept as number"));
    }
    assert!(killed >= 3, "only {killed} were caught in the middle");
    let ran = place.unlisted(&["incident", "verify"]).vault().run().code(0);
    let entries: usize = format!("{}{}", ran.out, ran.err)
        .split("It has ")
        .nth(1)
        .and_then(|t| t.split_whitespace().next())
        .and_then(|n| n.parse().ok())
        .expect("a number of entries");
    // One more may be kept than was said: the word of it was on its way.
    assert!(entries >= kept, "{kept} were acknowledged, {entries} are there");
    add(&place, &[], &[], "And it goes on\n").code(0);
}

#[cfg(unix)]
#[test]
fn files_that_cannot_be_kept_are_told_clearly() {
    let place = Place::new();
    let huge = place.write("given/huge.png", b"\x89PNG\r\n\x1a\n");
    fs::OpenOptions::new().write(true).open(&huge).expect("a file").set_len(200 << 20).expect("a sparse file");
    let ran = add(&place, &[], &["given/huge.png"], "x\n");
    assert_ne!(ran.status.code(), Some(0), "{}{}", ran.out, ran.err);
    ran.says(&["100 MB"]);
    place.write("given/no-picture.png", b"MZ\x90\0this is a program, not a picture");
    add(&place, &[], &["given/no-picture.png"], "x\n").code(2).says(&["looks like a program"]);
    place.write("given/words.png", "<!doctype html><html><body>not a picture</body></html>");
    add(&place, &[], &["given/words.png"], "x\n").code(2).says(&["picture"]);
    let next_year = today().saturating_add(1.years()).strftime("%-d %B %Y").to_string();
    add(&place, &[], &[], &format!("Something\n{next_year}\n")).code(0).says(&["has not come yet"]);
}

#[cfg(unix)]
#[test]
fn an_interruption_keeps_what_was_told() {
    for signal in ["-INT", "-HUP", "-TERM"] {
        let place = Place::new();
        let running =
            place.unlisted(&["incident", "add"]).vault().stdin("They rang at night\nyesterday\n").more_to_come().start();
        running.until_it_says("On what day did you see it");
        let sent = std::process::Command::new("kill").args([signal, &running.id().to_string()]).status().expect("kill runs");
        assert!(sent.success());
        let ran = running.wait().code(130).says(&["We keep what you told us so far"]);
        assert!(ran.out.contains("Kept as number 1"), "{signal}: {}", ran.out);
        let list = place.unlisted(&["incident", "list"]).vault().run().code(0);
        assert!(list.out.starts_with("1. "), "{}", list.out);
    }
    // Before anything is told there is nothing to keep.
    let place = Place::new();
    let running = place.unlisted(&["incident", "add"]).vault().more_to_come().start();
    running.until_it_says("What happened?");
    std::process::Command::new("kill").args(["-INT", &running.id().to_string()]).status().expect("kill runs");
    assert!(!running.wait().code(130).out.contains("Kept"));
}

/// A copy of a large record takes a while; whoever stops it, by whatever way, leaves nothing that is not locked.
#[cfg(unix)]
#[test]
fn a_copy_that_is_stopped_leaves_nothing() {
    let place = Place::new();
    let film = place.path("film.bin");
    fs::File::create(&film).and_then(|file| file.set_len(60 << 20)).expect("a sparse file");
    let film = film.display().to_string();
    add(&place, &["--yes", "--file", &film, "--file", &film, "--file", &film], &[], "They filmed my door\n").code(0);
    let parts = || -> Vec<_> {
        let there = fs::read_dir(place.path("copies")).map(|entries| entries.flatten().map(|e| e.path()).collect::<Vec<_>>());
        there.unwrap_or_default()
    };
    for signal in ["-INT", "-TERM", "-HUP", "-KILL"] {
        let running = place.unlisted(&["incident", "export", "--yes", "--out"]).arg(place.path("copies")).vault().start();
        let begun = std::time::Instant::now();
        while parts().is_empty() && begun.elapsed() < std::time::Duration::from_secs(60) {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        let sent = std::process::Command::new("kill").args([signal, &running.id().to_string()]).status().expect("kill runs");
        assert!(sent.success(), "it was still writing");
        let ran = running.wait();
        if signal == "-KILL" {
            assert!(!parts().is_empty());
            let list = place.unlisted(&["incident", "list"]).vault().run().code(0).says(&["deleted the half-written part"]);
            assert!(!list.out.contains("copy"), "{}", list.out);
        } else {
            ran.code(130).says(&["What was half written is deleted"]);
        }
        assert_eq!(parts(), Vec::<PathBuf>::new(), "{signal}");
    }
    let ran = place.unlisted(&["incident", "list"]).vault().run().code(0);
    assert!(!ran.err.contains("half-written"), "told once: {}", ran.err);
}

#[test]
fn files_of_one_entry_have_a_bound_together() {
    let place = Place::new();
    let film = place.path("film.bin");
    fs::File::create(&film).and_then(|file| file.set_len(70 << 20)).expect("a sparse file");
    let film = film.display().to_string();
    let ran = add(&place, &["--yes", "--file", &film, "--file", &film, "--file", &film], &[], "They filmed my door\n");
    let ran = ran.code(2).says(&["larger than 200 MB together", "Nothing was kept", "--to N"]);
    assert!(!ran.err.contains("What happened?"), "before anything is asked");
}

#[test]
fn letters_in_another_form_do_not_end_the_record() {
    let place = Place::new();
    let answers = b"x\nyesterday\n\nat my caf\xe9\n\n\n\nI will come\nthe caf\xe9 near you\nand wait on Friday\n.\n\nW\n";
    let ran = place.unlisted(&["incident", "add"]).vault().stdin(answers).run().code(0);
    assert!(ran.out.contains("Kept as number 1"), "{}", ran.out);
    let shown = place.unlisted(&["incident", "show", "1"]).vault().run().code(0);
    for line in ["at my caf\u{e9}", "the caf\u{e9} near you", "and wait on Friday"] {
        assert!(shown.out.contains(line), "{line}\n{}", shown.out);
    }
}

#[test]
fn answers_that_cannot_be_read_do_not_slip() {
    let place = Place::new();
    let answers = "x\nyesterday\n\np\n\n\n\n\n\n\n\nnot sure\nyes\nno\nno\n";
    place.unlisted(&["incident", "add"]).vault().stdin(answers).run().code(0);
    let shown = place.unlisted(&["incident", "show", "1"]).vault().run().code(0).out;
    let violence = shown.lines().find(|l| l.contains("violence")).unwrap_or_default();
    assert!(violence.ends_with("yes"), "{shown}");
}

/// Talk that nobody can hear any more must not cost the record.
#[cfg(target_os = "linux")]
#[test]
fn a_screen_that_went_away_loses_nothing() {
    let place = Place::new();
    let run = |script: &str| {
        std::process::Command::new("sh")
            .args(["-c", script])
            .env("UNLISTED", env!("CARGO_BIN_EXE_unlisted-tested"))
            .env("HOME", place.path("home"))
            .current_dir(place.path("home"))
            .status()
            .expect("sh runs")
    };
    let status = run("printf 'They rang\n\n\nat home\n' | $UNLISTED incident add --vault v --key-file k 2>/dev/full >/dev/null");
    assert_eq!(status.code(), Some(0), "it goes on without a screen");
    let status = run("$UNLISTED incident list --vault v --key-file k 2>/dev/null | grep -q '^1\\. '");
    assert_eq!(status.code(), Some(0), "and is kept");
}

#[cfg(target_os = "linux")]
#[test]
fn no_core_file_is_ever_made_of_it() {
    let place = Place::new();
    let running = place.unlisted(&["incident", "add"]).vault().more_to_come().start();
    running.until_it_says("What happened?");
    let limits = fs::read_to_string(format!("/proc/{}/limits", running.id())).expect("limits of a running process");
    let core = limits.lines().find(|l| l.starts_with("Max core file size")).expect("a limit of core files");
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    running.kill();
}

/// Every sentence of talk, with its lines joined.
fn said(ran: &Ran) -> String {
    format!("{}\n{}", ran.out, ran.err).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn whom_to_call_stands_first_and_again_after_keeping() {
    let place = Place::new();
    let told = add(&place, &[], &[], "He shouted at me\n").code(0);
    assert!(told.err.starts_with("If anyone is in danger now, call 999."), "{}", told.err);
    let after = said(&told);
    let after = after.split("If you have not called yet:").nth(1).expect("said again after keeping");
    assert!(after.contains("999") && after.contains("101"), "{after}");
    for command in ["list", "verify", "export"] {
        let ran = place.unlisted(&["incident", command]).vault().run().code(0);
        assert!(ran.err.starts_with("If anyone is in danger now, call 999."), "{command}: {}", ran.err);
    }
    let shown = place.unlisted(&["incident", "show", "1"]).vault().run().code(0);
    assert!(shown.err.starts_with("If anyone is in danger now, call 999."), "{}", shown.err);
    let help = place.unlisted(&["incident", "add", "--help"]).run().code(0);
    assert!(help.out.contains("call 999") && help.out.contains("FILE") && !help.out.contains("FILE-OR-FOLDER"), "{}", help.out);
}

#[test]
fn a_contact_that_was_filled_in_is_told_when_there_is_danger() {
    let place = Place::new();
    let contact = "PC Elspeth Thornbury, 01632 960123";
    place.write("config/unlisted.toml", format!("[help]\npolice-contact = \"{contact}\"\n"));
    let answers = "They wrote that they will come\n\n\n\n\n\n\n\n\n\n\n\nyes\n";
    let config = || place.path("config");
    let ran = place.unlisted(&["incident", "add", "--config"]).arg(config()).vault().stdin(answers).run().code(0);
    assert!(said(&ran).contains(contact), "{}", ran.err);
    let ran = place.unlisted(&["incident", "report", "1", "--config"]).arg(config()).vault().run().code(0);
    assert!(said(&ran).contains(contact), "{}", ran.out);
    let ran = place.unlisted(&["incident", "report", "1", "--out", "reports", "--config"]).arg(config()).vault().run();
    ran.code(0);
    let police = fs::read_to_string(place.path("reports/1-1-police.txt")).expect("a file");
    assert!(police.split_whitespace().collect::<Vec<_>>().join(" ").contains(contact), "{police}");
}

#[test]
fn a_date_that_cannot_be_read_is_kept_as_it_was_typed() {
    let place = Place::new();
    let ran = add(&place, &[], &[], "He shouted at me\nsome time around the fair\n").code(0);
    assert!(said(&ran).contains("We keep your own words"), "{}", ran.err);
    let ran = add(&place, &[], &[], "And again\nlast night\n30/6/2020\n").code(0);
    assert!(said(&ran).contains("We noted:") && said(&ran).contains("before the day it happened"), "{}", ran.err);
    let shown = place.unlisted(&["incident", "show", "1"]).vault().run().code(0);
    assert!(said(&shown).contains("some time around the fair"), "{}", shown.out);
}

#[test]
fn the_day_to_ask_again_is_kept_and_listed() {
    let place = Place::new();
    let answers = "They threatened me\n\n\n\nhttps://x.com/watcher/status/1\n\n\n\n\n\n\n\n\n\n\nthe site\n\ntoday\n";
    let ran = add(&place, &[], &[], answers).code(0);
    assert!(said(&ran).contains("ask them again after"), "{}", ran.err);
    let list = place.unlisted(&["incident", "list"]).vault().run().code(0);
    assert!(list.out.contains("ask again after"), "{}", list.out);
    let shown = place.unlisted(&["incident", "show", "1"]).vault().run().code(0);
    assert!(shown.out.contains("ask again on"), "{}", shown.out);
    // The police are not chased.
    let other = Place::new();
    let ran = add(&other, &[], &[], &answers.replace("the site", "the police")).code(0);
    assert!(!said(&ran).contains("ask them again after"), "{}", ran.err);
    let list = other.unlisted(&["incident", "list"]).vault().run().code(0);
    assert!(list.out.contains("reported") && !list.out.contains("ask again after"), "{}", list.out);
}

#[test]
fn a_copy_goes_home_and_tells_of_no_other() {
    let place = place();
    let made = place.unlisted(&["incident", "export", "--for", "solicitor"]).vault().run().code(0);
    let folder = PathBuf::from(made.out.trim());
    assert!(folder.is_absolute() && folder.parent().is_some_and(|p| p.ends_with("copies")), "{}", made.out);
    assert!(folder.starts_with(place.path("home")), "in the person's own data: {}", made.out);
    let copy = export(&place);
    let chain = fs::read_to_string(copy.join("chain.csv")).expect("the chain");
    assert!(chain.contains("\"kept at home\""), "{chain}");
    assert!(!copy.join("entries/0004.json").exists(), "the note of the first copy");
    for file in ["record.html", "record.csv", "chain.csv"] {
        let text = fs::read_to_string(copy.join(file)).expect("a file");
        assert!(!text.contains("a solicitor"), "{file} tells for whom another copy was made");
    }
    assert!(said(&verify(&place, &copy).code(0)).contains("the one that you made"));
}

#[test]
fn a_copy_that_lost_its_end_everywhere_is_known_by_the_record() {
    let place = place();
    let copy = export(&place);
    fs::remove_file(copy.join("entries/0003.json")).expect("an entry");
    let chain = fs::read_to_string(copy.join("chain.csv")).expect("the chain");
    let shorter: String = chain.lines().filter(|l| !l.contains("\"3\",")).map(|l| format!("{l}\r\n")).collect();
    fs::write(copy.join("chain.csv"), &shorter).expect("a file");
    let sum = {
        use sha2::Digest as _;
        sha2::Sha256::digest(shorter.as_bytes()).iter().map(|b| format!("{b:02x}")).collect::<String>()
    };
    let sums = fs::read_to_string(copy.join("SHA256SUMS")).expect("sums");
    let sums: String = sums
        .lines()
        .filter(|l| !l.ends_with("0003.json"))
        .map(|l| if l.ends_with("chain.csv") { format!("{sum}  chain.csv\n") } else { format!("{l}\n") })
        .collect();
    fs::write(copy.join("SHA256SUMS"), sums).expect("a file");
    let ran = verify(&place, &copy).code(1);
    assert!(said(&ran).contains("has no note of a copy with this list"), "{}{}", ran.out, ran.err);
    // Where there is no locked file, the folder is all there is to look at.
    let elsewhere = Place::new();
    elsewhere.unlisted(&["incident", "verify", "--bundle"]).arg(&copy).run().code(0);
}

#[test]
fn a_site_gets_only_what_is_about_it() {
    let place = place();
    let for_a_site = |more: &[&str]| place.unlisted(&["incident", "export", "--for", "platform"]).vault().args(more).run();
    // Both are of one site.
    for_a_site(&[]).code(0);
    add(&place, &[], &[], "Another one\n\n\n\nhttps://elsewhere.example/1\n").code(0);
    let refused = for_a_site(&[]).code(2);
    assert!(refused.err.contains("--only") && refused.out.is_empty(), "{}{}", refused.out, refused.err);
    for_a_site(&["--only", "3"]).code(0);
}
