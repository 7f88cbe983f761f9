"""Writes the structure into the finished pages, and what PDF/UA-1 and PDF/A-2a ask of the file besides."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, String

from wpsdesk.compilation.language_tags import Spoken, language_tag
from wpsdesk.compilation.pdf.metadata import colour_profile, packet
from wpsdesk.compilation.pdf.structure import Element, Structure
from wpsdesk.compilation.tree import Document


def tagged(data: bytes, document: Document, structure: Structure) -> bytes:
    """The pages of ``data`` with the structure whose marks are in them; the same input gives the same bytes."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        # 1. The structure tree, and for every mark and link the way back to its element (ISO 32000-1, 14.7).
        _Tree(pdf, structure, document.language).write()
        # 2. What the file says of itself, and what its colours mean (ISO 19005-2, 6.2.3 and 6.6).
        tag = language_tag(document.language)
        pdf.Root.Metadata = pdf.make_stream(packet(document, tag), Type=Name.Metadata, Subtype=Name.XML)
        pdf.Root.OutputIntents = Array([pdf.make_indirect(_output_intent(pdf))])
        # 3. How a reader shows it: the printed page numbers, the title in the window, tabs in reading order.
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        out = io.BytesIO()
        pdf.save(
            out, deterministic_id=True, min_version="1.7", object_stream_mode=ObjectStreamMode.generate,
            normalize_content=False,
        )  # fmt: skip
        return out.getvalue()


def _output_intent(pdf: Pdf) -> Dictionary:
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_stream(colour_profile(), N=3),
    )


class _Tree:
    """The structure as objects of one PDF."""

    def __init__(self, pdf: Pdf, structure: Structure, language: Spoken) -> None:
        self._pdf, self._structure, self._language = pdf, structure, language
        self._pages = [page.obj for page in pdf.pages]
        self._made: dict[int, Object] = {}  # by the element's identity

    def write(self) -> None:
        """Tree, parent tree, and the catalogue's entries for both."""
        root = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = self._element(self._structure.root, root, self._language)
        numbers: list[Object | int] = []  # a page's or a link's number, what belongs to it, and so on
        for place, page in enumerate(self._pages):
            page.StructParents = place
            page.Tabs = Name.S
            owners = Array([self._made[id(element)] for element in self._structure.marks.get(place, ())])
            numbers += [place, self._pdf.make_indirect(owners)]
        following = self._write_links(numbers)
        root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        root.ParentTreeNextKey = following
        self._pdf.Root.StructTreeRoot = root
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _write_links(self, numbers: list[Object | int]) -> int:
        """Give every link the way to its element; the number after the last."""
        following = len(self._pages)
        for place, owners in sorted(self._structure.links.items()):
            for link, element in zip(self._links_on(place), owners, strict=True):
                link.F = 4  # it is printed with the page
                link.StructParent = following
                numbers += [following, self._made[id(element)]]
                following += 1
        return following

    def _links_on(self, place: int) -> Sequence[Object]:
        return list(self._pages[place].get("/Annots", Array()))

    def _element(self, element: Element, parent: Object, language: Spoken) -> Object:
        """The element and all inside it; its language is named only where it differs from its parent's."""
        fields: dict[str, object] = {"/S": Name(f"/{element.role}"), "/P": parent}
        own = element.language or language
        if own != language:
            fields["/Lang"] = String(language_tag(own))
        if element.said:
            fields["/Alt"] = String(element.said)
        attributes = _attributes(element)
        if attributes:
            fields["/A"] = attributes[0] if len(attributes) == 1 else Array(attributes)
        if element.marks:
            fields["/Pg"] = self._pages[element.marks[0].page]
        made = self._pdf.make_indirect(Dictionary(fields))
        self._made[id(element)] = made
        kids = [*self._own(element), *(self._element(one, made, own) for one in element.inside)]
        if kids:
            made.K = kids[0] if len(kids) == 1 else Array(kids)
        return made

    def _own(self, element: Element) -> list[Object | int]:
        """Marks on the element's first page by number alone, later ones with their page; then its links."""
        found: list[Object | int] = []
        for mark in element.marks:
            if mark.page == element.marks[0].page:
                found.append(mark.number)
            else:
                found.append(Dictionary(Type=Name.MCR, Pg=self._pages[mark.page], MCID=mark.number))
        for link in element.links:
            obj = self._links_on(link.page)[link.number]
            found.append(Dictionary(Type=Name.OBJR, Pg=self._pages[link.page], Obj=obj))
        return found


def _attributes(element: Element) -> list[Dictionary]:
    """What the role alone does not say (ISO 32000-1, 14.8.5)."""
    found: list[Dictionary] = []
    if element.area is not None:
        found.append(Dictionary(O=Name.Layout, BBox=Array([round(side, 2) for side in element.area])))
    table: dict[str, object] = {}
    if element.scope is not None:
        table["/Scope"] = Name(f"/{element.scope}")
    if element.columns > 1:
        table["/ColSpan"] = element.columns
    if element.summary:
        table["/Summary"] = String(element.summary)
    if table:
        found.append(Dictionary({"/O": Name.Table, **table}))
    return found
