"""How much is read of what comes from outside, and how long it may take: one place, so that no reader is without a limit."""

from __future__ import annotations

#: Bytes of a text file of the curator, in `content/` or `themes/`.
TEXT_FILE = 1 << 20
#: Bytes of a dump, also when it is unpacked.
DUMP = 1 << 28
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
