"""How much is read of what comes from outside, and how long it may take: one place, so that no reader is without a limit."""

from __future__ import annotations

#: Bytes of a text file of the curator, in `content/` or `themes/`.
TEXT_FILE = 1 << 20
#: Bytes of a dump, also when it is unpacked. As text it may take four times as much; an import fits into 1 GiB of memory.
DUMP = 1 << 26
#: Entries of a dump: the steps of an import need about 6 kB for each, and five times the length of its text.
ENTRIES = 100_000
#: Characters of one entry of a dump.
ENTRY = 1 << 22
#: Marks between the parts of a dump (`,` in JSON, `<` in XML): a part takes up to 150 bytes of memory when it is parsed.
MARKS = 4_000_000
#: Names of fields: of those that the report of what was left out of a dump lists, and of all in XML.
FIELDS = 1000
#: Problems that the summary of an import lists one by one.
PROBLEMS = 1000
#: Bytes of a server's answer, unpacked.
ANSWER = 1 << 26
