"""A plain list of the page that is shown (the journal, the meetings), written to a file or printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QPagedPaintDevice, QTextCursor, QTextDocument, QTextTableFormat
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from wpsdesk.compilation.plain_lists import PlainList
from wpsdesk.desk.listing import write_list
from wpsdesk.messages import Sentence
from wpsdesk.ui import choosing
from wpsdesk.ui.authority.folders import folder_of, remember
from wpsdesk.ui.authority.printing import PAPER, prepare
from wpsdesk.ui.controls import MenuButton
from wpsdesk.ui.modal import is_accepted
from wpsdesk.ui.page import Page
from wpsdesk.ui.style import Type


class ListMenu(MenuButton):
    """The menu that prints a list or writes it as PDF or comma-separated values."""

    def __init__(self, page: Page, listed: Callable[[], PlainList], *, name: str) -> None:
        super().__init__(page.say("Print"))
        say = page.say
        self._page, self._listed, self._name = page, listed, name
        self.choices(
            (
                (say("On a printer"), self.ask_printer),
                (say("To a PDF file"), partial(self.ask_file, "pdf")),
                (say("To comma-separated values"), partial(self.ask_file, "csv")),
            )
        )

    def ask_printer(self) -> None:
        """Ask which printer, then print the list."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._page.title)
        prepare(printer)
        if is_accepted(QPrintDialog(printer, self._page)):
            print_list(printer, self._listed())

    def ask_file(self, form: str) -> None:
        """Ask for a file, and write the list into it: "pdf" (tagged) or "csv"."""
        page, say = self._page, self._page.say
        kinds = {"pdf": "PDF (*.pdf)", "csv": "CSV (*.csv)"}[form]
        place = folder_of(page.context) / f"{self._name}.{form}"
        out = choosing.new_file(page, say("Where is it to lie?"), place, kinds=kinds)
        if out is None:
            return
        listed = self._listed()
        page.context.jobs.start(
            lambda _progress: write_list(listed, out),
            owner=page, title=say("Writing"), done=lambda _none: self._written(out), failed=page.tell,
        )  # fmt: skip

    def _written(self, out: Path) -> None:
        context, say = self._page.context, self._page.say
        remember(context, out.parent)
        told = Sentence(what=say("The list is written."), kept=say("The file is {path}.", path=out), do="")
        context.told.emit(told, "success")


def print_list(paper: QPagedPaintDevice, listed: PlainList) -> None:
    """Draw the list on as many pages as it takes; its heads stand on each."""
    document = QTextDocument()
    document.setDefaultFont(PAPER.font(Type.SMALL))
    cursor = QTextCursor(document)
    plain, strong = cursor.charFormat(), cursor.charFormat()
    strong.setFont(PAPER.font(Type.SMALL, is_strong=True))
    head = cursor.charFormat()
    head.setFont(PAPER.font(Type.HEAD))
    cursor.insertText(listed.title, head)
    cursor.insertBlock()
    cursor.insertText(listed.note, plain)
    form = QTextTableFormat()
    form.setHeaderRowCount(1)
    form.setCellPadding(4)
    form.setCellSpacing(0)
    form.setBorder(0.5)
    form.setBorderCollapse(True)
    table = cursor.insertTable(1 + len(listed.rows), len(listed.heads), form)
    for line, cells in enumerate((listed.heads, *listed.rows)):
        for place, text in enumerate(cells):
            table.cellAt(line, place).firstCursorPosition().insertText(text, plain if line else strong)
    document.print_(paper)
