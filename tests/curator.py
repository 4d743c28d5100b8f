"""A curator who keeps changing an archive, by chance but always alike: for tests of what an edit does to the site."""

import os
import random
import re
import shutil
from pathlib import Path

from helpers import FIXTURES
from regesta.cli import main

_WORDS = "sparse trees maps folded paths of light learning from few examples graphs that forget letters archives rivers".split()


class Curator:
    """Makes one random edit after the other in an archive of its own.

    Args:
        root: where the archive goes; it begins as the tiny one of the fixtures.
        seed: which edits are made.
    """

    def __init__(self, root, seed):
        shutil.copytree(FIXTURES / "archive", root, copy_function=shutil.copyfile)
        self.root, self.random = root, random.Random(seed)
        self.content, self.site = root / "content", root / "site"
        self.count = 0

    def edit(self):
        """Make one edit; return what was done, in words."""
        kinds = [self._add] * 4 + [self._rewrite] * 4 + [self._delete] * 2
        kinds += [
            self._rename,
            self._retag,
            self._redate,
            self._same_size,
            self._break,
            self._settings,
            self._taxonomy,
            self._collection,
            self._proceedings,
            self._attach,
            self._people,
        ]
        kinds += [
            self._own_page,
            self._searches,
            self._static,
            self._theme,
            self._forget,
            self._damage,
            self._foreign,
            self._touch,
        ]
        return self.random.choice(kinds)()

    def build(self, *options):
        """Build the site in place; return the exit status."""
        return main(["build", "--root", str(self.root), *options])

    def built_anew(self, folder):
        """Return the files of a clean build of the same content elsewhere, by path."""
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("content", "themes"):
            if (self.root / name).exists():
                shutil.copytree(self.root / name, folder / name, copy_function=shutil.copyfile)
        main(["build", "--root", str(folder)])
        return bytes_of(folder / "site")

    def _papers(self):
        return sorted((self.content / "papers").rglob("*.md"))

    def _paper(self):
        papers = self._papers()
        return self.random.choice(papers) if papers else self._new_paper()

    def _words(self, least, most):
        return " ".join(self.random.choices(_WORDS, k=self.random.randint(least, most)))

    def _date(self):
        year, month, day = (
            self.random.randint(2017, 2026),
            self.random.randint(1, 12),
            self.random.randint(1, 28),
        )
        return self.random.choice(["", f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}"])

    def _new_paper(self):
        self.count += 1
        tags = ", ".join(
            self.random.sample(["maps", "trees", "of-our-own", "rivers"], k=self.random.randint(0, 3))
        )
        path = self.content / "papers" / f"paper-{self.count}.md"
        lines = [
            f"title: {self._words(2, 6).capitalize()}",
            f'added: "2026-01-{self.random.randint(1, 28):02}"',
            f"tags: [{tags}]",
        ]
        lines += [f'published: "{date}"'] if (date := self._date()) else []
        lines += [f"organization: {self._words(1, 1)}"] if self.random.random() < 0.2 else []
        lines += [f"authors: [{self._words(2, 2)}]"] if self.random.random() < 0.2 else []
        path.write_text("\n".join(["---", *lines, "---", "", self._words(20, 120), ""]), encoding="utf-8")
        return path

    def _add(self):
        return f"added {self._new_paper().name}"

    def _rewrite(self):
        path = self._paper()
        head = path.read_text(encoding="utf-8").rpartition("---\n")[0]
        path.write_text(f"{head}---\n\n{self._words(20, 90)}\n", encoding="utf-8")
        return f"rewrote {path.name}"

    def _delete(self):
        path = self._paper()
        path.unlink()
        return f"deleted {path.name}"

    def _rename(self):
        path = self._paper()
        self.count += 1
        path.rename(path.with_name(f"renamed-{self.count}.md"))
        return f"renamed {path.name}"

    def _line(self, key, value):
        """Set one line of a paper's front matter."""
        path = self._paper()
        lines = [
            line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(f"{key}:")
        ]
        lines.insert(1, f"{key}: {value}")
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
        return f"set {key} of {path.name}"

    def _retag(self):
        return self._line(
            "tags", f"[{self.random.choice(['maps', 'trees', 'rivers', 'light', 'maps, light'])}]"
        )

    def _redate(self):
        return self._line("published", f'"{self._date()}"')

    def _same_size(self):
        """Swap two letters of the abstract and set the clock of the file back: size and date are as before."""
        path = self._paper()
        text, status = path.read_text(encoding="utf-8"), path.stat()
        path.write_text(text[:-3] + text[-3:-1][::-1] + text[-1:], encoding="utf-8")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        return f"swapped letters of {path.name}"

    def _break(self):
        return self._line("published", self.random.choice(["soon", '"2025-01-01"']))

    def _settings(self):
        path = self.content / "archive.yaml"
        path.write_text(
            f"title: {self._words(1, 3)}\npage_size: {self.random.randint(2, 9)}\nfeed_size: {self.random.randint(2, 30)}\n"
        )
        return "changed the settings"

    def _taxonomy(self):
        (self.content / "tags.yaml").write_text(
            f"- {{tag: maps, label: {self._words(1, 2)}, description: {self._words(1, 9)}, phrases: [map]}}\n"
        )
        return "changed the taxonomy"

    def _collection(self):
        known = ", ".join(
            path.stem for path in self.random.sample(self._papers(), k=min(2, len(self._papers())))
        )
        text = f"---\ntitle: {self._words(1, 3)}\npapers: [{known}]\n---\n\n{self._words(3, 9)}\n"
        (self.content / "collections").mkdir(exist_ok=True)
        (self.content / "collections" / self.random.choice(["autumn.md", "winter.md"])).write_text(text)
        return "changed a collection"

    def _proceedings(self):
        """Rewrite a collection with an imprint and, mostly, a programme: what its papers' pages show changes with it."""
        papers = self.random.sample(self._papers(), k=min(3, len(self._papers())))
        sessions = [f", session: {self._words(1, 1)}" if self.random.random() < 0.5 else "" for _ in papers]
        listed = [
            f"  - {{id: {path.stem}, pages: {self.random.randint(1, 99)}{session}}}"
            for path, session in zip(papers, sessions, strict=True)
        ]
        lines = [
            f"title: {self._words(1, 3)}",
            f"publisher: {self._words(1, 2)}",
            f'published: "{self._date()}"',
            "papers:",
            *listed,
        ]
        path = self.content / "collections" / self.random.choice(["autumn.md", "winter.md"])
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(["---", *lines, "---", ""]))
        return f"made proceedings of {path.name}"

    def _attach(self):
        folder = self.content / "files" / self._paper().stem
        if folder.exists():
            shutil.rmtree(folder)
            return f"removed the files of {folder.name}"
        folder.mkdir(parents=True)
        (folder / self.random.choice(["paper.pdf", "slides.pdf", "a b.txt"])).write_text(self._words(1, 400))
        return f"gave {folder.name} a file"

    def _people(self):
        spellings = sorted(
            {
                name
                for path in self._papers()
                for name in re.findall(r"^authors: \[(.*)\]$", path.read_text(encoding="utf-8"), re.MULTILINE)
            }
        )
        known = self.random.sample(spellings, k=min(3, len(spellings)))
        (self.content / "authors.yaml").write_text(
            f"- {{name: {self._words(2, 2)}, id: who, aliases: [{', '.join(known)}]}}\n"
        )
        return "changed the register of authors"

    def _own_page(self):
        path = self.content / "pages" / "more.md"
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            path.unlink()
            return "removed a page"
        path.write_text(f"---\ntitle: {self._words(1, 2)}\n---\n\n{self._words(3, 9)}\n")
        return "added a page"

    def _searches(self):
        """Save other searches than before, or the same again."""
        path = self.content / "archive.yaml"
        kept = path.read_text(encoding="utf-8").partition("searches:")[0]
        asked = [
            "tag:maps",
            "tag:light learning",
            '"trees maps"',
            "-year:2020..2023",
            "paths -letters",
            "author:trees",
            "collection:autumn",
            "has:pdf",
        ]
        lines = [
            f"  s{n}: {{title: {self._words(1, 2)}, query: '{query}'}}"
            for n, query in enumerate(self.random.sample(asked, k=3))
        ]
        path.write_text("\n".join([f"{kept.rstrip()}\nsearches:", *lines, ""]), encoding="utf-8")
        return "changed the saved searches"

    def _static(self):
        path = self.content / "static" / self.random.choice(["CNAME", "deep/er/logo.txt", "deep"])
        for other in (path, self.content / "static/deep"):  # a folder may become a file, and a file a folder
            if other.is_file():
                other.unlink()
        if path.is_dir():
            shutil.rmtree(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._words(1, 3))
        return f"changed static file {path.name}"

    def _theme(self):
        folder = self.root / "themes" / "ours" / "css"
        folder.mkdir(parents=True, exist_ok=True)
        (folder.parent / "theme.yaml").write_text("extends: default\n")
        (folder / "95-ours.css").write_text(f"/* {self._words(1, 3)} */\n")
        with (self.content / "archive.yaml").open("a") as file:
            file.write("" if "theme:" in (self.content / "archive.yaml").read_text() else "theme: ours\n")
        return "changed the theme"

    def _forget(self):
        shutil.rmtree(self.root / ".regesta", ignore_errors=True)
        return "removed .regesta"

    def _damage(self):
        files = sorted(path for path in self.site.rglob("*.html") if path.is_file())
        if files:
            self.random.choice(files).unlink()
        return "removed a page of the site"

    def _foreign(self):
        folders = sorted(
            path
            for path in [self.site, *self.site.rglob("*")]
            if path.is_dir() and "theirs" not in path.parts
        )
        if folders:
            self.count += 1
            folder = self.random.choice(folders)
            (folder / "theirs").mkdir(exist_ok=True)
            (folder / "theirs" / f"{self.count}.theirs").write_text("theirs")
            (folder / f"{self.count}.theirs").write_text("theirs")
        return "put files of their own into the site"

    def _touch(self):
        for path in self._papers():
            path.touch()
        return "touched every paper"

    def foreign(self):
        """Return the files that somebody else put into the site."""
        return sorted(path.relative_to(self.site).as_posix() for path in self.site.rglob("*.theirs"))


def bytes_of(site: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a site, but for those of somebody else, by path."""
    files = (path for path in site.rglob("*") if path.is_file() and path.suffix != ".theirs")
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in files}


def follow(curator, steps, elsewhere):
    """Make edits one by one; after each, the site must be what a clean build makes, and hold all that others put there."""
    curator.build()
    for step in range(steps):
        what, theirs = curator.edit(), curator.foreign()
        curator.build()
        assert bytes_of(curator.site) == curator.built_anew(elsewhere), f"step {step}: {what}"
        assert set(theirs) <= set(curator.foreign()), f"step {step}: {what}"
