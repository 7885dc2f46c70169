//! Other formats than HTML, and what no format may do.

use proptest::prelude::*;
use unlisted_model::text::Text;

use super::html::tests::shown;
use super::*;

fn read(bytes: &[u8], content_type: &str) -> Extracted {
    extract(bytes, content_type, None, &Bounds::default())
}

fn check(bytes: &str, content_type: &str, media: Media, expected: &str) {
    let read = read(bytes.as_bytes(), content_type);
    let expected: String = expected.lines().map(|l| format!("{}\n", l.trim())).filter(|l| l != "\n").collect();
    assert_eq!((read.media, shown(&read)), (media, expected), "{bytes}");
}

#[test]
fn plain_text() {
    check(
        "Minutes of 3 May 2025\r\nat the hall\r\n\r\nPresent: A. Castle\r\nTel: 01632 960111\r\nHome address:\r\n  14 Mill Lane\r\n  Mereside\r\n\x0CNext page at 10:30: see https://a.example/",
        "text/plain",
        Media::Plain,
        "body: Minutes of 3 May 2025 / at the hall
        cell [present]: A. Castle
        ~cell [tel]: 01632 960111
        ~cell [home address] (home): 14 Mill Lane / Mereside
        body: Next page at 10:30: see https://a.example/",
    );
}

#[test]
fn json() {
    check(
        r#"{"people":[{"name":"A Castle","contact":{"homePhone":"01632 960111","ok":true},"id":17},{"name":"B \u00e9 \ud83d\ude00"}]}"#,
        "application/json",
        Media::Json,
        "key [people name]: A Castle
        ~key [people contact home phone] (home): 01632 960111
        ~key [people id]: 17
        key [people name]: B \u{E9} \u{1F600}",
    );
    check(
        r#"{"address": {"house_number": "14", "street": "Mill Lane", "town": "Mereside", "postcode": "ZZ99 4QT"}"#,
        "application/json",
        Media::Json,
        "key [address house number]: 14
        ~key [address street]: Mill Lane
        ~key [address town]: Mereside
        ~key [address postcode]: ZZ99 4QT
        ~key [address]: 14 Mill Lane, Mereside, ZZ99 4QT",
    );
    check(r#"["a@b.example", "<p>Tel<br>01632</p>"]"#, "", Media::Json, "key: a@b.example\n~key: Tel / 01632");
}

#[test]
fn xml_and_feeds() {
    check(
        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e 'boom'>]><councillor id='17'><name>A &amp; B</name><homeaddress><line1>14 Mill Lane</line1><postcode>ZZ99 4QT</postcode></homeaddress><x>&e;</x></councillor>",
        "application/xml",
        Media::Xml,
        "key [id]: 17
        ~key [name]: A & B
        ~key [home address line1] (home): 14 Mill Lane
        ~key [home address postcode] (home): ZZ99 4QT
        ~key [home address] (home): 14 Mill Lane, ZZ99 4QT
        ~key [x]: &e;",
    );
    let feed = "<rss><channel><title>News</title><item><title>Fete</title><link>https://a.example/1</link><description><![CDATA[<p>Call <b>Amina</b></p>]]></description></item><item><title>Two</title></item></channel></rss>";
    check(
        feed,
        "application/rss+xml",
        Media::Xml,
        "key [title]: News
        key [title]: Fete
        ~key [link]: https://a.example/1
        ~key [description]: Call Amina
        key [title]: Two",
    );
    let read = read(feed.as_bytes(), "application/rss+xml");
    assert_eq!((read.title.as_deref(), read.links.len()), (Some("News"), 1));
}

#[test]
fn vcards() {
    check(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Castle;Amina;Rose;Cllr;\r\nFN:Cllr Amina Castle\r\nitem1.TEL;TYPE=HOME,voice:01632\r\n  960111\r\nTEL;VALUE=uri;TYPE=\"work\":tel:+44-1632-960222\r\nADR;TYPE=home:;;14 Mill Lane;Mereside;;ZZ99 4QT;\r\nBDAY:1980-02-03\r\nNOTE:a\\, b\\nc\r\nPHOTO;ENCODING=b:AAAA\r\nEND:VCARD\r\nBEGIN:VCARD\nFN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Zo=EB=\n Moat\nTEL;CELL:07700 900123\nEND:VCARD",
        "text/x-vcard",
        Media::VCard,
        "key [name]: Cllr Amina Rose Castle
        ~key [name]: Cllr Amina Castle
        ~key [home telephone] (home): 01632 960111
        ~key [work telephone] (office): +44-1632-960222
        ~key [home address] (home): 14 Mill Lane, Mereside, ZZ99 4QT
        ~key [birth date]: 1980-02-03
        ~key [note]: a, b / c
        key [name]: Zo\u{EB}Moat
        ~key [mobile telephone]: 07700 900123",
    );
}

#[test]
fn rows() {
    check(
        "Name,Address line 1,Postcode,Phone\r\nA Castle,\"14 Mill Lane, Top\",ZZ99 4QT,01632 960111\r\n\r\nB \"\"Moat,,,",
        "text/csv",
        Media::Plain,
        "term: Name
        ~term: Address line 1
        ~term: Postcode
        ~term: Phone
        cell [name]: A Castle
        ~cell [address line 1]: 14 Mill Lane, Top
        ~cell [postcode]: ZZ99 4QT
        ~cell [phone]: 01632 960111
        ~cell [address]: 14 Mill Lane, Top, ZZ99 4QT
        cell [name]: B \"\"Moat",
    );
    check("01632 960111;x\ny;z", "text/csv", Media::Plain, "cell: 01632 960111\n~cell: x\ncell: y\n~cell: z");
}

#[test]
fn saved_messages() {
    let message = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/dir/p\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n\
        --b\r\nContent-Type: text/css\r\nContent-Location: https://a.example/s.css\r\n\r\np{}\r\n\
        --b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://frame.example/\r\n\r\n<p>frame</p>\r\n\
        --b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://a.example/dir/p\r\n\r\n<title>T</title><p>Zo=C3=AB <a href=3D\"q\">li=\r\nnk</a></p>\r\n--b--\r\n";
    check(message, "", Media::Mhtml, "heading: T\nbody: Zo\u{EB} link");
    let latin = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\n<meta charset=3Dwindows-1252><p>Zo=EB=92s</p>\r\n--b--\r\n";
    check(latin, "", Media::Mhtml, "body: Zo\u{EB}\u{2019}s");
    let read = read(message.as_bytes(), "multipart/related");
    assert_eq!(read.links.first().map(|l| l.url.as_str()), Some("https://a.example/dir/q"));
    assert_eq!(super::extract(b"\r\n\r\n", "multipart/related", None, &Bounds::default()).problem, Some(Problem::Broken));
}

#[test]
fn what_is_not_read_says_so() {
    for (bytes, media) in [
        (b"%PDF-1.7 text".as_slice(), Media::Pdf),
        (b"PK\x03\x04", Media::Office),
        (b"\x89PNG\r\n\x1a\n", Media::Picture),
        (b"\x1F\x8B\x08", Media::Other),
    ] {
        // Documents are read in a process of their own, never here.
        let read = read(bytes, "text/html");
        assert_eq!((read.media, read.problem, read.text.blocks.len()), (media, Some(Problem::NotReadYet), 0));
    }
    assert_eq!(read(b"", "text/html").problem, None);
}

#[test]
fn bounds_cut_and_say_so() {
    let bounds = Bounds { text: 100, links: 2, blocks: 10 };
    let long = format!("<p>{}", "word ".repeat(100));
    let cut = extract(long.as_bytes(), "text/html", None, &bounds);
    assert!(cut.problem == Some(Problem::Cut) && cut.text.chars.len() <= 101 && cut.text.chars.len() > 50);
    let many = "<p>x".repeat(50);
    let cut = extract(many.as_bytes(), "text/html", None, &bounds);
    assert!(cut.problem == Some(Problem::Cut) && cut.text.blocks.len() <= 10);
    let links: String = (0..5).map(|i| format!("<a href='https://a.example/{i}'>x</a>")).collect();
    let cut = extract(links.as_bytes(), "text/html", None, &bounds);
    assert_eq!((cut.problem, cut.links.len()), (Some(Problem::Cut), 2));
}

/// What holds of every text: blocks in order and apart, places inside the original, no white space to fold.
fn sound(text: &Text, length: usize) {
    let mut end = 0;
    for block in &text.blocks {
        assert!(block.range.start >= end && block.range.end >= block.range.start);
        end = block.range.end;
        let said = text.of(block);
        assert_eq!(said.len(), block.range.len());
        assert_eq!(said.trim(), said);
        assert!(text.origin.original(block.range.start) <= length, "{block:?} of {length}");
        assert_eq!(text.chars.as_bytes().get(block.range.end), Some(&b'\n'));
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<th>",
        "</td>",
        "<div class=card>",
        "</div>",
        "<p>",
        "</p>",
        "<li>",
        "<ul>",
        "</ul>",
        "<a href='tel:1'>",
        "<a href=x>",
        "</a>",
        "<dl>",
        "<dt>",
        "<dd>",
        "<label for=x>",
        "</label>",
        "<input id=x value=y>",
        "<span hidden>",
        "</span>",
        "<template>",
        "</template>",
        "<script>",
        "</script>",
        "'a'+'@b.example'",
        "<!--",
        "-->",
        "<title>",
        "</title>",
        "<svg>",
        "</svg>",
        "<textarea>",
        "&amp;",
        "&#64;",
        "&",
        "<",
        ">",
        "\"",
        "'",
        "=",
        " ",
        "\n",
        "\u{A0}",
        "\u{E9}",
        "\u{2019}",
        "word",
        "Tel:",
        "01632 960111",
        "{\"a\":",
        "[",
        "}",
        "\\",
        ",",
        "<b style='display:none'>",
        "<bdo dir=rtl>",
        "</bdo>",
        "<pre>",
        "<br>",
        "<h2>",
        "</h2>",
        "<div itemscope>",
        "<i itemprop=name>",
        "</i>",
        "\0",
        "/",
        "<![CDATA[",
        "]]>",
        "<?xml?>",
        "<p",
        "BEGIN:VCARD\n",
        "TEL:1\n",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn nothing_panics_and_texts_are_sound(
        html in pieces(),
        kind in prop::sample::select(vec!["text/html", "text/plain", "application/json", "application/xml", "text/vcard", "text/csv", "message/rfc822", ""]),
    ) {
        let read = read(html.as_bytes(), kind);
        sound(&read.text, html.len());
        drop(dom(&html));
    }

    #[test]
    fn any_bytes_of_any_sort(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        kind in prop::sample::select(vec!["text/html", "text/plain; charset=utf-16", "application/json", "application/xml", "text/vcard", "text/csv", "message/rfc822"]),
    ) {
        // Decoding replaces: the text may be longer than the bytes.
        sound(&read(&bytes, kind).text, bytes.len() * 4 + 16);
    }
}
