"""Compiling: which year, language and edition, what will be in it, and the report as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import Year
from wpsdesk.base.progress import Progress
from wpsdesk.compilation.figures import UNANSWERED, Coverage
from wpsdesk.compilation.formats import Format
from wpsdesk.compilation.sources import Edition, Order
from wpsdesk.desk.call import calling
from wpsdesk.desk.publication import compiling
from wpsdesk.desk.publication.checking import Checklist, checklist
from wpsdesk.desk.publication.compiling import Compiled
from wpsdesk.desk.publication.points import Point
from wpsdesk.desk.publication.released import Released
from wpsdesk.desk.publication.releasing import release, releases, write_release
from wpsdesk.messages import Sentence, language_name, word
from wpsdesk.messages.publication_words import made_words
from wpsdesk.messages.shares import shares_sentence
from wpsdesk.plan.model import LANGUAGES, LanguageCode
from wpsdesk.ui import choosing
from wpsdesk.ui.authority.compiling_words import (
    audiences,
    edition_words,
    form_name,
    make_words,
    making_words,
    order_name,
    withheld_words,
)
from wpsdesk.ui.authority.folders import folder_of, remember
from wpsdesk.ui.authority.releasing import ReleaseDialog
from wpsdesk.ui.choosing import PathField
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, button, card, label, selectable
from wpsdesk.ui.fields import Field
from wpsdesk.ui.flow import flow
from wpsdesk.ui.modal import is_accepted
from wpsdesk.ui.page import Page


class CompilePage(Page):
    """Makes the annual report."""

    shows = ("call", "submissions", "replies")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self._compiled: Compiled | None = None
        self._made_for: tuple[Year, LanguageCode] | None = None
        self.header(say("Compilation"))
        self.year = Choice(say("Year"))
        self.language = Choice(say("Language of the report"), [(code, language_name(code, say)) for code in LANGUAGES])
        self.edition = Choice(say("Edition"), [(edition, word(edition, say)) for edition in Edition])
        self.formats = {form: QCheckBox(form_name(form, say)) for form in Format}
        self.formats[Format.PDF].setChecked(True)
        self.audience = Choice(say("The meeting is with"), audiences(context))
        self.order = Choice(say("Chapters"), [(order, order_name(order, say)) for order in Order])
        self.folder = PathField(
            say, say("Folder"), lambda: choosing.folder(self, say("Folder for the report"), self.folder.path),
            hint=say("The report is written here. An earlier one of the same year, edition and language is replaced."),
        )  # fmt: skip
        self._edition_hint = label("", type="small", wraps=True)
        self.make_button = button(make_words(Edition.PUBLIC, say), self.make, role="primary")
        self.open_button = button(say("Open the report"), self.open_report)
        self.folder_button = button(say("Open the folder"), self.open_folder)
        self.list_button = button(say("Save the list of what is withheld"), self.list_withheld)
        self._path = selectable("")
        self._path.setAccessibleName(say("Where the report lies"))
        self._size = label("", tone="muted", wraps=True)
        self._lay_out()
        self.release_button = button(say("Release the report"), self.check_release)
        self.footer(self.release_button, self.make_button)
        self.language.choose(context.language)
        self.edition.choose(Edition.PUBLIC)
        self.folder.show_path(folder_of(context))
        self.year.currentIndexChanged.connect(lambda _index: self._summarise())
        self.edition.currentIndexChanged.connect(lambda _index: self._summarise())

    def _lay_out(self) -> None:
        say = self.say
        chosen = (
            (say("Year"), self.year), (say("Language of the report"), self.language),
            (say("Edition"), self.edition),
        )  # fmt: skip
        self._audience_field = Field(say("The meeting is with"), self.audience)
        self._order_field = Field(say("Chapters"), self.order)
        fields = (*(Field(name, choice) for name, choice in chosen), self._order_field, self._audience_field)
        self.body.addWidget(flow(*fields, spacing=16))
        self.body.addWidget(self._edition_hint)
        self.body.addWidget(label(say("Kinds of file"), type="strong"))
        self.body.addWidget(flow(*self.formats.values(), spacing=16))
        self._no_format = label("", tone="danger", wraps=True)
        self._no_format.setVisible(False)
        self.body.addWidget(self._no_format)
        self.body.addWidget(self.folder)
        frame, self._summary = card(is_quiet=True)
        self._summary_title = label(say("What will be in it"), type="head")
        self._summary_text = label("", wraps=True)
        self._summary_missing = label("", tone="muted", wraps=True)
        for widget in (self._summary_title, self._summary_text, self._summary_missing):
            self._summary.addWidget(widget)
        self.body.addWidget(frame)
        self._result, inside = card()
        self._result_title = label("", type="head", tone="success")
        inside.addWidget(self._result_title)
        inside.addWidget(self._path)
        inside.addWidget(self._size)
        self._shares = label("", wraps=True)
        self._withheld = label("", wraps=True)
        inside.addWidget(self._shares)
        inside.addWidget(self._withheld)
        inside.addWidget(flow(self.open_button, self.folder_button, self.list_button))
        self.body.addWidget(self._result)
        self._result.setVisible(False)
        self.body.addStretch(1)

    # -- showing -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the years and what has come."""
        years = calling.years(self.context.desk)
        chosen = self.year.chosen()
        self.year.blockSignals(True)
        self.year.offer((year, str(year)) for year in years)
        self.year.choose(chosen if chosen in years else (years[0] if years else None))
        self.year.blockSignals(False)
        self._summarise()

    def _summarise(self) -> None:
        say, year = self.say, self._year()
        edition = self._edition()
        self._edition_hint.setText(edition_words(edition, say))
        self.make_button.setText(make_words(edition, say))
        self._audience_field.setVisible(edition is Edition.MEETING)
        self._order_field.setVisible(edition in (Edition.PUBLIC, Edition.INTERNAL))
        if year is None:
            self._summary_text.setText(
                say("There is no call for reports yet, and so nothing to compile. Make one under “Call”.")
            )
            self._summary_missing.setText("")
            self.make_button.setEnabled(False)
            self.release_button.setEnabled(False)
            return
        coverage = compiling.coverage(self.context.desk, year)
        self._summary_text.setText(self._what_is_in_it(coverage))
        missing = [unit.names[self.context.language] for unit in coverage.silent]
        self._summary_missing.setText(
            say("Nothing has come from {units}.", units=say.listing(missing)) if missing else say("Everyone has sent.")
        )
        self.make_button.setEnabled(bool(coverage.reporting))
        self.release_button.setEnabled(bool(coverage.reporting))

    @property
    def summary(self) -> str:
        """What is said of the report before it is made."""
        return f"{self._summary_text.text()} {self._summary_missing.text()}".strip()

    @property
    def trouble(self) -> str:
        """What is said where no kind of file is chosen; "" otherwise."""
        return self._no_format.text()

    @property
    def told_of_languages(self) -> str:
        """What is said of the languages of the report that was made."""
        return self._shares.text()

    @property
    def told_of_withheld(self) -> str:
        """What is said of what the public edition withholds."""
        return self._withheld.text()

    def _what_is_in_it(self, coverage: Coverage) -> str:
        say, counts = self.say, coverage.counts()
        if not coverage.reporting:
            return say("No report has come for this year yet. Import the units' reports first.")
        answers = sum(n for state, n in counts.items() if state not in UNANSWERED)
        units = say.plural("{n} unit", "{n} units", len(coverage.reporting))
        commitments = len({number for (_, number), state in coverage.cells.items() if state not in UNANSWERED})
        return say(
            "Answers from {units}, {answers}, on {commitments} of {whole} commitments.",
            units=units, answers=say.plural("{n} answer", "{n} answers", answers),
            commitments=say.number(commitments), whole=say.number(len(coverage.commitments)),
        )  # fmt: skip

    def _year(self) -> Year | None:
        found = self.year.chosen()
        return Year(found) if isinstance(found, int) else None

    # -- making ------------------------------------------------------------------------------------

    def make(self) -> None:
        """Write the report in the folder."""
        year, folder, say = self._year(), self.folder.path, self.say
        formats = self.chosen_formats
        self.folder.show_error("" if folder is not None else say("Choose a folder."))
        self._no_format.setText("" if formats else say("Choose at least one kind of file."))
        self._no_format.setVisible(not formats)
        if year is None or folder is None or not formats:
            return
        language, edition, order = self._language(), self._edition(), Order(str(self.order.chosen()))
        self._made_for, audience = (year, language), str(self.audience.chosen())
        desk = self.context.desk
        self._result.setVisible(False)
        self.make_button.setEnabled(False)
        self.context.quieted.emit()
        self.context.jobs.start(
            lambda progress: compiling.compile_report(
                desk, year, language, edition, folder, formats=formats, order=order, audience=audience,
                progress=progress,
            ),
            owner=self, title=making_words(edition, say), done=self._made, failed=self._on_fault,
        )  # fmt: skip

    # -- releasing ---------------------------------------------------------------------------------

    def check_release(self) -> None:
        """Look at everything first; what is found is asked about."""
        year, say, desk = self._year(), self.say, self.context.desk
        self.folder.show_error("" if self.folder.path is not None else say("Choose a folder."))
        if year is None or self.folder.path is None:
            return
        self.release_button.setEnabled(False)
        self.context.quieted.emit()
        self.context.jobs.start(
            lambda progress: (checklist(desk, year, progress=progress), len(releases(desk, year)) + 1),
            owner=self, title=say("Looking at what is to be released"), done=self._ask_release, failed=self._on_fault,
        )  # fmt: skip

    def _ask_release(self, found: tuple[Checklist, int]) -> None:
        self.release_button.setEnabled(True)
        checked, number = found
        dialog = ReleaseDialog(self, self.say, checked, number, self.context.desk.plan)
        if is_accepted(dialog):
            self._release(checked.year, dialog.accepted_points, dialog.why.text())

    def _release(self, year: Year, accept: tuple[Point, ...], why: str) -> None:
        desk, folder = self.context.desk, self.folder.path
        assert folder is not None, "it was asked for before the list was looked at"

        def work(progress: Progress) -> Released:
            made = release(desk, year, accept=accept, why=why, progress=progress)
            return write_release(desk, year, made.number, folder)

        self.release_button.setEnabled(False)
        self.context.jobs.start(
            work, owner=self, title=self.say("Releasing the report"), done=self._released, failed=self._on_fault
        )  # fmt: skip

    def _released(self, made: Released) -> None:
        say = self.say
        self.release_button.setEnabled(True)
        told = Sentence(
            what=say("Release {number} of the report for {year} is made.", number=made.number, year=str(made.year)),
            kept=say("It lies in {path}.", path=self.folder.path),
            do=say("Its SHA-256 is {digest}.", digest=made.digest),
        )
        self.context.told.emit(told, "success")
        self.context.changed.emit("journal")

    @property
    def chosen_formats(self) -> tuple[Format, ...]:
        """The kinds of file that are ticked."""
        return tuple(form for form, box in self.formats.items() if box.isChecked())

    def _language(self) -> LanguageCode:
        found = self.language.chosen()
        return next((code for code in LANGUAGES if code == found), "nb")

    def _edition(self) -> Edition:
        return Edition(str(self.edition.chosen()))  # Qt hands an enumeration of strings back as a plain string

    def _made(self, compiled: Compiled) -> None:
        say = self.say
        self.make_button.setEnabled(True)
        self._show_result(compiled)
        remember(self.context, compiled.path.parent)
        told = Sentence(
            what=made_words(compiled.edition, say), kept=say("It lies in {path}.", path=compiled.path.parent), do=""
        )
        self.context.told.emit(told, "success")
        self.context.changed.emit("journal")
        self.open_button.setFocus()

    def _show_result(self, compiled: Compiled) -> None:
        say = self.say
        self._compiled = compiled
        self._result_title.setText(made_words(compiled.edition, say).rstrip("."))
        self._path.setText("\n".join(str(file.path) for file in compiled.files))
        units = say.plural("{n} unit", "{n} units", compiled.units)
        answers = say.plural("{n} answer", "{n} answers", compiled.entries)
        self._size.setText(" · ".join((units, answers, say.size(compiled.size))))
        self._shares.setText(shares_sentence(compiled.shares, say))
        self._withheld.setText(withheld_words(compiled, say))
        self.list_button.setVisible(bool(compiled.withheld))
        self._result.setVisible(True)

    def list_withheld(self) -> None:
        """Save the list beside the report; it is for UD alone."""
        if self._compiled is None or self._made_for is None:
            return
        (year, language), say = self._made_for, self.say
        path = self._compiled.path.with_name(f"kfs-{year}-withheld-{language}.xlsx")
        try:
            saved = compiling.list_withheld(self.context.desk, self._compiled, year, language, path)
        except WpsError as fault:
            self.tell(fault)
            return
        told = Sentence(
            what=say("The list of what is withheld is saved, and is for UD alone."),
            kept=say("It lies in {path}.", path=saved),
            do="",
        )
        self.context.told.emit(told, "success")

    def _on_fault(self, fault: WpsError) -> None:
        self.make_button.setEnabled(True)
        self.release_button.setEnabled(True)
        self.tell(fault)

    def open_report(self) -> None:
        """Show the first of the files in the machine's own program for its kind."""
        if self._compiled is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._compiled.path)))

    def open_folder(self) -> None:
        """Show the folder that the report lies in."""
        if self._compiled is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._compiled.path.parent)))

    # -- changing language -------------------------------------------------------------------------

    def place(self) -> object:
        """What was chosen, and the report that was made."""
        return (
            self._year(),
            self._language(),
            self._edition(),
            self.chosen_formats,
            self.order.chosen(),
            self.folder.path,
            self.audience.chosen(),
            (self._compiled, self._made_for),
        )

    def return_to(self, place: object) -> None:
        """Back to a :meth:`place`."""
        if isinstance(place, tuple) and len(place) == 8:
            year, language, edition, formats, order, folder, audience, (compiled, self._made_for) = place
            self.audience.choose(audience)
            self.order.choose(order)
            self.year.choose(year)
            self.language.choose(language)
            self.edition.choose(edition)
            for form, box in self.formats.items():
                box.setChecked(form in formats)
            if isinstance(folder, Path):
                self.folder.show_path(folder)
            if isinstance(compiled, Compiled):
                self._show_result(compiled)
