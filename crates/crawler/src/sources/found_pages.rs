//! Pages that a search, a source or a result page named. One page each; their own links are never followed.

use unlisted_model::query::{Discloses, LineId, Query};
use unlisted_model::source::{SourceId, SourceRow};
use unlisted_model::subject::Subject;
use unlisted_model::Nature;

use super::{SourceKit, page};
use crate::exchange::Response;
use crate::request::Request;
use crate::source::{Answer, Line, Source, SourceError};

/// The id of the source and of its line.
pub(super) const ID: &str = "found-pages";

pub(super) struct FoundPages {
    row: SourceRow,
    bound: u32,
}

impl FoundPages {
    pub(super) fn new(row: SourceRow, kit: &SourceKit) -> Self {
        Self { row, bound: kit.budget.found_pages }
    }
}

impl Source for FoundPages {
    fn id(&self) -> &'static str {
        ID
    }

    fn lines(&self, _subject: &Subject) -> Vec<Line> {
        vec![Line {
            line: LineId(ID.to_owned()),
            template: self.row.title.clone(),
            to: String::new(),
            discloses: vec![Discloses::Page],
            units: self.bound,
            queries: vec![],
        }]
    }

    fn request(&self, query: &Query) -> Result<Request, SourceError> {
        if query.source != SourceId::new(ID) {
            return Err(SourceError::NotMine);
        }
        page::request(query)
    }

    fn read(&self, query: &Query, response: &Response) -> Result<Answer, SourceError> {
        let read = page::read(query, response, Nature::Page)?;
        Ok(Answer { outcome: read.outcome, documents: vec![read.document], links: vec![], next: vec![] })
    }
}

#[cfg(test)]
mod tests {
    use crate::sources::rehearse::{check, check_holds};

    #[test]
    fn a_page_is_read_and_its_links_are_left() {
        check("found-pages", "page", "found", "
found
= https://news.example/story
");
        check("found-pages", "page", "absent", "
found
= https://news.example/story
");
        check_holds("found-pages", "found", "Marigold Tester of Abbots Mere opened the fete. Ring 01632 960101.");
    }

    #[test]
    fn what_could_not_be_read_is_told() {
        check("found-pages", "page", "blocked", "error blocked/forbidden: the answer is an error (status 403)");
        check("found-pages", "page", "changed", "error failed/unreadable: it cannot be read: a kind of file that is not read yet");
    }
}
