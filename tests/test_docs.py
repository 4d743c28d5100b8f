"""The documentation says what the program does: settings, commands and fields are compared with the code.

`REWRITE=1` rewrites the generated parts.
"""

import argparse
import os
import re
from dataclasses import fields
from pathlib import Path

import pytest

from regesta.arguments import parser
from regesta.content.config import Config
from regesta.content.paper import KINDS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def settings_table() -> str:
    rows = [
        f"| `{f.metadata.get('key', f.name)}` | {default(f.default)} | {f.metadata['doc']} |"
        for f in fields(Config)
    ]
    return "\n".join(["| key | default | what it sets |", "|---|---|---|", *rows])


def default(value) -> str:
    return f"`{str(value).lower() if isinstance(value, bool) else value}`" if value not in ("", ()) else ""


def commands_text() -> str:
    return "\n\n".join(help_sections(parser(), "##"))


def help_sections(parser, heading):
    """Yield a section with the help of each command and subcommand."""
    for action in parser._actions:
        for command in action.choices.values() if isinstance(action, argparse._SubParsersAction) else ():
            yield f"{heading} `{command.prog}`\n\n```\n{command.format_help().strip()}\n```"
            yield from help_sections(command, f"{heading}#")


@pytest.mark.parametrize(("name", "make"), [("settings.md", settings_table), ("commands.md", commands_text)])
def test_generated_part_is_current(name, make, monkeypatch):
    monkeypatch.setenv("COLUMNS", "110")
    path = DOCS / name
    text = path.read_text(encoding="utf-8")
    current = re.sub(
        r"(<!-- begin -->\n).*(\n<!-- end -->)", lambda m: m[1] + make() + m[2], text, flags=re.DOTALL
    )
    if os.environ.get("REWRITE"):
        path.write_text(current, encoding="utf-8")
    assert text == current, f"docs/{name} is out of date: REWRITE=1 make quick"


def test_every_front_matter_key_is_documented():
    text = (DOCS / "content.md").read_text(encoding="utf-8")
    assert [key for key in KINDS if f"`{key}`" not in text] == []


def test_every_dependency_earns_its_place():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    core = re.search(r"^dependencies = \[\n(.*?)^\]", project, flags=re.DOTALL | re.MULTILINE)[1]
    text = (DOCS / "dependencies.md").read_text(encoding="utf-8")
    names = re.findall(r'"([\w-]+)', core)
    assert names
    assert [name for name in names if f"`{name}`" not in text] == []


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))], ids=lambda p: p.name
)
def test_links_of_the_documentation_lead_somewhere(path):
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = [t for t in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"https?:|#", t)]
    assert [t for t in targets if not (path.parent / t.partition("#")[0]).exists()] == []
