"""Sentences for stores, key files and backups."""

from __future__ import annotations

from typing import Final

from wpsdesk.base.errors import FileFault
from wpsdesk.desk.arrivals.arrival_errors import NoBackupFirst
from wpsdesk.desk.safety.safety_errors import AnotherName, BackupPlaceMissing
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import NOTHING_CHANGED, NOTHING_STORED, STORE_SAFE, Places, Row, file, row, shown
from wpsdesk.store.errors import (
    ContainerChanged,
    DamagedBackup,
    DamagedStore,
    EvidenceMissing,
    KeyFileDamaged,
    KeyFileMissing,
    NewerStore,
    NoSuchVersion,
    NotABackup,
    NotAStore,
    StoreInUse,
    WrongPassphrase,
)


def _file(error: FileFault, _say: Catalogue) -> Places:
    return {"file": file(error.path)}


def _no_backup(error: NoBackupFirst, say: Catalogue) -> Places:
    full, refused = say("there is no room on the disk"), say("the folder cannot be written to")
    return {"folder": file(error.folder), "why": full if error.is_full else refused}


ROWS: Final[tuple[Row, ...]] = (
    row(
        WrongPassphrase,
        what=N_("The passphrase does not open the store {file}."),
        kept=STORE_SAFE,
        do=N_("Write it again; capital letters and spaces count. The recovery code opens the store too."),
        fill=_file,
    ),
    row(
        KeyFileMissing,
        what=N_("The key file {file} is missing, and without it nobody can read the store."),
        kept=STORE_SAFE,
        do=N_(
            "Put the key file back beside the store, or restore the newest backup: the key file is in it. If you meant "
            "another store, choose that one."
        ),
        fill=_file,
    ),
    row(
        KeyFileDamaged,
        what=N_("The key file {file} is damaged."),
        kept=STORE_SAFE,
        do=N_("Restore the newest backup: a copy of the key file is in it."),
        fill=_file,
    ),
    row(
        NotAStore,
        what=N_("The file {file} is not a store of WPS Desk, or the key file beside it belongs to another store."),
        kept=N_("The file was left exactly as it was."),
        do=N_("Check that it is the right file. The name of a store ends in .wpsdesk."),
        fill=_file,
    ),
    row(
        DamagedStore,
        what=N_("The store {file} is damaged."),
        kept=N_("Nothing was written to it."),
        do=N_(
            "Keep the file, and restore the newest backup in another folder. What can still be read of the damaged "
            "one is saved by the command wpsdesk desk repair."
        ),
        fill=_file,
    ),
    row(
        NewerStore,
        what=N_("The store {file} was made by a newer WPS Desk."),
        kept=STORE_SAFE,
        do=N_("Get the newest version of WPS Desk and open the store with it."),
        fill=_file,
    ),
    row(
        StoreInUse,
        what=N_("The store {file} is open in another WPS Desk."),
        kept=STORE_SAFE,
        do=N_("Close it there, and try again."),
        fill=_file,
    ),
    row(
        NotABackup,
        what=N_("The file {file} is not a backup from WPS Desk."),
        kept=N_("The file was left exactly as it was."),
        do=N_("Check that it is the right file."),
        fill=_file,
    ),
    row(
        DamagedBackup,
        what=N_("The backup {file} is damaged and cannot be restored."),
        do=N_(
            "Use another backup, and make a new one as soon as you can. What can still be read of this one is saved "
            "by the command wpsdesk desk repair."
        ),
        fill=_file,
    ),
    row(
        BackupPlaceMissing,
        what=N_("The folder {folder} cannot be reached. If it is on a memory stick, the stick is not in the machine."),
        kept=N_("No backup was made. What you have written is safe on this machine."),
        do=N_("Put the stick in and try again, or choose another folder."),
        fill=lambda error, _say: {"folder": file(error.folder)},
    ),
    row(
        NoBackupFirst,
        what=N_("The backup before the first import of the day could not be made in {folder}: {why}."),
        kept=N_("Nothing was imported, and nothing was lost. The files lie where they lay."),
        do=N_("Mend that and import again, or import without a backup this time."),
        fill=_no_backup,
    ),
    row(
        AnotherName,
        what=N_("The name does not match, so nothing was wiped."),
        kept=NOTHING_CHANGED,
        do=N_("If you mean it, write the name {name}."),
        fill=lambda error, _say: {"name": shown(error.wanted)},
    ),
    row(
        ContainerChanged,
        what=N_("The file changed between the moment it was checked and the moment it was to be stored."),
        kept=NOTHING_STORED,
        do=N_("Copy it to this machine's own disk and import it again."),
    ),
    row(
        EvidenceMissing,
        what=N_("A file of evidence that an answer names is not in the store."),
        do=N_("Attach the file again. If you do not have it, restore the newest backup in another folder."),
    ),
    row(
        NoSuchVersion,
        what=N_("The answer has no version with the number {number}."),
        do=N_("The command wpsdesk history shows the numbers."),
        fill=lambda error, _say: {"number": str(error.number)},
    ),
)
