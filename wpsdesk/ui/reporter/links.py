"""What else an answer bears on: targets of SDG 5 and 16, related commitments, resolutions of the Security Council."""

from __future__ import annotations

import re
from typing import Final

from wpsdesk.base.ids import CommitmentNumber
from wpsdesk.i18n import Catalogue
from wpsdesk.plan.model import Plan
from wpsdesk.report.model import Links
from wpsdesk.ui import style
from wpsdesk.ui.controls import label
from wpsdesk.ui.editors import Editor, LineEditor

_PARTS: Final = re.compile(r"[\s,;]+")
_TARGET: Final = re.compile(r"(5|16)\.[0-9a-z]{1,2}")
_RESOLUTION: Final = re.compile(r"[0-9]{3,4}")


class LinksEditor(Editor):
    """Three lines, each a list parted by commas. What cannot be read is said and not kept."""

    def __init__(self, say: Catalogue, plan: Plan) -> None:
        super().__init__()
        self._say, self._plan = say, plan
        self.targets = LineEditor(say("Targets under SDG 5 and 16"), placeholder="5.5, 16.7")
        self.commitments = LineEditor(say("Related commitments, by number"), placeholder="7, 9")
        self.resolutions = LineEditor(say("Resolutions, by number"), placeholder="1325, 2242")
        self.setFocusProxy(self.targets)
        inside = self._bare()
        inside.setSpacing(style.current().px(6))
        for editor in (self.targets, self.commitments, self.resolutions):
            name = label(editor.line.accessibleName(), type="small", wraps=True)
            name.setBuddy(editor)
            inside.addWidget(name)
            inside.addWidget(editor)
            editor.changed.connect(self._on_change)

    def _on_change(self) -> None:
        self._complain()
        self.changed.emit()

    def _complain(self) -> None:
        say, last = self._say, len(self._plan.commitments)
        for editor, is_right, hint in (
            (self.targets, _is_target, say("Targets look like this: 5.5 or 16.7.")),
            (self.commitments, self._is_commitment, say("Numbers from 1 to {last}.", last=last)),
            (self.resolutions, _is_resolution, say("Numbers of three or four digits, such as 1325.")),
        ):
            editor.show_error("" if all(map(is_right, _parts(editor))) else hint)

    def _is_commitment(self, part: str) -> bool:
        return part.isascii() and part.isdigit() and 1 <= int(part[:4]) <= len(self._plan.commitments)

    def show_value(self, value: object) -> None:
        """Show the links."""
        assert isinstance(value, Links)
        if self.value() != value:
            self.targets.show_value(", ".join(value.sdg_targets))
            self.commitments.show_value(", ".join(str(number) for number in value.commitments))
            self.resolutions.show_value(", ".join(value.resolutions))
        self._complain()

    def value(self) -> object:
        """The links that can be read, each once."""
        commitments = (CommitmentNumber(int(p)) for p in _parts(self.commitments) if self._is_commitment(p))
        return Links(
            sdg_targets=tuple(dict.fromkeys(p for p in _parts(self.targets) if _is_target(p))),
            commitments=tuple(dict.fromkeys(commitments)),
            resolutions=tuple(dict.fromkeys(p for p in _parts(self.resolutions) if _is_resolution(p))),
        )


def _is_target(part: str) -> bool:
    return _TARGET.fullmatch(part) is not None


def _is_resolution(part: str) -> bool:
    return _RESOLUTION.fullmatch(part) is not None


def _parts(editor: LineEditor) -> tuple[str, ...]:
    return tuple(part for part in _PARTS.split(str(editor.value())) if part)


def summary(links: Links) -> str:
    """All of them in one line."""
    return " · ".join((*links.sdg_targets, *(str(n) for n in links.commitments), *links.resolutions))
