"""``wpsdesk call country``: a new focus country, or the end of one, in the calls that follow."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from wpsdesk.base.ids import COUNTRY_CODE, CountryCode
from wpsdesk.cli.arguments import Group, Parser, Usage, add_command, add_group, code, day
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import FocusCountry, Names

if TYPE_CHECKING:
    from wpsdesk.desk.model import Desk


def add(commands: Group, say: Catalogue, shared: tuple[Parser, ...]) -> None:
    """Add the commands."""
    group = add_group(commands, "country", say("focus countries of the calls that follow (UD)"), say)
    new = add_command(group, "add", say("let a country be a focus country from a day on"), add_, shared)
    new.add_argument("code", type=code, metavar=say("CODE"), help=say("two letters, as in ISO 3166"))
    languages = (say("BOKMÅL"), say("NYNORSK"), say("ENGLISH"))
    new.add_argument("--names", nargs=3, required=True, metavar=languages, help=say("its names"))
    date, a_day = say("DATE"), day(say)
    new.add_argument("--from", dest="starts", type=a_day, required=True, metavar=date, help=say("the first day"))
    new.add_argument("--to", dest="ends", type=a_day, metavar=date, help=say("the last day; else without end"))
    gone = add_command(group, "end", say("let a focus country end on a day"), end, shared)
    gone.add_argument("code", type=code, metavar=say("CODE"), help=say("two letters, as in ISO 3166"))
    gone.add_argument("--on", type=a_day, required=True, metavar=date, help=say("the last day"))
    add_command(group, "list", say("tell the focus countries of the next call"), list_, shared)


def add_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Add a country, or give one other days."""
    from wpsdesk.desk.call.listing_units import add_country

    say = terminal.say
    if not COUNTRY_CODE.fullmatch(args.code):
        raise Usage(say("“{text}” is no code of a country: write two letters", text=args.code))
    nb, nn, en = (" ".join(name.split()) for name in args.names)
    if not all((nb, nn, en)) or (args.ends is not None and args.ends < args.starts):
        raise Usage(say("give a name in each language, and a last day that is not before the first"))
    names = Names(nb=nb, nn=nn, en=en)
    country = FocusCountry(code=CountryCode(args.code), names=names, valid_from=args.starts, valid_to=args.ends)
    with opened(args, terminal) as desk:
        add_country(desk, country)
        _tell(desk, args, terminal)
    return 0


def end(args: argparse.Namespace, terminal: Terminal) -> int:
    """Let one end."""
    from wpsdesk.desk.call.listing_units import end_country

    with opened(args, terminal) as desk:
        end_country(desk, CountryCode(args.code), args.on)
        _tell(desk, args, terminal)
    return 0


def list_(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell them."""
    with opened(args, terminal) as desk:
        _tell(desk, args, terminal)
    return 0


def _tell(desk: Desk, args: argparse.Namespace, terminal: Terminal) -> None:
    from wpsdesk.desk.call.listing_units import listed_countries
    from wpsdesk.report.call import country_to_json

    say, found = terminal.say, listed_countries(desk)
    if args.json:
        terminal.json([country_to_json(each) for each in found])
        return
    rows = [
        (
            each.code,
            say.date(each.valid_from),
            "–" if each.valid_to is None else say.date(each.valid_to),
            each.names[terminal.language],
        )
        for each in found
    ]
    terminal.table((say("Code"), say("From"), say("To"), say("Country")), rows)
