"""``wpsdesk report``: ready for approval, the whole to read, what would go, what has gone, and what UD waits for."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.clock import rfc3339
from wpsdesk.cli.arguments import Group, add_command, add_group, at_desk, reading, speaking, whole, year
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import key_name, year_of
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import sentence, word
from wpsdesk.messages.saying import shown

if TYPE_CHECKING:
    from wpsdesk.desk.submission.course import Course
    from wpsdesk.desk.submission.packing import Packed
    from wpsdesk.desk.submission.tasks import ReturnedAnswer, Task
    from wpsdesk.plan.model import Plan
    from wpsdesk.report.model import EntryKey


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    group = add_group(commands, "report", say("the report on its way: ready, approved, sent, answered"), say)
    shared = (speaking(say), reading(say), at_desk(say))
    new = add_command(group, "ready", say("mark the report as ready for approval"), ready, shared)
    new.add_argument("--prepared-by", required=True, metavar=say("NAME"), help=say("who prepared the report"))
    back = add_command(group, "reopen", say("send the report back to whoever prepared it"), reopen, shared)
    back.add_argument("--by", default="", metavar=say("NAME"), help=say("who sends it back"))
    back.add_argument("--remark", default="", metavar=say("TEXT"), help=say("what is to be mended"))
    state = add_command(group, "status", say("tell how far the report has come, and what UD waits for"), status, shared)
    read = add_command(group, "preview", say("write the whole report as a PDF to read"), preview, shared)
    read.add_argument("out", type=Path, metavar=say("OUT.pdf"), help=say("the new file; it is not sealed"))
    _add_number(read, say, is_required=False)
    going = add_command(
        group, "parcel", say("tell exactly what would be sent now, and how large it is"), parcel, shared
    )
    gone = add_command(group, "sent", say("list what has been sent, and how it stands with UD"), sent, shared)
    since = add_command(group, "changes", say("tell what has changed here since a report was sent"), changes, shared)
    _add_number(since, say, is_required=True)
    none = add_command(
        group, "nothing-sent", say("say that nothing has been sent since the backup this desk was laid back from"),
        nothing_sent, shared,
    )  # fmt: skip
    for each in (new, back, state, read, going, gone, since, none):
        each.add_argument(
            "--year", type=year(say), metavar=say("YEAR"), help=say("the year reported on; else the latest call's")
        )


def _add_number(parser: argparse.ArgumentParser, say: Catalogue, *, is_required: bool) -> None:
    parser.add_argument(
        "--no", dest="seq", type=whole(say, 1, 99_999), required=is_required, metavar=say("NUMBER"),
        help=say("the number of a report that was sent"),
    )  # fmt: skip


# -- ready, back, status ---------------------------------------------------------------------------


def ready(args: argparse.Namespace, terminal: Terminal) -> int:
    """Mark it as ready."""
    from wpsdesk.desk.submission.signing_off import mark_report_ready

    with opened(args, terminal) as desk:
        found = mark_report_ready(desk, year_of(desk, args), args.prepared_by)
    return _tell_course(found, args, terminal)


def reopen(args: argparse.Namespace, terminal: Terminal) -> int:
    """Send it back."""
    from wpsdesk.desk.submission.signing_off import reopen_report

    with opened(args, terminal) as desk:
        found = reopen_report(desk, year_of(desk, args), args.by, args.remark)
    return _tell_course(found, args, terminal)


def _tell_course(found: Course, args: argparse.Namespace, terminal: Terminal) -> int:
    if args.json:
        terminal.json(_course_to_json(found))
    else:
        terminal.line(terminal.say("The report: {state}.", state=word(found.state, terminal.say).lower()))
    return 0


def _course_to_json(found: Course) -> dict[str, object]:
    return {
        "state": found.state,
        "by": found.by,
        "at": None if found.at is None else rfc3339(found.at),
        "prepared_by": found.prepared_by,
        "remark": found.remark,
        "changed": None if found.changed is None else _key_to_json(found.changed),
    }


def _key_to_json(key: EntryKey) -> dict[str, object]:
    return {"commitment": key.commitment, "country": key.country}


def _place_to_json(key: EntryKey | None) -> dict[str, object]:
    """Where a file stands: at an answer, or as the follow-up document."""
    return {"commitment": None, "country": None, "follow_up": True} if key is None else _key_to_json(key)


def file_place(key: EntryKey | None, plan: Plan, terminal: Terminal) -> str:
    """The answer at which a file stands, or that it is the follow-up document."""
    return terminal.say("Follow-up document") if key is None else key_name(key, plan, terminal)


def status(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell how far it has come, and what is to be done."""
    from wpsdesk.desk.submission.course import course
    from wpsdesk.desk.submission.tasks import tasks

    say = terminal.say
    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        found, waits, plan = course(desk, when), tasks(desk, when), desk.plan
    if args.json:
        terminal.json({"year": when, **_course_to_json(found), "tasks": [_task_to_json(task) for task in waits]})
        return 0
    terminal.line(say("The report: {state}.", state=word(found.state, say).lower()))
    if found.changed is not None:
        where = key_name(found.changed, plan, terminal)
        terminal.line(say("It was ready for approval; commitment {where} has been changed since.", where=where))
    if found.remark:
        terminal.line(say("{name} sent it back: {remark}", name=found.by, remark=found.remark))
    for task in waits:
        terminal.line(f"- {_task_line(task, plan, terminal)}")
    return 0


def _task_to_json(task: Task) -> dict[str, object]:
    from wpsdesk.desk.submission.behind import Behind
    from wpsdesk.desk.submission.tasks import CertificateEnds, MissingFile, PartsWanted, ReturnedAnswer, WholeWanted

    match task:
        case ReturnedAnswer():
            return {
                "task": "returned", **_key_to_json(task.key), "reason": task.reason, "language": task.language,
                "answer_by": _day(task.answer_by), "days_left": task.days_left, "is_mended": task.is_mended,
            }  # fmt: skip
        case MissingFile():
            return {"task": "missing-evidence", "sha256": task.digest, "name": task.name, "is_here": task.is_here}
        case PartsWanted():
            return {"task": "parts", "set": task.set_id, "parts": list(task.numbers), "is_known": task.is_known}
        case WholeWanted():
            return {"task": "send-the-whole", "seq": task.seq}
        case Behind():
            saved = None if task.saved is None else rfc3339(task.saved)
            return {"task": "ask-ud", "held": task.held, "laid_back_from": saved}
        case CertificateEnds():
            return {"task": "certificate", "person": task.person, "on": _day(task.on), "days_left": task.days_left}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _task_line(task: Task, plan: Plan, terminal: Terminal) -> str:
    from wpsdesk.desk.submission.behind import Behind, as_fault
    from wpsdesk.desk.submission.tasks import CertificateEnds, MissingFile, PartsWanted, ReturnedAnswer, WholeWanted

    say = terminal.say
    match task:
        case ReturnedAnswer():
            return _returned_line(task, plan, terminal)
        case MissingFile(name=name):
            return say("UD has not got the evidence “{name}”.", name=shown(name or "–"))
        case PartsWanted(numbers=numbers, set_id=set_id):
            listed = ",".join(map(str, numbers))
            return say("UD lacks parts: wpsdesk export OUT --resend {parts} --set {set}", parts=listed, set=set_id[:12])
        case WholeWanted():
            return say("UD cannot use the changes alone, and asks for the whole report.")
        case Behind():
            return sentence(as_fault(task), say).what
        case CertificateEnds(person=person, on=on):
            whose = say("The certificate of {name}", name=person) if person else say("This desk's certificate")
            return say("{whose} ends on {day}.", whose=whose, day=say.date(on))


def _returned_line(task: ReturnedAnswer, plan: Plan, terminal: Terminal) -> str:
    say, where = terminal.say, key_name(task.key, plan, terminal)
    if task.is_mended:
        return say("Commitment {where} has been mended, and remains to be sent.", where=where)
    if task.answer_by is None:
        return say("Commitment {where} is returned: {reason}", where=where, reason=shown(task.reason))
    return say(
        "Commitment {where} is returned, to be answered by {day}: {reason}",
        where=where,
        day=say.date(task.answer_by),
        reason=shown(task.reason),
    )


# -- the whole, and what would go --------------------------------------------------------------------


def preview(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write the PDF."""
    from wpsdesk.desk.submission.previewing import write_preview

    say = terminal.say
    with opened(args, terminal) as desk:
        progress = terminal.progress(say("Laying out the pages"))
        when = year_of(desk, args)
        size = write_preview(desk, when, args.out, terminal.language, seq=args.seq, progress=progress)
    if args.json:
        terminal.json({"path": str(args.out), "year": when, "size": size})
    else:
        terminal.line(say("{file} is written ({size}).", file=args.out, size=say.size(size)))
        terminal.line(say("It is not sealed: anyone who gets hold of it can read it."))
    return 0


def parcel(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell exactly what would go."""
    from wpsdesk.desk.submission.packing import packed

    say = terminal.say
    with opened(args, terminal) as desk:
        found, plan = packed(desk, year_of(desk, args)), desk.plan
    if args.json:
        terminal.json(_packed_to_json(found))
        return 0
    what = say("Only the changes") if found.way.only_changes else say("The whole report")
    terminal.line(say("{what}, at most {size}.", what=what, size=say.size(found.size)))
    terminal.line(f"{word(found.way.why, say)}.")
    rows = [
        (
            key_name(entry.key, plan, terminal),
            say("gone") if entry.is_gone else word(entry.scope, say),
            say("yes") if entry.is_at_risk else "–",
            say.listing(entry.partners) or "–",
        )
        for entry in found.entries
    ]
    terminal.table((say("Commitment"), say("Access"), say("Person at risk"), say("Named")), rows)
    if found.evidence:
        files = [
            (file_place(key, plan, terminal), say.size(file.size), word(file.access.scope, say), file.name)
            for key, file in found.evidence
        ]
        terminal.table((say("Commitment"), say("Size"), say("Access"), say("File")), files)
    return 0


def _packed_to_json(found: Packed) -> dict[str, object]:
    return {
        "year": found.year,
        "only_changes": found.way.only_changes,
        "why": found.way.why,
        "since": found.way.seq,
        "size_at_most": found.size,
        "entries": [
            {
                **_key_to_json(entry.key), "access": entry.scope, "is_at_risk": entry.is_at_risk,
                "partners": list(entry.partners), "is_gone": entry.is_gone,
            }
            for entry in found.entries
        ],
        "evidence": [
            {**_place_to_json(key), "name": e.name, "size": e.size, "sha256": e.digest, "access": e.access.scope}
            for key, e in found.evidence
        ],
        "held_by_ud": found.held,
        "drafts_left": found.drafts_left,
    }  # fmt: skip


# -- after a backup ---------------------------------------------------------------------------------


def nothing_sent(args: argparse.Namespace, terminal: Terminal) -> int:
    """Say that nothing has been sent since."""
    from wpsdesk.desk.submission.behind import as_fault, nothing_sent_since

    say = terminal.say
    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        left = nothing_sent_since(desk, when)
    if args.json:
        terminal.json({"year": when, "left": None if left is None else _task_to_json(left)})
    else:
        noted = say("It is noted. Reports for {year} can be sent from this desk.", year=when)
        terminal.line(noted if left is None else sentence(as_fault(left), say).what)
    return 0


# -- what has gone ---------------------------------------------------------------------------------


def sent(args: argparse.Namespace, terminal: Terminal) -> int:
    """List what has been sent."""
    from wpsdesk.desk.submission.sent_versions import versions

    say = terminal.say
    with opened(args, terminal) as desk:
        found = versions(desk, year_of(desk, args))
    if args.json:
        terminal.json(
            [
                {
                    "seq": one.seq, "created": rfc3339(one.created), "state": one.state, "is_delta": one.is_delta,
                    "received": None if one.received is None else rfc3339(one.received), "files": one.files,
                    "prepared_by": one.prepared_by, "approved_by": one.approved_by, "size": one.size,
                    "set": one.set_id, "parts": one.parts,
                }
                for one in found
            ]
        )  # fmt: skip
        return 0
    rows = [
        (str(one.seq), say.moment(one.created), word(one.state, say), say.size(one.size), one.approved_by or "–")
        for one in found
    ]
    terminal.table((say("No."), say("Sent"), say("State"), say("Size"), say("Approved by")), rows)
    return 0


def changes(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell what has changed since."""
    from wpsdesk.desk.submission.sent_versions import changed_since

    say = terminal.say
    with opened(args, terminal) as desk:
        found, plan = changed_since(desk, year_of(desk, args), args.seq), desk.plan
    if args.json:
        terminal.json([{**_key_to_json(d.key), "change": d.kind, "is_ready": d.is_ready} for d in found])
        return 0
    if not found:
        terminal.line(say("Nothing has changed here since."))
        return 0
    rows = [
        (key_name(d.key, plan, terminal), word(d.kind, say), say("ready") if d.is_ready else say("draft"))
        for d in found
    ]
    terminal.table((say("Commitment"), say("What"), say("State")), rows)
    return 0
