//! The format between the two processes: what goes in comes out, and nothing unsound is taken.

use proptest::prelude::*;
use unlisted_model::Media;
use unlisted_model::text::{About, Role, Text};

use super::protocol::{answer, read_answer, read_request, request};
use super::*;
use crate::extract::PageLink;

fn sample() -> Extracted {
    let mut text = Text::default();
    text.push(Role::Cell, Some("home address"), 7, About::Home, "14 Mill Lane", 0);
    text.push(Role::Meta, None, 8, About::Unknown, "ŵ", 13);
    let url = Url::parse("https://a.example/x").expect("test data");
    Extracted {
        media: Media::Pdf,
        title: Some("A title".into()),
        text,
        links: vec![PageLink { url, words: "words".into() }],
        problem: Some(Problem::PartlyScanned),
    }
}

#[test]
fn an_answer_comes_back_as_it_was() {
    assert_eq!(read_answer(&answer(&sample())), Some(sample()));
    let address = Url::parse("https://a.example/x.pdf").expect("test data");
    let asked = request(b"bytes", "application/pdf", Some(&address), &Limits::default());
    let asked = read_request(&asked).expect("sound");
    assert_eq!((asked.bytes, asked.content_type.as_str(), asked.address), (&b"bytes"[..], "application/pdf", Some(address)));
}

#[test]
fn an_answer_that_breaks_off_is_none() {
    let whole = answer(&sample());
    for length in 0..whole.len() {
        assert_eq!(read_answer(&whole[..length]), None, "{length}");
    }
}

proptest! {
    #[test]
    fn no_answer_makes_it_panic(at in 0_usize..200, byte: u8) {
        let mut bytes = answer(&sample());
        let at = at % bytes.len();
        bytes[at] = byte;
        drop(read_answer(&bytes));
    }
}

#[test]
fn a_program_that_does_not_start_is_a_fault() {
    let apart = Apart::new(PathBuf::from("/there/is/no/such/program"), vec![], Limits::default());
    assert_eq!(apart.read(b"%PDF-1.7", "", None).problem, Some(Problem::Fault));
    assert_eq!(apart.read(b"words", "text/plain", None).problem, None, "a page needs no process");
}

#[test]
fn nobody_reads_documents_where_they_are_not_wanted() {
    assert_eq!(NotAtAll.read(b"%PDF-1.7", "", None).problem, Some(Problem::NotReadYet));
}
