"""The invented papers of `search/matches.json`, and the queries that they match."""

import json
import random

from helpers import TESTS
from regesta.archive.archive_rows import make_archive
from regesta.content.authors import Person
from regesta.content.collections import Collection
from regesta.content.paper import Author, Organization, Paper
from regesta.content.taxonomy import Tag

TABLE = json.loads((TESTS / "search" / "matches.json").read_text(encoding="utf-8"))
#: Each query with the ids of the papers that match it.
QUERIES = {query: set(found.split()) for _, queries in TABLE["queries"] for query, found in queries}


def invented_archive():
    """Return the archive of these papers."""
    taxonomy = {tag: Tag(tag, label) for tag, label in TABLE["labels"].items()}
    collections = {name: Collection(name, title) for name, title in TABLE["collections"].items()}
    people = [Person(person["name"], aliases=tuple(person["aliases"])) for person in TABLE["people"]]
    return make_archive(map(paper_of, TABLE["papers"]), taxonomy, collections, people)


def paper_of(known):
    """Return the paper of an entry in the table."""
    values = known | {name: tuple(known.get(name, ())) for name in ("tags", "keywords", "collections")}
    values["authors"] = tuple(map(Author, known.get("authors", ())))
    values["links"] = {kind: f"https://{kind}.example/" for kind in known.get("links", ())}
    values["organization"] = Organization(**known["organization"]) if "organization" in known else None
    return Paper(**values)


def chance_queries(count, seed=6):
    """Return random queries of one to three parts, some of them malformed.

    Each ends in a space, so its last word is complete.
    """
    pick = random.Random(seed)
    papers = invented_archive().papers
    texts = [
        text
        for p in papers
        for text in (p.title, p.abstract, *(author.name for author in p.authors), *p.keywords, p.venue)
    ]
    odd = 'the of state-of-the-art pre-training GPT-4 pretraining a:b 2024 code pdf reading-group 2021..2023 2023- tag: - + " “ : , 大语言 self- zzz date tags 20242025 OR OR NOT NOT use_cache_dir Qwen2.5 debertav3 v3 C++ c# β beta-VAE ∞ $x^2$ \\beta L_{2} https://arxiv.org/abs/2506.01234v2 arXiv:2506.01234 doi:10.1/x colours quantize 언어 (a)wind _x_ wind_rivers J. A. d. B. c o hua example smith sample indices v2.5 3'
    words = [*" ".join(texts).split(), *odd.split()]
    fields = [
        "",
        "",
        "",
        "",
        "title:",
        "abstract:",
        "author:",
        "org:",
        "tag:",
        "keyword: ",
        "collection:",
        "year:",
        "has:",
        "foo:",
        "TAG:",
    ]

    def part():
        kind = pick.random()
        word = pick.choice(words)
        if kind < 0.15:
            word = word[: pick.randint(2, 6)].rstrip('-+"') + "*"
        elif kind < 0.4:
            start = pick.randrange(len(words) - 4)
            word = (
                '"' + " ".join(words[start : start + pick.randint(1, 4)]) + pick.choice(['"', '"', "”", ""])
            )
        field = pick.choice(fields)
        return pick.choice(["", "", "", "-" if field != "foo:" else "", "+"]) + field + word

    return [" ".join(part() for _ in range(pick.randint(1, 3))) + " " for _ in range(count)]
