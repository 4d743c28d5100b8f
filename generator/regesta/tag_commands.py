"""What `regesta tag` and the commands below it do: call the work, say what was done, return the exit status."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from regesta import console
from regesta.commands import DONE, DONE_WITH_PROBLEMS, an_archive
from regesta.errors import Problem, RegestaError, fail
from regesta.text.strings import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from regesta.archive.archive import Archive
    from regesta.archive.tag_changes import TagChanges
    from regesta.archive.tag_suggestions import Tagger
    from regesta.content.attachments import Attachment
    from regesta.content.imports_lock import Memory
    from regesta.content.paper import Paper
    from regesta.content.paper_files import PaperFile
    from regesta.content.taxonomy import Tag
    from regesta.importing.import_papers import Import
    from regesta.search.query import Mistake

    Attached = Mapping[str, Sequence[Attachment]]


def apply(options: argparse.Namespace) -> int:
    """Give papers the tags that the taxonomy suggests."""
    from regesta.archive.tag_changes import apply_taxonomy

    return _retag(options, lambda papers: apply_taxonomy(papers.files, papers.memories, papers.tagger))


def add(options: argparse.Namespace) -> int:
    """Give a tag to all papers that a query finds."""
    from regesta.archive.tag_changes import add_tag
    from regesta.search.query import mistakes

    _refuse(mistakes(options.query))
    return _retag(
        options, lambda papers: add_tag(papers.files, papers.known(options.tag), papers.finder(options.query))
    )


def remove(options: argparse.Namespace) -> int:
    """Take a tag from all papers that a query finds."""
    from regesta.archive.tag_changes import remove_tag
    from regesta.search.query import mistakes

    _refuse(mistakes(options.query))
    return _retag(options, lambda papers: remove_tag(papers.files, options.tag, papers.finder(options.query)))


def _refuse(wrong: Sequence[Mistake]) -> None:
    """Refuse a query of which something is wrong."""
    if wrong:
        raise RegestaError([Problem("--query", 0, *mistake) for mistake in wrong])


def rename(options: argparse.Namespace) -> int:
    """Rename a tag in the taxonomy and in every paper."""
    from regesta.archive.taxonomy_edits import rename_tag

    return _replace(options, rename_tag)


def merge(options: argparse.Namespace) -> int:
    """Make a tag a part of another, in the taxonomy and in every paper."""
    from regesta.archive.taxonomy_edits import merge_tags

    return _replace(options, merge_tags)


def _replace(options: argparse.Namespace, edit: Callable[..., None]) -> int:
    """Put one tag in another's place: in the taxonomy by the edit given, and in every paper."""
    from regesta.archive.tag_changes import rename_in_papers

    def work(papers: _Papers) -> TagChanges:
        edit(papers.job.content, options.old, options.new, dry_run=options.dry_run)
        return rename_in_papers(papers.files, papers.memories, {options.old: options.new})

    return _retag(options, work)


_MOST = 5  # tags that are named as given most often


class _Papers:
    """The papers of an archive, with its taxonomy and what the import remembers; `found` counts those that a query finds."""

    def __init__(self, job: Import) -> None:
        from regesta.content.changes import remembered
        from regesta.content.paper_files import load_papers
        from regesta.content.taxonomy import load_tags

        self.job = job
        self.found: int | None = None
        self.files: list[PaperFile]
        self.problems: list[Problem]
        self.files, self.problems = load_papers(job.content / "papers")
        self.taxonomy: dict[str, Tag] = load_tags(job.content)
        self.memories: dict[str, Memory] = remembered(job.content, job.home, self.files)

    @property
    def tagger(self) -> Tagger:
        """What suggests tags."""
        from regesta.archive.tag_suggestions import Tagger

        return Tagger([*self.taxonomy.values()])

    def finder(self, query: str) -> Callable[[Paper], bool]:
        """Return what tells whether a query finds a paper, by all that the archive's site knows of it.

        Raises:
            RegestaError: the query names what the archive does not have.
        """
        from regesta.search.query import Query
        from regesta.search.searchable import known_names, searchable, strange_names
        from regesta.text.markdown import plain_text

        archive, attached = self._archive()
        names = known_names(archive)
        _refuse(strange_names(archive, names, query))
        asked, by_id = Query(query, names), {paper.id: paper for paper in archive.papers}
        self.found = 0

        def finds(paper: Paper) -> bool:
            known = by_id[paper.id]
            files = [one.kind for one in attached.get(paper.id, ())]
            is_found = asked.finds(searchable(archive, known, plain_text(known.abstract), files).terms())
            self.found = (self.found or 0) + is_found
            return is_found

        return finds

    def _archive(self) -> tuple[Archive, Attached]:
        """Return the archive as its site shows it, and the files of each paper."""
        from regesta.archive.archive import make_archive
        from regesta.content.attachments import attach
        from regesta.content.authors import load_authors
        from regesta.content.collections import load_collections
        from regesta.content.find_files import find_files

        content, papers = self.job.content, [file.paper for file in self.files]
        archive = make_archive(papers, self.taxonomy, load_collections(content)[0], load_authors(content)[0])
        return archive, attach(find_files(content, "files")[0], papers)[0]

    def known(self, tag: str) -> str:
        """Return the name of a tag that a person may give.

        Raises:
            RegestaError: it is no name for a tag, or the old name of one.
        """
        from regesta.content.fields import is_name

        if not is_name(tag):
            raise fail(tag, "cannot be a tag's name", "use a-z, 0-9 and dashes")
        for other in self.taxonomy.values():
            if tag in other.aliases:
                raise fail(tag, f"is an old name of {other.tag}", "use the new one")
        if tag not in self.taxonomy:
            console.note([f"{tag} is not in content/tags.yaml: write it there for a label and a description"])
        return tag


def _retag(options: argparse.Namespace, work: Callable[[_Papers], TagChanges]) -> int:
    """Do some work on the tags of papers, and say what changed."""
    from regesta.content.changes import commit

    with an_archive(options) as job:
        papers = _Papers(replace(job, dry_run=options.dry_run))
        done = work(papers)
        if not options.dry_run:
            commit(job.content, job.home, done.changes, papers.memories, progress=job.progress)
    problems = [problem.below(job.content) for problem in papers.problems]
    console.complain(problems)
    if options.json:
        numbers = {
            "changed": len(done.changes),
            "added": done.added,
            "removed": done.removed,
            "unchanged": done.unchanged,
        }
        console.say_json(numbers | {"kept": done.kept, "changes": done.lines})
    else:
        if options.dry_run:
            console.say_lines(done.lines)
        console.note(
            [
                f"{paper_id}: tags left alone: the paper is locked, or a person set them"
                for paper_id in done.kept
            ]
        )
        verb = "would change" if options.dry_run else "changed"
        console.say(
            f"{verb} the tags of {counted(len(done.changes), 'paper')} (+{done.added} -{done.removed}); "
            f"{done.unchanged} unchanged, {len(done.kept)} kept as set by hand"
            + ("; the query finds no paper" if papers.found == 0 else "")
        )
    return DONE_WITH_PROBLEMS if problems else DONE


def explain(options: argparse.Namespace) -> int:
    """Say of each tag of some papers which phrase speaks for it, and where."""
    from regesta.content.paper_files import by_name

    with an_archive(options) as job:
        papers = _Papers(job)
    by_id = by_name(papers.files)
    if unknown := [paper_id for paper_id in options.ids if paper_id not in by_id]:
        raise fail(unknown[0], "is no paper's id", "the address of its page ends with it")
    told = {paper_id: _explained(by_id[paper_id], papers) for paper_id in options.ids}
    if options.json:
        console.say_json(told)
    for paper_id, rows in told.items() if not options.json else ():
        console.say(f"{paper_id}: {by_id[paper_id].paper.title}")
        console.say_lines(
            [
                f"    {row['tag']}: {row['verdict']}" + "".join(f"; {place}" for place in row["evidence"])
                for row in rows
            ]
        )
    return DONE


def _explained(file: PaperFile, papers: _Papers) -> list[dict[str, Any]]:
    from regesta.archive.tag_suggestions import ENOUGH
    from regesta.content.imports_lock import Memory

    tagger, paper = papers.tagger, file.paper
    evidence = [*tagger.evidence(paper)]
    suggested, is_ours = tagger.suggest(paper), papers.memories.get(paper.id, Memory()).is_ours(paper, "tags")
    rows = []
    for tag in dict.fromkeys((*paper.tags, *suggested, *(found.tag for found in evidence))):
        score = sum(found.worth for found in evidence if found.tag == tag)
        has = "given" if tag in paper.tags else "not given"
        by = (
            f"{score} of {ENOUGH} needed"
            if tag in suggested or not is_ours or score < ENOUGH
            else f"{score} of {ENOUGH}, but others have more"
        )
        hand = "" if is_ours else ", tags set by hand"
        places = [
            f"{found.where}: “{found.phrase}” ({found.worth})" for found in evidence if found.tag == tag
        ]
        rows.append({"tag": tag, "verdict": f"{has} ({by}{hand})", "evidence": places})
    return rows


def suggest(options: argparse.Namespace) -> int:
    """Name phrases that many papers are about and that no tag stands for."""
    from regesta.archive.tag_ideas import tag_ideas

    with an_archive(options) as job:
        papers = _Papers(job)
    ideas = tag_ideas([file.paper for file in papers.files], papers.taxonomy.values(), options.most)
    if options.json:
        console.say_json([idea._asdict() for idea in ideas])
    else:
        console.say_lines(
            [
                f"{idea.phrase}: {counted(idea.papers, 'paper')}, {idea.untagged} with one tag at most; as “{idea.examples[0]}”"
                for idea in ideas
            ]
        )
        console.say(
            f"{counted(len(ideas), 'phrase')} that no tag stands for"
            if ideas
            else "no phrase is frequent that no tag stands for"
        )
    return DONE


def coverage(options: argparse.Namespace) -> int:
    """Say how well the tags cover the papers."""
    with an_archive(options) as job:
        papers = _Papers(job)
    report = _coverage([file.paper.tags for file in papers.files], [*papers.taxonomy])
    if options.json:
        console.say_json(report)
        return DONE
    spread = ", ".join(
        f"{count} with {number}" for number, count in report["papers_by_number_of_tags"].items()
    )
    console.say(f"{report['papers']} papers, {report['tagged']} tagged ({report['share']}); {spread}")
    console.say(
        f"{report['tags']} tags, {report['given']} given; most often: {', '.join(f'{tag} ({n})' for tag, n in report['most'])}"
    )
    console.say(
        f"without papers: {', '.join(report['empty']) or 'none'}; not in tags.yaml: {', '.join(report['unknown']) or 'none'}"
    )
    return DONE


def _coverage(tags: Sequence[Sequence[str]], taxonomy: Sequence[str]) -> dict[str, Any]:
    counts = Counter(tag for given in tags for tag in given)
    tagged = sum(bool(given) for given in tags)
    return {
        "papers": len(tags),
        "tagged": tagged,
        "share": f"{tagged / len(tags):.0%}" if tags else "0%",
        "papers_by_number_of_tags": dict(sorted(Counter(map(len, tags)).items())),
        "tags": len({*taxonomy, *counts}),
        "given": counts.total(),
        "most": sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST],
        "empty": [tag for tag in taxonomy if tag not in counts],
        "unknown": sorted(counts.keys() - {*taxonomy}),
    }
