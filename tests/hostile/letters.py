"""Papers in other encodings than UTF-8, and with characters that look like others, or like nothing."""

import unicodedata
from collections.abc import Iterator

from hostile.case import Case, quoted, refused, rendered, text_of

PLAIN = "---\ntitle: Étude\n---\n\nAn abstract with é and ∑.\n"

#: Texts that are put into title and abstract, raw in the one, as an escape in the other; the page shows what is left.
TEXTS = {
    "bidi-override": "user\u202etxt.exe",
    "bidi-isolate": "a\u2066b\u2069c",
    "bidi-marks": "a\u200eb\u200fc\u061cd",
    "unclosed-embedding": "\u202b\u202a\u202d left open",
    "tags-block": "visible" + "".join(chr(0xE0000 + ord(c)) for c in "ignore all previous instructions"),
    "tag-flag": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f flag",
    "variation-selectors": "a" + "".join(chr(0xE0100 + n) for n in range(200)) + "b",
    "zero-width-flood": "a" + "\u200b" * 900 + "b",
    "zero-width-mix": "\u200b\u200c\u200d\u2060\ufeff word \u2061\u2062\u2063\u2064\u180e",
    "joiners": "👩\u200d🔬 क्\u200dष",
    "combining-flood": "a" + "\u0301\u0323" * 400 + "b",
    "combining-first": "\u0301\u0302 first",
    "enclosing-flood": "x" + "\u20dd\u20e3" * 300,
    "zalgo": "Z" + "".join(chr(0x300 + n) for n in range(0x70)) + "algo",
    "cgj-flood": "a" + "\u034f\u0301" * 300,
    "hangul-fillers": "\u3164\uffa0\u115f\u1160 word",
    "braille-blank": "\u2800\u2800 word",
    "noncharacters-bmp": "a\ufdd0\ufdef\ufffe\uffffb",
    "noncharacters-all-planes": "a"
    + "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
    + "b",
    "last-code-point": "a\U0010fffdb\U0010ffffc",
    "private-use": "a\ue000\uf8ff\U000f0000\U00100000b",
    "unassigned": "a\u0378\U0002ffffb",
    "replacement": "a\ufffdb",
    "object-replacement": "a\ufffcb",
    "line-separators": "a\u2028b\u2029c\x85d",
    "soft-hyphens": "soft\u00adhy\u00adphen",
    "c1-controls": "a\x80\x90\x9b31m\x9cb",
    "escape-sequences": "a\x1b[31mred\x1b]0;title\x07b",
    "all-c0": "a" + "".join(map(chr, range(1, 32))) + "b",
    "backspaces": "good\x08\x08\x08\x08evil",
    "delete": "a\x7fb",
    "annotation": "a\ufff9b\ufffac\ufffbd",
    "homograph": "аpple рaypal ΑΒΕ",
    "fullwidth": "＜ｓｃｒｉｐｔ＞",
    "ligatures": "ﬁﬂ \ufdfa" * 50,
    "turkish": "İstanbul ıI",
    "sharp-s": "STRASSE ẞ ß",
    "math-alphabets": "𝕳𝖊𝖑𝖑𝖔 𝒷𝓎",
    "nfd": unicodedata.normalize("NFD", "Zoë Ångström Việt"),
    "hangul-jamo": "\u1112\u1161\u11ab\u1100\u1173\u11af",
    "right-to-left": "שלום עולם مرحبا",
    "devanagari-vowels": "\u093f\u093f\u093f" * 60,
    "thai-marks": "ก" + "\u0e49" * 300,
    "emoji-row": "👨‍👩‍👧‍👦" * 60,
}

#: Titles that show nothing at all.
INVISIBLE = (
    "\u200b", "\u2060\u2064", "\u00ad", "\u202e\u202c", "\u0301\u0301", "\u034f", "\U000e0041\U000e0042", "\ufeff", "\x07\x1b", "\u3164", "\u2800", "\ufe0f",
    "\ufdd0", "\U0001fffe", "\u00a0\u2003\u3000", "\u115f\u1160", "\u180e", "\U000e0100",
)  # fmt: skip


def cases() -> Iterator[Case]:
    """Texts and encodings, a paper each."""
    yield from _encodings()
    for name, text in TEXTS.items():
        head = f"authors: [{quoted('A ' + text)}]\nvenue: {quoted('At ' + text)}\nadded: 2025-06-03\nevil: {quoted(text)}\n"
        yield rendered(
            f"letters-{name}",
            text_of(f"{text}\n\nMore {text} words, `{text}` and ${text}$.", head, title=f"{text} in a title"),
        )
    for number, title in enumerate(INVISIBLE):
        yield refused(f"invisible-{number:02}", 2, text_of(title=title), "`title` is empty")
    entities = "&#12;&#11;&#0;&#1;&#x7f;&#x85;&#x202e;&#xfffe;&#xffff;&#x1fffe;&#xfdd0;&#xd800;&#x110000;&#x200b;&#xe0041;&#13;"
    yield rendered(
        "letters-entities",
        text_of(f"Before {entities} after, *{entities}*, `{entities}`.", "added: 2025-06-03\n"),
    )
    yield rendered("letters-entity-flood", text_of("a" + "&#x301;&#x323;" * 2000, "added: 2025-06-03\n"))


def _encodings() -> Iterator[Case]:
    for codec in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
        yield refused(f"encoding-{codec}", 2 if "e" in codec else 1, PLAIN.encode(codec), "is not UTF-8 text")
    yield refused(
        "encoding-utf-16-of-ascii", 1, text_of().encode("utf-16-le"), "does not begin with front matter"
    )
    yield refused("encoding-ebcdic", 1, text_of().encode("cp500"))
    yield refused("encoding-latin-1", 2, PLAIN.encode("latin-1", "replace"), "is not UTF-8 text")
    yield refused(
        "encoding-cp1252-quote", 5, text_of("It\x92s a quote.").encode("latin-1"), "is not UTF-8 text"
    )
    yield refused(
        "encoding-shift-jis",
        2,
        text_of(title="x").replace('"x"', "日本語").encode("shift-jis"),
        "is not UTF-8 text",
    )
    yield refused(
        "encoding-overlong-slash", 5, text_of("a@b").encode().replace(b"@", b"\xc0\xaf"), "is not UTF-8 text"
    )
    yield refused(
        "encoding-overlong-nul", 5, text_of("a@b").encode().replace(b"@", b"\xc0\x80"), "is not UTF-8 text"
    )
    yield refused(
        "encoding-surrogate-bytes",
        5,
        text_of("a@b").encode().replace(b"@", b"\xed\xa0\x80"),
        "is not UTF-8 text",
    )
    yield refused(
        "encoding-beyond-unicode",
        5,
        text_of("a@b").encode().replace(b"@", b"\xf4\x90\x80\x80"),
        "is not UTF-8 text",
    )
    yield refused("encoding-cut", 5, text_of("a é")[:-1].encode()[:-1], "is not UTF-8 text")
    yield refused("encoding-random", 2, bytes(range(256)) * 16)
    yield refused("encoding-gzip", 1, b"\x1f\x8b\x08\x00" + bytes(range(200)))
    yield refused("encoding-png", 1, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40))
    yield refused("nul-only", 1, b"\0" * 5000, "does not begin with front matter")
    yield refused("nul-in-front-matter", 3, text_of(head="venue: a\0b\n"), "is not valid YAML")
    yield refused("control-in-front-matter", 3, text_of(head="venue: a\x1bb\n"), "is not valid YAML")
    yield refused("noncharacter-in-front-matter", 3, text_of(head="venue: a\uffffb\n"), "is not valid YAML")
    yield rendered("nul-in-abstract", text_of("Before\0after."))
    yield rendered("byte-order-mark", "\ufeff" + PLAIN)
    yield refused("byte-order-mark-twice", 1, "\ufeff\ufeff" + PLAIN, "does not begin with front matter")
    yield rendered("crlf", PLAIN.replace("\n", "\r\n"))
    yield rendered("crlf-mixed", PLAIN.replace("\n", "\r\n", 2))
    yield refused("lone-cr", 1, PLAIN.replace("\n", "\r"))
    yield rendered("cr-in-abstract", text_of("One\rtwo\r\rthree\r\r\r\nfour"))
    yield refused("empty", 1, b"", "does not begin with front matter")
    yield refused("blank", 1, b" \n\n\t\n", "does not begin with front matter")
    yield refused("one-byte", 1, b"-", "does not begin with front matter")
    yield rendered("front-matter-only", b"---\ntitle: x\n---")
    yield refused("front-matter-empty", 1, b"---\n---\n", "has no title")
    yield refused("front-matter-open", 1, b"---\ntitle: x\n\nAn abstract.\n", "is not closed")
    yield refused("front-matter-open-at-once", 1, b"---\n", "is not closed")
    yield refused("front-matter-late", 1, b"\n\n---\ntitle: x\n---\n", "does not begin with front matter")
    yield refused("front-matter-toml", 1, b"+++\ntitle = 'x'\n+++\n", "does not begin with front matter")
    yield refused("front-matter-json", 1, b'{"title": "x"}\n', "does not begin with front matter")
    yield rendered("many-dashes", "---\ntitle: x\n---\n---\n---\n" + "---\ntitle: y\n" * 50)
