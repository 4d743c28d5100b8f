"""What a reader types or pastes, as a query: addresses and TeX become words. `themes/default/js/search/typed.js` does the same."""

from __future__ import annotations

import re

from regesta.text.patterns import pattern
from regesta.text.strings import GREEK

_ADDRESS = pattern(r"(?:https?://)?(?:[a-z]+\.)?(?:arxiv|doi)\.org/[^\s\"]+|https?://[^\s\"]+", re.IGNORECASE)
_DOI = pattern(r"10\.[0-9]{4,9}/[^?#]+")
_ARXIV = pattern(r"arxiv\.org/[a-z]+/([^?#]+?)(?:v[0-9]+)?(?:\.pdf)?/?(?:[?#].*)?$", re.IGNORECASE)
_LAST = pattern(r"([^/?#]*?)(?:\.[a-z]+)?/*(?:[?#].*)?$")
# As arXiv and others name a paper, with its subject behind: arXiv:2506.01234 [cs.CL].
_NAMED = pattern(r"(^|[^a-z])(?:arxiv preprint )?(?:arxiv|doi):\s*(?=[0-9a-z])", re.IGNORECASE)
_SUBJECT = pattern(r"([0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?)\s+\[[a-z-]+(?:\.[a-z-]+)?\]", re.IGNORECASE)

_TEX = pattern(r"[$\\]|[_^]\{")
_COMMAND = pattern(r"\\([A-Za-z]+)\*?\s*")
_MARKS = pattern(r"[${}\\]")
_GREEK = pattern(f"(?:var)?({'|'.join(GREEK.values())})", re.IGNORECASE)
_SAID = frozenset("arg cos det dim exp inf ker lim ln log max min sin sup tan".split())

_SHOUTED, _MOST_SHOUTED = pattern(r"\S+"), 4
_OPERATOR = pattern(r"(?<!\S)(?:NOT|OR)(?!\S)")


def as_query(text: str) -> str:
    """Return what was typed as a query.

    An address becomes what names the paper in it, and TeX the characters that a page shows. In a text all in capitals, as some
    write titles, NOT and OR are words.
    """
    text = _ADDRESS.sub(lambda found: _named_by(found[0]), text)
    text = _SUBJECT.sub(r"\1", _NAMED.sub(r"\1", text))
    if _TEX.search(text):
        text = _MARKS.sub("", _COMMAND.sub(_command, text))
    if text == text.upper() and len(_SHOUTED.findall(text)) > _MOST_SHOUTED:
        text = _OPERATOR.sub(lambda found: found[0].lower(), text)
    return text


def _named_by(address: str) -> str:
    """Return the DOI or the arXiv number in an address, else the last part of its path."""
    if doi := _DOI.search(address):
        return doi[0]
    found = _ARXIV.search(address) or _LAST.search(address)
    return found[1] if found else ""


def _command(found: re.Match[str]) -> str:
    r"""Return what is shown for a command: β for `\beta`, log for `\log`; nothing for others, such as `\mathbb`."""
    name = found[1]
    if greek := _GREEK.fullmatch(name):
        return greek[1].lower()
    if name == "infty":
        return "∞"
    return f" {name} " if name in _SAID else ""
