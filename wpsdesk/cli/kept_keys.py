"""``wpsdesk authority``, ``desk recovery-key`` and ``desk recover``: keys that are kept in files of their own."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wpsdesk.base.clock import rfc3339
from wpsdesk.cli.arguments import Group, add_command, add_group, at_desk, reading, speaking
from wpsdesk.cli.session import key_words, opened
from wpsdesk.cli.terminal import Terminal
from wpsdesk.i18n import Catalogue
from wpsdesk.messages.words import LATER

if TYPE_CHECKING:
    from wpsdesk.desk.keys.rooting import KeyFile, RootFacts

_OPTION: Final = "--key-passphrase-file"


def add(commands: Group, say: Catalogue) -> None:
    """Add the commands of the authority."""
    group = add_group(commands, "authority", say("UD's root and issuing keys"), say)
    shared = (speaking(say), reading(say), at_desk(say))
    add_command(group, "info", say("tell how it stands with the keys"), info, shared)
    apart = add_command(group, "keep-root", say("move the root key to a file of its own"), keep_root, shared)
    apart.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file"))
    _add_words(apart, say)
    new = add_command(group, "new-issuer", say("replace the issuing key"), new_issuer, shared)
    _add_root(new, say)
    new.add_argument(
        "--reason", choices=tuple(LATER["Reason"]), help=say("revoke the old one, and all it has issued; and why")
    )
    add_command(group, "renew-lists", say("renew the lists of revoked certificates"), renew_all, shared)
    again = add_command(group, "renew-root-list", say("renew the root's list of revoked keys"), renew_list, shared)
    _add_root(again, say)


def add_recovery(group: Group, say: Catalogue) -> None:
    """Add the commands of recovery, which stand beside those of the desk."""
    shared = (speaking(say), reading(say), at_desk(say))
    apart = add_command(
        group, "recovery-key", say("move the desk's recovery key to a file of its own"), recovery_key, shared
    )
    apart.add_argument("out", type=Path, metavar=say("OUT"), help=say("the new file"))
    _add_words(apart, say)
    open_ = add_command(
        group, "recover", say("open a sealed file with a recovery key alone"), recover, (speaking(say), reading(say))
    )
    open_.add_argument("key", type=Path, metavar=say("KEYFILE"), help=say("the file with the recovery key"))
    open_.add_argument("bundle", type=Path, metavar=say("BUNDLE"), help=say("the sealed file"))
    open_.add_argument("out", type=Path, metavar="OUT.asice", help=say("where the signed container is to lie"))
    _add_words(open_, say)


def _add_words(parser: argparse.ArgumentParser, say: Catalogue) -> None:
    parser.add_argument(
        _OPTION, type=Path, metavar=say("FILE"), help=say("file with the key's own passphrase on its first line")
    )


def _add_root(parser: argparse.ArgumentParser, say: Catalogue) -> None:
    parser.add_argument("--root-key", type=Path, metavar=say("KEYFILE"), help=say("the file with the root key"))
    _add_words(parser, say)


def _root(args: argparse.Namespace, terminal: Terminal) -> KeyFile | None:
    from wpsdesk.desk.keys.rooting import KeyFile

    if args.root_key is None:
        return None
    return KeyFile(path=args.root_key, passphrase=key_words(args.key_passphrase_file, _OPTION, terminal))


# -- the authority -------------------------------------------------------------------------------


def info(args: argparse.Namespace, terminal: Terminal) -> int:
    """Tell how it stands."""
    from wpsdesk.desk.keys.rooting import root_facts

    with opened(args, terminal) as desk:
        found = root_facts(desk)
    return _tell(found, args, terminal)


def keep_root(args: argparse.Namespace, terminal: Terminal) -> int:
    """Move the root key."""
    from wpsdesk.desk.keys.rooting import keep_root_apart

    words = key_words(args.key_passphrase_file, _OPTION, terminal, is_new=True)
    with opened(args, terminal) as desk:
        found = keep_root_apart(desk, args.out, words)
    if not args.json:
        terminal.line(terminal.say("The root key lies in {file}, and no longer in the store.", file=args.out))
        terminal.line(terminal.say("Lock the file away. Older backups of the desk still hold the key."))
    return _tell(found, args, terminal)


def renew_list(args: argparse.Namespace, terminal: Terminal) -> int:
    """Renew the root's list."""
    from wpsdesk.desk.keys.rooting import renew_root_list

    root = _root(args, terminal)
    with opened(args, terminal) as desk:
        found = renew_root_list(desk, root)
    return _tell(found, args, terminal)


def renew_all(args: argparse.Namespace, terminal: Terminal) -> int:
    """Renew the lists that need no root key."""
    from wpsdesk.desk.keys.rooting import renew_lists

    with opened(args, terminal) as desk:
        found = renew_lists(desk)
    return _tell(found, args, terminal)


def _tell(found: RootFacts, args: argparse.Namespace, terminal: Terminal) -> int:
    say = terminal.say
    if args.json:
        terminal.json(
            {
                "root_fingerprint": found.fingerprint,
                "is_offline": found.is_offline,
                "root_ends": rfc3339(found.root_ends),
                "root_list_ends": rfc3339(found.root_list_ends),
                "lists_made": rfc3339(found.lists_made),
                "lists_end": rfc3339(found.lists_end),
                "issuing": found.issuing_name,
                "issuing_ends": rfc3339(found.issuing_ends),
                "issuers": found.issuers,
            }
        )
        return 0
    where = say("in a file of its own") if found.is_offline else say("in the store")
    rows = [
        (say("UD's root"), found.fingerprint),
        (say("The root key lies"), where),
        (say("The root is valid to"), say.date(found.root_ends.date())),
        (say("Its list is valid to"), say.date(found.root_list_ends.date())),
        (say("The issuing key"), found.issuing_name),
        (say("It is valid to"), say.date(found.issuing_ends.date())),
    ]
    terminal.facts(rows)
    return 0


def new_issuer(args: argparse.Namespace, terminal: Terminal) -> int:
    """Replace the issuing key."""
    from wpsdesk.desk.keys.rooting import replace_issuer
    from wpsdesk.trust.parsing import Reason

    root, reason = _root(args, terminal), None if args.reason is None else Reason(args.reason)
    with opened(args, terminal) as desk:
        made = replace_issuer(desk, root, reason=reason)
    say = terminal.say
    if args.json:
        terminal.json({"name": made.name, "not_after": rfc3339(made.not_after), "revoked_old": made.is_old_revoked})
        return 0
    ends = say.date(made.not_after.date())
    terminal.line(say("{name} issues from now on, to {date}.", name=made.name, date=ends))
    if made.is_old_revoked:
        terminal.line(say("The old one is revoked, and with it all it has issued: every unit needs a new certificate."))
    else:
        terminal.line(say("What the old one has issued stands to its end."))
    return 0


# -- recovery ------------------------------------------------------------------------------------


def recovery_key(args: argparse.Namespace, terminal: Terminal) -> int:
    """Move the recovery key."""
    from wpsdesk.desk.keys.recovering import keep_recovery_apart

    words = key_words(args.key_passphrase_file, _OPTION, terminal, is_new=True)
    with opened(args, terminal) as desk:
        kept = keep_recovery_apart(desk, args.out, words)
    say = terminal.say
    if args.json:
        terminal.json({"path": str(kept.path), "unit": kept.unit})
    else:
        terminal.line(say("The recovery key lies in {file}, and no longer in the store.", file=kept.path))
        terminal.line(say("Lock the file away. Older backups of the desk still hold the key."))
    return 0


def recover(args: argparse.Namespace, terminal: Terminal) -> int:
    """Open a sealed file."""
    from wpsdesk.desk.keys.recovering import recover as open_with_key

    say = terminal.say
    words = key_words(args.key_passphrase_file, _OPTION, terminal)
    found = open_with_key(args.key, words, args.bundle, args.out, progress=terminal.progress(say("Opening")))
    if args.json:
        terminal.json({"path": str(found.path), "unit": found.unit, "sha256": found.digest, "size": found.size})
    else:
        terminal.line(
            say(
                "The recovery key of {unit} opens it: {file} ({size}).",
                unit=found.unit,
                file=found.path,
                size=say.size(found.size),
            )
        )
        terminal.line(say("The file is readable by anyone who has it. See who signed it with wpsdesk verify."))
    return 0
