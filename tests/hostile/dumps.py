"""Dumps for the import that are hostile or broken: what they hold comes from pages that anybody could write on."""

import os
from collections.abc import Iterator
from pathlib import Path

from hostile.case import RUN, Case, complained_of
from hostile.letters import TEXTS
from hostile.markup import ADDRESSES, MARKUP, TEX

HEAD = (
    "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe"
)

#: Dumps that cannot be read at all: the line, the file.
REFUSED = {
    "empty": (1, b""),
    "blank": (1, b"\n\n \n"),
    "binary": (1, bytes(range(256)) * 10),
    "nul": (1, HEAD.encode() + b"a\0\nb\n"),
    "utf-32": (1, HEAD.encode("utf-32")),
    "latin-1": (1, HEAD.encode() + b"\xe9\n"),
    "no-layout": (1, b"Something else\n"),
    "html": (1, f"<html><script>{RUN}</script></html>\n".encode()),
    "head-only": (3, HEAD.encode()),
    "title-only": (3, f"{HEAD}Only a title\n".encode()),
    "invisible-title": (3, f"{HEAD}\u2060\u200b\nAn abstract of it.\n".encode()),
    "abstract-too-long": (3, f"{HEAD}A title\n{'word ' * 300_000}\n".encode()),
}

#: Contents of imports.lock that cannot be used.
LOCKS = (
    b"garbage\n",
    bytes(range(256)),
    b"<<<<<<< HEAD\n",
    b"[" * 100_000,
    b'{"a": ' * 100_000,
    b"null\n",
    b'{"id": "../../../tmp/x", "keys": [], "wrote": {}}\n',
    b'{"id": "a", "keys": [[]], "wrote": {}}\n',
    b'{"id": "a", "keys": [1, "x"], "wrote": {}}\n',
    b'{"id": "a", "keys": [], "wrote": {"title": {}}}\n',
    b'{"id": "a", "keys": [], "wrote": "title"}\n',
    b'{"id": 1e999, "keys": [], "wrote": {}}\n',
    "{}\n".encode("utf-16"),
)


def cases(length: int) -> Iterator[Case]:
    """Whole dumps, each imported before the build, the long ones of about that length; and what stops an import."""
    yield from _locks()
    for name, (line, data) in REFUSED.items():
        path = f"content/scraped/refused-{name}.txt"
        yield Case(f"dump-{name}", {path: data}, f"{path}:{line}: ", status=1, is_dump=True)
    yield _dump("markup", MARKUP)
    yield _dump("addresses", [address.replace("\0", "") for address in ADDRESSES])
    yield _dump("tex", [tex for tex in TEX if len(tex) < 200])
    yield _dump("tex-in-dollars", [f"${tex}$" for tex in TEX if len(tex) < 200])
    yield _dump("letters", TEXTS.values())
    length //= 3  # what Markdown could take for markup is escaped, which takes room
    addresses = " ".join(f"https://a.example/{number}" for number in range(length // 27))
    runs = (
        "https://a.b/{",
        "http://",
        "https://a.b/)",
        ")",
        "<http://",
        "\u0301\u0323",
        "[",
        "$a",
        "\\'",
        "``a",
        "github.com/a/b ",
        "a^{b}",
    )
    yield _dump(
        "long",
        [addresses, "https://a.b/" + ")" * length, *(piece * (length // len(piece)) for piece in runs)],
    )
    yield Case(
        "dump-of-one-title",
        {"content/scraped/twins.txt": (HEAD + "The same title\nThe same abstract.\n" * 500).encode()},
        is_dump=True,
    )
    yield Case(
        "dump-of-devices",
        {
            "content/scraped/devices.txt": (
                HEAD
                + "".join(
                    f"{name}\nAbout {name}.\n"
                    for name in ("CON", "aux", "NUL", "Com1", "...", "../..", "index.html")
                )
            ).encode()
        },
        is_dump=True,
    )


def _locks() -> Iterator[Case]:
    dump = {"content/scraped/dump.txt": f"{HEAD}A title\nAn abstract of it.\n".encode()}
    for number, data in enumerate(LOCKS):
        yield Case(
            f"lock-{number:02}",
            dump | {"content/imports.lock": data},
            "content/imports.lock:1: ",
            "is not a line of an import lock",
            status=2,
            is_dump=True,
        )
    yield Case(
        "lock-folder",
        dump | {"content/imports.lock": Path.mkdir},
        "content/imports.lock: ",
        "is not a file",
        status=2,
        is_dump=True,
    )
    yield complained_of("lock-fifo", {"content/imports.lock": os.mkfifo}, 0, "is not a regular file", 2)


def _dump(name: str, texts: object) -> Case:
    """A dump with each text in its own title and its own abstract."""
    lines = [" ".join(text.split()) for text in texts]
    entries = "".join(
        f"{name} {number} {line[:200]} end\nAbout {name} {number}, {line} and no more.\n"
        for number, line in enumerate(lines)
    )
    return Case(f"dump-{name}", {f"content/scraped/{name}.txt": (HEAD + entries).encode()}, is_dump=True)
