//! What to tell a person about danger: which force, which operation's name, which contacts (`knowledge/uk-domain.md` §4, §10).

use unlisted_model::{Contest, Council, Danger, Force, ForceFrom, Nation, Operation, Say, Subject};

use crate::config::Config;

/// Kinds of councils below the principal ones, should the user's table hold some.
const LOCAL: [&str; 3] = ["parish", "town", "community"];

/// The kind of the one council whose area is all of London.
const REGIONAL: &str = "regional";

/// What to tell this person. Without one: what is right for everybody.
pub fn danger(subject: Option<&Subject>, config: &Config) -> Danger {
    let contacts = subject.map_or_else(|| config.help.clone(), |s| s.help.or(&config.help));
    let candidacy = subject.map(|s| &s.candidacy);
    let stated = candidacy.and_then(|c| c.contest);
    let council = candidacy.and_then(|c| c.council.as_deref()).and_then(|code| config.councils.get(code));
    // Who stands for London as a whole has its one council, named or not.
    let london = || config.councils.0.values().find(|c| c.kind == REGIONAL && c.ended.is_none());
    let council = council.or_else(|| london().filter(|_| stated == Some(Contest::London)));

    let contest = stated.or_else(|| council.map(contest_of));
    let nation = candidacy
        .and_then(|c| c.nation)
        .or_else(|| contest.and_then(nation_of))
        .or_else(|| council.and_then(|c| Nation::parse(&c.nation)));
    // A force that does not exist is passed over: nothing here may fail.
    let chosen = subject.and_then(|s| s.help.force.as_ref()).into_iter().chain(&config.help.force);
    let chosen = chosen.filter_map(|id| config.forces.forces.get(id)).next();
    let (force, from, note) = force(chosen, council, nation, contest, config);
    Danger {
        force: force.cloned(),
        from,
        note: note.to_owned(),
        say: say(contest, nation),
        contest_guessed: stated.is_none() && (contest.is_some() || nation == Some(Nation::NorthernIreland)),
        contacts,
        nation,
    }
}

/// What people of a council stand for, as long as they say nothing else.
pub(crate) fn contest_of(council: &Council) -> Contest {
    match council.kind.as_str() {
        kind if LOCAL.contains(&kind) => Contest::Parish,
        REGIONAL => Contest::London,
        _ => Contest::Council,
    }
}

/// The nation that a kind of election belongs to.
pub(crate) const fn nation_of(contest: Contest) -> Option<Nation> {
    match contest {
        Contest::ScottishParliament => Some(Nation::Scotland),
        Contest::Senedd => Some(Nation::Wales),
        Contest::NiAssembly => Some(Nation::NorthernIreland),
        Contest::London => Some(Nation::England),
        Contest::UkParliament | Contest::Council | Contest::Parish | Contest::Mayor | Contest::PoliceCommissioner => None,
    }
}

fn say(contest: Option<Contest>, nation: Option<Nation>) -> Say {
    let Some(contest) = contest else {
        // Whether Operation Ford has that name in Northern Ireland was not confirmed.
        return if nation == Some(Nation::NorthernIreland) { Say::Candidate } else { Say::Either };
    };
    match contest.operation(nation) {
        Some(Operation::Ford) => Say::Ford,
        Some(Operation::Bridger) => Say::Bridger,
        None if contest == Contest::Parish => Say::Parish,
        None => Say::Candidate,
    }
}

/// The force that was chosen, else the only one of the nation, else the council's.
fn force<'a>(
    chosen: Option<&'a Force>,
    council: Option<&Council>,
    nation: Option<Nation>,
    contest: Option<Contest>,
    config: &'a Config,
) -> (Option<&'a Force>, ForceFrom, &'a str) {
    let forces = &config.forces;
    if let Some(force) = chosen {
        return (Some(force), ForceFrom::Chosen, "");
    }
    let of_council = council.and_then(|c| forces.of_council(&c.code));
    let here = |f: &&Force| nation.is_some_and(|n| f.nation == n.as_str());
    let mut national = forces.forces.values().filter(here);
    if let (Some(only), None) = (national.next(), national.next())
        && of_council.is_none_or(|(f, _)| f.id == only.id)
    {
        return (Some(only), ForceFrom::Nation, of_council.map_or("", |(_, note)| note));
    }
    let Some((force, note)) = of_council else { return (None, ForceFrom::Nowhere, "") };
    let from = match contest {
        None | Some(Contest::Council | Contest::Parish) => ForceFrom::Council,
        Some(Contest::PoliceCommissioner) => ForceFrom::Commissioner,
        Some(_) => ForceFrom::Area,
    };
    (Some(force), from, note)
}

#[cfg(test)]
mod tests;
