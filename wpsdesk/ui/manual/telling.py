"""The manual's blocks as the text that the window shows, in the window's typeface, size and colours."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtGui import QFontDatabase

from wpsdesk.compilation.tree import (
    Align,
    Block,
    Bullets,
    Chapter,
    Heading,
    Mark,
    MarkKind,
    Paragraph,
    Screen,
    Table,
    Tone,
    Words,
)
from wpsdesk.ui import style

_TAGS: Final = {1: "h1", 2: "h2", 4: "h3"}


def sheet() -> str:
    """The style sheet of the text."""
    look = style.current()
    colours, fixed = look.colours, QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    return f"""
        body {{ color: {colours.text}; font-size: {look.px(13)}px; }}
        p, li {{ line-height: 115%; margin: 0 0 {look.px(8)}px 0; }}
        .picture {{ line-height: 100%; }}
        h1 {{ font-size: {look.px(21)}px; margin: 0 0 {look.px(12)}px 0; }}
        h2 {{ font-size: {look.px(16)}px; margin: {look.px(22)}px 0 {look.px(8)}px 0; }}
        h3 {{ font-size: {look.px(14)}px; margin: {look.px(16)}px 0 {look.px(6)}px 0; }}
        a {{ color: {colours.accent}; }}
        code, pre {{ font-family: '{fixed}'; background-color: {colours.quiet}; }}
        pre {{ white-space: pre-wrap; margin: {look.px(4)}px 0 {look.px(12)}px 0; }}
        .said {{ color: {colours.muted}; font-size: {look.px(12)}px; margin-bottom: {look.px(14)}px; }}
        .gap {{ font-size: {look.px(4)}px; }}
        th {{ text-align: left; background-color: {colours.quiet}; }}
        td, th {{ border: 1px solid {colours.line}; padding: {look.px(5)}px {look.px(8)}px; }}
    """


def told(chapter: Chapter, width: int) -> str:
    """The chapter as markup; its pictures, named ``picture:0`` and on, are at most ``width`` pixels wide."""
    made, pictures = [], 0
    for block in chapter.blocks:
        if isinstance(block, Screen):
            shown = min(block.width, width)
            said = escape(block.said)
            made.append(f'<p class="picture"><img src="picture:{pictures}" width="{shown}" alt="{said}"></p>')
            made.append(f'<p class="said">{said}</p>')
            pictures += 1
        else:
            made.append(_block(block))
    return f"<body>{''.join(made)}</body>"


def _block(block: Block) -> str:
    match block:
        case Heading(words=words, level=level, anchor=anchor):
            return f'<{_TAGS[level]}><a name="{escape(anchor)}"></a>{_marked(words)}</{_TAGS[level]}>'
        case Paragraph(words=words, tone=Tone.CODE):
            return f"<pre>{escape(words.text)}</pre>"
        case Paragraph(words=words):
            return f"<p>{_marked(words)}</p>"
        case Bullets(items=items, first=first):
            tag, start = ("ol", f' start="{first}"') if first else ("ul", "")
            return f"<{tag}{start}>{''.join(f'<li>{_marked(words)}</li>' for words in items)}</{tag}>"
        case Table():
            return _table(block)
        case _:
            return ""


def _table(block: Table) -> str:
    heads = "".join(f"<th>{escape(column.head)}</th>" for column in block.columns)
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td align="{"right" if column.align is Align.RIGHT else "left"}">{_marked(cell.words)}</td>'
            for column, cell in zip(block.columns, row, strict=True)
        )
        + "</tr>"
        for row in block.rows
    )
    start = f'<table width="100%" cellspacing="0" style="border-collapse: collapse"><tr>{heads}</tr>'
    return f"{start}{rows}</table><p class='gap'>&nbsp;</p>"


def _marked(words: Words) -> str:
    return "".join(_passage(part, mark) for part, mark in words.passages())


def _passage(part: str, mark: Mark | None) -> str:
    if mark is None:
        return escape(part)
    match mark.kind:
        case MarkKind.STRONG:
            return f"<b>{escape(part)}</b>"
        case MarkKind.CODE:
            return f"<code>{escape(part)}</code>"
        case MarkKind.LINK:
            return f'<a href="#{escape(mark.target)}">{escape(part)}</a>'
