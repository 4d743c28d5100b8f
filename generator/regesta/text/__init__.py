"""Text: strings, dates, TeX, Markdown, addresses. No module here knows what a paper is."""
