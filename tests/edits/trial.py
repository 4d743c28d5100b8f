"""Random edits of an archive: after each, the site must be what the same content makes from nothing, to the byte."""

import random
from collections import Counter
from copy import deepcopy
from difflib import unified_diff
from typing import NamedTuple

from edits import mishaps, of_lists, of_papers
from edits.shrink import shrunk
from edits.site import Archive, anew
from edits.world import new_world
from regesta.publishing.manifest import NAME

#: Every kind of edit, with how often it is made.
EDITS = of_papers.KINDS | of_lists.KINDS
_LEAST, _MOST = 5, 24  # papers: if there are fewer or more, many are added or deleted soon
_DRY, _AGAIN = 0.2, 0.05  # how often the build is announced by a dry run, and repeated
_SHOWN = 3  # files that differ, in a message


class Step(NamedTuple):
    """A step of a trial.

    Attributes:
        what: what was done, in words.
        files: the content after it.
    """

    what: str
    files: dict


class Trial:
    """An archive that is edited by chance; the same edits for the same seed.

    Args:
        folder: where the archive and its clean twin go.
        seed: decides everything.
        edits: the kinds of edits, with how often each is made.

    Attributes:
        tried: how often each kind of edit, mishap and outcome was met.
    """

    def __init__(self, folder, seed, edits=EDITS):
        self.folder, self.seed, self.edits = folder, seed, edits
        chance = random.Random(seed)
        self.world, self.worlds = new_world(chance), []
        self.archive = Archive(folder / "archive", chance, has_bad_clock=seed % 4 == 0)
        self.steps, self.tried = [Step("the beginning", self.world.files())], Counter()
        self.is_stopped = False
        self._owed = {}  # how the next build has to be done, because the last one failed
        self._expected = None
        self._published = {}

    def run(self, count):
        """Make some steps.

        Raises:
            AssertionError: a site differs from a clean build; the message says how to see it again.
        """
        self._check(random.Random(self.seed), ())
        for number in range(1, count + 1):
            chance = random.Random(f"{self.seed}/{number}")
            what = self._edit(chance)
            met = chance.choices(mishaps.KINDS, k=chance.choice([0, 0, 0, 0, 0, 1, 1, 2]))
            self.steps.append(Step(" + ".join((what, *(one.__name__ for one in met))), self.world.files()))
            self._check(chance, met)

    def _edit(self, chance):
        """Make an edit, or several at once; return what was done."""
        done = [self._recover(chance)] if self.is_stopped and chance.random() < 0.7 else []
        self.worlds = [*self.worlds[-5:], deepcopy(self.world)]
        if len(self.world.papers) > _MOST and chance.random() < len(self.world.papers) / 100:
            done.append(self._do(of_papers.delete_most, chance))
        elif len(self.world.papers) < _LEAST and chance.random() < 0.3:
            done.append(self._do(of_papers.add_many, chance))
        elif chance.random() < 0.06:
            self.world = deepcopy(chance.choice(self.worlds))
            done.append("went back to an earlier state")
        count = 0 if done else chance.choice([1, 1, 1, 2, 2, 3])
        while count:
            kind = chance.choices([*self.edits], self.edits.values())[0]
            said = self._do(kind, chance)
            done += [said] if said else []
            count -= bool(said)
        return "; ".join(done)

    def _do(self, kind, chance):
        if said := kind(self.world, chance):
            self.tried[kind.__name__] += 1
        if not self.world.papers:
            of_papers.add(self.world, chance)
        return said

    def _recover(self, chance):
        """Mend what stops the build, by hand or by going back."""
        if self.world.faults:
            return self._do(of_lists.repair, chance)
        self.world = deepcopy(chance.choice(self.worlds[:-1] or self.worlds))
        return "went back to an earlier state"

    def _check(self, chance, met):
        """Build the site of the present content, and compare it with a clean build's."""
        self.archive.become(self.steps[-1].files)
        expected, outcome = self._clean()
        how = self._meet(met, chance, expected) | self._owed
        before, theirs = self.archive.published()
        announced = self.archive.build(dry_run=True, **how) if chance.random() < _DRY else None
        found = self.archive.build(**how)
        now, kept = self.archive.published()
        self.is_stopped, self._published = bool(outcome.error), now
        self._owed = {"full": True} if outcome.error and how.get("full") else {}
        self.tried[f"builds that {'failed' if outcome.error else 'went well'}"] += 1
        self._compare(found, outcome, now, before if outcome.error else expected)
        self._demand(theirs <= kept, f"lost {theirs - kept}")
        self._compare_changes(announced, found, before, now)
        if chance.random() < _AGAIN:
            again = self.archive.build()
            self._demand(again[:3] == found[:3] and not again.changes, f"built again: {again}")

    def _clean(self):
        """Return the site that the present content makes from nothing, and what that build came to."""
        files = self.steps[-1].files
        if not self._expected or self._expected[0] != files:
            self._expected = files, *anew(self.folder / "anew", files, random.Random(0))
        return self._expected[1:]

    def _meet(self, met, chance, expected):
        """Let mishaps happen; return how to build then."""
        how = {}
        for mishap in met:
            how |= mishap(self.archive, chance)
            self.tried[mishap.__name__] += 1
        if met and all(mishap in mishaps.KILLS for mishap in met):
            is_whole = self.archive.published()[0] in (self._published, expected)
            self._demand(is_whole, "a killed build left a torn site")
        return how

    def _compare(self, found, outcome, now, wanted):
        self._demand("Traceback" not in outcome.error, outcome.error)
        self._demand(found[:3] == outcome[:3], f"it says {found[:3]}\nin place of {outcome[:3]}")
        self._demand(now == wanted, lambda: difference(wanted, now))

    def _compare_changes(self, announced, found, before, now):
        """Compare the changes that a dry run announced and a build told with those on the disk."""
        changed = changes(before, now)
        gone = found.changes - now.keys() - before.keys()  # deleted by somebody else before the build would
        self._demand(found.changes - gone == changed, f"wrongly told: {sorted(found.changes ^ changed)}")
        if announced:
            self.tried["dry runs"] += 1
            unlike = sorted(announced.changes ^ found.changes)
            self._demand(announced == found, f"a dry run said {announced[:3]}: {unlike}")

    def _demand(self, holds, why):
        if not holds:
            lines = [f"seed {self.seed}, step {len(self.steps) - 1}: {self.steps[-1].what}"]
            lines += ["before it:", *(f"  {step.what}"[:400] for step in self.steps[-6:-1])]
            lines += [why() if callable(why) else why, shrunk(self.folder / "shrink", self.steps)]
            raise AssertionError("\n".join(lines))


def changes(before, now):
    """Return the paths of the files that differ between two states of a site, except its manifest."""
    differing = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
    return frozenset(differing - {NAME})


def difference(wanted, now):
    """Return what differs between two sites: the names of files, and lines of the first ones."""
    names = sorted(path for path in wanted.keys() | now.keys() if wanted.get(path) != now.get(path))
    lines = [f"{len(names)} files differ: {names[:20]}"]
    for name in [name for name in names if name != NAME][:_SHOWN]:
        texts = [site.get(name, b"").decode(errors="replace").splitlines() for site in (wanted, now)]
        rows = unified_diff(*texts, f"a clean build's {name}", "the site's", n=0, lineterm="")
        lines += [row[:300] for row in [*rows][:12]]
    return "\n".join(lines)
