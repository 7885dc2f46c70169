//! Cases of RFC 9309, each a robots.txt and what it says of some addresses to a program that calls itself `unlisted`.
//!
//! Written from the text of the RFC (its sections are named) and from what sites really write. The other parsers of the
//! differential read the same table.

/// A file, and paths with whether they may be fetched.
pub(super) type Case = (&'static str, &'static [(&'static str, bool)]);

/// §2.2.1: which group speaks to us.
pub(super) const GROUPS: &[Case] = &[
    ("", &[("/", true), ("/a", true)]),
    ("User-agent: *\nDisallow: /\n", &[("/", false), ("/a", false), ("/a?b", false), ("/robots.txt", true)]),
    ("User-agent: *\nDisallow: /\n\nUser-agent: unlisted\nDisallow: /no\n", &[("/yes", true), ("/no", false), ("/now", false)]),
    ("User-agent: unlisted\nDisallow: /no\n\nUser-agent: *\nDisallow: /\n", &[("/yes", true), ("/no", false)]),
    ("User-agent: UNLISTED\nDisallow: /no\n", &[("/no", false)]),
    ("User-agent: UnLiStEd\nDisallow: /no\n", &[("/no", false), ("/yes", true)]),
    ("User-agent: unlisted/1.0\nDisallow: /no\n", &[("/no", false)]),
    ("User-agent: unlisted/2.1 (+https://x.example)\nDisallow: /no\n", &[("/no", false)]),
    ("User-agent: unlisted bot\nDisallow: /no\n", &[("/no", false)]),
    ("User-agent: unlistedbot\nDisallow: /\n", &[("/a", true)]),
    ("User-agent: unlisted-news\nDisallow: /\n", &[("/a", true)]),
    ("User-agent: unlisted_news\nDisallow: /\n", &[("/a", true)]),
    ("User-agent: the-unlisted\nDisallow: /\n", &[("/a", true)]),
    ("User-agent: unlist\nDisallow: /\n", &[("/a", true)]),
    ("User-agent: other\nDisallow: /\n", &[("/a", true)]),
    ("User-agent: Mozilla/5.0 (compatible; unlisted)\nDisallow: /\n", &[("/a", true)]),
    // A group of our own without rules, or with an empty one, allows everything, whatever the others say.
    ("User-agent: *\nDisallow: /\n\nUser-agent: unlisted\n", &[("/a", true)]),
    ("User-agent: *\nDisallow: /\n\nUser-agent: unlisted\nDisallow:\n", &[("/a", true)]),
    ("User-agent: unlisted\nAllow:\n\nUser-agent: *\nDisallow: /\n", &[("/a", true)]),
    // Lines of agents without rules between them share a group.
    ("User-agent: other\nUser-agent: unlisted\nDisallow: /no\n", &[("/no", false), ("/yes", true)]),
    ("User-agent: unlisted\nUser-agent: other\nDisallow: /no\n", &[("/no", false)]),
    ("User-agent: unlisted\n\n# words\n\nUser-agent: other\nDisallow: /no\n", &[("/no", false)]),
    ("User-agent: *\nUser-agent: unlisted\nDisallow: /no\n", &[("/no", false)]),
    ("User-agent: unlisted\nDisallow: /a\nUser-agent: other\nDisallow: /b\n", &[("/a", false), ("/b", true)]),
    ("User-agent: other\nDisallow: /a\nUser-agent: unlisted\nDisallow: /b\n", &[("/a", true), ("/b", false)]),
    // Groups for one agent are one group.
    (
        "User-agent: unlisted\nDisallow: /a\n\nUser-agent: other\nDisallow: /b\n\nUser-agent: unlisted\nDisallow: /c\n",
        &[("/a", false), ("/b", true), ("/c", false)],
    ),
    ("User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\n", &[("/a", false), ("/b", false), ("/c", true)]),
    (
        "User-agent: unlisted\nDisallow: /a\nUser-agent: unlisted\nAllow: /a/b\n",
        &[("/a", false), ("/a/b", true), ("/a/c", false)],
    ),
    (
        "User-agent: *\nDisallow: /x\nUser-agent: unlisted\nDisallow: /a\nUser-agent: *\nDisallow: /y\n",
        &[("/x", true), ("/a", false), ("/y", true)],
    ),
    // Rules before any agent speak to nobody.
    ("Disallow: /\nUser-agent: other\nDisallow: /x\n", &[("/a", true)]),
    ("Disallow: /a\n", &[("/a", true)]),
    ("Allow: /a\nUser-agent: *\nDisallow: /\n", &[("/a", false)]),
    // An empty name is nobody's.
    ("User-agent:\nDisallow: /\n", &[("/a", true)]),
];

/// §2.2.2: the longest match decides; on a tie, the rule that allows.
pub(super) const LONGEST: &[Case] = &[
    ("User-agent: *\nAllow: /p\nDisallow: /\n", &[("/page", true), ("/other", false)]),
    ("User-agent: *\nDisallow: /\nAllow: /p\n", &[("/page", true), ("/other", false)]),
    ("User-agent: *\nAllow: /folder\nDisallow: /folder\n", &[("/folder", true), ("/folder/page", true)]),
    ("User-agent: *\nDisallow: /folder\nAllow: /folder\n", &[("/folder", true), ("/folder/page", true)]),
    ("User-agent: *\nAllow: /page\nDisallow: /*.htm\n", &[("/page.htm", false), ("/page.txt", true)]),
    ("User-agent: *\nAllow: /page\nDisallow: /*.ph\n", &[("/page.php5", true), ("/other.php5", false)]),
    ("User-agent: *\nAllow: /$\nDisallow: /\n", &[("/", true), ("/page.htm", false)]),
    ("User-agent: *\nDisallow: /$\nAllow: /\n", &[("/", false), ("/page.htm", true)]),
    (
        "User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n",
        &[("/example/page/", true), ("/example/page/disallowed.gif", false), ("/example/page/allowed.gif", true)],
    ),
    ("User-agent: *\nDisallow: /a/\nAllow: /a/b\n", &[("/a/c", false), ("/a/b", true), ("/a/bc", true), ("/a", true)]),
    ("User-agent: *\nAllow: /\nDisallow:\n", &[("/a", true)]),
    ("User-agent: *\nDisallow:\nDisallow: /a\n", &[("/a", false), ("/b", true)]),
    ("User-agent: *\nDisallow: /a\nDisallow: /a/b\nAllow: /a/b/c\n", &[("/a/b", false), ("/a/b/c", true), ("/a/b/c/d", true)]),
    ("User-agent: *\nAllow: /a/b/c\nAllow: /a\nDisallow: /a/b\n", &[("/a/b/d", false), ("/a/b/c", true), ("/a/x", true)]),
    ("User-agent: *\nDisallow: /*/private\nAllow: /x/private\n", &[("/x/private", true), ("/y/private", false)]),
];

/// §2.2.2 and §2.2.3: paths, stars, ends.
pub(super) const PATTERNS: &[Case] = &[
    (
        "User-agent: *\nDisallow: /fish\n",
        &[
            ("/fish", false),
            ("/fish.html", false),
            ("/fish/salmon.html", false),
            ("/fishheads/yummy.html", false),
            ("/fish.php?id=1", false),
            ("/Fish.asp", true),
            ("/catfish", true),
            ("/?id=fish", true),
            ("/desert/fish", true),
        ],
    ),
    ("User-agent: *\nDisallow: /fish*\n", &[("/fish", false), ("/fish/salmon", false), ("/fishheads", false), ("/Fish", true)]),
    (
        "User-agent: *\nDisallow: /fish/\n",
        &[("/fish/", false), ("/fish/?id=1", false), ("/fish/salmon.htm", false), ("/fish", true), ("/fish.html", true)],
    ),
    (
        "User-agent: *\nDisallow: /*.php\n",
        &[
            ("/index.php", false),
            ("/filename.php", false),
            ("/folder/filename.php?parameters", false),
            ("/folder/any.php.file.html", false),
            ("/filename.php/", false),
            ("/", true),
            ("/windows.PHP", true),
        ],
    ),
    (
        "User-agent: *\nDisallow: /*.php$\n",
        &[
            ("/filename.php", false),
            ("/folder/filename.php", false),
            ("/a.php.php", false),
            ("/filename.php?parameters", true),
            ("/filename.php/", true),
            ("/filename.php5", true),
        ],
    ),
    (
        "User-agent: *\nDisallow: /fish*.php\n",
        &[("/fish.php", false), ("/fishheads/catfish.php?parameters", false), ("/Fish.PHP", true)],
    ),
    ("User-agent: *\nDisallow: */search/*\n", &[("/en/search/a", false), ("/search/", false), ("/searching", true)]),
    ("User-agent: *\nDisallow: /a*b*c\n", &[("/aXbYc", false), ("/abc", false), ("/aXcYb", true)]),
    ("User-agent: *\nDisallow: /a**b\n", &[("/axxb", false), ("/ab", false), ("/a", true)]),
    ("User-agent: *\nDisallow: *\n", &[("/", false), ("/anything", false)]),
    ("User-agent: *\nDisallow: /*\n", &[("/", false), ("/anything", false)]),
    ("User-agent: *\nDisallow: /*?\n", &[("/a?b", false), ("/a?", false), ("/a", true)]),
    ("User-agent: *\nDisallow: /a?b=c\n", &[("/a?b=cd", false), ("/a?b=d", true), ("/a", true)]),
    ("User-agent: *\nDisallow: /*sessionid=\n", &[("/x?y=1&sessionid=2", false), ("/x?session=2", true)]),
    ("User-agent: *\nDisallow: /a$b\n", &[("/a$b", false), ("/a", true)]),
    ("User-agent: *\nDisallow: /x/*/y/\n", &[("/x/1/y/", false), ("/x/1/2/y/z", false), ("/x/y/", true)]),
    ("User-agent: *\nDisallow: /a//b\n", &[("/a//b", false), ("/a/b", true)]),
    ("User-agent: *\nDisallow: /a;b\n", &[("/a;b=1", false), ("/a", true)]),
    // A council's file: the pages that hold registers may be read, the search may not.
    (
        "User-agent: *\nDisallow: /ieDocHome.aspx\nDisallow: /mgFindMember.aspx?\n",
        &[
            ("/mgMemberIndex.aspx", true),
            ("/mgFindMember.aspx?x=1", false),
            ("/mgFindMember.aspx", true),
            ("/ieDocHome.aspx?bcr=1", false),
        ],
    ),
    // A path begins with a slash; what was plainly meant is obeyed.
    ("User-agent: *\nDisallow: private/\n", &[("/private/x", false), ("/public/x", true)]),
];

/// §2.2.2: one octet has many spellings.
pub(super) const OCTETS: &[Case] = &[
    (
        "User-agent: *\nDisallow: /foo/bar?baz=https://foo.example\n",
        &[("/foo/bar?baz=https://foo.example", false), ("/foo/bar?baz=http://foo.example", true)],
    ),
    ("User-agent: *\nDisallow: /foo/bar/ツ\n", &[("/foo/bar/%E3%83%84", false), ("/foo/bar/ツ", false), ("/foo/bar/", true)]),
    ("User-agent: *\nDisallow: /foo/bar/%E3%83%84\n", &[("/foo/bar/%E3%83%84", false), ("/foo/bar/ツ", false)]),
    ("User-agent: *\nDisallow: /foo/bar/%e3%83%84\n", &[("/foo/bar/%E3%83%84", false)]),
    ("User-agent: *\nDisallow: /foo/bar/%62%61%7A\n", &[("/foo/bar/baz", false), ("/foo/bar/%62%61%7A", false)]),
    ("User-agent: *\nDisallow: /a%3cd.html\n", &[("/a%3Cd.html", false), ("/a%3cd.html", false)]),
    ("User-agent: *\nDisallow: /a%2fb.html\n", &[("/a%2Fb.html", false), ("/a/b.html", true)]),
    ("User-agent: *\nDisallow: /a/b.html\n", &[("/a/b.html", false), ("/a%2fb.html", true)]),
    ("User-agent: *\nDisallow: /%7Ejoe/\n", &[("/~joe/index.html", false), ("/%7Ejoe/", false)]),
    ("User-agent: *\nDisallow: /~joe/\n", &[("/%7ejoe/index.html", false), ("/~jane/", true)]),
    ("User-agent: *\nDisallow: /file-with-a-%2A.html\n", &[("/file-with-a-*.html", false), ("/file-with-a-x.html", true)]),
    ("User-agent: *\nDisallow: /foo-%24\n", &[("/foo-$", false), ("/foo-", true)]),
    ("User-agent: *\nDisallow: /100%\n", &[("/100%", false), ("/100", true)]),
];

/// §2.2 and §2.3: how files are written.
pub(super) const FORMS: &[Case] = &[
    ("\u{feff}User-agent: *\nDisallow: /a\n", &[("/a", false)]),
    ("User-agent: *\r\nDisallow: /a\r\n", &[("/a", false), ("/b", true)]),
    ("User-agent: *\rDisallow: /a\r", &[("/a", false)]),
    ("User-agent: *\nDisallow: /a", &[("/a", false)]),
    ("User-agent: *\n\nDisallow: /a\n", &[("/a", false)]),
    ("  User-agent :  *  \n\t Disallow\t:\t/a\t\n", &[("/a", false)]),
    ("user-agent:*\ndisallow:/a\n", &[("/a", false)]),
    ("USER-AGENT: *\nDISALLOW: /a\n", &[("/a", false)]),
    ("User-agent: *\nDisallow: /a # words\n", &[("/a", false), ("/b", true)]),
    ("User-agent: * # everybody\nDisallow: /a\n", &[("/a", false)]),
    ("User-agent: *\nDisallow: # nothing\n", &[("/a", true)]),
    ("# User-agent: *\n# Disallow: /\n", &[("/a", true)]),
    ("#\nUser-agent: *\n#\nDisallow: /a\n#\n", &[("/a", false)]),
    ("User-agent: unlisted\nSitemap: https://a.example/s.xml\nUser-agent: other\nDisallow: /no\n", &[("/no", false)]),
    ("User-agent: unlisted\nDisallow: /a\nSitemap: https://a.example/s.xml\nDisallow: /b\n", &[("/a", false), ("/b", false)]),
    ("Sitemap: https://a.example/s.xml\nUser-agent: *\nDisallow: /a\n", &[("/a", false)]),
    ("User-agent: *\nNoindex: /\nHost: a.example\nClean-param: x\nDisallow: /a\n", &[("/a", false), ("/b", true)]),
    ("User-agent: *\nCrawl-delay: 10\nDisallow: /a\n", &[("/a", false), ("/b", true)]),
    ("User-agent: other\nCrawl-delay: 10\nUser-agent: unlisted\nDisallow: /a\n", &[("/a", false)]),
    ("<html><body>User-agent: *<br>Disallow: /</body></html>\n", &[("/a", true)]),
    ("User-agent: *\nDisallow /a\n", &[("/b", true)]),
    ("User-agent: *\nDissallow: /a\n", &[("/a", false)]),
    ("User-agent: *\nDisalow: /a\n", &[("/a", false)]),
    ("User-agent: *\nDisallow: /a b\n", &[("/a%20b", false), ("/a", true)]),
    ("User-agent: *\nDisallow: /a\u{0}b\n", &[("/a", true)]),
    ("User-agent: *\n: /a\nDisallow: /b\n", &[("/a", true), ("/b", false)]),
];

/// All of them.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str, bool)> {
    [GROUPS, LONGEST, PATTERNS, OCTETS, FORMS]
        .into_iter()
        .flatten()
        .flat_map(|(robots, paths)| paths.iter().map(move |(path, allowed)| (*robots, *path, *allowed)))
}
