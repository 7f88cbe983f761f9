"""The print preview: the very pages of the PDF, to read, to print and to save; they are in memory only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QKeySequence, QPageSize, QPainter, QPixmap, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.compilation.page_pictures import PagePicture
from wpsdesk.desk.submission import previewing
from wpsdesk.ui import choosing, style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.flow import flow
from wpsdesk.ui.modal import is_accepted
from wpsdesk.ui.scrolling import Content, Scroller

DOTS = 96
ZOOMS = (60, 80, 100, 125, 150, 200)
ON_PAPER = 200
"""Dots an inch that are printed."""


class PreviewDialog(QDialog):
    """A report or a part of one, read only. PageUp, PageDown and the arrows move; plus and minus change the size."""

    def __init__(
        self, context: Context, parent: QWidget, pdf: bytes, save: Callable[[Path], None], title: str = ""
    ) -> None:
        super().__init__(parent)
        self._context, self._pdf, self._save_to = context, pdf, save
        say, look = context.say, style.current()
        self.setWindowTitle(title or say("The whole report"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)  # what it shows is not kept longer than it is read
        self._zoom = ZOOMS.index(150 if look.is_large else 100)
        self._pages: tuple[PagePicture, ...] = ()
        content = Content()
        self._sheets = QVBoxLayout(content)
        self.scroller = self._surface(content)
        self._where = label("", tone="muted")
        self.smaller = button("−", self._make_smaller)
        self.smaller.setAccessibleName(say("Smaller pages"))
        self.larger = button("+", self._make_larger)
        self.larger.setAccessibleName(say("Larger pages"))
        self.print_button = button(say("Print"), self._print)
        self.save_button = button(say("Save as PDF"), self._save)
        self.close_button = button(say("Close"), self.accept, role="primary")
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, look.px(10))
        frame.setSpacing(look.px(10))
        frame.addWidget(self.scroller, 1)
        foot = flow(
            self._where, self.smaller, self.larger, self.print_button, self.save_button, self.close_button, spacing=8,
            is_right=True,
        )  # fmt: skip
        foot.setContentsMargins(look.px(16), 0, look.px(16), 0)
        frame.addWidget(foot)
        for keys, call in (("Ctrl++", self._make_larger), ("Ctrl+-", self._make_smaller), ("Ctrl+P", self._print)):
            QShortcut(QKeySequence(keys), self).activated.connect(call)
        self.resize(min(look.px(940), parent.window().width() - 40), parent.window().height() - 40)

    def _surface(self, content: Content) -> Scroller:
        """Where the sheets lie."""
        look = style.current()
        content.setObjectName("sheets")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        content.setStyleSheet(f"#sheets {{ background: {look.colours.line}; }}")
        self._sheets.setContentsMargins(look.px(16), look.px(16), look.px(16), look.px(16))
        self._sheets.setSpacing(look.px(16))
        surface = Scroller(content)
        surface.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        surface.setAccessibleName(self._context.say("The pages"))
        return surface

    @property
    def text(self) -> str:
        """What stands on all pages."""
        return " ".join(" ".join(page.text.split()) for page in self._pages)

    def show_pages(self, pages: tuple[PagePicture, ...]) -> None:
        """Lay the pages one under another."""
        say, ratio = self._context.say, self.devicePixelRatioF()
        self._pages = pages
        while (item := self._sheets.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, page in enumerate(pages, start=1):
            image = _image(page)
            image.setDevicePixelRatio(ratio)
            sheet = QLabel()
            sheet.setPixmap(QPixmap.fromImage(image))
            sheet.setObjectName("sheet")
            sheet.setAccessibleName(say("Page {n} of {all}", n=number, all=len(pages)))
            sheet.setAccessibleDescription(" ".join(page.text.split())[:20_000])
            self._sheets.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        count = say.plural("{n} page", "{n} pages", len(pages))
        self._where.setText(f"{count}, {say.percent(ZOOMS[self._zoom], 100)}")
        self.smaller.setEnabled(self._zoom > 0)
        self.larger.setEnabled(self._zoom < len(ZOOMS) - 1)
        self.scroller.setFocus()

    def draw(self) -> None:
        """Draw the pages at the present size, on the worker."""
        dots, pdf = round(DOTS * ZOOMS[self._zoom] / 100 * self.devicePixelRatioF()), self._pdf

        def work(progress: Progress) -> tuple[PagePicture, ...]:
            return previewing.page_pictures(pdf, dots, progress=progress)

        self._context.jobs.start(
            work, owner=self, title=self._context.say("Drawing the pages"), done=self.show_pages, failed=self._on_fault
        )

    def _on_fault(self, fault: WpsError) -> None:
        if not isinstance(fault, Cancelled):
            raise fault

    def _make_smaller(self) -> None:
        if self._zoom > 0:
            self._zoom -= 1
            self.draw()

    def _make_larger(self) -> None:
        if self._zoom < len(ZOOMS) - 1:
            self._zoom += 1
            self.draw()

    def _save(self) -> None:
        say = self._context.say
        folder = self._context.settings.last_folder or Path.home()
        path = choosing.new_file(self, say("Save as PDF"), folder / f"{say('report')}.pdf", kinds="PDF (*.pdf)")
        if path is not None:
            self._save_to(path)

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        if is_accepted(QPrintDialog(printer, self)):
            print_pages(printer, previewing.page_pictures(self._pdf, ON_PAPER))


def print_pages(printer: QPrinter, pages: tuple[PagePicture, ...]) -> None:
    """Each page on a sheet of its own, as large as the paper."""
    painter = QPainter(printer)
    for number, page in enumerate(pages):
        if number:
            printer.newPage()
        box = QRectF(painter.viewport())
        image = _image(page)
        size = QSizeF(image.size()).scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(box.topLeft(), size), image)
    painter.end()


def _image(page: PagePicture) -> QImage:
    """A copy: the picture's own bytes may go."""
    return QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGBX8888).copy()
