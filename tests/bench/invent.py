"""Papers that do not exist, from the words, tags and habits of those that do.

A paper is a function of the seed and its number alone: archives of any size share their first papers, and none
needs to know of the others.
"""

import datetime as dt
import random

from words import LINK, NAME, Chain, anonymous, own_name

from regesta.content.paper import Author, Organization, Paper
from regesta.text.strings import slug

_WORDS = (140, 45)  # of an abstract, from which its last sentence runs on: the mean and the spread
_SHORTEST, _LONGEST = 60, 330
_TITLE_WORDS = range(4, 14)
_FIRST_YEAR, _LAST_YEAR, _GROWTH = (
    2015,
    2026,
    1.35,
)  # each year brings that many times the papers of the year before
_OPENED, _LAST_DAY = (
    dt.date(2019, 1, 4),
    dt.date(2026, 10, 30),
)  # the first and the last day on which papers were added
_FORMULAS = (
    r"$O(n \log n)$",
    r"$\alpha$",
    r"$\ell_2$",
    r"$k$",
    r"$p(x \mid y)$",
    r"$\theta$",
    r"$10^{-3}$",
    r"$x_{t+1}$",
    r"$\mathbb{R}^d$",
)
_ONSETS = "b br d dr f fl g gr h k kl l m n p pr qu r s sk st t tr v w z".split()
_VOWELS = "a e i o u a e i o ai ea".split()
_CODAS = ["", "", "", "", "", "l", "m", "n", "r", "s"]
_HOUSES = ("{} Labs", "{} Research", "University of {}", "{} Institute", "{} AI")
_OUTSIDE = "https://{}.example.org/{}"


def name_of_syllables(rng, least=2, most=3):
    """Return a name that nobody has, as far as chance allows."""
    parts = [
        rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS)
        for _ in range(rng.randint(least, most))
    ]
    return "".join(parts).capitalize()


class Inventor:
    """Makes papers.

    Args:
        papers: real ones, whose words and tags are used.
        labels: the name of each tag for readers.
        seed: another one makes another archive.
    """

    def __init__(self, papers, labels, seed):
        self._labels, self._seed = labels, seed
        self._patterns = [paper.tags for paper in papers if paper.tags]
        self._topics = {
            tag: {i for i, paper in enumerate(papers) if tag in paper.tags}
            for paper in papers
            for tag in paper.tags
        }
        self._abstracts, self._titles = Chain(2), Chain(1)
        for number, paper in enumerate(papers):
            name = own_name(paper.title)
            self._abstracts.learn(anonymous(paper.abstract, name), number)
            self._titles.learn(paper.title.removeprefix(f"{name}: "), number)

    def paper(self, number, day=""):
        """Return a paper by its number, from 0.

        Args:
            number: decides everything about it.
            day: the day of the listing that brought it, with only the fields that such listings have; "" for random dates.
        """
        rng = random.Random(f"{self._seed} {number}")
        tags = self._tags(rng)
        topic = set().union(*(self._topics[tag] for tag in tags))
        name = name_of_syllables(rng)
        published, featured, added = (day, "", day) if day else _dates(rng)
        title = self._title(rng, topic, name)
        authors = () if day else _authors(rng, self._seed, number)
        return Paper(
            id=f"{slug(title)[:60].rstrip('-')}-{number}",
            title=title,
            abstract=self._abstract(rng, topic, name),
            published=published,
            featured=featured,
            added=added,
            authors=authors,
            authors_count=rng.randint(1, 14) if not authors and rng.random() < 0.4 else None,
            organization=_organization(rng, self._seed, number),
            venue=self._venue(rng, tags[0], published) if not day else "",
            tags=tags,
            collections=(collection_name(rng.randrange(collections_count(number))),)
            if not day and rng.random() < 0.1
            else (),
            links=_links(rng, name.lower(), number),
            comments=rng.randint(0, 40) if rng.random() < 0.12 else None,
            upvotes=rng.randint(0, 200) if rng.random() < 0.12 else None,
        )

    def _tags(self, rng):
        """Return tags that go together in some real paper; now and then one is exchanged."""
        tags = list(rng.choice(self._patterns))
        if rng.random() < 0.3:
            tags[rng.randrange(len(tags))] = rng.choice(rng.choice(self._patterns))
        return tuple(dict.fromkeys(tags))

    def _title(self, rng, topic, name):
        words = []
        while len(words) not in _TITLE_WORDS:
            words = self._titles.walk(rng, topic, 1)
        title = " ".join(words).replace("$", "").rstrip(".,:;")
        return f"{name}: {title}" if rng.random() < 0.6 else title

    def _abstract(self, rng, topic, name):
        length = min(max(int(rng.gauss(*_WORDS)), _SHORTEST), _LONGEST)
        words = self._abstracts.walk(rng, topic, length)
        if rng.random() < 0.04:
            for _ in range(rng.randint(1, 4)):
                words.insert(rng.randrange(2, len(words) - 2), rng.choice(_FORMULAS))
        return " ".join(words).replace(NAME, name).replace(LINK, f"<{_OUTSIDE.format('code', name.lower())}>")

    def _venue(self, rng, tag, published):
        return (
            f"Workshop on {self._labels.get(tag, tag)} {published[:4]}"
            if published and rng.random() < 0.2
            else ""
        )


def collections_count(number):
    """Return how many collections an archive of so many papers has."""
    return 3 + number // 2000


def collection_name(index):
    """Return the name of a collection, from 0."""
    return f"reading-list-{index + 1}"


def _dates(rng):
    """Return when a paper came out, was listed, was added: mostly to the day, some only to the month or year, or not at all."""
    kind = rng.random()
    if kind < 0.1:
        return "", "", _friday(rng, _OPENED + dt.timedelta(rng.randrange((_LAST_DAY - _OPENED).days)))
    years = range(_FIRST_YEAR, _LAST_YEAR + 1)
    year = rng.choices(years, [_GROWTH ** (year - _FIRST_YEAR) for year in years])[0]
    length = 365 if year < _LAST_YEAR else _LAST_DAY.timetuple().tm_yday - 14
    day = dt.date(year, 1, 1) + dt.timedelta(rng.randrange(length))
    if day.weekday() > 4 and rng.random() < 0.8:
        day -= dt.timedelta(2)
    added = _friday(rng, max(day, _OPENED - dt.timedelta(7)))
    published = day.isoformat()[: 4 if kind < 0.13 else 7 if kind < 0.18 else 10]
    featured = (day + dt.timedelta(rng.randint(0, 3))).isoformat() if kind > 0.9 else ""
    return published, featured, added


def _friday(rng, day):
    """Return the day of the week's round on which a paper is added, or that of the week after."""
    friday = day + dt.timedelta((4 - day.weekday()) % 7 + 7 * rng.randint(0, 1))
    return min(max(friday, _OPENED), _LAST_DAY).isoformat()


def _authors(rng, seed, number):
    """Return the authors of one paper in ten; most have written other papers, too."""
    if rng.random() < 0.9:
        return ()
    people = (_zipf(rng, 20 + number // 5) for _ in range(rng.randint(1, 6)))
    return tuple(_person(random.Random(f"{seed} person {person}")) for person in dict.fromkeys(people))


def _person(rng):
    given, family = name_of_syllables(rng), name_of_syllables(rng)
    return Author(f"{given} {family}", given, family)


def _organization(rng, seed, number):
    """Return the organization of three papers in ten: a few have many papers."""
    if rng.random() < 0.7:
        return None
    own = random.Random(f"{seed} house {_zipf(rng, 30 + number // 100)}")
    return Organization(own.choice(_HOUSES).format(name_of_syllables(own)))


def _zipf(rng, count):
    """Return a number below count, the smaller the likelier."""
    return int(count ** rng.random()) - 1 if rng.random() < 0.5 else rng.randrange(count)


def _links(rng, name, number):
    kinds = {"code": 0.2, "project": 0.06, "data": 0.03, "model": 0.03, "pdf": 0.15, "doi": 0.1}
    return {
        kind: _OUTSIDE.format(kind, f"{name}-{number}")
        for kind, likelihood in kinds.items()
        if rng.random() < likelihood
    }
