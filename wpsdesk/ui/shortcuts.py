"""The shortcuts, listed in the manual and under Help."""

from __future__ import annotations

from wpsdesk.compilation.tree import Cell, Chapter, Column, Heading, Table, Words
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import language_code
from wpsdesk.ui import wiping
from wpsdesk.ui.manual.places import SHORTCUTS

Keys = tuple[tuple[str, str], ...]
"""Keys, and what they do."""


def shortcuts(say: Catalogue, *, is_authority: bool = False) -> Keys:
    """Keys and what they do, in the window's language; on UD's desk those of its pages too."""
    return (
        ("F1", say("Open the manual at the place where one is; once more: this list")),
        ("Ctrl+1 … Ctrl+9", say("Go to a page in the rail")),
        ("Ctrl+F, Ctrl+K", say("Search in everything the desk holds; in the manual: search in it")),
        (f"Alt+{say('Left')}", say("In the manual: back to where one was")),
        *(_of_the_authority(say) if is_authority else ()),
        *_of_the_report(say),
        ("Ctrl+Z, Ctrl+Shift+Z", say("Undo and redo what was typed")),
        ("Ctrl+L", say("Lock the desk")),
        (wiping.KEYS, say("Go to the emergency wipe")),
        ("Tab, Shift+Tab", say("Next and previous control")),
        (say("Space"), say("Press the button, tick the box")),
        ("Alt+↓".replace("↓", say("Down")), say("Open a list of choices")),
    )


def _of_the_authority(say: Catalogue) -> Keys:
    return (
        ("A", say("Review: accept the answer, and go on to the next")),
        ("R", say("Review: return the answer with a reason")),
        ("N", say("Review: the next answer that waits")),
        (say("Enter"), say("In a list: open the line; in the coverage: open the answer")),
        (say("Esc"), say("In the coverage: close the answer")),
    )


def _of_the_report(say: Catalogue) -> Keys:
    return (
        ("Ctrl+Shift+F", say("Search in the list of commitments")),
        ("Ctrl+H", say("History of the field")),
        ("Ctrl+PgDn, Ctrl+PgUp", say("Next and previous commitment")),
        ("F8", say("Next commitment that is not ready")),
        ("Ctrl+Return", say("Mark as ready, or take the mark away; in the overview: do the next thing")),
        ("Ctrl+Shift+A", say("Attach files")),
        ("Ctrl+Shift+V", say("Attach the picture or the files on the clipboard")),
        ("Alt+K", say("Copy last year's text into the field")),
        (say("Esc"), say("From an earlier year back to the one being reported")),
        ("Alt+Return", say("Suggestions for the word one is in, where it is not in the dictionary")),
    )


def shortcut_chapter(say: Catalogue, *, is_authority: bool = False) -> Chapter:
    """The same as a chapter that stands before those of the manual."""
    language, title = language_code(say.language), say("Shortcuts")

    def words(text: str) -> Words:
        return Words(text=text, language=language)

    rows = tuple(
        (Cell(words=words(keys)), Cell(words=words(does))) for keys, does in shortcuts(say, is_authority=is_authority)
    )
    columns = (Column(head=say("Keys")), Column(head=say("What they do"), share=3))
    heading = Heading(level=1, words=words(title), anchor=SHORTCUTS, in_contents=True)
    return Chapter(blocks=(heading, Table(caption=title, columns=columns, rows=rows)))
