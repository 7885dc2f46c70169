//! What a person is told about danger: the force, what to say, whom else to ask. The words stand in the catalogue.

use crate::contest::Nation;
use crate::force::Force;
use crate::help::HelpContacts;

/// How the force was chosen, and so how far to trust the choice. The force that matters is the one of the place where the
/// person lives or where it happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ForceFrom {
    /// There is no force to name.
    #[default]
    Nowhere,
    /// The person or their officer named it.
    Chosen,
    /// The nation has one force only.
    Nation,
    /// The person's council: a first guess.
    Council,
    /// The person's council, though the seat can span forces (parliaments, mayors): a weaker guess.
    Area,
    /// The person's council, though a police and crime commissioner stands for a whole force area: to be chosen.
    Commissioner,
}

/// What to say to the police, so that they know what the report is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Say {
    /// The kind of election is not known: both names, with who each is for.
    #[default]
    Either,
    /// "Operation Ford".
    Ford,
    /// "Operation Bridger".
    Bridger,
    /// No name is known to apply: say that you are a candidate.
    Candidate,
    /// A parish, town or community council: Operation Ford does not cover it, 999 and 101 do.
    Parish,
}

/// What a person is told about danger. The default is right for somebody of whom nothing is known.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Danger {
    /// The force. None: "your police force".
    pub force: Option<Force>,
    /// How it was chosen.
    pub from: ForceFrom,
    /// What people of the council must know about its force; may be empty.
    pub note: String,
    /// What to say.
    pub say: Say,
    /// The kind of election was taken from the council, so the person may stand for the UK Parliament after all.
    pub contest_guessed: bool,
    /// Whom the person can turn to.
    pub contacts: HelpContacts,
    /// The nation, where it is known.
    pub nation: Option<Nation>,
}

impl Danger {
    /// The same for a document that leaves the person's hands: nobody's name or number.
    #[must_use]
    pub fn without_contacts(mut self) -> Self {
        self.contacts = HelpContacts::default();
        self
    }
}
