"""``wpsdesk export --carrier``: the program chooses whole or changes, one file or parts, and says why."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from wpsdesk.cli.arguments import Usage
from wpsdesk.cli.terminal import Terminal
from wpsdesk.messages import word

if TYPE_CHECKING:
    from wpsdesk.base.ids import Year
    from wpsdesk.desk.model import Desk
    from wpsdesk.desk.submission.dispatching import Dispatched
    from wpsdesk.desk.submission.sending import People

CARRIERS: Final = ("mail", "eformidling", "altinn", "stick")


def dispatched(desk: Desk, when: Year, people: People, args: argparse.Namespace, terminal: Terminal) -> int:
    """Write what is ready for a carrier, and tell what is to be sent."""
    from wpsdesk.desk.submission.carriers import Carriage, Carrier, last_carriage
    from wpsdesk.desk.submission.dispatching import dispatch

    say = terminal.say
    if args.delta and args.ask_as:
        raise Usage(say("--delta cannot go with --ask-as"))
    limit = args.mail_limit or last_carriage(desk).mail_limit
    carriage = Carriage(carrier=Carrier(args.carrier), mail_limit=limit, with_spare=args.parity)
    done = dispatch(
        desk,
        when,
        args.out,
        carriage,
        people,
        only_changes=True if args.delta else None,
        ask_as=args.ask_as,
        progress=terminal.progress(say("Signing and sealing")),
    )
    if args.json:
        terminal.json(_to_json(done, when))
        return 0
    what = say("Only the changes") if done.way.only_changes else say("The whole report")
    terminal.line(f"{what}: {word(done.way.why, say).lower()}.")
    for file in done.files:
        terminal.line(say("{file} ({size})", file=file.path, size=say.size(file.size)))
    if done.fingerprint is not None:
        terminal.line(say("Read these digits to UD over the telephone: {digits}", digits=done.fingerprint))
    terminal.line(say("Delete nothing until UD's receipt has come."))
    return 0


def _to_json(done: Dispatched, when: Year) -> dict[str, object]:
    return {
        "year": when,
        "folder": str(done.folder),
        "carrier": done.carrier,
        "only_changes": done.way.only_changes,
        "why": done.way.why,
        "files": [{"path": str(f.path), "size": f.size, "is_spare": f.is_spare} for f in done.files],
        "seqs": [bundle.seq for bundle in done.bundles],
        "set": done.set_id,
        "messages": done.messages,
        "fingerprint": done.fingerprint,
    }
