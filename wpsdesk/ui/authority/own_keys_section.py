"""UD's own keys: root, issuing key and recovery key, and how old the lists of revoked certificates are."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from wpsdesk.base.progress import Progress
from wpsdesk.desk.keys import rooting
from wpsdesk.desk.keys.recovering import is_recovery_apart, keep_recovery_apart
from wpsdesk.desk.keys.rooting import KeyFile, Replaced, RootFacts
from wpsdesk.trust.parsing import Reason
from wpsdesk.ui.chips import StateChip
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, button, label
from wpsdesk.ui.fields import Field
from wpsdesk.ui.flow import flow
from wpsdesk.ui.trust.asking import KEY_SUFFIX, Asking, KeyFileDialog, NewKeyFileDialog, SureDialog
from wpsdesk.ui.trust.digits import Digits
from wpsdesk.ui.trust.digits_paper import write_page
from wpsdesk.ui.trust.ending import ending_chip
from wpsdesk.ui.trust.section import Section


class OwnKeysSection(Section):
    """A card for each key, and one for the lists."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self.digits = Digits(say("UD's digits"))
        self._words: dict[str, QLabel] = {
            name: label("", wraps=True) for name in ("root", "issuing", "lists", "recovery")
        }
        now = context.desk.clock()
        self._chips = {name: StateChip(ending_chip(None, now, say), self) for name in ("root", "issuing", "lists")}
        self.print_button = button(say("Print the digits"), self.print)
        self.root_button = button(say("Move the root key"), self.move_root)
        self.issuer_button = button(say("Replace the issuing key"), self.replace_issuer)
        self.lists_button = button(say("Renew the lists"), self.renew_lists)
        self.recovery_button = button(say("Move the recovery key"), self.move_recovery)
        cards = (
            (say("The root key"), "root", self.digits, flow(self.print_button, self.root_button, is_right=True)),
            (say("The issuing key"), "issuing", None, flow(self.issuer_button, is_right=True)),
            (say("Lists of revoked certificates"), "lists", None, flow(self.lists_button, is_right=True)),
            (say("Recovery key"), "recovery", None, flow(self.recovery_button, is_right=True)),
        )
        for head, name, more, acts in cards:
            parts = [part for part in (self._chips.get(name), self._words[name], more, acts) if part is not None]
            self.inside.addWidget(self.headed(head, "", *parts))

    def refresh(self) -> None:
        """How it stands with each."""
        say, desk, found = self.say, self.context.desk, rooting.root_facts(self.context.desk)
        now = desk.clock()
        self.digits.show_digits(found.fingerprint)
        where = (
            say("It lies in a file of its own, and no longer in the store.")
            if found.is_offline
            else say("It lies in the store. It is needed seldom: move it to a file that is locked away.")
        )
        self._words["root"].setText(
            say("{where} It is valid to {day}.", where=where, day=say.date(found.root_ends.date()))
        )
        self.root_button.setVisible(not found.is_offline)
        self._words["issuing"].setText(
            say("{name}, valid to {day}.", name=found.issuing_name, day=say.date(found.issuing_ends.date()))
        )
        self._words["lists"].setText(
            say(
                "Made {made}, good to {day}. They go out with every call and reply.",
                made=say.moment(found.lists_made), day=say.date(found.lists_end.date()),
            )
        )  # fmt: skip
        for name, end in (("root", found.root_ends), ("issuing", found.issuing_ends), ("lists", found.lists_end)):
            self._chips[name].show_chip(ending_chip(end, now, say))
        is_apart = is_recovery_apart(desk)
        self.recovery_button.setVisible(not is_apart)
        self._words["recovery"].setText(
            say("It lies in a file of its own, and no longer in the store.")
            if is_apart
            else say("It lies in the store, and opens every report that has been sealed to UD.")
        )

    def print(self) -> None:
        """UD's digits on a page."""
        write_page(self.context, self, self.context.desk.unit.names[self.context.language], self.digits.fingerprint)

    def move_root(self) -> None:
        """Move the root key to a file of its own."""
        say, desk = self.say, self.context.desk
        words = say("From then on, the file and its passphrase are asked for where the root must sign.")
        dialog = NewKeyFileDialog(self, say, say("Move the root key"), words, self.folder / f"ud-root{KEY_SUFFIX}")
        dialog.works(self.context.jobs, lambda _p: rooting.keep_root_apart(desk, dialog.path, dialog.new.text))
        if self.asked(dialog):
            self.refresh()
            self.succeed(
                say("The root key lies in {file}, and no longer in the store.", file=dialog.path),
                do=say("Lock the file away. Older backups of the desk still hold the key."),
            )

    def move_recovery(self) -> None:
        """Move UD's recovery key to a file of its own."""
        say, desk = self.say, self.context.desk
        words = say("With the file and its passphrase alone, every report that has been sealed to UD can be opened.")
        dialog = NewKeyFileDialog(
            self, say, say("Move the recovery key"), words, self.folder / f"ud-recovery{KEY_SUFFIX}"
        )
        dialog.works(self.context.jobs, lambda _p: keep_recovery_apart(desk, dialog.path, dialog.new.text))
        if self.asked(dialog):
            self.refresh()
            self.succeed(
                say("The recovery key lies in {file}, and no longer in the store.", file=dialog.path),
                do=say("Lock the file away. Older backups of the desk still hold the key."),
            )

    def replace_issuer(self) -> None:
        """Make a new issuing key, with the root's file where that is kept apart."""
        say, desk = self.say, self.context.desk
        title = say("Replace the issuing key")
        words = say("What the old key has issued stands to its end, unless you revoke the old key and all of it.")
        is_offline = rooting.root_facts(desk).is_offline
        dialog: Asking = (
            KeyFileDialog(self, say, title, words, say("Replace"))
            if is_offline
            else SureDialog(self, say, title, words, say("Replace"))
        )
        choice = Choice(
            say("The old key"),
            [
                (None, say("Let what it has issued stand")),
                (Reason.KEY_COMPROMISE, say("Revoke it: others may have had it. Every unit needs a new certificate")),
            ],
        )
        dialog.add(Field(say("The old key"), choice))

        def work(_progress: Progress) -> Replaced:
            root = (
                KeyFile(path=dialog.path, passphrase=dialog.passphrase.text)
                if isinstance(dialog, KeyFileDialog)
                else None
            )
            chosen = choice.chosen()
            return rooting.replace_issuer(desk, root, reason=chosen if isinstance(chosen, Reason) else None)

        dialog.works(self.context.jobs, work)
        if self.asked(dialog) and isinstance(dialog.result_of_work, Replaced):
            self._replaced(dialog.result_of_work)

    def _replaced(self, made: Replaced) -> None:
        say = self.say
        self.context.changed.emit("units")
        self.refresh()
        do = (
            say("The old one is revoked, and with it all it has issued: every unit needs a new certificate.")
            if made.is_old_revoked
            else say("What the old one has issued stands to its end.")
        )
        ends = say.date(made.not_after.date())
        self.succeed(say("{name} issues from now on, to {date}.", name=made.name, date=ends), do=do)

    def renew_lists(self) -> None:
        """Make the lists of today; the root's own too, where its key is in the store."""
        desk = self.context.desk
        self.run(lambda _progress: rooting.renew_lists(desk), self.say("Renewing the lists"), self._renewed)

    def _renewed(self, _found: RootFacts) -> None:
        self.refresh()
        what = self.say("The lists of revoked certificates are of today.")
        self.succeed(what, do=self.say("They go out with the next call or reply."))
