"""The manual: its Markdown becomes the same tree as the report, and is set, tagged and linked as that is."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from tests.verapdf.judging import A2A, UA1, verdicts
from wpsdesk.assets import resource
from wpsdesk.base.errors import Malformed
from wpsdesk.compilation.formats import Format, write
from wpsdesk.compilation.manual.binding import bound
from wpsdesk.compilation.manual.reading import read_chapter
from wpsdesk.compilation.tree import (
    Bullets,
    Chapter,
    Document,
    Heading,
    MarkKind,
    Paragraph,
    Screen,
    Table,
    Tone,
)

TEXT = """# Slik går det {#slik}

Trykk **Ctrl+S**, skriv `wpsdesk desk` og les
[videre](#videre).

![Et vindu](picture:vindu)

1. Først.
2. Så, se [videre](#videre).

```
wpsdesk demo
  innrykk
```

3. Til slutt.

## Videre {#videre}

- En
- To

| Hva | Hvorfor |
| --- | --- |
| **En** | To |

### Lenger ned {#ned}
"""


def pictured(_name: str, said: str) -> Screen:
    data = resource("icons", "wpsdesk.png").read_bytes()
    return Screen(data=data, width=256, height=256, said=said)


def read(text: str) -> Chapter:
    return read_chapter(text, language="nb", name="nb/10-prøve.md", pictured=pictured)


def test_a_chapter_becomes_blocks_with_its_marked_passages() -> None:
    blocks = read(TEXT).blocks
    headings = [(one.anchor, one.level, one.words.text) for one in blocks if isinstance(one, Heading)]
    assert headings == [("slik", 1, "Slik går det"), ("videre", 2, "Videre"), ("ned", 4, "Lenger ned")]
    opening = blocks[1]
    assert isinstance(opening, Paragraph)
    assert opening.words.text == "Trykk Ctrl+S, skriv wpsdesk desk og les videre."
    parts = [(part, mark.kind, mark.target) for part, mark in opening.words.passages() if mark is not None]
    assert parts == [
        ("Ctrl+S", MarkKind.STRONG, ""), ("wpsdesk desk", MarkKind.CODE, ""), ("videre", MarkKind.LINK, "videre"),
    ]  # fmt: skip
    assert "".join(part for part, _ in opening.words.passages()) == opening.words.text
    assert [(one.first, len(one.items)) for one in blocks if isinstance(one, Bullets)] == [(1, 2), (3, 1), (0, 2)]
    assert [one.words.text for one in blocks if isinstance(one, Paragraph) and one.tone is Tone.CODE] == [
        "wpsdesk demo\n  innrykk"
    ]
    (table,) = (one for one in blocks if isinstance(one, Table))
    assert (table.caption, [column.head for column in table.columns]) == ("Videre", ["Hva", "Hvorfor"])


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("# Uten anker", 1, "missing"),
        ("# A {#a}\n\nEt *lent* ord.", 3, "not-allowed"),
        ("# A {#a}\n\n[ut](https://example.org)", 3, "not-allowed"),
        ("# A {#a}\n\n![bilde](vindu.png)", 3, "not-allowed"),
        ("# A {#a}\n\n- punkt\n\n  og mer", 5, "not-allowed"),
        ("# A {#a}\n\n> sitat", 3, "not-allowed"),
    ],
)
def test_what_the_manual_may_not_hold_is_named_with_its_line(text: str, line: int, problem: str) -> None:
    with pytest.raises(Malformed) as raised:
        read(text)
    assert raised.value.path.startswith(f"nb/10-prøve.md:{line}: ")
    assert raised.value.problem == problem


@pytest.fixture(scope="module")
def small() -> Document:
    whole = bound("nb", version="1.0", made=datetime(2026, 11, 23, tzinfo=UTC))
    text = f"{TEXT}\n[ned](#ned), og [ingen steder](#borte).\n"
    return Document(**{name: getattr(whole, name) for name in Document.__slots__} | {"chapters": (read(text),)})


def test_as_pdf_it_follows_both_standards_and_its_links_are_told(small: Document, tmp_path: Path) -> None:
    out = io.BytesIO()
    write(small, Format.PDF, out)
    judged = verdicts({"handbok": out.getvalue()}, tmp_path)
    for standard in (UA1, A2A):
        assert judged["handbok", standard].follows, judged["handbok", standard].broken
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        inside = [note.Contents for page in pdf.pages[2:] for note in page.get("/Annots", [])]
        assert list(map(str, inside)) == ["videre", "videre", "ned"]  # what leads nowhere is only text
        (said,) = (element.Alt for element in pdf.objects if _is_figure(element))
        assert str(said) == "Et vindu"


def _is_figure(found: object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == pikepdf.Name.Figure


def test_as_a_page_it_stands_alone_with_its_pictures_inside(small: Document) -> None:
    out = io.BytesIO()
    write(small, Format.HTML, out)
    page = out.getvalue().decode()
    assert 'alt="Et vindu"' in page
    assert "<code>wpsdesk desk</code>" in page
    assert '<ol start="3">' in page
    assert "wpsdesk demo\n  innrykk</pre>" in page
    assert all(source.startswith("data:") for source in re.findall(r'src="([^"]+)"', page))
