"""Papers whose ids, tags and files have names that are paths, devices or one another."""

import os
import socket
import unicodedata
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from hostile.case import Case, Made, complained_of, quoted, refused, rendered, text_of

#: What is not an id: paths, devices of Windows, names that a file system takes for another one, markup.
NO_IDS = (
    "..", ".", "../x", "../../../../tmp/x", "/etc/passwd", "a/b", "a\\b", "..\\..\\x", "%2e%2e%2fx", "a%00b", "C:\\x", "C:x", "\\\\host\\share",
    "con", "prn", "aux", "nul", "com1", "lpt9", "con.md", "aux.html", "nul.txt", "com1.tar.gz", "com¹", "lpt²", "conin$", "CON", "Nul",
    "trailing.", "trailing..", "-dash", ".hidden", "_under", "~tilde", "a b", "a\tb", "a\nb", "UPPER", "ünsafe", "日本", "а",
    "a:b", "a*b", "a?b", "a<b", "a|b", 'a"b', "a;b", "a&b", "a#b", "a$b", "<script>", "{{x}}", "x" * 81, "x" * 5000, "", "a\u200bb", "index.html", "ﬁ", "x²",
)  # fmt: skip

#: Ids that look odd and are fine.
IDS = (
    "0",
    "a",
    "1.2.3",
    "feed.xml",
    "page",
    "console",
    "auxiliary",
    "com",
    "com10",
    "prn-",
    "x" * 80,
    "a..b",
    "a--b",
    "constructor",
    "__proto__"[2:],
    "404.html",
)

#: What no tag, collection or alias can be called.
NO_NAMES = (
    "..",
    "../x",
    "a/b",
    "/x",
    "con",
    "aux.x",
    "com3",
    "dot.",
    "A",
    "é",
    "a b",
    "<b>",
    "x" * 81,
    "index.html",
    ".x",
    "a\\b",
    "nul",
)


def cases() -> Iterator[Case]:
    """Ids, names in addresses, names of files, and things that are not files."""
    for number, name in enumerate(NO_IDS):
        yield refused(f"no-id-{number:02}", 3, text_of(head=f"id: {quoted(name)}\n"), "`id` cannot be read")
    for number, name in enumerate(IDS):
        case = rendered(
            f"odd-id-{number:02}",
            text_of(head=f"id: {quoted(name)}\ntags: [{quoted(name)}]\ncollections: [{quoted(name)}]\n"),
        )
        yield Case(case.name, case.files)
    for key in ("tags", "collections", "aliases"):
        for number, name in enumerate(NO_NAMES):
            yield refused(
                f"no-{key}-{number:02}",
                3,
                text_of(head=f"{key}: [good, {quoted(name)}]\n"),
                f"`{key}` cannot be read",
            )
    yield from _file_names()
    yield from _twins()
    yield from _no_files()


def _file_names() -> Iterator[Case]:
    for number, stem in enumerate(
        (
            "con",
            "aux",
            "com1",
            "nul.x",
            "COM¹",
            "trailing.",
            "trailing ",
            "Upper",
            "ünsafe",
            "a b",
            "-",
            "a" * 200,
            "x;id",
            "$(id)",
            "%2e%2e",
            "a\\b",
            "<b>",
            "'\"",
            "{{x}}",
        )
    ):
        path = f"content/papers/{stem}.md"
        yield complained_of(f"file-name-{number:02}", {path: text_of().encode()}, 1, "cannot be an id")
    yield Case(
        "file-name-newline",
        {"content/papers/a\nb: fake: mend it.md": text_of().encode()},
        "content/papers/a\\u000ab",
        status=1,
    )
    yield Case(
        "file-name-escape",
        {"content/papers/a\x1b[31m.md": text_of().encode()},
        "content/papers/a\\u001b[31m.md:1: ",
        status=1,
    )
    yield Case(
        "file-name-bidi",
        {"content/papers/a\u202edm.md": text_of().encode()},
        "content/papers/a\\u202edm.md:1: ",
        status=1,
    )
    yield Case(
        "file-name-no-utf8",
        {"content/papers/a\udcff\udcfe.md": text_of().encode()},
        "content/papers/a\\udcff\\udcfe.md: has a name that is not in UTF-8",
        status=1,
    )
    yield Case(
        "file-name-no-utf8-with-id",
        {"content/papers/b\udcff.md": text_of(head="id: named-inside\n").encode()},
        "content/papers/b\\udcff.md: has a name that is not in UTF-8",
        status=1,
    )
    yield Case("file-name-only-dots", {"content/papers/...md": text_of(head="id: only-dots\n").encode()})
    yield Case(
        "file-name-hidden",
        {"content/papers/.hidden.md": b"no paper", "content/papers/.git/x.md": b"no paper"},
    )
    yield Case(
        "file-name-capital-suffix",
        {
            "content/papers/readme.MD": b"no paper",
            "content/papers/x.md~": b"no paper",
            "content/papers/x.txt": b"\0",
        },
    )
    yield Case("folder-deep", {"content/papers/" + "/".join("d" * 60) + "/deep-down.md": text_of().encode()})


def _twins() -> Iterator[Case]:
    both = {f"content/papers/twin-{letter}.md": text_of(head="id: the-same-id\n").encode() for letter in "ab"}
    yield complained_of("twins", both, 1, "has the id 'the-same-id', as papers/twin-a.md has")
    cased = {
        "content/papers/Cased.md": text_of(head="id: cased\n").encode(),
        "content/papers/cased.md": text_of().encode(),
    }
    yield complained_of("twins-by-case", cased, 1, "has the id 'cased', as papers/Cased.md has")
    names = [unicodedata.normalize(form, "zoë") for form in ("NFC", "NFD")]
    yield Case(
        "twins-by-normal-form",
        {
            f"content/papers/{name}.md": text_of(head=f"id: zoe-{n}\n").encode()
            for n, name in enumerate(names)
        },
    )
    people = [
        f"authors: [{quoted(unicodedata.normalize(form, 'Zoë Twin'))}]\norganization: {quoted(unicodedata.normalize(form, 'Zoë & Co'))}\n"
        for form in ("NFC", "NFD")
    ]
    yield Case(
        "people-by-normal-form",
        {f"content/papers/people-{n}.md": text_of(head=head).encode() for n, head in enumerate(people)},
    )
    alike = [
        "Bo Case",
        "bo case",
        "BO CASE",
        "Bo-Case",
        "Bó Case",
        "bo  case",
        "page",
        "index.html",
        "con",
        "..",
        "/",
        "🙂",
        "日本",
        "日本語",
        "x" * 900,
    ]
    yield rendered("people-alike", text_of(head=f"authors: [{', '.join(map(quoted, alike))}]\n"))
    forged = [
        f"bo forged {blake2b(name.encode(), digest_size=4).hexdigest()}"
        for name in ("Bo Forged", "bo forged")
    ]
    yield rendered("people-forged", text_of(head=f"authors: [Bo Forged, bo forged, {', '.join(forged)}]\n"))
    yield Case(
        "organizations-alike",
        {
            f"content/papers/organization-{n}.md": text_of(
                head=f"organization: {quoted(name)}\nvenue: {quoted(name)}\n"
            ).encode()
            for n, name in enumerate(alike)
        },
    )
    yield refused(
        "alias-of-itself",
        3,
        text_of(head="aliases: [alias-of-itself]\n"),
        "has the alias 'alias-of-itself', which belongs to",
    )
    taken = {
        "content/papers/alias-first.md": text_of(head="aliases: [old-one]\n").encode(),
        "content/papers/alias-second.md": text_of(head="aliases: [old-one, alias-first]\n").encode(),
    }
    yield complained_of(
        "alias-taken", taken, 3, "has the alias 'alias-first', which belongs to papers/alias-first.md"
    )


def _no_files() -> Iterator[Case]:
    """Things with the name of a paper that are not one; a link into the archive is accepted."""
    yield _odd(
        "folder",
        lambda path: (path.mkdir(), (path / "inside.md").write_text(text_of())),
        "is a folder with the name of a file",
    )
    yield _odd("fifo", os.mkfifo, "is not a regular file")
    yield _odd("socket", _socket, "is not a regular file")
    yield _odd(
        "link-out", lambda path: path.symlink_to("/etc/passwd"), "is a link that leads out of the archive"
    )
    yield _odd(
        "link-out-relative",
        lambda path: path.symlink_to("../../../outside.md"),
        "is a link that leads out of the archive",
    )
    yield _odd(
        "link-to-device", lambda path: path.symlink_to("/dev/zero"), "is a link that leads out of the archive"
    )
    yield _odd("link-to-itself", lambda path: path.symlink_to(path.name), "is a link that leads nowhere")
    yield _odd(
        "link-to-nothing", lambda path: path.symlink_to("not-there.md"), "is a link that leads nowhere"
    )
    yield _odd("link-to-a-folder", lambda path: path.symlink_to("."), "is a link to a folder")
    yield complained_of("link-loop", {"content/papers/loop/again": lambda path: path.symlink_to("..")}, 0)
    if os.geteuid():  # root reads everything
        yield complained_of("unreadable", {"content/papers/unreadable.md": _unreadable}, 0, "cannot be read")


def _odd(name: str, make: Made, what: str) -> Case:
    return complained_of(f"odd-{name}", {f"content/papers/odd-{name}.md": make}, 0, what)


def _socket(path: Path) -> None:
    """Bind a socket by a name short enough for one, wherever the archive lies."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind(path.name)
    finally:
        os.chdir(here)


def _unreadable(path: Path) -> None:
    path.write_text(text_of())
    path.chmod(0)
