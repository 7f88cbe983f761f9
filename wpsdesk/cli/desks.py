"""``wpsdesk desk``: make, describe, back up and restore a desk."""

from __future__ import annotations

import argparse
from pathlib import Path

from wpsdesk.base.clock import rfc3339, system_now
from wpsdesk.cli.archive import add_load_archive
from wpsdesk.cli.arguments import Group, Usage, add_command, add_group, at_desk, code, reading, speaking
from wpsdesk.cli.kept_keys import add_recovery
from wpsdesk.cli.repairing import add_repair
from wpsdesk.cli.safety import add_safety
from wpsdesk.cli.session import logged_in, opened, passphrase
from wpsdesk.cli.sharing import add_sharing
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.plan.model import Unit, UnitKind


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    group = add_group(commands, "desk", say("make, describe, back up and restore a desk"), say)
    shared = (speaking(say), reading(say), at_desk(say))
    new = add_command(group, "create", say("make a new desk for a reporting unit"), create, shared)
    new.add_argument("--unit", type=code, required=True, metavar=say("CODE"), help=say("the unit's code, such as FD"))
    new.add_argument("--kind", choices=[kind.value for kind in UnitKind], help=say("for a unit not in the plan"))
    new.add_argument("--name", metavar=say("NAME"), help=say("for a unit not in the plan"))
    new.add_argument("--covers", metavar="SO,KE", help=say("the countries a mission covers, by code"))
    add_command(group, "info", say("tell whose desk it is and how it stands"), info, shared)
    back = add_command(group, "restore", say("lay the desk in a backup at --store"), restore, shared)
    back.add_argument("file", type=Path, metavar=say("FILE"), help=say("the backup"))
    add_load_archive(group, say)
    add_repair(group, say)
    add_safety(group, say)
    add_recovery(group, say)
    add_sharing(group, say)


def create(args: argparse.Namespace, terminal: Terminal) -> int:
    """Make a desk and tell the recovery code, which is shown only here."""
    from wpsdesk.desk.opening import close_desk, create_desk
    from wpsdesk.desk.sharing import make_place

    unit, say = _unit(args, terminal), terminal.say
    secret = passphrase(args, terminal, is_new=True)
    if args.address is not None:
        make_place(args.store)
    made = logged_in(
        terminal,
        lambda login: create_desk(
            args.store, unit, secret, clock=system_now, language=terminal.language, address=args.address, password=login
        ),
    )
    close_desk(made.desk)
    if args.json:
        terminal.json(
            {
                "store": str(made.desk.store.path),
                "unit": unit.code,
                "is_authority": made.desk.is_authority,
                "recovery_code": made.recovery_code,
            }
        )
        return 0
    terminal.line(say("A desk for {unit} lies in {file}.", unit=unit.names[terminal.language], file=args.store))
    terminal.line(say("Recovery code: {code}", code=made.recovery_code))
    terminal.line(say("Write it on paper and lock it away: it opens the desk if the passphrase is forgotten."))
    if args.address is not None:
        terminal.line(
            say(
                "The desk is in the shared database; the file and the key file beside it open it. Other officers get "
                "files of their own with wpsdesk desk let-in."
            )
        )
    return 0


def _unit(args: argparse.Namespace, terminal: Terminal) -> Unit:
    from wpsdesk.desk.opening import known_unit, named_unit
    from wpsdesk.plan.loading import load_plan

    plan, say = load_plan(), terminal.say
    described = args.kind is not None or args.name is not None or args.covers is not None
    if args.unit in {unit.code for unit in plan.units}:
        if described:
            raise Usage(say("{unit} stands in the plan: leave out --kind, --name and --covers", unit=args.unit))
        return known_unit(plan, args.unit)
    if args.kind is None or not args.name:
        raise Usage(say("{unit} does not stand in the plan: give --kind and --name", unit=args.unit))
    covers = tuple(code(country) for country in (args.covers or "").split(",") if country.strip())
    return named_unit(args.unit, UnitKind(args.kind), args.name, covers, plan)


def info(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell whose desk it is and how it stands."""
    from wpsdesk.desk.opening import info as desk_info

    with opened(args, terminal) as desk:
        found = desk_info(desk)
    say, ends = terminal.say, found.certificate_ends
    if args.json:
        terminal.json(
            {
                "store": str(found.path),
                "unit": found.unit.code,
                "kind": found.unit.kind,
                "name": found.unit.names[terminal.language],
                "covers": list(found.unit.covers),
                "is_authority": found.is_authority,
                "edition": found.edition,
                "created": rfc3339(found.created),
                "is_enrolled": found.is_enrolled,
                "certificate_ends": None if ends is None else rfc3339(ends),
                "root_fingerprint": found.root_fingerprint,
                "years": list(found.years),
            }
        )
        return 0
    rows = [
        (say("Store"), str(found.path)),
        (say("Unit"), f"{found.unit.names[terminal.language]} ({found.unit.code})"),
        (say("Kind"), word(found.unit.kind, say)),
        (say("Plan edition"), found.edition),
        (say("Made"), say.moment(found.created)),
        (say("Certificate"), say("none yet") if ends is None else say("valid to {date}", date=say.date(ends.date()))),
        (say("UD's root"), found.root_fingerprint or say("not known yet")),
        (say("Years"), say.listing(str(year) for year in found.years) or say("none yet")),
    ]
    terminal.facts(rows)
    return 0


def restore(args: argparse.Namespace, terminal: Terminal) -> int:
    """Restore a backup as a new store."""
    from wpsdesk.desk.opening import close_desk
    from wpsdesk.desk.opening import restore as restored

    desk = restored(args.file, args.store, passphrase(args, terminal), clock=system_now)
    close_desk(desk)
    if args.json:
        terminal.json({"backup": str(args.file), "store": str(args.store), "unit": desk.unit.code})
    else:
        unit = desk.unit.names[terminal.language]
        terminal.line(terminal.say("The desk of {unit} lies in {file}.", unit=unit, file=args.store))
    return 0
