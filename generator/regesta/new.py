"""Begin an archive: the folders and the few files that a curator starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.content.text_files import write
from regesta.errors import fail

if TYPE_CHECKING:
    from pathlib import Path

_FILES = {
    "content/archive.yaml": """\
# The settings; every key is described in Regesta's docs/settings.md.
title: My papers
description: Papers that we read, and what we keep of them.
language: en
url: http://localhost:8000/  # where it will live, as https://you.github.io/my-papers/
contact: ""  # your mail or web address, for the servers that you fetch from
""",
    "content/tags.yaml": """\
# The subjects of this archive, and the phrases that suggest each (Regesta's docs/tags.md).
- tag: language-models
  label: Language models
  description: Models that predict text, and what is built on them.
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
title: An example paper, to be replaced by your own
tags: [language-models]
---

This file is one paper: its front matter above, its abstract here. Mathematics such as $e^{i\\pi} + 1 = 0$ is set as
mathematics. Delete the file once you have imported papers of your own.
""",
    ".gitignore": "/site/\n/.regesta/\n",
}


def new_archive(folder: Path) -> None:
    """Write the first files of an archive into a folder that is new or empty.

    Raises:
        RegestaError: the folder holds something already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise fail(folder, "is not empty", "name a new folder")
    for name, text in _FILES.items():
        write(folder / name, text)
