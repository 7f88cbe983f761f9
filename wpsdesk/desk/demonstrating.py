"""The whole year with made-up answers: UD, two ministries and two missions, through the same verbs as always."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from wpsdesk import assets
from wpsdesk.base.clock import Clock
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import FileExistsAlready
from wpsdesk.base.files import make_folder, read_file, write_file
from wpsdesk.base.ids import UnitCode, Year
from wpsdesk.compilation.figures import UNANSWERED
from wpsdesk.compilation.sources import Edition
from wpsdesk.desk.answers.drafting import entry, fill, report, save
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.call.calling import CallDraft, create_call, load_call, require_call, root_fingerprint
from wpsdesk.desk.demonstrating_agencies import MINISTRY, gather
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.keys.enrolling import approve, load_certificate, request
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, create_desk, known_unit
from wpsdesk.desk.publication.compiling import Compiled, compile_report, coverage
from wpsdesk.desk.review.replying import reply
from wpsdesk.desk.review.reviewing import Judgement, decide, review
from wpsdesk.desk.submission.sending import Exported, export
from wpsdesk.evidence.specimens import make_specimens
from wpsdesk.i18n import N_
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import Plan, Unit
from wpsdesk.report.call import asked_from, guidance_from
from wpsdesk.report.model import AccessScope, EntryKey, Status
from wpsdesk.report.questions import questions_from

YEAR: Final = Year(2026)
WHERE_THE_WORDS_LIE: Final = "passphrase.txt"
WORDS: Final = (
    "fjell", "havn", "lykt", "bro", "elv", "skog", "vinter", "brev", "stol", "kart", "seil", "korn", "mur", "torg",
    "vind", "egg",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that has happened: a message id with the values of its places, and where the result lies.

    A value that is Names is to be shown in the reader's language.
    """

    message: str
    values: Mapping[str, object]
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstrated:
    """Where everything lies when the year is over."""

    folder: Path
    stores: tuple[Path, ...]
    passphrase_file: Path
    report: Compiled


Tell = Callable[[Step], None]


def run(folder: Path, clock: Clock, tell: Tell) -> Demonstrated:
    """Go through the year in ``folder``, which is made, and must be empty if it is there.

    Raises FileExistsAlready, FileUnwritable, DiskFull.
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise FileExistsAlready(path=folder)
    return Play(folder=folder, clock=clock, tell=tell, plan=load_plan()).whole_year()


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """The year as it is played in ``folder``, as far as it is asked to go."""

    folder: Path
    clock: Clock
    tell: Tell
    plan: Plan

    def whole_year(self) -> Demonstrated:
        """1 the passphrase, 2 UD's call, 3 the units, an agency, 4 receiving, 5 review, a correction, 6 the report."""
        self._make_folders()
        passphrase = " ".join(secrets.choice(WORDS) for _ in range(5))
        write_file(self.folder / WHERE_THE_WORDS_LIE, f"{passphrase}\n".encode())
        with ExitStack() as open_desks:
            ud = self._desk(known_unit(self.plan, "UD"), passphrase, open_desks)
            call = self._call(ud)
            sent: list[tuple[Desk, Exported]] = []
            missions = (asked.unit for asked in self._draft().asked)
            for unit in (*self._ministries(), *missions):
                desk = self._desk(unit, passphrase, open_desks)
                self._enrol(ud, desk, call)
                self._fill(desk)
                if unit.code == MINISTRY:
                    gather(desk, YEAR, self.folder, lambda u: self._desk(u, passphrase, open_desks), self._said)
                sent.append((desk, self._send(desk)))
            for _, exported in sent:
                self._receive(ud, exported)
            for desk, _ in sent:
                self._review(ud, desk)
            compiled = self._compile(ud)
        return Demonstrated(
            folder=self.folder,
            stores=tuple(sorted((self.folder / "stores").glob("*.wpsdesk"))),
            passphrase_file=self.folder / WHERE_THE_WORDS_LIE,
            report=compiled,
        )

    def midyear(self, units: Sequence[str], judged: Sequence[str], passphrase: str) -> Path:
        """A year in its middle: ``units`` have reported to UD, which has judged what ``judged`` say; UD's store."""
        self._make_folders()
        with ExitStack() as open_desks:
            ud = self._desk(known_unit(self.plan, "UD"), passphrase, open_desks)
            call = self._call(ud)
            asked = {unit.code: unit for unit in (*self._ministries(), *(one.unit for one in self._draft().asked))}
            for code in units:
                desk = self._desk(asked[UnitCode(code)], passphrase, open_desks)
                self._enrol(ud, desk, call)
                self._fill(desk)
                self._receive(ud, self._send(desk))
                if code in judged:
                    self._review(ud, desk, corrects=False)
            return ud.store.path

    def _make_folders(self) -> None:
        for name in ("", "stores", "bundles", "evidence", "reports"):
            make_folder(self.folder / name)

    def _said(self, message: str, path: Path, **values: object) -> None:
        self.tell(Step(message=message, values=values, path=path))

    def _ministries(self) -> tuple[Unit, ...]:
        return known_unit(self.plan, "FD"), known_unit(self.plan, "JD")

    def _desk(self, unit: Unit, passphrase: str, open_desks: ExitStack) -> Desk:
        path = self.folder / "stores" / f"{unit.code.lower()}.wpsdesk"
        desk = create_desk(path, unit, passphrase, clock=self.clock).desk
        open_desks.callback(close_desk, desk)
        self._said(N_("{unit} has an encrypted desk."), path, unit=unit.names)
        return desk

    def _call(self, ud: Desk) -> Path:
        path = self.folder / "bundles" / "bestilling.asice"
        made = create_call(ud, self._draft(), path)
        self._said(N_("UD has called for reports from {n} units on {year}."), path, n=len(made.asked), year=YEAR)
        return path

    def _draft(self) -> CallDraft:
        """The made-up call; its deadline is moved on when the real one is past."""
        told = load_json(read_file(assets.resource("demo", "call.json"), limit=1 << 20), limit=1 << 20)
        return CallDraft(
            year=YEAR,
            deadline=max(told.get("deadline").date(), self.clock().date() + timedelta(days=30)),
            guidance=told.get("guidance").tuple_of(lambda r: guidance_from(r, self.plan), at_most=100),
            asked=told.get("missions").tuple_of(lambda r: asked_from(r, self.plan), at_most=100),
            questions=questions_from(told.get("questions"), self.plan),
        )

    def _enrol(self, ud: Desk, desk: Desk, call: Path) -> None:
        bundles, code = self.folder / "bundles", desk.unit.code.lower()
        root = root_fingerprint(ud)
        assert root is not None
        load_call(desk, call, root[0])
        asked = request(desk, desk.unit.names.nb, bundles / f"{code}-foresporsel.asice")
        issued = approve(ud, asked.path, asked.fingerprint, bundles / f"{code}-sertifikat.asice.cms")
        load_certificate(desk, issued.path)
        self._said(N_("{unit} has compared the digits and got its certificate."), issued.path, unit=desk.unit.names)

    def _fill(self, desk: Desk) -> None:
        code = desk.unit.code
        answers = read_file(assets.resource("demo", f"answers-{code}.json"), limit=1 << 22)
        filled = fill(desk, answers, YEAR)
        folder = self.folder / "evidence" / code.lower()
        make_folder(folder)
        told = report(desk, YEAR).entries
        key = next(
            e.key for e in told if e.status is not Status.NOTHING_TO_REPORT and e.access.scope is AccessScope.OPEN
        )
        files = make_specimens(folder, desk.unit.names.nb, YEAR)
        attach(desk, YEAR, key, files)
        self._said(
            N_("{unit} has answered {n} times and attached {files} files."),
            folder,
            unit=desk.unit.names,
            n=len(filled.keys),
            files=len(files),
        )

    def _send(self, desk: Desk) -> Exported:
        sent = export(desk, YEAR, self.folder / "bundles", approved_by=desk.unit.names.nb)
        self._said(
            N_("{unit} has signed and sealed its report: {size} bytes."),
            sent.path,
            unit=desk.unit.names,
            size=sent.size,
        )
        return sent

    def _receive(self, ud: Desk, exported: Exported) -> None:
        got = receive_one(ud, exported.path)
        assert isinstance(got, Received)
        self._said(
            N_("UD has opened and verified the report from {unit}: {n} answers, {files} files."),
            exported.path,
            unit=got.unit,
            n=got.entries,
            files=got.files,
        )

    def _review(self, ud: Desk, desk: Desk, *, corrects: bool = True) -> None:
        """Accept a unit's answers, save one where there is something to ask; the unit corrects it where it has more."""
        told = load_json(read_file(assets.resource("demo", "review.json"), limit=1 << 20), limit=1 << 20)
        officer, code = told.get("officer").line(), desk.unit.code
        first, *others = (each.key for each in review(ud, code, YEAR))
        judgements = [Judgement(key=key, is_accepted=True) for key in others]
        asks = told.maybe(code, lambda r: (r.get("reason").text(), r.get("days").integer(1, 365)))
        if asks is None:
            judgements.append(Judgement(key=first, is_accepted=True))
        else:
            reason, days = asks
            by = self.clock().date() + timedelta(days=days)
            judgements.append(Judgement(key=first, is_accepted=False, reason=reason, answer_by=by))
        decide(ud, code, YEAR, judgements, officer=officer)
        self._answer(ud, desk, accepted=len(others) + (asks is None), returned=0 if asks is None else 1)
        correction = told.maybe(code, lambda r: r.maybe("correction", lambda c: c.text()))
        if corrects and correction is not None:
            self._correct(ud, desk, first, correction)
            decide(ud, code, YEAR, (Judgement(key=first, is_accepted=True),), officer=officer)
            self._answer(ud, desk, accepted=1, returned=0)

    def _answer(self, ud: Desk, desk: Desk, *, accepted: int, returned: int) -> None:
        receipt = reply(ud, desk.unit.code, YEAR, self.folder / "bundles")
        receive_one(desk, receipt.path)
        self._said(
            N_("UD has accepted {n} answers from {unit}, returned {returned}, and written the receipt."),
            receipt.path,
            n=accepted,
            returned=returned,
            unit=desk.unit.code,
        )

    def _correct(self, ud: Desk, desk: Desk, key: EntryKey, correction: str) -> None:
        before = entry(desk, YEAR, key)
        effort = replace(before.effort, text=f"{before.effort.text}\n\n{correction}")
        save(desk, YEAR, replace(before, effort=effort))
        sent = export(desk, YEAR, self.folder / "bundles", approved_by=desk.unit.names.nb, only_changes=True)
        got = receive_one(ud, sent.path)
        assert isinstance(got, Received)
        self._said(
            N_("{unit} has corrected what was returned and sent only that: {size} bytes."),
            sent.path,
            unit=desk.unit.names,
            size=sent.size,
        )

    def _compile(self, ud: Desk) -> Compiled:
        found = coverage(ud, YEAR).counts()
        total = sum(found.values())
        missing = sum(count for state, count in found.items() if state in UNANSWERED)
        self._said(
            N_("Coverage: {answered} of {total} answers have come; {units} units are asked."),
            ud.store.path,
            answered=total - missing,
            total=total,
            units=len(require_call(ud, YEAR).asked),
        )
        compiled = compile_report(ud, YEAR, "nb", Edition.PUBLIC, self.folder / "reports")
        self._said(
            N_("The annual report is compiled from {units} units and {n} answers."),
            compiled.path,
            units=compiled.units,
            n=compiled.entries,
        )
        return compiled
