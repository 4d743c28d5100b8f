"""Other spellings of a word: colour, color; quantise, quantize; matrix, matrices; 1.5, v1.5. `themes/default/js/search/variants.js` has the same."""

from __future__ import annotations

from regesta.text.patterns import pattern

_OUR = "arb|ard|arm|behavi|cand|clam|col|endeav|fav|flav|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum|sav|splend|tum|val|vap|vig"
#: What comes before, what differs, and what follows.
_RULES = tuple(
    map(
        pattern,
        (
            "(.{3,})(is|iz)(e[drs]?|ers|ing|ations?|able)",
            "(.{2,})(ys|yz)(e[drs]?|ers|ing)",
            f"(.*(?:{_OUR}))(our|or)(.*)",
            "(cent|fib|calib|lust|spect|theat|(?:centi|kilo|milli|nano)?met)(re|er)(s?)",
            "(.*[ao]l)(ogue|og)(s?)",
            "(def|off|lic|pret)(ence|ense)(s?|less)",
            "(gr)(ey|ay)(.*)",
            "(s)(ceptic|keptic)(.*)",
            "(art)(ef|if)(acts?)",
            "(mat)(rix|rices)()",
            "(cor|ver)(tex|tices)()",
            "(ind)(ex|ices)()",
            "(.*(?:ba|cri|diagno|oa|ly|the))(sis|ses)()",
            "(corp)(us|ora)()",
            "(automat|criteri|phenomen)(on|a)()",
            "(cal|hal|lea|shel|wol)(f|ves)()",
            "(m)(ouse|ice)()",
            "(chil)(d|dren)()",
            "(wom)(an|en)()",
        ),
    )
)
_PAIRS = (
    "is iz ys yz our or re er ogue og ence ense ey ay ceptic keptic ef if "
    "rix rices tex tices ex ices sis ses us ora on a f ves ouse ice d dren an en"
).split()
_OTHER = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)) | dict(zip(_PAIRS[1::2], _PAIRS[::2], strict=True))

_VERSION = pattern(r"(v?)([0-9]{1,2}(?:\.[0-9]{1,2})?)")


def variant(word: str) -> str:
    """Return the other spelling of a word in lower case; "" if it has only one."""
    if version := _VERSION.fullmatch(word):
        return version[2] if version[1] else f"v{word}"
    for rule in _RULES:
        if found := rule.fullmatch(word):
            return f"{found[1]}{_OTHER[found[2]]}{found[3]}"
    return ""
