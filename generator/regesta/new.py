"""Create an archive: the few files that a curator starts from."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING

from regesta.content.text_files import write
from regesta.errors import fail

if TYPE_CHECKING:
    from pathlib import Path

_FILES = {
    "content/archive.yaml": """\
# The settings; Regesta's docs/settings.md describes every key.
title: My papers
description: Papers that we read, and our notes on them.
language: en
url: http://localhost:8000/  # the address of the site, such as https://you.github.io/my-papers/
feed_id: "{feed_id}"  # names papers in feeds, also when the site moves: never change it
contact: ""  # your e-mail or web address, shown to the servers that you fetch from
""",
    "content/tags.yaml": """\
# The tags of this archive, and the phrases that suggest each of them; see Regesta's docs/tags.md.
- tag: language-models
  label: Language models
  description: Models that predict text, and work that builds on them.
  phrases: [language model, LLM]
""",
    "content/pages/about.md": """\
---
title: About
---

What this archive holds, who keeps it, and how to reach them.
""",
    "content/papers/an-example-paper.md": """\
---
id: an-example-paper
title: An example paper
tags: [language-models]
---

This file is one paper: its metadata is above, its abstract here. Formulas such as $e^{i\\pi} + 1 = 0$ are typeset.
Delete the file when you have imported papers of your own.
""",
    ".gitignore": "/site/\n/.regesta/\n",
}


def new_archive(folder: Path) -> None:
    """Write the first files of an archive into a new or empty folder.

    Raises:
        RegestaError: the folder is not empty, or is not a folder.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise fail(folder, "is not an empty folder", "name a new or empty one")
    for name, text in _FILES.items():
        write(folder / name, text.replace("{feed_id}", _feed_id()) if name.endswith("archive.yaml") else text)


def _feed_id() -> str:
    """Return a tag (RFC 4151) that no other archive has; nobody can own a host in `.invalid`."""
    return f"tag:{secrets.token_hex(8)}.invalid,{dt.datetime.now(dt.UTC).year}:"
