"""Web addresses in an abstract: find them, trim them, map mirrors back, and guess what each leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

#: An address with a scheme, or one without that can be nothing else (a repository, a project's github.io page).
_ADDRESS = re.compile(
    r"https?://[^\s<>\"“”`|\\^]+|(?<![\w./@-])(?:(?:www\.)?github\.com/[\w.-]+/[\w.-]+|[\w-]+\.github\.io(?:/[\w./~-]*)?)"
)
#: `u{u}` is what is left of TeX's \href{u}{u}.
_DOUBLED = re.compile(r"(https?://[^\s{}]+)\{\1\}")
#: Hosts that mirror huggingface.co path for path; scrapes of them carry their own name in every address.
_MIRROR = re.compile(r"(?<=://)(?:hf-proxy-[a-z0-9]+\.pages\.dev|b-61j\.pages\.dev|hf-proxy-cf\.effarig\.site)(?=/|$)")
_CODE_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org")
_HUB = "huggingface.co"
_TRAILING = ".,;:!?'’*_"
_PAIRS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a text: where it stands (start, end as offsets), its full form and what it leads to."""

    start: int
    end: int
    url: str
    kind: str


def unmask(text: str) -> str:
    r"""Return text with mirrors' hosts mapped back to the original's, and `u{u}` reduced to `u`."""
    return _DOUBLED.sub(r"\1", _MIRROR.sub(_HUB, text))


def find_links(text: str) -> list[Link]:
    """Return the addresses in a plain text, in order, each without the punctuation of the sentence around it."""
    links = []
    for match in _ADDRESS.finditer(text):
        address = _trim(match[0])
        url = address if address.startswith("http") else f"https://{address}"
        host, path = _host_and_path(url)
        if host:
            kind = _kind(host.removeprefix("www."), path.strip("/"), text[: match.start()])
            links.append(Link(match.start(), match.start() + len(address), url, kind))
    return links


def _host_and_path(url: str) -> tuple[str, str]:
    """Return what an address is made of; two empty texts for a placeholder such as `https://[anonymous]`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.hostname or "", parts.path


def _trim(address: str) -> str:
    while address:
        last = address[-1]
        unpaired = last in _PAIRS and address.count(_PAIRS[last]) < address.count(last)
        if last not in _TRAILING and not unpaired:
            break
        address = address[:-1]
    return address


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
    section = path.partition("/")[0]
    if section in ("datasets", "spaces", "papers"):
        return {"datasets": "data", "spaces": "project", "papers": "discussion"}[section]
    words = re.findall(r"datasets?|data|models?|weights|checkpoints?|negatives", before[-200:].lower())
    return "data" if words and words[-1][:4] in ("data", "nega") else "model"


def by_kind(links: list[Link]) -> dict[str, str]:
    """Return address by kind; a second address of a kind is numbered (`code-2`), the same one is not repeated."""
    found: dict[str, str] = {}
    for link in links:
        if not link.kind or link.url in found.values():
            continue
        number = sum(kind == link.kind or kind.startswith(f"{link.kind}-") for kind in found)
        found[f"{link.kind}-{number + 1}" if number else link.kind] = link.url
    return found
