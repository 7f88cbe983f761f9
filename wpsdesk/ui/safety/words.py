"""The passphrase and the recovery code: changed here, with the words of now."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.desk.errors import WeakPassphrase
from wpsdesk.desk.safety import rekeying
from wpsdesk.desk.safety.passphrases import SHORTEST, check_passphrase
from wpsdesk.desk.sharing import is_shared
from wpsdesk.messages import Sentence, sentence
from wpsdesk.store.errors import WrongPassphrase
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.disclosure import Disclosure
from wpsdesk.ui.errands import renewal
from wpsdesk.ui.page import Page
from wpsdesk.ui.passphrases import PassphraseField, StrengthMeter
from wpsdesk.ui.recovery import CodeBox


class WordsCard(QFrame):
    """The card on the page: two lines that open."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__()
        self.context, self._page, say = context, page, context.say
        self.setObjectName("card")
        look = style.current()
        self.passphrase = PassphraseForm(context, page)
        self.code = CodeForm(context, page)
        opens, closes = say("Change"), say("Close")
        self.passphrase_line = Disclosure(say("Passphrase"), self.passphrase, opens=opens, closes=closes)
        self.code_line = Disclosure(say("Recovery code"), self.code, opens=say("Make a new one"), closes=closes)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        inside.setSpacing(look.px(8))
        for line in (self.passphrase_line, self.code_line):
            inside.addWidget(line)

    def forget(self) -> None:
        """Let nothing that was typed or shown stand."""
        for form in (self.passphrase, self.code):
            form.forget()
        for line in (self.passphrase_line, self.code_line):
            line.set_open(is_open=False)


class PassphraseForm(QWidget):
    """The passphrase of now, the new one twice, and whether the store shall get a new key too."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__()
        self._context, self._page, say = context, page, context.say
        self.old = PassphraseField(say, say("The passphrase of now, or the recovery code"))
        self.new = PassphraseField(
            say, say("The new passphrase"), hint=say("At least {n} characters. Spaces count.", n=SHORTEST)
        )
        self.strength = StrengthMeter(say)
        self.again = PassphraseField(say, say("The same passphrase once more"), can_show=False)
        self.new.line.textChanged.connect(self.strength.show_strength)
        self.new.shown.toggled.connect(self.again.shown.setChecked)
        self.whole = QCheckBox(say("Also encrypt the whole store anew"))
        self.change_button = button(say("Change the passphrase"), self.change)
        self.setFocusProxy(self.old)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(10))
        why = say(
            "Do that if somebody may have copied the desk's files; it gives a new recovery code. Backups made "
            "before open with the old one."
        )
        of_whole = (self.whole, label(why, type="small", wraps=True))
        for part in (self.old, self.new, self.strength, self.again, *of_whole):
            inside.addWidget(part)
        for part in of_whole:  # a shared desk gets its new key where the others are shut out
            part.setVisible(not is_shared(context.desk))
        inside.addLayout(row(self.change_button, None))

    def forget(self) -> None:
        """Let nothing that was typed stand."""
        for field in (self.old, self.new, self.again):
            field.clear()
            field.show_error("")

    def _is_answered(self) -> bool:
        say, weak = self._context.say, ""
        try:
            check_passphrase(self.new.text)
        except WeakPassphrase as fault:
            weak = _words(fault, self._context)
        differs = say("The two passphrases are not the same.") if self.new.text != self.again.text else ""
        self.old.show_error("" if self.old.text else say("Write the passphrase."))
        self.new.show_error(weak)
        self.again.show_error("" if weak else differs)
        return bool(self.old.text) and not weak and not differs

    def change(self) -> None:
        """Change it."""
        if not self._is_answered() or not self.change_button.isEnabled():
            return
        context, old, new, is_whole = self._context, self.old.text, self.new.text, self.whole.isChecked()
        self.change_button.setEnabled(False)

        def work(_progress: Progress) -> bool:
            if is_whole:  # the desk is closed for it, by the window; the words are tried first
                return rekeying.knows(context.desk.store.path, old)
            rekeying.change_passphrase(context.desk, old, new)
            return True

        def done(_result: bool) -> None:
            self.change_button.setEnabled(True)
            self._page.leave()
            if is_whole:
                context.errand_asked.emit(renewal(context.say, old, new))
                return
            what = context.say("The passphrase is changed. Backups made before open with the old one.")
            context.told.emit(Sentence(what=what, kept="", do=context.say("Make a new backup.")), "success")
            context.changed.emit("journal")

        context.jobs.start(
            work, owner=self, title=context.say("Changing the passphrase"), done=done, failed=self._refused
        )

    def _refused(self, fault: WpsError) -> None:
        self.change_button.setEnabled(True)
        if isinstance(fault, WrongPassphrase):
            self.old.show_error(_words(fault, self._context))
            self.old.setFocus()
        else:
            self._page.tell(fault)


class CodeForm(QWidget):
    """The passphrase, then the new code, which is written back in part before it leaves the window."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__()
        self._context, self._page, say = context, page, context.say
        text = say("A new code takes the place of the old one, which no longer opens the desk: tear up the old sheet.")
        self.passphrase = PassphraseField(say, say("Passphrase"))
        self.make_button = button(say("Make a new code"), self.make)
        self.box = CodeBox(say)
        self.box.setVisible(False)
        self.done_button = button(say("The code is on paper"), self._finish)
        self.done_button.setVisible(False)
        self.done_button.setEnabled(False)
        self.box.proven.connect(self.done_button.setEnabled)
        self.setFocusProxy(self.passphrase)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(10))
        inside.addWidget(label(text, wraps=True))
        inside.addWidget(self.passphrase)
        inside.addLayout(row(self.make_button, None))
        inside.addWidget(self.box)
        inside.addLayout(row(self.done_button, None))

    def forget(self) -> None:
        """Take the code and the passphrase off the window."""
        self.passphrase.clear()
        self.passphrase.show_error("")
        self.box.forget()
        self._show_box(is_shown=False)

    def _show_box(self, *, is_shown: bool) -> None:
        self.box.setVisible(is_shown)
        self.done_button.setVisible(is_shown)
        self.passphrase.setVisible(not is_shown)
        self.make_button.setVisible(not is_shown)

    def make(self) -> None:
        """Make it."""
        context, words = self._context, self.passphrase.text
        self.passphrase.show_error("" if words else context.say("Write the passphrase."))
        if not words or not self.make_button.isEnabled():
            return
        self.make_button.setEnabled(False)

        def work(_progress: Progress) -> str:
            return rekeying.renew_recovery_code(context.desk, words)

        context.jobs.start(
            work, owner=self, title=context.say("Making a recovery code"), done=self._made, failed=self._refused
        )

    def _made(self, code: str) -> None:
        self.make_button.setEnabled(True)
        self.passphrase.clear()
        self.box.show_code(code, self._context.desk.unit.names[self._context.language])
        self._show_box(is_shown=True)
        self.box.setFocus()
        self._context.changed.emit("journal")

    def _refused(self, fault: WpsError) -> None:
        self.make_button.setEnabled(True)
        if isinstance(fault, WrongPassphrase):
            self.passphrase.show_error(_words(fault, self._context))
            self.passphrase.setFocus()
        else:
            self._page.tell(fault)

    def _finish(self) -> None:
        self._page.leave()
        what = self._context.say("The new recovery code opens the desk from now on.")
        self._context.told.emit(Sentence(what=what, kept="", do=""), "success")


def _words(fault: WpsError, context: Context) -> str:
    found = sentence(fault, context.say)
    return f"{found.what} {found.do}".strip()
