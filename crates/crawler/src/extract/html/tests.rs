//! What becomes of pages: one line for each block.

use std::fmt::Write as _;

use unlisted_model::text::{About, Role};
use url::Url;

use super::super::{Bounds, Extracted};

fn page(html: &str) -> Extracted {
    let address = Url::parse("https://www.example.test/dir/page").expect("test data");
    super::read(html, Some(&address), &Bounds::default())
}

/// Blocks as `role [label] (about): text`, joined by `~` to the block before if they share a group.
pub(in super::super) fn shown(read: &Extracted) -> String {
    let mut out = String::new();
    let mut group = None;
    for block in &read.text.blocks {
        let role = match block.role {
            Role::Body => "body",
            Role::Heading => "heading",
            Role::Cell => "cell",
            Role::Term => "term",
            Role::Key => "key",
            Role::Attribute => "attribute",
            Role::Meta => "meta",
            Role::Comment => "comment",
            Role::Hidden => "hidden",
        };
        let joined = if group == Some(block.group) { "~" } else { "" };
        group = Some(block.group);
        let label = block.label.as_ref().map(|l| format!(" [{l}]")).unwrap_or_default();
        let about = match block.about {
            About::Unknown => "",
            About::Home => " (home)",
            About::Office => " (office)",
        };
        let text = read.text.of(block).replace('\n', " / ");
        writeln!(out, "{joined}{role}{label}{about}: {text}").expect("test data");
    }
    out
}

fn check(html: &str, expected: &str) {
    let expected: String = expected.lines().map(|l| format!("{}\n", l.trim())).filter(|l| l != "\n").collect();
    assert_eq!(shown(&page(html)), expected, "{html}");
}

#[test]
fn text_breaks_where_boxes_do_and_nowhere_else() {
    check(
        "<title>Cllr  A. Castle</title><h1>Amina <b>Cas</b>tle</h1><p>One\n two&nbsp;three<p>Four<br>five<div>Six<span>teen</span></div>tail",
        "heading: Cllr A. Castle
        heading: Amina Castle
        body: One two three
        body: Four / five
        body: Sixteen
        body: tail",
    );
    check("<pre>14 Mill Lane\nMereside</pre>", "body: 14 Mill Lane / Mereside");
    check("a<wbr>b &lt;c&gt; 3 < 4 &amp; </> d", "body: ab <c> 3 < 4 & d");
}

#[test]
fn entities_are_decoded_once_and_once_more() {
    check("amina&#64;castle&period;example", "body: amina@castle.example");
    check("amina&#x40;castle&#46example", "body: amina@castle.example");
    check("amina&amp;#64;castle.example", "body: amina@castle.example");
    check("&amp;amp;#64; &unknown; &; && &copy 2026", "body: &#64; &unknown; &; && \u{A9} 2026");
}

#[test]
fn cells_have_the_labels_of_their_column_and_row() {
    check(
        "<table><thead><tr><th>Name<th>Telephone<tbody><tr><td>A Castle<td>01632 960111<tr><td>B Moat<td>01632 960222</table>",
        "term: Name
        ~term: Telephone
        cell [name]: A Castle
        ~cell [telephone]: 01632 960111
        cell [name]: B Moat
        ~cell [telephone]: 01632 960222",
    );
    check(
        "<table><tr><th>Home address:</th><td>14 Mill Lane<br>Mereside</td></tr><tr><td>Work phone</td><td>01632 960111</td></tr></table>",
        "term: Home address:
        ~cell [home address] (home): 14 Mill Lane / Mereside
        cell: Work phone
        ~cell [work phone] (office): 01632 960111",
    );
    check(
        "<table><tr><th></th><th>Phone</th></tr><tr><th>Home</th><td>01632 960111</td></tr></table>",
        "term: Phone
        term: Home
        ~cell [home phone] (home): 01632 960111",
    );
    // A table that only lays out a page gives no labels.
    check(
        "<table><tr><td>News of 2026. More below.</td><td>Text</td></tr></table>",
        "cell: News of 2026. More below.\n~cell: Text",
    );
}

#[test]
fn terms_labels_and_headings_name_what_follows() {
    check(
        "<dl><dt>Address<dd>14 Mill Lane<dt>Tel:<dd>01632 960111<dd>01632 960222</dl>",
        "term: Address
        ~cell [address]: 14 Mill Lane
        ~term: Tel:
        ~cell [tel]: 01632 960111
        ~cell [tel]: 01632 960222",
    );
    check("<label for=t>Mobile</label><input id=t value='07700 900123'>", "term: Mobile\n~attribute [mobile]: 07700 900123");
    check("<label>Mobile <input value='07700 900123'></label>", "term: Mobile\n~attribute [mobile]: 07700 900123");
    check("<div>Phone:</div><div>01632 960111</div><div>More</div>", "body: Phone:\n~body [phone]: 01632 960111\nbody: More");
    check("<h3>Home address</h3><p>14 Mill Lane</p>", "heading: Home address\n~body [home address] (home): 14 Mill Lane");
    check("<h3>Latest news</h3><p>14 Mill Lane</p>", "heading: Latest news\nbody: 14 Mill Lane");
    check(
        "<p>Home mobile: 07700 900123</p><p>Correspondence address:<br>Civic Centre</p><p>Note: call</p><p>He said: my phone</p>",
        "body [home mobile] (home): Home mobile: 07700 900123
        body [correspondence address] (office): Correspondence address: / Civic Centre
        body: Note: call
        body: He said: my phone",
    );
    check("<label>Search</label><input name=q><p>Bins</p>", "term: Search\nbody: Bins");
    check("<ul><li>A <b>Castle</b><p>01632</p><li>B Moat</ul>", "body: A Castle\n~body: 01632\nbody: B Moat");
    check(
        "<div class='person-card'><h3>A Castle</h3><p>x</p></div><div class='person-card'><h3>B Moat</h3></div><div class=discard>y</div>",
        "heading: A Castle\n~body: x\nheading: B Moat\nbody: y",
    );
}

#[test]
fn attributes_hold_details() {
    check(
        "<p>Write to <a href='mailto:amina%40castle.example?subject=x'>me</a> or <a href='tel:01632%20960111'>call</a>.</p>",
        "body: Write to me or call.
        ~attribute [mailto]: amina@castle.example
        ~attribute [tel]: 01632 960111",
    );
    check("<img alt='14 Mill Lane' title=House src=x.png>", "attribute [alt]: 14 Mill Lane\n~attribute [title]: House");
    check("<input type=hidden name=user_email value=a@castle.example>", "hidden [user email]: a@castle.example");
    check("<input type=submit value=Search><input type=checkbox value=on>", "");
    check(
        "<a class=__cf_email__ data-cfemail=422b2c242d023a3b6c273a232f322e27>[email]</a>",
        "body: [email]\n~attribute [data-cfemail]: info@xy.example",
    );
    check(
        "<a href='/cdn-cgi/l/email-protection#422b2c242d023a3b6c273a232f322e27'>x</a>",
        "body: x\n~attribute [data-cfemail]: info@xy.example",
    );
    check("<span data-user=amina data-domain=castle.example></span>", "attribute [data-user]: amina@castle.example");
    check("<i data-phone='07700 900123' data-id=12345678 srcset='a@2x.png 2x'></i>", "attribute [data-phone]: 07700 900123");
    check(
        r#"<div data-props='{"name":"A Castle","email":"a@castle.example"}'></div>"#,
        "key [name]: A Castle\n~key [email]: a@castle.example",
    );
    check(
        "<meta name=description content='Cllr A &amp; B'><meta name=viewport content=x><meta property=og:title content=T>",
        "meta [description]: Cllr A & B\n~meta [og title]: T",
    );
}

#[test]
fn what_is_not_shown_is_read_apart() {
    check("<p>amina<span style='display: none'>nospam</span>@castle.example</p>", "body: amina@castle.example\n~hidden: nospam");
    check(
        "<style>.x, b.y { display:none }\n@media print{.z{display:none}} .t{unicode-bidi:bidi-override;direction:rtl}</style>a<i class='q x'>1</i>@b<b class=y>2</b>.c<i class=z>3</i><p class=t>cba</p>",
        "body: a@b.c3\n~hidden: 1\n~hidden: 2\nbody: cba\n~body: abc",
    );
    check("<div hidden><p>One</p><p>Two</p></div>Three", "hidden: One\n~hidden: Two\nbody: Three");
    check("<div aria-hidden=true>One</div><span aria-hidden=true>Two</span>", "hidden: One\nbody: Two");
    check("<template><b>T</b></template><noscript>N</noscript>", "hidden: T\n~hidden: N");
    check("<!-- old: 14 Mill Lane --><!---->", "comment [comment]: old: 14 Mill Lane");
    check("<style>.a{}</style><script>var a = 'x' + '@' + 'y';</script>", "");
    check("<script>w('amina' + '@' + 'castle.example')</script>", "hidden [script]: amina@castle.example");
    check(
        "<p>Mail <span style='unicode-bidi:bidi-override; direction: rtl'>elpmaxe.eltsac@anima</span></p>",
        "body: Mail elpmaxe.eltsac@anima\n~body: amina@castle.example",
    );
}

#[test]
fn data_in_the_page_keeps_its_keys() {
    check(
        r#"<script type="application/ld+json">{"@context":"https://schema.org","@type":"Person","name":"Amina Castle","telephone":"07700 900123",
        "address":{"@type":"PostalAddress","streetAddress":"14 Mill Lane","addressLocality":"Mereside","postalCode":"ZZ99 4QT"},}</script>"#,
        "key [name]: Amina Castle
        ~key [telephone]: 07700 900123
        ~key [address street address]: 14 Mill Lane
        ~key [address address locality]: Mereside
        ~key [address postal code]: ZZ99 4QT
        ~key [address]: 14 Mill Lane, Mereside, ZZ99 4QT",
    );
    check(
        "<div itemscope itemtype=Person><span itemprop=name>A Castle</span><div itemprop=homeLocation itemscope>
        <span itemprop=streetAddress>14 Mill Lane</span> <span itemprop=postalCode>ZZ99 4QT</span></div><meta itemprop=telephone content='01632 960111'></div>",
        "body: A Castle
        ~key [name]: A Castle
        ~body: 14 Mill Lane ZZ99 4QT
        ~key [home location street address] (home): 14 Mill Lane
        ~key [home location postal code] (home): ZZ99 4QT
        ~key [home location] (home): 14 Mill Lane, ZZ99 4QT
        ~key [telephone]: 01632 960111",
    );
}

#[test]
fn parts_of_one_thing_stand_together_and_pages_are_none() {
    check(
        "<div itemscope itemtype=https://schema.org/Comment><div class=comment-meta>amina_c</div><div class=post>Ring me</div></div>
        <div itemscope itemtype=https://schema.org/WebPage><div class=card>A</div><div class=card>B</div><p>C</p></div>",
        "body: amina_c\n~body: Ring me\nbody: A\nbody: B\nbody: C",
    );
    // A row that holds a whole page is none.
    let long = format!("<table><tr><td><p>A Castle</p><p>{}</p></td></tr></table>", "words ".repeat(1_000));
    let read = page(&long);
    assert!(read.text.blocks.first().map(|b| b.group) != read.text.blocks.last().map(|b| b.group));
}

#[test]
fn links_are_absolute_and_told_once() {
    let read = page(
        "<base href='/other/'><a href='a.html#top'>A  page</a><a href=//cdn.example.test/x><img alt=Pic></a><a href='a.html'>again</a>
        <a href='mailto:x@y.example'>m</a><a href='javascript:x'>j</a><a href='#here'>h</a><a href='ftp://x.example/'>f</a><link rel=stylesheet href=s.css>",
    );
    let links: Vec<_> = read.links.iter().map(|l| (l.url.as_str(), l.words.as_str())).collect();
    assert_eq!(links, [("https://www.example.test/other/a.html", "A page"), ("https://cdn.example.test/x", "Pic")]);
}

#[test]
fn every_place_leads_back() {
    let html = "<p>Call  <b>me</b> on\n  07700&nbsp;900123 &mdash; caf\u{E9}</p><table><tr><td>ZZ99 4QT</td></tr></table>";
    let read = page(html);
    for needle in ["Call", "me", "07700", "900123", "caf\u{E9}", "ZZ99 4QT"] {
        let at = read.text.chars.find(needle).expect("test data");
        assert_eq!(Some(read.text.origin.original(at)), html.find(needle), "{needle}");
    }
}
