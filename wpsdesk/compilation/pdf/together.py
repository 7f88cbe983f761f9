"""What belongs together on a page: a heading and what it heads, a picture and its name, an answer and its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from reportlab.platypus import Flowable, Spacer

from wpsdesk.compilation.pdf.drawings import Shown
from wpsdesk.compilation.pdf.styles import MEASURE, PAGE_HEIGHT
from wpsdesk.compilation.pdf.tables import Grid, NeedRoom
from wpsdesk.compilation.pdf.text import Text
from wpsdesk.compilation.tree import Block, Bullets, Heading, Matrix, Paragraph, Tone

_LINES: Final = 3  # of a paragraph, below what leads to it
_ROWS: Final = 5  # of a table, below its heads
_SHORT: Final[float] = PAGE_HEIGHT / 4  # a table that is no higher is not parted, nor a text from a line below it


@dataclass(slots=True)
class _Group:
    """What leads to a block, what the block is made of, and what may not stand alone after it."""

    leading: list[Flowable] = field(default_factory=list)
    block: Block | None = None
    made: Sequence[Flowable] = ()
    following: list[Flowable] = field(default_factory=list)


def kept_together(blocks: Iterable[tuple[Block, Sequence[Flowable]]]) -> Iterator[Flowable]:
    """The blocks' flowables; a new page is begun rather than part what belongs together."""
    group = _Group()
    for block, made in blocks:
        if group.block is not None and _follows(block):
            group.following += made
            continue
        if group.block is not None:
            yield from _set(group)
            group = _Group()
        if _leads(block):
            group.leading += made
        else:
            group.block, group.made = block, made
    yield from _set(group)


def _leads(block: Block) -> bool:
    """Whether the block says what comes next, and means nothing alone."""
    match block:
        case Heading():
            return True
        case Paragraph(tone=Tone.LABEL | Tone.PLAN | Tone.RESPONSIBLE):
            return True
        case _:
            return False


def _follows(block: Block) -> bool:
    """Whether the block tells of what came before, and would be lost at the head of a page."""
    return isinstance(block, Paragraph) and block.tone in (Tone.SOURCE, Tone.SILENT)


def _set(group: _Group) -> Iterator[Flowable]:
    if group.block is None:
        yield from group.leading
        return
    above = sum(_height(one) for one in group.leading)
    whole = sum(_height(one) for one in (*group.made, *group.following))
    is_joined = bool(group.following) or isinstance(group.block, Bullets)
    if is_joined and whole <= _SHORT:
        yield NeedRoom(above + whole)
    elif group.leading or not isinstance(group.block, Paragraph | Bullets):
        yield NeedRoom(above + _first_part(group.made, is_whole=isinstance(group.block, Matrix)))
    yield from group.leading
    yield from _with_room(group.made)
    yield from group.following


def _with_room(made: Sequence[Flowable]) -> Iterator[Flowable]:
    """A picture may stand on the page before its table; the table asks for room of its own."""
    for before, one in zip((None, *made), made, strict=False):
        if isinstance(before, Shown) and isinstance(one, Grid):
            yield NeedRoom(_first_part([one], is_whole=False))
        yield one


def _height(flowable: Flowable) -> float:
    _, height = flowable.wrap(MEASURE, 0)
    return float(height + flowable.getSpaceBefore() + flowable.getSpaceAfter())


def _first_part(made: Sequence[Flowable], *, is_whole: bool) -> float:
    """The height of the least of it that may stand below a heading; a caption needs the table it names.

    ``is_whole``: it is best seen at once, and split only where it is higher than half a page.
    """
    flowable, height = made[0], _height(made[0])
    if isinstance(flowable, Text | Spacer) and len(made) > 1 and isinstance(made[1], Grid | Shown):
        return height + _first_part(made[1:], is_whole=is_whole)
    if is_whole and height < PAGE_HEIGHT / 2:
        return height
    if isinstance(flowable, Text):
        return min(height, float(_LINES * flowable.style.leading + flowable.getSpaceBefore()))
    if isinstance(flowable, Grid) and height > _SHORT:
        return max(flowable.height_of_first_rows(1), min(flowable.height_of_first_rows(_ROWS), _SHORT))
    return height
