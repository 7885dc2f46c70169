//! Input that cannot be used: a clear message, the right exit code, no private value, and nothing lost.

use std::fs;

use jiff::ToSpan as _;
use serde_json::Value;
use unlisted_web::demo::DemoWeb;

use crate::needles::Needles;
use crate::people::{self, dated, today};
use crate::program::{Check, Place, Ran};
use crate::reading::equal;

/// A place with an earlier check in its locked store, and a web that should not be asked.
pub(crate) struct Kept {
    pub(crate) place: Place,
    pub(crate) web: DemoWeb,
    earlier: Value,
    asked: usize,
}

impl Kept {
    pub(crate) fn new() -> Self {
        let (place, web) = (Place::new(), DemoWeb::start(0).expect("a port"));
        let page = place.write("given/page.html", "<!doctype html><p>Ask Amina Castle, Mereside, on 07700 900765.</p>");
        let earlier = place
            .check(&people::with_other_details())
            .web(&web)
            .vault()
            .json()
            .args(&["--only-given", "--file"])
            .arg(page)
            .run()
            .code(0)
            .report();
        let asked = web.requests();
        Self { place, web, earlier, asked }
    }

    /// A check of this subject file in the same store.
    pub(crate) fn check(&self, person: &str) -> Check<'_> {
        self.place.check(person).web(&self.web).vault().json()
    }

    /// Asserts how a command ends, that it says these words and no private value, and that nothing was lost or sent.
    #[track_caller]
    pub(crate) fn refuses(&self, check: Check<'_>, code: i32, words: &[&str]) -> Ran {
        let ran = self.ends(check, code, words);
        assert_eq!(self.web.requests(), self.asked, "something was sent");
        ran
    }

    #[track_caller]
    pub(crate) fn ends(&self, check: Check<'_>, code: i32, words: &[&str]) -> Ran {
        let ran = check.run().code(code).says(words);
        assert!(!ran.err.contains("fault of the program") && !ran.err.contains("panicked"), "{}", ran.err);
        let needles = Needles::of(&people::with_other_details());
        assert_eq!(needles.found_in(&format!("{}\n{}", ran.out, ran.err)), None, "a private value:\n{}", ran.err);
        self.is_as_before();
        ran
    }

    /// The earlier check is still there.
    #[track_caller]
    pub(crate) fn is_as_before(&self) {
        let again = self.place.unlisted(&["report", "amina-castle", "--format", "json"]).vault().run().code(0).out;
        equal(&serde_json::from_str(&again).expect("JSON"), &self.earlier, "the earlier check");
    }
}

#[test]
fn subject_files_with_faults_name_line_and_key() {
    let kept = Kept::new();
    let good = people::with_other_details();
    let with = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        good.replacen(from, to, 1)
    };
    for (file, words) in [
        (with("[names]", "[names]\ncolour = \"red\""), &["line ", "names.colour", "not known", "full, also, former"][..]),
        (with("basis = ", "bassis = "), &["consent.bassis", "not known"]),
        (
            with("election = \"2027-05-06\"", "election = \"2027-02-30\""),
            &["line ", "candidacy.election", "not a date", "year-month-day"],
        ),
        (
            dated(&good, today(), today()).replacen(&format!("until = \"{}\"", today()), "until = \"next year\"", 1),
            &["consent.until", "not a date"],
        ),
        (with("full = \"Amina Rose Castle\"", ""), &["names.full", "missing"]),
        (with("full = \"Amina Rose Castle\"", "full = \"Amina\""), &["names.full", "surname"]),
        (with("\"1979-10-27\"", "\"1979-02-30\""), &["private.value (date-of-birth)", "does not exist"]),
        (with("\"07700 900765\"", "\"07700 900765 or amina_gardens 07700 900765\""), &["private.value (phone)"]),
        (with("\"castle.at.home@post.example\"", "\"castle.at.home.post.example\""), &["private.value (email)"]),
        (with("kind = \"phone\"", "kind = \"telephone\""), &["private.kind", "one of:"]),
        (with("https://aminacastle.example/", "https://amina:07700900765@aminacastle.example/"), &["pages.url", "password"]),
        (with("https://aminacastle.example/", "file:///etc/passwd"), &["pages.url", "https://"]),
        (with("id = \"amina-castle\"", "id = \"Amina Castle\""), &["line ", "id", "hyphens"]),
        (with("unlisted/subject/v1", "unlisted/subject/v9"), &["schema", "not known"]),
        (with("value = \"07700 900765\"", "value = \"07700 900765"), &["line ", "TOML"]),
        ("\u{0}\u{1}\u{2}".to_owned(), &["TOML"]),
        (String::new(), &["missing"]),
    ] {
        let code = if file.contains("[consent]") || file.contains('\u{0}') { 2 } else { 4 };
        kept.refuses(kept.check(&file), code, words).says(&["Nothing was sent or changed"]);
    }
    let file = with("council = \"ZNG\"", "council = \"QQQ\"");
    for command in ["check", "plan", "links"] {
        let check = if command == "check" { kept.check(&file) } else { kept.place.about(command, &file) };
        kept.refuses(check, 2, &["council", "config/councils.csv"]);
    }
}

#[test]
fn files_that_cannot_be_read_are_told() {
    let kept = Kept::new();
    let big = kept.place.path("big.toml");
    fs::File::create(&big).and_then(|f| f.set_len(2 << 30)).expect("a sparse file");
    let at = |path: &std::path::Path| kept.place.unlisted(&["check"]).arg(path).arg("--yes").web(&kept.web).vault().json();
    kept.refuses(at(&big), 2, &["big.toml", "larger than 1 MB"]);
    kept.refuses(at(&kept.place.path("config")), 2, &["config", "folder"]);
    kept.refuses(at(&kept.place.write("latin.toml", b"id = \"caf\xe9\"")), 2, &["latin.toml", "UTF-8"]);
    kept.refuses(at(std::path::Path::new("nobody")), 2, &["nobody", "amina-castle"]);
    kept.refuses(
        kept.check(&people::with_other_details()).args(&["--file", "not-there.html"]),
        2,
        &["not-there.html", "Nothing was sent"],
    );
}

/// Two gigabytes of nothing as `--file`: told in a moment, and the other files are read.
#[test]
fn a_file_of_two_gigabytes_is_left_alone() {
    let kept = Kept::new();
    for name in ["big.html", "big.txt", "big.mhtml", "big"] {
        let big = kept.place.path("big").join(name);
        fs::create_dir_all(kept.place.path("big")).expect("a folder");
        fs::File::create(&big).and_then(|f| f.set_len(2 << 30)).expect("a sparse file");
    }
    kept.place.write("big/page.html", "<!doctype html><p>Ask Amina Castle, Mereside, on 07700 900765.</p>");
    let check = kept.place.check(&people::with_other_details()).web(&kept.web).ephemeral().json().args(&[
        "--only-given",
        "--file",
        "big",
    ]);
    let ran = kept.refuses(check, 5, &["big.html", "larger than"]);
    assert!(ran.took < std::time::Duration::from_secs(20), "it took {:?}", ran.took);
    assert_eq!(crate::reading::findings(&ran.report()).len(), 1, "the small file beside it was read");
    assert_eq!(crate::reading::outcomes(&ran.report(), Some("given"), &["failed"]), 4);
}

#[test]
fn addresses_that_are_not_opened() {
    let kept = Kept::new();
    for (url, words) in [
        ("https://amina:07700900765@a.example/", &["--url", "password"][..]),
        ("file:///etc/passwd", &["--url", "https://"]),
        ("ftp://a.example/", &["--url", "https://"]),
        ("a page", &["--url", "not a web address"]),
    ] {
        kept.refuses(kept.check(&people::with_other_details()).args(&["--url", url]), 2, words).says(&["Nothing was sent"]);
    }
    // In a list they are told; the others are opened.
    let list = kept.place.write("list.txt", "https://amina:07700900765@a.example/\nfile:///etc/passwd\nhttps://www.mereside-market.example/old/castle.html\nhttps://www.mereside-market.example/2019/stallholders.html\nhttp://127.0.0.1/\nhttp://192.168.0.1/\nhttp://printer/\nhttp://[::1]/\nhttp://2130706434/\n");
    let check = kept
        .place
        .check(&people::with_other_details())
        .web(&kept.web)
        .ephemeral()
        .json()
        .args(&["--only-given", "--file"])
        .arg(list);
    let ran = kept.ends(check, 5, &["2 lines"]);
    crate::served::stays_public(&kept.web.log());
    let refused = crate::reading::not_checked(&ran.report()).into_iter().filter(|n| n.outcome == "refused").count();
    assert_eq!(refused, 5, "{:?}", crate::reading::not_checked(&ran.report()));
}

#[test]
fn without_permission_nothing_is_fetched() {
    let kept = Kept::new();
    let good = people::with_other_details();
    let (head, rest) = good.split_once("[consent]").expect("a permission");
    let (_, rest) = rest.split_once("[names]").expect("names");
    let day = |n: i32| today().saturating_add(n.days());
    for (file, words) in [
        (format!("{head}[names]{rest}"), &["consent", "missing"][..]),
        (dated(&good, day(-60), day(-1)), &["Nothing was asked", "ended", "[consent]"]),
        (dated(&good, day(1), day(60)), &["Nothing was asked", "starts"]),
        (dated(&good, day(-1), day(-2)), &["Nothing was asked", "ends before it starts"]),
        (dated(&good, day(-1), day(400)), &["Nothing was asked", "12 months"]),
    ] {
        kept.refuses(kept.check(&file), 4, words);
        kept.refuses(kept.place.check(&file).web(&kept.web).ephemeral().json(), 4, words);
    }
    // Nor from a file that the store holds, once its time is over.
    kept.refuses(kept.check(&dated(&good, day(-30), day(-1))).args(&["--url", "https://aminacastle.example/"]), 4, &["ended"]);
}

#[test]
fn the_command_line_is_checked_before_anything_is_sent() {
    let kept = Kept::new();
    let person = people::with_other_details();
    let file = kept.place.write("subject.toml", &person);
    let bare = || kept.place.unlisted(&["check"]).arg(&file);
    kept.refuses(bare().web(&kept.web).vault(), 2, &["--yes", "--ephemeral", "Nothing was sent"]);
    kept.refuses(bare().args(&["--yes", "--rehearsal", "192.0.2.1:80"]).vault(), 2, &["--rehearsal", "127.0.0.1"]);
    kept.refuses(bare().args(&["--yes", "--rehearsal", "search.example:80"]).vault(), 2, &["--rehearsal"]);
    kept.refuses(bare().args(&["--yes", "--speedup", "100"]).vault(), 2, &["--rehearsal"]);
    kept.refuses(bare().args(&["--ephemeral"]).web(&kept.web).vault(), 2, &["--ephemeral"]);
    kept.refuses(bare().args(&["--yes", "--format", "json,html"]).web(&kept.web).vault(), 2, &["--out FOLDER"]);
    kept.refuses(bare().args(&["--yes", "--format", "pdf"]).web(&kept.web).vault(), 2, &["pdf", "json"]);
    kept.refuses(bare().args(&["--yes", "--only-given"]).web(&kept.web).vault(), 3, &["--file"]);
    kept.refuses(bare().args(&["--yes", "--config", "nowhere"]).web(&kept.web).vault(), 2, &["--config", "does not exist"]);
    kept.refuses(
        bare().args(&["--yes", "--out"]).arg(kept.place.path("Dropbox/report")).web(&kept.web).vault().args(&["--verbose"]),
        2,
        &["--verbose"],
    );
    kept.refuses(kept.place.about("report", &person).vault().arg("--out").arg(kept.place.path("Dropbox/report")), 2, &["cloud"]);
    assert!(!kept.place.path("Dropbox").exists(), "something was written");
    let mut broken = kept.check(&person);
    kept.place.write("config/unlisted.toml", "[limits]\nconect = \"1s\"\n");
    broken = broken.args(&["--url", "https://a.example/"]);
    let ran = broken.run().code(2).says(&["unlisted.toml", "conect", "Nothing was sent"]);
    assert_eq!(Needles::of(&person).found_in(&ran.err), None);
}

#[test]
fn two_people_never_share_an_id() {
    let kept = Kept::new();
    let other = people::dated(include_str!("../../fixtures/people/namesake.toml"), today(), today())
        .replace("amina-j-castle", "amina-castle");
    let ran = kept.refuses(kept.check(&other), 2, &["amina-castle", "somebody else", "nothing was sent or changed"]);
    assert_eq!(Needles::of(&other).found_in(&ran.err), None);
    // The same person with a changed file is the same person.
    let changed = people::with_other_details()
        .replacen("[[pages]]", "[[private]]\nkind = \"phone\"\nvalue = \"07700 900444\"\n\n[[pages]]", 1)
        .replace("full = \"Amina Rose Castle\"", "full = \"Amina Castle\"");
    assert!(changed.contains("full = \"Amina Castle\""));
    let page = kept.place.write("given/other.html", "<!doctype html><p>Ask Amina Castle, Mereside, on 07700 900444.</p>");
    let report = kept
        .place
        .check(&changed)
        .web(&kept.web)
        .vault()
        .json()
        .args(&["--only-given", "--file"])
        .arg(page)
        .run()
        .code(0)
        .report();
    let facts: Vec<String> = crate::reading::findings(&report).into_iter().map(|f| f.fact).collect();
    assert_eq!(facts, ["amina-castle/phone/3"]);
}
