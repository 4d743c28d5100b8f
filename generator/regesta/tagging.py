"""Tags suggested by `content/tags.yaml`: a paper bears a tag if enough of the tag's phrases stand in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from regesta.errors import Problem, RegestaError
from regesta.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TAGS_FILE = "tags.yaml"
MOST_TAGS = 6
#: What a phrase is worth in a title, and each of its first mentions in an abstract; a tag needs `ENOUGH` in all.
IN_TITLE, IN_ABSTRACT, MENTIONS, ENOUGH = 4, 1, 3, 2


@dataclass(frozen=True, slots=True)
class Tag:
    """A subject of the taxonomy.

    Attributes:
        tag: its name in addresses and front matter.
        label: its name for readers.
        description: one sentence that says what belongs here.
        phrases: what suggests the tag; one in capitals must be written so, others in any case, plural included.
        hints: phrases that suggest it too, but at half the worth: they are often said in passing.
    """

    tag: str
    label: str
    description: str = ""
    phrases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


def load_tags(content: Path) -> dict[str, Tag]:
    """Return the taxonomy, by tag, in the file's order; nothing if the archive has none.

    Raises:
        RegestaError: with every problem of the file.
    """
    path, name = content / TAGS_FILE, f"{content.name}/{TAGS_FILE}"
    if not path.exists():
        return {}
    loader: Any = yaml.BaseLoader
    try:
        node = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RegestaError([Problem(name, mark.line + 1 if mark else 1, "is not valid YAML", "mend it")]) from error
    tags: dict[str, Tag] = {}
    problems = []
    for item in node.value if isinstance(node, yaml.SequenceNode) else []:
        data = yaml.BaseLoader("").construct_document(item)
        what = _wrong(data, tags)
        if what:
            problems.append(Problem(name, item.start_mark.line + 1, what, "see docs/tags.md for what a tag looks like"))
            continue
        texts = {key: tuple(map(one_line, data.get(key, ()))) for key in ("phrases", "hints")}
        tags[data["tag"]] = Tag(data["tag"], one_line(data.get("label", data["tag"])), one_line(data.get("description", "")), **texts)
    if problems:
        raise RegestaError(problems)
    return tags


def _wrong(data: Any, tags: dict[str, Tag]) -> str:
    if not isinstance(data, dict) or not isinstance(data.get("tag"), str):
        return "is not a tag with a name"
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,79}", data["tag"]):
        return f"{data['tag']!r} cannot be a tag's name (a-z, 0-9 and dashes)"
    if data["tag"] in tags:
        return f"names the tag {data['tag']!r} a second time"
    unknown = set(data) - {"tag", "label", "description", "phrases", "hints"}
    if unknown:
        return f"has unknown keys: {', '.join(sorted(unknown))}"
    lists = [data.get(key, []) for key in ("phrases", "hints")]
    if not all(isinstance(words, list) and all(isinstance(word, str) for word in words) for words in lists):
        return f"the phrases of {data['tag']!r} are no list of texts"
    return ""


class Tagger:
    """Suggests tags for papers by a taxonomy whose phrases are compiled once."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        self._rules = [
            (tag.tag, [(_pattern(phrase), 2) for phrase in tag.phrases] + [(_pattern(hint), 1) for hint in tag.hints])
            for tag in tags
        ]

    def suggest(self, title: str, abstract: str) -> tuple[str, ...]:
        """Return up to `MOST_TAGS` tags for a paper, the best suggested first (ties in the taxonomy's order)."""
        scores = [(self._score(rules, title, abstract), tag) for tag, rules in self._rules]
        best = sorted((item for item in scores if item[0] >= 2 * ENOUGH), key=lambda item: -item[0])
        return tuple(tag for _, tag in best[:MOST_TAGS])

    @staticmethod
    def _score(rules: list[tuple[re.Pattern[str], int]], title: str, abstract: str) -> int:
        score = 0
        for pattern, worth in rules:
            mentions = min(len(pattern.findall(abstract)), MENTIONS)
            score += worth * (IN_TITLE * bool(pattern.search(title)) + IN_ABSTRACT * mentions)
        return score


def _pattern(phrase: str) -> re.Pattern[str]:
    """Compile a phrase: whole words, blanks and hyphens alike, plural allowed, capitals kept if it is all capitals."""
    words = r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", phrase)))
    return re.compile(rf"(?<![A-Za-z0-9]){words}(?:s|es)?(?![A-Za-z0-9])", 0 if phrase.isupper() else re.IGNORECASE)
