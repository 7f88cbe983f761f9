"""What every desk has at the foot of the rail: settings that take effect at once, and help."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from wpsdesk import assets, messages
from wpsdesk.desk import opening
from wpsdesk.desk.answers import spelling
from wpsdesk.plan.model import LANGUAGES
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, button, card, label, row, selectable
from wpsdesk.ui.fields import Field
from wpsdesk.ui.languages import own_name
from wpsdesk.ui.page import Page, PageEntry
from wpsdesk.ui.shortcuts import shortcuts


def pages(context: Context) -> tuple[PageEntry, ...]:
    """Safety, settings and help."""
    from wpsdesk.ui import safety

    say = context.say
    return (
        *safety.pages(context),
        PageEntry(name="settings", title=say("Settings"), factory=SettingsPage, is_last=True),
        PageEntry(name="help", title=say("Help"), factory=HelpPage, is_last=True),
    )


class SettingsPage(Page):
    """Language, text size, colours; where the desk lies."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say, settings = self.say, context.settings
        self.header(say("Settings"))
        pairs = [(code, own_name(code)) for code in assets.languages()]
        self.language = Choice(say("Language"), pairs)
        self.language.choose(say.language)
        self.language.activated.connect(lambda _index: context.wears.emit("language", self.language.chosen()))
        sizes = [(percent, say("{n} %", n=percent)) for percent in style.PERCENTS]
        self.text_size = Choice(say("Text size"), sizes)
        self.text_size.choose(style.current().percent)
        self.text_size.activated.connect(lambda _index: context.wears.emit("text_size", self.text_size.chosen()))
        schemes = [("system", say("As the machine has it")), ("light", say("Light")), ("dark", say("Dark"))]
        self.scheme = Choice(say("Colours"), schemes)
        self.scheme.choose(settings.scheme)
        self.scheme.activated.connect(lambda _index: context.wears.emit("scheme", self.scheme.chosen()))
        shown, inside = card()
        inside.addWidget(label(say("How it is shown"), type="head"))
        for control in (self.language, self.text_size, self.scheme):
            inside.addLayout(row(Field(control.accessibleName(), control), None))
        self.body.addWidget(shown)
        if not context.desk.is_authority:
            self.body.addWidget(self._writing_card())
        self.body.addWidget(self._desk_card())
        self.body.addStretch(1)

    def _writing_card(self) -> QWidget:
        """Whether spelling is checked, and by which dictionaries it can be."""
        say, context = self.say, self.context
        frame, inside = card()
        inside.addWidget(label(say("Writing"), type="head"))
        self.spelling = QCheckBox(say("Check the spelling"))
        self.spelling.setChecked(context.settings.checks_spelling)
        self.spelling.toggled.connect(lambda on: context.remember(checks_spelling=on))
        inside.addWidget(self.spelling)
        found = [messages.language_name(code, say) for code in LANGUAGES if spelling.dictionary_for(code) is not None]
        words = say("Dictionaries on this machine: {languages}.", languages=say.listing(found))
        none = say("No dictionary is installed on this machine.")
        inside.addWidget(label(words if found else none, tone="muted", wraps=True))
        return frame

    def _desk_card(self) -> QWidget:
        say, info = self.say, opening.info(self.context.desk)
        frame, inside = card()
        inside.addWidget(label(say("The desk"), type="head"))
        inside.addWidget(
            selectable(say("{unit}, code {code}", unit=info.unit.names[self.context.language], code=info.unit.code))
        )
        inside.addWidget(selectable(str(info.path), tone="muted"))
        made = say("Made {day}. Plan edition {edition}.", day=say.date(info.created.date()), edition=info.edition)
        inside.addWidget(label(made, tone="muted", wraps=True))
        return frame


class HelpPage(Page):
    """The year in a few sentences, and the shortcuts."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self.manual_button = button(say("Open the manual"), context.manual_asked.emit)
        self.header(say("Help"), self.manual_button)
        steps, inside = card()
        inside.addWidget(label(say("How the year goes"), type="head"))
        for step in self._steps():
            inside.addWidget(label(step, wraps=True))
        keys, beside = card()
        beside.addWidget(label(say("Shortcuts"), type="head"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.current().px(24))
        grid.setVerticalSpacing(style.current().px(6))
        grid.setColumnStretch(1, 1)
        for line, (name, does) in enumerate(shortcuts(say, is_authority=context.desk.is_authority)):
            grid.addWidget(label(name, type="strong"), line, 0)
            grid.addWidget(label(does, wraps=True), line, 1)
        beside.addLayout(grid)
        self.body.addWidget(steps)
        self.body.addWidget(keys)
        self.body.addStretch(1)

    def _steps(self) -> tuple[str, ...]:
        say = self.say
        if self.context.desk.is_authority:
            return (
                say("1. Make the call for the year and send its file to every unit."),
                say("2. Approve each unit's request for a certificate when you have heard its digits by telephone."),
                say("3. Receive the units' reports, whichever way they come, and send a receipt for each."),
                say("4. See who is missing, and compile the report when all is in."),
            )
        return (
            say("1. Load UD's call under Set-up, and compare UD's fingerprint by telephone."),
            say("2. Ask for a certificate, read your digits out to UD, and load the certificate when it comes."),
            say("3. Answer the commitments under Report. Everything is saved as you write."),
            say("4. Write the bundle under Send, and send the file to UD. Load the receipt when it comes."),
        )
