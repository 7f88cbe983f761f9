"""Which year and which answer a command is about, as its arguments say it, and an answer's place in words."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from wpsdesk.base.errors import Malformed
from wpsdesk.base.ids import CommitmentNumber, CountryCode, Year
from wpsdesk.cli.arguments import Usage
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue

if TYPE_CHECKING:
    from wpsdesk.desk.model import Desk
    from wpsdesk.plan.model import Plan
    from wpsdesk.report.model import EntryKey


def year_of(desk: Desk, args: argparse.Namespace) -> Year:
    """The year that was asked for, or that of the latest call. Raises NoCall, NoCallFor."""
    from wpsdesk.desk.call.calling import require_call

    return require_call(desk, None if args.year is None else Year(args.year)).year


def named_key(args: argparse.Namespace) -> EntryKey:
    """The answer that the arguments name, looked at by nobody yet."""
    from wpsdesk.report.model import EntryKey

    return EntryKey(CommitmentNumber(args.commitment), None if args.country is None else CountryCode(args.country))


def answer_key(desk: Desk, when: Year, args: argparse.Namespace, say: Catalogue) -> EntryKey:
    """The answer that is meant; without a country the one that is owed. Raises Malformed, UnknownCountry, Usage."""
    from wpsdesk.desk.answers.drafting import keys_of
    from wpsdesk.desk.call.calling import asked
    from wpsdesk.desk.errors import UnknownCountry
    from wpsdesk.report.model import EntryKey

    if args.commitment > len(desk.plan.commitments):
        raise Malformed(path="--commitment", problem="unknown-commitment")
    number = CommitmentNumber(args.commitment)
    if args.country is not None:
        if args.country not in {country.code for country in desk.plan.focus_countries}:
            raise UnknownCountry(code=args.country)
        return EntryKey(number, CountryCode(args.country))
    owed = tuple(keys_of(asked(desk, when), number))
    if len(owed) > 1:
        choices = say.listing(key.country or "–" for key in owed)
        raise Usage(say("the unit answers for several countries: give --country ({choices})", choices=choices))
    return owed[0] if owed else EntryKey(number, None)


def key_name(key: EntryKey, plan: Plan, terminal: Terminal) -> str:
    """``5 Somalia``; without a country the number alone."""
    if key.country is None:
        return str(key.commitment)
    return f"{key.commitment} {plan.country(key.country).names[terminal.language]}"
