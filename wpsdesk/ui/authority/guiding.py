"""Guidance in a call: one text for everybody, and one for each commitment that needs it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk.base.ids import CommitmentNumber
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import LanguageCode, Plan
from wpsdesk.ui import style
from wpsdesk.ui.controls import Choice, TextArea, label, row

Guidance = tuple[tuple[CommitmentNumber | None, str], ...]


class GuidanceEditor(QWidget):
    """A choice of whom the guidance is for, and the text. A sign beside a commitment says that it has one."""

    def __init__(self, plan: Plan, say: Catalogue, language: LanguageCode) -> None:
        super().__init__()
        self._say = say
        self._texts: dict[CommitmentNumber | None, str] = {}
        self._shown: CommitmentNumber | None = None
        names = [(c.number, f"{c.number}  {c.titles[language]}") for c in plan.commitments]
        self._pairs: list[tuple[CommitmentNumber | None, str]] = [(None, say("For all commitments")), *names]
        self.about = Choice(say("Guidance for"), self._pairs)
        self.about.setMinimumContentsLength(20)
        self.about.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.text = TextArea(say("Guidance"), lines=4)
        self._hint = label("", type="small", wraps=True)
        caption = label(say("Guidance for"))
        caption.setBuddy(self.about)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(6))
        line = row(caption)
        line.addWidget(self.about, 1)
        inside.addLayout(line)
        inside.addWidget(self.text)
        inside.addWidget(self._hint)
        self.about.currentIndexChanged.connect(lambda _index: self._turn())
        self._mark()

    def _keep(self) -> None:
        self._texts[self._shown] = self.text.toPlainText().strip()

    def _turn(self) -> None:
        self._keep()
        chosen = self.about.chosen()
        self._shown = CommitmentNumber(chosen) if isinstance(chosen, int) else None
        self.text.setPlainText(self._texts.get(self._shown, ""))
        self._mark()

    def _mark(self) -> None:
        for place, (number, text) in enumerate(self._pairs):
            has_text = number is not None and bool(self._texts.get(number))
            self.about.setItemText(place, f"{text} ●" if has_text else text)
        count = sum(1 for number, text in self._texts.items() if number is not None and text)
        say = self._say
        self._hint.setText(
            say.plural("{n} commitment has guidance of its own.", "{n} commitments have guidance of their own.", count)
            if count
            else say("What you write here stands above the form of everyone who is asked.")
        )

    def guidance(self) -> Guidance:
        """Every text that is written, the general one first."""
        self._keep()
        return tuple((number, self._texts[number]) for number, _ in self._pairs if self._texts.get(number))

    def show_guidance(self, guidance: Guidance) -> None:
        """Show these texts, the general one first."""
        self._texts = dict(guidance)
        self._shown = None
        self.text.setPlainText(self._texts.get(None, ""))
        self.about.blockSignals(True)
        self.about.choose(None)
        self.about.blockSignals(False)
        self._mark()
