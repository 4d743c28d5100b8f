"""How much is read of what comes from outside, and how long it may take: one place, so that no reader is without a limit."""

from __future__ import annotations

#: Bytes of a text file of the curator, in `content/` or `themes/`.
TEXT_FILE = 1 << 20
#: Bytes of a dump, also when it is unpacked.
DUMP = 1 << 28
#: Bytes of a server's answer, unpacked.
ANSWER = 1 << 26
