"""``wpsdesk history``, ``restore-version`` and ``search``: what became of an answer, and where words stand."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from wpsdesk.base.clock import rfc3339
from wpsdesk.cli.arguments import Group, Usage, add_command, at_desk, code, reading, speaking, whole, year
from wpsdesk.cli.session import opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.cli.which import answer_key, key_name, year_of
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import field_name, word

if TYPE_CHECKING:
    from wpsdesk.desk.answers.history import FieldChange
    from wpsdesk.desk.answers.hits import Hit
    from wpsdesk.desk.model import Desk


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands."""
    shared = (speaking(say), reading(say), at_desk(say))
    told = add_command(commands, "history", say("tell every change of an answer"), history, shared)
    back = add_command(
        commands, "restore-version", say("bring an earlier version of an answer back"), restore_version, shared
    )
    back.add_argument(
        "--version",
        type=whole(say, 1, 10**12),
        required=True,
        metavar=say("NUMBER"),
        help=say("the version's number, from wpsdesk history"),
    )
    for parser in (told, back):
        parser.add_argument(
            "--commitment",
            type=whole(say, 1, 999),
            required=True,
            metavar=say("NUMBER"),
            help=say("the commitment's number"),
        )
        parser.add_argument(
            "--country", type=code, metavar=say("CODE"), help=say("the country, where there are several")
        )
        parser.add_argument("--field", default="", metavar=say("FIELD"), help=say("one field only, for example effort"))
        parser.add_argument(
            "--year", type=year(say), metavar=say("YEAR"), help=say("the year reported on; else the latest call's")
        )
    found = add_command(commands, "search", say("find words in everything the desk holds"), search, shared)
    found.add_argument("words", nargs="+", metavar=say("WORDS"), help=say("the words; each may be only a beginning"))


def _field(args: argparse.Namespace, terminal: Terminal) -> str:
    from wpsdesk.report.form import FORM

    names = [field.name for field in FORM]
    if args.field and args.field not in names:
        raise Usage(
            terminal.say("there is no field “{field}”; there are {names}", field=args.field, names=", ".join(names))
        )
    return str(args.field)


# -- history -------------------------------------------------------------------------------------


def history(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell every change of an answer, the newest first."""
    from wpsdesk.desk.answers.history import history as changes_of

    say, field = terminal.say, _field(args, terminal)
    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        key = answer_key(desk, when, args, say)
        changes, plan = changes_of(desk, when, key, field), desk.plan
    if args.json:
        terminal.json(
            {
                "year": when,
                "commitment": key.commitment,
                "country": key.country,
                "changes": [_change_to_json(change, say) for change in changes],
            }
        )
        return 0
    if not changes:
        terminal.line(say("Commitment {where} has never been changed.", where=key_name(key, plan, terminal)))
        return 0
    terminal.line(
        say.plural(
            "Commitment {where} has {n} change, the newest first:",
            "Commitment {where} has {n} changes, the newest first:",
            len(changes),
            where=key_name(key, plan, terminal),
        )
    )
    heads = (say("Version"), say("When"), say("Who"), say("Field"), say("What [-taken out-] {+put in+}"))
    rows = [(str(c.version), say.moment(c.when), c.who, field_name(c.field, say), _worded(c, say)) for c in changes]
    terminal.table(heads, rows)
    return 0


def _worded(change: FieldChange, say: Catalogue) -> str:
    """The differences word by word, as wdiff writes them."""
    from wpsdesk.messages.values import value_words
    from wpsdesk.report.differences import Fate, differences

    forms = {Fate.SAME: "{}", Fate.OUT: "[-{}-]", Fate.IN: "{{+{}+}}"}
    before, after = (value_words(change.field, value, say) for value in (change.before, change.after))
    return " ".join(forms[piece.kind].format(piece.text.strip()) for piece in differences(before, after))


def _change_to_json(change: FieldChange, say: Catalogue) -> dict[str, object]:
    from wpsdesk.messages.values import value_words
    from wpsdesk.report.differences import differences

    before, after = (value_words(change.field, value, say) for value in (change.before, change.after))
    return {
        "version": change.version,
        "when": rfc3339(change.when),
        "who": change.who,
        "field": change.field,
        "before": before,
        "after": after,
        "difference": [{"kind": piece.kind, "text": piece.text} for piece in differences(before, after)],
    }


def restore_version(args: argparse.Namespace, terminal: Terminal) -> int:
    """Bring a version of an answer, or of one field of it, back."""
    from wpsdesk.desk.answers.history import restore_version as bring_back

    say, field = terminal.say, _field(args, terminal)
    with opened(args, terminal) as desk:
        when = year_of(desk, args)
        key = answer_key(desk, when, args, say)
        made = bring_back(desk, when, key, args.version, field)
        where = key_name(key, desk.plan, terminal)
    if args.json:
        terminal.json(
            {
                "year": when,
                "commitment": key.commitment,
                "country": key.country,
                "version": args.version,
                "field": field or None,
                "lost": [{"name": each.name, "sha256": each.digest} for each in made.lost],
            }
        )
        return 0
    terminal.line(
        say("Commitment {where} says again what it said in version {version}.", where=where, version=args.version)
    )
    if made.lost:
        names = say.listing(each.name for each in made.lost)
        terminal.line(say("These files are no longer on the desk and did not come back: {names}", names=names))
    return 0


# -- search --------------------------------------------------------------------------------------


def search(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell where the words stand, grouped by kind."""
    from wpsdesk.desk.answers.searching import search as find

    say, words = terminal.say, " ".join(args.words)
    with opened(args, terminal) as desk:
        if desk.gathers:
            from wpsdesk.desk.review.finding import make_findable, make_others_findable

            make_findable(desk, progress=terminal.progress(say("Reading the reports")))
            make_others_findable(desk, progress=terminal.progress(say("Reading the reports that are not in force")))
        hits = find(desk, words, terminal.language)
        rows = [(word(hit.where, say), _place(hit, desk, terminal), _extract(hit)) for hit in hits]
    if args.json:
        terminal.json({"words": words, "hits": [_hit_to_json(hit) for hit in hits]})
        return 0
    if not hits:
        terminal.line(say("Nothing the desk holds has these words."))
        return 0
    terminal.line(say.plural("{n} place:", "{n} places:", len(hits)))
    terminal.table((say("Kind"), say("Where"), say("What stands there")), rows)
    return 0


def _place(hit: Hit, desk: Desk, terminal: Terminal) -> str:
    parts = [hit.unit or "", str(hit.year) if hit.year is not None else ""]
    if hit.where == "journal":
        from wpsdesk.messages.journal_words import done

        return done(hit.field, terminal.say)
    if hit.where == "meeting":
        parts.append(terminal.say("meeting {year}/{n}", year=hit.year, n=hit.number))
    if hit.key is not None:
        parts.append(key_name(hit.key, desk.plan, terminal))
    if hit.where == "not-in-force":
        from wpsdesk.messages.found import which_report

        parts.append(which_report(hit, terminal.say))
        return " · ".join(part for part in parts if part)
    parts.append(hit.title or (field_name(hit.field, terminal.say) if hit.field else ""))
    return " · ".join(part for part in parts if part)


def _extract(hit: Hit) -> str:
    return "".join(f"*{text}*" if is_found else text for text, is_found in hit.extract)


def _hit_to_json(hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.where,
        "year": hit.year,
        "commitment": None if hit.key is None else hit.key.commitment,
        "country": None if hit.key is None else hit.key.country,
        "field": hit.field or None,
        "title": hit.title or None,
        "unit": hit.unit,
        "number": hit.number or None,
        "extract": [{"text": text, "found": is_found} for text, is_found in hit.extract],
    }
