//! Whom a person can turn to: filled in by the person, their party or its officer, never guessed and never shipped.

/// Contacts as the person wrote them: a name, a number, an e-mail address, in any form.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HelpContacts {
    /// The force's single point of contact for this election.
    pub police_contact: Option<String>,
    /// The force's elected-official adviser: advises, takes no crime reports.
    pub police_adviser: Option<String>,
    /// Whoever looks after safety in the party.
    pub party: Option<String>,
    /// Somebody the person trusts.
    pub trusted: Option<String>,
    /// Id of the person's force in `config/forces.csv`, when it is not the one of the council.
    pub force: Option<String>,
}

impl HelpContacts {
    /// These contacts, with what is missing taken from `others`.
    #[must_use]
    pub fn or(&self, others: &Self) -> Self {
        let pick = |mine: &Option<String>, theirs: &Option<String>| mine.clone().or_else(|| theirs.clone());
        Self {
            police_contact: pick(&self.police_contact, &others.police_contact),
            police_adviser: pick(&self.police_adviser, &others.police_adviser),
            party: pick(&self.party, &others.party),
            trusted: pick(&self.trusted, &others.trusted),
            force: pick(&self.force, &others.force),
        }
    }
}
