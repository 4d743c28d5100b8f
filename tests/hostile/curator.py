"""What a curator keeps beside the papers, gone wrong: settings, tags, lists, pages, files, themes."""

import os
from collections.abc import Iterator

from hostile.case import RUN, Case, Made, complained_of, quoted, text_of

TITLE = b"title: Our papers\n"


def _doubled(line: bytes) -> bytes:
    """Return lines of YAML where each holds the one before twice; the last expands to more than fits anywhere."""
    return b"".join(
        line % ((n, n, n - 1, n - 1) if line.count(b"%d") == 4 else (n, n - 1, n - 1)) for n in range(1, 60)
    )


#: Settings that cannot be used: the line, the file.
SETTINGS = {
    "empty": (1, b""),
    "binary": (2, bytes(range(256))),
    "utf-16": (1, "title: x\n".encode("utf-16")),
    "latin-1": (1, "title: é\n".encode("latin-1")),
    "a-list": (1, b"- title: x\n"),
    "open-quote": (2, b"title: 'x\n"),
    "unknown-key": (2, TITLE + b"pagesize: 3\n"),
    "title-a-list": (1, b"title: [x]\n"),
    "title-twice": (2, TITLE + TITLE),
    "title-invisible": (1, 'title: "\u200b"\n'.encode()),
    "deep": (2, TITLE + b"url: " + b"[" * 100_000),
    "bomb": (1, TITLE + b"a: &a0 [x, x]\n" + _doubled(b"a%d: &a%d [*a%d, *a%d]\n")),
    "page-size-zero": (2, TITLE + b"page_size: 0\n"),
    "page-size-enormous": (2, TITLE + b"page_size: 99999999999999999999\n"),
    "page-size-other-digits": (2, TITLE + "page_size: ٢\n".encode()),
    "url-javascript": (2, TITLE + f"url: javascript:{RUN}\n".encode()),
    "url-with-a-quote": (2, TITLE + b'url: "https://example.org/\'x"\n'),
    "url-with-controls": (2, TITLE + b'url: "https://example.org/\\x01x"\n'),
    "url-with-bidi": (2, TITLE + b'url: "https://example.org/\\u202ex"\n'),
    "url-with-two-slashes": (2, TITLE + b"url: https://example.org//evil.example/\n"),
    "url-with-backslash": (2, TITLE + b"url: https://example.org/\\evil.example/\n"),
    "url-upwards": (2, TITLE + b"url: https://example.org/a/../../b/\n"),
    "url-with-query": (2, TITLE + b"url: https://example.org/?q=<script>\n"),
    "url-without-host": (2, TITLE + b"url: https:///x\n"),
    "url-port": (2, TITLE + b"url: https://example.org:99999/\n"),
    "source-url-script": (2, TITLE + f"source_url: javascript:{RUN}\n".encode()),
    "theme-upwards": (2, TITLE + b"theme: ../../etc\n"),
    "language-upwards": (2, TITLE + b"language: ../en\n"),
    "language-no-language": (2, TITLE + b"language: e_n-\n"),
    "ten-megabytes": (0, TITLE + b"description: " + b"x" * 10_000_000),
}

#: Taxonomies that cannot be used: the line, the file.
TAXONOMIES = {
    "a-mapping": (1, b"tag: x\n"),
    "binary": (2, bytes(range(256))),
    "latin-1": (2, b"- tag: x\n  label: \xe9\n"),
    "open-quote": (2, b"- tag: 'x\n"),
    "words": (1, b"- one\n- two\n"),
    "twice": (2, b"- tag: x\n- tag: x\n"),
    "unknown-key": (2, b"- tag: x\n  color: red\n"),
    "path": (1, b"- tag: ../x\n"),
    "markup": (1, f"- tag: <script>{RUN}</script>\n".encode()),
    "device": (1, b"- tag: con\n"),
    "label-a-list": (2, b"- tag: x\n  label: [y]\n"),
    "phrases-a-text": (2, b"- tag: x\n  phrases: y\n"),
    "phrases-without-words": (2, b"- tag: x\n  phrases: ['...']\n"),
    "key-a-list": (2, b"- tag: x\n  ? [a]\n  : b\n"),
    "deep": (2, b"- tag: x\n  label: " + b"[" * 100_000),
    "bomb": (1, b"- &a0 [x, x]\n" + _doubled(b"- &a%d [*a%d, *a%d]\n")),
    "of-itself": (1, b"- &a [*a]\n"),
    "ten-megabytes": (0, b"- tag: x\n" * 1_200_000),
}

#: Collections that are refused: the line, the file.
LISTS = {
    "without-front-matter": (1, b"words\n"),
    "latin-1": (2, b"---\ntitle: \xe9\n---\n"),
    "papers-a-text": (2, b"---\npapers: x\n---\n"),
    "papers-nested": (3, b"---\ntitle: x\npapers: [[x]]\n---\n"),
    "title-a-list": (2, b"---\ntitle: [x]\n---\n"),
    "title-twice": (3, b"---\ntitle: x\ntitle: y\n---\n"),
    "deep": (2, b"---\ntitle: " + b"[" * 100_000 + b"\n---\n"),
    "bomb": (2, b"---\na: &a0 [x, x]\n" + _doubled(b"a%d: &a%d [*a%d, *a%d]\n") + b"---\n"),
    "ten-megabytes": (0, b"---\ntitle: x\n---\n" + b"x" * 10_000_000),
    "title-too-long": (2, b"---\ntitle: " + b"x" * 50_000 + b"\n---\n"),
}

#: A theme that extends the default one and is wrong in one file: the line (0 if no line can be told), that file.
THEMES = {
    "syntax": ("templates/own.html", 1, b"{% if %}"),
    "unclosed": ("templates/own.html", 1, b"{% block x %}"),
    "undefined": ("templates/own.html", 1, b"{{ nosuch.thing }}"),
    "no-utf8": ("templates/own.html", 0, b"\xff\xfe"),
    "division": ("templates/own.html", 1, b"{{ 1 / 0 }}"),
    "wrong-type": ("templates/own.html", 1, b"{{ 'x' + 1 }}"),
    "includes-itself": ("templates/own.html", 0, b"{% include 'own.html' %}"),
    "missing-part": ("templates/own.html", 1, b"{% include 'nosuch.html' %}"),
    "strings-no-yaml": ("strings/en.yaml", 2, b"search: [\n"),
    "strings-a-list": ("strings/en.yaml", 1, b"- search\n"),
    "strings-deep": ("strings/en.yaml", 1, b"search: " + b"[" * 100_000),
    "months-missing": ("strings/en.yaml", 0, b"months: [only, two]\n"),
    "months-a-text": ("strings/en.yaml", 0, b"short_months: January\n"),
    "plural-missing": ("strings/en.yaml", 0, b"papers_n: {other: papers}\n"),
    "braces": ("strings/en.yaml", 0, b"papers_n: {one: 'a {paper', other: '{n.__class__.nosuch} {}'}\n"),
}


def cases(length: int) -> Iterator[Case]:
    """First what stops all, then what is left out or harmless; long texts are of about that length."""
    for name, (line, data) in SETTINGS.items():
        yield complained_of(f"settings-{name}", {"content/archive.yaml": data}, line, status=2)
    for name, (line, data) in TAXONOMIES.items():
        yield complained_of(f"taxonomy-{name}", {"content/tags.yaml": data}, line, status=2)
    for name, (file, line, data) in THEMES.items():
        files = {
            "content/archive.yaml": TITLE + b"theme: ours\n",
            "content/pages/any.md": text_of().encode(),
            "themes/ours/theme.yaml": b"extends: default\n",
        }
        path = f"themes/ours/{file}"
        yield Case(
            f"theme-{name}",
            files | {path: data},
            f"{path}:{line}: " if line else "",
            file.rpartition("/")[2].removesuffix("en.yaml"),
            status=3 if "templates" in path or not line else 2,
        )
    yield from _stopping()
    for name, (line, data) in LISTS.items():
        yield complained_of(f"list-{name}", {f"content/collections/list-{name}.md": data}, line)
    for name, (line, data) in LISTS.items():
        if not name.startswith("papers"):
            yield complained_of(f"page-{name}", {f"content/pages/page-{name}.md": data}, line)
    yield from _harmless()
    yield from _long(length)
    for kind in ("collections", "pages"):
        yield from _odd(kind)
    yield from _static()


def _stopping() -> Iterator[Case]:
    yield complained_of("settings-a-folder", {"content/archive.yaml": lambda path: path.mkdir()}, 0, status=2)
    yield complained_of("settings-a-fifo", {"content/archive.yaml": os.mkfifo}, 0, status=2)
    yield complained_of(
        "settings-a-device", {"content/archive.yaml": lambda path: path.symlink_to("/dev/zero")}, 0, status=2
    )
    yield complained_of("taxonomy-a-folder", {"content/tags.yaml": lambda path: path.mkdir()}, 0, status=2)
    yield complained_of("taxonomy-a-fifo", {"content/tags.yaml": os.mkfifo}, 0, status=2)
    yield complained_of(
        "taxonomy-a-device", {"content/tags.yaml": lambda path: path.symlink_to("/dev/zero")}, 0, status=2
    )
    settings = {"content/archive.yaml": TITLE + b"theme: ours\n"}
    yield Case("theme-missing", settings, "themes/ours: is not a theme", status=2)
    yield complained_of(
        "theme-of-itself", settings | {"themes/ours/theme.yaml": b"extends: ours\n"}, 0, "extends itself", 2
    )
    yield Case(
        "theme-of-no-theme",
        settings | {"themes/ours/theme.yaml": b"extends: [a, b]\n"},
        "themes/",
        "is not a theme",
        status=2,
    )
    yield complained_of("theme-no-yaml", settings | {"themes/ours/theme.yaml": b"extends: [\n"}, 2, status=2)
    yield Case(
        "theme-upwards",
        settings | {"themes/ours/theme.yaml": b"extends: ../../../etc\n"},
        "themes/",
        "is not a theme",
        status=2,
    )
    for name in ("dates", "404.html", "search", "feed.xml"):
        yield Case(
            f"page-called-{name}",
            {f"content/pages/{name}.md": text_of().encode()},
            "/",
            "is the address of",
            status=3,
        )
    yield Case(
        "static-called-like-a-page",
        {"content/static/index.html": b"mine"},
        "content/static/index.html: ",
        "has the name of a file that the build makes",
        status=3,
    )
    yield Case("static-called-like-a-folder", {"content/static/papers": b"mine"}, "", "papers", status=3)


def _harmless() -> Iterator[Case]:
    """Texts of the curator that hold markup: neither script nor raw HTML is let through."""
    trick = f"<script>{RUN}</script> <img src=/canary onerror={RUN}> [x](javascript:{RUN}) ![x](javascript:{RUN}) ![x](data:text/html,x) $\\text{{<svg/onload={RUN}>}}$ {{{{ 7 * 7 }}}} </script>"
    text = text_of(
        f"{trick}\n\n{trick}\n\n[x]: javascript:{RUN}\n\n<div onclick={RUN}>",
        f"description: {quoted(trick)}\npapers: []\n",
        title=trick,
    )
    yield Case("list-with-script", {"content/collections/list-with-script.md": text.encode()})
    yield Case("page-with-script", {"content/pages/page-with-script.md": text.encode()})


def _long(length: int) -> Iterator[Case]:
    yield Case(
        "page-of-brackets",
        {"content/pages/page-of-brackets.md": text_of("![" * (length // 4) + "[" * (length // 2)).encode()},
    )
    yield Case(
        "page-of-references",
        {
            "content/pages/page-of-references.md": text_of(
                "[a]: b\n" * (length // 14) + "[a][a] " * (length // 14)
            ).encode()
        },
    )
    unknown = "".join(f"- nobody-{number}\n" for number in range(3000))
    yield complained_of(
        "list-of-unknown",
        {"content/collections/list-of-unknown.md": f"---\ntitle: x\npapers:\n{unknown}---\n".encode()},
        3003,
        "lists 'nobody-2999'",
    )
    strange = {
        "content/collections/list-of-paths.md": b"---\ntitle: x\npapers: ['../../x', '<b>', '']\n---\n"
    }
    yield complained_of("list-of-paths", strange, 3, "lists '../../x'")


def _odd(kind: str) -> Iterator[Case]:
    """Invalid names, and things that are not files, in the folders of lists and pages."""
    for number, stem in enumerate(
        ("con", "aux.x", "Upper", "é", "a b", "dot.", "x" * 100, "a\u202eb", "index.html")
    ):
        yield Case(
            f"{kind}-name-{number}",
            {f"content/{kind}/{stem}.md": text_of().encode()},
            f"content/{kind}/",
            "has a name that cannot be an address",
            status=1,
        )
    makes: dict[str, Made] = {
        "folder": lambda path: path.mkdir(),
        "fifo": os.mkfifo,
        "link-out": lambda path: path.symlink_to("/etc/passwd"),
        "link-to-device": lambda path: path.symlink_to("/dev/zero"),
        "link-to-itself": lambda path: path.symlink_to(path.name),
    }
    for name, make in makes.items():
        yield complained_of(f"{kind}-odd-{name}", {f"content/{kind}/odd-{name}.md": make}, 0)


def _static() -> Iterator[Case]:
    makes: dict[str, Made] = {
        "fifo": os.mkfifo,
        "link-out": lambda path: path.symlink_to("/etc/passwd"),
        "link-to-device": lambda path: path.symlink_to("/dev/zero"),
        "link-to-a-folder-out": lambda path: path.symlink_to("/etc"),
        "link-to-itself": lambda path: path.symlink_to(path.name),
    }
    for name, make in makes.items():
        yield complained_of(f"static-{name}", {f"content/static/odd-{name}": make}, 0)
    yield Case(
        "static-name-no-utf8",
        {"content/static/a\udcff.txt": b"x"},
        "content/static/a\\udcff.txt: has a name that is not in UTF-8",
        status=1,
    )
    yield Case("static-name-odd", {"content/static/a b & <c> 'd' é.txt": b"x"})
