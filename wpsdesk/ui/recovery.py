"""The recovery code: shown once, printed on a sheet or written down, and written back in part to see that it was."""

from __future__ import annotations

import secrets
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.base.files import write_file
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import choosing, paper, style
from wpsdesk.ui.controls import button, label, selectable
from wpsdesk.ui.fields import Field
from wpsdesk.ui.flow import flow
from wpsdesk.ui.modal import is_accepted
from wpsdesk.ui.paper import Paragraph


def write_sheet(path: Path, code: str, unit_name: str, say: Catalogue) -> WpsError | None:
    """Write the sheet, whole or not at all; the fault where that did not go."""
    try:
        write_file(path if path.suffix else path.with_suffix(".pdf"), sheet(code, unit_name, say))
    except WpsError as fault:
        return fault
    return None


def sheet(code: str, unit_name: str, say: Catalogue) -> bytes:
    """The page as PDF."""
    return paper.page(say("Recovery code"), _paragraphs(code, unit_name, say))


def print_sheet(parent: QWidget, code: str, unit_name: str, say: Catalogue) -> bool:
    """Ask for a printer and print the page on it, without a file of ours; whether it went to one."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(say("Print"))
    if not is_accepted(dialog):
        return False
    paper.draw(printer, _paragraphs(code, unit_name, say))
    return True


def _paragraphs(code: str, unit_name: str, say: Catalogue) -> tuple[Paragraph, ...]:
    warning = say("Lock this sheet away from the machine. Whoever has the file and the code can read everything.")
    opens = say("Opens the desk if the passphrase is forgotten: write it where the passphrase is asked for.")
    return (
        Paragraph(20.0, 600, say("Recovery code")),
        Paragraph(12.0, 400, unit_name),
        Paragraph(18.0, 600, code),
        Paragraph(11.0, 400, opens),
        Paragraph(11.0, 400, warning),
    )


class CodeBox(QWidget):
    """Shows a new recovery code, prints it, and asks for two of its groups back."""

    proven = Signal(bool)
    """Whether the two groups that were asked for stand there."""

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        self._say = say
        self._unit_name = ""
        self.asked: tuple[int, int] = (0, 1)
        self.code = selectable("", type="code")
        self.code.setAccessibleName(say("Recovery code"))
        self.print_button = button(say("Print a sheet"), self._print)
        self.save_button = button(say("Save the sheet as a file"), self._save, role="link")
        self.told = label("", tone="muted", wraps=True)
        self.told.hide()
        self.back = QLineEdit()
        self.back.setMaximumWidth(style.current().px(240))
        self.back.textChanged.connect(self._compare)
        self._field = Field(say("Write two groups of it back from the paper"), self.back, hint=" ")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(14))
        text = say(
            "This code opens the desk if the passphrase is forgotten. It is shown only now. Write it down or "
            "print it, and lock it away: whoever has the file and the code can read everything."
        )
        inside.addWidget(label(text, wraps=True))
        inside.addWidget(self.code)
        inside.addWidget(flow(self.print_button, self.save_button, spacing=12))
        for widget in (self.told, self._field):
            inside.addWidget(widget)
        self.setFocusProxy(self.back)

    def show_code(self, code: str, unit_name: str) -> None:
        """Show a code, and ask for two of its groups, never the same two for all."""
        self.code.setText(code)
        self._unit_name = unit_name
        first, second = sorted(secrets.SystemRandom().sample(range(len(code.split("-"))), 2))
        self.asked = (first, second)
        say = self._say
        self._field.show_hint(
            say("Group {first} and group {second}, counted from the left.", first=first + 1, second=second + 1)
        )
        self.back.clear()

    @property
    def wanted(self) -> str:
        """What has to be written back; "" while no code is shown."""
        if not self.code.text():
            return ""
        groups = self.code.text().split("-")
        return f"{groups[self.asked[0]]} {groups[self.asked[1]]}"

    @property
    def is_proven(self) -> bool:
        """Whether it has been written back."""
        written = "".join(self.back.text().upper().replace("-", " ").split())
        return bool(self.code.text()) and written == self.wanted.replace(" ", "")

    def _compare(self) -> None:
        groups = len("".join(self.back.text().replace("-", " ").split()))
        is_wrong = bool(self.wanted) and groups >= len(self.wanted) - 1 and not self.is_proven
        self._field.show_error(self._say("That is not what the code says. Look at the paper.") if is_wrong else "")
        self.proven.emit(self.is_proven)

    def forget(self) -> None:
        """Take the code off the window."""
        self.code.setText("")
        self.back.clear()
        self.told.hide()

    def _print(self) -> None:
        if print_sheet(self, self.code.text(), self._unit_name, self._say):
            self._tell(self._say("The sheet has gone to the printer. Fetch it at once."))

    def _save(self) -> None:
        path = choosing.new_file(
            self, self._say("Save the sheet as a file"), Path.home() / "recovery-code.pdf", kinds="PDF (*.pdf)"
        )
        if path is None:
            return
        fault = write_sheet(path, self.code.text(), self._unit_name, self._say)
        text = self._say("The sheet lies at {path}. Delete the file when it has been printed.", path=path)
        if fault is not None:
            from wpsdesk import messages

            text = str(messages.sentence(fault, self._say))
        self._tell(text)

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(True)
