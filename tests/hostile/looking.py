"""Look into a built site for anything that the corpus should not have got into it, with parsers that are not ours."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree, html

#: Elements that the theme, Markdown or mathematics make; whatever else is in a page came in from outside.
ELEMENTS = frozenset(
    """html head body meta link title script header footer main nav section article aside div span p a h1 h2 h3 h4 h5 h6 ul ol li dl dt dd
    table caption thead tbody tr th td svg path circle rect text form label input button details summary small strong em time template bdi mark dialog kbd
    blockquote pre code hr br sup sub noscript
    math mrow mi mn mo mtext mspace ms msup msub msubsup mover munder munderover mfrac msqrt mroot mtable mtr mtd mmultiscripts mprescripts
    none mpadded mphantom mstyle menclose""".split()
)
ADDRESSES = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "srcset",
    "background",
    "xlink:href",
    "cite",
    "manifest",
)
SCHEMES = ("", "http", "https", "mailto")
#: Controls but tab and line end, lone surrogates, noncharacters, marks that turn the direction of text, the Tags block.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufff9-\ufffb\U000e0000-\U000e007f"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_READERS = {".html": "_page", ".xml": "_xml", ".json": "_json", ".webmanifest": "_json", ".txt": "_text"}


def faults_of_site(site: Path) -> Iterator[str]:
    """Yield what is wrong in a built site, with the file's path; the build's own note of it names files, whatever their names."""
    for path in sorted(site.rglob("*")):
        if (
            path.is_file()
            and path.suffix in _READERS
            and "/assets/" not in path.as_posix()
            and path.name != ".regesta.json"
        ):
            name = path.relative_to(site).as_posix()
            yield from (f"{name}: {fault}" for fault in globals()[_READERS[path.suffix]](path.read_bytes()))


def page_of(site: Path, paper: str) -> html.HtmlElement:
    """Return the page of a paper, parsed."""
    return html.document_fromstring((site / "papers" / paper / "index.html").read_bytes(), parser=_parser())


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", huge_tree=True)


def _text(data: bytes) -> Iterator[str]:
    yield from _characters(data.decode())


def _characters(text: str) -> Iterator[str]:
    if found := FORBIDDEN.search(text):
        yield f"holds {found[0]!r}"


def _page(data: bytes) -> Iterator[str]:
    yield from _text(data)
    document = html.document_fromstring(data, parser=_parser())
    yield from _elements(document.iter(etree.Element))
    for data_block in document.xpath("//script[@type='application/ld+json']"):
        yield from _json(data_block.text.encode())
    if len(document.xpath("//main")) > 1 or len(document.xpath("//h1")) > 1:
        yield "has a second <main> or <h1>"


def _elements(elements: Iterable[html.HtmlElement]) -> Iterator[str]:
    for element in elements:
        if element.tag not in ELEMENTS:
            yield f"has a <{element.tag}>"
        if (
            element.tag == "script"
            and element.get("type") not in ("application/ld+json", "speculationrules")
            and not (element.get("src") or "").startswith("/lab/assets/")
        ):
            yield "has a script of its own"
        if (
            element.tag == "meta"
            and element.get("http-equiv") == "refresh"
            and not element.get("content", "").startswith("0; url=/lab/papers/")
        ):
            yield f"sends readers to {element.get('content')}"
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                yield f"has <{element.tag} {name}>"
            if name in ADDRESSES and not _is_harmless(value):
                yield f"has <{element.tag} {name}={value!r}>"


def _is_harmless(address: str) -> bool:
    """Tell whether a browser, which overlooks controls and blanks, would take an address for one of the web."""
    bare = re.sub("[\x00-\x20\x7f-\xa0]", "", address)
    try:
        return urlsplit(bare).scheme.lower() in SCHEMES
    except ValueError:
        return not re.match(r"(?i)[a-z][a-z0-9+.-]*:", bare)


def _xml(data: bytes) -> Iterator[str]:
    yield from _text(data)
    try:
        tree = etree.fromstring(
            data, parser=etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        )
    except etree.XMLSyntaxError as error:
        yield f"is not well-formed: {error}"
        return
    for content in tree.iter("{http://purl.org/rss/1.0/modules/content/}encoded"):
        yield from _elements(
            html.fragments_fromstring(f"<div>{content.text}</div>", parser=_parser())[0].iter(etree.Element)
        )


def _json(data: bytes) -> Iterator[str]:
    try:
        values = json.loads(data)
    except ValueError as error:
        yield f"is no JSON: {error}"
        return
    yield from _characters(json.dumps(values, ensure_ascii=False))
