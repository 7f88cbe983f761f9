"""What leaves UD's desk for others to check: the archive of a year, the trust file, a unit's own report back."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.base.progress import Progress
from wpsdesk.desk.arrivals.inbox import inbox
from wpsdesk.desk.arrivals.verifying import export_trust
from wpsdesk.desk.publication.archive_loading import ArchiveLoaded, is_root_known, load_archive
from wpsdesk.desk.publication.archive_reading import ReadArchive, read_archive
from wpsdesk.desk.publication.archiving import Archived, archive
from wpsdesk.desk.review.replying import Replied, reply
from wpsdesk.messages.archive_words import not_in_it
from wpsdesk.ui import choosing
from wpsdesk.ui.authority.archive_dialog import ArchiveDialog
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice, button, row
from wpsdesk.ui.fields import Field
from wpsdesk.ui.flow import flow
from wpsdesk.ui.trust.section import Section


class AuditingSection(Section):
    """A card for each."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self.year = Choice(say("Year"))
        self.unit = Choice(say("Unit"))
        self.with_files = QCheckBox(say("Let the files ride along too"))
        self.load_button = button(say("Take in an archive"), self.load)
        self.archive_button = button(say("Write the archive"), self.archive)
        self.trust_button = button(say("Write the trust file"), self.export_trust)
        self.look_button = button(say("Look at a file"), self._look)
        self.back_button = button(say("Give the report back"), self.give_back)
        self.inside.addWidget(
            self.headed(
                say("Archive of a year"),
                say(
                    "Every report with UD's signed note of its import, UD's decisions and internal notes, the releases,"
                    " and a script that checks it all with openssl in ten years. The archive is not sealed: anyone who"
                    " has it can read it. It can be taken in again on a desk that has nothing of its year."
                ),
                _left(Field(say("Year"), self.year)), flow(self.load_button, self.archive_button, is_right=True),
            )
        )  # fmt: skip
        self.inside.addWidget(
            self.headed(
                say("For auditors"),
                say(
                    "The trust file holds root, chain and lists of revoked certificates, and nothing secret. “Look at a"
                    " file” opens the seal of a report, so that it can be checked with other programs."
                ),
                flow(self.look_button, self.trust_button, is_right=True),
            )
        )
        self.inside.addWidget(
            self.headed(
                say("Give a unit its own report back"),
                say("For a unit that has lost its machine. The reply is sealed to the unit's own desks."),
                _left(Field(say("Unit"), self.unit)), self.with_files, flow(self.back_button, is_right=True),
            )
        )  # fmt: skip

    def refresh(self) -> None:
        """The years and units from which something has come."""
        rows, year, unit = inbox(self.context.desk), self.year.chosen(), self.unit.chosen()
        years = sorted({found.year for found in rows}, reverse=True)
        self.year.offer([(found, str(found)) for found in years])
        self.year.choose(year if year in years else next(iter(years), None))
        pairs = sorted({(found.unit, found.year) for found in rows}, key=lambda pair: (-pair[1], pair[0]))
        self.unit.offer([(pair, f"{pair[0]} {pair[1]}") for pair in pairs])
        self.unit.choose(unit if unit in pairs else next(iter(pairs), None))
        self.archive_button.setEnabled(bool(years))
        self.back_button.setEnabled(bool(pairs))

    def archive(self) -> None:
        """Ask where the archive is to lie, and write it; it can be stopped, and is then not there at all."""
        say, desk, year = self.say, self.context.desk, self.year.chosen()
        if not isinstance(year, int):
            return
        folder = choosing.folder(self, say("Folder for the archive"), self.folder)
        if folder is None:
            return
        self.context.remember(last_folder=folder)
        out = folder / f"arkiv-{year}"

        def work(progress: Progress) -> Archived:
            return archive(desk, Year(year), out, progress=progress)

        self.run(work, say("Writing the archive for {year}", year=year), self._archived)

    def _archived(self, made: Archived) -> None:
        say = self.say
        bundles = say.plural("{n} bundle", "{n} bundles", made.submissions)
        what = say(
            "The archive for {year} is written to {file}: {bundles}, {size}.",
            year=made.year, file=made.path, bundles=bundles, size=say.size(made.size),
        )  # fmt: skip
        self.succeed(what, do=say("It is not sealed: anyone who has it can read it all. To check it: sh verify-all.sh"))

    def load(self) -> None:
        """Ask which folder it is, look it through, and ask whether it is to be taken in."""
        folder = choosing.folder(self, self.say("The archive's folder"), self.folder)
        if folder is None:
            return
        self.context.remember(last_folder=folder)

        def look(progress: Progress) -> ReadArchive:
            return read_archive(folder, progress=progress)

        self.run(look, self.say("Looking the archive through"), self._looked_through)

    def _looked_through(self, found: ReadArchive) -> None:
        desk = self.context.desk
        dialog = ArchiveDialog(self, self.say, found, is_known=is_root_known(desk, found))

        def work(progress: Progress) -> ArchiveLoaded:
            return load_archive(desk, found.path, found.trust.root_fingerprint, progress=progress)

        dialog.works(self.context.jobs, work)
        if self.asked(dialog) and isinstance(dialog.result_of_work, ArchiveLoaded):
            self._loaded(dialog.result_of_work)

    def _loaded(self, made: ArchiveLoaded) -> None:
        say = self.say
        bundles = say.plural("{n} bundle", "{n} bundles", made.submissions)
        what = say("The archive for {year} is taken in: {bundles}.", year=made.year, bundles=bundles)
        self.context.changed.emit("call")
        self.refresh()
        self.succeed(what, do="" if made.is_own_root else not_in_it(say))

    def export_trust(self) -> None:
        """Ask where the trust file is to lie, and write it."""
        say, desk = self.say, self.context.desk
        kinds = say("Trust files ({pattern})", pattern="*.pem")
        out = choosing.new_file(self, say("Write the trust file"), self.folder / "trust.pem", kinds=kinds)
        if out is not None:
            told = say("Root, chain and revocation lists are written to {file}, for auditors.", file=out)
            self.run(lambda _p: export_trust(desk, out), say("Writing"), lambda _none: self.succeed(told))

    def _look(self) -> None:
        self.context.asked.emit("look", None)

    def give_back(self) -> None:
        """Ask where the reply is to lie, and let the unit's last report ride along in it."""
        say, desk, chosen, has_files = self.say, self.context.desk, self.unit.chosen(), self.with_files.isChecked()
        if not isinstance(chosen, tuple):
            return
        unit, year = UnitCode(chosen[0]), Year(chosen[1])
        name = f"tilbake_{unit.lower()}_{year}.asice.cms"
        out = choosing.new_file(
            self, say("Where the reply is to lie"), self.folder / name, kinds=say("Bundles") + " (*.cms)"
        )
        if out is None:
            return

        def work(progress: Progress) -> Replied:
            return reply(desk, unit, year, out, gives_back=True, with_evidence=has_files, progress=progress)

        self.run(work, say("Writing the reply"), self._given)

    def _given(self, made: Replied) -> None:
        say = self.say
        self.remember(made.path)
        what = say("The last report of {unit} rides along in {file}.", unit=made.reply.unit, file=made.path)
        self.succeed(what, do=say("Send it to the unit, which opens it on its desk."))


def _left(field: Field) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(field, None))
    return holder
