"""A small, dense archive as plain data: few words, names and days, so that papers collide in everything that pages show."""

import json
from dataclasses import dataclass, field

from regesta.content import frontmatter

WORDS = "glass tide moss kite lens atlas river bread LLM GPT gödel étude".split()
TITLES = (
    "A tide", "a tide", "A Tide", "Ã tide", "The kite", "Kites", "$x^2$ of moss", "Moss: $\\alpha$", "大地", "Glass tide",
    "Atlas, part 10", "Atlas, part 9", "<b>bread</b>", "Zebra",
)  # fmt: skip
#: Dates of one day, week, month and year, of the week over New Year, one far away, and none.
DATES = (
    "", "", "2025", "2025-06", "2025-06-30", "2025-07-01", "2025-07-01", "2025-07-02", "2024-12-30", "2025-01-01", "2024", "1989-05-05",
)  # fmt: skip
DAYS = tuple(date for date in DATES if len(date) == 10)
ADDED = ("", "2026-01-01", "2026-01-02", "2026-01-02", "2026-01-03", "2026-01-04")
TAGS = ("maps", "old-maps", "trees", "glass", "page", "a.b")
#: Names that are equal but for case, accents or marks, or whose addresses collide.
NAMES = (
    "Ada Moss", "Ada Möss", "ada moss", "Ada-Moss", "A. Moss", "Ada Moss (a)", "Ben Kite", "Bén Kite", "李雷", "李 雷", "C++", "C--",
)  # fmt: skip
GROUPS = ("ACL", "acl", "ACL 2025", "Lab-A", "Lab A", "Läb A", "!!!", "???", "con", "2025")
#: Ids of people, none most of the time.
PERSON_IDS = ("", "", "", "a", "b", "ada-moss")
ORCIDS = ("", "", "", "0000-0002-1825-0097", "0000-0001-5109-3700")
COLLECTIONS = ("autumn", "winter", "acl-2025", "page")
IDS = (
    "tide",
    "kite",
    "moss",
    "page",
    "feed.xml",
    "2401.00001",
    "2401.00002",
    "a_b",
    "a-b",
    "lens",
    "atlas",
    "x",
)
QUERIES = (
    "tag:maps", "tag:trees glass", '"glass tide"', "-year:2025", "year:2024..2025", "author:moss", "author:ada", "collection:autumn",
    "has:pdf", "has:slides", "-has:date", "tide -kite", "riv*", "org:lab", "venue:acl", "keyword:lens", "title:atlas", "tag:nothing",
)  # fmt: skip
TITLE, URL = "Our papers", "https://example.org/lab/"


@dataclass
class World:
    """The content of an archive.

    Attributes:
        papers: the front matter of each, with `abstract`, by its path below `papers/` without `.md`.
        dead: papers that were deleted, by their paths.
        collections: the front matter of each, with `introduction`, by name.
        tags, authors: the entries of `tags.yaml` and `authors.yaml`.
        settings, searches: of `archive.yaml`.
        others: the bytes of other files, by their paths below the archive's root.
        faults: what a mistake has made of files, by their paths: bytes, or None for a file that is gone.
    """

    papers: dict = field(default_factory=dict)
    dead: dict = field(default_factory=dict)
    collections: dict = field(default_factory=dict)
    tags: list = field(default_factory=list)
    authors: list = field(default_factory=list)
    settings: dict = field(
        default_factory=lambda: {"title": TITLE, "url": URL, "page_size": 2, "feed_size": 3}
    )
    searches: dict = field(default_factory=dict)
    others: dict = field(default_factory=dict)
    faults: dict = field(default_factory=dict)

    def files(self):
        """Return the bytes of every file of the archive, by its path below the root."""
        texts = {f"content/papers/{path}.md": _marked(it, "abstract") for path, it in self.papers.items()}
        texts |= {
            f"content/collections/{name}.md": _marked(it, "introduction")
            for name, it in self.collections.items()
        }
        texts |= {"content/tags.yaml": _entries(self.tags)} if self.tags else {}
        texts |= {"content/authors.yaml": _entries(self.authors)} if self.authors else {}
        settings = self.settings | ({"searches": self.searches} if self.searches else {})
        texts["content/archive.yaml"] = "".join(
            f"{key}: {json.dumps(value)}\n" for key, value in settings.items()
        )
        files = {path: text.encode() for path, text in texts.items()} | self.others | self.faults
        return {path: data for path, data in sorted(files.items()) if data is not None}

    def id_of(self, path):
        """Return the id of a paper, by its path."""
        return self.papers[path].get("id") or path.rpartition("/")[2]

    def ids(self):
        """Return the ids of all papers."""
        return [self.id_of(path) for path in self.papers]

    def names(self):
        """Return the ids and the aliases of all papers."""
        return [*self.ids(), *(alias for it in self.papers.values() for alias in it.get("aliases", ()))]


def _marked(values, body):
    """Return front matter and a text, without empty keys."""
    head = {key: value for key, value in values.items() if key != body and value not in ("", [], {}, None)}
    return f"{frontmatter.dump(head)}\n{values.get(body, '')}\n"


def _entries(entries):
    return "".join(f"- {json.dumps(entry)}\n" for entry in entries)


def text(chance):
    """Return an abstract: some phrases, each said so often that the paper is about it, and rare words."""
    phrases = [" ".join(chance.choices(WORDS, k=2)) for _ in range(chance.randint(0, 3))]
    said = [f"{phrase.capitalize()}. The {phrase}s: {chance.choice(WORDS)} $y_1$." for phrase in phrases]
    odd = [
        "",
        "",
        "",
        "\n\n*Second* paragraph: [a link](https://example.org/a?b&c).",
        "\n\n<i>&amp;",
        "大地 と 海",
    ]
    return (" ".join(said) + chance.choice(odd)).strip()


def person(chance):
    """Return an author as papers and collections name one."""
    values = {
        "name": chance.choice(NAMES),
        "id": chance.choice(PERSON_IDS),
        "orcid": chance.choice(ORCIDS),
    }
    known = {key: value for key, value in values.items() if value}
    return known["name"] if len(known) == 1 else known


def new_paper(chance):
    """Return a paper; most have few fields."""
    values = {
        "title": chance.choice(TITLES),
        "published": chance.choice(DATES),
        "added": chance.choice(ADDED),
    }
    values["tags"] = chance.sample(TAGS, k=chance.choice([0, 1, 1, 2, 3]))
    if chance.random() < 0.6:
        values["authors"] = [person(chance) for _ in range(chance.randint(1, 3))]
    if chance.random() < 0.4:
        values["organization"] = chance.choice(GROUPS)
    if chance.random() < 0.3:
        values["venue"] = chance.choice(GROUPS)
    if chance.random() < 0.2:
        values["collections"] = [chance.choice(COLLECTIONS)]
    return values | {"abstract": text(chance)}


def listed(world, chance):
    """Return an entry of a collection: a paper by its id, an alias, or an id that no paper has."""
    paper_id = chance.choice([*world.names(), *world.names(), *IDS])
    values = {
        "id": paper_id,
        "session": chance.choice(["", "", "One", "Two"]),
        "pages": chance.choice(["", "", "1-9"]),
        "time": chance.choice(["", "", "2025-07-01", "2025-07-01 09:30", "2025-07-02 09:30"]),
        "award": chance.choice(["", "", "", "Best paper"]),
    }
    known = {key: value for key, value in values.items() if value}
    return paper_id if chance.random() < 0.4 else known


def new_collection(world, chance):
    """Return a collection: mostly proceedings, often with an order of sessions."""
    values = {"title": chance.choice(["Autumn", "ACL 2025", "Lab A", "A tide", "ACL"])}
    if chance.random() < 0.6:
        values |= {"publisher": chance.choice(["", "Moss"]), "venue": chance.choice(["", *GROUPS])}
        values |= {
            "published": chance.choice(DATES),
            "editors": [person(chance)] if chance.random() < 0.3 else [],
        }
    some = [listed(world, chance) for _ in range(chance.randint(0, 6))]
    return values | {"papers": some, "introduction": chance.choice(["", "Words of *welcome*."])}


def new_world(chance):
    """Return an archive to begin with."""
    world = World()
    for number in range(chance.randint(8, 13)):
        world.papers[f"p{number}"] = new_paper(chance)
    for name in chance.sample(COLLECTIONS, k=2):
        world.collections[name] = new_collection(world, chance)
    return world
