"""Reminders: for each unit a text ready to mail, in its language, with what is missing and what has been returned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wpsdesk.base.decoding import load_json
from wpsdesk.base.files import make_folder, write_file
from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode, Year
from wpsdesk.compilation.terms import country_name
from wpsdesk.desk.call.calling import require_call
from wpsdesk.desk.call.calling_errors import NotAsked
from wpsdesk.desk.call.extending import deadlines_in
from wpsdesk.desk.model import LIMIT, Desk, called, caller_of, require_gathering
from wpsdesk.desk.review.reviewing import Returned, returned
from wpsdesk.i18n import Catalogue, catalogue
from wpsdesk.plan.model import LANGUAGES, LanguageCode, Plan, Unit
from wpsdesk.report.call import Asked, Call
from wpsdesk.report.checks import asked_keys
from wpsdesk.report.codec import report_from
from wpsdesk.report.model import NARRATIVE, EntryKey
from wpsdesk.store.journal import note
from wpsdesk.store.submissions import latest, report_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A mail that is ready to go. It names commitments and dates, never a word of an answer."""

    unit: Unit
    language: LanguageCode
    subject: str
    text: str
    deadline: date
    is_late: bool
    missing: tuple[EntryKey, ...]
    returned: tuple[EntryKey, ...]


def reminders(
    desk: Desk, year: Year, units: Collection[UnitCode] = (), *, language: LanguageCode | None = None
) -> tuple[Reminder, ...]:
    """A reminder for every unit that owes something, in the call's order; with ``units`` only for those.

    It is written in ``language``, or where None in the one that the unit itself writes in. Raises OnlyTheAuthority,
    NoCall, NoCallFor, NotAsked.
    """
    from wpsdesk.desk.publication.compiling import answer_states  # a reporter's desk reads this module as well

    require_gathering(desk)
    call = require_call(desk, year)
    for code in units:
        if call.asked_of(code) is None:
            raise NotAsked(unit=code, year=year)
    come: dict[UnitCode, set[EntryKey]] = {}
    for row in answer_states(desk, year):
        come.setdefault(row.unit, set()).add(EntryKey(row.commitment, row.country))
    back = returned(desk, year)
    writes = {} if language is not None else _languages(desk, year)
    today = desk.clock().date()
    with desk.store.read() as tx:
        until = deadlines_in(tx, call)
    found: list[Reminder] = []
    for asked in call.asked:
        code = asked.unit.code
        if (units and code not in units) or code == desk.unit.code:
            continue
        spoken = language or writes.get(code, "nb")
        owed = _Owed(
            plan=desk.plan,
            call=call,
            unit=asked.unit,
            missing=_owed(asked, come.get(code, set())),
            returned=tuple(one for one in back if one.unit == code and one.is_told),
            deadline=until[code],
            is_late=until[code] < today,
            say=catalogue(spoken).afresh(called(caller_of(desk))),
            language=spoken,
        )
        if owed.missing or owed.returned:
            found.append(_reminder(owed))
    return tuple(found)


def write_reminders(desk: Desk, year: Year, written: Collection[Reminder], folder: Path) -> tuple[Path, ...]:
    """Write each reminder as a text of its own in ``folder``; one of the same unit and year is replaced.

    Raises OnlyTheAuthority, FileUnwritable, DiskFull.
    """
    require_gathering(desk)
    make_folder(folder)
    paths = []
    for one in written:
        path = folder / f"paaminnelse_{one.unit.code}_{year}.txt"
        write_file(path, f"{one.subject}\n\n{one.text}\n".encode(), replace=True)
        paths.append(path)
    with desk.store.write() as tx:
        for one in written:
            note(tx, "reminded", who=desk.unit.code, now=desk.clock(), about=f"{one.unit.code}/{year}")
    return tuple(paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owed:
    """What one unit owes, and in which words it is told."""

    plan: Plan
    call: Call
    unit: Unit
    missing: tuple[EntryKey, ...]
    returned: tuple[Returned, ...]
    deadline: date  # the call's, or the later one that the unit has been given
    is_late: bool
    say: Catalogue
    language: LanguageCode

    def named(self, number: CommitmentNumber) -> str:
        """``  7  Tiltakets tittel``."""
        return f"  {number}  {self.plan.commitment(number).titles[self.language]}"


def _owed(asked: Asked, come: set[EntryKey]) -> tuple[EntryKey, ...]:
    whole = {key.commitment for key in come if key.country is None}
    return tuple(key for key in asked_keys(asked) if key not in come and key.commitment not in whole)


def _reminder(owed: _Owed) -> Reminder:
    say, call = owed.say, owed.call
    lines = [say("To {unit}", unit=owed.unit.names[owed.language]), "", *_missing_lines(owed), *_returned_lines(owed)]
    if owed.missing:
        lines.append(
            say("If there is nothing to report on a commitment, choose “Nothing to report” and say why in a sentence.")
        )
    return Reminder(
        unit=owed.unit,
        language=owed.language,
        subject=say("Reminder: women, peace and security, report for {year}", year=call.year),
        text="\n".join(lines).rstrip(),
        deadline=owed.deadline,
        is_late=owed.is_late,
        missing=owed.missing,
        returned=tuple(one.key for one in owed.returned),
    )


def _missing_lines(owed: _Owed) -> Iterator[str]:
    if not owed.missing:
        return
    say, day = owed.say, owed.say.date(owed.deadline)
    yield (
        say("The deadline for the report was {day}. These answers have not come:", day=day)
        if owed.is_late
        else say("The deadline for the report is {day}. These answers have not come yet:", day=day)
    )
    for number, codes in _by_commitment(owed.missing).items():
        places = [country_name(owed.plan, owed.call, say, owed.language, code) for code in codes]
        yield owed.named(number) + (f" ({say.listing(places)})" if places else "")
    yield ""


def _returned_lines(owed: _Owed) -> Iterator[str]:
    """No country and no reason: of a restricted answer neither belongs in an open mail. The reply has both."""
    if not owed.returned:
        return
    say = owed.say
    due: dict[CommitmentNumber, date | None] = {}
    for one in owed.returned:
        number = one.key.commitment
        due[number] = min(filter(None, (due.get(number), one.answer_by)), default=None)
    yield say("These answers have been returned and have not come back:")
    for number, day in due.items():
        yield owed.named(number) + (f", {say('due {day}', day=say.date(day))}" if day else "")
    yield say("What is asked for stands in the reply that you have received from UD. Load it at your desk.")
    yield ""


def _by_commitment(keys: tuple[EntryKey, ...]) -> Mapping[CommitmentNumber, list[CountryCode]]:
    found: dict[CommitmentNumber, list[CountryCode]] = {}
    for key in keys:
        found.setdefault(key.commitment, []).extend([] if key.country is None else [key.country])
    return found


def _languages(desk: Desk, year: Year) -> Mapping[UnitCode, LanguageCode]:
    """The language that each unit wrote most of its last report in, of this year or the one before."""
    found: dict[UnitCode, LanguageCode] = {}
    for each in (Year(year - 1), year):
        with desk.store.read() as tx:
            held = [(arrived.unit, report_bytes(tx, arrived.digest)) for arrived in latest(tx, each)]
        for unit, data in held:
            if data is None:
                continue
            words: Counter[LanguageCode] = Counter()
            for entry in report_from(load_json(data, limit=LIMIT), desk.plan).entries:
                for passage in (entry.passage(field) for field in NARRATIVE):
                    words[passage.language] += len(passage.text.split())
            if words.total():
                found[unit] = max(LANGUAGES, key=lambda code: words[code])
    return found
