"""Up and down between versions: every store there was opens, a newer one is refused, and there is a way back."""

from __future__ import annotations

import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.kit import PASSPHRASE, YEAR, WoundClock, answer
from tests.vectors.making import STORES
from tests.vectors.playing import knowing
from wpsdesk.base.canonical import sha256
from wpsdesk.base.errors import WpsError
from wpsdesk.desk.answers.drafting import entry, save
from wpsdesk.desk.model import Desk
from wpsdesk.desk.opening import close_desk, open_desk
from wpsdesk.desk.submission.sending import sent_bundles
from wpsdesk.i18n import catalogue
from wpsdesk.messages import sentence
from wpsdesk.store.backup import KEYS, STORE
from wpsdesk.store.errors import NewerStore
from wpsdesk.store.evidence import read
from wpsdesk.store.keyfile import keys_path
from wpsdesk.store.migrations import MIGRATIONS
from wpsdesk.store.opening import integrity, open_store

EARLIER = range(1, len(MIGRATIONS))


def laid(version: int, store: Path) -> Path:
    """A store as a program of that version left it."""
    with zipfile.ZipFile(STORES / f"version-{version}.wpsbackup") as archive:
        store.write_bytes(archive.read(STORE))
        keys_path(store).write_bytes(archive.read(KEYS))
    return store


def opened(store: Path) -> Desk:
    return open_desk(store, PASSPHRASE, clock=WoundClock())


def test_there_is_a_store_of_every_earlier_version() -> None:
    assert {path.name for path in STORES.iterdir()} >= {f"version-{version}.wpsbackup" for version in EARLIER}


@pytest.mark.parametrize("version", EARLIER)
def test_an_upgrade_leaves_the_store_as_it_was_and_the_earlier_program_opens_that(version: int, tmp_path: Path) -> None:
    store = laid(version, tmp_path / "desk.wpsdesk")
    desk = opened(store)
    save(desk, YEAR, answer(7, text="Skrevet etterpå."))
    assert integrity(desk.store) == ()
    assert entry(desk, YEAR, answer(1).key).effort == answer(1).effort
    close_desk(desk)
    copies = {path.name for path in tmp_path.glob("*.before-*")}
    assert copies == {f"desk.before-{number}.wpsdesk" for number in range(version + 1, len(MIGRATIONS) + 1)}
    before = sha256(store.read_bytes())

    with knowing(version):  # the earlier program again
        with pytest.raises(NewerStore) as refused:
            open_store(store, PASSPHRASE)
        assert sha256(store.read_bytes()) == before
        (tmp_path / f"desk.before-{version + 1}.wpsdesk").replace(store)
        with closing(open_store(store, PASSPHRASE)) as earlier, earlier.read() as tx:
            assert tx.run(text("PRAGMA user_version")).scalar_one() == version
    assert "made by a newer WPS Desk" in said(refused.value)
    assert "newest version of WPS Desk" in said(refused.value)


def test_what_the_first_program_sent_is_still_told_as_sent(tmp_path: Path) -> None:
    desk = opened(laid(1, tmp_path / "desk.wpsdesk"))
    assert [one.seq for one in sent_bundles(desk, YEAR)] == [1]
    (file,) = entry(desk, YEAR, answer(1).key).evidence
    assert b"".join(read(desk.store, file.digest)).decode() == "Referat fra møtet."
    close_desk(desk)


def said(error: WpsError) -> str:
    return str(sentence(error, catalogue("en")))
