"""All papers and the ways in to them: by tag, date, person, venue, neighbours; and the tags that texts suggest."""
