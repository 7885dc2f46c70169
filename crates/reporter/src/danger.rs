//! The danger box and who can help: one content in three forms (lines of text, one line, HTML), so that the first screen, the
//! report and every other document say the same in the same order.

use maud::{Markup, html};
use unlisted_model::{Danger, Force, ForceFrom, Say};

use crate::Words;
use crate::outside::tidy;

/// One paragraph of the box: sentences, and an address to go to after them.
struct Paragraph {
    text: String,
    address: Option<String>,
    strong: bool,
}

impl Paragraph {
    fn of(sentences: &[String]) -> Self {
        Self { text: sentences.join(" "), address: None, strong: false }
    }
}

/// The box and the help as plain paragraphs, for a terminal or a text file. Not wrapped; no heading.
pub fn lines(danger: &Danger, words: &Words) -> Vec<String> {
    let mut lines = act_lines(danger, words);
    lines.extend(help(danger, words));
    lines
}

/// The box alone as plain paragraphs. An address ends its paragraph, without a full stop, so that it can be copied.
pub fn act_lines(danger: &Danger, words: &Words) -> Vec<String> {
    let whole = |p: Paragraph| p.address.map_or_else(|| p.text.clone(), |address| format!("{} {address}", p.text));
    paragraphs(danger, words).into_iter().map(whole).collect()
}

/// The shortest form: whom to call, what to say, and that we do not judge. One line.
pub fn line(danger: &Danger, words: &Words) -> String {
    let get = |key: &str| words.get(key).into_owned();
    let later = danger.force.as_ref().map_or_else(
        || get("danger.later"),
        |force| {
            let gaps = [("number", force.non_emergency.as_str()), ("force", &force.name), ("address", &address(force))];
            words.fill("danger.line_force", &gaps)
        },
    );
    let mut sentences = vec![get("danger.now"), later];
    match danger.say {
        Say::Ford => sentences.push(get("danger.say_ford")),
        Say::Bridger => sentences.push(get("danger.say_bridger")),
        Say::Either | Say::Candidate | Say::Parish => {}
    }
    sentences.push(get("danger.judge"));
    tidy(&sentences.join(" "))
}

/// Who can help: the contacts that were filled in, then whom to ask, then who listens.
pub fn help(danger: &Danger, words: &Words) -> Vec<String> {
    let contacts = &danger.contacts;
    let filled = |key: &str, who: &Option<String>| who.as_ref().map(|who| words.fill(key, &[("who", &tidy(who))]));
    let general = |key: &str| words.get(key).into_owned();
    let mut help: Vec<String> = vec![];
    help.extend(filled("help.police_contact", &contacts.police_contact));
    // Nobody of a parish, town or community council has this adviser.
    if danger.say != Say::Parish {
        help.push(filled("help.police_adviser", &contacts.police_adviser).unwrap_or_else(|| general("help.adviser")));
    }
    help.push(filled("help.party_contact", &contacts.party).unwrap_or_else(|| general("help.party")));
    help.extend(filled("help.trusted", &contacts.trusted));
    help.push(general("help.council"));
    help.extend(["help.samaritans", "help.stalking"].map(general));
    help
}

/// The paragraphs of the box as HTML, without heading or frame.
pub fn act(danger: &Danger, words: &Words) -> Markup {
    html! {
        @for paragraph in paragraphs(danger, words) {
            p {
                @if paragraph.strong { strong { (paragraph.text) } } @else { (paragraph.text) }
                @if let Some(address) = paragraph.address {
                    " " a.address href=(address) rel="noreferrer noopener" { (address) }
                }
            }
        }
    }
}

/// Who can help as an HTML list, without heading or frame.
pub fn help_list(danger: &Danger, words: &Words) -> Markup {
    html! { ul { @for line in help(danger, words) { li { (line) } } } }
}

/// Both as two sections with headings of the second level, for documents that have no order of their own.
pub fn sections(danger: &Danger, words: &Words) -> Markup {
    html! {
        section.danger { h2 { (words.get("danger.title")) } (act(danger, words)) }
        section.help { h2 { (words.get("help.title")) } (help_list(danger, words)) }
    }
}

/// The order is that of `knowledge/uk-domain.md` §4: call, say, do not, save, we do not judge.
fn paragraphs(danger: &Danger, words: &Words) -> Vec<Paragraph> {
    let get = |key: &str| words.get(key).into_owned();
    let mut now = Paragraph::of(&[get("danger.now")]);
    now.strong = true;
    let mut all = vec![now];
    if let Some(force) = &danger.force {
        let gaps = [("number", force.non_emergency.as_str()), ("force", force.name.as_str())];
        let mut later = Paragraph::of(&[tidy(&words.fill("danger.later_force", &gaps))]);
        later.address = Some(address(force));
        all.push(later);
        all.extend(about_force(danger, force, words));
    } else {
        all.push(Paragraph::of(&[get("danger.later"), get("danger.away_no_force")]));
    }
    all.push(Paragraph::of(&say(danger, words)));
    all.push(Paragraph::of(&[get("danger.dont"), get("danger.save")]));
    all.push(Paragraph::of(&[get("danger.judge")]));
    all
}

/// What to know about the force: how we came to it, whom 101 reaches, whose the next street is.
fn about_force(danger: &Danger, force: &Force, words: &Words) -> Option<Paragraph> {
    let mut sentences = vec![];
    if force.confidence < OPENS {
        sentences.push(words.get("danger.unopened").into_owned());
    }
    if !danger.note.is_empty() {
        sentences.push(tidy(&danger.note));
    }
    if force.non_emergency == GENERAL {
        sentences.push(tidy(&words.fill("danger.away", &[("force", &force.name)])));
    }
    sentences.extend(match danger.from {
        ForceFrom::Council => Some(words.get("danger.from_council").into_owned()),
        ForceFrom::Area => Some(words.get("danger.from_area").into_owned()),
        ForceFrom::Commissioner => Some(words.get("danger.from_commissioner").into_owned()),
        ForceFrom::Nowhere | ForceFrom::Chosen | ForceFrom::Nation => None,
    });
    (!sentences.is_empty()).then(|| Paragraph::of(&sentences))
}

/// How sure a row must be for its address to stand there without a way out.
const OPENS: f64 = 0.9;

/// The number that goes to whichever force the caller is with; a force with a number of its own has no such doubt.
const GENERAL: &str = "101";

fn say(danger: &Danger, words: &Words) -> Vec<String> {
    let keys: &[&str] = match danger.say {
        Say::Either => &["danger.words"],
        Say::Ford => &["danger.say_ford", "danger.say_why"],
        Say::Bridger => &["danger.say_bridger", "danger.say_why"],
        Say::Candidate => &["danger.say_candidate"],
        Say::Parish => &["danger.say_parish"],
    };
    let after_all = danger.contest_guessed && danger.say != Say::Parish;
    keys.iter()
        .copied()
        .chain(after_all.then_some("danger.say_bridger_after_all"))
        .chain(["danger.crime_number"])
        .map(|key| words.get(key).into_owned())
        .collect()
}

/// Its page for reports, else its website.
fn address(force: &Force) -> String {
    force.report_online.as_ref().unwrap_or(&force.website).as_str().to_owned()
}
