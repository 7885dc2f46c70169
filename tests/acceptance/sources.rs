//! The public sources against a made-up web: what each is asked, what it finds, and that nobody else is asked.

use std::collections::BTreeSet;

use unlisted_web::demo::{DemoWeb, Site};

use crate::needles::Needles;
use crate::people;
use crate::program::Place;
use crate::reading::{self, findings, outcomes};
use crate::served;

const ARCHIVE: &str = "web.archive.org";
const CRAWL: &str = "index.commoncrawl.org";
const CRAWLED: &str = "data.commoncrawl.org";

/// The person of the demonstration with this council, which stands in a table of her own.
fn of_council(place: &Place, code: &str, platform: &str, base: &str) -> String {
    let head = "council_code,name,nation,kind,platform,base_url,ended\n";
    place.write("config/councils.csv", format!("{head}{code},Mockbury Council,ENG,district,{platform},{base},\n"));
    people::demo_without_searxng().replace("\"ZNG\"", &format!("\"{code}\""))
}

fn page(site: Site, file: &str) -> Site {
    site.http(file).expect("a page")
}

fn html(address: &str, body: &str) -> String {
    format!("GET {address}\ncontent-type: text/html; charset=utf-8\n\n<html><body>{body}</body></html>")
}

fn list(address: &str, rows: &[[&str; 3]]) -> String {
    let rows: String = rows
        .iter()
        .map(|[taken, page, digest]| format!(",[\"k\",\"{taken}\",\"{page}\",\"text/html\",\"200\",\"{digest}\",\"1\"]"))
        .collect();
    format!(
        "GET /cdx/search/cdx{address}\ncontent-type: application/json\n\n[[\"urlkey\",\"timestamp\",\"original\",\"mimetype\",\"statuscode\",\"digest\",\"length\"]{rows}]"
    )
}

/// A council with CMIS: two of the same surname on its list, one of them the person; a notice on its elections pages that is gone,
/// and the archive's copies of that notice, of her page at the council and of her own site.
fn web() -> DemoWeb {
    let person =
        |id: u32| format!("/mockbury/Councillors/tabid/63/ctl/ViewCMIS_Person/mid/383/id/{id}/ScreenMode/Ward/Default.aspx");
    let block = |id: u32, name: &str, ward: &str| {
        format!(
            "<div class=PE_People_PersonBlock><div class=NameLink><a href='{}'>{name}</a></div><strong>Ward:</strong> {ward}<img alt='Example Party (logo)'></div>",
            person(id)
        )
    };
    let blocks = [
        block(11, "Councillor Amina Castle", "Northgate and Mereside"),
        block(12, "Councillor Helen Castle", "Harbour"),
        block(13, "Councillor Rafe Applegarth", "Eastcombe"),
    ]
    .concat();
    let profile = |id: u32, name: &str, home: &str| {
        html(
            &person(id),
            &format!(
                "<div class=CMIS_Person><h1 class=Name>{name}</h1><div><div class=Label>Ward:</div><div class=Value>Northgate and Mereside</div></div><div><div class=Label>Home Address:</div><div class=Value>{home}</div></div></div>"
            ),
        )
    };
    let council = Site::new("cmis.mockbury.example");
    let council = page(council, &html("/mockbury/Councillors.aspx", &blocks));
    let council = page(council, &profile(11, "Councillor Amina Castle", "14 Mill Lane<br>Mereside<br>ZZ99 4QT"));
    let council = page(council, &profile(12, "Councillor Helen Castle", "27 Harbour Road<br>ZZ99 1HR"));
    let site = Site::new("www.mockbury.example");
    let site = page(site, &html("/", "<p>Welcome</p><a href=/elections>Elections</a>"));
    let site =
        page(site, &html("/elections", "<p>Notices</p><a href=/elections/sopn-2023.html>Statement of persons nominated</a>"));
    let archive = page(Site::new(ARCHIVE), "GET /cdx/search/cdx\ncontent-type: application/json\n\n[]");
    let archive = page(
        archive,
        &list(
            "?url=www.mockbury.example/elections/sopn-2023.html",
            &[["20230412083011", "https://www.mockbury.example/elections/sopn-2023.html", "A"]],
        ),
    );
    let notice = "<h1>Statement of persons nominated, Northgate and Mereside</h1><table><tr><th>Name of candidate</th><th>Home address</th><th>Description</th></tr><tr><td>CASTLE Amina Rose</td><td>14 Mill Lane, Mereside, Northgate ZZ99 4QT</td><td>Example Party</td></tr><tr><td>APPLEGARTH Rafe</td><td>3 Quay Street, Eastcombe ZZ99 5QS</td><td>Independent</td></tr></table>";
    let archive = page(archive, &html("/web/20230412083011id_/https://www.mockbury.example/elections/sopn-2023.html", notice));
    let archive = page(
        archive,
        &list("?url=aminacastle.example&matchType=domain", &[["20190412083011", "http://aminacastle.example/old.html", "B"]]),
    );
    let old = "<h1>Amina Castle</h1><p>Ring Amina Castle of Mereside at home: 01632 960240.</p>";
    let archive = page(archive, &html("/web/20190412083011id_/http://aminacastle.example/old.html", old));
    let own = page(Site::new("aminacastle.example"), &html("/", "<h1>Amina Castle</h1><p>Councillor for Mereside.</p>"));
    let crawls =
        "GET /collinfo.json\ncontent-type: application/json\n\n[{\"cdx-api\":\"https://index.commoncrawl.org/CC-1-index\"}]";
    let crawl = page(
        page(Site::new(CRAWL), crawls),
        "GET /CC-1-index\n\n{\"url\": \"https://aminacastle.example/diary.html\", \"timestamp\": \"20260710081500\", \"mime\": \"text/html\", \"status\": \"200\", \"digest\": \"D\", \"length\": \"700\", \"offset\": \"1000\", \"filename\": \"crawl-data/1.warc.gz\"}",
    );
    let diary = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>Amina Castle of Mereside was born on 9 March 1984.</p></body></html>";
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-07-10T08:15:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nWARC-Target-URI: https://aminacastle.example/diary.html\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{diary}\r\n\r\n",
        diary.len()
    );
    let files = page(
        Site::new(CRAWLED),
        &format!(
            "GET /crawl-data/1.warc.gz\nstatus: 206 Partial Content\ncontent-type: application/octet-stream\ncontent-range: bytes 1000-1699/99999\n\n{record}"
        ),
    );
    DemoWeb::serving(0, vec![council, site, archive, crawl, files, own]).expect("a port")
}

#[test]
fn a_council_with_cmis_its_gone_notice_and_old_copies() {
    let (web, place) = (web(), Place::new());
    let person = of_council(&place, "ZMO", "cmis", "http://cmis.mockbury.example/mockbury/Councillors.aspx");
    let plan = place.about("plan", &person).args(&["--format", "json"]).run().code(0);
    let ran = place.check(&person).web(&web).ephemeral().json().run();
    let report = ran.report();
    reading::nothing_is_lost(&report);
    let found = findings(&report);
    let has = |kind: &str, url: &str| found.iter().any(|f| f.kind == kind && f.url == url && f.band == "same" && !f.partial);
    let profile = "https://cmis.mockbury.example/mockbury/Councillors/tabid/63/ctl/ViewCMIS_Person/mid/383/id/11/ScreenMode/Ward/Default.aspx";
    assert!(has("home-address", profile), "{found:#?}");
    assert!(has("home-address", "https://www.mockbury.example/elections/sopn-2023.html"), "{found:#?}");
    assert!(has("phone", "http://aminacastle.example/old.html"), "{found:#?}");

    assert!(has("date-of-birth", "https://aminacastle.example/diary.html"), "{found:#?}");

    // A copy says that it is one, and where it was read.
    let exposures = reading::list(reading::person(&report), "exposures");
    let phone = exposures.iter().find(|e| reading::text(e, "kind") == "phone").expect("the landline");
    assert_eq!((reading::text(phone, "cause"), reading::text(phone, "route")), ("copy", "archive-copy"), "{phone}");
    let place_of_it = reading::list(phone, "findings").first().expect("a place");
    assert_eq!(
        reading::text(place_of_it, "via"),
        "https://web.archive.org/web/20190412083011id_/http://aminacastle.example/old.html"
    );

    // Nobody else's page, and no host beyond the plan's and those that were named.
    let log = web.log();
    assert!(
        !log.iter().any(|l| l.path_and_query.contains("/id/12/") || l.path_and_query.contains("/id/13/")),
        "a colleague's page"
    );
    for other in ["27 Harbour Road", "3 Quay Street"] {
        assert!(!report.to_string().contains(other), "{other} is somebody else's");
    }
    let part = log.iter().find(|l| l.host == CRAWLED).expect("the record was asked for");
    assert_eq!(part.header("range"), Some("bytes=1000-1699"), "a part of the file, not all of it");
    let hosts: BTreeSet<&str> = log.iter().map(|l| l.host.as_str()).collect();
    let known: BTreeSet<&str> =
        ["aminacastle.example", "cmis.mockbury.example", "www.mockbury.example", ARCHIVE, CRAWL, CRAWLED].into_iter().collect();
    assert!(hosts.is_subset(&known), "{hosts:?}");
    served::tells_nothing(&log, &Needles::of(&person));
    served::is_open_about_itself(&log);
    served::stays_public(&log);
    let counted: u64 = reading::list(reading::person(&report).get("coverage").expect("coverage"), "sources")
        .iter()
        .map(|s| reading::number(s, "requests"))
        .sum();
    let plan: serde_json::Value = serde_json::from_str(&plan.out).expect("the plan is JSON");
    assert!(counted == log.len() as u64 && counted <= reading::number(&plan, "at_most"), "{counted}");
    assert!(outcomes(&report, Some("wayback"), &["found"]) >= 2, "{report}");
    assert_eq!(outcomes(&report, Some("cmis"), &["found"]), 2);
}

#[test]
fn an_archive_that_is_down_is_not_an_archive_that_is_empty() {
    let archive =
        page(Site::new(ARCHIVE), "GET /cdx/search/cdx\nstatus: 500 Oops\ncontent-type: text/html\n\n<p>java.lang.Error");
    let own = page(Site::new("aminacastle.example"), &html("/", "<h1>Amina Castle</h1>"));
    let web = DemoWeb::serving(0, vec![archive, own]).expect("a port");
    let place = Place::new();
    let person = of_council(&place, "ZMO", "cmis", "http://cmis.mockbury.example/mockbury/Councillors.aspx");
    let report = place.check(&person).web(&web).ephemeral().json().run().code(5).report();
    for source in ["wayback", "council-notices", "cmis"] {
        assert_eq!(outcomes(&report, Some(source), &["absent", "found"]), 0, "{source} {report}");
        assert!(outcomes(&report, Some(source), &["failed", "blocked", "refused"]) >= 1, "{source}");
    }
}
