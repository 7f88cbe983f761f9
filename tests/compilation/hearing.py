"""The annual report as someone has it who hears it read: its structure, and the text of every element."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = element.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def children(element: pikepdf.Object) -> list[pikepdf.Object]:
    return [kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def walk(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield element
    for child in children(element):
        yield from walk(child)


def elements(found: pikepdf.Pdf) -> list[pikepdf.Object]:
    return list(walk(found.Root.StructTreeRoot.K))


def attribute(element: pikepdf.Object, name: str) -> pikepdf.Object | None:
    found = element.get("/A", pikepdf.Array())
    listed = list(found) if isinstance(found, pikepdf.Array) else [found]
    return next((one[name] for one in listed if name in one), None)


def _text_by_mark(found: pikepdf.Pdf, place: int) -> dict[int | None, str]:
    """The text of every mark on a page, decoded with the fonts' own tables; None: what is decoration."""
    page = found.pages[place]
    tables = {name: _to_unicode(font) for name, font in page.Resources.Font.items()}
    texts: dict[int | None, str] = {}
    within, font = [], {}
    for command in pikepdf.parse_content_stream(page):
        match str(command.operator):
            case "BDC":
                within.append(command.operands[1].get("/MCID"))
            case "EMC":
                within.pop()
            case "Tf":
                font = tables[str(command.operands[0])]
            case "Tj" if within:
                mark = None if within[-1] is None else int(within[-1])
                texts[mark] = texts.get(mark, "") + "".join(font[code] for code in bytes(command.operands[0]))
    return texts


def _to_unicode(font: pikepdf.Object) -> dict[int, str]:
    pairs = re.findall(r"<([0-9A-F]+)> <([0-9A-F]+)>\n", font.ToUnicode.read_bytes().decode())
    return {int(code, 16): bytes.fromhex(target).decode("utf-16-be") for code, target in pairs if len(target) % 4 == 0}


class Heard:
    """A report as it is heard: the text of every element, out of its own marks."""

    def __init__(self, found: pikepdf.Pdf) -> None:
        self.pdf = found
        self._places = {page.objgen: place for place, page in enumerate(found.pages)}
        self._texts = [_text_by_mark(found, place) for place in range(len(found.pages))]

    def marks(self, element: pikepdf.Object) -> Iterator[tuple[int, int]]:
        """The element's own: page and number."""
        for kid in kids(element):
            if isinstance(kid, int):
                yield self._places[element.Pg.objgen], kid
            elif kid.get("/Type") == "/MCR":
                yield self._places[kid.Pg.objgen], int(kid.MCID)

    def text(self, element: pikepdf.Object) -> str:
        """What is heard of the element and all inside it. Nothing is guessed: a space is there where one is written."""
        said = (self._texts[page].get(mark, "") for one in walk(element) for page, mark in self.marks(one))
        return " ".join(" ".join(said).split())

    def decoration(self, place: int) -> str:
        """What is drawn on a page without being part of what the report says."""
        return " ".join(self._texts[place].get(None, "").split())


def of_role(heard: Heard, *roles: str) -> list[pikepdf.Object]:
    return [one for one in elements(heard.pdf) if str(one.S)[1:] in roles]


def every_string(found: pikepdf.Pdf) -> Iterator[str]:
    """Every string, name and stream of the file, whatever it is for, and what is heard."""
    for one in found.objects:
        if isinstance(one, pikepdf.Stream):
            yield one.read_bytes().decode("latin-1")
        yield from _strings_in(one)


def _strings_in(one: pikepdf.Object) -> Iterator[str]:
    if isinstance(one, pikepdf.String | pikepdf.Name):
        yield str(one)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in one.items():
            yield key
            if not getattr(value, "is_indirect", False):
                yield from _strings_in(value)
    elif isinstance(one, pikepdf.Array):
        for value in one:
            if not getattr(value, "is_indirect", False):
                yield from _strings_in(value)
