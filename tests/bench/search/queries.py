"""Queries made of one paper's own words; this paper is the wanted answer. The same seed and archive give the same queries.

python tests/bench/search/queries.py DIR [--sets title typo] [--count 200] [--seed 1]
"""

import argparse
import json
import random
import re
import string
import sys
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path

from archives import Work
from lunr.stop_word_filter import WORDS

SETS = ("title", "abstract", "author", "typo", "cut")
_PIECE = re.compile(r"[\s\-‐-―/]+")
_TITLE_WORDS, _ABSTRACT_WORDS = 3, 4
_SHORTEST, _SHORTEST_CHANGED = 3, 5  # letters of a word that is taken; of one that gets a typo or is cut


def make_queries(papers, kinds, count, seed):
    """Return queries: set, text, the wanted paper's url, and the urls of others that have all of its words in the same place.

    Args:
        papers: as `Work.papers` returns them.
        kinds: of SETS.
        count: of each set; fewer if the papers give no more.
        seed: another one makes other queries.
    """
    makers = {
        "abstract": _AbstractWords(papers),
        "author": _Authors(papers),
        "title": _TitleWords(papers),
        "typo": _Typos(papers),
        "cut": _Cuts(papers),
    }
    found = []
    for kind in kinds:
        rng = random.Random(f"{seed} {kind}")
        queries = ((makers[kind](rng, paper), paper["url"]) for paper in rng.sample(papers, len(papers)))
        for (text, others), url in islice(((query, url) for query, url in queries if query), count):
            found.append({"set": kind, "text": text, "wanted": url, "others": sorted(others - {url})})
    return found


def _words(text):
    """Return the words that a reader would pick from a text: of letters only, not short, none too common to be searched."""
    pieces = (piece.strip(string.punctuation + "“”‘’…") for piece in _PIECE.split(text.lower()))
    return [piece for piece in pieces if piece.isalpha() and len(piece) >= _SHORTEST and piece not in WORDS]


def _some(rng, words, count):
    """Return so many of the words, in their order; none if there are fewer."""
    words = list(dict.fromkeys(words))
    if len(words) < count:
        return []
    return [words[place] for place in sorted(rng.sample(range(len(words)), count))]


class _Bearers:
    """Which papers have a word in one of their texts.

    Args:
        papers: all.
        field: title or abstract.
    """

    def __init__(self, papers, field):
        self._urls = defaultdict(set)
        for paper in papers:
            for word in _words(paper[field]):
                self._urls[word].add(paper["url"])

    def rarity(self, word):
        """Return what sorts words, the rarest first."""
        return len(self._urls[word]), word

    def of_all(self, words):
        """Return the papers that have all of some words."""
        return set.intersection(*(self._urls[word] for word in words))


class _TitleWords:
    """Takes three words of a title."""

    def __init__(self, papers):
        self._bearers = _Bearers(papers, "title")

    def __call__(self, rng, paper):
        words = _some(rng, _words(paper["title"]), _TITLE_WORDS)
        text = self.typed(rng, words) if words else ""
        return (text, self._bearers.of_all(words)) if text else None

    def typed(self, _rng, words):
        """Return what a reader types of the words; "" if they are too short for it."""
        return " ".join(words)


class _Typos(_TitleWords):
    """Takes three words of a title and changes a letter, leaves it out, puts one in, or exchanges two."""

    def typed(self, rng, words):
        """Return the words, one of them mistyped."""
        places = [place for place, word in enumerate(words) if len(word) >= _SHORTEST_CHANGED]
        if not places:
            return ""
        place = rng.choice(places)
        while (wrong := _mistyped(rng, words[place])) == words[place]:
            pass
        return " ".join([*words[:place], wrong, *words[place + 1 :]])


def _mistyped(rng, word):
    """Return a word after one edit, which may leave it as it was."""
    place, letter = rng.randrange(len(word)), rng.choice(string.ascii_lowercase)
    edits = (
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    )
    return rng.choice(edits)


class _Cuts(_TitleWords):
    """Takes three words of a title and stops before the end of the last."""

    def typed(self, rng, words):
        """Return the words, 50 to 80 % of the last one's letters."""
        *before, last = words
        length = max(_SHORTEST, round(len(last) * rng.uniform(0.5, 0.8)))
        return " ".join([*before, last[:length]]) if len(last) >= _SHORTEST_CHANGED else ""


class _AbstractWords:
    """Takes four words out of the rarer half of an abstract's."""

    def __init__(self, papers):
        self._bearers = _Bearers(papers, "abstract")

    def __call__(self, rng, paper):
        words = list(dict.fromkeys(_words(paper["abstract"])))
        rarer = set(sorted(words, key=self._bearers.rarity)[: (len(words) + 1) // 2])
        words = _some(rng, [word for word in words if word in rarer], _ABSTRACT_WORDS)
        return (" ".join(words), self._bearers.of_all(words)) if words else None


class _Authors:
    """Takes the full name of an author who has no other paper here: else there would be more than one right answer."""

    def __init__(self, papers):
        self._papers = Counter(
            name for paper in papers for name in {name.casefold() for name in paper["authors"]}
        )

    def __call__(self, rng, paper):
        names = [
            name
            for name in dict.fromkeys(paper["authors"])
            if self._papers[name.casefold()] == 1 and " " in name
        ]
        return (rng.choice(names), set()) if names else None


def options_of(description):
    """Return a parser with the arguments that all parts of the search benchmark have: the folder, and which queries."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("work", type=Path, metavar="DIR", help="what archives.py made")
    parser.add_argument("--site", type=Path, metavar="DIR", help="another site built of the same papers")
    parser.add_argument(
        "--client",
        type=Path,
        metavar="DIR",
        help="other modules than those of the theme; must hold engine.js",
    )
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS, help="which queries (default: all)")
    parser.add_argument(
        "--count", type=int, default=400, metavar="N", help="queries of each set (default: 400)"
    )
    parser.add_argument("--seed", type=int, default=1, help="another one makes other queries")
    return parser


def queries_of(options):
    """Return the queries that the arguments ask for."""
    return make_queries(Work(options.work).papers(), options.sets, options.count, options.seed)


def main():
    """Read the arguments, print the queries."""
    options = options_of("Print queries of which one paper is the wanted answer.").parse_args()
    for query in queries_of(options):
        sys.stdout.write(json.dumps(query, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
