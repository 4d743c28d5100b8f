"""Random edits of papers. Each takes a world and a source of chance, and returns what it did, or "" if it could not."""

from edits import world as w
from edits.world import new_paper

#: The values of each field that is set alone.
FIELDS = {
    "title": w.TITLES,
    "published": w.DATES,
    "featured": ("", "", *w.DAYS),
    "updated": ("", "2026-01-05", "2024-01-01"),
    "added": w.ADDED,
    "inferred": ([], ["published"], ["featured"]),
    "organization": ("", *w.GROUPS, {"name": "Lab A", "id": "lab"}),
    "venue": ("", *w.GROUPS),
    "type": ("", "article", "inproceedings", "phdthesis", "nonsense"),
    "volume": ("", "1", "2"),
    "publisher": ("", "Moss"),
    "keywords": ([], ["lens"], ["lens", "maps"]),
    "collections": ([], *([name] for name in w.COLLECTIONS), ["winter", "autumn"]),
    "session": ("", "One"),
    "pages": ("", "1-9", "12"),
    "award": ("", "Best paper"),
    "status": ("", "withdrawn", "retracted"),
    "license": ("", "CC0"),
    "note": ("", "A *note*.", "Another note."),
    "comments": ("", 0, 3),
    "upvotes": ("", 7),
    "authors_count": ("", 2, 9),
    "links": (
        {},
        {"code": "https://example.org/c"},
        {"pdf": "https://example.org/p.pdf", "doi": "https://doi.org/10.1/a"},
        {"arxiv": "https://arxiv.org/abs/2401.00001"},
    ),
    "extra_key": ("", "kept"),
    "lock": ("", "true"),
}


#: Fields that other pages show, too, and are set more often.
_SHOWN_ELSEWHERE = (
    "title",
    "title",
    "title",
    "published",
    "published",
    "published",
    "organization",
    "venue",
    "added",
)


def _some(world, chance):
    return chance.choice([*world.papers])


def _set(world, path, key, value):
    before = world.papers[path].get(key, "")
    world.papers[path] = world.papers[path] | {key: value}
    return f"{path}: {key} {before!r} → {value!r}"


def field(world, chance):
    """Set one field of a paper to another value, or to none."""
    path, key = _some(world, chance), chance.choice([*_SHOWN_ELSEWHERE, *FIELDS])
    others = [value for value in FIELDS[key] if value != world.papers[path].get(key, "")]
    return _set(world, path, key, chance.choice(others))


def abstract(world, chance):
    return _set(world, _some(world, chance), "abstract", w.text(chance))


def one_letter(world, chance):
    """Change one letter of an abstract: the file keeps its size."""
    path = _some(world, chance)
    was = world.papers[path].get("abstract", "")
    place = next((place for place, letter in enumerate(was) if letter.isascii() and letter.isalpha()), None)
    if place is None:
        return ""
    return _set(world, path, "abstract", was[:place] + chance.choice("qrs") + was[place + 1 :])


def phrase(world, chance):
    """Let just so many papers be about a phrase: those before and behind each limit of related papers."""
    count = min(chance.choice([1, 2, 3, 4, 5, 10, 11, 16, 17]), len(world.papers))
    said = chance.choice(["amber fox", "OCR", "pale heron"])
    chosen = set(chance.sample([*world.papers], k=count))
    for path, paper in world.papers.items():
        bare = paper.get("abstract", "").replace(f" {said}.", "")
        world.papers[path] = paper | {"abstract": bare + f" {said}." * 2 * (path in chosen)}
    return f"{count} papers are about {said!r}"


def same_title(world, chance):
    """Give a paper the title of another, or a title beside it in the order."""
    path, other = _some(world, chance), _some(world, chance)
    return _set(world, path, "title", world.papers[other]["title"] + chance.choice(["", "", "a", " 2"]))


def same_date(world, chance):
    path, other = _some(world, chance), _some(world, chance)
    return _set(world, path, "published", world.papers[other].get("published", ""))


def oldest_date(world, chance):
    """Take a paper's date, or date an undated one before all others: it stays at the end of its lists."""
    path = _some(world, chance)
    return _set(
        world,
        path,
        "published",
        "" if world.papers[path].get("published") else chance.choice(["1988", "1987-03"]),
    )


def tags(world, chance):
    """Set tags; those that a former name of a tag leads to are among them."""
    known = {*w.TAGS, *(alias for entry in world.tags for alias in entry.get("aliases", ()))}
    return _set(world, _some(world, chance), "tags", chance.sample(sorted(known), k=chance.randint(0, 2)))


def last_of_tag(world, chance):
    """Take a tag from all papers, or from all but one."""
    tag, kept = chance.choice(w.TAGS), chance.randint(0, 1)
    for path, paper in world.papers.items():
        if tag in paper.get("tags", ()):
            if kept:
                kept -= 1
            else:
                world.papers[path] = paper | {"tags": [one for one in paper["tags"] if one != tag]}
    return f"nearly no paper has the tag {tag}"


def authors(world, chance):
    people = [w.person(chance) for _ in range(chance.randint(0, 3))]
    return _set(world, _some(world, chance), "authors", people)


def one_author(world, chance):
    """Change only the id, the ORCID iD or the spelling of one author."""
    path = _some(world, chance)
    people = [*world.papers[path].get("authors", ())]
    if not people:
        return ""
    person = people[0] if isinstance(people[0], dict) else {"name": people[0]}
    key, pool = chance.choice([("name", w.NAMES), ("id", w.PERSON_IDS), ("orcid", w.ORCIDS)])
    changed = {key: value for key, value in (person | {key: chance.choice(pool)}).items() if value}
    return _set(world, path, "authors", [changed, *people[1:]])


def citekey(world, chance):
    """Set a citekey: one that others have, in whatever case; the id of a paper; none."""
    known = [paper["citekey"] for paper in world.papers.values() if paper.get("citekey")]
    key = chance.choice(["", "Moss2025", "Moss2025", "moss2025", chance.choice(world.ids()), *known])
    return _set(world, _some(world, chance), "citekey", key if chance.random() < 0.7 else key.upper())


def aliases(world, chance):
    """Set aliases: free ones, ids of papers that are gone, those of others."""
    pool = [*w.IDS, *(path.rpartition("/")[2] for path in world.dead), *world.names(), "old", "older"]
    return _set(world, _some(world, chance), "aliases", chance.sample(pool, k=chance.randint(0, 2)))


def no_aliases(world, chance):
    having = [path for path, paper in world.papers.items() if paper.get("aliases")]
    return _set(world, chance.choice(having), "aliases", []) if having else ""


def give_id(world, chance):
    """Set an id in front matter: that of another paper perhaps, or none."""
    pool = ["", *w.IDS, *world.ids(), *(path.rpartition("/")[2] for path in world.dead)]
    return _set(world, _some(world, chance), "id", chance.choice(pool))


def swap_ids(world, chance):
    one, two = chance.choices([*world.papers], k=2)
    first, second = world.id_of(one), world.id_of(two)
    return _set(world, one, "id", second) + "; " + _set(world, two, "id", first)


def swap_texts(world, chance):
    """Let two papers change places: their ids and paths stay."""
    one, two = chance.choices([*world.papers], k=2)
    world.papers[one], world.papers[two] = world.papers[two], world.papers[one]
    return f"{one} and {two} changed places"


def rename(world, chance):
    """Rename a paper's file; its id changes with it, or stays."""
    path = _some(world, chance)
    name = chance.choice([*w.IDS, "p1", "p2", *world.dead]).rpartition("/")[2]
    return _move(world, path, name, keep_id=chance.random() < 0.3)


def move(world, chance):
    """Move a paper's file to another folder."""
    path = _some(world, chance)
    folder = chance.choice(["", "a/", "b/", "a/b/", "z/"])
    return _move(world, path, folder + path.rpartition("/")[2], keep_id=False)


def _move(world, path, target, *, keep_id):
    if target in world.papers:
        return ""
    paper_id, paper = world.id_of(path), world.papers.pop(path)
    world.papers[target] = paper | ({"id": paper_id} if keep_id else {})
    return f"{path} moved to {target}"


def twin(world, chance):
    """Add a second file with the id of a paper."""
    path = _some(world, chance)
    target = f"{chance.choice(['a', 'twins', 'zz'])}/{path.rpartition('/')[2]}"
    if target in world.papers:
        return ""
    world.papers[target] = new_paper(chance) | {"id": world.id_of(path)}
    return f"{target} has the id of {path}"


def add(world, chance):
    free = [name for name in (*w.IDS, *(f"p{n}" for n in range(40))) if name not in world.papers]
    path = chance.choice(["", "", "", "a/", "z/"]) + chance.choice(free)
    if path in world.papers:
        return ""
    world.papers[path] = new_paper(chance)
    return f"added {path}"


def add_many(world, chance):
    """Add more papers on a day than a feed holds, or so many that most of the archive is new."""
    count, day = chance.choice([4, 5, 7, 30]), chance.choice([*w.ADDED, "2026-02-01"])
    for number in range(count):
        world.papers[f"many/m{chance.randint(0, 99)}-{number}"] = new_paper(chance) | {"added": day}
    return f"added {count} papers of {day or 'no day'}"


def add_hundreds(world, chance):
    for number in range(chance.randint(150, 300)):
        world.papers[f"many/h{number}"] = new_paper(chance)
    return "added hundreds of papers"


def delete(world, chance):
    path = _some(world, chance)
    world.dead[path] = world.papers.pop(path)
    return f"deleted {path}"


def delete_most(world, chance):
    """Delete all papers but one, or but some."""
    count = chance.choice([1, 1, 10, 20])
    kept = {*chance.sample([*world.papers], k=min(count, len(world.papers)))}
    world.dead |= {path: paper for path, paper in world.papers.items() if path not in kept}
    world.papers = {path: paper for path, paper in world.papers.items() if path in kept}
    return f"deleted all papers but {len(kept)}"


def bring_back(world, chance):
    """Bring deleted papers back as they were: one, or all."""
    gone = sorted(world.dead.keys() - world.papers.keys())
    if not gone:
        return ""
    chosen = gone[:40] if chance.random() < 0.3 else [chance.choice(gone)]
    world.papers |= {path: world.dead.pop(path) for path in chosen}
    return f"brought back {len(chosen)} papers"


def added_day(world, chance):
    """Give some papers another day on which they were added: borders of feeds and of layers shift."""
    day = chance.choice(w.ADDED)
    for path in chance.sample([*world.papers], k=min(chance.randint(2, 6), len(world.papers))):
        world.papers[path] = world.papers[path] | {"added": day}
    return f"some papers were added on {day or 'no day'}"


def order_of_keys(world, chance):
    """Write a paper's keys in another order, which changes nothing but the file."""
    path = _some(world, chance)
    world.papers[path] = dict(reversed(world.papers[path].items()))
    return f"{path}: other order of keys"


KINDS = {
    field: 20, abstract: 4, one_letter: 2, phrase: 3, same_title: 2, same_date: 2, oldest_date: 3, tags: 4, last_of_tag: 1, authors: 3,
    one_author: 3, citekey: 4, aliases: 3, no_aliases: 1, give_id: 2, swap_ids: 1, swap_texts: 1, rename: 2, move: 1, twin: 1,
    add: 5, add_many: 1, delete: 3, delete_most: 1, bring_back: 2, added_day: 2, order_of_keys: 1,
}  # fmt: skip
