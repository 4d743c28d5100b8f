"""Read HTML as far as a check needs it: the tags that browsers would find, in pages of anybody's making."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Whatever a page holds, each character is looked at a few times at most: repetitions are possessive, and what was begun
# may end with the text.
_SPACE = "[ \t\n\r\f]*+"
_NAME = "[^ \t\n\r\f/>][^ \t\n\r\f/>=]*+"
_VALUES = (
    ('"', '[^"]*+', r'(?:"|\Z)'),
    ("'", "[^']*+", r"(?:'|\Z)"),
    ("", "[^ \t\n\r\f>\"'][^ \t\n\r\f>]*+", ""),
)


def _attribute(group: str) -> str:
    """Return the pattern of an attribute: its name and the three ways to write a value, each in such a group."""
    values = "|".join(f"{before}{group}{value}){after}" for before, value, after in _VALUES)
    return f"{group}{_NAME})(?:{_SPACE}={_SPACE}(?:{values})?+)?+"


#: Elements whose content is text, whatever it looks like.
_TEXT_ONLY = "(?i:script|style|textarea|title|iframe|noembed|noframes|xmp)(?=[ \t\n\r\f/>])"
#: The name of a tag that has more than a name: those without attributes are many, and say nothing.
_WITH_MORE = "(?![a-zA-Z0-9]++>)[a-zA-Z][^ \t\n\r\f/>]*+"
_ATTRIBUTES = rf"(?:[ \t\n\r\f/]++|{_attribute('(?:')})*+(?:>|\Z)"
_TAG = re.compile(
    rf"<(?:(?:(?P<text>{_TEXT_ONLY})|(?P<name>{_WITH_MORE}))(?P<attributes>{_ATTRIBUTES})"
    r"(?(text)(?P<content>(?:[^<]++|<(?!/(?i:(?P=text))[ \t\n\r\f/>]))*+))"
    r"|!--(?:-?>|(?s:.*?)(?:--!?>|\Z))"
    rf"|/{_WITH_MORE}{_ATTRIBUTES}"
    r"|(?:[!?]|/[^a-zA-Z>])[^>]*+(?:>|\Z))"
)
_ONE_ATTRIBUTE = re.compile(_attribute("("))
#: Attributes that hold a link, in whatever element.
_LINKS = frozenset(("href", "src", "action", "formaction", "poster"))
_MATTERS = re.compile(rf"(?i)\b(?:id|name|data|content|{'|'.join(sorted(_LINKS))}){_SPACE}=")
#: Elements that nearly always have such an attribute: looking twice would take longer.
_OFTEN = frozenset(("a", "link", "meta"))
_BLANK = re.compile(r"\s")
_UNLISTED = re.compile(r"(?i)\b(?:noindex|none)\b")
_REFRESH = re.compile(rf"(?i)[^;,]*+[;,]{_SPACE}url{_SPACE}={_SPACE}['\"]?([^'\"]*+)")


@dataclass(slots=True)
class Markup:
    """What a check wants to know of a page.

    Attributes:
        ids: of its elements, in their order; none twice unless the page has it twice.
        anchors: names of `<a name>`, which a fragment finds as well.
        links: whatever it links to or loads, in order, as it is written.
        title: the text of its `<title>`.
        canonical: the address that it says is its own, "" if it says none.
        base: what its relative links are relative to, "" if that is its own address.
        is_listed: whether search engines are to know it.
    """

    ids: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    title: str = ""
    canonical: str = ""
    base: str = ""
    is_listed: bool = True


def read_markup(text: str) -> Markup:
    """Return what a page's HTML says."""
    page, has_title = Markup(), False
    for name, attributes, tag in _elements(text):
        if name == "title" and not has_title:  # drawings have titles, too
            page.title, has_title = " ".join(unescape(tag["content"]).split()), True
        elif name == "meta":
            _read_meta(page, attributes)
        elif name == "base":
            page.base = page.base or attributes.get("href", "").strip()
        elif name == "link" and attributes.get("rel", "").lower() == "canonical":
            page.canonical = attributes.get("href", "").strip()
        else:
            page.links += _links(name, attributes)
        if attributes.get("id"):
            page.ids.append(attributes["id"])
        if name == "a" and attributes.get("name"):
            page.anchors.append(attributes["name"])
    return page


def find_line(text: str, *, link: str = "", double: str = "") -> int:
    """Return the line of a page's first tag with this link, or of the second with this id; 0 if there is none."""
    met = 0
    for name, attributes, tag in _elements(text):
        met += double != "" and attributes.get("id") == double
        of_meta = _links_of_meta(attributes) if link and name == "meta" else ()
        if met == 2 or (link and (link in of_meta or link in _links(name, attributes))):  # noqa: PLR2004
            return text.count("\n", 0, tag.start()) + 1
    return 0


def _elements(text: str) -> Iterator[tuple[str, dict[str, str], re.Match[str]]]:
    """Yield the name and the attributes of each tag that may matter, and where it is."""
    for tag in _TAG.finditer(text):
        text_only, name, attributes = tag.group("text", "name", "attributes")
        if text_only or name in _OFTEN or (name and _MATTERS.search(attributes)):
            yield (text_only or name).lower(), _attributes(attributes), tag


def _attributes(raw: str) -> dict[str, str]:
    """Return a tag's attributes; of two with one name the first counts."""
    values: dict[str, str] = {}
    for name, double, single, bare in _ONE_ATTRIBUTE.findall(raw):
        value = double or single or bare
        values.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return values


def _links(name: str, attributes: dict[str, str]) -> list[str]:
    return [
        value.strip()
        for key, value in attributes.items()
        if key in _LINKS or (key == "data" and name == "object")
    ]


def _read_meta(page: Markup, attributes: dict[str, str]) -> None:
    page.links += _links_of_meta(attributes)
    if attributes.get("name", "").lower() == "robots" and _UNLISTED.search(attributes.get("content", "")):
        page.is_listed = False


def _links_of_meta(attributes: dict[str, str]) -> list[str]:
    """Return where a page sends its reader on to, or the full address that it tells machines."""
    content = attributes.get("content", "").strip()
    if attributes.get("http-equiv", "").lower() == "refresh":
        match = _REFRESH.match(content)
        return [match[1].strip()] if match else []
    return [content] if content.startswith(("http://", "https://")) and not _BLANK.search(content) else []
