"""Markdown twins: beside the page of each paper an `index.md` that says the same to programs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from regesta.pages.citations import citations
from regesta.pages.page import Draft
from regesta.pages.site import paper_address, tag_address
from regesta.text.patterns import pattern
from regesta.text.prose import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.content.paper import Paper
    from regesta.pages.site import Site


#: A bracket that is not escaped yet.
_BRACKET = pattern(r"(?<!\\)[\[\]]")

#: What cannot stand in an address without angle brackets.
_UNSAFE = pattern(r"[()<>\s]")


def twin(site: Site, paper: Paper, page: Draft) -> Iterator[Draft]:
    """Yield the draft of the twin of a paper's page; nothing if the site has none. It shows nothing that the page does not."""
    if site.has_twins:
        yield Draft(
            page.path.replace("index.html", "index.md"), page.fingerprint, partial(_made, site, paper)
        )


def _made(site: Site, paper: Paper) -> bytes:
    return paper_markdown(site, paper).encode()


def paper_markdown(site: Site, paper: Paper) -> str:
    """Return a paper's page as Markdown: title, facts, abstract, the curator's note, BibTeX."""
    t = site.t
    facts = [f"- {t(name)}: {value}" for name, value in _facts(site, paper) if value]
    parts = [f"# {escape(paper.title)}", "\n".join(facts)]
    parts += [f"## {t(name)}\n\n{text}" for name in ("abstract", "note") if (text := getattr(paper, name))]
    return "\n\n".join([*parts, f"## {t('cite')}\n\n```bibtex\n{citations(paper, site).bibtex}\n```", ""])


def _facts(site: Site, paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield what is known, in Markdown, each fact after the catalogue's key for it."""
    t, config, publication = site.t, site.config, site.publication(paper)
    count = max(len(paper.authors), paper.authors_count or 0)
    names = [escape(author.name) for author in paper.authors]
    others = [t("and_others", n=count - len(names))] if count > len(names) > 0 else []
    yield "authors", ", ".join([*names, *others]) or (str(count) if count else "")
    yield "organization", escape(paper.organization.name) if paper.organization else ""
    for name in ("published", "featured", "updated", "added"):
        inferred = f" ({t('inferred_year')})" if name in paper.inferred else ""
        yield name, f"{date}{inferred}" if (date := getattr(paper, name)) else ""
    yield "status", t(paper.status) if paper.status else ""
    yield "venue", escape(publication.container or publication.venue)
    tags = [(site.archive.label(tag), config.absolute(tag_address(tag))) for tag in paper.tags]
    yield "tags", ", ".join(link(*tag) for tag in tags)
    yield "keywords", escape(", ".join(paper.keywords))
    yield "links", ", ".join(link(*one) for one in sorted(site.links(paper).items()))
    yield "page", f"<{config.absolute(paper_address(paper))}>"


def link(label: str, url: str) -> str:
    """Return a link in Markdown, whatever its label and its address hold."""
    shown = _BRACKET.sub(r"\\\g<0>", escape(label))
    safe = url.replace("<", "%3C").replace(">", "%3E")
    return f"[{shown}](<{safe}>)" if _UNSAFE.search(url) else f"[{shown}]({url})"
