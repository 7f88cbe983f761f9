"""Every verb that writes, once: on whose desk, what it does, and how one sees that it is done."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Final

from tests.kit import PASSPHRASE, YEAR, Office, WoundClock, answer
from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.files import make_folder
from wpsdesk.base.ids import Digest, UnitCode, Year
from wpsdesk.base.places import logs_folder
from wpsdesk.compilation.formats import Format
from wpsdesk.compilation.sources import Edition
from wpsdesk.desk.answers.drafting import entry, fill, report, save
from wpsdesk.desk.answers.handing_over import hand_over, load_handover, write_card
from wpsdesk.desk.answers.measures import add_measure, measures
from wpsdesk.desk.answers.pseudonyms import keep_pseudonyms, pseudonyms
from wpsdesk.desk.answers.worksheets import write_worksheet
from wpsdesk.desk.arrivals.inbox import inbox, received_report
from wpsdesk.desk.arrivals.proof_sheets import write_proof_sheet
from wpsdesk.desk.arrivals.receiving import PartTaken, Refused, receive, was_held
from wpsdesk.desk.arrivals.verifying import export_trust, open_container, verify
from wpsdesk.desk.call.calling import CallDraft, create_call, load_call, root_fingerprint, write_call, years
from wpsdesk.desk.call.extending import extend, extensions
from wpsdesk.desk.evidence.attaching import Wish, attach
from wpsdesk.desk.evidence.follow_up import attach_follow_up, follow_up_of
from wpsdesk.desk.evidence.opened_copies import open_copy
from wpsdesk.desk.keys.approving import approve
from wpsdesk.desk.keys.enrolling import request
from wpsdesk.desk.keys.people import add_person, people
from wpsdesk.desk.keys.recovering import keep_recovery_apart
from wpsdesk.desk.keys.rooting import keep_root_apart
from wpsdesk.desk.meetings.holding import About, hold, meetings
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk
from wpsdesk.desk.publication.archiving import archive
from wpsdesk.desk.publication.compiling import compile_report
from wpsdesk.desk.publication.covering import Question, write_grid
from wpsdesk.desk.publication.editing import work, write_frame
from wpsdesk.desk.publication.points import Point
from wpsdesk.desk.publication.releasing import release, releases, write_release
from wpsdesk.desk.publication.statistics import look_into, statistics, take_in
from wpsdesk.desk.review.reminding import reminders, write_reminders
from wpsdesk.desk.review.replying import replies, reply
from wpsdesk.desk.review.reviewing import Judgement, decide, review
from wpsdesk.desk.safety.backing_up import backup, backup_in, folder_beside
from wpsdesk.desk.safety.rekeying import change_passphrase, knows, renew_recovery_code
from wpsdesk.desk.submission.dividing import Cut, export_in_parts
from wpsdesk.desk.submission.sending import export, sent_bundles
from wpsdesk.i18n import catalogue
from wpsdesk.logs import report_bug
from wpsdesk.messages import word
from wpsdesk.report.answers import Answers, answers_to_json
from wpsdesk.report.meetings import MeetingKind
from wpsdesk.report.model import Measure
from wpsdesk.report.names import Pseudonym
from wpsdesk.settings import load_settings, save_settings
from wpsdesk.store import evidence
from wpsdesk.store.errors import WrongPassphrase
from wpsdesk.store.keyfile import keys_path

FD: Final = UnitCode("FD")
OTHER: Final = "tyttebær i skogen ved elva"
NEXT: Final = Year(YEAR + 1)
A_NAME: Final = "Amina Yusuf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a verb works: its desk, what came from others (read only), and the disk on which it leaves files."""

    desk: Desk
    given: Path
    out: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One verb. ``work`` may be called again; ``is_done`` looks at the desk and the files."""

    whose: str  # "fd" or "ud"
    work: Callable[[Place], object]
    is_done: Callable[[Place], bool]
    in_steps: bool = False  # keeps what it has done before a fault: several files, each whole or not there


def to_file(whose: str, name: str, work: Callable[[Desk, Path], object]) -> Verb:
    """A verb that leaves one file."""
    return Verb(
        whose=whose,
        work=lambda place: work(place.desk, _fresh(place.out, name)),
        is_done=lambda place: any(one.stat().st_size > 100 for one in place.out.glob(f"*{name}")),
    )


def _fresh(folder: Path, name: str) -> Path:
    """The name, or the first that is free: what is written again does not stand in its own way."""
    number = 0
    while (path := folder / (f"{number}-{name}" if number else name)).exists():
        number += 1
    return path


def _saved(place: Place) -> bool:
    effort = entry(place.desk, YEAR, answer(1).key).effort
    return effort is not None and effort.text == "Skrevet under feilen. " * 60


def _attach(place: Place) -> object:
    return attach(place.desk, YEAR, answer(2).key, [place.given / "photo.bin"], keep_original=True)


def _attached(place: Place) -> bool:
    held = entry(place.desk, YEAR, answer(2).key).evidence
    data = (place.given / "photo.bin").read_bytes()
    return any(b"".join(evidence.read(place.desk.store, one.digest)) == data for one in held)


def _export(place: Place) -> object:
    save(place.desk, YEAR, answer(3, text=f"Innsats {len(sent_bundles(place.desk, YEAR))}."))
    return export(place.desk, YEAR, place.out, approved_by="Ola")


def _exported(place: Place) -> bool:
    return len(sent_bundles(place.desk, YEAR)) > 4 and any(place.out.glob("*.cms"))


def _parts(place: Place) -> object:
    return export_in_parts(place.desk, YEAR, _fresh(place.out, "parts"), Cut(part_size=60_000, with_parity=True))


def _receive(names: str, place: Place) -> None:
    for arrival in receive(place.desk, sorted(place.given.glob(names))):
        match arrival.outcome:
            case Refused(error=error) as refused if not was_held(refused):
                raise error
            case PartTaken(files=files):
                for one in files:
                    match one.outcome:
                        case Refused(error=error) as refused if not was_held(refused):
                            raise error
                        case _:
                            pass
            case _:
                pass


def _decide(place: Place) -> object:
    keys = [one.key for one in review(place.desk, FD, YEAR)]
    return decide(place.desk, FD, YEAR, [Judgement(key=key, is_accepted=False, reason="Hvilket land?") for key in keys])


def _proof(desk: Desk, out: Path) -> None:
    bundle = min((prepared() / "given").glob("fd_*_1.asice.cms"))
    write_proof_sheet(verify(bundle, desk, desk.plan, desk.clock()), out, "nb", desk.clock())


def _approve(place: Place) -> object:
    asked = place.given / "jd-request.asice"
    digits = (place.given / "digits.txt").read_text(encoding="utf-8")
    return approve(place.desk, asked, digits, _fresh(place.out, "jd-certificate.asice.cms"))


def _call(place: Place) -> object:
    if NEXT not in years(place.desk):
        draft = CallDraft(year=NEXT, deadline=date(2028, 3, 1), asked=())
        return create_call(place.desk, draft, _fresh(place.out, "call.asice"))
    return write_call(place.desk, NEXT, _fresh(place.out, "call.asice"))


def _statistics(place: Place) -> object:
    found = RIGHT_AID / "crs.csv"
    return take_in(place.desk, look_into(place.desk, found, YEAR, "Norad", currency="NOK"))


RIGHT_AID: Final = Path(__file__).parents[1] / "vectors" / "aid" / "right"
ABOUT: Final = About(day=date(2027, 1, 20), kind=MeetingKind.RESEARCHERS, subject="Tall", who="PRIO")
FORMS: Final = tuple(Format)


def _release(place: Place) -> object:
    return release(
        place.desk, YEAR, accept=tuple(Point), why="Prøve", languages=("nb",), formats=(Format.PDF, Format.XLSX)
    )


def _write_release(place: Place) -> object:
    if not releases(place.desk, YEAR):
        _release(place)
    return write_release(place.desk, YEAR, 1, _fresh(place.out, "utgitt"))


def _back_up_beside(place: Place) -> object:
    make_folder(folder_beside(place.desk))
    return backup_in(place.desk, folder_beside(place.desk))


def _settings(_place: Place) -> None:
    save_settings(replace(load_settings(), text_size=140))


def _a_log_is_whole() -> bool:
    return all(json.loads(one.read_bytes())["errors"] for one in logs_folder().glob("*.json"))


def _log(place: Place) -> None:
    report_bug(ValueError("x"), place.desk.clock())


VERBS: Final[dict[str, Verb]] = {
    # a unit's desk
    "autosave": Verb(
        whose="fd",
        work=lambda p: save(p.desk, YEAR, answer(1, text="Skrevet under feilen. " * 60)),
        is_done=_saved,
    ),
    "fill": Verb(
        whose="fd",
        work=lambda p: fill(p.desk, (p.given / "answers.json").read_bytes(), YEAR),
        is_done=lambda p: "Fylt inn" in entry(p.desk, YEAR, answer(12).key).effort.text,
    ),
    "attach": Verb(whose="fd", work=_attach, is_done=_attached),
    "follow-up": Verb(
        whose="fd",
        work=lambda p: attach_follow_up(p.desk, YEAR, Wish(given=p.given / "photo.bin", keep_original=True)),
        is_done=lambda p: follow_up_of(p.desk, YEAR).document is not None,
    ),
    "measure": Verb(
        whose="fd",
        work=lambda p: add_measure(p.desk, YEAR, answer(1).key, Measure(title="Nytt eget tiltak")),
        is_done=lambda p: any(one.measure.title == "Nytt eget tiltak" for one in measures(p.desk, YEAR)),
    ),
    "pseudonym": Verb(
        whose="fd",
        work=lambda p: keep_pseudonyms(p.desk, (Pseudonym(real=A_NAME, alias="NN1"),)),
        is_done=lambda p: any(one.real == A_NAME for one in pseudonyms(p.desk)),
    ),
    "export": Verb(whose="fd", work=_export, is_done=_exported, in_steps=True),
    "parts": Verb(whose="fd", work=_parts, is_done=lambda p: len(list(p.out.glob("*parts/*.wpspart"))) > 2),
    "import-reply": Verb(
        whose="fd", work=partial(_receive, "reply.asice.cms"), is_done=lambda p: bool(replies(p.desk, YEAR))
    ),
    "worksheet": to_file(
        "fd",
        "ark.xlsx",
        lambda desk, out: write_worksheet(desk, out, word=partial(word, say=catalogue("nb")), language="nb"),
    ),
    "card": to_file("fd", "kort.json", write_card),
    "handover": Verb(
        whose="fd",
        work=lambda p: hand_over(p.desk, p.given / "card.json", _fresh(p.out, "overlevering.asice.cms"), YEAR),
        is_done=lambda p: any(p.out.glob("*overlevering.asice.cms")),
    ),
    "import-handover": Verb(
        whose="fd",
        work=lambda p: load_handover(p.desk, p.given / "handover.asice.cms"),
        is_done=lambda p: any(one.key == answer(20).key for one in report(p.desk, YEAR).entries),
    ),
    "renewal": to_file("fd", "fornyelse.asice", lambda desk, out: request(desk, "Kari Test", out)),
    "person": Verb(
        whose="fd",
        work=lambda p: people(p.desk) or add_person(p.desk, "Per Ny", OTHER, _fresh(p.out, "per.asice")),
        is_done=lambda p: len(people(p.desk)) == 1,
    ),
    "recovery-apart": to_file("fd", "nødnøkkel.wpskey", lambda desk, out: keep_recovery_apart(desk, out, OTHER)),
    "backup": to_file("fd", "kopi.wpsbackup", backup),
    "backup-beside": Verb(
        whose="fd",
        work=_back_up_beside,
        is_done=lambda p: any(folder_beside(p.desk).glob("*.wpsbackup")),
    ),
    "passphrase": Verb(
        whose="fd",
        work=lambda p: change_passphrase(p.desk, OTHER if opens(p.desk, OTHER) else PASSPHRASE, OTHER),
        is_done=lambda p: opens(p.desk, OTHER) and not opens(p.desk, PASSPHRASE),
    ),
    "code": Verb(
        whose="fd",
        work=lambda p: renew_recovery_code(p.desk, PASSPHRASE),
        is_done=lambda p: opens(p.desk, PASSPHRASE),
    ),
    "settings": Verb(whose="fd", work=_settings, is_done=lambda p: load_settings().text_size == 140),
    "log": Verb(whose="fd", work=_log, is_done=lambda p: _a_log_is_whole()),
    # UD's desk
    "import": Verb(
        whose="ud",
        work=partial(_receive, "fd_*.asice.cms"),
        is_done=lambda p: len(inbox(p.desk)) == len(list(p.given.glob("fd_*.asice.cms"))),
        in_steps=True,
    ),
    "import-parts": Verb(
        whose="ud",
        work=partial(_receive, "parts/*.wpspart"),
        is_done=lambda p: any(row.seq == 4 for row in inbox(p.desk)),
        in_steps=True,
    ),
    "review": Verb(
        whose="ud",
        work=_decide,
        is_done=lambda p: all(one.step > 1 for one in review(p.desk, FD, YEAR)),
    ),
    "reply": to_file("ud", ".asice.cms", lambda desk, out: reply(desk, FD, YEAR, out.parent)),
    "approve": Verb(whose="ud", work=_approve, is_done=lambda p: any(p.out.glob("*jd-certificate.asice.cms"))),
    "call": Verb(whose="ud", work=_call, is_done=lambda p: NEXT in years(p.desk) and any(p.out.glob("*call.asice"))),
    "extend": Verb(
        whose="ud",
        work=lambda p: extend(p.desk, FD, YEAR, date(2027, 5, 1)),
        is_done=lambda p: any(one.until == date(2027, 5, 1) for one in extensions(p.desk, YEAR)),
    ),
    "reminders": Verb(
        whose="ud",
        work=lambda p: write_reminders(p.desk, YEAR, reminders(p.desk, YEAR), p.out / "brev"),
        is_done=lambda p: len(list((p.out / "brev").glob("*.txt"))) > 3,
        in_steps=True,
    ),
    "coverage": to_file(
        "ud", "dekning.xlsx", lambda desk, out: write_grid(desk, Question(years=(YEAR,)), out, replace=True)
    ),
    "proof": to_file("ud", "bevis.pdf", _proof),
    "open": Verb(
        whose="ud",
        work=lambda p: open_container(p.desk, min(p.given.glob("fd_*.asice.cms")), _fresh(p.out, "åpnet.asice")),
        is_done=lambda p: any(p.out.glob("*åpnet.asice")),
    ),
    "trust": to_file("ud", "trust.pem", export_trust),
    "copy": Verb(
        whose="ud",
        work=lambda p: open_copy(p.desk, FD, _evidence_of(p.desk)),
        is_done=lambda p: open_copy(p.desk, FD, _evidence_of(p.desk)).path.stat().st_size == 200_000,
    ),
    "statistics": Verb(whose="ud", work=_statistics, is_done=lambda p: statistics(p.desk, YEAR) is not None),
    "edit": Verb(
        whose="ud",
        work=lambda p: write_frame(p.desk, YEAR, "foreword", "Et forord. " * 100, "nb"),
        is_done=lambda p: bool(work(p.desk, YEAR).editing.frames),
    ),
    "meeting": Verb(
        whose="ud", work=lambda p: hold(p.desk, YEAR, ABOUT), is_done=lambda p: bool(meetings(p.desk, YEAR))
    ),
    "compile": Verb(
        whose="ud",
        work=lambda p: compile_report(p.desk, YEAR, "nb", Edition.PUBLIC, p.out, formats=FORMS),
        is_done=lambda p: (
            len([one for one in p.out.iterdir() if one.is_file() and one.stat().st_size > 1000]) >= len(FORMS)
        ),
        in_steps=True,
    ),
    "release": Verb(whose="ud", work=_release, is_done=lambda p: bool(releases(p.desk, YEAR))),
    "write-release": Verb(
        whose="ud", work=_write_release, is_done=lambda p: any(p.out.glob("*utgitt/*.pdf")), in_steps=True
    ),
    "archive": Verb(
        whose="ud",
        work=lambda p: archive(p.desk, YEAR, _fresh(p.out, "arkiv")),
        is_done=lambda p: any(p.out.glob("*arkiv/verify-all.sh")),
    ),
    "root-apart": to_file("ud", "rot.wpskey", lambda desk, out: keep_root_apart(desk, out, OTHER)),
}


def opens(desk: Desk, words: str) -> bool:
    """Whether the words open the desk."""
    try:
        return knows(desk.store.path, words)
    except WrongPassphrase:
        return False


def _evidence_of(desk: Desk) -> Digest:
    told = received_report(desk, inbox(desk)[-1].digest)
    return next(one.digest for entry in told.entries for one in entry.evidence)


@cache
def prepared() -> Path:
    """Two desks that know each other, closed, and a folder ``given`` with what they may get."""
    folder = Path(tempfile.mkdtemp(prefix="verbs-"))
    office = Office(folder=folder / "office")
    office.folder.mkdir()
    given = folder / "given"
    given.mkdir()
    (given / "photo.bin").write_bytes(bytes(range(256)) * 1200)
    ud = office.ud()
    fd = office.answered(office.enrolled(ud, "FD"), *(answer(number) for number in range(1, 12)))
    paper = office.folder / "referat.bin"
    paper.write_bytes(bytes(200_000))
    attach(fd, YEAR, answer(1).key, [paper], keep_original=True)
    for number in range(3):
        save(fd, YEAR, answer(3, text=f"Utgave {number}."))
        export(fd, YEAR, given, approved_by="Ola")
        office.clock.wind(minutes=5)
    receive(ud, sorted(given.glob("fd_*_1.asice.cms")))
    for one in review(ud, FD, YEAR):
        decide(ud, FD, YEAR, [Judgement(key=one.key, is_accepted=True)])
    shutil.move(reply(ud, FD, YEAR, office.folder).path, given / "reply.asice.cms")
    _from_another_desk(office, ud, fd, given)
    asked = request(_called(office, ud, "JD"), "Kari", given / "jd-request.asice")
    (given / "digits.txt").write_text(asked.fingerprint, encoding="utf-8")
    (given / "answers.json").write_bytes(_answers())
    paths = {"fd": fd.store.path, "ud": ud.store.path}
    export_in_parts(fd, YEAR, given / "parts", Cut(part_size=60_000, with_parity=True))
    office.close()
    for name, path in paths.items():
        shutil.copyfile(path, folder / f"{name}.wpsdesk")
        shutil.copyfile(keys_path(path), folder / f"{name}.wpskeys")
    return folder


def _called(office: Office, ud: Desk, code: str) -> Desk:
    desk = office.desk(code)
    root = root_fingerprint(ud)
    assert root is not None
    load_call(desk, office.call_file, root[0])
    return desk


def _from_another_desk(office: Office, ud: Desk, fd: Desk, given: Path) -> None:
    other = office.enrolled(ud, "FD")
    save(other, YEAR, answer(20, text="Fra den andre."))
    write_card(other, given / "card.json")
    write_card(fd, office.folder / "card.json")
    hand_over(other, office.folder / "card.json", given / "handover.asice.cms", YEAR)


def _answers() -> bytes:
    told = Answers(unit="FD", year=YEAR, are_ready=False, entries=(answer(12, text="Fylt inn."),))
    return canonical_json(answers_to_json(told))


def remove_prepared() -> None:
    """Take away what :func:`prepared` has made."""
    shutil.rmtree(prepared(), ignore_errors=True)
    prepared.cache_clear()


def clock() -> WoundClock:
    """The clock of a desk, a little after everything that has been given was made."""
    found = WoundClock()
    found.wind(hours=1)
    return found


__all__ = ["VERBS", "Place", "Verb", "clock", "close_desk", "prepared", "remove_prepared"]
