"""``wpsdesk verify``: what files are and how far they are to be believed, without storing anything.

It starts in no time: what a look at a file does not need is not loaded.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.clock import from_rfc3339, rfc3339, system_now
from wpsdesk.base.errors import FileFault, WpsError
from wpsdesk.cli.arguments import Group, Usage, add_command, at_desk, reading, speaking
from wpsdesk.cli.part_examination import PartsSeen, look_at_parts, parts_to_json, print_parts
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue

if TYPE_CHECKING:
    from wpsdesk.bundle.examining import Examination
    from wpsdesk.desk.model import Desk
    from wpsdesk.trust.anchors import TrustSet


def add(commands: Group, say: Catalogue) -> None:
    """Add the command."""
    loose = (speaking(say), reading(say), at_desk(say, required=False))
    told = say("tell what a file is, who signed it, and whether it is intact and trusted")
    look = add_command(commands, "verify", told, verify, loose)
    look.add_argument(
        "files", type=Path, nargs="+", metavar=say("FILE"), help=say("bundles, parts, or a folder of parts")
    )
    judge = say("root, chain and revocation lists to judge by, as wpsdesk trust export writes them")
    look.add_argument("--trust", type=Path, metavar=say("FILE.pem"), help=judge)
    when = say("judge by this time, written like 2027-03-01T12:00:00Z, instead of now")
    look.add_argument("--at", type=_moment(say), metavar=say("TIME"), help=when)
    sheet = say("write the proof sheet, one page to print, of the one file that is given")
    look.add_argument("--sheet", type=Path, metavar=say("OUT.pdf"), help=sheet)


def _moment(say: Catalogue) -> Callable[[str], datetime]:
    """Reads ``2027-03-01T12:00:00Z``."""

    def read(text: str) -> datetime:
        try:
            return from_rfc3339(text)
        except (ValueError, OverflowError):
            told = say("“{text}” is not a time written like 2027-03-01T12:00:00Z", text=text)
        raise argparse.ArgumentTypeError(told)

    return read


@dataclass(frozen=True, slots=True, kw_only=True)
class _Basis:
    """By what files are judged."""

    at: datetime
    trust: TrustSet | None
    is_at_desk: bool


def verify(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell about files; nothing is stored. The exit code is 1 where anything stands against any of them."""
    from wpsdesk.desk.arrivals.verifying import read_trust

    if args.sheet is not None and len(args.files) != 1:
        raise Usage(terminal.say("--sheet is for one file at a time"))
    trust = None if args.trust is None else read_trust(args.trust)
    basis = _Basis(at=args.at or system_now(), trust=trust, is_at_desk=args.store is not None)
    with _desk(args, terminal) as desk:
        parts, bundles, unread = _parts_among(args.files)
        found, more = _looked_at(bundles, desk, basis)
        unread = [*unread, *more]
        if args.sheet is not None and found:
            _write_sheet(args.sheet, found[0], desk, basis, terminal)
    if args.json:
        told = [_to_json(examination, basis, terminal.say) for examination in found]
        terminal.json(
            [*told, *parts_to_json(parts, terminal.say), *(_unread(missing, terminal.say) for missing in unread)]
        )
    else:
        for examination in found:
            _print(examination, basis, terminal)
        print_parts(parts, terminal)
        for fault in unread:
            terminal.complain(_sentence(fault, terminal.say))
        if args.sheet is not None and found:
            terminal.line(terminal.say("The proof sheet is written to {file}.", file=args.sheet))
    return 0 if not unread and parts.is_good and all(examination.is_good for examination in found) else 1


@contextmanager
def _desk(args: argparse.Namespace, terminal: Terminal) -> Iterator[Desk | None]:
    if args.store is None:
        yield None
        return
    from wpsdesk.cli.session import opened

    with opened(args, terminal) as desk:
        yield desk


def _parts_among(paths: Sequence[Path]) -> tuple[PartsSeen, list[Path], list[FileFault]]:
    """The parts and folders of parts, looked at; the other paths; and what could not be read."""
    try:
        seen, others = look_at_parts(paths)
    except FileFault as fault:
        return PartsSeen(), [path for path in paths if path != fault.path], [fault]
    return seen, list(others), []


def _looked_at(paths: list[Path], desk: Desk | None, basis: _Basis) -> tuple[list[Examination], list[FileFault]]:
    from wpsdesk.desk.arrivals.verifying import verify as look_at
    from wpsdesk.plan.loading import load_plan

    plan = load_plan() if desk is None else desk.plan
    found: list[Examination] = []
    unread: list[FileFault] = []
    for path in paths:
        try:
            found.append(look_at(path, desk, plan, basis.at, trust=basis.trust))
        except FileFault as missing:
            unread.append(missing)
    return found, unread


def _write_sheet(out: Path, found: Examination, desk: Desk | None, basis: _Basis, terminal: Terminal) -> None:
    from wpsdesk.desk.arrivals.proof_sheets import write_proof_sheet

    trust = basis.trust
    if trust is None and desk is not None:
        from wpsdesk.desk.arrivals.verifying import trust_at

        trust = trust_at(desk)
    write_proof_sheet(found, out, terminal.say.language, basis.at, trust=trust)


# -- for a program -------------------------------------------------------------------------------


def _sentence(fault: WpsError, say: Catalogue) -> str:
    from wpsdesk.messages import sentence

    return str(sentence(fault, say))


def _told(fault: WpsError, basis: _Basis, say: Catalogue) -> str:
    """The sentence for a fault; without a desk there was no key to try, which is no fault of the file's."""
    from wpsdesk.bundle.errors import NotForThisDesk

    if isinstance(fault, NotForThisDesk) and not basis.is_at_desk:
        return say("The bundle is sealed. Give --store with the desk that it is sealed for to look inside.")
    return _sentence(fault, say)


def _fault_to_json(fault: WpsError, text: str) -> dict[str, object]:
    return {"error": type(fault).__name__, "text": text}


def _unread(fault: FileFault, say: Catalogue) -> dict[str, object]:
    return {"file": str(fault.path), "is_good": False, "faults": [_fault_to_json(fault, _sentence(fault, say))]}


def _to_json(found: Examination, basis: _Basis, say: Catalogue) -> dict[str, object]:
    standing = found.standing
    return {
        "file": str(found.path),
        "is_good": found.is_good,
        "judged_at": rfc3339(basis.at),
        "size": found.size,
        "file_sha256": found.file_digest,
        "is_sealed": found.is_sealed,
        "can_be_opened": found.can_be_opened,
        "recipients": [{"issuer": r.issuer, "serial": str(r.serial)} for r in found.recipients],
        "sha256": found.digest,
        "is_intact": standing.is_intact,
        "is_valid": standing.is_valid,
        "is_trusted": standing.is_trusted,
        "is_revoked": standing.is_revoked,
        "is_root_compared": standing.is_root_compared,
        **_signer_to_json(found),
        **_header_to_json(found),
        "covered": [{"name": f.name, "media_type": f.media_type, "sha256": f.digest} for f in found.listed],
        "faults": [_fault_to_json(fault, _told(fault, basis, say)) for fault in found.faults],
        "warnings": [_fault_to_json(fault, _told(fault, basis, say)) for fault in found.warnings],
    }


def _signer_to_json(found: Examination) -> dict[str, object]:
    signer = found.signer
    return {
        "signed_by": None if signer is None else signer.name,
        "signer_unit": None if signer is None else signer.unit,
        "signer_fingerprint": None if signer is None else signer.fingerprint,
        "signer_serial": None if signer is None else str(signer.serial),
        "certificate_begins": None if signer is None else rfc3339(signer.not_before),
        "certificate_ends": None if signer is None else rfc3339(signer.not_after),
        "signed_at": None if found.signed_at is None else rfc3339(found.signed_at),
    }


def _header_to_json(found: Examination) -> dict[str, object]:
    header = found.header
    base = None if header is None else header.base
    return {
        "kind": None if header is None else header.kind,
        "unit": None if header is None else header.unit,
        "to": None if header is None else header.to,
        "year": None if header is None else header.year,
        "seq": None if header is None else header.seq,
        "id": None if header is None else header.id,
        "created": None if header is None else rfc3339(header.created),
        "base": None if base is None else {"reply": base.reply, "sha256": base.digest},
        "prepared_by": None if header is None else header.prepared_by,
        "approved_by": None if header is None else header.approved_by,
        "files": [
            {
                "name": f.original_name,
                "inside": f.name,
                "title": f.title,
                "media_type": f.media_type,
                "size": f.size,
                "sha256": f.digest,
                "is_restricted": f.is_restricted,
            }
            for f in found.files
        ],
    }


# -- for a person --------------------------------------------------------------------------------


def _print(found: Examination, basis: _Basis, terminal: Terminal) -> None:
    say, standing = terminal.say, found.standing
    terminal.line(str(found.path))
    rows = [(say("Size"), say.plural("{n} byte", "{n} bytes", found.size)), ("SHA-256", found.file_digest)]
    if found.is_sealed is not None:
        rows.append((say("Sealed"), _yes(found.is_sealed, say)))
    if found.is_sealed and found.digest is not None:
        rows.append((say("SHA-256 inside"), found.digest))
    rows += [*_header_rows(found, say), *_signer_rows(found, say)]
    rows.append((say("Intact"), _yes(standing.is_intact, say)))
    rows.append((say("Valid signature"), _yes(standing.is_valid, say)))
    rows.append((say("Trusted signer"), _yes(standing.is_trusted, say)))
    rows.append((say("Revoked"), _yes(standing.is_revoked, say)))
    terminal.facts([(f"  {name}", value) for name, value in rows])
    names = {file.name: file.original_name for file in found.files}
    for listed in found.listed:
        terminal.line(f"  {listed.digest}  {names.get(listed.name, listed.name)}")
    for fault in (*found.faults, *found.warnings):
        terminal.complain(f"  {_told(fault, basis, say)}")


def _header_rows(found: Examination, say: Catalogue) -> list[tuple[str, str]]:
    header = found.header
    if header is None:
        return []
    from wpsdesk.messages import word

    rows = [
        (say("Kind"), word(header.kind, say)),
        (say("Unit"), header.unit),
        (say("Year"), "–" if header.year is None else str(header.year)),
        (say("No."), str(header.seq)),
        (say("Evidence"), say.plural("{n} file", "{n} files", len(found.files))),
    ]
    return [*rows, (say("Approved by"), header.approved_by)] if header.approved_by else rows


def _signer_rows(found: Examination, say: Catalogue) -> list[tuple[str, str]]:
    signer, signed_at = found.signer, found.signed_at
    if signer is None or signed_at is None:
        return []
    return [
        (say("Signed by"), signer.name),
        (say("Fingerprint"), signer.fingerprint),
        (say("Signed"), say("{moment}, as the signer's clock said", moment=rfc3339(signed_at))),
    ]


def _yes(known: bool | None, say: Catalogue) -> str:
    """The four things are told apart, and what could not be told is never shown as a no."""
    match known:
        case True:
            return say("yes")
        case False:
            return say("no")
        case None:
            return say("cannot be told here")
