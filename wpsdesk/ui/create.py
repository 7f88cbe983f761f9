"""A new desk in three steps: whose it is, where it lies and its passphrase, the recovery code on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk.base.clock import Clock
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import choosing, style
from wpsdesk.ui.bars import JobStrip
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.desk_field import DeskField
from wpsdesk.ui.gate import GateView
from wpsdesk.ui.jobs import Jobs
from wpsdesk.ui.passphrases import PassphraseField, StrengthMeter
from wpsdesk.ui.recovery import CodeBox
from wpsdesk.ui.whose import WhoseStep

if TYPE_CHECKING:
    from wpsdesk.desk.opening import Created
    from wpsdesk.plan.model import Unit

STEPS = 3


class PlaceStep(QWidget):
    """Step two: the file and its passphrase."""

    def __init__(self, say: Catalogue, folder: Path) -> None:
        from wpsdesk.desk.opening import SHORTEST

        super().__init__()
        self._say = say
        self.folder = folder
        hint = say(
            "The file is encrypted. A second small file, the key file, lies beside it: keep the two together. UD may "
            "write the address of a shared database instead."
        )
        self.path = DeskField(say, say("Where the desk's file is to lie"), self._browse, hint=hint)
        self.first = PassphraseField(
            say, say("Passphrase"), hint=say("At least {n} characters. Spaces count.", n=SHORTEST)
        )
        self.strength = StrengthMeter(say)
        self.second = PassphraseField(say, say("The same passphrase once more"), can_show=False)
        self.login = PassphraseField(say, say("The database's password"), can_show=False)
        self.login.setVisible(False)  # until the database asks
        self.first.line.textChanged.connect(self.strength.show_strength)
        self.first.shown.toggled.connect(self.second.shown.setChecked)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(14))
        for widget in (self.path, self.first, self.strength, self.second, self.login):
            inside.addWidget(widget)
        inside.addStretch(1)

    def suggest(self, unit: Unit) -> None:
        """A file name from the unit's code, unless the person has written another."""
        if not self.path.is_address and (self.path.path is None or self.path.path.parent == self.folder):
            self.path.show_path(self.folder / f"{unit.code.lower()}.wpsdesk")

    def _browse(self) -> Path | None:
        suggestion = self.path.path or self.folder / "desk.wpsdesk"
        kinds = self._say("Desks ({pattern})", pattern=choosing.STORES)
        return choosing.new_file(self, self._say("Where the desk's file is to lie"), suggestion, kinds=kinds)

    def is_answered(self, words_of: Callable[[WpsError], str]) -> bool:
        """Whether all is there; says at the fields what is not."""
        from wpsdesk.desk.errors import WeakPassphrase
        from wpsdesk.desk.opening import check_passphrase

        say, weak = self._say, ""
        try:
            check_passphrase(self.first.text)
        except WeakPassphrase as fault:
            weak = words_of(fault)
        differs = say("The two passphrases are not the same.") if self.first.text != self.second.text else ""
        wrong = self.path.fault()
        missing = say("Choose where the file is to lie.") if wrong is None else words_of(wrong)
        self.path.show_error("" if self.path.path else missing)
        self.first.show_error(weak)
        self.second.show_error("" if weak else differs)
        return not (self.path.error or weak or differs)

    @property
    def target(self) -> Path:
        """The desk's file, with its ending."""
        path = self.path.path
        assert path is not None
        return path if path.suffix == ".wpsdesk" else path.with_name(path.name + ".wpsdesk")


class CreateView(GateView):
    """The wizard. It needs nothing but a keyboard; Enter goes on, Escape goes back."""

    created = Signal(object)
    """The new desk, open: the Desk."""

    given_up = Signal()

    def __init__(self, say: Catalogue, jobs: Jobs, clock: Clock, folder: Path) -> None:
        super().__init__(say)
        self._jobs, self._clock = jobs, clock
        self._created: Created | None = None
        self.whose = WhoseStep(say)
        self.place = PlaceStep(say, folder)
        self.code = CodeBox(say)
        self.strip = JobStrip(jobs, say)  # where a shared database lets one wait
        self._heading = label("", type="title", wraps=True)
        self._count = label("", tone="muted")
        self.steps: tuple[QWidget, ...] = (self.whose, self.place, self.code)
        self._step = 0
        self.back_button = button(say("Back"), self.back)
        self.next_button = button(say("Next"), self.forward, role="primary")
        self.code.proven.connect(self._on_proof)
        for widget in (self._count, self._heading, self.bar, *self.steps, self.strip):
            self.column.addWidget(widget)
        self.column.addLayout(row(None, self.back_button, self.next_button, spacing=6))
        self.column.addStretch(1)
        self._show_step(0)

    def _show_step(self, number: int) -> None:
        say = self.say
        heads = (say("Whose desk is it?"), say("Where it lies, and its passphrase"), say("The recovery code"))
        self._count.setText(say("Step {n} of {all}", n=number + 1, all=STEPS))
        self._heading.setText(heads[number])
        self._step = number
        for place, step in enumerate(self.steps):
            step.setVisible(place == number)
        self.back_button.setVisible(number < STEPS - 1)
        self.next_button.setText((say("Next"), say("Make the desk"), say("Begin"))[number])
        self.next_button.setEnabled(number < STEPS - 1 or self.code.is_proven)
        self.bar.clear()
        first = (self.whose, self.place.path, self.code.print_button)[number]
        first.setFocus()

    def _on_proof(self, is_proven: bool) -> None:
        self.next_button.setEnabled(self._step < STEPS - 1 or is_proven)

    @property
    def step(self) -> int:
        """0, 1 or 2."""
        return self._step

    def back(self) -> None:
        """One step back, or out."""
        if self.step == 0:
            self.given_up.emit()
        elif self.step == 1:
            self._show_step(0)

    def forward(self) -> None:
        """One step on, where the step is answered."""
        match self.step:
            case 0:
                unit = self.whose.answered(self.words_of)
                if unit is not None:
                    self.place.suggest(unit)
                    self._show_step(1)
            case 1:
                if self.place.is_answered(self.words_of) and self.next_button.isEnabled():
                    self._make()
            case _:
                if self._created is not None and self.code.is_proven:
                    self.created.emit(self._created.desk)

    def _make(self) -> None:
        unit = self.whose.answered(self.words_of)
        assert unit is not None
        path, passphrase, clock, language = self.place.target, self.place.first.text, self._clock, self.say.names_in
        address, login = self.place.path.address(), self.place.login.text or None
        self.bar.clear()
        self.place.login.show_error("")
        self.next_button.setEnabled(False)

        def work(progress: Progress) -> Created:
            from wpsdesk.base.files import make_folder
            from wpsdesk.desk.opening import create_desk

            make_folder(path.parent)
            return create_desk(
                path, unit, passphrase, clock=clock, language=language, address=address, password=login,
                progress=progress,
            )  # fmt: skip

        title = self.say("Making the desk")
        self._jobs.start(work, owner=self, title=title, done=self._made, failed=self._refused)

    def _made(self, made: Created) -> None:
        self._created = made
        self.place.first.clear()
        self.place.second.clear()
        self.place.login.clear()
        self.languages.setEnabled(False)  # the code is shown only once: nothing is rebuilt from here on
        self.code.show_code(made.recovery_code, made.desk.unit.names[self.say.names_in])
        self._show_step(2)

    def _refused(self, fault: WpsError) -> None:
        from wpsdesk.store.server.errors import LoginWanted

        self.next_button.setEnabled(True)
        if isinstance(fault, LoginWanted):
            self.place.login.setVisible(True)
            self.place.login.show_error(self.say("The database wants a password of its own; it is not kept."))
            self.place.login.setFocus()
        elif isinstance(fault, Cancelled):
            self.place.path.setFocus()
        else:
            self.tell(fault)

    def unclaimed(self) -> Created | None:
        """A desk that has been made and not yet handed over, so that closing the window can close it."""
        return self._created

    def begin(self) -> None:
        """The first choice."""
        self.whose.setFocus()
