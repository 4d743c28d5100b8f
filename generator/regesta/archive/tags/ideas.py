"""Ideas for tags: frequent phrases that the taxonomy lacks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from regesta.archive.tags.suggestions import sentences
from regesta.content.taxonomy import phrase_words
from regesta.text.english import EMPTY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from regesta.content.paper import Paper
    from regesta.content.taxonomy import Tag

_LONGEST = 3  # words of a phrase
_LEAST = 3  # papers about a phrase
_MOST, _SMALL = 0.2, 10  # of all papers, or that many papers: a phrase of more is too general for a tag
_SENTENCES = 2  # that name a phrase, if the title does not
_PART = 0.7  # of a phrase's papers: if so many use a longer phrase around it, the longer one is meant
_FEW_TAGS = 1
_EXAMPLES = 2

_WORD = re.compile(r"[^\W_]+|[,;:()]")
#: A word without a hyphen: `self-attention` is not about "self".
_ALONE = re.compile(r"(?<![\w-])[^\W_]{4,}(?![\w-])")
_Phrase = tuple[str, ...]


class Idea(NamedTuple):
    """A phrase that could suggest a tag.

    Attributes:
        phrase: as papers spell it.
        papers: how many papers are about it.
        untagged: how many of these have at most one tag.
        examples: two of their titles.
    """

    phrase: str
    papers: int
    untagged: int
    examples: tuple[str, ...]


def tag_ideas(papers: Sequence[Paper], taxonomy: Iterable[Tag], most: int) -> list[Idea]:
    """Return up to `most` ideas for tags, those first that would tag most papers with few tags."""
    bearers: dict[_Phrase, list[Paper]] = defaultdict(list)
    spellings: dict[_Phrase, Counter[str]] = defaultdict(Counter)
    for paper in papers:
        for phrase, spelling in _phrases_of(paper).items():
            bearers[phrase].append(paper)
            spellings[phrase][spelling] += 1
    known, largest = _known_phrases(taxonomy), max(_SMALL, _MOST * len(papers))
    frequent = {
        phrase: own
        for phrase, own in bearers.items()
        if phrase not in known and _LEAST <= len(own) <= largest
    }
    for part in _mere_parts(frequent):
        del frequent[part]
    ideas = [_idea(spellings[phrase].most_common(1)[0][0], own) for phrase, own in frequent.items()]
    return sorted(ideas, key=lambda idea: (-idea.untagged, -idea.papers, idea.phrase))[:most]


def _known_phrases(taxonomy: Iterable[Tag]) -> set[_Phrase]:
    """Return all phrases in the labels, phrases and hints of tags."""
    texts = (text for tag in taxonomy for text in (tag.label, *tag.phrases, *tag.hints))
    return {part for text in texts for part in _parts(tuple(phrase_words(text.lower())))}


def _mere_parts(bearers: Mapping[_Phrase, Sequence[Paper]]) -> set[_Phrase]:
    """Return the phrases that are mostly used as a part of a longer one."""
    return {
        part
        for phrase, own in bearers.items()
        for part in _parts(phrase)
        if part != phrase and part in bearers and len(own) >= _PART * len(bearers[part])
    }


def _idea(phrase: str, papers: Sequence[Paper]) -> Idea:
    untagged = [paper for paper in papers if len(paper.tags) <= _FEW_TAGS]
    examples = tuple(paper.title for paper in (untagged or papers)[:_EXAMPLES])
    return Idea(phrase, len(papers), len(untagged), examples)


def _phrases_of(paper: Paper) -> dict[_Phrase, str]:
    """Return the phrases that a paper is about, with its spellings of them.

    The title names them, or two sentences of the abstract do; a single word counts in the title only.
    """
    counts: Counter[_Phrase] = Counter()
    spellings: dict[_Phrase, str] = {}
    for sentence in sentences(paper.abstract):
        named = dict(_phrases(sentence))
        counts.update(named.keys())
        spellings |= named
    often = {p: spellings[p] for p, count in counts.items() if count >= _SENTENCES and len(p) > 1}
    alone = {*_ALONE.findall(paper.title.lower())}
    in_title = {p: spelling for p, spelling in _phrases(paper.title) if len(p) > 1 or spelling in alone}
    return often | in_title


def _phrases(text: str) -> Iterator[tuple[_Phrase, str]]:
    """Yield the runs of words in a text that could be a phrase, in the form for comparison and as spelt.

    It holds no stop word, no punctuation and no number.
    """
    run: list[tuple[str, str]] = []
    for spelling in (*_WORD.findall(text.lower()), ","):
        word = "".join(phrase_words(spelling))
        if not EMPTY_WORDS.isdisjoint((word, spelling)) or not word[:1].isalpha() or len(word) == 1:
            run = []
            continue
        run.append((word, spelling))
        for length in range(1, min(len(run), _LONGEST) + 1):
            words, spellings = zip(*run[-length:], strict=True)
            yield words, " ".join(spellings)


def _parts(phrase: _Phrase) -> Iterator[_Phrase]:
    """Yield the phrases within a phrase, including itself."""
    yield from (phrase[i:j] for i in range(len(phrase)) for j in range(i + 1, len(phrase) + 1))
