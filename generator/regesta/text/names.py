"""Names of people and organizations: family and given name of one that is written as a single string.

The rule is that of BibTeX (the family name begins at the first word in lower case, else it is the last word), made
wider for particles with a capital, suffixes, scripts that put the family first, and names that have no parts at all.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_KNOWN = 50_000  # names that stay in memory
#: Words in the names of organizations, not of people, and what only these have between or in their words.
_OF_ORGANIZATIONS = frozenset(
    "AI Academy Agency Alliance Association Authors Center Centre Collaboration College Committee Community Company Consortium "
    "Contributors Corp Corporation Council DeepMind Department Foundation GmbH Google Group Inc Initiative Institut Institute Instituto "
    "LLC Lab Labs Laboratory Laboratories Ltd Microsoft Ministry NVIDIA Network OpenAI Organisation Organization Project Research "
    "Society Team Universidad Universidade University Universität Université Workshop".split()
)
#: A part in brackets, with the space before it: another script's or a nickname, `Wei Li (李伟)`.
_IN_BRACKETS = re.compile(r"\s*(?<!-)(?:\([^()]*\)|（[^（）]*）|\[[^\[\]]*\])(?=[\s,]|$)")
_BRACKETS = "()（）[]"
_BETWEEN = frozenset("and for of the".split())
_NOT_IN_NAMES = re.compile(r"[\d&@/:]")
#: What stands behind a family name and belongs to it; in Portuguese, too.
_SUFFIX = re.compile(r"(?:Jr|Sr|Esq)\.?|I{2,3}|I?V|VI{0,3}|Filho|J[uú]nior|Neto|Sobrinho|M\.?D\.?|Ph\.?D\.?")
#: Particles that may also begin with a capital: `Benjamin Van Durme`.
_PARTICLES = frozenset(
    "abu al af av bar ben bin bint da dal das de degli dei del della den der des di dos du el ibn la las le lo los mac mc 'n op opden "
    "saint san santa st st. 't te ten ter van vande vanden vander vom von zu zum zur o'".split()
)
#: Words that join two family names: `José Ortega y Gasset`.
_JOINTS = frozenset(("y", "e", "i"))
#: Vietnamese family names: before one of them, or behind one that stands first, `Van` and `Le` are middle names.
_VIETNAMESE = frozenset(
    "bui chu dang dao dinh do doan duong ha ho hoang huynh le luong ly mai ngo nguyen pham phan ta tran trinh truong vo vu".split()
)
#: What stands at the end of a list of names that goes on.
_OTHERS = re.compile(
    r"(?:^|[\s,])(?:et\.? al(?:ii|iae|ia)?|(?:and|&) others)\.?$|^(?:others\.?|…|\.{3})$", re.IGNORECASE
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?)(?:[^\W\d_]\.-?)*")


class Name(NamedTuple):
    """A name in its parts; `given` is "" where there are none (`Plato`, `The ATLAS Collaboration`)."""

    family: str
    given: str

    @property
    def family_first(self) -> str:
        """The name as indexes and bibliographies have it: `Goot, Rob`, or the whole."""
        return f"{self.family}, {self.given}" if self.given else self.family


def is_organization(name: str) -> bool:
    """Tell whether a name is clearly that of an organization."""
    words = name.replace("-", " ").split()
    bare = {word.strip(".,()") for word in words}
    is_one = not (_OF_ORGANIZATIONS.isdisjoint(bare) and _BETWEEN.isdisjoint(words[1:-1]))
    return is_one or words[:1] == ["The"] or bool(_NOT_IN_NAMES.search(name))


def without_others(name: str) -> str:
    """Return a name without `et al.` or `and others` at its end; "" if it says only that the list of names goes on."""
    return _OTHERS.sub("", name).rstrip(", ")


def is_east_asian(character: str) -> bool:
    """Tell whether a character is one of Chinese characters, kana and Hangul syllables."""
    ranges = (("\u3005", "\u9fff"), ("\uac00", "\ud7a3"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))
    return any(first <= character <= last for first, last in ranges)


@lru_cache(maxsize=_KNOWN)
def split_name(name: str) -> Name:
    """Return the parts of a name that is written as one string.

    `Rob van der Goot` is `van der Goot, Rob`; `Hal Daumé III` is `Daumé III, Hal`; what cannot be told apart stays whole.
    A part in brackets goes with the given name: `Wei Li (李伟)` is `Li, Wei (李伟)`.
    """
    if any(bracket in name for bracket in _BRACKETS):
        return _split_beside_brackets(name)
    words = name.replace(",", " ,").split()
    if len(words) < 2 or is_organization(name):  # noqa: PLR2004 - a family and a given name
        return Name(name, "")
    return _reversed_name(name) if "," in words else _in_parts(words)


def split_alike(name: str, example: str) -> Name:
    """Return the parts of a spelling of a name, like those of another one that is written `Family, Given`.

    Like `Garcia Lopez, Ana`, `A. Garcia Lopez` is `Garcia Lopez, A.`; an example without a comma keeps the name whole.
    """
    family, _, given = (part.strip() for part in example.partition(","))
    words, last = name.split(), family.split()
    if not given:
        return Name(name, "")
    if words[-len(last) :] == last:
        return Name(family, " ".join(words[: -len(last)]))
    if words[: len(last)] == last:
        return Name(family, " ".join(words[len(last) :]))
    return split_name(name)


def _split_beside_brackets(name: str) -> Name:
    """Return the parts of a name with brackets; it stays whole if it has no parts without them."""
    bare = _IN_BRACKETS.sub("", name).strip()
    if is_organization(name) or any(bracket in bare for bracket in _BRACKETS):
        return Name(name, "")
    family, given = split_name(bare)
    bracketed = " ".join(part.strip() for part in _IN_BRACKETS.findall(name))
    return Name(family, f"{given} {bracketed}") if given else Name(name, "")


def _reversed_name(name: str) -> Name:
    """Return the parts of a name with commas: `Goot, Rob`, or with a suffix, `John Smith, Jr.` and `Smith, Jr., John`."""
    first, *others = (part.strip() for part in name.split(","))
    suffixes = [part for part in others if _SUFFIX.fullmatch(part)]
    given = [part for part in others if part and part not in suffixes]
    if len(given) > 1 or not first:
        return Name(name, "")
    plain = Name(first, given[0]) if given else split_name(first)
    return Name(" ".join((plain.family, *suffixes)), plain.given)


def _in_parts(words: list[str]) -> Name:
    """Return the parts of a name of two words at least."""
    first, last = is_east_asian(words[0][0]), is_east_asian(words[-1][0])
    if first and last:  # the family name comes first
        return Name(words[0], " ".join(words[1:]))
    if first or (
        last and len(words[-1]) > 1
    ):  # the name in two scripts: `Zhang San 张三`, but not `Ed A. 李`
        return Name(" ".join(words), "")
    end = len(words)
    while end > 2 and _SUFFIX.fullmatch(words[end - 1]):  # noqa: PLR2004 - behind a given and a family name
        end -= 1
    has_initial = _INITIALS.fullmatch(words[-1]) and words[-1][0].isupper()
    if end == len(words) and has_initial and not _INITIALS.fullmatch(words[0]):
        return Name(" ".join(words[:-1]), words[-1])  # as medicine writes them: `Smith J.`
    start = _start_of_family(words[:end])
    return Name(" ".join(words[start:]), " ".join(words[:start]))


def _start_of_family(words: list[str]) -> int:
    """Return the place of the first word of the family name, in a name without suffixes."""
    last = len(words) - 1
    has_capitals = any(word[:1].isupper() for word in words)
    is_vietnamese = not _VIETNAMESE.isdisjoint((words[0].lower(), words[last].lower()))
    if words[0].lower() in _PARTICLES and words[0].islower():
        return 0
    for place, word in enumerate(words[1:last], 1):
        if word in _JOINTS and place > 1:
            return place - 1
        if word.islower() and not _INITIALS.fullmatch(word) and (has_capitals or word in _PARTICLES):
            return place
        if word.lower() in _PARTICLES and not is_vietnamese:
            return place
    return last


def first_letter(key: str) -> str:
    """Return the first letter of what something is sorted by; "" for a digit, a sign, Chinese characters and kana."""
    first = key[:1].upper()[:1]
    return first if first.isalpha() and not is_east_asian(first) else ""
