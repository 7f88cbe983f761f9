"""A unit's text as paragraphs and lists: blank lines part paragraphs, lines that begin with a dash are a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from wpsdesk.compilation.tree import Bullets, Paragraph, Tone, Words
from wpsdesk.report.model import Passage

_BULLET: Final = re.compile(r"\s*[-–*•]\s+(?=\S)")


def passage_blocks(passage: Passage, tone: Tone = Tone.BODY) -> Iterator[Paragraph | Bullets]:
    """The text of ``passage``; every line that is not empty is in exactly one block."""
    lines = [line.rstrip() for line in passage.text.split("\n")]
    for is_list, run in groupby((line for line in lines if line.strip()), key=_is_item):
        if is_list:
            items = tuple(Words(text=_BULLET.sub("", line, count=1), language=passage.language) for line in run)
            yield Bullets(items=items, tone=tone)
        else:
            for line in run:
                yield Paragraph(words=Words(text=line.strip(), language=passage.language), tone=tone)


def _is_item(line: str) -> bool:
    return _BULLET.match(line) is not None
