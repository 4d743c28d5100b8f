"""Other people's files become papers: each source is one file here and one line in `registry.SOURCES`, or an entry point.

A source is a pair of functions: one recognizes a text as its own, the other takes it and returns a `Reading`. Nothing
downstream repairs what a source lets through. The names below are all that a source of another package needs.
"""

from regesta.sources.common.dump import Dump, Reading, Source

__all__ = ["Dump", "Reading", "Source"]
