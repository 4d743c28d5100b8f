"""Turn the plain text of a title or an abstract, as scraped, into what a paper file holds."""

from __future__ import annotations

import re

from regesta.text.links import find_links, unmask
from regesta.text.strings import clean, one_line, shows
from regesta.text.tex import MATHS, restore

#: Characters that Markdown could take for markup, with just enough around them to leave the harmless ones alone.
_MARKUP = re.compile(
    r"""
    [\\`*$]                           # escapes, code, emphasis, mathematics
    | (?<![A-Za-z0-9])_ | _(?![A-Za-z0-9])  # emphasis, but not inside_a_word
    | <(?=[A-Za-z/!?])                # a tag or an autolink
    | &(?=\#?\w+;)                    # an entity
    | \](?=[(\[:])                    # the middle of a link, or of a reference
    """,
    re.VERBOSE,
)
#: Without one of these, which is the quicker to see, there is none of those.
_SIGN = re.compile(r"[\\`*$_<&\]]")
#: What opens a block when it begins a line: headings, quotations, lists, rules, fences, underlines.
_BLOCK = re.compile(r"(?:[#>+=~-]|(\d{1,9})(?=[.)](?:\s|$)))")


def title_text(raw: str) -> str:
    """Return a title on one line with its TeX restored; it may hold `$mathematics$`. One that shows nothing is none."""
    title = one_line(restore(one_line(raw)))
    return title if shows(title) else ""


def abstract_markdown(raw: str) -> str:
    """Return an abstract as one Markdown paragraph that shows what the author wrote, its addresses as links."""
    text = clean(restore(unmask(one_line(raw)))).strip()
    parts, position = [], 0
    for link in find_links(text):
        address = text[link.start : link.end]
        if not address.startswith("http"):
            continue  # an address without scheme stays text: Markdown has no short form for it
        parts += [escape(text[position : link.start]), f"<{address}>"]
        position = link.end
    body = "".join([*parts, escape(text[position:])])
    return _BLOCK.sub(_escape_block, body, count=1) if _BLOCK.match(body) else body


def escape(text: str) -> str:
    """Return one line of text in Markdown that shows just that; `$mathematics$` stays mathematics."""
    if not _SIGN.search(text):
        return text
    parts = MATHS.split(text) if "$" in text else [text]
    return "".join(
        f"${part}$" if index % 2 else _MARKUP.sub(r"\\\g<0>", part) for index, part in enumerate(parts)
    )


def _escape_block(match: re.Match[str]) -> str:
    return f"{match[1]}\\" if match[1] else f"\\{match[0]}"
