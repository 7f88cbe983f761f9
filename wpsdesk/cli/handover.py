"""``wpsdesk handover``: from one desk of a unit to another: card, write, load, and what was changed on both sides."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.ids import Year
from wpsdesk.cli.arguments import Group, add_command, add_group, at_desk, code, reading, speaking, whole, year
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import named_key, year_of
from wpsdesk.i18n import Catalogue

if TYPE_CHECKING:
    from wpsdesk.desk.answers.merging import Merged, Waiting
    from wpsdesk.report.model import EntryKey
    from wpsdesk.report.sides import Side


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    shared = (speaking(say), reading(say), at_desk(say))
    own = add_group(commands, "handover", say("hand drafts from one desk of a unit to another"), say)
    card = add_command(own, "card", say("write this desk's card, for the desk that hands over to it"), card_, shared)
    card.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file, or a folder for it"))
    write = add_command(own, "write", say("seal the drafts to the desk that wrote a card"), write_, shared)
    write.add_argument("card", type=Path, metavar=say("CARD"), help=say("the other desk's card (.wpscard)"))
    write.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file, or a folder for it"))
    load = add_command(own, "load", say("take over the drafts from another desk of the unit"), load_, shared)
    load.add_argument("file", type=Path, metavar=say("FILE"), help=say("the handover (.asice.cms)"))
    wait = add_command(own, "list", say("tell which answers were changed on both desks"), list_, shared)
    pick = add_command(own, "choose", say("settle an answer that was changed on both desks"), choose_, shared)
    pick.add_argument(
        "which", choices=("ours", "theirs", "both"), help=say("the one that is to stand; the other is kept")
    )
    pick.add_argument(
        "--field", action="append", default=[], type=_field(say), metavar="NAME=WHICH",
        help=say("choose otherwise for one field, such as effort=both"),
    )  # fmt: skip
    undo = add_command(own, "undo", say("take such a choice back"), undo_, shared)
    for one in (pick, undo):
        one.add_argument(
            "commitment", type=whole(say, 1, 99), metavar=say("NUMBER"), help=say("the commitment's number in the plan")
        )
        one.add_argument("--country", type=code, metavar=say("CODE"), help=say("the country's code, such as SO"))
    for one in (write, wait, pick, undo):
        one.add_argument("--year", type=year(say), metavar=say("YEAR"), help=say("the year; else the latest call's"))


# -- card, write, load ---------------------------------------------------------------------------


def card_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Write this desk's card."""
    from wpsdesk.desk.answers.handing_over import write_card

    with opened(args, terminal) as desk:
        card = write_card(desk, args.out)
    say = terminal.say
    if args.json:
        terminal.json({"path": str(card.path), "fingerprint": card.fingerprint})
    else:
        terminal.line(say("The card is written to {file}. It holds nothing secret.", file=card.path))
        terminal.line(say("On the other desk: wpsdesk handover write CARD OUT"))
    return 0


def write_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Seal the drafts to another desk."""
    from wpsdesk.desk.answers.handing_over import hand_over

    say = terminal.say
    with opened(args, terminal) as desk:
        written = hand_over(desk, args.card, args.out, year_of(desk, args), progress=terminal.progress(say("Writing")))
    if args.json:
        terminal.json(
            {
                "path": str(written.path),
                "year": written.year,
                "entries": written.entries,
                "files": written.files,
                "size": written.size,
            }
        )
        return 0
    files = say.plural("{n} file", "{n} files", written.files)
    terminal.line(
        say.plural(
            "{n} answer for {year} and {files} are sealed in {file}.",
            "{n} answers for {year} and {files} are sealed in {file}.",
            written.entries,
            year=written.year,
            files=files,
            file=written.path,
        )
    )
    terminal.line(say("Only the desk that wrote the card can open it, with: wpsdesk handover load FILE"))
    return 0


def load_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take over drafts."""
    from wpsdesk.desk.answers.handing_over import load_handover

    with opened(args, terminal) as desk:
        loaded = load_handover(desk, args.file)
    if args.json:
        terminal.json(
            {"year": loaded.year, "files": loaded.files, "sent": loaded.sent, **merged_to_json(loaded.merged)}
        )
        return 0
    from wpsdesk.messages.merging import merged_words

    terminal.line(merged_words(loaded.merged, terminal.say))
    if loaded.merged.both_kept:
        terminal.line(terminal.say("See them with: wpsdesk handover list"))
    return 0


def merged_to_json(merged: Merged) -> dict[str, object]:
    """The same for a program."""
    return {
        "taken": [_key_to_json(key) for key in merged.taken],
        "same": [_key_to_json(key) for key in merged.same],
        "ours_is_newer": [_key_to_json(key) for key in merged.ours_is_newer],
        "both_kept": [_key_to_json(key) for key in merged.both_kept],
    }


def _key_to_json(key: EntryKey) -> dict[str, object]:
    return {"commitment": key.commitment, "country": key.country}


# -- what was changed on both sides --------------------------------------------------------------


def list_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell what waits beside ours."""
    from wpsdesk.desk.answers.merging import waiting

    with opened(args, terminal) as desk:
        found = waiting(desk, year_of(desk, args))
    say = terminal.say
    if args.json:
        terminal.json([_waiting_to_json(each) for each in found])
    elif not found:
        terminal.line(say("No answer waits for a choice."))
    else:
        heads = (say("Commitment"), say("Country"), say("Changed"), say("By"))
        terminal.table(heads, [_line(each, say) for each in found])
    return 0


def _line(each: Waiting, say: Catalogue) -> tuple[str, ...]:
    return (str(each.entry.key.commitment), each.entry.key.country or "–", say.moment(each.when), each.who)


def _waiting_to_json(each: Waiting) -> dict[str, object]:
    from wpsdesk.report.codec import entry_to_json

    return {
        **_key_to_json(each.entry.key),
        "who": each.who,
        "when": rfc3339(each.when),
        "sha256": each.digest,
        "entry": entry_to_json(each.entry),
    }


def _field(say: Catalogue) -> Callable[[str], tuple[str, Side]]:
    """Reads ``effort=both``."""

    def read(text: str) -> tuple[str, Side]:
        from wpsdesk.report.form import FORM
        from wpsdesk.report.sides import Side

        name, _, which = text.partition("=")
        if name in {field.name for field in FORM} and which in set(Side):
            return name, Side(which)
        raise argparse.ArgumentTypeError(say("“{text}” is not a field and a side, such as effort=both", text=text))

    return read


def choose_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Settle one answer."""
    from wpsdesk.desk.answers.drafting import entry
    from wpsdesk.desk.answers.merging import settle, waiting
    from wpsdesk.report.form import FORM
    from wpsdesk.report.sides import Side, sides_for

    key = named_key(args)
    with opened(args, terminal) as desk:
        when, side = Year(year_of(desk, args)), Side(args.which)
        mine = [each for each in waiting(desk, when) if each.entry.key == key]
        choices = {field.name: side for field in FORM}
        if mine and side is Side.BOTH:
            theirs = max(mine, key=lambda each: each.when).entry
            ours = entry(desk, when, key)
            choices = {f.name: side for f in FORM if side in sides_for(f, ours, theirs)}
        settle(desk, when, key, {**choices, **dict(args.field)})
    if args.json:
        terminal.json({**_key_to_json(key), "stands": args.which})
    else:
        terminal.line(terminal.say("It is settled. The other one is kept among the answer's versions."))
    return 0


def undo_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Take a choice back."""
    from wpsdesk.desk.answers.merging import unsettle

    key = named_key(args)
    with opened(args, terminal) as desk:
        unsettle(desk, Year(year_of(desk, args)), key)
    if args.json:
        terminal.json(_key_to_json(key))
    else:
        terminal.line(terminal.say("The choice is taken back: both versions wait again."))
    return 0
