"""Two desks of one unit: a card, a sealed handover, and the choice where both have changed the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year
from wpsdesk.base.progress import Progress
from wpsdesk.desk.answers import drafting
from wpsdesk.desk.answers.handing_over import CARD_SUFFIX, Card, HandedOver, hand_over, write_card
from wpsdesk.desk.answers.merging import Settled, Waiting, settle, settled, unsettle, waiting
from wpsdesk.desk.call import calling
from wpsdesk.report.model import EntryKey
from wpsdesk.report.sides import Side
from wpsdesk.ui import arrivals, choosing
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.flow import flow
from wpsdesk.ui.reporter.comparing import ComparePanel
from wpsdesk.ui.trust.section import Section

SHOWN = 20
"""Choices that can be taken back and are listed; the newest."""


class HandoverSection(Section):
    """Card, write, load; below it the answers that wait for a choice."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self.card_button = button(say("Make the card"), self.make_card)
        self.write_button = button(say("Choose the card and hand over"), self.write)
        self.load_button = button(say("Load the handover"), self.load)
        self.choose_button = button(say("Compare and choose"), self.compare)
        self.lines: Listing[Waiting] = Listing(
            say("Changed on both desks"),
            self._columns(),
            empty=say("No answer waits for a choice."),
            how=say("If an answer is changed on both desks before a handover is loaded, it is listed here."),
        )
        self.lines.setMinimumHeight(self.fontMetrics().height() * 8)
        self.panel = ComparePanel(say)
        self._undo = QVBoxLayout()
        self.undo_buttons: list[QWidget] = []
        self._steps = QWidget()
        self._lay_out()
        self.inside.addWidget(self._steps)
        self.inside.addWidget(self.panel)
        self.panel.hide()
        self.lines.opened.connect(self._open)
        self.panel.settled.connect(self.settle)
        self.panel.put_off.connect(self._back)

    def _lay_out(self) -> None:
        say = self.say
        steps = QVBoxLayout(self._steps)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(self.inside.spacing())
        words = say("Both desks need UD's certificate. The files can go by mail: nobody else can open the handover.")
        steps.addWidget(label(words, tone="muted", wraps=True))
        for head, told, act in (
            (
                say("1. On the desk that is to receive"),
                say("The card says to whom the handover is sealed. It holds nothing secret."),
                self.card_button,
            ),
            (
                say("2. On the desk that has the answers"),
                say("All answers of the year, with their history and files, go into one sealed file."),
                self.write_button,
            ),
            (
                say("3. Back on the desk that is to receive"),
                say("What is empty here is filled. Where both desks have written, you choose."),
                self.load_button,
            ),
        ):
            steps.addWidget(self.headed(head, told, flow(act, is_right=True)))
        choosing_row = flow(self.choose_button, is_right=True)
        steps.addWidget(self.headed(say("Changed on both desks"), "", self.lines, choosing_row))
        steps.addLayout(self._undo)

    def _columns(self) -> tuple[Column[Waiting], ...]:
        say = self.say
        return (
            Column(title=say("Answer"), text=lambda line: self._name(line.entry.key), is_wide=True),
            Column(title=say("Written by"), text=lambda line: line.who),
            Column(title=say("Changed"), text=lambda line: say.moment(line.when)),
        )

    def _name(self, key: EntryKey) -> str:
        plan, language = self.context.desk.plan, self.context.language
        title = f"{key.commitment}  {plan.commitment(key.commitment).titles[language]}"
        return title if key.country is None else f"{title} · {plan.country(key.country).names[language]}"

    # -- showing -----------------------------------------------------------------------------------

    @property
    def year(self) -> Year | None:
        """The year of the call, or None before it has come."""
        call = calling.current_call(self.context.desk)
        return None if call is None else call.year

    def refresh(self) -> None:
        """What waits, and what can be taken back."""
        year = self.year
        found = () if year is None else waiting(self.context.desk, year)
        self.lines.show_values(found, current=lambda line: line is found[0])
        self.choose_button.setEnabled(self.lines.current() is not None)
        for act in (self.card_button, self.write_button):
            act.setEnabled(year is not None)
        while (item := self._undo.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        done = () if year is None else settled(self.context.desk, year)
        self.undo_buttons = []
        if done:
            lines = [self._undo_line(each) for each in done[:SHOWN]]
            words = self.say("Both versions are kept. Taking the choice back lets them wait again.")
            self._undo.addWidget(self.headed(self.say("Choices you can take back"), words, *lines))

    def _undo_line(self, each: Settled) -> QWidget:
        act = button(self.say("Take back"), partial(self.undo, each.key))
        act.setAccessibleName(self.say("Take back the choice for {answer}", answer=self._name(each.key)))
        self.undo_buttons.append(act)
        holder = QWidget()
        line = row(spacing=12)
        line.addWidget(label(f"{self._name(each.key)} · {self.say.moment(each.when)}", wraps=True), 1)
        line.addWidget(act)
        holder.setLayout(line)
        return holder

    # -- card, write, load -------------------------------------------------------------------------

    def make_card(self) -> None:
        """Ask where the card is to lie, and write it."""
        say, desk = self.say, self.context.desk
        name = desk.unit.code.lower() + CARD_SUFFIX
        out = choosing.new_file(self, say("Make the card"), self.folder / name, kinds=self._cards())
        if out is not None:
            self.run(lambda _progress: write_card(desk, out), say("Writing the card"), self._carded)

    def _cards(self) -> str:
        return self.say("Cards ({pattern})", pattern=f"*{CARD_SUFFIX}")

    def _carded(self, made: Card) -> None:
        self.remember(made.path)
        do = self.say("Take it to the other desk, and hand over from there.")
        self.succeed(self.say("The card is written to {file}. It holds nothing secret.", file=made.path), do=do)

    def write(self) -> None:
        """Ask for the other desk's card and where the handover is to lie, and seal the drafts to it."""
        say, desk, year = self.say, self.context.desk, self.year
        cards = choosing.open_files(self, say("The other desk's card"), self.folder, kinds=self._cards(), many=False)
        if not cards:
            return
        (card,) = cards
        self.remember(card)
        out = choosing.folder(self, say("Folder for the handover"), self.folder)
        if out is None:
            return

        def work(progress: Progress) -> HandedOver:
            return hand_over(desk, card, out, year, progress=progress)

        self.run(work, say("Sealing the handover"), self._written)

    def _written(self, made: HandedOver) -> None:
        say = self.say
        self.remember(made.path)
        what = say.plural(
            "{n} answer is sealed in {file} ({size}).", "{n} answers are sealed in {file} ({size}).", made.entries,
            file=made.path, size=say.size(made.size),
        )  # fmt: skip
        self.succeed(what, do=say("Only the desk that made the card can open it. Load it there."))

    def load(self) -> None:
        """Ask for a handover, and take it in."""
        say = self.say
        kinds = say("Bundles ({pattern})", pattern=choosing.BUNDLES)
        found = choosing.open_files(self, say("Load the handover"), self.folder, kinds=kinds, many=False)
        if found:
            self.remember(found[0])
            arrivals.receive(self.context, self, found)

    # -- choosing ----------------------------------------------------------------------------------

    def compare(self) -> None:
        """Show both versions of the chosen answer."""
        line = self.lines.current()
        if line is not None:
            self._open(line)

    def _open(self, line: Waiting) -> None:
        ours = drafting.entry(self.context.desk, line.year, line.entry.key)
        self._steps.hide()
        self.panel.show()
        self.panel.compare(self._name(line.entry.key), ours, line)

    def _back(self) -> None:
        self.panel.hide()
        self._steps.show()
        self.lines.table.setFocus()

    def settle(self, line: Waiting, choices: Mapping[str, Side]) -> None:
        """Let the choices stand; both versions are kept."""
        try:
            settle(self.context.desk, line.year, line.entry.key, choices, digest=line.digest)
        except WpsError as fault:
            self.tell(fault)
            return
        self._back()
        self.context.changed.emit("call")
        self.refresh()
        what = self.say("The choice for {answer} is saved.", answer=self._name(line.entry.key))
        self.succeed(what, do=self.say("Both versions are kept. Read the answer through before it is marked ready."))

    def undo(self, key: EntryKey) -> None:
        """Take a choice back."""
        year = self.year
        if year is None:
            return
        try:
            unsettle(self.context.desk, year, key)
        except WpsError as fault:
            self.tell(fault)
            return
        self.context.changed.emit("call")
        self.refresh()
        self.succeed(self.say("The choice is taken back: both versions wait again."))


def waiting_choices(context: Context) -> int:
    """How many answers wait for a choice."""
    call = calling.current_call(context.desk)
    return 0 if call is None else len(waiting(context.desk, call.year))
