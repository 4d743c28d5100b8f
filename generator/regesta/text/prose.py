"""Convert the scraped plain text of a title or an abstract into the text of a paper file."""

from __future__ import annotations

import re
from functools import partial
from operator import attrgetter

from regesta.text.formulas import convert
from regesta.text.links import find_links, unmask
from regesta.text.strings import clean, one_line, shows
from regesta.text.tex import restore

#: Characters that Markdown could take for markup, with enough context to leave the harmless ones alone.
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
#: The characters that all of these begin with: a quick test, as a text without them needs no escapes.
_SIGN = re.compile(r"[\\`*$_<&\]]")
#: The beginning of a line that opens a block: a heading, quotation, list, rule, fence or underline.
_BLOCK = re.compile(r"(?:[#>+=~-]|(\d{1,9})(?=[.)](?:\s|$)))")


def title_text(raw: str) -> str:
    """Return a title on one line with its TeX restored, formulas as `$TeX$`; "" if it shows nothing."""
    title = one_line(restore(one_line(raw)))
    return title if shows(title) else ""


def abstract_markdown(raw: str) -> str:
    """Return an abstract as one Markdown paragraph that shows the author's text, its addresses as links."""
    text = clean(restore(unmask(one_line(raw)))).strip()
    parts, position = [], 0
    for link in find_links(text):
        address = text[link.start : link.end]
        if not address.startswith("http"):
            continue  # an address without a scheme stays text: Markdown has no short form for it
        parts += [escape(text[position : link.start]), f"<{address}>"]
        position = link.end
    body = "".join([*parts, escape(text[position:])])
    return _BLOCK.sub(_escape_block, body, count=1) if _BLOCK.match(body) else body


def escape(text: str) -> str:
    """Return one line of text escaped for Markdown; formulas stay formulas."""
    if not _SIGN.search(text):
        return text
    return convert(text, partial(_MARKUP.sub, r"\\\g<0>"), attrgetter("source"))


def _escape_block(match: re.Match[str]) -> str:
    return f"{match[1]}\\" if match[1] else f"\\{match[0]}"
