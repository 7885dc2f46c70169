//! Facts that the person gave us, where they stand.

use unlisted_model::Nature;

use super::{check, check_at};

#[test]
fn a_unique_fact_attributes_itself() {
    check("Call 07700 900123 now.", &["phone/1 same"]);
    check("Write to amina.castle@mail.example for details.", &["email/1 same"]);
    check("For sale: AB51 XYZ, one careful owner.", &["vehicle-registration/1 likely"]);
    check("Seller: Amina Castle, AB51 XYZ", &["vehicle-registration/1 same"]);
}

#[test]
fn a_whole_address_attributes_itself_by_how_whole_it_is() {
    check("Sold: 14 Mill Lane, Mereside, Northgate ZZ99 4QT", &["home-address/1 same"]);
    check("| 14 Mill Lane, Mereside, Northgate ZZ99 4QT | 12/03/2019 |", &["home-address/1 same"]);
    check("Sold last week in Northgate: 14 Mill Lane, Mereside", &["home-address/1 likely"]);
}

#[test]
fn a_shared_address_with_another_name_stays_likely() {
    check("Bob Smith, 14 Mill Lane, Mereside, Northgate ZZ99 4QT", &["home-address/1 likely"]);
    check("# Smith Cleaning\nContact: Mary Smith\n14 Mill Lane, Mereside, Northgate ZZ99 4QT", &["home-address/1 likely"]);
}

#[test]
fn a_council_profile_shows_the_home() {
    check_at(
        "https://democracy.northgate.example/mgUserInfo.aspx?UID=101",
        Nature::Record,
        Some("Councillor details - Councillor Amina Castle"),
        "# Councillor Amina Castle\nParty:: Example Party\nWard:: Northgate and Mereside\n---\nHome address:: 14 Mill Lane, Mereside, Northgate ZZ99 4QT\nMobile:: 07700 900123\n---\nAppointments to outside bodies",
        &["home-address/1 same", "phone/1 same"],
    );
}

#[test]
fn a_forum_gives_the_mail() {
    check("minaruns84 wrote:\nI can lend you mine, mail me: amina.castle@mail.example", &["email/1 same", "username/1 same"]);
}

#[test]
fn a_weak_fact_needs_the_name() {
    check("Married on 9 March 1984 in the parish church.", &[]);
    check("Born on 9 March 1984.", &[]);
    check("Amina Rose Castle, date of birth 9 March 1984", &["date-of-birth/1 same"]);
    check("|! Name | Date of birth\n| Amina Castle | 09/03/1984 |\n| Bob Smith | 12/01/1970 |", &["date-of-birth/1 same"]);
    check("Mereside Primary School is closed on Monday.", &[]);
    check("Amina Castle picks up her children at Mereside Primary School.", &["school/1 likely"]);
    check("Amina Castle has worked at Northgate Library since 2011.", &["workplace/1 likely"]);
    check("Northgate Library opens at nine.", &[]);
    check("Joe Castle came third.", &[]);
    check("Amina Castle and her husband Joe Castle live in Mereside.", &["family-member/1 likely"]);
    // A handle that hardly two people choose is worth a look; never more without the name.
    check("A post by minaruns84", &["username/1 possible"]);
    check("A post by minaruns", &[]);
    check("Joe Castle won the race. Wife Amina said she was proud.", &["family-member/1 possible"]);
    check("Joe Castle and Amina dropped off forty boxes of books.", &["family-member/1 possible"]);
}

#[test]
fn a_surname_beside_house_and_street_is_enough() {
    check("Mrs A Castle, 14 Mill Lane. Mr H Davies, 2 Church Row.", &["home-address/1 likely"]);
    check("24/0407 Mr & Mrs Castle, 14 Mill Lane: loft conversion.", &["home-address/1 likely"]);
    check("Mr H Davies, 14 Mill Lane.", &[]);
    check("Amina Castle was seen leaving 33 Mill Lane.", &["home-address/1 possible other-number"]);
}

#[test]
fn their_own_birth_date_is_no_contradiction_beside_another() {
    check("Amina Castle (b. 9 March 1984) plays the cello. Ffion Quarmby, born 14 May 1950, founded the club.", &["date-of-birth/1 likely"]);
    check("| Ffion Quarmby | born 9 March 1984 |\n| Amina Castle | born 3 May 1988 |", &[]);
}

#[test]
fn a_second_fact_stands_in_for_the_name() {
    check("07700 900123, born 9 March 1984", &["date-of-birth/1 likely", "phone/1 same"]);
}

#[test]
fn news_that_names_only_the_street() {
    check(
        "Councillor Amina Castle, of Mill Lane, Mereside, said the junction was dangerous.",
        &["home-address/1 likely partial"],
    );
    check("Roadworks start on Mill Lane, Mereside, on Monday.", &[]);
    let story = "word ".repeat(200);
    let newsletter = format!("Our councillor Amina Castle came to Mereside.\n{story}\nThe street party in Mill Lane is on Monday.");
    check(&newsletter, &["home-address/1 possible partial"]);
    check(&newsletter.replace("Mereside", "Southmoor"), &[]);
    check("Roadworks on Mill Lane, Mereside, start on Monday, said Councillor Amina Castle.", &["home-address/1 possible partial"]);
}

#[test]
fn a_postcode_beside_the_name() {
    check("Amina Castle, ZZ99 4QT", &["home-address/1 likely partial"]);
    check("The survey covers ZZ99 4QT and ZZ99 4QS.", &[]);
}

#[test]
fn a_school_and_a_councillor_on_one_page_are_not_yet_a_tie() {
    let story = "word ".repeat(200);
    check(&format!("Mereside Primary School won the cup.\n{story}\nCouncillor Amina Castle, Example Party, spoke in Northgate."), &[]);
}

#[test]
fn a_councillor_at_a_funeral_is_not_dead() {
    check("Councillor Amina Castle spoke at the memorial service; ring her on 01632 960777.", &["phone? possible"]);
}

#[test]
fn a_neighbours_number_is_never_a_match() {
    check("Amina Castle, 16 Mill Lane, Mereside, Northgate ZZ99 4QT", &["home-address/1 possible other-number"]);
    check("Bob Smith, 16 Mill Lane, Mereside, Northgate ZZ99 4QT", &[]);
    check("16 Mill Lane, Mereside, Northgate ZZ99 4QT: kitchen extension approved", &[]);
}

#[test]
fn a_planning_comment() {
    check(
        "# Comments for application 26/00123/FUL\n|! Name | Address | Comment\n| Mrs Amina Castle | 14 Mill Lane Mereside Northgate ZZ99 4QT | I object to the extension. |\n| Mr Tom Smith | 3 Elm Road Mereside Northgate ZZ99 4QB | I support it. |",
        &["home-address/1 same"],
    );
}

#[test]
fn an_imprint_with_the_home_is_an_exposure() {
    check(
        "Promoted by Amina Castle, 14 Mill Lane, Mereside, Northgate ZZ99 4QT.",
        &["home-address/1 same"],
    );
    check_at(
        "https://democracy.northgate.example/",
        Nature::Record,
        None,
        "# Councillor Amina Castle\n@ Civic Centre, 14 Mill Lane, Mereside, Northgate ZZ99 4QT",
        &["home-address/1 same"],
    );
}

#[test]
fn what_is_meant_to_be_public_is_not_reported() {
    check("Amina Castle, Example Party, 01632 960111", &[]);
    check("Ring 01632 960111 and tell that traitor what you think, pay her a visit", &["phone/2 same hostile"]);
    check("Ring 01632 960111 to learn new skills with Amina Castle", &[]);
}

#[test]
fn a_hostile_post_raises_the_harm() {
    check("She lives at 14 Mill Lane, Mereside, Northgate ZZ99 4QT, let's pay her a visit", &["home-address/1 same hostile"]);
    check("The scum's number is 07700 900123", &["phone/1 same hostile"]);
}

#[test]
fn an_old_name_speaks_too() {
    check("Amina Hartley, born 9 March 1984, of Mereside", &["date-of-birth/1 same"]);
    check("Mina Castle, born 9 March 1984", &["date-of-birth/1 likely"]);
}

#[test]
fn an_archived_page_counts_like_a_live_one() {
    check_at(
        "https://archive.example/web/2019/https://democracy.northgate.example/mgUserInfo.aspx?UID=101",
        Nature::Page,
        Some("Councillor Amina Castle"),
        "# Councillor Amina Castle\nHome address: 14 Mill Lane, Mereside, Northgate, ZZ99 4QT",
        &["home-address/1 same"],
    );
}

#[test]
fn an_own_page_with_the_mobile() {
    check_at(
        "https://aminacastle.example/about",
        Nature::OwnPage,
        Some("About"),
        "# About me\nI was born on 9 March 1984.\nText me: 07700 900123",
        &["date-of-birth/1 same", "phone/1 same"],
    );
}
