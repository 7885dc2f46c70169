//! Sentences and the reading grade.

use super::syllables;
use super::texts::spoken;

/// The sentences of a text: they end with a full stop, a question mark or the end of a line.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    let mut out = vec![];
    for line in spoken(text).lines() {
        let mut sentence = String::new();
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            sentence.push(c);
            let closes = |c: &char| c.is_whitespace() || ['”', '"', ')', '’'].contains(c);
            if matches!(c, '.' | '?' | '!') && chars.peek().is_none_or(closes) {
                out.push(std::mem::take(&mut sentence));
            }
        }
        out.push(sentence);
    }
    out.retain(|s| !words(s).is_empty());
    out
}

/// The words of a sentence: what is joined by a hyphen is one.
pub(crate) fn words(sentence: &str) -> Vec<&str> {
    sentence.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).collect()
}

/// What the formula of Flesch and Kincaid needs.
#[derive(Default, Clone, Copy)]
pub(crate) struct Weight {
    pub(crate) sentences: usize,
    pub(crate) words: usize,
    pub(crate) syllables: usize,
}

impl Weight {
    pub(crate) fn of(text: &str) -> Self {
        let sentences = sentences(text);
        let words: Vec<&str> = sentences.iter().flat_map(|s| words(s)).collect();
        Self { sentences: sentences.len(), words: words.len(), syllables: words.iter().map(|w| syllables::count(w)).sum() }
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            sentences: self.sentences + other.sentences,
            words: self.words + other.words,
            syllables: self.syllables + other.syllables,
        }
    }

    /// The school grade (United States) at which it can be read: 8 is about the age of thirteen, 5 about ten.
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    pub(crate) fn grade(self) -> f64 {
        if self.words == 0 {
            return 0.0;
        }
        let (sentences, words, syllables) = (self.sentences as f64, self.words as f64, self.syllables as f64);
        0.39 * words / sentences + 11.8 * syllables / words - 15.59
    }
}

#[test]
fn sentences_end_where_they_end() {
    let check = |text: &str, expect: &[&str]| {
        let found: Vec<String> = sentences(text).iter().map(|s| s.trim().to_owned()).collect();
        assert_eq!(found, expect, "{text}");
    };
    check("One. Two? Three", &["One.", "Two?", "Three"]);
    check("At 127.0.0.1:80 it is. “So.” Yes", &["At 127.0.0.1:80 it is.", "“So.", "” Yes"]);
    check("Line one\nLine two", &["Line one", "Line two"]);
    check("Run `unlisted check. Now`, or --out FOLDER {gap}.", &["Run Word, or Word Word."]);
}

#[test]
fn the_grade_is_the_published_formula() {
    // 10 words, 1 sentence, 10 syllables: 0.39 * 10 + 11.8 - 15.59 = 0.11
    let easy = Weight::of("The cat sat on the mat and ate a fish.");
    assert!((easy.grade() - 0.11).abs() < 0.01, "{}", easy.grade());
    let hard = "Notification obligations regarding identifiable information necessitate organisational accountability.";
    assert!(Weight::of(hard).grade() > 20.0, "{}", Weight::of(hard).grade());
}
