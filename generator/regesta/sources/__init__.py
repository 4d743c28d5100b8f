"""Files of others become papers, by sources: modules here with a line in `registry.SOURCES`, or entry points.

A source has two functions: `recognizes` tells whether a text belongs to it, `read` returns a `Reading` of the text. No later
step repairs a paper. The names below are all that a source in another package needs.
"""

from regesta.sources.common.dump import Dump, Reading, Source

__all__ = ["Dump", "Reading", "Source"]
