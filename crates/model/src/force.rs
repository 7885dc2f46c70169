//! Police forces, and which one a council falls to.

use std::collections::BTreeMap;

use url::Url;

/// One force of `config/forces.csv`.
#[derive(Clone, PartialEq, Debug)]
pub struct Force {
    /// Its id, for example `avon-and-somerset`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `ENG`, `WLS`, `SCT`, `NIR`; empty for a force of more than one nation.
    pub nation: String,
    /// Its website.
    pub website: Url,
    /// Its page for reports, where one is known.
    pub report_online: Option<Url>,
    /// Number in an emergency.
    pub emergency: String,
    /// Number otherwise.
    pub non_emergency: String,
    /// How sure the row is, 0 to 1.
    pub confidence: f64,
}

/// The force of one council: a first guess, to be confirmed by the person, since the force that matters is that of the place
/// where they live or where it happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CouncilForce {
    /// Id of the force.
    pub force: String,
    /// What people there must know, for example that a street belongs to another force; may be empty.
    pub note: String,
}

/// All forces, and the force of each current council.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Forces {
    /// By id.
    pub forces: BTreeMap<String, Force>,
    /// By council code.
    pub of_council: BTreeMap<String, CouncilForce>,
}

impl Forces {
    /// The force of a council, and what to know about it.
    pub fn of_council(&self, code: &str) -> Option<(&Force, &str)> {
        let row = self.of_council.get(code)?;
        Some((self.forces.get(&row.force)?, row.note.as_str()))
    }
}
