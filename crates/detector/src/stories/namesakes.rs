//! Other people with the same name, and other people of the same slate.

use unlisted_model::{Kind, Nature};

use super::{amina, check, check_at, check_for, document, subject};

#[test]
fn another_middle_name_in_a_register() {
    check("| CASTLE AMINA ZELDRA | 01632 960777 |\n| SMITH BOB | 01632 960778 |", &[]);
    check("| CASTLE AMINA ROSE | 07700 900123 |\n| SMITH BOB | 01632 960778 |", &["phone/1 same"]);
}

#[test]
fn a_namesake_in_another_town_is_nobody_of_ours() {
    check("Amina Castle, of Eastbrook, can be reached on 01632 960777.", &[]);
    check("Amina Castle lives in Southmoor Bay. Phone 01632 960777.", &[]);
    check("|! Name | Town | Phone\n| Amina Castle | Southmoor Bay | 01632 960777 |", &[]);
    check("Amina Castle, 3 Elm Road, Southmoor ZZ98 1AB, 01632 960777", &[]);
    check("# Castle Therapy\nSouthmoor Bay resident Amina Castle: 01632 960777", &[]);
}

#[test]
fn a_namesake_in_the_same_town_with_another_life() {
    check("Amina Castle is a dentist in Northgate. Book on 01632 960777.", &[]);
    check("Amina Castle (Green Party), Northgate, 01632 960777", &[]);
    check("Amina Jane Castle, Northgate, 01632 960777", &[]);
    check("Amina Castle, 67, of Northgate, 01632 960777", &[]);
    check("Amina Castle, born 1 May 1951, Northgate, 01632 960777", &[]);
}

#[test]
fn a_namesake_in_the_same_town_without_another_life_is_not_sure() {
    check("Amina Castle, Northgate, 01632 960777", &["phone? possible"]);
}

#[test]
fn an_obituary_of_a_namesake() {
    check_at(
        "https://news.example/obituaries",
        Nature::Page,
        Some("Obituaries"),
        "CASTLE Amina\nPassed away peacefully on 1 May. Donations to her son on 01632 960777. Amina Castle (1931–2019) of Northgate.",
        &[],
    );
    check("Amina Castle (1931–2019), Northgate, 01632 960777", &[]);
}

#[test]
fn a_birth_date_that_fits_beats_a_town_that_does_not() {
    check("Amina Castle, of Southmoor, born 9 March 1984", &["date-of-birth/1 possible"]);
}

#[test]
fn the_same_street_in_another_town_is_another_street() {
    check("Amina Castle of Eastbrook, 14 Mill Lane, Eastbrook", &[]);
}

#[test]
fn two_of_the_slate_with_one_name_are_both_unsure() {
    let other = subject(
        "amina-two",
        "Amina Rose Castle",
        Some("Other Party"),
        Some("Eastbrook"),
        Some("EBR"),
        &[(Kind::Phone, "07700 900456"), (Kind::DateOfBirth, "1990-01-02")],
    );
    let page = |lines| document("https://somewhere.example/", Nature::Page, None, lines);
    let both = || vec![amina(), other.clone()];
    check_for(both(), &page("Amina Rose Castle, 01632 960777"), &["amina-two: phone? possible", "phone? possible"]);
    check_for(both(), &page("Amina Rose Castle, 07700 900123"), &["phone/1 same"]);
    check_for(both(), &page("Amina Rose Castle, 07700 900456"), &["amina-two: phone/1 same"]);
    check_for(both(), &page("Amina Rose Castle, date of birth 9 March 1984"), &["date-of-birth/1 possible"]);
    check_for(both(), &page("Amina Rose Castle of Eastbrook, 01632 960777"), &["amina-two: phone? possible"]);
}

#[test]
fn rows_of_other_candidates_are_theirs() {
    check(
        "# Statement of persons nominated\n|! Name | Home address | Description | Proposers\n| CASTLE, Amina Rose | 14 Mill Lane, Mereside, Northgate ZZ99 4QT | Example Party | Tom Jones, Mary Brown |\n| SMITH, Bob | 3 Elm Road, Mereside, Northgate ZZ99 4QB | Green Party | Jo Bloggs, Mary Brown |\n| BROWN, Mary | 9 Oak Road, Mereside, Northgate ZZ99 4QC | Independent | Amina Castle, Tom Jones |",
        &["home-address/1 same"],
    );
}

#[test]
fn a_withheld_home_is_nothing() {
    check(
        "# Statement of persons nominated\n|! Name | Home address | Description\n| CASTLE Amina Rose | (address in Northgate) | Example Party |\n| SMITH Bob | 3 Elm Road, Mereside, Northgate ZZ99 4QB | Green Party |",
        &[],
    );
}

#[test]
fn a_directory_of_fifty_gives_one_row_only() {
    let first = ["Bob", "Mary", "Tom", "Susan", "David", "Helen", "Paul", "Karen", "Peter", "Julie"];
    let mut lines = String::from("# Staff\n|! Name | Phone\n");
    for i in 0..50 {
        let name = if i == 30 { "Amina Castle".to_owned() } else { format!("{} Smith", first[i % 10]) };
        lines.push_str(&format!("| {name} | 01632 9602{i:02} |\n"));
    }
    check(&lines, &["phone? possible"]);
    // The same without rows: the name before the number is its owner.
    check(&lines.replace("|! Name | Phone\n", "").replace("| ", "").replace(" |", ""), &["phone? possible"]);
}

#[test]
fn a_line_of_people_gives_one_number_only() {
    check("Ring Bob Smith 01632 960201, Amina Castle 01632 960202 or Mary Jones 01632 960203.", &["phone? possible"]);
    check("Contact Amina Castle (01632 960444) or Zelah (01632 960445), zelah@other.example", &["phone? possible"]);
    check("Bob Smith 01632 960201; Mary Jones 01632 960203. Apologies: Amina Castle", &[]);
}
