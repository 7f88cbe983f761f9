"""Which desk: its file, or the address of a database that several officers share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wpsdesk.base.errors import FileFault, WpsError
from wpsdesk.store.server.pointing import is_pointer
from wpsdesk.ui.choosing import PathField

if TYPE_CHECKING:
    from wpsdesk.desk.sharing import Address


class DeskField(PathField):
    """A path, as ever, or an address that can be typed instead of it."""

    @property
    def is_address(self) -> bool:
        """Whether an address stands in it, sound or not. Needs no module of the desk: the first window asks."""
        return self.line.text().strip().lower().startswith("postgresql")

    @property
    def is_shared(self) -> bool:
        """Whether it is a desk on a server, as far as can be told without its passphrase."""
        path = None if self.is_address else super().path
        try:
            return self.is_address or (path is not None and is_pointer(path))
        except FileFault:
            return False

    def address(self) -> Address | None:
        """The address; None for a path. Raises BadAddress, PasswordInAddress."""
        if not self.is_address:
            return None
        from wpsdesk.desk.sharing import address_from

        return address_from(self.line.text())

    @property
    def path(self) -> Path | None:
        """The desk's file, or the small file that opens what is at the address; None for none, or no sound one."""
        if not self.is_address:
            return super().path
        from wpsdesk.desk.sharing import place_of

        try:
            found = self.address()
        except WpsError:
            return None
        return None if found is None else place_of(found)

    def fault(self) -> WpsError | None:
        """What is wrong with the address that stands in it, if anything."""
        try:
            self.address()
        except WpsError as fault:
            return fault
        return None
