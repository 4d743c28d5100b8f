"""What the taxonomy lacks: phrases that many papers are about and that no tag of theirs stands for."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from regesta.archive.tag_suggestions import sentences
from regesta.content.taxonomy import phrase_words
from regesta.text.english import EMPTY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from regesta.content.paper import Paper
    from regesta.content.taxonomy import Tag

_LONGEST = 3  # words of a phrase
_LEAST = 3  # papers that are about it
_MOST, _SMALL = 0.2, 10  # of all papers, or that many: what more are about tells nobody anything
_SAID = 2  # sentences that name a phrase, where the title does not
_PART = 0.7  # of a phrase's papers: if as many say a longer one around it, that one is meant
_FEW_TAGS = 1


_WORD = re.compile(r"[^\W_]+|[,;:()]")
#: A word that no hyphen joins to another: `self-attention` is not about "self".
_ALONE = re.compile(r"(?<![\w-])[^\W_]{4,}(?![\w-])")
_Phrase = tuple[str, ...]


class Idea(NamedTuple):
    """A phrase that could suggest a tag: how many papers are about it, how many of these have at most one tag, two of their titles."""

    phrase: str
    papers: int
    untagged: int
    examples: tuple[str, ...]


def tag_ideas(papers: Sequence[Paper], taxonomy: Iterable[Tag], most: int) -> list[Idea]:
    """Return the phrases that would help most papers without tags, the best first."""
    bearers: dict[_Phrase, list[Paper]] = defaultdict(list)
    spellings: dict[_Phrase, Counter[str]] = defaultdict(Counter)
    for paper in papers:
        for phrase, spelling in _about(paper).items():
            bearers[phrase].append(paper)
            spellings[phrase][spelling] += 1
    known = {
        part
        for tag in taxonomy
        for text in (tag.label, *tag.phrases, *tag.hints)
        for part in _inner(tuple(phrase_words(text.lower())))
    }
    found = {
        phrase: who
        for phrase, who in bearers.items()
        if phrase not in known and _LEAST <= len(who) <= max(_SMALL, _MOST * len(papers))
    }
    parts = {
        part
        for phrase, who in found.items()
        for part in _inner(phrase)
        if part != phrase and part in found and len(who) >= _PART * len(found[part])
    }
    ideas = [
        _idea(spellings[phrase].most_common(1)[0][0], who)
        for phrase, who in found.items()
        if phrase not in parts
    ]
    return sorted(ideas, key=lambda idea: (-idea.untagged, -idea.papers, idea.phrase))[:most]


def _idea(phrase: str, who: Sequence[Paper]) -> Idea:
    untagged = [paper for paper in who if len(paper.tags) <= _FEW_TAGS]
    return Idea(phrase, len(who), len(untagged), tuple(paper.title for paper in (untagged or who)[:2]))


def _about(paper: Paper) -> dict[_Phrase, str]:
    """Return the phrases that a paper is about, as it spells them: its title says them, or two sentences do and they are no single word."""
    said: Counter[_Phrase] = Counter()
    spelt: dict[_Phrase, str] = {}
    for sentence in sentences(paper.abstract):
        here = dict(_phrases(sentence))
        said.update(here.keys())
        spelt |= here
    often = {phrase: spelt[phrase] for phrase, count in said.items() if count >= _SAID and len(phrase) > 1}
    alone = {*_ALONE.findall(paper.title.lower())}
    return often | {
        phrase: spelling for phrase, spelling in _phrases(paper.title) if len(phrase) > 1 or spelling in alone
    }


def _phrases(text: str) -> Iterator[tuple[_Phrase, str]]:
    """Return the runs of words in a text that could be a phrase (none of them empty, a mark or a number), each as it is compared and as it is spelt."""
    run: list[tuple[str, str]] = []
    for spelling in (*_WORD.findall(text.lower()), ","):
        word = "".join(phrase_words(spelling))
        if not EMPTY_WORDS.isdisjoint((word, spelling)) or not word[:1].isalpha() or len(word) == 1:
            run = []
            continue
        run.append((word, spelling))
        for length in range(1, min(len(run), _LONGEST) + 1):
            yield tuple(one for one, _ in run[-length:]), " ".join(other for _, other in run[-length:])


def _inner(phrase: _Phrase) -> Iterator[_Phrase]:
    """Return the phrases that lie in a phrase, itself among them."""
    yield from (phrase[i:j] for i in range(len(phrase)) for j in range(i + 1, len(phrase) + 1))
