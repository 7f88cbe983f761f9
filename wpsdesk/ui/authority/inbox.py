"""The inbox: bundles are taken in by button or by dropping them, and each line can be looked into."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.ids import Digest
from wpsdesk.desk.arrivals import habits
from wpsdesk.desk.arrivals.arrival_errors import NoBackupFirst
from wpsdesk.desk.arrivals.habits import Sighting
from wpsdesk.desk.arrivals.inbox import InboxRow, Stands, inbox, waiting_for_somebody
from wpsdesk.desk.review import replying
from wpsdesk.desk.review.replying import Replied
from wpsdesk.intake.relations import Relation
from wpsdesk.messages import Sentence, sentence, shown, warning_sentence
from wpsdesk.ui import choosing, style
from wpsdesk.ui.authority.arrivals import (
    Held,
    Imported,
    Line,
    Turned,
    Waiting,
    import_files,
    standing_chip,
    state_chip,
)
from wpsdesk.ui.authority.choosing_dialog import ask_for_choice, undo_the_choice
from wpsdesk.ui.authority.details import DetailsPane
from wpsdesk.ui.authority.folders import folder_of, remember
from wpsdesk.ui.authority.splitting import Beside
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.authority.without_backup import WithoutBackupDialog
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.modal import show_over
from wpsdesk.ui.page import Page


class InboxPage(Page):
    """What has come, and the way to take more in."""

    shows = ("submissions", "call")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self._relations: dict[Digest, Relation] = {}
        self._others: tuple[Turned | Waiting, ...] = ()
        self.files_button = button(say("Import files"), self.choose_files, role="primary")
        self.folder_button = button(say("Import a folder"), self.choose_folder)
        self.watch_button = button(say("Watch a folder"), self.choose_watched)
        self.header(say("Inbox"), self.watch_button)
        self.watched = label("", tone="muted", wraps=True)
        self.body.addWidget(self.watched)
        self.lines: Listing[Line] = Listing(
            say("What has come"), self._columns(),
            empty=say("Nothing has come yet."),
            how=say(
                "Reports from the units belong here. Drop their files on this page, or choose “Import files”."
                " Requests for certificates may come the same way."
            ),
        )  # fmt: skip
        self.details = DetailsPane(context.desk, say, context.language)
        self.split = Beside(self.lines, self.details, shares=(1, 1), is_above=True)
        self.lines.setMinimumHeight(style.current().px(170))
        self.details.setMinimumHeight(style.current().px(170))
        self.body.addWidget(self.split, 1)
        self._told = label(say("Files and folders can be dropped on this page."), type="small", wraps=True)
        self.footer(self.folder_button, self.files_button, left=self._told)
        self.lines.chosen.connect(self.details.show_line)
        self.lines.opened.connect(self._open_line)
        self.details.review_asked.connect(self.review)
        self.details.choice_asked.connect(self.choose)
        self.details.receipt_asked.connect(self.write_receipt)
        self.details.request_asked.connect(lambda pending: context.asked.emit("units", pending))

    def _columns(self) -> tuple[Column[Line], ...]:
        say = self.say
        return (
            Column(title=say("Unit"), text=_who),
            Column(title=say("Year"), text=lambda line: str(line.row.year) if isinstance(line, Held) else ""),
            Column(title=say("No."), text=lambda line: str(line.row.seq) if isinstance(line, Held) else ""),
            Column(
                title=say("How it stands"),
                text=lambda line: state_chip(line, say).word, chip=lambda line: state_chip(line, say),
            ),
            Column(
                title=say("Signature"),
                text=lambda line: standing_chip(line, say).word, chip=lambda line: standing_chip(line, say),
            ),
            Column(title=say("Signed by"), text=_signer),
            Column(
                title=say("Received"),
                text=lambda line: say.moment(line.row.received_at) if isinstance(line, Held) else "",
                is_wide=True,
            ),
        )  # fmt: skip

    # -- showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the inbox again; what was turned away while the window is open stands first."""
        self._show_watched()
        rows = inbox(self.context.desk)
        held = tuple(Held(row=found, relation=self._relations.get(found.digest)) for found in rows)
        before = self.lines.current()
        self.lines.show_values((*self._others, *held), current=lambda line: _same(line, before))
        self.details.setVisible(bool(self._others or held))

    def _open_line(self, line: Line) -> None:
        """What stands for its unit is opened for review; of the rest there is only what is told of it."""
        if isinstance(line, Held) and line.row.stands is Stands.IN_FORCE:
            self.review(line.row)
        else:
            self.details.text.setFocus()

    def review(self, found: InboxRow) -> None:
        """Read the report, answer by answer."""
        self.context.asked.emit("review", (found.unit, found.year, None))

    def choose(self, found: InboxRow) -> None:
        """Show both reports side by side for a choice, or undo the one that was made."""
        if found.stands is Stands.SETTLED:
            undo_the_choice(self.context, found)
        else:
            self.dialog = ask_for_choice(self.context, self, found)

    # -- taking in ---------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for files, and take them in."""
        say = self.say
        kinds = f"{say('Bundles')} ({choosing.BUNDLES})"
        found = choosing.open_files(self, say("Import files"), folder_of(self.context), kinds=kinds)
        if found:
            remember(self.context, found[0].parent)
            self.take(found)

    def choose_folder(self) -> None:
        """Ask for a folder, and take in the bundles in it."""
        found = choosing.folder(self, self.say("Import a folder"), folder_of(self.context))
        if found is not None:
            remember(self.context, found)
            self.take((found,))

    def open_thing(self, thing: object) -> None:
        """Take in files that were dropped while another page was shown, or stand on one report of a unit."""
        match thing:
            case (str() as unit, int() as year, int() as seq):
                self._stand_on(unit, year, seq)
            case tuple():
                self.take(tuple(path for path in thing if isinstance(path, Path)))
            case _:
                pass

    def _stand_on(self, unit: str, year: int, seq: int) -> None:
        self.refresh()
        held = tuple(Held(row=found, relation=self._relations.get(found.digest)) for found in inbox(self.context.desk))

        def is_it(line: Line) -> bool:
            return isinstance(line, Held) and (line.row.unit, line.row.year, line.row.seq) == (unit, year, seq)

        self.lines.show_values((*self._others, *held), current=is_it)

    def accept_file_drop(self, paths: list[str]) -> bool:
        """Take in what is dropped."""
        self.take(tuple(Path(path) for path in paths))
        return bool(paths)

    def take(self, paths: Sequence[Path], *, backs_up: bool = True) -> None:
        """Take in files and folders on the worker, after the backup of the day; one bad file never stops the rest."""
        desk, found = self.context.desk, tuple(paths)
        self.context.quieted.emit()
        self.context.jobs.start(
            lambda progress: import_files(desk, found, progress, backs_up=backs_up),
            owner=self, title=self.say("Importing"), done=self._taken, failed=partial(self._on_fault, found),
        )  # fmt: skip

    def _ask_without_backup(self, paths: tuple[Path, ...], fault: NoBackupFirst) -> None:
        """The import waits for a yes."""
        self.without_backup = WithoutBackupDialog(self, sentence(fault, self.say), self.say)
        self.without_backup.accepted.connect(partial(self.take, paths, backs_up=False))
        show_over(self.without_backup)

    # -- the watched folder ------------------------------------------------------------------------

    def choose_watched(self) -> None:
        """Ask for a folder to watch; where one is watched, let it go."""
        desk, folder = self.context.desk, None
        if habits.habits(desk).watched is None:
            folder = choosing.folder(self, self.say("Watch a folder"), folder_of(self.context))
            if folder is None:
                return
        try:
            habits.watch_folder(desk, folder)
        except WpsError as fault:
            self.tell(fault)
            return
        self._show_watched()
        self.context.changed.emit("habits")

    def _show_watched(self) -> None:
        say, folder = self.say, habits.habits(self.context.desk).watched
        self.watch_button.setText(say("Watch a folder") if folder is None else say("Stop watching the folder"))
        words = say("While this desk is open, what comes to {folder} is taken in by itself.", folder=folder)
        self.watched.setText("" if folder is None else words)
        self.watched.setVisible(folder is not None)

    def take_watched(self, found: tuple[Sighting, ...], took: Callable[[tuple[Sighting, ...]], None]) -> None:
        """Take in what came to the watched folder; what was held already is passed over in silence."""
        desk, paths = self.context.desk, tuple(one.path for one in found)

        def taken(imported: Imported) -> None:
            took(found)
            if imported.relations or imported.others:
                self._taken(imported)

        self.context.jobs.start(
            lambda progress: import_files(desk, paths, progress, again_ok=True),
            owner=self, title=self.say("Importing"), done=taken, failed=self._tell_fault,
        )  # fmt: skip

    def _taken(self, imported: Imported) -> None:
        say = self.say
        if not imported.relations and not imported.others:
            what = say("There was no bundle in the folder. Bundles end in .asice or .cms.")
            self.context.told.emit(Sentence(what=what, kept="", do=""), "info")
            return
        self._relations.update(imported.relations)
        news = {_path_of(line) for line in imported.others}
        self._others = (*imported.others, *(old for old in self._others if _path_of(old) not in news))
        came, turned = len(imported.relations), imported.turned
        words = [say.plural("{n} report received.", "{n} reports received.", came)]
        if turned:
            words.append(say.plural("{n} file turned away.", "{n} files turned away.", turned))
        waiting = len(imported.others) - turned
        if waiting:
            words.append(say.plural("{n} request waits.", "{n} requests wait.", waiting))
        self._told.setText(" ".join(words))
        self.refresh()
        if self.isVisible():  # what comes to the watched folder must not take the keyboard from another page
            self._stand_on_news(imported)
        notes = dict.fromkeys(warning_sentence(each, say, is_authority=True) for each in imported.warnings)
        reasons = [say("Each file has a line with the reason.")] if turned else []
        told = Sentence(what=words[0], kept=" ".join(words[1:]), do=" ".join((*reasons, *notes)))
        self.context.told.emit(told, "warning" if turned or notes else "success")
        self.context.changed.emit("submissions")

    def _stand_on_news(self, imported: Imported) -> None:
        """Go to the first line that came, a trouble before all else."""
        news = {digest for digest, _ in imported.relations}
        for place, line in enumerate(self.lines.rows.values):
            if line in imported.others or (isinstance(line, Held) and line.row.digest in news):
                self.lines.table.setCurrentIndex(self.lines.rows.index(place, 0))
                self.lines.table.setFocus()
                return

    def _on_fault(self, paths: tuple[Path, ...], fault: WpsError) -> None:
        if isinstance(fault, NoBackupFirst):
            self._ask_without_backup(paths, fault)
        else:
            self._tell_fault(fault)

    def _tell_fault(self, fault: WpsError) -> None:
        # What came before the person stopped it is held, each in its own transaction.
        self.refresh()
        if isinstance(fault, Cancelled):
            what = self.say("The import was stopped.")
            told = Sentence(what=what, kept=self.say("What had been received stays received."), do="")
            self.context.told.emit(told, "info")
            self.context.changed.emit("submissions")
        else:
            self.tell(fault)

    # -- the receipt -------------------------------------------------------------------------------

    def write_receipt(self, found: InboxRow) -> None:
        """Ask where the receipt is to lie, and write it for the unit."""
        name = f"kvittering_{found.unit.lower()}_{found.year}_{found.seq}.asice.cms"
        say, desk = self.say, self.context.desk
        out = choosing.new_file(
            self, say("Where the receipt is to lie"), folder_of(self.context) / name, kinds=say("Bundles") + " (*.cms)"
        )
        if out is None:
            return
        self.context.jobs.start(
            lambda _progress: replying.reply(desk, found.unit, found.year, out),
            owner=self, title=say("Writing the receipt"), done=self._on_replied, failed=self.tell,
        )  # fmt: skip

    def _on_replied(self, replied: Replied) -> None:
        say = self.say
        remember(self.context, replied.path.parent)
        told = Sentence(
            what=say("The receipt for {unit} is written.", unit=replied.reply.unit),
            kept=say("The file is {path}.", path=replied.path),
            do=say("Send it to the unit, which opens it on its desk."),
        )
        self.context.told.emit(told, "success")
        self.context.changed.emit("replies")

    # -- changing language -------------------------------------------------------------------------

    def place(self) -> object:
        """What was turned away, and the line one stands on."""
        return self._relations, self._others, self.lines.current()

    def return_to(self, place: object) -> None:
        """Back to a :meth:`place`."""
        if isinstance(place, tuple) and len(place) == 3:
            self._relations, self._others, before = place
            self.refresh()
            for number, line in enumerate(self.lines.rows.values):
                if _same(line, before):
                    self.lines.table.setCurrentIndex(self.lines.rows.index(number, 0))


def waiting(context: Context) -> int:
    """How many submissions wait for a person to decide."""
    return waiting_for_somebody(context.desk)


def _who(line: Line) -> str:
    match line:
        case Held(row=found):
            return found.unit
        case Waiting(pending=pending):
            return pending.unit
        case Turned(path=path):
            return shown(path.name)


def _signer(line: Line) -> str:
    match line:
        case Held(row=found):
            return found.signed_by
        case Waiting(pending=pending):
            return pending.person
        case Turned(examination=examination):
            return "" if examination is None or examination.signer is None else shown(examination.signer.name)


def _path_of(line: Turned | Waiting) -> Path:
    return line.path


def _same(line: Line, before: Line | None) -> bool:
    if isinstance(line, Held) and isinstance(before, Held):
        return line.row.digest == before.row.digest
    return line is before
