//! Pages that a search, a source or a result page named. One page each (and where it sends its visitors by itself); their
//! own links are never followed.

use unlisted_model::query::{Discloses, LineId, Query};
use unlisted_model::source::{SourceId, SourceRow};
use unlisted_model::subject::Subject;

use super::{SourceKit, page};
use crate::exchange::Response;
use crate::request::Request;
use crate::source::{Answer, Line, Source, SourceError};

/// The id of the source and of its line.
pub(super) const ID: &str = "found-pages";

pub(super) struct FoundPages {
    row: SourceRow,
    never_fetched: Vec<String>,
    bound: u32,
}

impl FoundPages {
    pub(super) fn new(row: SourceRow, kit: &SourceKit) -> Self {
        Self { row, never_fetched: kit.never_fetched.clone(), bound: kit.budget.found_pages }
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
        page::answer(query, response, &self.never_fetched)
    }
}

#[cfg(test)]
mod tests {
    use crate::sources::rehearse::{check, check_body, check_holds, question, recorded, source, told, url};

    #[test]
    fn a_members_profile_that_a_search_named_is_read_as_one() {
        let bytes =
            std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/sources/moderngov/profile.http")).expect("a file");
        let response = recorded(&bytes, &url("https://elsewhere.example/council/mgUserInfo.aspx?UID=101"));
        let got = told(source("found-pages").as_ref(), &question("found-pages", "page"), &response);
        assert!(got.contains("key [home address] HOME 14 Invented Crescent"), "{got}");
        assert!(!got.contains("Placeholder") && !got.contains("link "), "{got}");
        // A page of that name that is something else is any other page.
        let other =
            recorded(b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html><body><p>Hello</p></body></html>", &response.url);
        let got = told(source("found-pages").as_ref(), &question("found-pages", "page"), &other);
        assert!(got.starts_with("found\n"), "{got}");
    }

    #[test]
    fn a_page_is_read_and_its_links_are_left() {
        check(
            "found-pages",
            "page",
            "found",
            "
found
= https://news.example/story
",
        );
        check(
            "found-pages",
            "page",
            "absent",
            "
found
= https://news.example/story
",
        );
        check_holds("found-pages", "found", "Marigold Tester of Abbots Mere opened the fete. Ring 01632 960101.");
    }

    #[test]
    fn a_page_that_moved_is_followed_and_a_link_is_not() {
        let page = |target: &str| {
            format!(
                "<html><head><meta http-equiv=refresh content='0; url={target}'></head><body>This page has <a href=/x>moved</a>.</body></html>"
            )
        };
        let head = "HTTP/1.1 200 OK\nContent-Type: text/html";
        check_body(
            "found-pages",
            "page",
            head,
            &page("https://new.example/story"),
            "found\n= https://news.example/story\nnext found-pages https://new.example/story",
        );
        let sign = "<meta http-equiv=refresh content='0; url=/story2'>";
        check_body("found-pages", "page", head, sign, "absent\nnext found-pages https://news.example/story2");
        check_body("found-pages", "page", head, &page("https://closed.example/story"), "found\n= https://news.example/story");
    }

    #[test]
    fn what_could_not_be_read_is_told() {
        check("found-pages", "page", "blocked", "error blocked/forbidden: the answer is an error (status 403)");
        check(
            "found-pages",
            "page",
            "changed",
            "error failed/unreadable: it cannot be read: a kind of file that is not read yet",
        );
    }
}
