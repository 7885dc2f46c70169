//! A tree of a page, only for pages that cannot hurt: building one is quadratic in depth and in attributes.

use scraper::Html;

use super::open::Open;
use super::tags::Tag;
use super::tokens::{Token, Tokens};

/// The deepest page of which a tree is built.
const DEPTH: usize = 512;
/// The most attributes of one tag.
const ATTRIBUTES: usize = 1_000;
/// The most tokens.
const TOKENS: usize = 200_000;

/// The tree of a page, unless it is deeper than 512 elements, a tag has more than 1,000 attributes, or it has more
/// than 200,000 tokens: then nothing, and the streaming pass has to do.
pub fn dom(html: &str) -> Option<Html> {
    let mut open = Open::new();
    let mut tokens = Tokens::new(html);
    let mut count = 0;
    while let Some(token) = tokens.next() {
        count += 1;
        if count > TOKENS || tokens.attribute_count() > ATTRIBUTES || open.deepest >= DEPTH {
            return None;
        }
        match token {
            Token::Start { tag, name, self_closing, .. } => {
                for _ in 0..open.ended_by_start(tag) {
                    open.pop();
                }
                let is_foreign = open.has(Tag::Foreign) || tag == Tag::Foreign;
                let is_closed = tag.is_void() || (self_closing && is_foreign);
                if !is_closed && !open.is_too_deep() {
                    open.push(tag, name, super::open::Effects::default());
                }
            }
            Token::End { tag, name } => {
                for _ in 0..open.ended_by_end(tag, name).unwrap_or_default() {
                    open.pop();
                }
            }
            _ => {}
        }
    }
    (open.deepest < DEPTH && tokens.attribute_count() <= ATTRIBUTES).then(|| Html::parse_document(html))
}
