"""What the gathering pages of a desk share: its gathering side, and with the desk's own pages all that is one."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.model import gathering
from wpsdesk.ui.context import Context

CONTRIBUTED: Final = "contributions"
"""The kind of :attr:`Context.changed` by which the desk's own pages hear that others have reported, or were asked."""

_COME: Final = frozenset({"submissions", "units"})
_OF_THE_DESK: Final = frozenset({"backups", "habits", "journal"})


class SideContext(Context):
    """The context of the gathering pages. What it tells and remembers, the desk's own context ``main`` does."""

    def __init__(self, main: Context) -> None:
        super().__init__(gathering(main.desk), main.jobs, main.settings, main.say.language)
        self.setParent(main)
        self._main = main
        self._is_telling = False
        self.told.connect(main.told)
        self.quieted.connect(main.quieted)
        self.changed.connect(self._tell_main)
        main.remembered.connect(self._take_settings)
        main.changed.connect(self._hear_main)

    def remember(self, **changes: object) -> None:
        """Change settings where they are kept."""
        self._main.remember(**changes)

    def _take_settings(self) -> None:
        self.settings = self._main.settings

    def _hear_main(self, what: str) -> None:
        """Reports of one's own may have come in where all files do."""
        if what in _COME and not self._is_telling:
            self._is_telling = True
            self.changed.emit(what)
            self._is_telling = False

    def _tell_main(self, what: str) -> None:
        self._main.changed.emit(what if what in _OF_THE_DESK else CONTRIBUTED)


def side_of(main: Context) -> SideContext:
    """The gathering side of an open desk, the same one as long as the desk is open, in the language of now."""
    found = main.findChild(SideContext) or SideContext(main)
    if found.say.language != main.say.language:
        found.speak(main.say.language)
    return found
