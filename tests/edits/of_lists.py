"""Random edits of the taxonomy, the register of authors, collections, settings, and all other files of an archive."""

from edits import world as w
from helpers import REPOSITORY

_TAG_NAMES = ("maps", "old-maps", "trees", "glass", "new", "newer")


def add_tag(world, chance):
    """Add an entry for a tag, which perhaps takes in another one under its former name."""
    name = chance.choice(_TAG_NAMES)
    taken = {name for entry in world.tags for name in (entry["tag"], *entry.get("aliases", ()))}
    others = [one for one in _TAG_NAMES if one not in taken and one != name]
    if name in taken:
        return ""
    entry = {"tag": name, "label": chance.choice(["Maps", "Trees", name])}
    if others and chance.random() < 0.5:
        entry["aliases"] = [chance.choice(others)]
    world.tags.insert(chance.randint(0, len(world.tags)), entry)
    return f"new entry {entry}"


def change_tag(world, chance):
    if not world.tags:
        return ""
    place = chance.randrange(len(world.tags))
    key = chance.choice(["label", "description", "phrases", "aliases"])
    value = chance.choice(["", "Maps", "Glass & tide"])
    changed = {"phrases": ["glass"], "aliases": []}.get(key, value)
    world.tags[place] = world.tags[place] | {key: changed}
    return f"tag {world.tags[place]['tag']}: {key} is {changed!r}"


def merge_tags(world, chance):
    """Let one entry take in another."""
    if len(world.tags) < 2:
        return ""
    gone = world.tags.pop(chance.randrange(len(world.tags)))
    place = chance.randrange(len(world.tags))
    names = [gone["tag"], *gone.get("aliases", ()), *world.tags[place].get("aliases", ())]
    world.tags[place] = world.tags[place] | {"aliases": names}
    return f"{gone['tag']} became {world.tags[place]['tag']}"


def shuffle_tags(world, chance):
    chance.shuffle(world.tags)
    return "other order of tags"


def remove_tag(world, chance):
    return f"removed {world.tags.pop(chance.randrange(len(world.tags)))}" if world.tags else ""


def add_person(world, chance):
    """Add a person; one whose name, id or ORCID iD another has is refused in part."""
    values = {
        "name": chance.choice(w.NAMES),
        "id": chance.choice(w.PERSON_IDS),
        "orcid": chance.choice(w.ORCIDS),
        "aliases": chance.sample(w.NAMES, k=chance.randint(0, 2)),
    }
    world.authors.append({key: value for key, value in values.items() if value})
    return f"new person {world.authors[-1]}"


def change_person(world, chance):
    if not world.authors:
        return ""
    place = chance.randrange(len(world.authors))
    pools = [("name", w.NAMES), ("id", w.PERSON_IDS), ("orcid", w.ORCIDS)]
    key, pool = chance.choice(pools)
    entry = world.authors[place] | {key: chance.choice(pool)}
    world.authors[place] = {key: value for key, value in entry.items() if value}
    return f"person is now {world.authors[place]}"


def sort_person(world, chance):
    """Say of a person which is the family name: the last word, the first, or none."""
    if not world.authors:
        return ""
    entry = chance.choice(world.authors)
    first, *others = entry["name"].replace(",", "").split() or [""]
    entry["sort"] = chance.choice(
        [f"{first}, {' '.join(others)}" if others else first, " ".join([first, *others])]
    )
    return f"person is sorted as {entry['sort']}"


def move_spelling(world, chance):
    """Move a spelling from one person to another."""
    giving = [entry for entry in world.authors if entry.get("aliases")]
    if not giving or len(world.authors) < 2:
        return ""
    name = chance.choice(giving)["aliases"][0]
    for entry in world.authors:
        entry["aliases"] = [one for one in entry.get("aliases", ()) if one != name]
    other = chance.choice(world.authors)
    other["aliases"] = [*other["aliases"], name]
    return f"{name} is a spelling of {other['name']}"


def remove_person(world, chance):
    return f"removed {world.authors.pop(chance.randrange(len(world.authors)))}" if world.authors else ""


def new_collection(world, chance):
    name = chance.choice(w.COLLECTIONS)
    world.collections[name] = w.new_collection(world, chance)
    return f"collection {name} is {world.collections[name]}"


def change_collection(world, chance):
    """Change one key of a collection."""
    if not world.collections:
        return ""
    name, other = chance.choice([*world.collections]), w.new_collection(world, chance)
    key = chance.choice(
        ["title", "publisher", "venue", "published", "editors", "introduction", "description"]
    )
    value = other.get(key, chance.choice(["", "A sentence."]) if key == "description" else "")
    world.collections[name] = world.collections[name] | {key: value}
    return f"collection {name}: {key} is {value!r}"


def change_listing(world, chance):
    """Change what a collection lists: add, take out, change or repeat an entry, or shuffle them."""
    if not world.collections:
        return ""
    name = chance.choice([*world.collections])
    papers = [*world.collections[name]["papers"]]
    how = chance.choice(["add", "take out", "change", "repeat", "shuffle"])
    if how == "add" or not papers:
        papers.insert(chance.randint(0, len(papers)), w.listed(world, chance))
    elif how == "take out":
        papers.pop(chance.randrange(len(papers)))
    elif how == "change":
        papers[chance.randrange(len(papers))] = w.listed(world, chance)
    elif how == "repeat":
        papers.append(papers[0])
    else:
        chance.shuffle(papers)
    world.collections[name] = world.collections[name] | {"papers": papers}
    return f"collection {name} lists {papers}"


def date_proceedings(world, chance):
    """Let proceedings list some papers, and give or take the date of papers that are less precise."""
    if not world.collections:
        return ""
    name = chance.choice([*world.collections])
    papers = chance.sample(world.ids(), k=min(4, len(world.papers)))
    known = [one if isinstance(one, str) else one["id"] for one in world.collections[name]["papers"]]
    changed = {"publisher": "Moss", "published": chance.choice(["", "2025", *w.DAYS])}
    changed |= {"papers": papers} if not known or chance.random() < 0.4 else {}
    world.collections[name] = world.collections[name] | changed
    return f"collection {name}: {changed}"


def list_twice(world, chance):
    """Let two collections list the same papers."""
    if len(world.collections) < 2:
        return ""
    one, two = chance.sample([*world.collections], k=2)
    world.collections[two] = world.collections[two] | {"papers": [*world.collections[one]["papers"]]}
    return f"{two} lists what {one} does"


def rename_collection(world, chance):
    free = [name for name in w.COLLECTIONS if name not in world.collections]
    if not free or not world.collections:
        return ""
    name, target = chance.choice([*world.collections]), chance.choice(free)
    world.collections[target] = world.collections.pop(name)
    return f"collection {name} is now {target}"


def remove_collection(world, chance):
    if not world.collections:
        return ""
    name = chance.choice([*world.collections])
    del world.collections[name]
    return f"removed collection {name}"


_SETTINGS = {
    "title": ("Our papers", "Your papers"),
    "description": ("", "A *sentence*."),
    "page_size": (2, 3, 20),
    "feed_size": (2, 3, 50),
    "feed_id": ("tag:regesta.invalid,2026:", "https://example.org/lab/"),
    "feed_authors": ("false", "true"),
    "outputs": ("full", "lean"),
    "api": ("false", "true"),
    "subscribe": ({}, {"mail": "list@example.org"}),
    "url": (w.URL, "https://example.org/", "http://other.example/a/b/"),
    "hidden_files": ([], [".hidden"]),
    "search": ({}, {"whole_index": "true"}),
    "source_url": ("", "https://example.org/git"),
    "theme": ("default", "ours"),
    "language": ("en", "de"),
    "contact": ("", "us@example.org"),
}


def setting(world, chance):
    """Change a setting; another theme and its language need their files."""
    key = chance.choice([*_SETTINGS])
    value = chance.choice(_SETTINGS[key])
    if value in ("ours", "de"):
        _theme_files(world)
        world.settings["theme"] = "ours"
    if (key, value) == ("theme", "default"):
        world.settings["language"] = "en"
    world.settings[key] = value
    world.settings = {key: value for key, value in world.settings.items() if value}
    return f"setting {key} is {value!r}"


_ENGLISH = (REPOSITORY / "themes/default/strings/en.yaml").read_bytes()


def _theme_files(world):
    world.others.setdefault("themes/ours/theme.yaml", b"extends: default\n")
    world.others.setdefault("themes/ours/strings/de.yaml", _ENGLISH)


def searches(world, chance):
    """Save a search, change one, or remove one."""
    name = chance.choice(["one", "two", "three"])
    if name in world.searches and chance.random() < 0.4:
        del world.searches[name]
        return f"removed search {name}"
    world.searches[name] = {"title": chance.choice(["Found", "Kept"]), "query": chance.choice(w.QUERIES)}
    return f"search {name} is {world.searches[name]}"


_THEME = (
    ("css/95-ours.css", (b"/* one */\n", b"/* two */\n", b"p { color: red }\n")),
    ("templates/item.html", (b"<li>{{ item.title | html }}</li>\n", b"<li>{{ item.title | html }}!</li>\n")),
    ("strings/en.yaml", (b"papers: Works\n", b"papers: Notes\n", b"feed: News\n")),
    ("static/icon.txt", (b"icon", b"ikon")),
    ("js/ours.js", (b"let a = 1\n", b"let a = 2\n")),
)


def theme_file(world, chance):
    """Write or remove a file of the archive's own theme, whether it is in use or not."""
    _theme_files(world)
    if chance.random() < 0.5:
        world.settings["theme"] = "ours"
    name, contents = chance.choice(_THEME)
    return _file(world, chance, f"themes/ours/{name}", contents)


def _file(world, chance, path, contents):
    """Write a file, or remove it if it is there already."""
    if path in world.others and chance.random() < 0.4:
        del world.others[path]
        return f"removed {path}"
    world.others[path] = chance.choice(contents)
    return f"wrote {path} ({len(world.others[path])} bytes)"


def attach(world, chance):
    """Add a file to a paper, by its id or an alias, replace it by one of the same size, or remove it."""
    names = [
        "paper.pdf",
        "x.pdf",
        "slides.pdf",
        "poster.png",
        "a b.txt",
        "deep/er.txt",
        ".hidden",
        "index.html",
    ]
    path = f"content/files/{chance.choice([*world.names(), 'nobody'])}/{chance.choice(names)}"
    return _file(world, chance, path, (b"%PDF one", b"%PDF two", b"longer, much longer"))


def rename_attached(world, chance):
    """Rename a file of a paper, or give it to another paper."""
    having = sorted(path for path in world.others if path.startswith("content/files/"))
    if not having:
        return ""
    path, owner = chance.choice(having), chance.choice(world.names())
    name = chance.choice(["paper.pdf", "slides.pdf", path.rpartition("/")[2]])
    world.others[f"content/files/{owner}/{name}"] = world.others.pop(path)
    return f"{path} is now {owner}/{name}"


def static(world, chance):
    """Write or remove a static file; a folder may become a file, and a file a folder."""
    path = f"content/static/{chance.choice(['CNAME', 'deep', 'deep/er.txt', '.hidden/key', '.well-known/x', 'ö.txt'])}"
    for other in [*world.others]:
        if other.startswith(f"{path}/") or path.startswith(f"{other}/"):
            del world.others[other]
    return _file(world, chance, path, (b"one", b"two", b"three"))


def own_page(world, chance):
    path = f"content/pages/{chance.choice(['about', 'more', 'x.y'])}.md"
    text = f"---\ntitle: {chance.choice(['About', 'More'])}\n---\n\n{w.text(chance)}\n"
    return _file(world, chance, path, (text.encode(),))


_BROKEN = (
    b"",
    b"no front matter\n",
    b"---\ntitle: [\n---\n",
    b"---\npublished: soon\ntitle: x\n---\n",
    b"\xff\xfe",
)


def unreadable(world, chance):
    """Make a file of a paper or a collection unreadable."""
    files = [path for path in world.files() if path.startswith(("content/papers/", "content/collections/"))]
    path = chance.choice(files)
    world.faults[path] = chance.choice(_BROKEN)
    return f"{path} is broken: {world.faults[path]!r}"


_STOPPING = (
    ("content/archive.yaml", b"title: Our papers\npage_size: none\n"),
    ("content/archive.yaml", b"title: Our papers\ntheme: nothing\n"),
    ("content/archive.yaml", b"title: Our papers\nsearches: {a: {title: A, query: '-'}}\n"),
    ("content/archive.yaml", None),
    ("content/tags.yaml", b"- {tag: maps}\n- {tag: maps}\n"),
    ("content/tags.yaml", b"maps\n"),
    ("content/authors.yaml", b"nobody\n"),
    ("content/pages/tags.md", b"---\ntitle: Tags\n---\n"),
    ("content/pages/2025.md", b"---\ntitle: Year\n---\n"),
    ("content/pages/Tags.md", b"---\ntitle: Tags\n---\n"),
    ("content/static/feed.xml", b"mine"),
    ("content/static/papers", b"mine"),
    ("content/static/search/index.json", b"mine"),
    ("content/static/INDEX.html", b"mine"),
    ("themes/ours/templates/list.html", b"{% if %}"),
    ("themes/ours/templates/list.html", b"{{ nothing.at.all }}"),
    ("themes/ours/templates/item.html", b"{{ 'no such text' | t }}"),
    ("themes/ours/strings/en.yaml", b"months: [1]\n"),
    ("themes/ours/theme.yaml", b"extends: ours\n"),
)


def stopping(world, chance):
    """Make a mistake that stops the build, if it concerns anything that is in use."""
    path, data = chance.choice(_STOPPING)
    if path.startswith("themes/"):
        _theme_files(world)
        world.settings["theme"] = "ours"
    world.faults[path] = data
    return f"{path} is wrong: {data!r}"


def repair(world, chance):
    """Take back one of the mistakes, or all."""
    if not world.faults:
        return ""
    if chance.random() < 0.7:
        world.faults.clear()
        return "repaired everything"
    path = chance.choice([*world.faults])
    del world.faults[path]
    return f"repaired {path}"


KINDS = {
    add_tag: 3, change_tag: 3, merge_tags: 2, shuffle_tags: 1, remove_tag: 1, add_person: 3, change_person: 2, sort_person: 2, move_spelling: 2,
    remove_person: 1, new_collection: 3, change_collection: 3, change_listing: 4, list_twice: 1, date_proceedings: 4, rename_collection: 1,
    remove_collection: 1, setting: 2, searches: 3, theme_file: 1, attach: 4, rename_attached: 2, static: 2, own_page: 2,
    unreadable: 2, stopping: 2, repair: 2,
}  # fmt: skip
