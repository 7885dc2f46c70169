//! Details that nobody supplied: told only beside the name, never above possible.

use unlisted_model::{About, Band, Nature, Role, Text};

use super::{amina, check, check_at, document, knowledge};
use crate::Detector;

#[test]
fn beside_the_name_only() {
    check("Amina Castle: 01632 960777", &["phone? possible"]);
    check("Amina Castle\n01632 960777\nBob Smith\n01632 960778", &["phone? possible"]);
    check("Bob Smith\n01632 960778\nAmina Castle\n01632 960777", &["phone? possible"]);
    check("Contact Amina Castle at amina.r.castle@other.example", &["email? possible"]);
    check("Contact Amina Castle or bob.smith@other.example", &[]);
    check("01632 960777", &[]);
    let story = "word ".repeat(300);
    check(&format!("Amina Castle was there.\n{story}\nTickets on 01632 960777"), &[]);
}

#[test]
fn a_card_under_a_heading_belongs_to_it() {
    check("# Amina Castle\nPhone:: 01632 960777\nSince:: 2019", &["phone? possible"]);
    check("# Amina Castle\nAbout:: runner\n---\n# Zelah Goosewell\nPhone:: 01632 960777", &[]);
}

#[test]
fn an_address_needs_a_word_of_living_there() {
    check("Amina Castle spoke outside 5 Elm Road, Fenbridge, on Monday.", &[]);
    check("Amina Castle, 5 Elm Road, Northgate ZZ99 4QB", &["home-address? possible"]);
    check("# Amina Castle\nHome address:: 5 Elm Road, Northgate ZZ99 4QB", &["home-address? possible"]);
}

#[test]
fn on_the_own_page_it_may_be_the_campaigns() {
    check_at(
        "https://aminacastle.example/contact",
        Nature::OwnPage,
        Some("Get in touch"),
        "# Get in touch\nRing 01632 960777",
        &["phone? possible"],
    );
}

#[test]
fn a_hit_of_a_search_is_one_small_document() {
    check_at(
        "https://forum.example/1",
        Nature::SearchHit,
        Some("Amina Castle - Northgate runners"),
        "Captain of the second team, ring 01632 960777",
        &["phone? possible"],
    );
    check_at(
        "https://finder.example/1",
        Nature::SearchHit,
        Some("Amina Castle, 07700 900123 - Find people"),
        "All numbers in Northgate",
        &["phone/1 same"],
    );
    check_at("https://teeth.example/1", Nature::SearchHit, Some("Amina Castle - Dentist"), "Call 01632 960777", &[]);
    check_at(
        "https://forum.example/1",
        Nature::SearchHit,
        Some("Bob Smith - Northgate runners"),
        "Captain of the second team, ring 01632 960777",
        &[],
    );
}

#[test]
fn never_above_possible_whatever_speaks_for_it() {
    check_at(
        "https://democracy.northgate.example/mgUserInfo.aspx?UID=101",
        Nature::Record,
        Some("Councillor Amina Rose Castle"),
        "# Councillor Amina Rose Castle\nParty:: Example Party\nWard:: Northgate and Mereside\nHome address:: 14 Mill Lane, Mereside, Northgate ZZ99 4QT\nMobile:: 07700 900777",
        &["home-address/1 same", "phone? possible"],
    );
}

#[test]
fn common_names_say_less() {
    let mary = super::subject("mary-smith", "Mary Smith", None, None, None, &[]);
    let detector = Detector::new(vec![mary], knowledge());
    let page = |lines| document("https://somewhere.example/", Nature::Page, None, lines);
    assert_eq!(super::reported(&detector.read(&page("Mary Smith 01632 960777"))), Vec::<String>::new());
}

#[test]
fn a_record_says_whom_it_is_about() {
    let detector = Detector::new(vec![amina()], knowledge());
    let about = |url: &str, nature, lines: &str| -> Vec<Band> {
        detector.read(&document(url, nature, None, lines)).about.into_iter().map(|(_, band)| band).collect()
    };
    let own = "https://democracy.northgate.example/mgWebService.asmx";
    assert_eq!(
        about(own, Nature::Record, "# Cllr Amina Castle\nParty:: Example Party\nWard:: Northgate and Mereside"),
        [Band::Same]
    );
    assert_eq!(about(own, Nature::Record, "# Cllr Bob Smith\nParty:: Example Party\nWard:: Northgate and Mereside"), []);
    let elsewhere = "https://eastbrook.moderngov.example/mgWebService.asmx";
    assert_eq!(about(elsewhere, Nature::Record, "# Cllr Amina Castle\nParty:: Green Party\nWard:: Hollow"), []);
    // A name alone.
    assert_eq!(about("https://somewhere.example/", Nature::Page, "Amina Rose Castle came first."), [Band::Possible]);
    // Another party and ward in the own council: a namesake, or a change of mind.
    let changed = about(own, Nature::Record, "# Cllr Amina Castle\nParty:: Green Party\nWard:: Hollow");
    assert!(changed.iter().all(|b| *b <= Band::Possible), "{changed:?}");
}

#[test]
fn where_a_photo_was_taken_is_told_on_the_own_page_only() {
    let detector = Detector::new(vec![amina()], knowledge());
    let photo = |nature, place: &str| {
        let mut photo = document("https://aminacastle.example/me.jpg", nature, None, "");
        photo.text = Text::default();
        photo.text.push(Role::Meta, Some("author"), 0, About::Unknown, "Zelah Goosewell", 0);
        photo.text.push(Role::Meta, Some("photo location"), 0, About::Unknown, place, 16);
        detector.read(&photo)
    };
    let told = photo(Nature::OwnPage, "51.51, -0.13");
    assert_eq!(super::reported(&told), ["photo-location? possible"], "whoever took it");
    assert_eq!(told.findings.first().map(|f| f.label.as_str()), Some("51.51, -0.13"));
    assert_eq!(super::reported(&photo(Nature::Page, "51.51, -0.13")), Vec::<String>::new(), "a photo of somebody else");
    for no_place in ["Mereside", "91.00, 0.00", "51.51", ""] {
        assert_eq!(super::reported(&photo(Nature::OwnPage, no_place)), Vec::<String>::new(), "{no_place}");
    }
}
