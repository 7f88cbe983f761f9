"""Sentences for a desk on a server, which several officers share."""

from __future__ import annotations

from typing import Final

from wpsdesk.base.errors import FileFault
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import Places, Row, file, row
from wpsdesk.store.server.errors import (
    BadAddress,
    DatabaseAway,
    DatabaseBusy,
    DatabaseRefused,
    DeskNotThere,
    DeskThereAlready,
    DriverMissing,
    KeyNotYetKnown,
    LoginWanted,
    MovedNotOpened,
    MoveNotYetKnown,
    NoRights,
    NotShared,
    OnlyInAFile,
    PasswordInAddress,
)


def _file(error: FileFault, _say: Catalogue) -> Places:
    return {"file": file(error.path)}


ROWS: Final[tuple[Row, ...]] = (
    row(
        BadAddress,
        what=N_("This is no address of a shared database."),
        do=N_("An address looks like this: postgresql+psycopg://server.example/database. IT knows the right one."),
    ),
    row(
        PasswordInAddress,
        what=N_("The address holds a password, where others could see it. It was not used and is not kept."),
        do=N_(
            "Leave the password out of the address. Put it in PostgreSQL's own password file, or write it when asked."
        ),
    ),
    row(
        DriverMissing,
        what=N_("This installation of WPS Desk cannot speak to a shared database."),
        do=N_("Ask IT to install WPS Desk with the extra called ud."),
    ),
    row(
        DatabaseAway,
        what=N_("The shared database of the desk {file} does not answer."),
        kept=N_("Nothing is half done: what you just did was either kept as a whole or not at all."),
        do=N_("Wait a little, see whether it was kept, and try again. Tell IT if it lasts."),
        fill=_file,
    ),
    row(
        DatabaseRefused,
        what=N_("The shared database of the desk {file} does not let you in."),
        do=N_("Check the address and the password with IT: the user must exist there and be allowed to use it."),
        fill=_file,
    ),
    row(
        NoRights,
        what=N_("The shared database of the desk {file} lets you in, but your login there may not do this."),
        do=N_(
            "Ask IT to give the login its rights to the desk; the manual has them, under For IT. To make a desk there "
            "or give it a new key, the login must be allowed to make a schema."
        ),
        fill=_file,
    ),
    row(
        LoginWanted,
        what=N_("The shared database of the desk {file} wants a password."),
        do=N_("Put it in PostgreSQL's own password file, or open the desk in a terminal, where you are asked for it."),
        fill=_file,
    ),
    row(
        DatabaseBusy,
        what=N_("Somebody else has been writing to the desk {file} for so long that the waiting was given up."),
        do=N_("Try again in a moment."),
        fill=_file,
    ),
    row(
        MoveNotYetKnown,
        what=N_(
            "The database went away at the very moment when the desk {file} was to be closed there, and whether it was "
            "closed is not known yet. All of the desk lies in {copy} too."
        ),
        kept=N_("Nothing was lost."),
        do=N_(
            "When the database is back, open {file}. If the desk is not there any more, {copy} is the desk, with the "
            "same passphrase. If it is there, remove {copy} and move it again."
        ),
        fill=lambda error, _say: {"file": file(error.path), "copy": file(error.copy)},
    ),
    row(
        KeyNotYetKnown,
        what=N_(
            "The database went away at the very moment when the desk {file} was to get its new key, and whether it got "
            "it shows when the desk is opened next."
        ),
        kept=N_("Nothing was lost, and this machine opens the desk either way."),
        do=N_(
            "When the database is back, open the desk with the new passphrase, and if that does not open it, with the "
            "old one. If it is the new one, make a new recovery code under Safety."
        ),
        fill=_file,
    ),
    row(
        MovedNotOpened,
        what=N_("The desk has been moved, and {file} opens it, but it could not be opened just now."),
        kept=N_("Nothing was lost."),
        do=N_("Open it in a moment, with the same passphrase. Tell IT if it lasts."),
        fill=_file,
    ),
    row(
        DeskNotThere,
        what=N_("The desk {file} is not in its shared database, or not any more."),
        do=N_("It may have been moved: ask the other officers where it is now."),
        fill=_file,
    ),
    row(
        DeskThereAlready,
        what=N_("There is a desk, or something else, at this place in the shared database already."),
        do=N_("Open that desk, or give the new one a schema of its own: add ?schema=name to the address."),
    ),
    row(
        NotShared,
        what=N_("The desk {file} is in a file of its own, which one person at a time has open."),
        do=N_("Move it to a shared database first: wpsdesk desk move."),
        fill=_file,
    ),
    row(
        OnlyInAFile,
        what=N_("The desk {file} is in a shared database, and this can be done only with a desk in a file."),
        do=N_("Move the desk to a file first, and back afterwards: wpsdesk desk move."),
        fill=_file,
    ),
)
