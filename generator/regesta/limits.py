"""How much is read of what comes from outside, and how long it may take: one place, so that no reader is without a limit."""

from __future__ import annotations

#: Bytes of a text file of the curator, in `content/` or `themes/`.
TEXT_FILE = 1 << 20
#: Bytes of a dump, also when it is unpacked.
DUMP = 1 << 28
#: Bytes of a server's answer, unpacked.
ANSWER = 1 << 26
#: Connections that the preview holds at once; each has a thread.
PREVIEW_CONNECTIONS = 128
#: Seconds that the preview waits for a browser to ask, or to take an answer.
PREVIEW_WAIT = 10
