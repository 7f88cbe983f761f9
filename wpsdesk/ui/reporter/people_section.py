"""People at this desk, each with a key of their own under a passphrase of their own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QRadioButton, QWidget

from wpsdesk.base.progress import Progress
from wpsdesk.desk.keys.people import (
    Person,
    PersonRequested,
    add_person,
    add_person_with_certificate,
    change_passphrase,
    people,
    remove_person,
    renew_person,
)
from wpsdesk.i18n import Catalogue
from wpsdesk.trust.certificates import KeyKind
from wpsdesk.trust.enrolment import Purpose
from wpsdesk.ui import choosing
from wpsdesk.ui.authority.tables import Column, Listing
from wpsdesk.ui.chips import Chip
from wpsdesk.ui.choosing import PathField
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label
from wpsdesk.ui.fields import line_field
from wpsdesk.ui.flow import flow
from wpsdesk.ui.passphrases import PassphraseField
from wpsdesk.ui.trust.asking import Asking, NewPassphrase, RequestAsking, SureDialog
from wpsdesk.ui.trust.digits import Digits
from wpsdesk.ui.trust.digits_paper import write_page
from wpsdesk.ui.trust.ending import ending_chip
from wpsdesk.ui.trust.section import Section


class PeopleSection(Section):
    """Who can approve and sign here with a key of their own."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        words = say(
            "Whoever approves a report signs it. With keys of their own, the one who prepares and the one who approves"
            " can share this desk: nobody else's passphrase opens a person's key."
        )
        self.lines: Listing[Person] = Listing(
            say("People with keys of their own"), self._columns(),
            empty=say("Nobody has a key of their own at this desk."),
            how=say("Reports are then signed with the desk's key. “Add a person” makes a key and a request for UD."),
        )  # fmt: skip
        self.lines.setMinimumHeight(self.fontMetrics().height() * 8)
        self.add_button = button(say("Add a person"), self.add, role="primary")
        self.renew_button = button(say("Ask UD again"), self.renew)
        self.passphrase_button = button(say("Change the passphrase"), self.change)
        self.remove_button = button(say("Remove the key"), self.remove)
        self.print_button = button(say("Print the digits"), self.print)
        self.digits = Digits(say("The person's digits"))
        self._told = label("", tone="muted", wraps=True)
        acts = flow(self.remove_button, self.passphrase_button, self.renew_button, self.add_button, is_right=True)
        self.inside.addWidget(self.headed(say("People with keys of their own"), words, self.lines, acts))
        self._chosen = self.headed(say("Digits to read to UD"), "", self._told, self.digits, flow(self.print_button))
        self.inside.addWidget(self._chosen)
        self.lines.chosen.connect(self._show)

    def _columns(self) -> tuple[Column[Person], ...]:
        say = self.say
        return (
            Column(title=say("Person"), text=lambda line: line.name, is_wide=True),
            Column(title=say("Key"), text=lambda line: key_words(line, say)),
            Column(
                title=say("Certificate"), text=lambda line: self._chip(line).word, chip=self._chip
            ),
            Column(
                title=say("Valid to"),
                text=lambda line: "" if line.not_after is None else say.date(line.not_after.date()),
            ),
        )  # fmt: skip

    def _chip(self, line: Person) -> Chip:
        return ending_chip(line.not_after, self._now, self.say)

    @property
    def _now(self) -> datetime:
        return self.context.desk.clock()

    def refresh(self) -> None:
        """Read the people again."""
        found, before = people(self.context.desk), self.lines.current()
        wanted = before.name if before is not None else found[0].name if found else ""
        self.lines.show_values(found, current=lambda line: line.name == wanted)
        self._show(self.lines.current())

    def _show(self, line: Person | None) -> None:
        for act in (self.renew_button, self.passphrase_button, self.remove_button):
            act.setEnabled(line is not None)
        self._chosen.setVisible(line is not None)
        if line is None:
            return
        say = self.say
        self.digits.show_digits(line.fingerprint)
        if line.not_after is None:
            words = say(
                "{name} has asked, and UD's certificate has not come yet. Drop it on the window when it comes.",
                name=line.name,
            )
        else:
            words = say(
                "{name} can sign. The certificate is valid to {date}.",
                name=line.name,
                date=say.date(line.not_after.date()),
            )
        self._told.setText(words)

    # -- doing -------------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for name and passphrase, make or take in the key, and write the request."""
        desk, dialog = self.context.desk, AddPersonDialog(self, self.say, self.folder)

        def work(_progress: Progress) -> PersonRequested:
            name, words, out = dialog.name.text(), dialog.new.text, dialog.out
            if not dialog.of_bought.isChecked():
                return add_person(desk, name, words, out)
            assert dialog.bought.path is not None
            return add_person_with_certificate(
                desk, name, words, out, pkcs12=dialog.bought.path, words=dialog.bought_words.text
            )

        dialog.works(self.context.jobs, work)
        if self.asked(dialog):
            self._requested(dialog.result_of_work)

    def _requested(self, made: object) -> None:
        assert isinstance(made, PersonRequested)
        self.remember(made.path)
        self.context.changed.emit("people")
        self.lines.show_values(people(self.context.desk), current=lambda line: line.name == made.name)
        do = self.say("Send it to UD, and read the digits below to UD over the telephone.")
        self.succeed(self.say("The request lies at {path}.", path=made.path), do=do)

    def renew(self) -> None:
        """Ask for a renewal or, where the first request was lost, for the certificate once more."""
        line, desk = self.lines.current(), self.context.desk
        if line is None:
            return
        dialog = PersonDialog(self, self.say, line.name, self.say("Ask UD again"), self.folder)
        purpose = Purpose.RENEWAL if line.is_enrolled else Purpose.NEW
        dialog.works(
            self.context.jobs, lambda _p: renew_person(desk, line.name, dialog.words.text, dialog.out, purpose=purpose)
        )
        if self.asked(dialog):
            self._requested(dialog.result_of_work)

    def change(self) -> None:
        """Put a person's key under another passphrase."""
        line, desk = self.lines.current(), self.context.desk
        if line is None:
            return
        dialog = ChangeDialog(self, self.say, line.name)
        dialog.works(self.context.jobs, lambda _p: change_passphrase(desk, line.name, dialog.old.text, dialog.new.text))
        if self.asked(dialog):
            self.succeed(self.say("The key of {name} lies under the new passphrase.", name=line.name))

    def remove(self) -> None:
        """Ask once more, then forget a person's key."""
        line, say, desk = self.lines.current(), self.say, self.context.desk
        if line is None:
            return
        words = say("What {name} has signed stays signed. The key cannot be brought back.", name=line.name)
        dialog = SureDialog(self, say, say("Remove the key of {name}?", name=line.name), words, say("Remove the key"))
        dialog.works(self.context.jobs, lambda _progress: remove_person(desk, line.name))
        if self.asked(dialog):
            self.context.changed.emit("people")
            self.refresh()
            self.succeed(say("The key of {name} is removed. Ask UD to revoke its certificate.", name=line.name))

    def print(self) -> None:
        """The person's digits on a page."""
        line = self.lines.current()
        if line is not None:
            write_page(self.context, self, line.name, line.fingerprint)


def key_words(person: Person, say: Catalogue) -> str:
    """Where a person's key comes from."""
    if not person.is_bought:
        return say("Made here")
    return say("Bought, RSA") if person.kind is KeyKind.RSA else say("Bought, P-256")


class AddPersonDialog(RequestAsking):
    """Name, passphrase, and whether the key is made here or bought."""

    def __init__(self, parent: QWidget, say: Catalogue, folder: Path) -> None:
        super().__init__(
            parent, say, say("Add a person"),
            say("The person types the passphrase, and nobody else may know it."), folder,
        )  # fmt: skip
        self.name_field, self.name = line_field(say("Name"), hint=say("As it is to stand under the report."))
        self.of_made = QRadioButton(say("Make a key here"))
        self.of_bought = QRadioButton(say("Use a bought enterprise certificate (.p12, .pfx)"))
        self.bought = PathField(say, say("File with the certificate and its key"), self._browse_bought)
        self.bought_words = PassphraseField(say, say("The file's passphrase"))
        self.new = NewPassphrase(say, say("The person's own passphrase"), say("The same passphrase again"))
        self.add(
            self.name_field, self.of_made, self.of_bought, self.bought, self.bought_words, self.new, self.where
        )  # fmt: skip
        self.of_bought.toggled.connect(self.bought.setVisible)
        self.of_bought.toggled.connect(self.bought_words.setVisible)
        self.bought.setVisible(False)
        self.bought_words.setVisible(False)
        self.of_made.setChecked(True)
        self.name.setFocus()

    def _browse_bought(self) -> Path | None:
        kinds, title = self.say("Certificates ({pattern})", pattern="*.p12 *.pfx"), self.bought.line.accessibleName()
        return next(iter(choosing.open_files(self, title, self.where.path, kinds=kinds, many=False)), None)

    def is_answered(self) -> bool:
        """A name, a passphrase twice, and the bought file where there is one."""
        say, is_bought = self.say, self.of_bought.isChecked()
        has_name = bool(self.name.text().strip())
        has_file = not is_bought or self.bought.path is not None
        self.name_field.show_error("" if has_name else say("Write the person's name."))
        self.bought.show_error("" if has_file else say("Choose the file."))
        has_place = super().is_answered()
        return self.new.is_answered() and has_name and has_file and has_place


class PersonDialog(RequestAsking):
    """The passphrase of one person, for a request that is written again."""

    def __init__(self, parent: QWidget, say: Catalogue, name: str, title: str, folder: Path) -> None:
        super().__init__(
            parent, say, title,
            say(
                "A renewal is signed with the certificate it renews. After the certificate has ended, UD hears the"
                " digits again."
            ),
            folder,
        )  # fmt: skip
        self.words = PassphraseField(say, say("The passphrase of {name}", name=name))
        self.add(self.words, self.where)
        self.words.setFocus()

    def is_answered(self) -> bool:
        """The passphrase."""
        self.words.show_error("" if self.words.text else self.say("Write the passphrase."))
        return super().is_answered() and bool(self.words.text)


class ChangeDialog(Asking):
    """A person's old passphrase and the new one twice."""

    def __init__(self, parent: QWidget, say: Catalogue, name: str) -> None:
        super().__init__(parent, say, say("Change the passphrase of {name}", name=name), "", say("Change"))
        self.old = PassphraseField(say, say("The passphrase until now"))
        self.new = NewPassphrase(say, say("New passphrase"), say("The same passphrase again"))
        self.add(self.old, self.new)
        self.old.setFocus()

    def is_answered(self) -> bool:
        """Both."""
        self.old.show_error("" if self.old.text else self.say("Write the passphrase."))
        return self.new.is_answered() and bool(self.old.text)
