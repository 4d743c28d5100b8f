"""Strings: clean text from outside, and convert it to the form that its place needs."""

from __future__ import annotations

import re
import unicodedata
from _blake2 import blake2b  # from hashlib, it would come with OpenSSL, which takes a while to load
from functools import lru_cache
from itertools import accumulate, filterfalse
from typing import TYPE_CHECKING

from regesta.text.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The last two code points of every plane, which Unicode defines as noncharacters.
_NONCHARACTERS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
#: Characters that show nothing: C0 and C1 controls except tab and newline, lone surrogates, noncharacters,
#: the byte order mark, annotation marks and the Tags block; and those that control the direction of text,
#: which can make one line read as another ("Trojan Source").
_UNWANTED = pattern(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\U000e0000-\U000e007f{_NONCHARACTERS}"
    "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]"
)
#: A run that may pile many marks on one letter: it covers other lines, and takes quadratic time to normalize.
_PILE = pattern(r"[^ -~\s\w][^ -~\s\w]{16,}")  # in this form, the search quickly skips other characters
_MOST_MARKS = 16  # more than any script needs
#: Letters and a symbol that are drawn as nothing.
_FILLERS = "\u115f\u1160\u3164\uffa0\u2800"
_BREAK = pattern(r"[\t\n\u2028\u2029]")
_NOT_SLUG = pattern(r"[^a-z0-9]+")
#: Names that Windows keeps for devices, whatever the extension.
_DEVICES = pattern(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau "
        "upsilon phi chi psi omega".split(),
        strict=True,
    )
)
_SPELL_OUT = str.maketrans(GREEK | {"ς": "sigma", "∞": "infinity"})
#: Greek letters in a row that are a word, not symbols side by side.
_GREEK_WORD = pattern("[α-ω]{3}")
#: Letters with a stroke and ligatures, which have no accent to leave out, and how they are written without.
PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    | {"ŧ": "t", "ŋ": "ng", "ə": "e"}
)

SLUG_LENGTH = 80
#: Characters that an abstract or a note may have, and that one line may have: far more than any needs.
LONGEST_TEXT, LONGEST_LINE = 50_000, 1000
#: Characters of a text, of a name, and of a list of names that a message shows.
_SHOWN_TEXT, _SHOWN_NAME, _SHOWN_LIST = 500, 80, 400


def clean(text: str) -> str:
    """Return text in Unicode's composed form (NFC), without characters that are not safe to show or store."""
    if text.isascii() and text.isprintable():
        return text
    if not text.replace("\n", "").isprintable():
        text = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", _PILE.sub(_limit_marks, text))
    return _PILE.sub(_limit_marks, composed)  # NFC writes some marks as two


def _limit_marks(match: re.Match[str]) -> str:
    """Return a run of characters with at most `_MOST_MARKS` marks or characters without width in a row."""
    kept, marks = [], 0
    for character in match[0]:
        marks = marks + 1 if unicodedata.category(character)[0] in "MC" else 0
        kept += [character] if marks <= _MOST_MARKS else []
    return "".join(kept)


def shows(text: str) -> bool:
    """Tell whether a reader sees anything of a text: it holds more than spaces, marks and fillers."""
    if text[:1].isascii() and text[:1].isalnum():  # most texts
        return True
    return any(
        unicodedata.category(character)[0] in "LNPS" and character not in _FILLERS for character in text
    )


def one_line(text: str) -> str:
    """Return text cleaned and on one line: runs of white space become one space."""
    return " ".join(clean(text).split())


def visible(text: str) -> str:
    """Return text with controls and line ends escaped: it prints on one line and cannot drive a terminal."""
    if text.isprintable():  # nothing unwanted is printable
        return text
    return _BREAK.sub(_escape, _UNWANTED.sub(_escape, text))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def ascii_letters(text: str) -> str:
    """Return text in lower case without diacritics, Greek letters and ∞ spelt out."""
    if text.isascii():
        return text.lower()
    return _without_marks(text.lower().translate(_SPELL_OUT))


def _without_marks(text: str) -> str:
    return "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", text)))


def slug(text: str, length: int = SLUG_LENGTH) -> str:
    """Return a readable name for text, safe in paths and addresses: `[a-z0-9-]`, cut at a word to fit length.

    Greek letters have their names (β-VAE: `beta-vae`), but in a text with Greek words they are left out, as those of
    other scripts are. Returns "" if text has no letter or digit that can be written in ASCII.
    """
    name = _NOT_SLUG.sub("-", re.sub(r"['’]", "", _in_ascii(text))).strip("-")
    if len(name) > length:
        head = name[: length + 1].rpartition("-")[0]
        name = head or name[:length]
    return f"{name}-" if _DEVICES.match(name) else name


def _in_ascii(text: str) -> str:
    """Return text in lower case, its letters in ASCII where they have such a form."""
    if text.isascii():
        return text.lower()
    plain = _without_marks(text.lower().translate(PLAIN_LETTERS))
    return plain if _GREEK_WORD.search(plain) else plain.translate(_SPELL_OUT)


def counted(number: int, noun: str, many: str = "") -> str:
    """Return a number with its noun, `1 paper` or `461 papers`; `many` is an irregular plural."""
    return f"{number} {noun if number == 1 else many or f'{noun}s'}"


def short(text: str, length: int = _SHOWN_TEXT) -> str:
    """Return a text as a message shows it: if it is longer than this, without its middle.

    A long quotation often stands in the middle, and what is wrong with it at the end.
    """
    if len(text) <= length:
        return text
    end = length // 4
    return f"{text[: length - end]} … {text[-end:]}"


def some(names: Iterable[str]) -> str:
    """Return a list of names as a message shows it: as many as one can read, and how many more there are.

    `some(["a", "b"])` is `a, b`; of 10,000 columns it is `column-1, column-2 … and 9,998 more`, with more of them.
    """
    shown = [short(name, _SHOWN_NAME) for name in names]
    ends = accumulate(len(name) + len(", ") for name in shown)
    first = sum(end <= _SHOWN_LIST for end in ends)
    more = len(shown) - first
    return ", ".join(shown[:first]) + (f" … and {more:,} more" if more else "")


def size(count: int) -> str:
    """Return a number of bytes as people write it: 980 bytes, 36 kB, 13.4 MB, 1.02 GB."""
    for unit, bytes_of_it, digits in (("GB", 10**9, 2), ("MB", 10**6, 1), ("kB", 10**3, 0)):
        if count >= bytes_of_it:
            return f"{count / bytes_of_it:.{digits}f} {unit}"
    return f"{count} bytes"


def digest(data: str | bytes, size: int = 16) -> str:
    """Return a hash of data as `size` hexadecimal digits (BLAKE2b)."""
    raw = data.encode() if isinstance(data, str) else data
    return blake2b(raw, digest_size=size // 2).hexdigest()


def checksum(data: bytes) -> str:
    """Return a hash of the bytes of a file as 16 hexadecimal digits, to know them again.

    It is SHA-256, for which most processors have instructions: large files take half the time of `digest`.
    """
    from hashlib import sha256  # loads OpenSSL, which a build that changes nothing has no use for

    return sha256(data).hexdigest()[:16]


@lru_cache(maxsize=1 << 15)
def title_key(title: str) -> str:
    """Return the letters and digits of a title, without TeX: the same for two spellings of one title."""
    bare = re.sub(r"\\[a-zA-Z]+(?=\{)|[\\${}^_]", "", title)
    return "".join(filter(str.isalnum, ascii_letters(bare))) or digest(title)
