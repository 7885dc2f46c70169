//! Searches and look-ups for the person's own browser: ready addresses, of which nothing is fetched here.

use unlisted_model::plan::HandLink;
use unlisted_model::query::Discloses;
use unlisted_model::subject::Subject;
use unlisted_model::{Councils, HandSite, Template};
use url::form_urlencoded::byte_serialize;

use super::links;
use super::templates::{self, Phrase};

/// Ready searches, in the order of the sites. They carry names in public use and public places only.
///
/// A site without templates is asked for the names alone (`{name}` in its address), or is only opened; `{page}` stands
/// for each own page on a host that is never fetched, `{council}` for the council's own list of members. The very first
/// search is there for every name in public use (three at most), the others for the first name only, so that the list
/// stays one evening's work.
pub fn hand_links(
    subject: &Subject,
    sites: &[HandSite],
    templates: &[Template],
    councils: &Councils,
    never_fetched: &[String],
) -> Vec<HandLink> {
    let mut links = vec![];
    let mut first = true;
    for site in sites {
        let opened: Option<Vec<String>> = match site.url.as_str() {
            "{page}" => {
                let own = subject.pages.iter().filter(|p| links::fate(&p.url, never_fetched) == links::Fate::ByHand);
                Some(own.map(|p| p.url.to_string()).collect())
            }
            "{council}" => {
                let council = subject.candidacy.council.as_deref().and_then(|code| councils.get(code));
                Some(council.and_then(|c| c.base.as_ref()).map(ToString::to_string).into_iter().collect())
            }
            _ => None,
        };
        if let Some(opened) = opened {
            for (i, url) in opened.into_iter().enumerate() {
                let phrase = Phrase { text: String::new(), discloses: vec![Discloses::Page] };
                links.push(HandLink { url, ..link(site, &site.id, i, &phrase) });
            }
            continue;
        }
        if site.templates.is_empty() {
            let names = templates::names(subject);
            let asks = site.url.contains("{name}");
            for (i, name) in names.iter().take(if asks { names.len() } else { 1 }).enumerate() {
                let phrase = Phrase {
                    text: if asks { name.clone() } else { String::new() },
                    discloses: if asks { vec![Discloses::Name] } else { vec![] },
                };
                links.push(link(site, &site.id, i, &phrase));
            }
            continue;
        }
        for id in &site.templates {
            let phrases =
                templates.iter().find(|t| t.id == *id).map(|t| templates::fill(t, subject, councils)).unwrap_or_default();
            for (i, phrase) in phrases.iter().take(if first { 3 } else { 1 }).enumerate() {
                links.push(link(site, &format!("{}/{id}", site.id), i, phrase));
            }
            first = first && phrases.is_empty();
        }
    }
    links
}

fn link(site: &HandSite, id: &str, nth: usize, phrase: &Phrase) -> HandLink {
    // In a path `+` is a plus, in a query `%20` is a space too.
    let written = byte_serialize(phrase.text.as_bytes()).collect::<String>().replace('+', "%20");
    HandLink {
        id: if nth == 0 { id.to_owned() } else { format!("{id}/{}", nth + 1) },
        site: site.site.clone(),
        url: site.url.replace("{query}", &written).replace("{name}", &written),
        query: phrase.text.clone(),
        discloses: phrase.discloses.clone(),
        what_to_look_for: site.what_to_look_for.clone(),
        minutes: site.minutes,
    }
}

#[cfg(test)]
mod tests {
    use super::super::rehearse::{councils, person};
    use super::*;

    #[track_caller]
    fn check(subject: &Subject, expect: &str) {
        let site = |id: &str, url: &str, templates: &[&str]| HandSite {
            id: id.into(),
            site: id.to_uppercase(),
            url: url.into(),
            templates: templates.iter().map(|t| (*t).to_owned()).collect(),
            what_to_look_for: "your street".into(),
            minutes: 2,
        };
        let sites = [
            site("find", "https://find.example/search?q={query}", &["name-area", "name", "name-role"]),
            site("seek", "https://seek.example/?q={query}", &["name"]),
            site("register", "https://register.example/officers/{name}?x=1", &[]),
            site("form", "https://form.example/", &[]),
            site("own-profile", "{page}", &[]),
            site("council", "{council}", &[]),
        ];
        let template =
            |id: &str, text: &str, tells: &[Discloses]| Template { id: id.into(), text: text.into(), tells: tells.to_vec() };
        let templates = [
            template("name", "\"{name}\"", &[]),
            template("name-area", "\"{name}\" {area}", &[]),
            template("name-role", "\"{name}\" councillor", &[Discloses::Role]),
        ];
        let got: String = hand_links(subject, &sites, &templates, &councils(), &["closed.example".to_owned()])
            .iter()
            .map(|l| format!("{} {}\n", l.id, l.url))
            .collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn searches_are_ready_to_open() {
        let mut person = person();
        person.pages.push(unlisted_model::OwnPage { url: super::super::rehearse::url("https://closed.example/mari") });
        check(
            &person,
            "find/name-area https://find.example/search?q=%22Marigold%20Tester%22%20Abbots%20Mere\n\
             find/name-area/2 https://find.example/search?q=%22Mari%20Tester%22%20Abbots%20Mere\n\
             find/name https://find.example/search?q=%22Marigold%20Tester%22\n\
             find/name-role https://find.example/search?q=%22Marigold%20Tester%22%20councillor\n\
             seek/name https://seek.example/?q=%22Marigold%20Tester%22\n\
             register https://register.example/officers/Marigold%20Tester?x=1\n\
             register/2 https://register.example/officers/Mari%20Tester?x=1\n\
             form https://form.example/\n\
             own-profile https://closed.example/mari\n\
             council http://democracy.exampleford.example/\n",
        );
    }

    #[test]
    fn an_unannounced_candidacy_is_not_told() {
        let mut quiet = person();
        quiet.candidacy.announced = false;
        quiet.candidacy.council = None;
        quiet.names.also.clear();
        check(
            &quiet,
            "find/name https://find.example/search?q=%22Marigold%20Tester%22\n\
             seek/name https://seek.example/?q=%22Marigold%20Tester%22\n\
             register https://register.example/officers/Marigold%20Tester?x=1\n\
             form https://form.example/\n",
        );
    }

    #[test]
    fn a_name_that_looks_like_markup_stays_a_value() {
        let mut odd = person();
        odd.names.full = "{name}&Siân+1".into();
        odd.names.also.clear();
        odd.candidacy.announced = false;
        odd.candidacy.council = None;
        check(
            &odd,
            "find/name https://find.example/search?q=%22name%20%26Si%C3%A2n%2B1%22\n\
             seek/name https://seek.example/?q=%22name%20%26Si%C3%A2n%2B1%22\n\
             register https://register.example/officers/name%20%26Si%C3%A2n%2B1?x=1\n\
             form https://form.example/\n",
        );
    }
}
