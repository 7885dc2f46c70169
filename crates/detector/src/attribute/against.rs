//! What speaks against: another town, party, birth date, middle name, title, council, occupation, or a death.

use std::ops::Range;

use unlisted_model::{Detection, Kind, NameForm, Reason, ReasonCode, Reveal};

use crate::attribute::ages;
use crate::attribute::cues::Cue;
use crate::attribute::fold::{Word, each_word, folded, words};
use crate::attribute::layout::Nearness;
use crate::attribute::names::custom_of_title;
use crate::attribute::page::{Anchor, Page, overlap};
use crate::attribute::profile::{Profile, read_date};
use crate::attribute::weights;
use crate::attribute::zone::{Local, Zone, same_site};

/// All reasons against.
pub(crate) fn reasons(
    page: &Page<'_>,
    profile: &Profile,
    detection: &Detection,
    anchor: Option<&Anchor>,
    zone: &Zone,
    local: Local,
    other_hosts: &[(String, String)],
) -> Vec<Reason> {
    let mut out = Vec::new();
    let mut add = |code, weight| out.push(Reason { code, weight });
    if let Some(anchor) = anchor {
        if anchor.form == NameForm::OtherMiddle {
            add(ReasonCode::OtherMiddleName, weights::OTHER_MIDDLE_NAME);
        }
        let title = anchor.title.as_deref().and_then(custom_of_title);
        if let (Some(title), Some(own)) = (title, profile.custom)
            && title != own
            && !is_couple(page, anchor)
        {
            add(ReasonCode::OtherTitle, weights::OTHER_TITLE);
        }
        if anchor.nearness <= Nearness::Document {
            if other_party(page, profile, zone, local, anchor) {
                add(ReasonCode::OtherParty, weights::OTHER_PARTY);
            }
            if !local.political_near && !local.party_near && zone.cues(page).any(|(c, r)| c == Cue::Role && !in_address(page, r)) && !own_role(page, profile, zone)
            {
                add(ReasonCode::OtherRole, weights::OTHER_ROLE);
            }
            if let Some(weight) = other_birth(page, profile, detection, anchor, zone) {
                add(ReasonCode::OtherBirthDate, weight);
            }
        }
    }
    if other_town(page, profile, detection, anchor, zone, local) {
        add(ReasonCode::OtherTown, weights::OTHER_TOWN);
    }
    if other_council(page, profile, zone, local, other_hosts) {
        add(ReasonCode::OtherCouncil, weights::OTHER_COUNCIL);
    }
    // A councillor at a funeral is not dead.
    let alive = local.political_near || local.party_near;
    let dead = !alive && (zone.cues(page).any(|(c, _)| c == Cue::Obituary) || page.title_sightings.all().iter().any(|s| s.cue == Cue::Obituary));
    if dead || ages::life_ended(page, zone) {
        add(ReasonCode::OtherTime, weights::OTHER_TIME);
    }
    out
}

/// Another party stands beside the name, and the subject's own does not.
fn other_party(page: &Page<'_>, profile: &Profile, zone: &Zone, local: Local, anchor: &Anchor) -> bool {
    let Some(own) = profile.party else { return false };
    if local.party_near {
        return false;
    }
    let chars = page.document.text.chars.as_str();
    let own_name = profile.subject.candidacy.party.as_deref().map(folded).unwrap_or_default();
    let beside = |range: &Range<usize>| {
        let Some(name) = anchor.hit.and_then(|i| page.people.get(i)).map(|p| p.span.clone()) else { return true };
        page.layout.closeness(&name, range).is_some_and(|c| c.nearness <= Nearness::Row && c.distance <= 120)
            || page.is_small()
    };
    zone.cues(page).any(|(cue, range)| match cue {
        Cue::Party(id) => id != own && beside(range),
        Cue::PartyWord => {
            let phrase: String = capitals_before(chars, range.start).iter().map(|w| folded(w.text)).collect();
            !phrase.is_empty() && !GENERIC_PARTY.contains(&phrase.as_str()) && !own_name.contains(&phrase) && beside(range)
        }
        _ => false,
    })
}

/// Words before "Party" that name none.
const GENERIC_PARTY: [&str; 14] = [
    "the", "our", "their", "his", "her", "birthday", "political", "third", "christmas", "street", "garden", "local", "working", "search",
];

/// The run of words with a capital that ends right before `at`.
fn capitals_before(chars: &str, at: usize) -> Vec<Word<'_>> {
    let all = words(chars, at.saturating_sub(60)..at);
    let mut run: Vec<Word<'_>> = Vec::new();
    let mut next = at;
    for word in all.into_iter().rev().take(5) {
        let gap = chars.get(word.range.end..next).unwrap_or("\n");
        let joins = gap.chars().all(|c| c == ' ') || gap == " & ";
        let small = matches!(word.text, "and" | "of" | "upon" | "the" | "on") && !run.is_empty();
        if !joins || !(word.is_capital() || small) {
            break;
        }
        next = word.range.start;
        run.push(word);
    }
    run.reverse();
    run
}

/// "Baker's Yard" tells no occupation.
fn in_address(page: &Page<'_>, word: &Range<usize>) -> bool {
    let from = page.detections.partition_point(|d| d.span.start < word.end);
    page.detections.get(from.saturating_sub(4)..from).into_iter().flatten().any(|d| d.kind == Kind::HomeAddress && overlap(&d.span, word))
}

/// The occupation is part of what the subject supplied, for example a workplace.
fn own_role(page: &Page<'_>, profile: &Profile, zone: &Zone) -> bool {
    zone.cues(page).filter(|(c, _)| *c == Cue::Role).all(|(_, range)| {
        let word = page.layout.slice(range);
        profile.owns_any_word(word)
    })
}

/// A date of birth beside the name that is not the subject's, or an age that does not fit.
fn other_birth(page: &Page<'_>, profile: &Profile, detection: &Detection, anchor: &Anchor, zone: &Zone) -> Option<f64> {
    let born = profile.born?;
    // Their own birth date stands there: another one beside it is somebody else's.
    let own = |d: &Detection| d.kind == Kind::DateOfBirth && d.fact.as_ref().is_some_and(|f| f.subject == profile.subject.id);
    let sentence = page.layout.sentence(&detection.span);
    let together = anchor.nearness <= Nearness::Row || anchor.hit.and_then(|i| page.people.get(i)).is_some_and(|p| overlap(&p.span, &sentence));
    if own(detection) && together {
        return None;
    }
    let differs = |d: &Detection| read_date(d.value.reveal(Reveal::ToCompare)).is_some_and(|date| date != born);
    // The detail is a birth date itself, and not the one that the person gave us.
    if detection.kind == Kind::DateOfBirth && detection.fact.is_none() && differs(detection) {
        return Some(weights::OTHER_BIRTH_DATE);
    }
    let dated = page.detections.iter().filter(|d| d.kind == Kind::DateOfBirth && d.fact.is_none() && d.span != detection.span);
    for other in dated {
        if !zone.0.iter().any(|r| overlap(r, &other.span)) {
            continue;
        }
        if differs(other) {
            return Some(weights::OTHER_BIRTH_DATE);
        }
    }
    let seen = jiff::tz::TimeZone::UTC.to_datetime(page.document.seen).date();
    ages::misfit(page, anchor, zone, born, seen)
}

/// "Mr & Mrs Castle" fits both.
fn is_couple(page: &Page<'_>, anchor: &Anchor) -> bool {
    let Some(name) = anchor.hit.and_then(|i| page.people.get(i)) else { return false };
    let chars = page.document.text.chars.as_str();
    let before: Vec<String> = words(chars, name.span.start.saturating_sub(16)..name.span.end).iter().map(|w| w.text.to_lowercase()).collect();
    let titles = before.iter().filter(|w| matches!(w.as_str(), "mr" | "mrs" | "ms" | "dr" | "miss")).count();
    titles >= 2
}

/// Verbs and nouns that tell where somebody is at home.
const LIVES: [&str; 12] = ["lives", "live", "lived", "living", "based", "resident", "resides", "residing", "born", "grew", "hails", "works"];
/// Nouns that turn a place into an organisation.
const INSTITUTIONS: [&str; 30] = [
    "council", "party", "school", "college", "university", "academy", "road", "street", "lane", "avenue", "close", "drive", "church",
    "library", "club", "committee", "hospital", "surgery", "trust", "association", "society", "ltd", "limited", "plc", "group", "labour",
    "conservatives", "ward", "division", "parliament",
];
/// Words with a capital that are no town.
const NO_TOWN: [&str; 40] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "the", "england", "britain", "wales", "scotland", "ireland",
    "uk", "gb", "europe", "i", "a", "this", "our", "her", "his", "their", "all", "parliament", "council", "member", "mr",
];

/// "Amina Castle, of Eastbrook", "who lives in Eastbrook", a cell "Eastbrook", an address in another town.
fn other_town(page: &Page<'_>, profile: &Profile, detection: &Detection, anchor: Option<&Anchor>, zone: &Zone, local: Local) -> bool {
    let chars = page.document.text.chars.as_str();
    let name = anchor.filter(|a| a.nearness <= Nearness::Near).and_then(|a| a.hit).map(|i| page.people[i].span.clone());
    if let Some(name) = &name
        && town_after_name(page, profile, chars, name)
    {
        return true;
    }
    // A birthplace beside the right area is no contradiction.
    if local.place_near || local.council_near || local.party_near {
        return false;
    }
    if zone.0.iter().any(|r| lives_elsewhere(page, profile, chars, r)) {
        return true;
    }
    let in_short_block = |range: &Range<usize>| page.layout.block(range.start).len() <= range.len() + 16;
    let right_after = |range: &Range<usize>| {
        name.as_ref().is_some_and(|n| range.start >= n.end && range.start - n.end <= 3 && !chars.get(n.end..range.start).unwrap_or("\n").contains('\n'))
    };
    let elsewhere = zone.cues(page).any(|(cue, range)| match cue {
        Cue::Place(id) => !profile.is_own_place(id) && (in_short_block(range) || right_after(range)),
        _ => false,
    });
    let in_title = page.title_sightings.all().iter().any(|s| matches!(s.cue, Cue::Place(id) if !profile.is_own_place(id)))
        && !profile.own_places().any(|id| page.cues.contains_key(&Cue::Place(id)));
    elsewhere || in_title || foreign_label(page, profile, zone) || foreign_address(page, profile, detection, zone)
}

/// "NAME, of Eastbrook" and "NAME, 42, from Eastbrook".
fn town_after_name(page: &Page<'_>, profile: &Profile, chars: &str, name: &Range<usize>) -> bool {
    let block = page.layout.block(name.start);
    let after = words(chars, name.end..block.end.min(name.end + 60));
    let mut rest = after.iter().skip_while(|w| w.text.bytes().all(|b| b.is_ascii_digit()) || w.text == "aged");
    let linked = rest.next().is_some_and(|w| matches!(w.text, "of" | "from" | "in"));
    let town: Vec<&Word<'_>> = town_words(chars, rest);
    // "of Mill Race, Northgate": their own street, or a village with their town after it.
    let own_town = town.last().is_some_and(|w| {
        let behind = w.range.end..w.range.end + 3;
        chars.get(behind.clone()).is_some_and(|gap| gap.starts_with(", "))
            && page.sightings.within(&(behind.start..behind.end + 1)).iter().any(|s| matches!(s.cue, Cue::Place(id) if profile.is_own_place(id)))
    });
    linked && !own_town && is_foreign_town(page, profile, chars, &town)
}

/// "lives in Eastbrook", "Eastbrook resident".
fn lives_elsewhere(page: &Page<'_>, profile: &Profile, chars: &str, zone: &Range<usize>) -> bool {
    // Most stretches say nothing of where somebody lives.
    if !each_word(chars, zone.clone()).any(|w| w.is_any(&LIVES)) {
        return false;
    }
    let all = words(chars, zone.clone());
    all.iter().enumerate().any(|(i, w)| {
        if !w.is_any(&LIVES) {
            return false;
        }
        let mut rest = all.iter().skip(i + 1).skip_while(|w| w.text == "up");
        let linked = rest.next().is_some_and(|w| matches!(w.text, "in" | "at" | "near" | "from" | "of"));
        let after = town_words(chars, rest);
        if linked && is_foreign_town(page, profile, chars, &after) {
            return true;
        }
        let run = capitals_before(chars, w.range.start);
        w.text == "resident" && is_foreign_town(page, profile, chars, &run.iter().collect::<Vec<_>>())
    })
}

/// Up to three words with a capital in a row.
fn town_words<'a, 'b>(chars: &str, rest: impl Iterator<Item = &'a Word<'b>>) -> Vec<&'a Word<'b>>
where
    'b: 'a,
{
    let mut town: Vec<&Word<'_>> = Vec::new();
    for w in rest.take(4) {
        let joins = town.last().is_none_or(|l| chars.get(l.range.end..w.range.start) == Some(" "));
        if !joins || !w.is_capital() {
            // The noun after it may make an organisation of it: "of Eastbrook council".
            if joins && w.is_any(&INSTITUTIONS) {
                town.push(w);
            }
            break;
        }
        town.push(w);
    }
    town
}

fn is_foreign_town(page: &Page<'_>, profile: &Profile, chars: &str, town: &[&Word<'_>]) -> bool {
    let (Some(first), Some(last)) = (town.first(), town.last()) else { return false };
    let span = first.range.start..last.range.end;
    let phrase = chars.get(span.clone()).unwrap_or_default();
    let odd = |w: &&Word<'_>| w.is_any(&NO_TOWN) || w.is_any(&INSTITUTIONS);
    if town.iter().any(odd) || phrase.len() < 4 || profile.owns_any_word(phrase) {
        return false;
    }
    let a_party = page.sightings.within(&span).iter().any(|s| matches!(s.cue, Cue::Party(_) | Cue::Political | Cue::Role));
    let a_person = page.people.iter().any(|p| p.who.is_some() && overlap(&p.span, &span));
    let from = page.detections.partition_point(|d| d.span.end <= span.start);
    let own_detail = page.detections.iter().skip(from).take(4).any(|d| d.fact.as_ref().is_some_and(|f| f.subject == profile.subject.id) && overlap(&d.span, &span));
    !a_party && !a_person && !own_detail
}

/// A cell labelled "Town" or "Location" with a place that is not the subject's.
fn foreign_label(page: &Page<'_>, profile: &Profile, zone: &Zone) -> bool {
    let blocks = &page.document.text.blocks;
    zone.0.iter().any(|r| {
        let from = blocks.partition_point(|b| b.range.end < r.start);
        blocks.iter().skip(from).take_while(|b| b.range.start < r.end).take(40).any(|b| {
            let label = b.label.as_deref().unwrap_or_default();
            let a_place = ["town", "city", "location", "locality", "addresslocality", "area"].contains(&label.trim_end_matches(':'));
            let value = page.document.text.of(b);
            a_place && !value.is_empty() && value.len() <= 40 && value.chars().next().is_some_and(char::is_uppercase) && !profile.owns_any_word(value)
        })
    })
}

/// An address beside the name that names a town, none of whose words is the subject's.
fn foreign_address(page: &Page<'_>, profile: &Profile, detection: &Detection, zone: &Zone) -> bool {
    let from = page.detections.partition_point(|d| d.span.start < detection.span.start).saturating_sub(12);
    page.detections.iter().enumerate().skip(from).take(24).any(|(i, d)| {
        if d.kind != Kind::HomeAddress || d.fact.is_some() || !zone.0.iter().any(|r| overlap(r, &d.span)) {
            return false;
        }
        let localities = page.localities(i);
        !localities.is_empty() && localities.iter().all(|l| !profile.owns_any_word(l))
    })
}

/// Another council beside the name, or the page is that council's own.
fn other_council(page: &Page<'_>, profile: &Profile, zone: &Zone, local: Local, other_hosts: &[(String, String)]) -> bool {
    if profile.council.is_empty() || local.council_near || local.place_near {
        return false;
    }
    let chars = page.document.text.chars.as_str();
    let named = zone.cues(page).filter(|(c, _)| *c == Cue::CouncilWord).any(|(_, range)| {
        let run = capitals_before(chars, range.start);
        let place: Vec<&str> = run
            .iter()
            .map(|w| w.text)
            .filter(|w| !["Borough", "City", "County", "District", "Town", "Parish", "The", "Metropolitan", "and", "of"].contains(w))
            .collect();
        !place.is_empty() && !profile.owns_any_word(&place.join(" "))
    });
    let own = profile.subject.candidacy.council.as_deref().unwrap_or_default();
    let site = other_hosts.binary_search_by(|(h, _)| h.as_str().cmp(page.host.as_str())).ok().and_then(|i| other_hosts.get(i));
    let foreign_site = site.is_some_and(|(h, code)| code != own && !profile.council_host.as_deref().is_some_and(|o| same_site(o, h)));
    named || foreign_site
}
