"""Several officers at UD's desk: to the shared database and back, letting others in and shutting them out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFrame, QVBoxLayout

from wpsdesk.base.clock import Clock
from wpsdesk.base.progress import Progress
from wpsdesk.desk import sharing
from wpsdesk.desk.safety import rekeying
from wpsdesk.desk.safety.rekeying import Renewed
from wpsdesk.desk.sharing import Address
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import Sentence
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.errands import Errand, no_errand
from wpsdesk.ui.flow import flow
from wpsdesk.ui.modal import is_accepted
from wpsdesk.ui.safety.officer_dialogs import LetInDialog, MoveBackDialog, MoveThereDialog, ShutOutDialog


class OfficersCard(QFrame):
    """The card on the page of UD's desk."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context, say = context, context.say
        self.setObjectName("card")
        look = style.current()
        self.is_shared = sharing.is_shared(context.desk)
        self.where = label(_where(context), wraps=True)
        self.let_in_so_far = label("", tone="muted", wraps=True)
        self.there_button = button(say("Move the desk to a shared database"), self.move_there)
        self.in_button = button(say("Let another officer in"), self.let_in)
        self.out_button = button(say("Shut the others out"), self.shut_out)
        self.back_button = button(say("Move the desk to a file"), self.move_back)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        inside.setSpacing(look.px(8))
        inside.addWidget(label(say("Several officers"), type="head"))
        inside.addWidget(self.where)
        inside.addWidget(self.let_in_so_far)
        acts = (self.in_button, self.out_button, self.back_button) if self.is_shared else (self.there_button,)
        inside.addWidget(flow(*acts, spacing=8))
        for act in (self.there_button, self.in_button, self.out_button, self.back_button):
            if act not in acts:
                act.setParent(self)
                act.hide()
        self.refresh()

    def refresh(self) -> None:
        """Who has been let in."""
        say, found = self.context.say, sharing.let_in_so_far(self.context.desk) if self.is_shared else ()
        names = say.listing(say("{name} ({when})", name=one.name, when=say.date(one.at.date())) for one in found)
        self.let_in_so_far.setText(say("Let in so far: {names}", names=names) if found else "")
        self.let_in_so_far.setVisible(bool(found))

    # -- doing -------------------------------------------------------------------------------------

    def move_there(self) -> None:
        """To a database that several officers share."""
        context, say = self.context, self.context.say
        if context.is_made_up:
            context.told.emit(no_errand(say), "info")
            return
        dialog = MoveThereDialog(self, say)
        dialog.works(context.jobs, self._knows(dialog))
        if is_accepted(dialog):
            context.errand_asked.emit(moving(say, dialog.words.text, dialog.address, is_there=True))

    def move_back(self) -> None:
        """From there to a file."""
        context, say = self.context, self.context.say
        folder = context.settings.last_folder or context.desk.store.path.parent
        dialog = MoveBackDialog(self, say, folder / "ud.wpsdesk")
        dialog.works(context.jobs, self._knows(dialog))
        if is_accepted(dialog):
            context.errand_asked.emit(moving(say, dialog.words.text, dialog.path, is_there=False))

    def let_in(self) -> None:
        """Write the two files with which another officer opens this desk."""
        context, say, desk = self.context, self.context.say, self.context.desk
        dialog = LetInDialog(self, say, context.settings.last_folder)

        def work(_progress: Progress) -> object:
            name = dialog.name.text().strip()
            return sharing.let_in(desk, dialog.words.text, dialog.folder, dialog.new.text, officer=name)

        dialog.works(context.jobs, work)
        if is_accepted(dialog):
            context.remember(last_folder=dialog.folder)
            what = say("{file} and the key file beside it open this desk.", file=dialog.result_of_work)
            do = say("Give both to {name}, and the passphrase by another way.", name=dialog.name.text().strip())
            context.told.emit(Sentence(what=what, kept="", do=do), "success")
            context.changed.emit("journal")
            self.refresh()

    def shut_out(self) -> None:
        """Give the desk a key that only this machine has."""
        context, say = self.context, self.context.say
        dialog = ShutOutDialog(self, say)
        dialog.works(context.jobs, self._knows(dialog))
        if is_accepted(dialog):
            context.errand_asked.emit(shutting_out(say, dialog.words.text, dialog.new.text))

    def _knows(self, dialog: MoveThereDialog | MoveBackDialog | ShutOutDialog) -> Callable[[Progress], object]:
        path = self.context.desk.store.path

        def work(_progress: Progress) -> object:
            return rekeying.knows(path, dialog.words.text)

        return work


def _where(context: Context) -> str:
    say, address = context.say, sharing.address_of(context.desk)
    if address is None:
        return say(
            "This desk is in a file on this machine, and one person at a time has it open. On a PostgreSQL server of "
            "UD's own, several officers work in it at once. Nothing else of the program uses a network."
        )
    return say(
        "This desk is in UD's shared database, and several officers may have it open. Its address is {address}",
        address=address,
    )


def moving(say: Catalogue, words: str, to: Path | Address, *, is_there: bool) -> Errand:
    """Move the desk to an address or to a file."""

    def work(path: Path, clock: Clock, password: str | None, progress: Progress) -> Renewed:
        desk = sharing.move_desk(path, words, to, clock=clock, password=password, progress=progress)
        return Renewed(desk=desk, recovery_code="")

    done = say("The desk is in the shared database now. The same file and passphrase open it.")
    old = say("The old file lies beside it, with before-move in its name. Remove it when all is well.")
    back = say("The desk is in a file of its own now. The same passphrase opens it.")
    closed = say("The one in the database is closed. Tell the other officers.")
    return Errand(
        heading=say("The desk is being moved"),
        title=say("Moving the desk"),
        failed=say("The desk is where it was"),
        done=done if is_there else back,
        advice=old if is_there else closed,
        work=work,
    )


def shutting_out(say: Catalogue, words: str, new: str) -> Errand:
    """Give the shared desk a new key."""

    def work(path: Path, clock: Clock, password: str | None, progress: Progress) -> Renewed:
        return sharing.shut_out(path, words, new, clock=clock, password=password, progress=progress)

    return Errand(
        heading=say("The shared desk is getting a new key"),
        title=say("Giving the desk a new key"),
        failed=say("Everybody opens the desk as before"),
        done=say("The desk has a new key, and nobody else opens it now."),
        advice=say("Let those in anew who are to go on, and have IT close the login of whoever has left."),
        work=work,
    )
