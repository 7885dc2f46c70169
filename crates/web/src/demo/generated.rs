//! Large made-up webs for measuring.

use super::site::Site;

/// Hosts over which the pages are spread.
const HOSTS: usize = 20;
/// The details of the demonstration's person stand on one page of so many.
const DETAIL_EVERY: usize = 40;

const WORDS: &[&str] = &[
    "council",
    "meeting",
    "harbour",
    "school",
    "residents",
    "garden",
    "notice",
    "the",
    "and",
    "of",
    "a",
    "in",
    "to",
    "for",
    "with",
    "parish",
    "report",
    "Saturday",
    "market",
    "committee",
    "road",
    "works",
    "planning",
    "village",
    "library",
    "election",
    "street",
    "members",
    "annual",
    "football",
    "choir",
    "volunteers",
    "budget",
    "bus",
    "timetable",
    "café",
    "church",
    "hall",
    "river",
    "bridge",
    "is",
    "was",
    "will",
    "be",
    "on",
    "at",
    "by",
    "from",
    "this",
    "which",
    "about",
    "Northgate",
    "Mereside",
    "Eastcombe",
    "county",
];
const NAMES: &[&str] = &[
    "Gareth Pooleworth",
    "Helen Castle",
    "Ruth Fennimore",
    "Odile Marchbanks",
    "Piers Quillfeather",
    "Amina Castle",
    "Dorcas Underhay",
    "Tamsin Birdlip",
    "Ivo Larkspurne",
    "Nesta Copplestone",
];

/// A web of `pages` pages of 30 to 100 KB over twenty hosts (`site-00.generated.example` …), the same for the same seed. Each
/// host has an index page that links to its pages, and those link to one another. One page in forty holds details of the
/// demonstration's person; all hold names and numbers of others.
pub fn generated(pages: usize, seed: u64) -> Vec<Site> {
    let mut chance = Chance(seed ^ 0x9E37_79B9_7F4A_7C15);
    let mut sites: Vec<Site> = (0..HOSTS.min(pages)).map(|n| Site::new(format!("site-{n:02}.generated.example"))).collect();
    let hosts = sites.len().max(1);
    for number in 0..pages {
        let body = page(number, pages, hosts, &mut chance);
        if let Some(site) = sites.get_mut(number % hosts) {
            site.pages.push(super::page::Page::plain(format!("/p/{number}.html"), body.into_bytes()));
        }
    }
    for site in &mut sites {
        let links: String = site.urls().iter().map(|u| format!("<li><a href=\"{u}\">{u}</a></li>\n")).collect();
        let body = format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><title>All pages</title></head><body><ul>\n{links}</ul></body></html>\n"
        );
        site.pages.push(super::page::Page::plain("/index.html", body.into_bytes()));
    }
    sites
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers everywhere, without a library.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(1);
        usize::try_from(self.next() % end).unwrap_or(0)
    }

    fn pick(&mut self, from: &[&'static str]) -> &'static str {
        from.get(self.below(from.len())).copied().unwrap_or("")
    }
}

fn page(number: usize, pages: usize, hosts: usize, chance: &mut Chance) -> String {
    let size = 30_000 + chance.below(70_000);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Page {number} of the district</title>\n\
         <meta name=\"description\" content=\"What happened in the district, page {number}\">\n\
         <style>.box{{margin:0 auto;padding:1em}}.side a{{color:#036}}</style>\n<script>var page={number};window.list=[1,2,3];</script>\n</head>\n<body class=\"page\">\n<ul class=\"nav\">\n"
    );
    for _ in 0..30 {
        let to = (number + hosts * (1 + chance.below(50))) % pages.max(1);
        out.push_str(&format!("<li class=\"nav-item\"><a class=\"nav-link\" href=\"https://site-{:02}.generated.example/p/{to}.html\">{} {}</a></li>\n", to % hosts, chance.pick(WORDS), chance.pick(WORDS)));
    }
    out.push_str("</ul>\n<div class=\"box\">\n");
    if number % DETAIL_EVERY == 7 {
        out.push_str("<p>Minutes were taken by Amina Castle (14 Mill Lane, Mereside; 07700 900123, amina.castle at mailbox dot example).</p>\n");
    }
    while out.len() < size {
        match chance.below(8) {
            0 => out.push_str(&format!("<h3 id=\"s{}\">{} {}</h3>\n", out.len(), chance.pick(WORDS), chance.pick(WORDS))),
            1 => out.push_str(&format!(
                "<table><tr><th>Name</th><th>Phone</th></tr><tr><td>{}</td><td>01632 960{:03}</td></tr><tr><td>{}</td><td>07700 900{:03}</td></tr></table>\n",
                chance.pick(NAMES), chance.below(1000), chance.pick(NAMES), 200 + chance.below(700)
            )),
            2 => out.push_str(&format!("<p>{}, {} Orchard Road, Eastcombe ZZ99 {}AB &ndash; reports.</p>\n", chance.pick(NAMES), 1 + chance.below(90), 1 + chance.below(9))),
            _ => {
                out.push_str("<p class=\"text\">");
                for _ in 0..60 {
                    out.push_str(chance.pick(WORDS));
                    out.push(' ');
                }
                out.push_str("&amp; <a href=\"#top\">more</a>.</p>\n");
            }
        }
    }
    out.push_str("</div>\n<div class=\"footer\"><p>Published by the district, 1 Market Square, Northgate ZZ99 1CC. 01632 960000</p></div>\n</body>\n</html>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_web_is_repeatable_and_of_its_size() {
        let (one, two, other) = (generated(60, 1), generated(60, 1), generated(60, 2));
        let all = |sites: &[Site]| sites.iter().flat_map(|s| s.pages.iter().map(|p| p.body.to_vec())).collect::<Vec<_>>();
        assert!(all(&one) == all(&two));
        assert!(all(&one) != all(&other));
        let pages: Vec<_> = one.iter().flat_map(|s| &s.pages).filter(|p| p.path.starts_with("/p/")).collect();
        assert_eq!(pages.len(), 60);
        assert!(pages.iter().all(|p| (30_000..105_000).contains(&p.body.len())));
        let details = pages.iter().filter(|p| String::from_utf8_lossy(&p.body).contains("07700 900123")).count();
        assert_eq!(details, 2);
    }
}
