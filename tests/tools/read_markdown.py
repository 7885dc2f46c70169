"""Reads Markdown files with two or three independent parsers from PyPI and tells what in them is live.

    python3 tests/tools/read_markdown.py FOLDER

Every `*.md` of the folder must hold no HTML, no picture, no code and no link but `<http…>` and `<https…>` whose words are
their own address. Exit: 0 all is well, 1 something is live, 77 none of the parsers is installed
(markdown-it-py, commonmark, cmarkgfm).
"""

import html.parser
import pathlib
import sys

LIVE = {"html_block", "html_inline", "image", "code_inline", "code_block", "fence", "Html", "html", "code"}


def with_markdown_it(text):
    from markdown_it import MarkdownIt

    def walk(tokens):
        for token in tokens:
            yield token
            yield from walk(token.children or [])

    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for token in walk(reader.parse(text)):
        if token.type in LIVE:
            yield f"{token.type} {token.content!r}"
        if token.type == "link_open" and not (token.info == "auto" and is_web(token.attrs["href"])):
            yield f"link {token.attrs['href']!r}"


def with_commonmark(text):
    import commonmark

    for node, entering in commonmark.Parser().parse(text).walker():
        if entering and node.t in LIVE:
            yield f"{node.t} {node.literal!r}"
        if entering and node.t == "link" and not is_web(node.destination):
            yield f"link {node.destination!r}"
        if entering and node.t == "image":
            yield "image"


def with_cmark_gfm(text):
    import cmarkgfm

    found = []

    class Reader(html.parser.HTMLParser):
        def handle_starttag(self, tag, attributes):
            known = "h1 h2 h3 h4 h5 h6 p ul ol li a strong blockquote table thead tbody tr th td hr br".split()
            if tag not in known:
                found.append(f"<{tag}>")
            for name, value in attributes:
                if name == "href" and not is_web(value) and not value.startswith("mailto:"):
                    found.append(f"href {value!r}")
                elif name not in ("href", "start"):
                    found.append(f"<{tag} {name}>")

    Reader(convert_charrefs=True).feed(cmarkgfm.github_flavored_markdown_to_html(text, options=1 << 17))
    yield from found


def is_web(address):
    # A host of this name stands in hostile words only, never in an address of ours.
    return address.startswith(("http://", "https://")) and "evil." not in address


def main(folder):
    readers = []
    for reader in (with_markdown_it, with_commonmark, with_cmark_gfm):
        try:
            list(reader("words"))
            readers.append(reader)
        except ImportError:
            pass
    if not readers:
        return 77
    wrong = 0
    for path in sorted(pathlib.Path(folder).glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for reader in readers:
            for live in reader(text):
                print(f"{path.name}: {reader.__name__}: {live}", file=sys.stderr)
                wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
