"""What attached files carried besides their content, as ``wpsdesk attach`` tells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wpsdesk.cli.terminal import Terminal
from wpsdesk.messages import shown, word
from wpsdesk.messages.carried import finding_value

if TYPE_CHECKING:
    from wpsdesk.desk.evidence.attaching import AttachedFile
    from wpsdesk.evidence.model import Finding


def file_to_json(file: AttachedFile) -> dict[str, object]:
    """A file that was attached, as scripts read it."""
    return {
        "file": file.name,
        "sha256": file.evidence.digest,
        "size_before": file.size_before,
        "size": file.evidence.size,
        "media_type": file.evidence.media_type,
        "already_attached": file.is_again,
        "removed": [_finding_to_json(finding) for finding in file.removed],
        "remains": [_finding_to_json(finding) for finding in file.remains],
    }


def _finding_to_json(finding: Finding) -> dict[str, object]:
    return {"kind": finding.kind, "where": finding.where, "value": finding.value}


def tell_findings(files: Sequence[AttachedFile], terminal: Terminal) -> None:
    """Say of every file what was taken out and what it still carries."""
    say = terminal.say
    removed = [(file, finding) for file in files for finding in file.removed]
    remains = [(file, finding) for file in files for finding in file.remains]
    if removed:
        terminal.line(say("Taken out of the files before they were attached:"))
        _table(removed, terminal)
    if remains:
        terminal.line(say("The files still carry this:"))
        _table(remains, terminal)
    for file in files:
        if file.is_again:
            terminal.line(say("{file} was attached already, and stands there once.", file=shown(file.name)))
        if file.evidence.size != file.size_before:
            terminal.line(
                say(
                    "{file}: {before} before, {after} now.",
                    file=shown(file.name),
                    before=say.size(file.size_before),
                    after=say.size(file.evidence.size),
                )
            )


def _table(found: list[tuple[AttachedFile, Finding]], terminal: Terminal) -> None:
    say = terminal.say
    rows = [
        (shown(file.name), word(finding.kind, say), shown(finding.where), finding_value(finding, say, at_most=60))
        for file, finding in found
    ]
    terminal.table((say("File"), say("Kind of information"), say("Where"), say("What it says")), rows)
