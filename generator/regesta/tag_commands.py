"""What `regesta tag` and its subcommands do: call the code that does the work, print the result, return the exit status."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from regesta import console
from regesta.commands import DONE, open_archive, status_of
from regesta.errors import Problem, RegestaError, fail
from regesta.text.strings import counted, some

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from regesta.archive.archive import Archive
    from regesta.archive.tags.changes import TagChanges
    from regesta.archive.tags.suggestions import Tagger
    from regesta.content.attachments import Attachment
    from regesta.content.imports_lock import ImportMemory
    from regesta.content.paper import Paper
    from regesta.content.paper_files import PaperFile
    from regesta.content.taxonomy import Tag
    from regesta.importing.import_papers import Import
    from regesta.search.query import Mistake

    Attached = Mapping[str, Sequence[Attachment]]

_MOST = 5  # tags listed as given most often


def apply(options: argparse.Namespace) -> int:
    """Give papers the tags that the taxonomy suggests."""
    from regesta.archive.tags.changes import apply_taxonomy

    return _retag(options, lambda papers: apply_taxonomy(papers.files, papers.memories, papers.tagger))


def add(options: argparse.Namespace) -> int:
    """Add a tag to all papers that a query finds."""
    from regesta.archive.tags.changes import add_tag
    from regesta.search.query import mistakes

    _refuse(mistakes(options.query))
    return _retag(
        options,
        lambda papers: add_tag(papers.files, papers.usable(options.tag), papers.finder(options.query)),
    )


def remove(options: argparse.Namespace) -> int:
    """Remove a tag from all papers that a query finds."""
    from regesta.archive.tags.changes import remove_tag
    from regesta.search.query import mistakes

    _refuse(mistakes(options.query))
    return _retag(options, lambda papers: remove_tag(papers.files, options.tag, papers.finder(options.query)))


def _refuse(mistakes: Sequence[Mistake]) -> None:
    """Refuse a query that has mistakes."""
    if mistakes:
        raise RegestaError([Problem("--query", 0, *mistake) for mistake in mistakes])


def rename(options: argparse.Namespace) -> int:
    """Rename a tag in the taxonomy and in every paper."""
    from regesta.archive.tags.taxonomy_edits import rename_tag

    return _replace(options, rename_tag)


def merge(options: argparse.Namespace) -> int:
    """Merge a tag into another, in the taxonomy and in every paper."""
    from regesta.archive.tags.taxonomy_edits import merge_tags

    return _replace(options, merge_tags)


def _replace(options: argparse.Namespace, edit_taxonomy: Callable[..., None]) -> int:
    """Put one tag in another's place, in the taxonomy and in every paper."""
    from regesta.archive.tags.changes import rename_in_papers

    def change(papers: _Papers) -> TagChanges:
        edit_taxonomy(papers.job.content, options.old, options.new, dry_run=options.dry_run)
        return rename_in_papers(papers.files, papers.memories, {options.old: options.new})

    return _retag(options, change)


class _Papers:
    """The papers of an archive, its taxonomy, and what the import remembers.

    Attributes:
        found: how many papers the query has found so far; None if there is no query.
    """

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
        by_id = {file.paper.id: file.paper for file in self.files}
        self.memories: dict[str, ImportMemory] = remembered(job.content, job.home, by_id)

    @property
    def tagger(self) -> Tagger:
        """Suggests tags by the taxonomy."""
        from regesta.archive.tags.suggestions import Tagger

        return Tagger([*self.taxonomy.values()])

    def finder(self, query: str) -> Callable[[Paper], bool]:
        """Return a function that tells whether a query finds a paper, as it would on the site.

        Raises:
            RegestaError: the query asks for a name that the archive does not have.
        """
        from regesta.search.query import Query
        from regesta.search.searchable import known_names, searchable, unknown_names
        from regesta.text.markdown import plain_text

        archive, attached = self._archive()
        names = known_names(archive)
        _refuse(unknown_names(archive, names, query))
        asked, by_id = Query(query, names), {paper.id: paper for paper in archive.papers}
        self.found = 0

        def finds(paper: Paper) -> bool:
            shown = by_id[paper.id]
            files = [file.kind for file in attached.get(paper.id, ())]
            is_found = asked.matches(searchable(archive, shown, plain_text(shown.abstract), files).terms())
            self.found = (self.found or 0) + is_found
            return is_found

        return finds

    def _archive(self) -> tuple[Archive, Attached]:
        """Return the archive as its site shows it, and the attached files by paper id."""
        from regesta.archive.archive_rows import make_archive
        from regesta.content.attachments import attach
        from regesta.content.authors import load_authors
        from regesta.content.collections import load_collections
        from regesta.content.find_files import find_files

        content, papers = self.job.content, [file.paper for file in self.files]
        archive = make_archive(papers, self.taxonomy, load_collections(content)[0], load_authors(content)[0])
        return archive, attach(find_files(content, "files")[0], archive.owners)[0]

    def usable(self, tag: str) -> str:
        """Return a tag that is to be added to papers; say if the taxonomy lacks it.

        Raises:
            RegestaError: it cannot be a tag's name, or is an old name of one.
        """
        from regesta.content.taxonomy import is_tag_name

        if not is_tag_name(tag):
            raise fail(tag, "cannot be a tag's name", "use a-z, 0-9 and dashes")
        for other in self.taxonomy.values():
            if tag in other.aliases:
                raise fail(tag, f"is an old name of {other.tag}", "use the new one")
        if tag not in self.taxonomy:
            console.note(f"{tag} is not in content/tags.yaml: write it there for a label and a description")
        return tag


def _retag(options: argparse.Namespace, change: Callable[[_Papers], TagChanges]) -> int:
    """Change the tags of papers, and print what changed."""
    from regesta.content.changes import commit

    with open_archive(options) as job:
        papers = _Papers(job._replace(dry_run=options.dry_run))
        changed = change(papers)
        if not options.dry_run:
            commit(job.content, job.home, changed.changes, papers.memories, progress=job.progress)
    problems = [problem.below(job.content) for problem in papers.problems]
    console.note_problems(problems)
    if options.json:
        console.say_json(_changes_for_scripts(changed))
    else:
        if options.dry_run:
            console.say_lines(changed.lines)
        for paper_id in changed.kept:
            console.note(f"{paper_id}: tags left alone: the paper is locked, or its tags were set by hand")
        lacking = "; the query finds no paper" if papers.found == 0 else ""
        console.say(_change_summary(changed, is_dry=options.dry_run) + lacking)
    return status_of(problems)


def _changes_for_scripts(changed: TagChanges) -> dict[str, Any]:
    return {
        "changed": len(changed.changes),
        "added": changed.added,
        "removed": changed.removed,
        "unchanged": changed.unchanged,
        "kept": changed.kept,
        "changes": changed.lines,
    }


def _change_summary(changed: TagChanges, *, is_dry: bool) -> str:
    verb, papers = "would change" if is_dry else "changed", counted(len(changed.changes), "paper")
    signs = f"(+{changed.added} -{changed.removed})"
    rest = f"{changed.unchanged} unchanged, {len(changed.kept)} kept as set by hand"
    return f"{verb} the tags of {papers} {signs}; {rest}"


def explain(options: argparse.Namespace) -> int:
    """Explain the tags of some papers: which phrases suggest each, and where."""
    from regesta.content.paper_files import by_name

    with open_archive(options) as job:
        papers = _Papers(job)
    by_id = by_name(papers.files)
    if unknown := [paper_id for paper_id in options.ids if paper_id not in by_id]:
        what, remedy = "is not a paper's id", "the address of a paper's page ends with its id"
        raise RegestaError([Problem(paper_id, 0, what, remedy) for paper_id in unknown])
    explanations = {paper_id: _explained_tags(by_id[paper_id], papers) for paper_id in options.ids}
    if options.json:
        console.say_json(explanations)
        return DONE
    for paper_id, rows in explanations.items():
        console.say(f"{paper_id}: {by_id[paper_id].paper.title}")
        for row in rows:
            console.say("; ".join([f"    {row['tag']}: {row['verdict']}", *row["evidence"]]))
    return DONE


def _explained_tags(file: PaperFile, papers: _Papers) -> list[dict[str, Any]]:
    """Return a row for each tag that the paper has or that some phrase suggests."""
    from regesta.content.imports_lock import ImportMemory

    tagger, paper = papers.tagger, file.paper
    suggested, evidence = tagger.suggest(paper), [*tagger.evidence(paper)]
    by_hand = not papers.memories.get(paper.id, ImportMemory()).is_ours(paper, "tags")
    rows = []
    for tag in dict.fromkeys((*paper.tags, *suggested, *(found.tag for found in evidence))):
        own = [found for found in evidence if found.tag == tag]
        points = _points(sum(found.worth for found in own), is_suggested=tag in suggested, by_hand=by_hand)
        verdict = f"{'given' if tag in paper.tags else 'not given'} ({points})"
        places = [f"{found.where}: “{found.phrase}” ({found.worth})" for found in own]
        rows.append({"tag": tag, "verdict": verdict, "evidence": places})
    return rows


def _points(score: int, *, is_suggested: bool, by_hand: bool) -> str:
    """Return how many points a tag has, and what else decided whether the paper got it."""
    from regesta.archive.tags.suggestions import ENOUGH

    if by_hand:
        return f"{score} points, {ENOUGH} needed; tags set by hand"
    if score >= ENOUGH and not is_suggested:
        return f"{score} points, but other tags come first"
    return f"{score} points, {ENOUGH} needed"


def suggest(options: argparse.Namespace) -> int:
    """List frequent phrases that no tag covers."""
    from regesta.archive.tags.ideas import tag_ideas

    with open_archive(options) as job:
        papers = _Papers(job)
    ideas = tag_ideas([file.paper for file in papers.files], papers.taxonomy.values(), options.most)
    if options.json:
        console.say_json([idea._asdict() for idea in ideas])
        return DONE
    for idea in ideas:
        number, example = counted(idea.papers, "paper"), idea.examples[0]
        console.say(f"{idea.phrase}: {number}, {idea.untagged} with at most one tag; for example “{example}”")
    console.say(f"{counted(len(ideas), 'frequent phrase')} that no tag covers")
    return DONE


def coverage(options: argparse.Namespace) -> int:
    """Show how well the tags cover the papers."""
    with open_archive(options) as job:
        papers = _Papers(job)
    report = _coverage([file.paper.tags for file in papers.files], [*papers.taxonomy])
    if options.json:
        console.say_json(report)
        return DONE
    spread = [f"{count} with {counted(n, 'tag')}" for n, count in report["papers_by_number_of_tags"].items()]
    most = [f"{tag} ({count})" for tag, count in report["most"]]
    empty, unknown = (some(report[key]) or "none" for key in ("empty", "unknown"))
    console.say(f"{report['papers']} papers, {report['tagged']} tagged ({report['share']}); {some(spread)}")
    console.say(
        f"{counted(report['tags'], 'tag')}, given {counted(report['given'], 'time')}; most often: {some(most) or 'none'}"
    )
    console.say(f"without papers: {empty}; not in tags.yaml: {unknown}")
    return DONE


def _coverage(tags: Sequence[Sequence[str]], taxonomy: Sequence[str]) -> dict[str, Any]:
    """Count how papers, each given by its tags, use the tags of a taxonomy."""
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
