"""What the command line tells of what has come: a sentence and JSON for each file, the parts and files missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wpsdesk.base.clock import rfc3339
from wpsdesk.cli.handover import merged_to_json
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import sentence, warning_sentence, word
from wpsdesk.messages.call_words import changes_sentence
from wpsdesk.messages.choices import chosen_words

if TYPE_CHECKING:
    from wpsdesk.desk.arrivals.assembling import KeptPart, PartSet
    from wpsdesk.desk.arrivals.keeping import Received
    from wpsdesk.desk.arrivals.receiving import Arrival, Outcome
    from wpsdesk.report.reply import Reply

PARITY: Final = "parity"
"""What stands for the number of the part that is the exclusive or of all others."""


def told_of(outcome: Outcome, say: Catalogue) -> str:
    """What came of one file, as a sentence."""
    from wpsdesk.desk.answers.handing_over import HandoverLoaded
    from wpsdesk.desk.arrivals.keeping import Received
    from wpsdesk.desk.arrivals.receiving import PartTaken, Refused
    from wpsdesk.desk.call.calling import CallLoaded
    from wpsdesk.desk.keys.enrolling import Enrolled, Pending
    from wpsdesk.desk.review.replying import ReplyLoaded
    from wpsdesk.messages.merging import merged_words

    match outcome:
        case PartTaken(part=part, files=came):
            told = " ".join((_part_words(part, say), *(f"{a.path.name}: {told_of(a.outcome, say)}" for a in came)))
        case Received():
            told = received_words(outcome, say)
        case CallLoaded(call=call):
            told = say("the call for {year} is loaded.", year=call.year)
            told = f"{told} {changes_sentence(outcome.changes, say)}".rstrip()
        case Enrolled():
            told = say("the certificate of {unit} is loaded.", unit=outcome.unit)
        case ReplyLoaded(reply=reply, restored=restored):
            is_only_time = reply.about is None and reply.extended_to is not None and not reply.missing_parts
            told = "" if is_only_time else say("reply from UD: {receipt}.", receipt=word(reply.receipt, say))
            told = f"{told} {_reply_more(reply, say)}".strip()
            if restored is not None:
                told = f"{say('UD has given the report back.')} {merged_words(restored, say)}"
        case HandoverLoaded(merged=merged):
            told = merged_words(merged, say)
        case Pending():
            told = say(
                "{unit} asks for a certificate. Compare the digits {digits} over the telephone, then use "
                "wpsdesk enrol approve.",
                unit=outcome.unit,
                digits=outcome.fingerprint,
            )
        case Refused(error=error):
            told = str(sentence(error, say))
    return told


def arrival_to_json(arrival: Arrival, say: Catalogue) -> dict[str, object]:
    """One file and what came of it, as scripts read it; ``text`` alone is in the person's language."""
    from wpsdesk.desk.arrivals.receiving import warnings_of

    told = {"file": str(arrival.path), **_outcome_to_json(arrival.outcome, say)}
    warnings = [warning_sentence(each, say) for each in warnings_of(arrival.outcome)]
    return {**told, "warnings": warnings} if warnings else told


def _outcome_to_json(outcome: Outcome, say: Catalogue) -> dict[str, object]:
    from wpsdesk.desk.answers.handing_over import HandoverLoaded
    from wpsdesk.desk.arrivals.keeping import Received
    from wpsdesk.desk.arrivals.receiving import PartTaken, Refused
    from wpsdesk.desk.call.calling import CallLoaded
    from wpsdesk.desk.keys.enrolling import Enrolled, Pending
    from wpsdesk.desk.review.replying import ReplyLoaded

    match outcome:
        case PartTaken(part=part, files=came):
            told = {"result": "part", **_part_to_json(part), "files": [arrival_to_json(a, say) for a in came]}
        case Received():
            told = _received_to_json(outcome)
        case CallLoaded(call=call):
            told = {"result": "call", "year": call.year, "number": call.number, "was_compared": outcome.was_compared}
        case Enrolled():
            told = {"result": "certificate", "unit": outcome.unit, "not_after": rfc3339(outcome.not_after)}
        case ReplyLoaded(reply=reply, restored=restored):
            told = {"result": "reply", "year": reply.year, "receipt": reply.receipt, "notes": list(reply.notes)}
            told |= _reply_to_json(reply)
            told |= {} if restored is None else {"restored": merged_to_json(restored)}
        case HandoverLoaded(year=year_of_it, merged=merged):
            told = {"result": "handover", "year": year_of_it, **merged_to_json(merged)}
        case Pending():
            told = {"result": "request", "unit": outcome.unit, "fingerprint": outcome.fingerprint}
        case Refused(error=error):
            told = {"result": "refused", "error": type(error).__name__, "text": str(sentence(error, say))}
    return told


# -- reports ---------------------------------------------------------------------------------------


def received_words(outcome: Received, say: Catalogue) -> str:
    """What came of a report."""
    files = say.plural("{n} file", "{n} files", outcome.files)
    told = say.plural(
        "report no. {seq} from {unit} for {year}, {n} answer, {files}. {relation}.",
        "report no. {seq} from {unit} for {year}, {n} answers, {files}. {relation}.",
        outcome.entries,
        seq=outcome.seq,
        unit=outcome.unit,
        year=outcome.year,
        files=files,
        relation=word(outcome.relation, say),
    )
    return f"{told} {_received_more(outcome, say)}".rstrip()


def _received_to_json(outcome: Received) -> dict[str, object]:
    return {
        "result": "received",
        "relation": outcome.relation,
        "is_delta": outcome.is_delta,
        "left_out": outcome.left_out,
        "missing_evidence": [{"name": e.name, "sha256": e.digest} for e in outcome.missing],
        "unit": outcome.unit,
        "year": outcome.year,
        "seq": outcome.seq,
        "entries": outcome.entries,
        "files": outcome.files,
        "sha256": outcome.digest,
        "signed_by": outcome.signed_by,
        "signed_at": rfc3339(outcome.signed_at),
    }


def _received_more(outcome: Received, say: Catalogue) -> str:
    """What else is to be said of a report that was received: numbers that were left out, evidence that is missing."""
    told = []
    if outcome.left_out:
        told.append(
            say.plural("{n} report before it has not come.", "{n} reports before it have not come.", outcome.left_out)
        )
    if outcome.missing:
        told.append(
            say.plural(
                "{n} file of evidence is missing: {names}.",
                "{n} files of evidence are missing: {names}.",
                len(outcome.missing),
                names=say.listing(e.name for e in outcome.missing),
            )
        )
    return " ".join(told)


# -- parts -----------------------------------------------------------------------------------------


def _part_words(part: KeptPart, say: Catalogue) -> str:
    short = part.set_id[:12]
    which = say("part {number} of {count}", number=part.number, count=part.count) if part.number else say("repair part")
    if part.is_new:
        told = say("{part} of the set {set} is kept", part=which, set=short)
    else:
        told = say("{part} of the set {set} was here before", part=which, set=short)
    if part.missing:
        return say("{told}; missing: {numbers}.", told=told, numbers=listed(part.missing))
    return say("{told}; no part is missing.", told=told)


def listed(numbers: tuple[int, ...]) -> str:
    """``1-3, 7``, as ``--resend`` reads it."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _part_to_json(part: KeptPart) -> dict[str, object]:
    return {
        "set": part.set_id,
        "part": part.number or PARITY,
        "count": part.count,
        "is_new": part.is_new,
        "missing": list(part.missing),
    }


def tell_sets(sets: tuple[PartSet, ...], terminal: Terminal) -> None:
    """A table of the sets that are not whole."""
    say = terminal.say
    heads = (say("Set"), say("From"), say("Parts"), say("Missing"), say("Size"), say("Last came"))
    rows = [
        (
            one.set_id[:12],
            one.unit or say("{unit} (by its name)", unit=one.claimed_unit),
            say("{n} of {count}", n=one.count - len(one.missing), count=one.count),
            listed(one.missing) or "–",
            say.size(one.size),
            say.moment(one.last_at),
        )
        for one in sets
    ]
    terminal.table(heads, rows)


def set_to_json(one: PartSet) -> dict[str, object]:
    """A set that is not whole, as scripts read it."""
    return {
        "set": one.set_id,
        "count": one.count,
        "missing": list(one.missing),
        "has_parity": one.has_parity,
        "unit": one.unit,
        "claimed_unit": one.claimed_unit,
        "files": [{"name": name, "received": name in one.taken} for name in one.files],
        "size": one.size,
        "first_at": rfc3339(one.first_at),
        "last_at": rfc3339(one.last_at),
    }


# -- replies ---------------------------------------------------------------------------------------


def _reply_more(reply: Reply, say: Catalogue) -> str:
    """What a reply asks for: the whole report, parts, evidence."""
    told = [word(note, say) + "." for note in reply.notes if note == "send-the-whole"]
    if reply.extended_to is not None:
        told.append(say("You have time until {day}.", day=say.date(reply.extended_to)))
    told += [chosen_words(each, say) for each in reply.chosen]
    told += [
        say(
            "UD is missing parts {numbers} of the set {set}: wpsdesk export --resend {numbers} --set {set}.",
            numbers=listed(missing.numbers),
            set=missing.set_id[:12],
        )
        for missing in reply.missing_parts
    ]
    if reply.missing_evidence:
        lacking = len(reply.missing_evidence)
        told.append(
            say.plural(
                "UD is missing {n} file of evidence, which goes with the next whole report.",
                "UD is missing {n} files of evidence, which go with the next whole report.",
                lacking,
            )
        )
    return " ".join(told)


def _reply_to_json(reply: Reply) -> dict[str, object]:
    return {
        "missing_parts": [{"set": m.set_id, "parts": list(m.numbers)} for m in reply.missing_parts],
        "missing_evidence": list(reply.missing_evidence),
        "extended_to": None if reply.extended_to is None else reply.extended_to.isoformat(),
        "chosen": [
            {"commitment": c.key.commitment, "country": c.key.country, "from": list(c.sources), "note": c.note}
            for c in reply.chosen
        ],
    }
