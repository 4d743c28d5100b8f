"""Read XML and JSON; a document that cannot be parsed is one error, with its line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

from regesta import limits
from regesta.text.bounds import LimitError, check_entry, check_number, limited

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element


_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*>")
#: Between two objects on lines of their own, without a comma: JSON never has this, also not in its strings.
_BETWEEN_LINES = re.compile(r"(?<=\})[ \t]*\n(?=\s*\{)")
_SPACE = re.compile(r"[ \t\r\n]*")
_LONGEST_NAMESPACE = (
    1000  # characters; the parser writes it before each name, and keeps each name several times
)


class DocumentError(ValueError):
    """A document cannot be parsed; `line` tells where, 0 if unknown."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_xml(data: bytes) -> Element:
    """Return the root of an XML document.

    Raises:
        DocumentError: it is not well-formed, or may declare entities, which can expand without limit.
    """
    _refuse_document_type(data)
    try:
        return ET.fromstring(data)  # noqa: S314 - without a document type there are no entities
    except ET.ParseError as error:
        raise DocumentError(f"is not XML ({str(error).partition(':')[0]})", error.position[0]) from error
    except (ValueError, LookupError) as error:  # an unknown encoding
        raise DocumentError(f"is not XML ({error})", 1) from error


def _refuse_document_type(data: bytes) -> None:
    if b"<!DOCTYPE" in data:
        raise DocumentError("declares a document type", data.count(b"\n", 0, data.index(b"<!DOCTYPE")) + 1)


def read_elements(text: str, name: str) -> tuple[Element, list[tuple[int, Element]]]:
    """Return the root of an XML text, and its elements of one name, each with its line (from 1).

    Args:
        text: the XML.
        name: of the elements; the namespace does not matter.

    Raises:
        DocumentError: as `read_xml` does.
        LimitError: it has too many of them or of names, too large a one, or a very long namespace.
    """
    declared = _DECLARATION.match(text)  # it may name the file's encoding, but `data` is UTF-8
    start = declared.end() if declared else 0
    data = b"\n" * text.count("\n", 0, start) + text[start:].encode(errors="replace")
    _refuse_document_type(data)
    lines = _Places(name).find(data)
    root = read_xml(data)
    elements = [element for element in root.iter() if local_name(element) == name]
    return root, list(zip(lines, elements, strict=True))


class _Places:
    """Finds where the elements of a name begin, and refuses a document that would take too much memory as a tree.

    Attributes:
        lines: those on which they begin.
    """

    def __init__(self, name: str) -> None:
        self.lines: list[int] = []
        self._name, self._start = name, 0
        self._names: dict[str, str] = {}  # of elements and attributes; the parser fills it
        self._parser = expat.ParserCreate(namespace_separator="}", intern=self._names)

    def find(self, data: bytes) -> list[int]:
        """Return the lines of a document's elements.

        Raises:
            DocumentError: it is not well-formed.
            LimitError: it has too many of them or of names, too large a one, or a very long namespace.
        """
        parser = self._parser
        parser.StartElementHandler = self._note_element
        parser.StartNamespaceDeclHandler = self._check_namespace
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            raise DocumentError(f"is not XML ({str(error).partition(':')[0]})", error.lineno) from error
        finally:  # otherwise the parser and this object would hold each other for ever
            parser.StartElementHandler = parser.StartNamespaceDeclHandler = None
        self._check_size(len(data))
        return self.lines

    def _note_element(self, tag: str, _: object) -> None:
        if len(self._names) > limits.FIELDS:
            self._refuse(f"has more than {limits.FIELDS:,} names of elements and attributes")
        if tag.rpartition("}")[2] == self._name:
            self._check_size(self._parser.CurrentByteIndex)
            self.lines.append(self._parser.CurrentLineNumber)
            check_number(len(self.lines), self.lines[-1])

    def _check_size(self, end: int) -> None:
        """Check the size of the element that ends before a place, or of what comes before the first one."""
        check_entry(end - self._start, self.lines[-1] if self.lines else 1)
        self._start = end

    def _check_namespace(self, _: object, address: str | None) -> None:
        if len(address or "") > _LONGEST_NAMESPACE:
            self._refuse(f"names a namespace of more than {_LONGEST_NAMESPACE:,} characters")

    def _refuse(self, what: str) -> None:
        raise LimitError(what, "fetch it again", self._parser.CurrentLineNumber)


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def read_json(data: bytes) -> Any:
    """Return the value of a JSON document.

    Raises:
        DocumentError: it is not well-formed, or nested too deeply.
    """
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _not_json(error) from error


def read_items(text: str, *path: str) -> list[tuple[int, Any]]:
    """Return the items of an array in a JSON text, each with its line (from 1).

    Args:
        text: the JSON.
        path: keys of the objects around the array; none if the text is the array.

    Raises:
        DocumentError: it is not well-formed, nested too deeply, or has no array there.
        LimitError: it has too many items, or too large a one.
    """
    try:
        return [*limited(_Scanner(text).items(path))]
    except (ValueError, RecursionError) as error:
        raise _not_json(error) from error


def read_objects(text: str) -> list[tuple[int, Any]]:
    """Return the objects of a JSON text, with commas or line ends between them, each with its line (from 1).

    Raises:
        DocumentError: it is not well-formed, or nested too deeply.
        LimitError: it has too many objects, or too large a one.
    """
    try:
        return [*limited(_Scanner(text).objects())]
    except (ValueError, RecursionError) as error:
        raise _not_json(error) from error


def _not_json(error: ValueError | RecursionError) -> DocumentError:
    if isinstance(error, json.JSONDecodeError):
        return DocumentError(f"is not JSON ({error.msg.lower()})", error.lineno)
    return DocumentError(f"is not JSON ({str(error).partition(':')[0]})", 0)


class _Scanner:
    """Parses a JSON text value by value, so that the line of each is known."""

    def __init__(self, text: str) -> None:
        self._text, self._place, self._line, self._counted = text, 0, 1, 0
        self._decode = json.JSONDecoder().raw_decode

    def items(self, path: tuple[str, ...]) -> Iterator[tuple[int, Any]]:
        """Yield the items of the array below some keys, each with its line."""
        for key in path:
            self._enter(key)
        self._expect("[")
        while self._peek() != "]":
            yield self._item()
            self._skip_comma("]")
        self._expect("]")
        if not path and self._peek():
            raise json.JSONDecodeError("Extra data", self._text, self._place)

    def objects(self) -> Iterator[tuple[int, Any]]:
        """Yield the objects of the text, with commas or line ends between them, each with its line."""
        while self._peek():
            yield self._item()
            if not _BETWEEN_LINES.match(self._text, self._place):
                self._skip_comma("")

    def _item(self) -> tuple[int, Any]:
        """Return the value that begins here, with its line."""
        line, start = self._line_here(), self._place
        value = self._value()
        check_entry(self._place - start, line)
        return line, value

    def _enter(self, wanted: str) -> None:
        """Go to the value of a key of the object that begins here."""
        self._expect("{")
        while self._peek() != "}":
            key = self._value()
            self._expect(":")
            self._peek()
            if key == wanted:
                return
            self._value()
            self._skip_comma("}")
        raise json.JSONDecodeError(f"no {wanted!r} in it", self._text, self._place)

    def _value(self) -> Any:
        value, self._place = self._decode(self._text, self._place)
        return value

    def _skip_comma(self, end: str) -> None:
        """Go behind the comma after a value, unless the array or object ends here."""
        if self._peek() != end:
            self._expect(",")
            if self._peek() == end:
                raise json.JSONDecodeError("Illegal trailing comma", self._text, self._place)

    def _peek(self) -> str:
        """Skip white space and return the character after it, "" at the end."""
        self._place = _SPACE.match(self._text, self._place).end()  # type: ignore[union-attr] # it matches anything
        return self._text[self._place : self._place + 1]

    def _expect(self, character: str) -> None:
        if self._peek() != character:
            raise json.JSONDecodeError(f"Expecting {character!r}", self._text, self._place)
        self._place += 1

    def _line_here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._place)
        self._counted = self._place
        return self._line


def text_of(element: Element, name: str) -> str:
    """Return the text of an element's first child of a name, "" if there is none."""
    return (element.findtext(name) or "").strip()
