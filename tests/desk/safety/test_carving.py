"""What can be carved out of a bare disk when a desk on it has been wiped: no word, no opened copy, no way to a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.holds.disks import Disk, can_be_made, disks, remove_blanks
from tests.kit import PASSPHRASE, YEAR, Office, answer
from tests.kit.traces import forms_of
from wpsdesk.base.ids import UnitCode
from wpsdesk.desk.arrivals.inbox import inbox, received_report
from wpsdesk.desk.arrivals.receiving import receive
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.evidence.opened_copies import open_copy
from wpsdesk.desk.safety.backing_up import backup_in, folder_beside
from wpsdesk.desk.safety.rekeying import change_passphrase
from wpsdesk.desk.safety.wiping import wipe
from wpsdesk.desk.submission.sending import export
from wpsdesk.store.keyfile import keys_path

pytestmark = pytest.mark.skipif(not can_be_made(), reason="this machine lets nobody mount a disk")

SECRET = "Merkeord"
OTHER = "tyttebær i skogen ved elva"


def test_a_wiped_desk_leaves_no_word_no_opened_copy_and_no_wrapped_key_on_the_bare_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "referat.txt"
    paper.write_text(f"{SECRET} i referatet. " * 500, encoding="utf-8")
    with disks("machine") as (disk,):
        monkeypatch.setenv("XDG_STATE_HOME", str(disk.folder / "state"))
        office = Office(folder=disk.folder)
        ud = office.ud()
        fd = office.answered(office.enrolled(ud, "FD"), answer(1, text=f"{SECRET} i svaret."))
        attach(fd, YEAR, answer(1).key, [paper], keep_original=True)
        receive(ud, [export(fd, YEAR, tmp_path, approved_by="Ola").path])
        (entry,) = received_report(ud, inbox(ud)[-1].digest).entries
        open_copy(ud, UnitCode("FD"), entry.evidence[0].digest)
        ways_in = keys_path(ud.store.path).read_bytes()
        folder_beside(ud).mkdir()
        for _ in range(2):
            backup_in(ud, folder_beside(ud), keep=1)
        change_passphrase(ud, PASSPHRASE, OTHER)
        ways_in += keys_path(ud.store.path).read_bytes()
        wrapped = {part for part in ways_in.split(b'"') if len(part) > 60}
        assert len(wrapped) == 3, "two passphrases and a code"
        before = _bytes_of(disk)
        assert SECRET.encode() in before
        assert all(part in before for part in wrapped), "what is looked for can be found before"

        office.desks.remove(ud)
        wipe(ud.store.path, desk=ud)
        after = _bytes_of(disk)
        assert [word for word in (SECRET, PASSPHRASE, OTHER) if any(form in after for form in forms_of(word))] == []
        assert not any(part in after for part in wrapped)
        office.close()
    remove_blanks()


def _bytes_of(disk: Disk) -> bytes:
    disk.settle()
    return disk.image.read_bytes()
