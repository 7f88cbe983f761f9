"""Last year's answer beside a field that is no text: in words, quiet, with a way to copy it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from wpsdesk import messages
from wpsdesk.i18n import Catalogue
from wpsdesk.report.model import ChallengeKind as Challenge
from wpsdesk.report.model import Indicator, Links, Measure, Money, Part, Partner, ResultKind, Status
from wpsdesk.ui import style
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.reporter import links


class LastYearLine(QWidget):
    """``Last year, 2025: Under way · Copy``; hidden where nothing was answered."""

    copy_asked = Signal()

    def __init__(self, say: Catalogue, name: str, *, is_inline: bool = False) -> None:
        super().__init__()
        self._say = say
        self._words = label("", type="small", wraps=not is_inline)
        self._same = label("", type="small", tone="muted")
        self.copy_button = button(say("Copy"), self.copy_asked.emit, role="link")
        self.copy_button.setAccessibleName(say("Copy last year's answer: {field}", field=name))
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(10))
        inside.addWidget(self._words, 1)
        inside.addWidget(self._same)
        inside.addWidget(self.copy_button)
        self.copy_button.setVisible(not is_inline)  # a choice is made as quickly as it is copied; the key copies it
        self._same.setVisible(False)
        self.setVisible(False)

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(part for part in (self._words.text(), self._same.text()) if part)

    def show_last(self, when: str, words: str) -> None:
        """Show last year's answer in words; "" hides the line."""
        self._words.setText(f"{when}: {words}")
        self.setVisible(bool(words))

    def show_unchanged(self, since: int | None) -> None:
        """Say that this year's answer is still last year's, and since when."""
        self._same.setText("" if since is None else self._say("unchanged since {year}", year=since))
        self._same.setVisible(since is not None)


def in_words(value: object, say: Catalogue) -> str:
    """An answer that is no text, in one line; "" where there is none."""
    match value:
        case Part() | Status():
            return messages.word(value, say)
        case Links():
            return links.summary(value)
        case str():
            return value
        case tuple():
            return "; ".join(_record(each, say) for each in value)
        case _:
            return ""


def _record(value: object, say: Catalogue) -> str:
    match value:
        case ResultKind() | Challenge():
            return messages.word(value, say)
        case Indicator():
            figure = "" if value.value is None else format(value.value, "f")
            shown = figure.replace(".", say.decimal_mark)
            return f"{value.name}: {shown} {value.unit}".strip().removesuffix(":")
        case Partner():
            return value.name
        case Measure():
            status = messages.word(value.status, say)
            return f"{value.title} ({status}{': ' + value.result if value.result else ''})"
        case Money():
            paid = "" if value.disbursed_nok is None else say("{amount} NOK", amount=say.number(value.disbursed_nok))
            return " ".join(part for part in (value.agreement, paid) if part)
        case _:
            return ""
