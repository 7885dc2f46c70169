//! Files and folders as people have them.

use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::results::tests_engines;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).expect("test data");
    out.finish().expect("test data")
}

fn told(path: &Path, caps: &Caps) -> String {
    let root = path.display().to_string();
    let mut out = Vec::new();
    read(path, &tests_engines(), caps, &mut |given| {
        out.push(match given {
            Given::Page { url, bytes, content_type, cut, .. } => {
                format!("page {url} ({content_type}){} {}", if cut { " cut" } else { "" }, String::from_utf8_lossy(&bytes).trim())
            }
            Given::Results { engine, hits, .. } => format!("results of {engine}: {}", hits.len()),
            Given::Addresses { urls, .. } => {
                format!("addresses {}", urls.iter().map(Url::as_str).collect::<Vec<_>>().join(" "))
            }
            Given::Unreadable { file, why } => {
                format!("unreadable {}: {why:?}", file.strip_prefix(&root).unwrap_or("").trim_start_matches('/'))
            }
        });
    })
    .expect("test data");
    out.join("\n")
}

fn check_with(caps: &Caps, files: &[(&str, &[u8])], expected: &str) {
    let folder = tempfile::tempdir().expect("test data");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("test data")).expect("test data");
        fs::write(path, bytes).expect("test data");
    }
    let expected: Vec<&str> = expected.lines().map(str::trim).collect();
    assert_eq!(told(folder.path(), caps), expected.join("\n"));
}

fn check(files: &[(&str, &[u8])], expected: &str) {
    check_with(&Caps::default(), files, expected);
}

#[test]
fn each_sort_of_file_is_told_apart() {
    check(
        &[
            ("a.html", b"<html><p>One</p>"),
            ("b.html", b"<!-- saved from url=(0023)https://www.a.example/x -->\n<html><p>Two</p>"),
            ("c.txt", b"Three words here"),
            ("d.vcf", b"BEGIN:VCARD\nFN:A\nEND:VCARD"),
            ("e.csv", b"name,phone\nA,01632 960111"),
            ("f.json", b"{\"a\":1}"),
            ("g.html.gz", &gzip(b"<html>packed")),
            ("h.pdf", b"%PDF-1.7"),
            ("i.txt", b""),
            ("j.mhtml", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: https://m.example/p\r\n\r\n<p>Mail</p>\r\n--b--\r\n"),
            (".hidden.html", b"<html>never"),
            ("sub/k.xml", b"<?xml version='1.0'?><a>b</a>"),
            ("sub/page_files/style.css", b"p{}"),
            ("z.bin", &[0, 1, 2, 3, 4, 5, 6, 7]),
        ],
        "page a.html (text/html) <html><p>One</p>
        page https://www.a.example/x (text/html) <!-- saved from url=(0023)https://www.a.example/x -->
<html><p>Two</p>
        page c.txt (text/plain) Three words here
        page d.vcf (text/vcard) BEGIN:VCARD
        FN:A
        END:VCARD
        page e.csv (text/csv) name,phone
        A,01632 960111
        page f.json (application/json) {\"a\":1}
        page g.html.gz (text/html) <html>packed
        page h.pdf (application/pdf) %PDF-1.7
        unreadable i.txt: Empty
        page https://m.example/p (text/html) <p>Mail</p>
        page k.xml (application/xml) <?xml version='1.0'?><a>b</a>
        unreadable z.bin: NotReadYet",
    );
}

#[test]
fn lists_of_addresses() {
    check(
        &[("l.txt", b"# mine\nhttps://a.example/x#y\nhttps://a.example/x\nwww.b.example/z\n\nfile:///etc/passwd\nhttps://u:p@c.example/\nhttp://d.example\n")],
        "addresses https://a.example/x https://www.b.example/z http://d.example/\nunreadable l.txt: BadLines { count: 2, first: 6 }",
    );
    check(
        &[("l.txt", b"See https://a.example/ for more.\nThat is all.")],
        "page l.txt (text/plain) See https://a.example/ for more.\nThat is all.",
    );
    let caps = Caps { addresses: 1, ..Caps::default() };
    check_with(
        &caps,
        &[("l.txt", b"https://a.example/\nhttps://b.example/")],
        "addresses https://a.example/\nunreadable l.txt: TooMany(1)",
    );
}

#[test]
fn result_pages_are_lists() {
    check(
        &[
            ("a.html", include_bytes!("../../../../fixtures/results/bing-name-area.html")),
            ("b.mhtml", include_bytes!("../../../../fixtures/results/brave-name-role.mhtml")),
            ("c.html", b"<!-- saved from url=(0035)https://www.google.com/search?q=x -->\n<html><p>Are you a robot?</p>"),
        ],
        "results of bing: 9\nresults of brave: 9\nunreadable c.html: NoLinks",
    );
}

#[test]
fn caps_hold_and_the_rest_goes_on() {
    let caps = Caps { file: 20, ..Caps::default() };
    check_with(
        &caps,
        &[("a.txt", &[b'a'; 30]), ("b.txt", b"short")],
        "unreadable a.txt: TooLarge(20)\npage b.txt (text/plain) short",
    );
    let caps = Caps { files: 2, ..Caps::default() };
    check_with(
        &caps,
        &[("a.txt", b"a"), ("b.txt", b"b"), ("c.txt", b"c")],
        "page a.txt (text/plain) a\npage b.txt (text/plain) b\nunreadable : TooMany(2)",
    );
    let caps = Caps { depth: 1, ..Caps::default() };
    check_with(&caps, &[("a/a.txt", b"a"), ("b/c/d.txt", b"d")], "page a.txt (text/plain) a\nunreadable b/c: TooDeep(1)");
    // Packed files that grow, that break off, that are none.
    let bomb = gzip(&vec![b' '; 100 << 20]);
    check(
        &[
            ("a.gz", &bomb),
            ("b.gz", gzip(b"whole words in here").get(..24).expect("test data")),
            ("c.gz", b"\x1f\x8b\x08nonsense"),
        ],
        "unreadable a.gz: Bomb\npage b.gz (text/plain) cut whole words i\nunreadable c.gz: Broken",
    );
}

#[test]
fn archives_are_told_page_by_page() {
    let record = |body: &str| {
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    let both = format!("{}{}", record("<p>1</p>"), record("<p>22222222222</p>"));
    let caps = Caps { record: 10, ..Caps::default() };
    check_with(
        &caps,
        &[("a.warc", both.as_bytes()), ("b.warc.gz", &gzip(both.as_bytes()))],
        "page https://a.example/ (text/html) <p>1</p>
        page https://a.example/ (text/html) cut <p>2222222
        page https://a.example/ (text/html) <p>1</p>
        page https://a.example/ (text/html) cut <p>2222222",
    );
    check(&[("a.warc", b"WARC/1.0\r\nbroken")], "unreadable a.warc: Broken");
}

#[cfg(unix)]
#[test]
fn links_to_folders_are_not_followed() {
    let folder = tempfile::tempdir().expect("test data");
    fs::write(folder.path().join("a.txt"), "a").expect("test data");
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).expect("test data");
    std::os::unix::fs::symlink("nowhere", folder.path().join("dangling")).expect("test data");
    assert_eq!(told(folder.path(), &Caps::default()), "page a.txt (text/plain) a");
}

#[test]
fn what_is_not_there_is_an_error() {
    let missing = read(Path::new("no/such/file"), &[], &Caps::default(), &mut |_| {});
    assert_eq!(missing, Err(GivenError::Missing("no/such/file".into())));
}
