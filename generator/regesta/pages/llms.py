"""`/llms.txt`: what the archive is and how programs that read for people find their way in it, in Markdown (llmstxt.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.pages.archive_files import SCHEMA, SUMS
from regesta.pages.named_lists import address_of_list, label_of_list, named_lists
from regesta.pages.page import draft_of
from regesta.pages.takeaway_files import CITATIONS, NAME, RECORDS
from regesta.pages.twins import link
from regesta.text.prose import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.pages.page import Draft
    from regesta.pages.site import Site

_MOST = 100  # lists of a kind that it names; of more, it names their index


def plan(site: Site) -> Draft:
    """Return the draft of the file."""
    text = "\n".join(_lines(site))
    return draft_of("llms.txt", (text,), text.encode)


def _lines(site: Site) -> Iterator[str]:
    t, config = site.t, site.config
    yield f"# {escape(config.title)}\n"
    count = t("papers_n", n=len(site.archive.papers))
    yield f"> {escape(config.description)} {count}.\n" if config.description else f"> {count}.\n"
    if site.has_twins:
        yield f"{t('llms_twins')}\n"
    yield f"{t('llms_search')} {config.absolute('/search/?q=')}\n"
    yield f"## {t('everything')}\n"
    for ending, file in (*RECORDS.items(), *CITATIONS.items()):
        yield f"- {link(f'{NAME}.{ending}', config.absolute(f'/{NAME}.{ending}'))}: {file.label}"
    yield f"- {link(SCHEMA, config.absolute(f'/{SCHEMA}'))}: JSON Schema"
    yield f"- {link(SUMS, config.absolute(f'/{SUMS}'))}: SHA-256"
    yield f"- {link(t('feeds'), config.absolute('/feeds/'))}: RSS, Atom, JSON Feed"
    for kind, index in named_lists(site).items():
        if index:
            yield f"\n## {t(kind)}\n"
            yield from _lists(site, kind)
    yield ""


def _lists(site: Site, kind: str) -> Iterator[str]:
    """Yield a link to each list of a kind, or to their index."""
    index, config = named_lists(site)[kind], site.config
    if len(index) > _MOST:
        yield f"- {link(site.t(kind), config.absolute(f'/{kind}/'))}: {len(index)}"
        return
    for name in index:
        label, address = label_of_list(site, kind, name), address_of_list(site, kind, name)
        yield f"- {link(label, config.absolute(address))}: {site.t('papers_n', n=index.size(name))}"
