"""``wpsdesk plan``: the edition of the plan, its commitments, who is responsible, the focus countries."""

from __future__ import annotations

import argparse

from wpsdesk.cli.arguments import Group, add_command, reading, speaking
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue


def add(commands: Group, say: Catalogue) -> None:
    """Add the command."""
    add_command(
        commands,
        "plan",
        say("show the plan: commitments, ministries, focus countries"),
        show,
        (speaking(say), reading(say)),
    )


def show(args: argparse.Namespace, terminal: Terminal) -> int:
    """Print the plan edition."""
    from wpsdesk.plan.listing import to_json
    from wpsdesk.plan.loading import load_plan

    plan, say = load_plan(), terminal.say
    if args.json:
        terminal.json(to_json(plan))
        return 0
    language = terminal.language
    terminal.line(say("{title}, edition {edition}", title=plan.title[language], edition=plan.edition))
    for area in plan.areas:
        terminal.line()
        terminal.line(area.names[language])
        rows = [(f"{c.number:>2}", " ".join(c.ministries), c.titles[language]) for c in plan.in_area(area)]
        terminal.table((say("No."), say("Responsible"), say("Commitment")), rows)
    terminal.line()
    terminal.line(say("Focus countries"))
    terminal.line(say.listing(f"{c.names[language]} ({c.code})" for c in plan.focus_countries))
    terminal.line()
    terminal.line(say("Reporting units in the plan"))
    terminal.table((say("Code"), say("Name")), [(unit.code, unit.names[language]) for unit in plan.units])
    return 0
