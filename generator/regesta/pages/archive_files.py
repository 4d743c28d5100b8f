"""The whole archive to take away: `/papers.bib`, `.ris`, `.csl.json` and `.jsonl`, their checksums, and a schema.

A large archive is cut into parts (`papers-2.bib`): by a hash of each paper's id, so that an edit makes one part of each kind anew.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.page import Draft, draft_of, file_draft, fingerprint_of
from regesta.pages.record import schema
from regesta.pages.takeaway_files import CITATIONS, NAME, RECORDS, joined
from regesta.pages.takeaway_rows import BUCKETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.memory import Memory
    from regesta.pages.site import Site
    from regesta.pages.takeaway_files import Kind

SUMS, SCHEMA = f"{NAME}.sha256", f"{NAME}.schema.json"
#: Papers in a part, about: records are four times as long as citations, and change more often.
_CITED, _RECORDED = 8_000, 2_000
_BYTES = 50_000_000  # that a part may have


class Part(NamedTuple):
    """A part of the archive in one kind of file.

    Attributes:
        path: of the file.
        kind: of file.
        buckets: the first that it has, and the first that it has not.
        state: the number of its papers, and the sum of their hashes.
    """

    path: str
    kind: Kind
    buckets: tuple[int, int]
    state: tuple[int, int]


def parts(memory: Memory) -> list[Part]:
    """Return the parts of all kinds, those of a kind one after the other."""
    cited = _cut(memory, "cited", _CITED)
    recorded = _cut(memory, "recorded", _RECORDED)
    kinds = [(kind, cited) for kind in CITATIONS.items()] + [(kind, recorded) for kind in RECORDS.items()]
    return [
        Part(f"{NAME}{f'-{number}' if number > 1 else ''}.{ending}", kind, buckets, state)
        for (ending, kind), cut in kinds
        for number, (buckets, state) in enumerate(cut, 1)
    ]


def _cut(memory: Memory, column: str, most: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the buckets of each part and its state; there are so many parts that none has too many papers or bytes."""
    count, sums = 1, f"count(*), sum({column}), sum({column}_size + 2)"
    query = f"SELECT bucket * ? / {BUCKETS}, {sums} FROM takeaway GROUP BY 1"  # noqa: S608 - a column of ours
    while True:
        found = {part: others for part, *others in memory.rows(query, count)}
        total = sum(papers for papers, *_ in found.values())
        if count == BUCKETS or (total <= most * count and all(size <= _BYTES for *_, size in found.values())):
            break
        count *= 2
    width = BUCKETS // count
    return [
        ((part * width, (part + 1) * width), tuple(found.get(part, (0, 0, 0))[:2])) for part in range(count)
    ]


def plan(site: Site) -> Iterator[Draft]:
    """Yield the files. That of the checksums comes last, because it is made from the others."""
    memory = site.archive.memory
    planned = [_draft(memory, part) for part in parts(memory)]
    yield from planned
    address = site.config.absolute(f"/{SCHEMA}")
    yield file_draft(SCHEMA, f"{json.dumps(schema(address), indent=1)}\n".encode())
    yield draft_of(SUMS, tuple(draft[:2] for draft in planned), partial(_sums, memory, planned))


def _draft(memory: Memory, part: Part) -> Draft:
    fingerprint = fingerprint_of((part.buckets, part.state))
    return Draft(part.path, fingerprint, partial(_make, memory, part, fingerprint))


def _make(memory: Memory, part: Part, fingerprint: str) -> bytes:
    """Return a part, its papers in the order of the archive, and note its checksum."""
    from hashlib import sha256  # loads OpenSSL, which a build that changes nothing has no use for

    query = f"""SELECT {part.kind.column} FROM takeaway JOIN paper USING (id)
        WHERE bucket >= ? AND bucket < ? ORDER BY place"""  # noqa: S608 - a column of ours
    data = joined(part.kind, (text for (text,) in memory.rows(query, *part.buckets)))
    row = part.path, fingerprint, sha256(data).hexdigest()
    memory.write("INSERT OR REPLACE INTO takeaway_sum VALUES (?, ?, ?)", [row])
    return data


def _sums(memory: Memory, planned: Sequence[Draft]) -> bytes:
    """Return the checksums of all parts, as `sha256sum --check` reads them."""
    query = "SELECT sha256 FROM takeaway_sum WHERE path = ? AND fingerprint = ?"
    lines = []
    for draft in planned:
        if not memory.rows(query, *draft[:2]):
            draft.make()  # the site has it already
        lines.append(f"{memory.rows(query, *draft[:2])[0][0]}  {draft.path}\n")
    return "".join(lines).encode()
