"""Make what one size of the benchmark needs: an archive, its Hugo project, and the edits that both will undergo.

python tests/bench/prepare.py DIR --papers 10000
"""

import argparse
import json
import re
from pathlib import Path

from generate import write_archive
from hugo_project import make_project

from regesta.content.config import load_config
from regesta.content.imports_lock import ImportMemory, save_lock, value_hash
from regesta.content.paper import KINDS, value_of
from regesta.content.paper_files import load_papers
from regesta.content.taxonomy import load_tags
from regesta.importing.recognize import names_of

ADDED = 30
_DAY = (
    "2026-11-23"  # on which they come out and are added: later than all others, as in the life of an archive
)
_NEW_NAME = "Another name"  # of the tag, and of the archive
_SENTENCE = "This version corrects two tables and adds references."
_BANNER = (
    "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe"
)


def prepare(work, papers, seed):
    """Write to a new folder what is built and how it is edited.

    - `regesta/`, `hugo/`: the archive and its Hugo project
    - `edits/NAME/regesta/`, `edits/NAME/hugo/`: the files that an edit adds or replaces there
    - `edited`, `deleted`: paths of papers below `content/papers`: one from the middle, and the oldest
    - `dump.txt`: a listing of papers that the archive does not have
    """
    generator, first = write_archive(work / "regesta", papers, seed)
    converter = make_project(work / "regesta", work / "hugo")
    files, _ = load_papers(work / "regesta" / "content" / "papers")
    _write_lock(work / "regesta" / "content", [file.paper for file in files])
    dated = sorted((file for file in files if _is_dated(file.paper)), key=lambda file: file.path)
    edited, oldest = dated[len(dated) // 2], min(dated, key=lambda file: file.paper.published)
    for name, file in (("edited", edited), ("deleted", oldest)):
        path = file.path.relative_to(work / "regesta" / "content" / "papers")
        (work / name).write_text(path.as_posix(), encoding="utf-8")
    _edit_abstract(work, Path("content", "papers", (work / "edited").read_text(encoding="utf-8")))
    _add_papers(work, generator, converter, first)
    _rename_tag(work, edited.paper.tags[0])
    _change_title(work)
    _write_dump(work / "dump.txt", generator, first + ADDED)


def _write_lock(content, papers):
    """Write the memory of an import that brought all papers: without one, no other import is done."""
    save_lock(content, {paper.id: ImportMemory(names_of(paper), _hashes(paper)) for paper in papers})


def _hashes(paper):
    names = (name for name in (*KINDS, "abstract") if name != "id" and value_of(paper, name) is not None)
    return {name: value_hash(paper, name) for name in names}


def _is_dated(paper):
    return len(paper.published) == len(_DAY)


def _edit_abstract(work, path):
    for engine in ("regesta", "hugo"):
        _edit(work, "abstract", engine, path, lambda text: f"{text.rstrip()} {_SENTENCE}\n")


def _add_papers(work, generator, converter, first):
    folder = work / "edits" / "added" / "regesta"
    for number in range(first, first + ADDED):
        path = generator.write(folder / "content" / "papers", number, _DAY)
        converter.write(path, folder.with_name("hugo") / path.relative_to(folder))


def _rename_tag(work, tag):
    label = load_tags(work / "regesta" / "content")[tag].label
    _edit(work, "tag", "regesta", "content/tags.yaml", _replacer(f"- tag: {tag}\n  label: {label}", label))
    _edit(
        work, "tag", "hugo", f"content/tags/{tag}/_index.md", _replacer(f'"title": {_quoted(label)}', label)
    )


def _change_title(work):
    title = load_config(work / "regesta" / "content").title
    _edit(work, "title", "regesta", "content/archive.yaml", _replacer(f"title: {title}", title))
    _edit(work, "title", "hugo", "hugo.toml", _replacer(f"title = {_quoted(title)}", title))


def _write_dump(path, generator, first):
    """Write a listing as Hugging Face has it: a title and an abstract on a line of their own."""
    papers = (generator.invent(number) for number in range(first, first + ADDED))
    lines = (f"{paper.title}\n{re.sub('[<>]', '', paper.abstract)}\n" for paper in papers)
    path.write_text(_BANNER + "".join(lines), encoding="utf-8", newline="\n")


def _edit(work, name, engine, path, change):
    """Write the file of an edit: what `change` makes of a file's text."""
    target = work / "edits" / name / engine / path
    target.parent.mkdir(parents=True, exist_ok=True)
    text = change((work / engine / path).read_text(encoding="utf-8"))
    target.write_text(text, encoding="utf-8", newline="\n")


def _replacer(place, name):
    """Return a function that gives a name its new one at a place in a text."""
    return lambda text: text.replace(place, place.replace(name, _NEW_NAME), 1)


def _quoted(text):
    return json.dumps(text, ensure_ascii=False)


def main():
    """Read the arguments, make everything."""
    parser = argparse.ArgumentParser(
        description="Make an archive, its Hugo project, and the edits that both will undergo."
    )
    parser.add_argument("work", type=Path, metavar="DIR", help="where they go; must be new")
    parser.add_argument("--papers", type=int, required=True, metavar="N", help="how many papers")
    parser.add_argument("--seed", type=int, default=1, help="another one makes another archive")
    options = parser.parse_args()
    prepare(options.work, options.papers, options.seed)


if __name__ == "__main__":
    main()
