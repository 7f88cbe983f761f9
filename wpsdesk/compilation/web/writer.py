"""The whole page: head, title, contents, chapters."""

from __future__ import annotations

from wpsdesk.assets import resource
from wpsdesk.base.progress import Progress
from wpsdesk.compilation.tree import Chapter, Document, Heading, Matrix, heading_steps
from wpsdesk.compilation.web.blocks import Blocks, joined
from wpsdesk.compilation.web.figures import symbols
from wpsdesk.compilation.web.markup import element, lang, page_tag, text
from wpsdesk.i18n import Catalogue, catalogue

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def whole(document: Document, progress: Progress) -> str:
    """The page as text."""
    say = catalogue(document.language, "document")
    blocks = Blocks(document.language, say, heading_steps(document))
    chapters = []
    for number, chapter in enumerate(document.chapters):
        progress(number, len(document.chapters))
        chapters.append(_chapter(chapter, blocks))
    progress(len(document.chapters), len(document.chapters))
    body = joined(
        (
            element("a", text(say("Go to the text")), class_="skip", href="#report"),
            _cover(document),
            _contents(document),
            _symbols(document),
            element("main", joined(chapters), id="report", tabindex="-1"),
            _foot(document, say),
        )
    )
    page = element("html", _head(document) + element("body", body), lang=page_tag(document.language))
    return f"<!doctype html>\n{page}\n"


def _head(document: Document) -> str:
    style = resource("report", "report.css").read_text(encoding="utf-8")
    return (
        '<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="color-scheme" content="light dark">'
        f"{element('title', text(document.title))}{element('style', style)}</head>\n"
    )


def _cover(document: Document) -> str:
    page = document.title_page
    lines = [
        element("p", text(page.publisher), class_="publisher"),
        element("h1", text(page.title) + element("span", text(page.subtitle), class_="subtitle")),
        element("p", text(page.plan)),
        element("p", text(" · ".join(part for part in (page.compiled, page.edition) if part))),
    ]
    if page.edition_note:
        lines.append(element("p", text(page.edition_note), class_="warning"))
    mark = element("p", text(document.page_mark), class_="mark") if document.page_mark else ""
    return element("header", element("div", "".join(lines)) + mark)


def _contents(document: Document) -> str:
    """A line for every chapter, and inside it one for each of its commitments."""
    chapters: list[tuple[Heading, list[Heading]]] = []
    for block in document.blocks():
        if isinstance(block, Heading) and block.in_contents:
            if block.level == 1:
                chapters.append((block, []))
            elif chapters:
                chapters[-1][1].append(block)

    def line(heading: Heading) -> str:
        number = element("span", text(heading.number), class_="number") + " " if heading.number else ""
        told = number + text(heading.words.text)
        return element("a", told, href=f"#{heading.anchor}", lang=lang(heading.words, document.language))

    made = ""
    for chapter, below in chapters:
        inside = element("ul", "".join(element("li", line(one)) for one in below)) if below else ""
        made += element("li", line(chapter) + inside)
    title = element("h2", text(document.contents_title), id="contents")
    return element("nav", title + element("ul", made), aria_labelledby="contents")


def _symbols(document: Document) -> str:
    states = tuple(dict.fromkeys(s for b in document.blocks() if isinstance(b, Matrix) for s, _ in b.legend))
    return symbols(states) if states else ""


def _chapter(chapter: Chapter, blocks: Blocks) -> str:
    first = next(iter(chapter.blocks), None)
    name = first.anchor if isinstance(first, Heading) else ""
    return element(
        "section", "\n" + joined(blocks.block(block) for block in chapter.blocks) + "\n", aria_labelledby=name
    )


def _foot(document: Document, say: Catalogue) -> str:
    top = element("a", text(say("To the contents")), href="#contents")
    return element("footer", element("p", f"{text(document.title)} · {text(document.title_page.compiled)} · {top}"))
