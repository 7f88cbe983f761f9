"""``wpsdesk verify``, ``open`` and ``trust export``: looking without taking in, and what auditors need."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.clock import rfc3339, system_now
from wpsdesk.base.errors import FileFault
from wpsdesk.bundle.errors import NotForThisDesk
from wpsdesk.cli.arguments import Group, add_command, add_group, at_desk, reading, speaking
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import sentence, word

if TYPE_CHECKING:
    from wpsdesk.base.errors import WpsError
    from wpsdesk.bundle.examining import Examination
    from wpsdesk.desk.model import Desk


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    loose = (speaking(say), reading(say), at_desk(say, required=False))
    shared = (speaking(say), reading(say), at_desk(say))
    look = add_command(
        commands,
        "verify",
        say("tell what a file is, who signed it, and whether it is intact and trusted"),
        verify,
        loose,
    )
    look.add_argument("files", type=Path, nargs="+", metavar=say("FILE"), help=say("bundles"))
    unseal = add_command(commands, "open", say("write the signed container inside a seal, for auditors"), open_, shared)
    unseal.add_argument("file", type=Path, metavar=say("FILE.cms"), help=say("the sealed bundle"))
    unseal.add_argument("out", type=Path, metavar=say("OUT.asice"), help=say("the new file"))
    trust = add_group(commands, "trust", say("what auditors need to check signatures"), say)
    pem = add_command(
        trust, "export", say("write root, chain and revocation lists as PEM, for auditors"), export_, shared
    )
    pem.add_argument("out", type=Path, metavar=say("OUT.pem"), help=say("the new file"))


# -- verify --------------------------------------------------------------------------------------


@contextmanager
def _desk(args: argparse.Namespace, terminal: Terminal) -> Iterator[Desk | None]:
    if args.store is None:
        yield None
        return
    with opened(args, terminal) as desk:
        yield desk


def verify(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell about files; nothing is stored. The exit code is 1 where anything stands against any of them."""
    from wpsdesk.desk.verifying import verify as look_at
    from wpsdesk.plan.loading import load_plan

    found: list[Examination] = []
    unread: list[FileFault] = []
    with _desk(args, terminal) as desk:
        plan = load_plan() if desk is None else desk.plan
        for path in args.files:
            try:
                found.append(look_at(path, desk, plan, system_now()))
            except FileFault as missing:
                unread.append(missing)
    if args.json:
        told = [_to_json(examination, terminal.say, is_at_desk=args.store is not None) for examination in found]
        terminal.json([*told, *(_unread(missing, terminal.say) for missing in unread)])
    else:
        for examination in found:
            _print(examination, terminal, is_at_desk=args.store is not None)
        for fault in unread:
            terminal.complain(str(sentence(fault, terminal.say)))
    return 0 if not unread and all(examination.is_good for examination in found) else 1


def _fault_to_json(fault: WpsError, say: Catalogue, *, is_at_desk: bool = True) -> dict[str, object]:
    return {"error": type(fault).__name__, "text": _told(fault, is_at_desk, say)}


def _unread(fault: FileFault, say: Catalogue) -> dict[str, object]:
    return {"file": str(fault.path), "is_good": False, "faults": [_fault_to_json(fault, say)]}


def _to_json(found: Examination, say: Catalogue, *, is_at_desk: bool) -> dict[str, object]:
    header, standing, signer = found.header, found.standing, found.signer
    return {
        "file": str(found.path),
        "is_good": found.is_good,
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
        "signed_by": None if signer is None else signer.name,
        "signer_unit": None if signer is None else signer.unit,
        "signer_fingerprint": None if signer is None else signer.fingerprint,
        "signed_at": None if found.signed_at is None else rfc3339(found.signed_at),
        "kind": None if header is None else header.kind,
        "unit": None if header is None else header.unit,
        "year": None if header is None else header.year,
        "seq": None if header is None else header.seq,
        "id": None if header is None else header.id,
        "files": [
            {"name": f.original_name, "title": f.title, "media_type": f.media_type, "size": f.size, "sha256": f.digest}
            for f in found.files
        ],
        "faults": [_fault_to_json(fault, say, is_at_desk=is_at_desk) for fault in found.faults],
    }


def _print(found: Examination, terminal: Terminal, *, is_at_desk: bool) -> None:
    say, header, standing, signer = terminal.say, found.header, found.standing, found.signer
    terminal.line(str(found.path))
    rows = [(say("Size"), say.size(found.size)), ("SHA-256", found.file_digest)]
    if found.is_sealed is not None:
        rows.append((say("Sealed"), _yes(found.is_sealed, say)))
    if header is not None:
        rows.append((say("Kind"), word(header.kind, say)))
        rows.append((say("Unit"), header.unit))
        rows.append((say("Year"), "–" if header.year is None else str(header.year)))
        rows.append((say("Evidence"), say.plural("{n} file", "{n} files", len(found.files))))
    if signer is not None:
        rows.append((say("Signed by"), signer.name))
        rows.append((say("Fingerprint"), signer.fingerprint))
    if found.signed_at is not None:
        rows.append((say("Signed"), say.moment(found.signed_at)))
    rows.append((say("Intact"), _yes(standing.is_intact, say)))
    rows.append((say("Valid signature"), _yes(standing.is_valid, say)))
    rows.append((say("Trusted signer"), _yes(standing.is_trusted, say)))
    rows.append((say("Revoked"), _yes(standing.is_revoked, say)))
    terminal.facts([(f"  {name}", value) for name, value in rows])
    for fault in found.faults:
        terminal.complain(f"  {_told(fault, is_at_desk, say)}")


def _told(fault: WpsError, is_at_desk: bool, say: Catalogue) -> str:
    """The sentence for a fault; without a desk there was no key to try, which is no fault of the file's."""
    if isinstance(fault, NotForThisDesk) and not is_at_desk:
        return say("The bundle is sealed. Give --store with the desk that it is sealed for to look inside.")
    return str(sentence(fault, say))


def _yes(known: bool | None, say: Catalogue) -> str:
    """The four things are told apart, and what could not be told is never shown as a no."""
    match known:
        case True:
            return say("yes")
        case False:
            return say("no")
        case None:
            return say("cannot be told here")


# -- open and trust ------------------------------------------------------------------------------


def open_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write the signed container that is inside a seal."""
    from wpsdesk.desk.verifying import open_container

    say = terminal.say
    with opened(args, terminal) as desk:
        open_container(desk, args.file, args.out, progress=terminal.progress(say("Opening")))
    if args.json:
        terminal.json({"path": str(args.out)})
    else:
        terminal.line(say("The signed container is written to {file}. Anyone who has it can read it.", file=args.out))
    return 0


def export_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write root, chain and revocation lists."""
    from wpsdesk.desk.verifying import export_trust

    with opened(args, terminal) as desk:
        export_trust(desk, args.out)
    if args.json:
        terminal.json({"path": str(args.out)})
    else:
        terminal.line(
            terminal.say("Root, chain and revocation lists are written to {file}, for auditors.", file=args.out)
        )
    return 0
