"""How much is read of what comes from outside, and how long it may take: one place, so that no reader is without a limit."""

from __future__ import annotations

#: Bytes of a text file of the curator, in `content/` or `themes/`.
TEXT_FILE = 1 << 20
#: Bytes of a dump, also when it is unpacked. As text it may take four times as much; an import fits into 1 GiB of memory.
DUMP = 1 << 26
#: Entries of a dump: the steps of an import need up to 14 kB for each, and five times the length of its text.
ENTRIES = 50_000
#: Characters of one entry of a dump.
ENTRY = 1 << 22
#: Marks between the parts of a dump (`,` in JSON, `<` in XML): a part takes up to 150 bytes of memory when it is parsed.
MARKS = 4_000_000
#: Names of fields: of those that the report of what was left out of a dump lists, and of all in XML.
FIELDS = 1000
#: Problems that the summary of an import lists one by one.
PROBLEMS = 1000
#: Bytes of a server's answer, unpacked, and of all its answers about one day.
ANSWER = 1 << 24
#: Entries that a server lists for one day, pages that they come in, and levels of lists and objects in an entry.
DAY_ENTRIES, DAY_PAGES, ENTRY_DEPTH = 10_000, 20, 16
#: Requests of a whole fetch; bytes of all answers to them, unpacked; seconds after which no further one is sent.
FETCH_REQUESTS, FETCH_BYTES, FETCH_SECONDS = 10_000, 1 << 29, 4 * 3600
#: Seconds without a byte from a server, and seconds of a request with redirects and all tries.
SILENT_SECONDS, REQUEST_SECONDS = 15, 45
#: Seconds that a fetch waits because a server asks for it, in all; they do not count as time of a request.
WAIT_SECONDS = 600
#: Times that a request is tried again after a failure, and redirects that it follows.
TRIES_AGAIN, REDIRECTS = 4, 3
#: Connections that the preview holds at once; each has a thread.
PREVIEW_CONNECTIONS = 128
#: Seconds that the preview waits for a browser to ask, or to take an answer.
PREVIEW_WAIT = 10
#: Letters of a region's name on the map; a longer one is cut there, the list below has it whole.
MAP_NAME = 40
