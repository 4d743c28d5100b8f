"""Read the XML and the JSON of a built site: what cannot be read is one error, with its line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class DocumentError(ValueError):
    """A document cannot be read; `line` is where, 0 if that is not known."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_xml(data: bytes) -> Element:
    """Return the root of an XML document.

    Raises:
        DocumentError: it is not well-formed, or declares entities, which could make little text very much.
    """
    if b"<!DOCTYPE" in data:
        raise DocumentError("declares a document type", data[: data.index(b"<!DOCTYPE")].count(b"\n") + 1)
    try:
        return ET.fromstring(data)  # noqa: S314 - without a document type there are no entities
    except ET.ParseError as error:
        raise DocumentError(f"is no XML ({str(error).partition(':')[0]})", error.position[0]) from error
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise DocumentError(f"is no XML ({error})", 1) from error


def read_json(data: bytes) -> Any:
    """Return what a JSON document holds.

    Raises:
        DocumentError: it is not well-formed, or nested too deeply to be of any use.
    """
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        raise DocumentError(f"is no JSON ({error.msg.lower()})", error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"is no JSON ({str(error).partition(':')[0]})", 0) from error


def text_of(element: Element, name: str) -> str:
    """Return the text of an element's first child of that name, "" if there is none."""
    return (element.findtext(name) or "").strip()
