"""What can be wrong with the world when a plan edition is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import EditionId


@dataclass(eq=False, kw_only=True)
class UnknownEdition(WpsError):
    """An edition of the plan that this version of the program does not have; a newer version may."""

    edition: EditionId
