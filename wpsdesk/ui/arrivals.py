"""Files that come in: received on the worker, and for each a sentence on what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from wpsdesk import messages
from wpsdesk.base.errors import Cancelled, WpsError
from wpsdesk.base.progress import Progress
from wpsdesk.desk.answers.handing_over import HandoverLoaded
from wpsdesk.desk.arrivals import receiving
from wpsdesk.desk.arrivals.assembling import KeptPart
from wpsdesk.desk.arrivals.keeping import Received
from wpsdesk.desk.arrivals.receiving import Arrival, PartTaken, Refused, warnings_of
from wpsdesk.desk.call.calling import CallLoaded
from wpsdesk.desk.keys.enrolling import Enrolled, Pending
from wpsdesk.desk.review.replying import ReplyLoaded
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import Sentence
from wpsdesk.messages.call_words import changes_sentence
from wpsdesk.messages.choices import chosen_words
from wpsdesk.messages.merging import merged_words
from wpsdesk.report.reply import Note, Reply
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
    context.hear_call()
    if (pending := next((a.outcome for a in arrivals if isinstance(a.outcome, Pending)), None)) is not None:
        context.asked.emit("agencies", ("units", pending))  # reports come to a unit's own desk there alone
    if not arrivals:
        text = context.say("There was no bundle in the folder. Bundles end in .asice or .cms.")
        context.told.emit(Sentence(what=text, kept="", do=""), "info")
        return
    refused = [a for a in arrivals if isinstance(a.outcome, Refused)]
    found = [arrival_sentence(arrival, context.say) for arrival in arrivals]
    first, rest = found[0], " ".join((*(str(sentence) for sentence in found[1:]), *_warnings(context, arrivals)))
    if rest:
        first = Sentence(what=str(first), kept=rest, do="")
    is_done = not refused and not any(_waits(arrival) for arrival in arrivals)
    kind = "success" if is_done else "danger" if len(refused) == len(arrivals) else "warning"
    context.told.emit(first, kind)


def _warnings(context: Context, arrivals: tuple[Arrival, ...]) -> tuple[str, ...]:
    """Each thing once that did not stand in the way, and should be known."""
    found = (
        messages.warning_sentence(each, context.say, is_authority=context.desk.is_authority)
        for arrival in arrivals
        for each in warnings_of(arrival.outcome)
    )
    return tuple(dict.fromkeys(found))


def changed_by(arrival: Arrival) -> str | None:
    """Which of :attr:`Context.changed` an arrival stands for, or None."""
    match arrival.outcome:
        case CallLoaded() | HandoverLoaded():  # the drafts may be others: everything is read again
            return "call"
        case Enrolled():
            return "certificate"
        case ReplyLoaded(restored=restored):
            return "replies" if restored is None else "call"
        case Received() | PartTaken():
            return "submissions"
        case Pending():
            return "units"
        case Refused():
            return None


def arrival_sentence(arrival: Arrival, say: Catalogue) -> Sentence:
    """What came of one file."""
    match arrival.outcome:
        case CallLoaded(call=call, was_compared=was_compared, changes=changes):
            what = say(
                "The call for {year} is loaded. The deadline is {day}.", year=call.year, day=say.date(call.deadline)
            )
            do = "" if was_compared else say("Now compare UD's fingerprint by telephone, under Set-up.")
            return Sentence(what=what, kept=changes_sentence(changes, say), do=do)
        case Enrolled(not_after=until):
            what = say("The certificate is loaded. This desk can sign until {day}.", day=say.date(until.date()))
            return Sentence(what=what, kept="", do="")
        case ReplyLoaded() | HandoverLoaded() as loaded:
            return loaded_sentence(loaded, say)
        case Received(unit=unit, year=year, seq=seq):
            found = Sentence(
                what=say("Report no. {seq} for {year} from {unit} is received.", seq=seq, year=year, unit=unit),
                kept="",
                do="",
            )
        case PartTaken(part=part):
            found = part_sentence(part, say)
        case Pending(unit_name=unit_name):
            what = say("{unit} asks for a certificate. Compare the fingerprint before you approve it.", unit=unit_name)
            return Sentence(what=what, kept="", do="")
        case Refused(error=fault):
            told = messages.sentence(fault, say)
            found = Sentence(what=f"{arrival.path.name}: {told.what}", kept=told.kept, do=told.do)
    return found


def part_sentence(part: KeptPart, say: Catalogue) -> Sentence:
    """That a part is kept, and how many are missing."""
    missing = len(part.missing)
    do = say.plural("{n} part is still missing.", "{n} parts are still missing.", missing) if missing else ""
    return Sentence(what=say("A part of {count} is kept.", count=part.count), kept="", do=do)


def loaded_sentence(loaded: ReplyLoaded | HandoverLoaded, say: Catalogue) -> Sentence:
    """What a reply says, or what has been taken over from UD or another desk of the unit."""
    merged = loaded.merged if isinstance(loaded, HandoverLoaded) else loaded.restored
    if isinstance(loaded, ReplyLoaded) and merged is None:
        about, returned = loaded.reply.about, sum(not verdict.is_accepted for verdict in loaded.reply.verdicts)
        waits = say.plural(
            "UD has returned {n} answer. What UD writes stands under Overview and Send.",
            "UD has returned {n} answers. What UD writes stands under Overview and Send.",
            returned,
        )
        what = reply_words(loaded.reply.year, None if about is None else about.seq, say)
        reply, told = loaded.reply, [waits] if returned else []
        if reply.extended_to is not None:
            told.append(say("You have time until {day}.", day=say.date(reply.extended_to)))
        if _lacks(reply):
            told.append(say("UD has not got all of it. What is missing stands under Overview and Send."))
        told += [chosen_words(each, say) for each in reply.chosen]
        return Sentence(what=what, kept="", do=" ".join(told))
    assert merged is not None
    do = say("Choose under Set-up, Two desks.") if merged.both_kept else ""
    words = merged_words(merged, say)
    if isinstance(loaded, HandoverLoaded) or loaded.reply.about is None:
        return Sentence(what=words, kept="", do=do)
    about, year = loaded.reply.about, loaded.reply.year
    what = say("UD has given report no. {seq} for {year} back. The next one goes on from it.", seq=about.seq, year=year)
    return Sentence(what=what, kept=words, do=do)


def _lacks(reply: Reply) -> bool:
    return bool(reply.missing_parts or reply.missing_evidence) or Note.SEND_THE_WHOLE in reply.notes


def _waits(arrival: Arrival) -> bool:
    """Whether what has come asks for something to be done."""
    match arrival.outcome:
        case ReplyLoaded(reply=reply, restored=restored):
            is_returned = any(not verdict.is_accepted for verdict in reply.verdicts)
            return is_returned or _lacks(reply) or (restored is not None and bool(restored.both_kept))
        case HandoverLoaded(merged=merged):
            return bool(merged.both_kept)
        case _:
            return False


def reply_words(year: int | None, seq: int | None, say: Catalogue) -> str:
    """What a reply says, in short."""
    if year is None or seq is None:
        return say("A reply from UD is loaded.")
    return say("UD has received report no. {seq} for {year}. The receipt is loaded.", seq=seq, year=year)
