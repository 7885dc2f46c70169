//! Which places are chosen, in what order, when to ask again, and what the drafts hold.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::config::shipped_words;

static CONFIG: LazyLock<Config> = LazyLock::new(|| Config::load(None).expect("the shipped files are right"));

fn words() -> Words {
    Words::new(shipped_words())
}

fn today() -> Date {
    date(2026, 11, 25)
}

fn ids(facts: &Facts, wanted: Option<Concern>) -> String {
    routes(facts, wanted, &CONFIG, &words(), today()).iter().map(|r| r.row.id.clone()).collect::<Vec<_>>().join(" ")
}

/// What a page with this address is reported to; the police and the mediator aside, which are tested for themselves.
#[track_caller]
fn check_page(page: &str, expect: &str) {
    let facts = Facts { page: Some(Secret::new(page)), ..Facts::default() };
    let got = ids(&facts, None).replace(" report-harmful-content", "").replace("police ", "");
    assert_eq!(got, expect, "{page}");
}

const BEHIND: &str = "host registrar site";

#[test]
fn a_page_is_reported_to_its_own_site() {
    for (page, expect) in [
        ("https://x.com/someone/status/1", "x"),
        ("https://twitter.com/someone", "x"),
        ("HTTPS://MOBILE.TWITTER.COM/someone", "x"),
        ("x.com/someone/status/1", "x"),
        ("https://x.com.:443/someone", "x"),
        ("https://m.facebook.com/story.php?story_fbid=1", "facebook"),
        ("facebook.com/groups/mereside", "facebook"),
        ("https://fb.watch/abc/", "facebook"),
        ("https://www.instagram.com/p/abc/", "instagram"),
        ("https://www.threads.net/@someone/post/1", "threads"),
        ("https://www.tiktok.com/@someone/video/1", "tiktok"),
        ("https://vm.tiktok.com/abc/", "tiktok"),
        ("https://youtu.be/abc", "youtube"),
        ("https://www.youtube.com/watch?v=abc&lc=def", "youtube"),
        ("https://story.snapchat.com/s/x", "snapchat"),
        ("https://chat.whatsapp.com/abc", "whatsapp"),
        ("https://wa.me/447700900123", "whatsapp"),
        ("https://t.me/somegroup/12", "telegram"),
        ("https://signal.group/#abc", "signal"),
        ("https://old.reddit.com/r/x/comments/1/", "reddit"),
        ("https://redd.it/abc", "reddit"),
        ("https://uk.linkedin.com/in/someone", "linkedin"),
        ("https://nextdoor.co.uk/p/abc", "nextdoor"),
        ("https://bsky.app/profile/someone.bsky.social/post/1", "bluesky"),
        ("https://mastodon.social/@someone/1", "mastodon"),
        ("https://discord.gg/abc", "discord"),
        ("https://www.twitch.tv/someone", "twitch"),
        ("https://www.pinterest.co.uk/pin/1", "pinterest"),
        ("https://www.google.com/maps/place/x", "google-maps"),
        ("https://maps.app.goo.gl/abc", "google-maps"),
        ("https://www.google.co.uk/search?q=x", "google-search"),
        ("https://docs.google.com/forms/d/1", "google-docs"),
        ("https://someone.blogspot.com/2026/11/x.html", "blogger"),
        ("https://someone.wordpress.com/2026/11/x", "wordpress-com"),
        ("https://someone.substack.com/p/x", "substack"),
        ("https://medium.com/@someone/x", "medium"),
        ("https://gist.github.com/someone/1", "github"),
        ("https://en.wikipedia.org/wiki/Talk:X", "wikipedia"),
        ("https://www.change.org/p/x", "change-org"),
        ("https://www.bing.com/search?q=x", "bing"),
        ("see https://x.com/a (and the replies)", "x"),
        ("<https://x.com/a>,", "x"),
    ] {
        check_page(page, expect);
    }
}

#[test]
fn what_only_looks_like_a_platform_is_no_platform() {
    for page in [
        "https://notx.com/someone",
        "https://x.com.evil.example/someone",
        "https://x.com@evil.example/someone",
        "https://evil.example/https://x.com/someone",
        "https://evil.example/?u=https://facebook.com/x",
        "https://facebook.com-login.example/",
        "https://xn--x-com.example/",
        "https://notyoutu.be/abc",
        "https://at.me/x",
        "https://google.com.example/maps/",
        "https://www.google.com/mapsmaker/x",
        "https://wordpress.org/plugins/x",
        "https://www.mereside-gazette.example/news/1",
        "http://192.0.2.7/page",
        "http://[2001:db8::1]/page",
        "mereside-gazette.example/news/1",
        "mereside-gazette.co.uk",
        "not an address at all",
        "",
        "@someone",
        "someone.else",
        "javascript:alert(1)",
    ] {
        check_page(page, BEHIND);
    }
}

#[test]
fn a_server_of_many_is_told_by_its_pages() {
    check_page("https://social.mereside.example/@someone/112233", "mastodon host registrar site");
    check_page("https://social.mereside.example/users/someone/statuses/112233", "mastodon host registrar site");
    check_page("https://social.mereside.example/@", BEHIND);
    check_page("https://social.mereside.example/users/someone", BEHIND);
}

#[track_caller]
fn check(set: impl FnOnce(&mut Facts, fn(&str) -> Option<Secret>), expect: &str) {
    let mut facts = Facts::default();
    set(&mut facts, |text| Some(Secret::new(text)));
    assert_eq!(ids(&facts, None), expect);
}

#[test]
fn a_place_in_words_is_enough() {
    check(|f, s| f.place = s("WhatsApp group of the ward"), "police whatsapp report-harmful-content");
    check(|f, s| f.place = s("on X"), "police x report-harmful-content");
    check(|f, s| f.place = s("x"), "police x report-harmful-content");
    check(|f, s| f.place = s("by telephone"), "police phone");
    check(|f, s| f.place = s("Text message, twice"), "police phone");
    check(|f, s| f.place = s("a letter through the door"), "police post");
    check(|f, s| f.place = s("leaflet"), "police leaflet");
    check(|f, s| f.place = s("e-mail"), "police email");
    check(|f, s| f.place = s("on a Signal chat"), "police signal");
    check(|f, s| f.place = s("Google review"), "police google-maps google-search report-harmful-content");
    check(|f, s| f.place = s("facebook.com/groups/x"), "police facebook report-harmful-content");
    // Near: a letter that is no name, a word inside another.
    check(|f, s| f.place = s("the flat marked x in our road"), "police host registrar site report-harmful-content");
    check(|f, s| f.place = s("Signalling works; contexts"), "police host registrar site report-harmful-content");
    check(|_, _| {}, "police host registrar site report-harmful-content");
}

#[test]
fn an_account_tells_its_place() {
    check(|f, s| f.account = s("someone@gmail.com"), "police gmail");
    check(|f, s| f.account = s("A Person <someone@live.co.uk>"), "police outlook");
    check(|f, s| f.account = s("someone@northgate-mail.example"), "police email");
    check(|f, s| f.account = s("@someone@mastodon.social"), "police mastodon report-harmful-content");
    check(|f, s| f.account = s("@someone@social.mereside.example"), "police mastodon report-harmful-content");
    check(|f, s| f.profile = s("https://www.facebook.com/someone"), "police facebook report-harmful-content");
    for handle in ["@someone", "someone", "jo.smith", "notgmail.com", "@", "a@", "@@", "x@y"] {
        check(|f, s| f.account = s(handle), "police host registrar site report-harmful-content");
    }
    // A page and an account of different places are both reported.
    check(
        |f, s| {
            f.page = s("https://www.mereside-gazette.example/1");
            f.profile = s("https://x.com/someone");
        },
        "police x host registrar site report-harmful-content",
    );
}

#[test]
fn the_police_come_first_whatever_was_answered() {
    let told = |change: fn(&mut Account)| {
        let mut account = Account { page: Some(Secret::new("https://x.com/a/1")), ..Account::default() };
        change(&mut account);
        let mut facts = Facts { incident: 3, ..Facts::default() };
        facts.add(&account);
        routes(&facts, None, &CONFIG, &words(), today())
    };
    for change in [
        (|a: &mut Account| a.violence = Some(true)) as fn(&mut Account),
        |a| a.fixated = Some(true),
        |a| a.new_private = Some(true),
    ] {
        let routes = told(change);
        assert_eq!(routes[0].row.id, "police");
        assert_eq!((routes[0].reference.as_str(), routes[1].reference.as_str()), ("R-3-POLICE", "R-3-X"));
    }
    let routes = told(|a| (a.violence, a.fixated, a.new_private) = (Some(false), None, Some(false)));
    assert_eq!(routes[0].row.id, "police");
    assert_eq!(told(|_| {})[0].row.id, "police", "a question that was passed over is no “no”");
    let said = routes[0].draft.as_deref().expect("what to say");
    assert!(said.contains("https://x.com/a/1") && said.contains("crime number"), "{said}");
}

#[test]
fn private_details_choose_their_own_letter_and_address() {
    let mut facts = Facts { incident: 1, page: Some(Secret::new("https://x.com/a/1")), private: true, ..Facts::default() };
    let of_x = |facts: &Facts, wanted| {
        routes(facts, wanted, &CONFIG, &words(), today()).into_iter().find(|r| r.row.id == "x").expect("x")
    };
    assert_eq!(of_x(&facts, None).concerns, [Concern::PrivateInformation, Concern::Harassment]);
    assert!(of_x(&facts, None).draft.is_some_and(|d| d.contains("what it says are private details of a candidate")));
    assert!(of_x(&facts, Some(Concern::Impersonation)).draft.is_some_and(|d| d.contains("pretends to be me")));
    facts.private = false;
    assert!(of_x(&facts, None).draft.is_some_and(|d| d.contains("I report abuse")));
}

#[test]
fn a_draft_in_full() {
    let facts = Facts {
        incident: 2,
        page: Some(Secret::new("https://www.mereside-gazette.example/1")),
        account: Some(Secret::new("Someone\nHeading: x")),
        on: Some(date(2026, 11, 23)),
        ..Facts::default()
    };
    let routes = routes(&facts, None, &CONFIG, &words(), today());
    let host = routes.iter().find(|r| r.row.id == "host").expect("the host");
    assert_eq!(host.host.as_deref(), Some("www.mereside-gazette.example"));
    assert_eq!(
        host.draft.as_deref(),
        Some(
            "Heading: Abuse on a site that you store, reference R-2-HOST

Dear abuse team,

I stand for election in the United Kingdom. A page on a site that you store is used to threaten or abuse a candidate, and that puts people at risk.

Page: https://www.mereside-gazette.example/1
Account: Someone Heading: x
Posted or seen: Monday 23 November 2026

Please do three things:

1. Have this page taken down under your rules of use.
2. Keep the customer's data and your logs. The police may ask you for them.
3. Answer me with a reference of your own.

My reference is R-2-HOST. Please answer within 5 days.
Please do not pass my letter or my address on to your customer.
"
        )
    );
}

#[test]
fn the_day_to_ask_again_is_a_day_on_which_people_work() {
    for (from, days, expect) in [
        (date(2026, 11, 25), 1, date(2026, 11, 26)),
        (date(2026, 11, 25), 2, date(2026, 11, 27)),
        (date(2026, 11, 25), 3, date(2026, 11, 30)),
        (date(2026, 11, 25), 4, date(2026, 11, 30)),
        (date(2026, 11, 25), 5, date(2026, 11, 30)),
        (date(2026, 12, 31), 2, date(2027, 1, 4)),
        (date(2028, 2, 25), 1, date(2028, 2, 28)),
        (date(2026, 11, 28), 0, date(2026, 11, 30)),
    ] {
        assert_eq!(chase(from, days), expect, "{from} {days}");
    }
    assert_eq!(chase(Date::MAX, 3), Date::MAX);
}

/// To whom somebody says that they reported it, and the day on which to ask again.
#[track_caller]
fn check_chase(page: &str, to: &str, expect: Option<Date>) {
    let page = (!page.is_empty()).then(|| Secret::new(page));
    let facts = Facts { page, ..Facts::default() };
    assert_eq!(chase_of(to, &facts, &CONFIG, today()), expect, "{to}");
}

#[test]
fn the_day_to_ask_again_comes_from_whom_it_was_reported_to() {
    let (x, site) = (date(2026, 11, 30), date(2026, 12, 2));
    check_chase("", "X", Some(x));
    check_chase("", "twitter.com", Some(x));
    check_chase("https://x.com/a/1", "the site", Some(x));
    check_chase("https://x.com/a/1", "their moderators", Some(x));
    check_chase("https://www.mereside-gazette.example/1", "the site", Some(site));
    check_chase("https://www.mereside-gazette.example/1", "hosting firm", Some(date(2026, 11, 30)));
    // The police are asked for a crime number, not chased; and nobody guesses who somebody is.
    check_chase("https://x.com/a/1", "the police", None);
    check_chase("https://x.com/a/1", "police, about the post on X", None);
    check_chase("https://x.com/a/1", "my agent", None);
    check_chase("https://x.com/a/1", "Jo Smith", None);
    check_chase("https://x.com/a/1", "", None);
}

#[test]
fn a_reference_does_not_move_when_the_list_grows() {
    let of_x = |facts: &Facts| {
        let found = routes(facts, None, &CONFIG, &words(), today()).into_iter().find(|r| r.row.id == "x");
        found.expect("x").reference
    };
    let mut facts = Facts { incident: 4, page: Some(Secret::new("https://x.com/a/1")), ..Facts::default() };
    let before = of_x(&facts);
    facts.place = Some(Secret::new("by phone, and on Facebook"));
    assert_eq!((of_x(&facts), before), ("R-4-X".to_owned(), "R-4-X".to_owned()));
}

#[test]
fn no_letter_says_that_what_a_page_shows_is_true() {
    for (id, letter) in &CONFIG.reporting.letters {
        for not in ["of mine", "my address is", "my home", "my private", "aimed at me"] {
            assert!(!letter.contains(not), "{id}: {not}");
        }
    }
}

#[test]
fn a_mediator_waits_for_the_site() {
    let facts = Facts { page: Some(Secret::new("https://www.youtube.com/watch?v=1")), ..Facts::default() };
    let routes = routes(&facts, None, &CONFIG, &words(), today());
    let of = |id: &str| routes.iter().find(|r| r.row.id == id).and_then(|r| r.chase);
    // Four days from a Wednesday is a Sunday.
    assert_eq!(of("youtube"), Some(date(2026, 11, 30)));
    assert_eq!(of("report-harmful-content"), of("youtube"));
    assert_eq!(of("police"), None);
}

#[test]
fn facts_come_from_the_entries_of_one_incident() {
    let clock = unlisted_model::incident::Clock { now: jiff::Timestamp::UNIX_EPOCH, local_offset: Some(0), off_by: None };
    let entry = |number, incident, kind, account| Entry {
        number,
        incident,
        kind,
        clock,
        account,
        files: vec![],
        previous: [0; 32],
        raw: vec![],
        sha256: [0; 32],
    };
    let page = |text: &str| Account { page: Some(Secret::new(text)), ..Account::default() };
    let export = EntryKind::Export { audience: "police".into(), sums: [0; 32] };
    let entries = [
        entry(1, 1, EntryKind::Incident, Account::default()),
        entry(2, 2, EntryKind::Incident, page("https://two.example/")),
        entry(3, 1, EntryKind::Addition { to: 1 }, page("https://one.example/")),
        entry(4, 1, EntryKind::Addition { to: 1 }, page("https://later.example/")),
        entry(5, 0, export, page("https://export.example/")),
    ];
    assert_eq!(Facts::of(1, &entries).and_then(|f| f.page), Some(Secret::new("https://one.example/")));
    assert_eq!(Facts::of(2, &entries).and_then(|f| f.site()).as_ref().and_then(Url::host_str), Some("two.example"));
    assert_eq!(Facts::of(3, &entries), None);
    assert_eq!(Facts::of(0, &entries), None);
}

/// Fields that hold what must not spread, and what a draft is made of.
fn account(private: &str, page: &str) -> Account {
    let secret = || Some(Secret::new(private));
    Account {
        what: secret(),
        page: Some(Secret::new(page)),
        words: secret(),
        witness: secret(),
        effect: secret(),
        place: secret(),
        new_private: Some(true),
        reported: vec![unlisted_model::incident::Reported {
            to: Secret::new(private),
            reference: secret(),
            on: None,
            chase: None,
        }],
        ..Account::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_draft_holds_what_the_person_told(
        private in prop_oneof!["14 Mill Lane [A-Z]{6}, ZZ99 [0-9][A-Z]{2}", "07700 900[0-9]{3} [a-z]{6}", "[0-9]{2} May 19[0-9]{2} [a-z]{6}", "[a-z]{8}@[a-z]{8}\\.example"],
        path in "[a-z]{1,12}",
    ) {
        let mut facts = Facts { incident: 1, ..Facts::default() };
        facts.add(&account(&private, &format!("https://somewhere.example/{path}")));
        for wanted in [None, Some(Concern::Harassment), Some(Concern::Impersonation)] {
            for route in routes(&facts, wanted, &CONFIG, &words(), today()) {
                for text in [route.draft.as_deref().unwrap_or_default(), &route.reference, &route.row.id] {
                    prop_assert!(!text.contains(private.as_str()), "{text}");
                }
            }
        }
    }

    #[test]
    fn any_text_is_taken(page in any::<String>(), account in any::<String>(), place in any::<String>()) {
        let s = |t: &str| Some(Secret::new(t));
        let facts = Facts { page: s(&page), account: s(&account), place: s(&place), ..Facts::default() };
        let routes = routes(&facts, None, &CONFIG, &words(), today());
        prop_assert!(routes.iter().any(|r| r.row.id == "police"));
        let mut seen = BTreeMap::new();
        for route in &routes {
            prop_assert!(seen.insert(route.row.id.clone(), ()).is_none(), "each once");
            if let Some(draft) = &route.draft {
                prop_assert!(draft.lines().count() < 40);
            }
        }
    }

    #[test]
    fn nobody_is_asked_at_a_weekend(offset in 0..3_000_i32, days in 0..400_u16) {
        let from = date(2026, 1, 1).checked_add(offset.days()).expect("a day");
        let on = chase(from, days);
        prop_assert!(!matches!(on.weekday(), Weekday::Saturday | Weekday::Sunday));
        let waited = (on - from).get_days();
        prop_assert!(waited >= i32::from(days) && waited <= i32::from(days) + 2, "{waited}");
    }
}

#[test]
fn a_firm_in_front_gets_a_letter_of_its_own() {
    let facts = Facts { page: Some(Secret::new("https://www.mereside-watch.example/page")), ..Facts::default() };
    let draft = |network: Option<&Network>| {
        let routes = routes_told(&facts, None, &CONFIG, &words(), today(), network);
        routes.into_iter().find(|r| r.row.sort == Sort::Host).and_then(|r| r.draft).expect("a draft")
    };
    let hosting = Network { firm: Some("Example Hosting Ltd".to_owned()), ..Network::default() };
    let front = Network { front: Some("Example Front".to_owned()), ..hosting.clone() };
    assert!(draft(Some(&front)).contains("Tell me which firm stores the site"));
    assert_eq!(draft(Some(&hosting)), draft(None));
    assert!(!draft(None).contains("Tell me which firm"));
}

#[test]
fn only_what_is_on_the_public_internet_is_asked_about() {
    let check = |page: &str, expect: Option<(Option<&str>, &str, bool)>| {
        let about = about(&Url::parse(page).expect("test data"));
        let got = about.as_ref().map(|a| (a.domain.as_deref(), a.host(), a.is_looked_up()));
        assert_eq!(got, expect.map(|(domain, host, looked)| (domain, host.to_owned(), looked)), "{page}");
    };
    check("https://WWW.Mereside.example./a?b", Some((Some("mereside.example"), "www.mereside.example", true)));
    check("http://co.uk/", Some((None, "co.uk", true)));
    check("http://192.0.1.10/", Some((None, "192.0.1.10", false)));
    check("http://[2d00:100::10]/", Some((None, "2d00:100::10", false)));
    for private in
        ["http://localhost/", "http://nas.local/", "http://10.0.0.1/", "http://[::1]/", "http://x.onion/", "http://uk/"]
    {
        check(private, None);
    }
}
