"""Read HTML as far as a check needs it: the start tags that a browser would find, in pages from anybody.

A page is cut into tags and comments by the rules of the HTML standard
(https://html.spec.whatwg.org/multipage/parsing.html#tokenization). No tree is built: an element counts where
it is written, even if a browser drops or repeats it, and whatever a page holds, the time grows only with its
length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# The patterns are verbose: spaces count only within brackets. Repetitions are possessive (`*+`) and nothing
# that follows them can fail, so that no text is read again. A page may end within a tag or a comment.
_SPACES = r"[ \t\n\r\f]*+"
_NAME = r"[a-zA-Z] [^ \t\n\r\f/>]*+"
#: Four groups: the name, and the value in double quotes, in single quotes or without quotes.
_ATTRIBUTE = rf"""
    ( [^ \t\n\r\f/>] [^ \t\n\r\f/>=]*+ )
    (?: {_SPACES} = {_SPACES} (?: "([^"]*+)"? | '([^']*+)'? | ([^ \t\n\r\f>]*+) ) )?+
"""
_ATTRIBUTES = rf"(?: [ \t\n\r\f/]++ | {_ATTRIBUTE} )*+"
_TOKEN = re.compile(
    rf"""
    < (?! /\w+> ) (?:                                            # plain end tags are many and say nothing
        (?P<name> {_NAME} ) (?P<attributes> {_ATTRIBUTES} ) >?   # a start tag
      | / {_NAME} {_ATTRIBUTES} >?                               # an end tag: it may have attributes, too
      | !-- (?: -?> | .*? (?: --!?> | \Z ) )                     # a comment
      | [!/?] [^>]*+ >?                                          # whatever else browsers do not show
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE, re.VERBOSE)
#: The end tags of elements whose content is text, whatever it looks like.
_TEXT_ENDS = {
    name: re.compile(rf"</(?ai:{name})(?=[ \t\n\r\f/>])")
    for name in ("script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp")
}
#: Attributes that hold a link, whatever the element.
_LINKS = frozenset(("href", "src", "action", "formaction", "poster"))
_BLANK = re.compile(r"\s")
_UNLISTED = re.compile(r"(?i)\b(?:noindex|none)\b")
_REFRESH = re.compile(rf"(?i)[^;,]*+[;,]{_SPACES}url{_SPACES}={_SPACES}['\"]?([^'\"]*+)")


@dataclass(slots=True)
class Markup:
    """What a check wants to know of a page.

    Attributes:
        ids: the ids of its elements, in order; one appears twice if the page has it twice.
        anchors: the names of `<a name>`, which a fragment finds as well.
        links: what the page links to or loads, in order, as it is written.
        titles: the texts of its `<title>` elements; those of drawings follow that of the page.
        canonical: the address that the page gives as its own, "" if it gives none.
        base: the address that its relative links start from, "" if that is the page's own.
        is_listed: whether search engines may list it.
    """

    ids: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    canonical: str = ""
    base: str = ""
    is_listed: bool = True

    @property
    def title(self) -> str:
        """The page's own title, "" if it has none."""
        return self.titles[0] if self.titles else ""


@dataclass(slots=True)
class _Tag:
    """A start tag: its name, attributes and place, and for an element that can only hold text this text."""

    name: str
    attributes: Mapping[str, str]
    start: int
    text: str = ""

    def get(self, attribute: str) -> str:
        return self.attributes.get(attribute, "")


def read_markup(text: str) -> Markup:
    """Return what a page's HTML says."""
    page = Markup()
    for tag in _tags(text):
        page.links += _links(tag)
        if tag.get("id"):
            page.ids.append(tag.get("id"))
        match tag.name:
            case "a" if tag.get("name"):
                page.anchors.append(tag.get("name"))
            case "base":
                page.base = page.base or tag.get("href").strip()
            case "link" if _is_canonical(tag):
                page.canonical = tag.get("href").strip()
            case "meta" if tag.get("name").lower() == "robots" and _UNLISTED.search(tag.get("content")):
                page.is_listed = False
            case "title":
                page.titles.append(" ".join(unescape(tag.text).split()))
    return page


def line_of_link(text: str, link: str) -> int:
    """Return the line of a page's first tag with this link, 0 if there is none."""
    return _line(text, (tag for tag in _tags(text) if link in _links(tag)))


def line_of_second(text: str, element_id: str) -> int:
    """Return the line of a page's second tag with this id, 0 if there is none."""
    tags = (tag for tag in _tags(text) if tag.get("id") == element_id)
    return _line(text, islice(tags, 1, None))


def _line(text: str, tags: Iterator[_Tag]) -> int:
    """Return the line of the first of the tags, counted from 1; 0 if there are no tags."""
    tag = next(tags, None)
    return text.count("\n", 0, tag.start) + 1 if tag else 0


def _tags(text: str) -> Iterator[_Tag]:
    """Yield a page's start tags in order, except tags with neither attributes nor text."""
    end = 0
    while token := _TOKEN.search(text, end):
        start, end = token.span()
        name = (token["name"] or "").lower()
        if name in _TEXT_ENDS:
            content, end = end, _end_of_text(text, name, end)
            yield _Tag(name, _attributes(token["attributes"]), start, text[content:end])
        elif token["attributes"]:
            yield _Tag(name, _attributes(token["attributes"]), start)


def _end_of_text(text: str, name: str, start: int) -> int:
    """Return where the text ends that an element holds: before its end tag, or at the end of the page."""
    end = _TEXT_ENDS[name].search(text, start)
    return end.start() if end else len(text)


@lru_cache(maxsize=256)  # pages of a site share most of their tags
def _attributes(raw: str) -> Mapping[str, str]:
    """Return a tag's attributes; if two have the same name, the first counts."""
    values: dict[str, str] = {}
    for name, double, single, bare in _ONE_ATTRIBUTE.findall(raw):
        values.setdefault(name.lower(), unescape(double or single or bare))
    return values


def _links(tag: _Tag) -> Iterable[str]:
    """Return what a tag links to or loads; its canonical and base addresses are not links."""
    if tag.name == "meta":
        return _links_of_meta(tag)
    if tag.name == "base" or _is_canonical(tag):
        return ()
    return [
        value.strip()
        for key, value in tag.attributes.items()
        if key in _LINKS or (key == "data" and tag.name == "object")
    ]


def _links_of_meta(tag: _Tag) -> Iterable[str]:
    """Return where a page sends its reader on to, or the full address that it tells machines."""
    content = tag.get("content").strip()
    if tag.get("http-equiv").lower() == "refresh":
        match = _REFRESH.match(content)
        return (match[1].strip(),) if match else ()
    return (content,) if content.startswith(("http://", "https://")) and not _BLANK.search(content) else ()


def _is_canonical(tag: _Tag) -> bool:
    return tag.name == "link" and tag.get("rel").lower() == "canonical"
