//! Is it *this* person? Log-odds with named reasons, and the rules that no sum may break.
//!
//! Rules: an unsupplied detail, a neighbour's number and a name alone are never above *possible*; a part of a fact is
//! never *same*; a whole address with its postcode is never below *likely*. Weights stand in [`weights`].

mod address;
mod against;
mod ages;
mod cues;
mod fold;
mod layout;
mod names;
mod namesake;
mod office;
mod page;
mod phrases;
mod profile;
mod strangers;
pub(crate) mod street;
pub(crate) mod weights;
mod zone;

use unlisted_model::{Attribution, Band, Detection, Fit, Kind, NameForm, Nature, Reason, ReasonCode, Reveal};

pub(crate) use address::{AddressParts, looks_like_postcode};
pub(crate) use cues::{Cue, Vocabulary, VocabularyBuilder};
pub(crate) use fold::{Folded, Word, ceil, floor, folded, words};
pub(crate) use layout::{Layout, Nearness};
pub use names::NameFrequencies;
pub(crate) use names::{NameTable, Rarity};
pub(crate) use namesake::{contradictions as namesake, stand_in};
pub(crate) use office::Offices;
pub(crate) use page::{Anchor, Around, Page, Seen, overlap};
pub(crate) use profile::{Profile, read_date};
pub(crate) use zone::same_site;

use zone::Zone;

/// The highest probability that is still *possible*.
const MOST_POSSIBLE: f64 = 0.74;
/// The highest that is still *likely*.
const MOST_LIKELY: f64 = 0.94;
/// The lowest that is *likely*.
const LEAST_LIKELY: f64 = 0.76;
/// The highest that is *other*.
const MOST_OTHER: f64 = 0.29;

/// Bounds that no sum may break.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Bounds {
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Bounds {
    pub(crate) const FREE: Self = Self { least: 0.0, most: 1.0 };
    pub(crate) const POSSIBLE: Self = Self { least: 0.0, most: MOST_POSSIBLE };

    fn at_most(self, most: f64) -> Self {
        Self { least: self.least.min(most), most: self.most.min(most) }
    }
}

/// The probability of a prior with reasons, within bounds. Adding a reason above zero never lowers it.
pub(crate) fn weigh(prior: f64, mut reasons: Vec<Reason>, bounds: Bounds) -> Attribution {
    join_equal(&mut reasons);
    let odds: f64 = prior + reasons.iter().map(|r| r.weight).sum::<f64>();
    let probability = (1.0 / (1.0 + (-odds).exp())).clamp(bounds.least, bounds.most);
    reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.code.cmp(&b.code)));
    Attribution { probability, band: Band::of(probability), reasons }
}

/// One reason for each code: two that say the same are one, with their weights added.
fn join_equal(reasons: &mut Vec<Reason>) {
    let mut joined: Vec<Reason> = Vec::with_capacity(reasons.len());
    for reason in reasons.drain(..) {
        match joined.iter_mut().find(|r| r.code == reason.code) {
            Some(same) => same.weight += reason.weight,
            None => joined.push(reason),
        }
    }
    *reasons = joined;
}

/// Judges one detection for one subject.
pub(crate) fn attribute(
    page: &Page<'_>,
    subject: usize,
    profile: &Profile,
    offices: &Offices,
    namesake: &[Reason],
    detection: &Detection,
) -> Attribution {
    // Where a photo on their own page was taken is told, whoever took it and whatever else the page says.
    if detection.kind == Kind::PhotoLocation && page.document.nature == Nature::OwnPage {
        let reasons = vec![
            Reason { code: ReasonCode::OwnPage, weight: weights::OWN_PAGE },
            Reason { code: ReasonCode::Unsupplied, weight: weights::UNSUPPLIED },
        ];
        return weigh(weights::PRIOR_UNSUPPLIED, reasons, Bounds { least: MOST_POSSIBLE, most: MOST_POSSIBLE });
    }
    let mut around = page.around(subject, &detection.span);
    around.other_nearer |= strangers::belongs_elsewhere(page, profile, detection, around.anchor.as_ref())
        || is_somebody_elses_mailbox(profile, detection);
    let kin = strangers::is_kin_by_first_name(page, profile, detection);
    around.other_nearer &= !kin;
    let anchor = around.anchor.as_ref();
    let zone = Zone::new(page, &detection.span, anchor);
    let supplied = detection.fact.is_some();
    let unique = supplied && detection.fit == Fit::Whole && weights::is_unique(detection.kind);
    let mut reasons = Vec::new();
    let mut bounds = Bounds::FREE;
    let prior = if supplied { weights::prior(detection.kind, detection.fit) } else { weights::PRIOR_UNSUPPLIED };

    match (supplied, detection.fit) {
        (false, _) => {
            reasons.push(Reason { code: ReasonCode::Unsupplied, weight: weights::UNSUPPLIED });
            bounds = bounds.at_most(MOST_POSSIBLE);
            if detection.kind == Kind::HomeAddress && !zone::says_residence(page, &detection.span) {
                reasons.push(Reason { code: ReasonCode::Unsupplied, weight: weights::ADDRESS_WITHOUT_RESIDENCE });
            }
        }
        (true, Fit::Whole) if unique => {
            let named = anchor.is_some_and(|a| a.nearness <= Nearness::Near) && !around.other_nearer;
            bounds = whole(page, profile, detection, named, &mut reasons);
        }
        (true, Fit::Whole) => shared(page, detection, anchor, &mut reasons),
        (true, Fit::Partial) => {
            reasons.push(Reason { code: ReasonCode::PartialOnly, weight: weights::PARTIAL_ONLY });
            bounds = bounds.at_most(MOST_LIKELY);
            if detection.kind == Kind::HomeAddress && !zone::says_residence(page, &detection.span) {
                reasons.push(Reason { code: ReasonCode::PartialOnly, weight: weights::STREET_WITHOUT_RESIDENCE });
                bounds = bounds.at_most(MOST_POSSIBLE);
            }
        }
        (true, Fit::OtherNumber) => {
            reasons.push(Reason { code: ReasonCode::OtherNumber, weight: weights::OTHER_NUMBER });
            bounds = bounds.at_most(MOST_POSSIBLE);
        }
    }

    let (local, local_reasons) = zone::local(page, profile, &detection.span, &zone);
    let second = zone::second_fact(page, profile, detection);
    let mut contradictions = against::reasons(page, profile, detection, anchor, &zone, local, &offices.council_hosts);
    // Rows of a table stand for themselves; in running text the page speaks of one person. A birth date decides by itself.
    if !unique && detection.kind != Kind::DateOfBirth && !strangers::in_table(page, &detection.span) {
        let new = namesake.iter().filter(|r| contradictions.iter().all(|c| c.code != r.code)).copied().collect::<Vec<_>>();
        contradictions.extend(new);
    }
    name_reasons(page, profile, detection, &around, unique, &mut reasons);
    if kin && around.anchor.as_ref().is_none_or(|a| a.nearness > Nearness::Near) {
        reasons.push(Reason { code: ReasonCode::NearName, weight: weights::KIN_BY_FIRST_NAME });
    }
    if page.document.nature == Nature::OwnPage {
        reasons.push(Reason { code: ReasonCode::OwnPage, weight: weights::OWN_PAGE });
    }
    // Places and words of the page say something of a name, or of a fact that stands for one; by themselves nothing.
    if anchor.is_some() || supplied {
        reasons.extend(local_reasons);
    }
    if let Some(second) = second {
        // A phone of theirs near by stands for the name.
        if second.weight >= weights::SECOND_UNIQUE_NEAR {
            reasons.retain(|r| r.code != ReasonCode::NoName);
        }
        reasons.push(second);
    }
    // Another town, party, middle name, age, occupation or a death: a namesake's own detail, and nobody gave it to us.
    if !supplied && contradictions.iter().any(|r| r.weight <= weights::CLEAR_CONTRADICTION) {
        bounds = bounds.at_most(MOST_OTHER);
    }
    // A street of the name in another town is another street.
    let elsewhere = contradictions.iter().any(|r| r.code == ReasonCode::OtherTown);
    if elsewhere && detection.kind == Kind::HomeAddress && detection.fit != Fit::Whole {
        bounds = bounds.at_most(MOST_OTHER);
    }
    let share = if unique { weights::CONTRADICTION_SHARE_UNIQUE } else { 1.0 };
    reasons.extend(contradictions.into_iter().map(|r| Reason { code: r.code, weight: r.weight * share }));
    if around.rival && !unique {
        reasons.push(Reason { code: ReasonCode::RivalOnSlate, weight: weights::RIVAL_ON_SLATE });
        bounds = bounds.at_most(MOST_POSSIBLE);
        // "Cllr Smith" of a slate with three of them.
        if !supplied && around.anchor.as_ref().is_some_and(|a| weights::name(a.form) < weights::name(NameForm::Former)) {
            bounds = bounds.at_most(MOST_OTHER);
        }
    }
    bounds = needs_company(page, detection, &around, second.is_some() || kin, unique, bounds);
    weigh(prior, reasons, bounds)
}

/// Reasons for a name being the subject's, with whether place, party or council bear it out.
pub(crate) fn named(
    page: &Page<'_>,
    profile: &Profile,
    offices: &Offices,
    stand_in: &Detection,
    anchor: &Anchor,
) -> (Vec<Reason>, bool) {
    let zone = Zone::new(page, &stand_in.span, Some(anchor));
    let (local, mut reasons) = zone::local(page, profile, &stand_in.span, &zone);
    let around = Around { anchor: Some(anchor.clone()), other_nearer: false, rival: false };
    name_reasons(page, profile, stand_in, &around, false, &mut reasons);
    if page.document.nature == Nature::OwnPage {
        reasons.push(Reason { code: ReasonCode::OwnPage, weight: weights::OWN_PAGE });
    }
    reasons.extend(against::reasons(page, profile, stand_in, Some(anchor), &zone, local, &offices.council_hosts));
    (reasons, local.place_near || local.party_near || local.council_near)
}

/// What a whole unique fact is worth, with the bounds of a whole address.
fn whole(page: &Page<'_>, profile: &Profile, detection: &Detection, named: bool, reasons: &mut Vec<Reason>) -> Bounds {
    match detection.kind {
        Kind::HomeAddress => {
            let completeness = completeness(page, profile, detection);
            let weight = match completeness {
                Completeness::Postcode => weights::ADDRESS_WITH_POSTCODE,
                Completeness::Town => weights::ADDRESS_WITH_TOWN,
                Completeness::Bare if named => weights::ADDRESS_BARE_NAMED,
                Completeness::Bare => weights::ADDRESS_BARE,
            };
            reasons.push(Reason { code: ReasonCode::WholeAddress, weight });
            // The person's address is public there, whoever is named beside it.
            let least = if completeness == Completeness::Postcode { LEAST_LIKELY } else { 0.0 };
            Bounds { least, most: 1.0 }
        }
        Kind::VehicleRegistration => {
            reasons.push(Reason { code: ReasonCode::UniqueFact, weight: weights::UNIQUE_VEHICLE });
            Bounds::FREE
        }
        _ => {
            reasons.push(Reason { code: ReasonCode::UniqueFact, weight: weights::UNIQUE_FACT });
            Bounds::FREE
        }
    }
}

/// What a fact that others may share is worth by its own words.
fn shared(page: &Page<'_>, detection: &Detection, anchor: Option<&Anchor>, reasons: &mut Vec<Reason>) {
    let place = matches!(detection.kind, Kind::Workplace | Kind::School | Kind::PlaceVisited);
    let several = page.layout.slice(&detection.span).split_whitespace().count() >= 2 && detection.span.len() >= 12;
    let beside = anchor.is_some_and(|a| a.nearness <= Nearness::Near && a.form != NameForm::OtherMiddle);
    if place && several && beside {
        reasons.push(Reason { code: ReasonCode::UniqueFact, weight: weights::SHARED_AND_NAMED });
    }
    if is_unusual_username(detection) {
        reasons.push(Reason { code: ReasonCode::UniqueFact, weight: weights::UNUSUAL_USERNAME });
    }
}

/// A supplied username that hardly two people choose.
fn is_unusual_username(detection: &Detection) -> bool {
    if detection.kind != Kind::Username || detection.fact.is_none() {
        return false;
    }
    let value = detection.value.reveal(Reveal::ToCompare);
    let letters_only = value.bytes().all(|b| b.is_ascii_alphabetic());
    if letters_only { value.len() >= 10 } else { value.len() >= 7 }
}

/// How much of the home address stands at a detection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Completeness {
    Postcode,
    Town,
    Bare,
}

fn completeness(page: &Page<'_>, profile: &Profile, detection: &Detection) -> Completeness {
    let Some(home) = detection.fact.as_ref().and_then(|f| profile.home(f)) else { return Completeness::Town };
    let row = page.layout.row(detection.span.start).unwrap_or_else(|| page.layout.block(detection.span.start));
    let text = page.document.text.chars.as_str();
    let from = floor(text, detection.span.start.min(row.start.max(detection.span.start.saturating_sub(60))));
    let to = ceil(text, detection.span.end.max(row.end.min(detection.span.end + 120)));
    // The span may leave the postcode to the next line or cell.
    let wide = folded(text.get(from..ceil(text, to.max(detection.span.end + 60))).unwrap_or_default());
    let near = folded(text.get(from..to).unwrap_or_default());
    if home.postcode.as_ref().is_some_and(|p| wide.contains(p.as_str())) {
        return Completeness::Postcode;
    }
    let towns: Vec<String> = home.localities.iter().map(|l| folded(l)).collect();
    let named = towns.iter().filter(|t| near.contains(t.as_str())).count();
    if named > 0 && (home.postcode.is_none() && named == towns.len()) {
        return Completeness::Postcode;
    }
    let on_page = profile.own_places().any(|id| page.cues.contains_key(&Cue::Place(id)));
    if named > 0 || on_page { Completeness::Town } else { Completeness::Bare }
}

/// What the name near by is worth.
fn name_reasons(
    page: &Page<'_>,
    profile: &Profile,
    detection: &Detection,
    around: &Around,
    unique: bool,
    reasons: &mut Vec<Reason>,
) {
    let mut add = |code, weight: f64| reasons.push(Reason { code, weight });
    if around.other_nearer {
        add(
            ReasonCode::OtherNameNearer,
            match detection.kind {
                Kind::HomeAddress if unique => weights::OTHER_NAME_ADDRESS,
                _ if unique => weights::OTHER_NAME_UNIQUE,
                _ => weights::OTHER_NAME_SHARED,
            },
        );
    }
    let Some(anchor) = &around.anchor else {
        if page.document.nature != Nature::OwnPage {
            add(ReasonCode::NoName, if unique { weights::NO_NAME_UNIQUE } else { weights::NO_NAME_SHARED });
        }
        return;
    };
    // A name of two parts is full when it is first and last.
    let form = if anchor.form == NameForm::Full && profile.parts <= 2 { NameForm::FirstLast } else { anchor.form };
    let street = detection.kind == Kind::HomeAddress && detection.fact.is_some() && detection.fit != Fit::Whole;
    let share = if street && anchor.nearness == Nearness::Page { weights::STREET_NAME_ON_PAGE } else { anchor.nearness.share() };
    add(code_of(anchor), weights::name(form) * share);
    if anchor.nearness == Nearness::Row {
        add(ReasonCode::SameRecord, weights::SAME_RECORD);
    }
    if page.document.nature == Nature::Record {
        add(ReasonCode::OwnRecord, weights::OWN_RECORD);
    }
    match profile.rarity {
        Rarity::Rare => add(ReasonCode::RareName, weights::RARE_NAME * anchor.nearness.share()),
        Rarity::Common => add(ReasonCode::CommonName, weights::COMMON_NAME),
        Rarity::Middling => {}
    }
}

fn code_of(anchor: &Anchor) -> ReasonCode {
    match anchor.form {
        NameForm::Full => ReasonCode::FullName,
        NameForm::FirstLast | NameForm::LastFirst | NameForm::OtherMiddle => ReasonCode::FirstLast,
        NameForm::Also => ReasonCode::AlsoName,
        NameForm::Former => ReasonCode::FormerName,
        NameForm::Initials | NameForm::TitleLast => ReasonCode::ShortName,
        NameForm::Near => ReasonCode::NearName,
    }
}

/// "bob.smith@…" beside Amina Castle is Bob's.
fn is_somebody_elses_mailbox(profile: &Profile, detection: &Detection) -> bool {
    if detection.kind != Kind::Email || detection.fact.is_some() {
        return false;
    }
    let value = detection.value.reveal(Reveal::ToCompare);
    let Some((local, _)) = value.rsplit_once('@') else { return false };
    let parts: Vec<&str> =
        local.split(['.', '_', '-']).filter(|p| p.len() >= 2 && p.bytes().all(|b| b.is_ascii_alphabetic())).collect();
    let all = folded(local);
    parts.len() >= 2 && !all.contains(&profile.surname) && !all.contains(&profile.first)
}

/// A shared, partial, neighbouring or unsupplied detail needs the name beside it, or a second fact.
fn needs_company(page: &Page<'_>, detection: &Detection, around: &Around, second: bool, unique: bool, bounds: Bounds) -> Bounds {
    if unique {
        return bounds;
    }
    let own = page.document.nature == Nature::OwnPage;
    let named = around.anchor.as_ref().is_some_and(|a| a.nearness <= Nearness::Document);
    let on_page = around.anchor.is_some();
    let company = match (detection.fact.is_some(), detection.fit) {
        // Worth telling only when the name stands beside it and no other name nearer.
        (false, _) => (named || own) && !around.other_nearer,
        (true, Fit::OtherNumber) => named && !around.other_nearer,
        // A page of the area names schools and councillors alike.
        (true, Fit::Whole) if is_unusual_username(detection) => true,
        (true, Fit::Whole) if matches!(detection.kind, Kind::School | Kind::Workplace | Kind::PlaceVisited) => {
            named || second || own
        }
        (true, _) => named || second || own || on_page,
    };
    let apart = !named && !second && !own && detection.kind != Kind::DateOfBirth;
    match (company, apart) {
        (false, _) => bounds.at_most(MOST_OTHER),
        (true, true) => bounds.at_most(MOST_POSSIBLE),
        (true, false) => bounds,
    }
}
