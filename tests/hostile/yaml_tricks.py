"""Front matter that is more than YAML ought to be, or less."""

from collections.abc import Iterator

from hostile.case import Case, refused, rendered, text_of

TOO_DEEP = 100_000


def _bomb(name: str) -> str:
    """Return ten lines that stand for a billion words."""
    first, *others = (name.format(number) for number in range(10))
    lines = [f"{first}: &{first} [{', '.join(['lol'] * 10)}]\n"]
    lines += [
        f"{this}: &{this} [{', '.join([f'*{before}'] * 10)}]\n"
        for before, this in zip([first, *others], others, strict=False)
    ]
    return "".join(lines)


def _mapping_bomb() -> str:
    lines = ["title: x\nm0: &m0 {a: b}\n"]
    lines += [
        f"m{n}: &m{n} {{a: *m{n - 1}, b: *m{n - 1}, c: *m{n - 1}, d: *m{n - 1}}}\n" for n in range(1, 40)
    ]
    return "".join(lines)


#: Front matter that is harmless once it is read as plain texts and lists.
HARMLESS = {
    "tag-python-title": ("", "title: !!python/object/apply:os.system_x x\n"),
    "tag-python-extra": ('evil: !!python/object/apply:os.system ["touch /tmp/regesta-was-here"]\n', ""),
    "tag-python-name": ("evil: !!python/name:os.system\n", ""),
    "tag-python-module": ("evil: !!python/module:antigravity\n", ""),
    "tag-python-new": ("evil: !!python/object/new:subprocess.Popen [[touch, /tmp/regesta-was-here]]\n", ""),
    "tag-binary": ("evil: !!binary R0lGODlhAQABAAAAACw=\n", ""),
    "tag-own": ("evil: !include /etc/passwd\n", ""),
    "tag-set": ("evil: !!set {a, b}\n", ""),
    "tag-omap": ("evil: !!omap [a: 1, b: 2]\n", ""),
    "tag-timestamp": ("evil: !!timestamp 9999-99-99\n", ""),
    "alias": ("evil: &a [x, y]\nsame: *a\n", ""),
    "alias-in-tags": ("tags: &t [one, two]\nother: *t\n", ""),
    "merge-key": ("base: &b {x: 1}\nevil: {<<: *b}\n<<: *b\n", ""),
    "merge-of-text": ("<<: x\n", ""),
    "value-key": ("=: x\n", ""),
    "empty-key": ('"": x\n', ""),
    "dunder-keys": (
        "__class__: x\n__init__: {__globals__: y}\n__proto__: {polluted: yes}\nconstructor: x\n",
        "",
    ),
    "keys-of-the-page": (
        "page: x\nsite: x\nt: x\nextra: {extra: x}\nabstract_: <script>ran()</script>\nself: x\nframe: x\n",
        "",
    ),
    "keys-of-python": ("class: x\nlambda: y\nNone: z\n", ""),
    "numbers": ("a: 0x1F\nb: 1_000\nc: .inf\nd: 12:30:45\ne: 0o7\nf: 1e999\n", ""),
    "booleans": ("a: no\nb: on\nc: ~\nd: null\n", ""),
    "folded-title": ("", "title: >\n  Folded\n  words\n"),
    "literal-title": ("", "title: |\n  Literal\n  words\n"),
    "many-keys": ("".join(f"k{number}: v\n" for number in range(3000)), ""),
    "long-flow-line": ("evil: [" + "x, " * 30_000 + "x]\n", ""),
    "braces-around-all": None,
}

#: Front matter that is refused: the line on which it goes wrong, the lines below the dashes, and what is said.
REFUSED = {
    "alias-bomb": (2, _bomb("a{}"), "YAML's & and *"),
    "alias-bomb-in-a-known-key": (2, "title: x\n" + _bomb("a{}") + "tags: *a9\n", "YAML's & and *"),
    "alias-bomb-of-mappings": (2, _mapping_bomb(), "YAML's & and *"),
    "alias-of-itself": (3, "title: x\nevil: &a [*a]\n", ""),
    "mapping-of-itself": (3, "title: x\nevil: &a {b: *a}\n", ""),
    "alias-without-anchor": (3, "title: x\nevil: *nowhere\n", "is not valid YAML"),
    "deep-brackets": (3, "title: x\nevil: " + "[" * TOO_DEEP + "]" * TOO_DEEP + "\n", "nested too deeply"),
    "deep-brackets-open": (3, "title: x\nevil: " + "[" * TOO_DEEP + "\n", "nested too deeply"),
    "deep-braces": (3, "title: x\nevil: " + "{a: " * TOO_DEEP + "\n", "nested too deeply"),
    "deep-dashes": (4, "title: x\nevil:\n  " + "- " * TOO_DEEP + "\n", "nested too deeply"),
    "deep-questions": (2, "? " * TOO_DEEP + "\n", "nested too deeply"),
    "deep-lines": (
        153,
        "title: x\n" + "".join(" " * depth + "a:\n" for depth in range(1200)),
        "nested too deeply",
    ),
    "deep-a-thousand": (3, "title: x\nevil: " + "[" * 900 + "]" * 900 + "\n", "nested too deeply"),
    "list-as-key": (2, "? [a, b]\n: x\ntitle: x\n", "is not valid YAML"),
    "two-documents": (4, "title: x\n...\nother: y\n", "is not valid YAML"),
    "directive-of-the-future": (2, "%YAML 9.9\n", "is not valid YAML"),
    "tag-directive": (3, "%TAG ! tag:evil,2000:\n", "is not valid YAML"),
    "tab-indent": (4, "title: x\nlinks:\n\tcode: y\n", "is not valid YAML"),
    "open-quote": (3, 'title: "never closed\n', "is not valid YAML"),
    "open-bracket": (3, "title: [never closed\n", "is not valid YAML"),
    "unknown-escape": (2, 'title: "\\q"\n', "is not valid YAML"),
    "surrogate-escape": (2, 'title: "\\ud800"\n', "is not valid YAML"),
    "key-twice": (4, "title: x\nvenue: y\ntitle: z\n", "has the key `title` twice"),
    "link-twice": (
        3,
        "title: x\nlinks: {code: 'https://a.example/', code: 'https://b.example/'}\n",
        "has the key `code` twice",
    ),
    "a-list": (2, "- title: x\n", "is not a list of `key: value` lines"),
    "a-text": (2, "only words\n", "is not a list of `key: value` lines"),
    "title-a-list": (2, "title: [a, b]\n", "`title` cannot be read: write text here"),
    "title-a-mapping": (2, "title: {a: b}\n", "`title` cannot be read: write text here"),
    "title-missing": (1, "venue: x\n", "has no title"),
    "title-empty": (2, "title: ''\n", "`title` is empty"),
    "title-null": (2, "title:\n", "`title` is empty"),
    "title-blank": (2, "title: '  \u00a0 '\n", "`title` is empty"),
    "authors-a-mapping": (3, "title: x\nauthors: {name: A}\n", "`authors` cannot be read"),
    "authors-nested": (3, "title: x\nauthors: [[[A]]]\n", "`authors` cannot be read"),
    "authors-unknown-key": (
        3,
        "title: x\nauthors: [{name: A, __class__: B}]\n",
        "`authors.__class__` is not a known key",
    ),
    "authors-without-a-name": (3, "title: x\nauthors: ['']\n", "`authors` cannot be read"),
    "organization-a-list": (3, "title: x\norganization: [A]\n", "`organization` cannot be read"),
    "count-negative": (3, "title: x\ncomments: -1\n", "`comments` cannot be read"),
    "count-enormous": (3, "title: x\ncomments: " + "9" * 5000 + "\n", "`comments` cannot be read"),
    "count-in-other-digits": (3, "title: x\ncomments: '١٢'\n", "`comments` cannot be read"),
    "count-superscript": (3, "title: x\ncomments: '²'\n", "`comments` cannot be read"),
    "flag-a-number": (3, "title: x\nlock: 2\n", "`lock` cannot be read"),
    "status-of-its-own": (3, "title: x\nstatus: <b>great</b>\n", "`status` cannot be read"),
    "links-a-list": (3, "title: x\nlinks: ['https://a.example/']\n", "`links` cannot be read"),
    "links-a-text": (3, "title: x\nlinks: https://a.example/\n", "`links` cannot be read"),
    "link-of-a-strange-kind": (
        3,
        "title: x\nlinks: {'<b>': 'https://a.example/'}\n",
        "`links.<b>` cannot be a name",
    ),
    "origin-a-text": (3, "title: x\norigin: here\n", "`origin` cannot be read"),
    "origin-line-a-word": (3, "title: x\norigin: [{file: a, line: '<b>'}]\n", "`origin.line` cannot be read"),
}

DATES = (
    "0000-00-00", "0000", "0001-01-01", "999-01-01", "9999-12-31", "10000-01-01", "2025-02-30", "2025-13-01", "2025-00-10", "2025-06-31",
    "2023-02-29", "2025-6-2", "25-06-02", "2025/06/02", "2025-06-02T10:00:00Z", "20250602", "tomorrow", "-2025", "2025-", "²⁰²⁵", "٢٠٢٥",
    "1e3", "0x7E9", "2025-06-02\u200b", "2025-W23", "[2025]", "{y: 2025}", "'<b>2025</b>'", "99999999999999999999",
)  # fmt: skip


def cases() -> Iterator[Case]:
    """Each of them in a paper of its own."""
    for name, lines in HARMLESS.items():
        yield rendered(f"yaml-{name}", _harmless(lines))
    for name, (line, lines, said) in REFUSED.items():
        yield refused(f"yaml-{name}", line, f"---\n{lines}---\n\nAn abstract.\n", said)
    for number, date in enumerate(DATES):
        yield refused(
            f"date-{number:02}", 3, text_of(head=f"published: {date}\n"), "`published` cannot be read"
        )
    for key, date in (("featured", "2025-06"), ("added", "2025"), ("updated", "2025-06")):
        yield refused(
            f"date-{key}-too-coarse",
            3,
            text_of(head=f"{key}: {date}\n"),
            f"`{key}` cannot be read: write the whole day",
        )
    for date in ("1000-01-01", "1000", "1582-10-10", "9998-12-31", "9998", "4000-06"):
        yield rendered(f"date-far-{date}", text_of(head=f"published: {date}\n"))
    yield rendered(
        "date-future",
        text_of(head="published: 2099-01-01\nfeatured: 2099-01-02\nadded: 2099-01-03\nupdated: 9998-12-31\n"),
    )
    yield rendered(
        "date-backwards",
        text_of(head="published: 2025-12-31\nfeatured: 1999-01-01\nadded: 1000-01-01\nupdated: 1000-01-01\n"),
    )
    yield rendered("date-missing", text_of())
    yield rendered("date-empty", text_of(head="published:\nfeatured: ''\n"))


def _harmless(lines: tuple[str, str] | None) -> str:
    if lines is None:
        return "---\n{title: x, tags: [a]}\n---\n"
    head, title = lines
    return f"---\n{title}{head}---\n\nAn abstract.\n" if title else text_of(head=head)
