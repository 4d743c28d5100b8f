"""The fields of the index."""

#: The fields of the index; elsewhere a field is a position in this list.
FIELDS = ("title", "abstract", "authors", "organization", "tags", "venue", "year")
TITLE, ABSTRACT, TAGS = map(FIELDS.index, ("title", "abstract", "tags"))
#: How many stop words must stand side by side in a field to be found as a phrase: all of some titles.
STOP_WORDS = {TITLE: 1, ABSTRACT: 3}
#: The fields of which the index knows which word it was that has a term.
WITH_FORMS = (TITLE, ABSTRACT, TAGS)
