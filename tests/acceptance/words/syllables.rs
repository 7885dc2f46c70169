//! How many syllables an English word has: rules of spelling, and the common words that break them.

/// Words that the rules get wrong, with their true count. Endings in -s and -'s are taken off before.
const EXCEPTIONS: &[(&str, usize)] = &[
    ("account", 2),
    ("actual", 3),
    ("aisle", 1),
    ("anyone", 3),
    ("are", 1),
    ("area", 3),
    ("argument", 3),
    ("audience", 3),
    ("automatic", 4),
    ("became", 2),
    ("become", 2),
    ("becoming", 3),
    ("being", 2),
    ("beneath", 2),
    ("beside", 2),
    ("besides", 2),
    ("bias", 2),
    ("biased", 2),
    ("business", 2),
    ("businesses", 3),
    ("careful", 2),
    ("carefully", 3),
    ("client", 2),
    ("coincide", 3),
    ("colleague", 2),
    ("continue", 3),
    ("cooperate", 4),
    ("create", 2),
    ("created", 3),
    ("creating", 3),
    ("danger", 2),
    ("dialogue", 3),
    ("diary", 3),
    ("different", 3),
    ("doing", 2),
    ("does", 1),
    ("evening", 2),
    ("every", 2),
    ("everybody", 4),
    ("everyone", 3),
    ("everything", 3),
    ("everywhere", 3),
    ("family", 3),
    ("fire", 1),
    ("flood", 1),
    ("forgery", 3),
    ("friend", 1),
    ("furthermore", 3),
    ("general", 3),
    ("giant", 2),
    ("gives", 1),
    ("going", 2),
    ("gone", 1),
    ("heard", 1),
    ("hereby", 2),
    ("homes", 1),
    ("hour", 1),
    ("idea", 3),
    ("ideas", 3),
    ("immediate", 4),
    ("interest", 3),
    ("interests", 3),
    ("internet", 3),
    ("issue", 2),
    ("league", 1),
    ("lion", 2),
    ("lying", 2),
    ("manual", 3),
    ("media", 3),
    ("moreover", 3),
    ("museum", 3),
    ("naive", 2),
    ("neighbour", 2),
    ("nowhere", 2),
    ("obvious", 3),
    ("once", 1),
    ("online", 2),
    ("parliament", 3),
    ("parliamentary", 5),
    ("people", 2),
    ("period", 3),
    ("poem", 2),
    ("poet", 2),
    ("previous", 3),
    ("quiet", 2),
    ("radio", 3),
    ("react", 2),
    ("real", 1),
    ("really", 2),
    ("reality", 4),
    ("rely", 2),
    ("recipe", 3),
    ("record", 2),
    ("said", 1),
    ("science", 2),
    ("seeing", 2),
    ("serious", 3),
    ("several", 3),
    ("society", 4),
    ("solicitor", 4),
    ("someone", 2),
    ("something", 2),
    ("somebody", 3),
    ("sometimes", 2),
    ("somewhere", 2),
    ("sometime", 2),
    ("some", 1),
    ("spaniel", 3),
    ("studio", 3),
    ("sureness", 2),
    ("theatre", 2),
    ("therefore", 2),
    ("threaten", 2),
    ("threatened", 2),
    ("thereby", 2),
    ("trial", 2),
    ("truly", 2),
    ("trying", 2),
    ("usual", 3),
    ("usually", 4),
    ("value", 2),
    ("various", 3),
    ("video", 3),
    ("violent", 3),
    ("violence", 3),
    ("website", 2),
    ("whereas", 2),
    ("wherever", 3),
    ("whereby", 2),
    ("whole", 1),
    ("world", 1),
    ("yourself", 2),
    ("science", 2),
    ("eye", 1),
    ("queue", 1),
    ("widely", 2),
    ("safety", 2),
];

/// The syllables of one token; what is joined by hyphens is counted part by part, figures are read one by one up to three.
pub(crate) fn count(token: &str) -> usize {
    let parts =
        token.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|p| p.chars().any(char::is_alphanumeric));
    parts.map(part).sum::<usize>().max(1)
}

fn part(text: &str) -> usize {
    if text.chars().any(|c| c.is_ascii_digit()) {
        return text.chars().filter(char::is_ascii_digit).count().min(3);
    }
    // NHS, UK: read letter by letter.
    if text.len() <= 3 && text.len() > 1 && text.chars().all(|c| c.is_ascii_uppercase()) {
        return text.len();
    }
    let low = text.to_lowercase().replace('’', "'");
    let bare: String = low.strip_suffix("'s").unwrap_or(&low).chars().filter(|c| c.is_alphabetic()).collect();
    known(&bare).or_else(|| bare.strip_suffix('s').and_then(known)).unwrap_or_else(|| by_rule(&bare))
}

fn known(word: &str) -> Option<usize> {
    EXCEPTIONS.iter().find(|(w, _)| *w == word).map(|(_, n)| *n)
}

/// Endings that begin with a consonant, before which a final e stays silent, and their own syllables.
const ENDINGS: [(&str, usize); 7] = [("fully", 2), ("ments", 1), ("ment", 1), ("ness", 1), ("less", 1), ("ful", 1), ("ly", 1)];

fn by_rule(word: &str) -> usize {
    for (ending, own) in ENDINGS {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 3
            && stem.chars().any(is_vowel)
        {
            return known(stem).unwrap_or_else(|| by_rule(stem)) + own;
        }
    }
    let letters: Vec<char> = word.chars().collect();
    let mut n = 0;
    let mut before = false;
    for (i, c) in letters.iter().enumerate() {
        // A y between vowels or at the head is a consonant: yes, player.
        let vowel = is_vowel(*c) && !(*c == 'y' && letters.get(i + 1).is_some_and(|next| is_vowel(*next)) && (i == 0 || before));
        if vowel && !before {
            n += 1;
        }
        before = vowel;
    }
    let ends = |ending: &str| word.ends_with(ending) && word.len() > ending.len();
    let third_last = letters.len().checked_sub(3).and_then(|i| letters.get(i)).copied().unwrap_or('a');
    // Two vowels that are spoken apart.
    for pair in ["ia", "io", "iu", "uou", "eou", "ien", "ier", "iet"] {
        n += word.matches(pair).count();
    }
    for joined in [
        "tion", "sion", "cion", "gion", "cial", "tial", "cious", "tious", "cian", "ciou", "tient", "cient", "geou", "sia",
        "friend", "quie",
    ] {
        n -= word.matches(joined).count().min(n.saturating_sub(1));
    }
    let fourth_last = letters.len().checked_sub(4).and_then(|i| letters.get(i)).copied().unwrap_or('a');
    let silent = if ends("e") && !before_is_vowel(&letters, 1) {
        // table, but not whole
        !ends("le") || is_vowel(third_last)
    } else if ends("es") && !before_is_vowel(&letters, 2) {
        let sounds = ["ses", "xes", "zes", "ces", "ges", "ches", "shes"].iter().any(|e| word.ends_with(e));
        !sounds && (!ends("les") || is_vowel(fourth_last))
    } else if ends("ed") && !before_is_vowel(&letters, 2) {
        !matches!(third_last, 't' | 'd') && (!ends("led") || is_vowel(fourth_last))
    } else {
        false
    };
    if silent { n.saturating_sub(1).max(1) } else { n.max(1) }
}

fn before_is_vowel(letters: &[char], ending: usize) -> bool {
    letters.len().checked_sub(ending + 1).and_then(|i| letters.get(i)).is_some_and(|c| is_vowel(*c))
}

const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[test]
fn known_words_have_their_syllables() {
    // The first line holds words of one syllable, the second of two, and so on.
    let words = [
        "a call safe threat page site home house name phone saved moved asked looked reached names dates times whole used",
        "table people police person address report danger number council places pages wanted online careful safely website friendly \
         Tuesday table's e-mail private cases notice watches moment settings being settled using player yellow",
        "family election permission computer officer company removal e-mailing remember together internet yesterday register \
         privacy somebody somebody's notices decision physical Saturday addresses area violence candidate's telephone",
        "everybody identify solicitor's information authority",
        "electricity parliamentary imaginary university",
        "responsibility",
    ];
    let mut tried = 0;
    for (at, list) in words.iter().enumerate() {
        for word in list.split_whitespace() {
            tried += 1;
            assert_eq!(count(word), at + 1, "{word}");
        }
    }
    assert!(tried >= 60, "{tried}");
    for (token, expect) in [("999", 3), ("2026-11-25", 7), ("NHS", 3), ("UK", 2), ("127.0.0.1", 6), ("—", 1)] {
        assert_eq!(count(token), expect, "{token}");
    }
}
