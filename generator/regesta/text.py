"""Strings: clean what comes from outside, and give it the form that a place needs."""

from __future__ import annotations

import hashlib
import re
import unicodedata

#: C0 and C1 controls but tab and newline, lone surrogates, noncharacters and the byte order mark.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
#: Marks that turn the direction of what follows: they can make a line read as another one.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
#: Names that Windows keeps for devices, whatever the extension.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau "
        "upsilon phi chi psi omega".split(),
        strict=True,
    )
) | {"ς": "sigma", "∞": "infinity"}
_SPELL_OUT = str.maketrans(_GREEK)

SLUG_LENGTH = 80


def clean(text: str) -> str:
    """Return text in Unicode's composed form (NFC), without what cannot be printed or stored safely."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _BIDI.sub("", _UNPRINTABLE.sub("", text)))


def one_line(text: str) -> str:
    """Return text cleaned and on one line: runs of white space become one blank."""
    return " ".join(clean(text).split())


def visible(text: str) -> str:
    """Return text with controls shown as escapes, so that printing it cannot drive a terminal."""
    return _BIDI.sub(_escape, _UNPRINTABLE.sub(_escape, text))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def ascii_letters(text: str) -> str:
    """Return text in lower case without accents, Greek and ∞ spelt out."""
    lower = text.lower().translate(_SPELL_OUT)
    return "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))


def slug(text: str, length: int = SLUG_LENGTH) -> str:
    """Return a readable name for text, safe in a path and an address: `[a-z0-9-]`, cut at a word to fit length.

    Returns "" if text has no letter or digit that can be written in ASCII.
    """
    name = _NOT_SLUG.sub("-", re.sub(r"['’]", "", ascii_letters(text))).strip("-")
    if len(name) > length:
        head = name[: length + 1].rpartition("-")[0]
        name = head or name[:length]
    return f"{name}-" if _DEVICES.match(name) else name


def digest(data: str | bytes, size: int = 16) -> str:
    """Return a hash of data as `size` hexadecimal digits (BLAKE2b)."""
    raw = data.encode() if isinstance(data, str) else data
    return hashlib.blake2b(raw, digest_size=size // 2).hexdigest()


def title_key(title: str) -> str:
    """Return what two spellings of one title have in common: its letters and digits of any script, without TeX."""
    bare = re.sub(r"\\[a-zA-Z]+(?=\{)|[\\${}^_]", "", title)
    return "".join(c for c in ascii_letters(bare) if c.isalnum()) or digest(title)
