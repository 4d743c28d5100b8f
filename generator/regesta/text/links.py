"""Web addresses in an abstract: find them, trim them, replace mirrors, and guess what each leads to."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from regesta.text.patterns import pattern

#: An address with a scheme, or an unmistakable one without (a repository, a project's github.io page).
_ADDRESS = pattern(
    r"https?://[^\s<>\"“”`|\\^]+|(?<![\w./@-])(?:(?:www\.)?github\.com/[\w.-]+/[\w.-]+|[\w-]+\.github\.io(?:/[\w./~-]*)?)"
)
_IN_BRACES = pattern(r"\{(https?://[^\s{}]+)\}")
#: Mirrors of huggingface.co with the same paths; pages scraped from them name them in every address.
_MIRROR = pattern(
    r"(?<=://)(?:hf-proxy-[a-z0-9]+\.pages\.dev|b-61j\.pages\.dev|hf-proxy-cf\.effarig\.site)(?=/|$)"
)
_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org")
_HUB = "huggingface.co"
_TRAILING = ".,;:!?'’*_"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_BEFORE = 200  # characters before an address that may say what it leads to


class FoundLink(NamedTuple):
    """An address in a text: where it stands (start, end as offsets), its full form and what it leads to."""

    start: int
    end: int
    url: str
    kind: str


def unmask(text: str) -> str:
    r"""Return text with mirrors replaced by the original host, and `u{u}` (once TeX's \href{u}{u}) by `u`."""
    if "://" not in text:
        return text
    text = _MIRROR.sub(_HUB, text)
    return _IN_BRACES.sub(lambda match: "" if text.endswith(match[1], 0, match.start()) else match[0], text)


def find_links(text: str) -> list[FoundLink]:
    """Return the addresses in a plain text, in order, without the punctuation of the sentence around them."""
    links: list[FoundLink] = []
    if "://" not in text and "github" not in text:  # most texts
        return links
    for match in _ADDRESS.finditer(text):
        address = _trim(match[0])
        url = address if address.startswith("http") else f"https://{address}"
        host, path = _host_and_path(url)
        if host:
            before = text[max(match.start() - _BEFORE, 0) : match.start()]
            kind = _kind(host.removeprefix("www."), path.strip("/"), before)
            links.append(FoundLink(match.start(), match.start() + len(address), url, kind))
    return links


def _host_and_path(url: str) -> tuple[str, str]:
    """Return an address's host and path, both "" for a placeholder such as `https://[anonymous]`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.hostname or "", parts.path


def _trim(address: str) -> str:
    """Return an address without the end of its sentence: punctuation, and brackets opened before it."""
    unpaired = {last: address.count(last) - address.count(first) for last, first in _PAIRS.items()}
    end = len(address)
    while end and (address[end - 1] in _TRAILING or unpaired.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in unpaired:
            unpaired[address[end]] -= 1
    return address[:end]


def _kind(host: str, path: str, before: str) -> str:
    """Return what an address leads to: code, data, model or project; "" for a host's front page."""
    if not path and host in (*_CODE_HOSTS, _HUB):
        return ""
    if host in _CODE_HOSTS:
        return "code"
    if host == _HUB:
        return _hub_kind(path, before)
    return "project"


def _hub_kind(path: str, before: str) -> str:
    """Return what an address on the Hugging Face Hub leads to; a model or dataset by the words before it."""
    section = path.partition("/")[0]
    if section in ("datasets", "spaces", "papers"):
        return {"datasets": "data", "spaces": "project", "papers": "discussion"}[section]
    words = re.findall(r"datasets?|data|models?|weights|checkpoints?|negatives", before.lower())
    return "data" if words and words[-1][:4] in ("data", "nega") else "model"


#: An address that is certainly valid, as almost all are: it need not be parsed.
_PLAIN_ADDRESS = pattern(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:/[A-Za-z0-9._~!$&'()*+,;=:@%/?#-]*)?")
_LONGEST_ADDRESS = 2000


def is_address(url: str) -> bool:
    """Tell whether a text is a web address that a paper file may hold."""
    if len(url) > _LONGEST_ADDRESS or not url.isprintable():
        return False
    if _PLAIN_ADDRESS.fullmatch(url):
        return True
    try:
        return bool(re.fullmatch(r"https?://[^\s\"<>\\]+", url) and urlsplit(url).hostname)
    except ValueError:  # a placeholder such as https://[anonymous]
        return False
