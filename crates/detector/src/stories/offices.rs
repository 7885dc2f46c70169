//! What offices, councils, parties and imprints say of themselves.

use unlisted_model::Nature;

use super::{check, check_at};

#[test]
fn imprints_and_offices_are_no_exposure() {
    check("Promoted by Bob Smith on behalf of Amina Castle, both of 1 High Street, Northgate ZZ99 1AA.", &[]);
    check("Printed and published by Amina Castle, 1 High Street, Northgate ZZ99 1AA, 01632 960700", &[]);
    check("Amina Castle. Constituency office: 1 High Street, Northgate ZZ99 1AA, 01632 960700", &[]);
    check("Amina Castle, Example Party, 1 High Street, Northgate ZZ99 1AA", &[]);
    check("# Contact us\nAmina Castle\n01632 960700", &[]);
    check("Press office for Amina Castle: 01632 960700, press@party.example", &[]);
    check("@ Amina Castle, Civic Centre, 1 High Street, Northgate ZZ99 1AA, 01632 960700", &[]);
    check("Amina Castle\nBus. phone:: 01632 960700\nWork email:: amina@firm.example", &[]);
    check("Ask Amina Castle on 0300 123 4567 or cllr.castle@northgate.gov.uk", &[]);
}

#[test]
fn a_footer_is_nobodys_phone() {
    let story = "word ".repeat(200);
    let page = format!(
        "# Councillor Amina Castle opens fair\n{story}\n# Contact us\nNorthgate Gazette, newsdesk 01632 960700\nAll rights reserved"
    );
    check(&page, &[]);
    let plain = format!("Councillor Amina Castle opened the fair.\n{story}\n{story}\nNorthgate Gazette, 01632 960700");
    check(&plain, &[]);
}

#[test]
fn a_council_record_with_an_office_in_it() {
    check_at(
        "https://democracy.northgate.example/mgUserInfo.aspx?UID=101",
        Nature::Record,
        None,
        "# Councillor Amina Castle\nParty:: Example Party\n---\nWork address:: 1 High Street, Northgate ZZ99 1AA\nBus. phone:: 01632 960700\nBus. email:: cllr.castle@northgate.example\n---\n@ Civic Centre, 1 High Street, Northgate ZZ99 1AA",
        &[],
    );
}

#[test]
fn a_home_slot_that_nobody_supplied_is_told_as_possible() {
    check_at(
        "https://democracy.northgate.example/mgUserInfo.aspx?UID=101",
        Nature::Record,
        None,
        "# Councillor Amina Castle\nParty:: Example Party\nHome phone:: 01632 960777",
        &["phone? possible"],
    );
}
