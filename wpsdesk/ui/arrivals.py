"""Files that come in: received on the worker, and for each a sentence on what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from wpsdesk import messages
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.desk import receiving
from wpsdesk.desk.calling import CallLoaded
from wpsdesk.desk.enrolling import Enrolled, Pending
from wpsdesk.desk.receiving import Arrival, Received, Refused
from wpsdesk.desk.replying import ReplyLoaded
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import Sentence
from wpsdesk.ui.context import Context


def receive(context: Context, owner: QObject, paths: tuple[Path, ...]) -> None:
    """Take in the files, tell what came of them, and let the pages know what has changed."""
    desk = context.desk

    def work(progress: Progress) -> tuple[Arrival, ...]:
        return receiving.receive(desk, paths, progress=progress)

    def done(arrivals: tuple[Arrival, ...]) -> None:
        _tell(context, arrivals)

    def failed(fault: WpsError) -> None:
        if not isinstance(fault, Cancelled):
            context.told.emit(messages.sentence(fault, context.say), "danger")

    title = context.say.plural("Reading {n} file", "Reading {n} files", len(paths))
    context.jobs.start(work, owner=owner, title=title, done=done, failed=failed)


def _tell(context: Context, arrivals: tuple[Arrival, ...]) -> None:
    for what in dict.fromkeys(kind for arrival in arrivals if (kind := changed_by(arrival)) is not None):
        context.changed.emit(what)
    if not arrivals:
        text = context.say("There was no bundle in the folder. Bundles end in .asice or .cms.")
        context.told.emit(Sentence(what=text, kept="", do=""), "info")
        return
    refused = [a for a in arrivals if isinstance(a.outcome, Refused)]
    found = [arrival_sentence(arrival, context.say) for arrival in arrivals]
    first, rest = found[0], " ".join(str(sentence) for sentence in found[1:])
    if rest:
        first = Sentence(what=str(first), kept=rest, do="")
    kind = "success" if not refused else "danger" if len(refused) == len(arrivals) else "warning"
    context.told.emit(first, kind)


def changed_by(arrival: Arrival) -> str | None:
    """Which of :attr:`Context.changed` an arrival stands for, or None."""
    match arrival.outcome:
        case CallLoaded():
            return "call"
        case Enrolled():
            return "certificate"
        case ReplyLoaded():
            return "replies"
        case Received():
            return "submissions"
        case Pending():
            return "units"
        case Refused():
            return None


def arrival_sentence(arrival: Arrival, say: Catalogue) -> Sentence:
    """What came of one file."""
    name = arrival.path.name
    match arrival.outcome:
        case CallLoaded(call=call, was_compared=was_compared):
            what = say(
                "The call for {year} is loaded. The deadline is {day}.", year=call.year, day=say.date(call.deadline)
            )
            do = "" if was_compared else say("Now compare UD's fingerprint by telephone, under Set-up.")
            return Sentence(what=what, kept="", do=do)
        case Enrolled(not_after=until):
            what = say("The certificate is loaded. This desk can sign until {day}.", day=say.date(until.date()))
            return Sentence(what=what, kept="", do="")
        case ReplyLoaded(reply=reply):
            return Sentence(
                what=reply_words(reply.year, None if reply.about is None else reply.about.seq, say), kept="", do=""
            )
        case Received(unit=unit, year=year, seq=seq):
            what = say("Report no. {seq} for {year} from {unit} is received.", seq=seq, year=year, unit=unit)
            return Sentence(what=what, kept="", do="")
        case Pending(unit_name=unit_name):
            what = say("{unit} asks for a certificate. Compare the fingerprint before you approve it.", unit=unit_name)
            return Sentence(what=what, kept="", do="")
        case Refused(error=fault):
            found = messages.sentence(fault, say)
            return Sentence(what=f"{name}: {found.what}", kept=found.kept, do=found.do)


def reply_words(year: int | None, seq: int | None, say: Catalogue) -> str:
    """What a reply says, in short."""
    if year is None or seq is None:
        return say("A reply from UD is loaded.")
    return say("UD has received report no. {seq} for {year}. The receipt is loaded.", seq=seq, year=year)
