"""Safety: when the desk locks, where its backups are, its passphrase and recovery code, and the emergency wipe."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from wpsdesk.desk.sharing import is_shared
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import wiping
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, button, card, label, row
from wpsdesk.ui.fields import Field
from wpsdesk.ui.page import Page, PageEntry
from wpsdesk.ui.safety.backups import BackupCard
from wpsdesk.ui.safety.officers import OfficersCard
from wpsdesk.ui.safety.words import WordsCard

MINUTES = (2, 5, 10, 15, 30, 60, 0)


def pages(context: Context) -> tuple[PageEntry, ...]:
    """The page, which every desk has."""
    return (PageEntry(name="safety", title=context.say("Safety"), factory=SafetyPage, is_last=True),)


class SafetyPage(Page):
    """Cards, one for each of these."""

    shows = ("backups", "entries", "submissions")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.header(self.say("Safety"))
        self.backups = BackupCard(context, self)
        self.words = WordsCard(context, self)
        self.officers = OfficersCard(context) if context.desk.is_authority or is_shared(context.desk) else None
        for part in (self.backups, self.officers, self._lock_card(), self.words, self._wipe_card()):
            if part is not None:
                self.body.addWidget(part)
        self.body.addStretch(1)

    def _lock_card(self) -> QWidget:
        say, settings, context = self.say, self.context.settings, self.context
        frame, inside = card()
        self.minutes = Choice(say("Lock when nobody has touched it for"), [(n, _minutes(n, say)) for n in MINUTES])
        self.minutes.choose(settings.idle_minutes)
        self.minutes.activated.connect(self._keep_minutes)
        self.hides = _ticked(say("Say nothing in the title"), settings.hides_title)
        self.hides.toggled.connect(lambda on: context.remember(hides_title=on))
        self.keeps = _ticked(say("Remember which desks were open"), settings.keeps_recent)
        self.keeps.toggled.connect(self._keep_recent)
        inside.addWidget(label(say("Lock"), type="head"))
        inside.addLayout(row(Field(self.minutes.accessibleName(), self.minutes), None))
        for control in (self.hides, self.keeps):
            inside.addWidget(control)
        note = say(
            "Ctrl+L locks at once. The desk also locks when the machine wakes from sleep. The program cannot see that "
            "the machine's own screen lock comes on: lock with Ctrl+L when you leave."
        )
        inside.addWidget(label(note, tone="muted", wraps=True))
        return frame

    def _keep_minutes(self, _index: int) -> None:
        self.context.remember(idle_minutes=self.minutes.chosen())

    def _keep_recent(self, on: bool) -> None:
        path = self.context.desk.store.path
        if on:
            self.context.remember(keeps_recent=True, last_store=path, recent=(path,))
        else:
            self.context.remember(keeps_recent=False, last_store=None, recent=())

    def _wipe_card(self) -> QWidget:
        say = self.say
        frame, inside = card()
        self.wipe_button = button(say("Go to the emergency wipe"), self.context.wipe_asked.emit)
        inside.addWidget(label(say("Emergency wipe"), type="head"))
        text = say(
            "Makes this desk unreadable for good, at once and without the passphrase. {keys} leads there from "
            "anywhere, also where the passphrase is asked for; then a word has to be written.",
            keys=wiping.KEYS,
        )
        inside.addWidget(label(text, wraps=True))
        inside.addLayout(row(self.wipe_button, None))
        return frame

    def refresh(self) -> None:
        """How it stands with backups, and who has been let in."""
        self.backups.refresh()
        if self.officers is not None:
            self.officers.refresh()

    def leave(self) -> bool:
        """Words that were typed and not used are not left standing."""
        self.words.forget()
        return True


def _minutes(count: int, say: Catalogue) -> str:
    return say.plural("{n} minute", "{n} minutes", count) if count else say("Never")


def _ticked(text: str, is_on: bool) -> QCheckBox:
    found = QCheckBox(text)
    found.setChecked(is_on)
    return found
