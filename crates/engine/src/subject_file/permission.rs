//! Reads `[consent]`: the permission.

use unlisted_model::consent::MaySend;
use unlisted_model::{Basis, Consent, Kind};

use super::Said;
use super::facts::kinds_list;
use super::walk::{Table, Walk};

impl Walk<'_> {
    pub(super) fn consent(&mut self, root: &Table<'_>) -> Option<Consent> {
        let table = self.table(root, "consent", true)?;
        self.known(table, "consent", &["by", "on", "until", "basis", "may-send", "kinds", "sources"]);
        let by = self.short(table, "consent", "by", true);
        let on = self.date(table, "consent", "on", true);
        let until = self.date(table, "consent", "until", true);
        let basis = self.string(table, "consent", "basis", true).and_then(|(at, word)| {
            let basis = Basis::parse(word);
            if basis.is_none() {
                self.problem(at, "consent.basis", "subject-file.basis", "subject-file.basis_do");
            }
            basis
        });
        let may_send = self.may_send(table);
        let kinds = self.get(table, "kinds").is_some().then(|| {
            let mut list = vec![];
            for (at, word) in self.strings(table, "consent", "kinds") {
                match Kind::parse(word) {
                    Some(kind) => list.push(kind),
                    None => {
                        let write = Said::with("subject-file.one_of", "list", kinds_list());
                        self.problem(at, "consent.kinds", "subject-file.unknown_kind", write);
                    }
                }
            }
            list
        });
        let sources = self
            .get(table, "sources")
            .is_some()
            .then(|| self.strings(table, "consent", "sources").into_iter().map(|(_, s)| s.to_owned()).collect());
        Some(Consent { by: by?, on: on?, until: until?, basis: basis?, may_send, kinds, sources })
    }

    fn may_send(&mut self, table: &Table<'_>) -> Vec<MaySend> {
        let mut may_send = vec![];
        for (at, entry) in self.strings(table, "consent", "may-send") {
            let (kind, source) = entry.split_once(':').map_or((entry, None), |(k, s)| (k, Some(s.to_owned())));
            let what = match Kind::parse(kind) {
                Some(Kind::HomeAddress | Kind::DateOfBirth | Kind::FamilyMember) => "subject-file.never_sent",
                Some(kind) => {
                    may_send.push(MaySend { kind, source });
                    continue;
                }
                None => "subject-file.unknown_kind",
            };
            self.problem(at, "consent.may-send", what, "subject-file.may_send_do");
        }
        may_send
    }
}
