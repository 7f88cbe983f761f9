"""``wpsdesk export``: the report goes out, whole or as changes, in one file or in parts."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.ids import Year
from wpsdesk.cli.arguments import Group, Usage, add_command, at_desk, reading, speaking, year
from wpsdesk.cli.arriving import PARITY
from wpsdesk.cli.dispatching import CARRIERS, dispatched
from wpsdesk.cli.people import add_signer, introduce, signer_in
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import year_of
from wpsdesk.i18n import Catalogue

if TYPE_CHECKING:
    from wpsdesk.bundle.parts_writing import WrittenPart
    from wpsdesk.desk.model import Desk
    from wpsdesk.desk.submission.dividing import ExportedSet
    from wpsdesk.desk.submission.sending import Exported, People

_SIZE: Final = re.compile(r"([1-9][0-9]{0,11}) ?(B|KB|MB|KiB|MiB)?", re.IGNORECASE)
_UNITS: Final = {"b": 1, "kb": 1000, "mb": 1000_000, "kib": 1 << 10, "mib": 1 << 20}
_RUN: Final = re.compile(r"([1-9][0-9]{0,3})(?:-([1-9][0-9]{0,3}))?")
_HIGHEST: Final = 1000


def add(commands: Group, say: Catalogue) -> None:
    """Add the command."""
    shared = (speaking(say), reading(say), at_desk(say))
    out = add_command(commands, "export", say("sign and seal what is ready, to be sent to UD"), export, shared)
    out.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file, or a folder for it"))
    out.add_argument("--prepared-by", default="", metavar=say("NAME"), help=say("who prepared the report"))
    out.add_argument("--approved-by", default="", metavar=say("NAME"), help=say("who approved it"))
    add_signer(out, say)
    out.add_argument(
        "--year", type=year(say), metavar=say("YEAR"), help=say("the year reported on; else the latest call's")
    )
    out.add_argument("--delta", action="store_true", help=say("only what has changed since the report that UD has"))
    out.add_argument(
        "--part-size",
        type=size(say),
        metavar=say("SIZE"),
        help=say("write parts of this size (such as 10MB) into the folder OUT, the report first"),
    )
    out.add_argument(
        "--carrier",
        choices=CARRIERS,
        help=say("what it travels by: the program chooses parts, and whole or changes"),
    )
    out.add_argument(
        "--mail-limit",
        type=size(say),
        metavar=say("SIZE"),
        help=say("with --carrier mail: the largest message, such as 10MB"),
    )
    out.add_argument(
        "--parity", action="store_true", help=say("one part more, which stands in for any one that is lost")
    )
    out.add_argument(
        "--resend", type=numbers(say), metavar=say("NUMBERS"), help=say("write these parts once more, such as 3,5-7")
    )
    out.add_argument(
        "--set", default="", metavar=say("SET"), help=say("with --resend: the set, by the start of its parts' names")
    )


def size(say: Catalogue) -> Callable[[str], int]:
    """Reads ``10MB``, ``500 kB``, ``4MiB`` and plain bytes."""

    def read(text: str) -> int:
        found = _SIZE.fullmatch(text.strip())
        if found is None:
            raise argparse.ArgumentTypeError(say("“{text}” is not a size such as 10MB or 500kB", text=text))
        return int(found[1]) * _UNITS[(found[2] or "B").lower()]

    return read


def numbers(say: Catalogue) -> Callable[[str], tuple[int, ...]]:
    """Reads ``3,5-7``, and the word for the part that stands in for any other, which has the number 0."""

    def read(text: str) -> tuple[int, ...]:
        found: list[int] = []
        for word in text.replace(" ", "").split(","):
            run = _RUN.fullmatch(word)
            if word.lower() == PARITY:
                found.append(0)
            elif run is not None and int(run[1]) <= int(run[2] or run[1]) <= _HIGHEST:
                found.extend(range(int(run[1]), int(run[2] or run[1]) + 1))
            else:
                raise argparse.ArgumentTypeError(say("“{text}” is not a list of parts such as 3,5-7", text=text))
        return tuple(found)

    return read


# -- export --------------------------------------------------------------------------------------


def export(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write the signed and sealed bundle, or parts of one."""
    say = terminal.say
    if args.resend is not None:
        if args.delta or args.parity or args.part_size is not None:
            raise Usage(say("--resend goes with --set alone"))
        return _resend(args, terminal)
    if args.set:
        raise Usage(say("--set goes with --resend"))
    if args.carrier is not None and args.part_size is not None:
        raise Usage(say("--carrier chooses the parts itself"))
    if args.mail_limit is not None and args.carrier != "mail":
        raise Usage(say("--mail-limit goes with --carrier mail"))
    if args.parity and args.part_size is None and args.carrier is None:
        raise Usage(say("--parity goes with --part-size"))
    with opened(args, terminal) as desk:
        return _export(desk, args, terminal)


def _people(desk: Desk, args: argparse.Namespace, terminal: Terminal) -> People:
    from wpsdesk.desk.submission.sending import People

    signer = signer_in(desk, args, terminal)
    return People(prepared_by=args.prepared_by, approved_by=args.approved_by, signer=signer)


def _export(desk: Desk, args: argparse.Namespace, terminal: Terminal) -> int:
    from wpsdesk.desk.submission.dividing import Cut, export_in_parts
    from wpsdesk.desk.submission.sending import export as send
    from wpsdesk.desk.submission.sending import parcel

    when, people = year_of(desk, args), _people(desk, args, terminal)
    if args.carrier is not None:
        return dispatched(desk, when, people, args, terminal)
    if args.ask_as:
        return introduce(desk, when, people, args, terminal)
    left, progress = parcel(desk, when).drafts_left, terminal.progress(terminal.say("Signing and sealing"))
    if args.part_size is not None:
        cut = Cut(part_size=args.part_size, with_parity=args.parity)
        divided = export_in_parts(desk, when, args.out, cut, people=people, only_changes=args.delta, progress=progress)
        _tell_set(divided, when, left, args, terminal)
        return 0
    sent = send(
        desk,
        when,
        args.out,
        prepared_by=people.prepared_by,
        approved_by=people.approved_by,
        signer=people.signer,
        only_changes=args.delta,
        progress=progress,
    )
    if args.json:
        terminal.json({"path": str(sent.path), "year": when, **_sent_to_json(sent), "drafts_left": left})
    else:
        _tell_sent(sent, when, terminal)
        terminal.line(terminal.say("Send {file} ({size}) to UD.", file=sent.path, size=terminal.say.size(sent.size)))
        _tell_left(left, terminal)
    return 0


def _sent_to_json(sent: Exported) -> dict[str, object]:
    return {
        "seq": sent.seq,
        "is_delta": sent.is_delta,
        "entries": sent.entries,
        "files": sent.files,
        "sha256": sent.digest,
        "size": sent.size,
        "created": rfc3339(sent.created),
    }


def _tell_sent(sent: Exported, when: Year, terminal: Terminal) -> None:
    say = terminal.say
    if sent.is_delta:
        told = say.plural(
            "Report no. {seq} for {year} with {n} change is signed and sealed.",
            "Report no. {seq} for {year} with {n} changes is signed and sealed.",
            sent.entries,
            seq=sent.seq,
            year=when,
        )
    else:
        told = say.plural(
            "Report no. {seq} for {year} with {n} answer is signed and sealed.",
            "Report no. {seq} for {year} with {n} answers is signed and sealed.",
            sent.entries,
            seq=sent.seq,
            year=when,
        )
    terminal.line(told)


def _tell_left(left: int, terminal: Terminal) -> None:
    if left:
        terminal.line(
            terminal.say.plural(
                "{n} answer is still a draft and stays here.", "{n} answers are still drafts and stay here.", left
            )
        )


def _tell_set(divided: ExportedSet, when: Year, left: int, args: argparse.Namespace, terminal: Terminal) -> None:
    say = terminal.say
    if args.json:
        bundles = [{"name": bundle.path.name, **_sent_to_json(bundle)} for bundle in divided.bundles]
        told = {"year": when, "set": divided.set_id, "count": divided.count, "bundles": bundles}
        terminal.json({**told, "parts": _parts_to_json(divided.parts), "drafts_left": left})
        return
    _tell_sent(divided.bundles[-1], when, terminal)
    terminal.line(
        say(
            "It lies in {n} parts in {folder}; the set is {set}. Send them to UD in any order, the first one first "
            "where you can.",
            n=divided.count,
            folder=args.out,
            set=divided.set_id[:12],
        )
    )
    _tell_left(left, terminal)


def _parts_to_json(parts: tuple[WrittenPart, ...]) -> list[dict[str, object]]:
    return [{"part": part.number or PARITY, "path": str(part.path), "size": part.size} for part in parts]


# -- once more -----------------------------------------------------------------------------------


def _resend(args: argparse.Namespace, terminal: Terminal) -> int:
    from wpsdesk.desk.submission.dividing import resend

    say = terminal.say
    with opened(args, terminal) as desk:
        sent = resend(
            desk, args.resend, args.out, set_id=args.set, progress=terminal.progress(say("Making the parts again"))
        )
    if args.json:
        terminal.json({"set": sent.set_id, "count": sent.count, "parts": _parts_to_json(sent.parts)})
        return 0
    terminal.line(
        say.plural(
            "{n} part of the set {set} is written once more:",
            "{n} parts of the set {set} are written once more:",
            len(sent.parts),
            set=sent.set_id[:12],
        )
    )
    for part in sent.parts:
        terminal.line(say("{file} ({size})", file=part.path, size=say.size(part.size)))
    return 0
