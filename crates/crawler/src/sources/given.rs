//! Pages whose addresses the person gave: `--url`, and lists of addresses in given files.

use unlisted_model::query::{Discloses, LineId, Query};
use unlisted_model::source::{SourceId, SourceRow};
use unlisted_model::subject::Subject;
use url::Url;

use super::{SourceKit, page};
use crate::exchange::Response;
use crate::request::Request;
use crate::source::{Answer, Line, Source, SourceError};

/// The id of the source and of its line.
pub(super) const ID: &str = "given";

pub(super) struct Given {
    row: SourceRow,
    never_fetched: Vec<String>,
    urls: Vec<Url>,
}

impl Given {
    pub(super) fn new(row: SourceRow, kit: &SourceKit) -> Self {
        let bound = usize::try_from(kit.budget.given_pages).unwrap_or(usize::MAX);
        Self { row, never_fetched: kit.never_fetched.clone(), urls: kit.given.iter().take(bound).cloned().collect() }
    }
}

impl Source for Given {
    fn id(&self) -> &'static str {
        ID
    }

    fn lines(&self, subject: &Subject) -> Vec<Line> {
        if self.urls.is_empty() {
            return vec![];
        }
        let line = LineId(ID.to_owned());
        let for_ = [subject.id.clone()];
        let queries: Vec<Query> = self.urls.iter().map(|u| page::page_query(&SourceId::new(ID), &line, u, 0, &for_)).collect();
        vec![Line {
            line,
            template: self.row.title.clone(),
            to: String::new(),
            discloses: vec![Discloses::Page],
            units: u32::try_from(queries.len()).unwrap_or(u32::MAX),
            queries,
        }]
    }

    fn request(&self, query: &Query) -> Result<Request, SourceError> {
        if query.source != SourceId::new(ID) {
            return Err(SourceError::NotMine);
        }
        page::request(query)
    }

    fn read(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        page::answer(query, response, &self.never_fetched)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::rehearse::{check, check_holds, kit, person, source, url};

    #[test]
    fn a_given_page_is_read() {
        check(
            "given",
            "page",
            "found",
            "
found
= https://news.example/story
",
        );
        check(
            "given",
            "page",
            "absent",
            "
found
= https://news.example/story
",
        );
        check_holds("given", "found", "Marigold Tester, 14 Invented Crescent, Abbots Mere");
    }

    #[test]
    fn what_could_not_be_read_is_told() {
        check("given", "page", "blocked", "error blocked/too-many-requests: the answer is an error (status 429)");
        check(
            "given",
            "page",
            "changed",
            "
error failed/unreadable: it cannot be read: it holds no text; perhaps it is drawn by a script
",
        );
    }

    #[test]
    fn given_addresses_are_bounded_and_sent_whole() {
        let mut kit = kit();
        kit.given = (0..200).map(|i| url(&format!("https://news.example/{i}"))).collect();
        let row = kit.rows.get(&SourceId::new(ID)).cloned().expect("a row");
        let lines = Given::new(row, &kit).lines(&person());
        assert_eq!((lines.len(), lines[0].units, lines[0].queries.len()), (1, 100, 100));
        let request = source(ID).request(&lines[0].queries[7]).expect("its own question");
        assert_eq!((request.url().as_str(), request.is_whole()), ("https://news.example/7", true));
    }
}
