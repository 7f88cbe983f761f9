"""What a stranger with the files finds in them: nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.conftest import NOW, PASSPHRASE
from tests.store.test_drafts import FIRST, YEAR
from wpsdesk.plan.model import Plan
from wpsdesk.report.model import Passage
from wpsdesk.store.backup import backup_store
from wpsdesk.store.documents import put_document
from wpsdesk.store.drafts import save_entry
from wpsdesk.store.errors import BrokenRule
from wpsdesk.store.evidence import keep
from wpsdesk.store.journal import note
from wpsdesk.store.opening import create_store
from wpsdesk.store.store import Store
from wpsdesk.store.vault import put_secret

WORD = "Rettighetsforkjemperen"


def write_everywhere(store: Store, plan: Plan) -> None:
    with store.write() as tx:
        entry = replace(FIRST, effort=Passage(text=f"{WORD} i Beirut"))
        save_entry(tx, YEAR, entry, who=WORD, now=NOW, plan=plan)
        keep(tx, [WORD.encode() * 10_000])
        put_document(tx, WORD, WORD, WORD.encode() * 1000)
        put_secret(tx, "key", WORD.encode())
        note(tx, "exported", who=WORD, now=NOW, about=WORD)


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def test_no_text_and_no_table_can_be_found_in_any_file(tmp_path: Path, plan: Plan) -> None:
    store, code = create_store(tmp_path / "desk.wpsdesk", PASSPHRASE, now=NOW)
    with closing(store):
        write_everywhere(store, plan)
        backup_store(store, tmp_path / "desk.wpsbackup")
        found = list(files(tmp_path))
        assert any(path.name.endswith("-wal") for path in found)  # while it is open, the WAL too
        for path in found:
            data = path.read_bytes().lower()
            for word in (WORD, "beirut", "sqlite format", "draft_versions", PASSPHRASE, code):
                assert word.lower().encode() not in data, (path.name, word)


def test_every_file_beside_a_store_is_for_its_owner_alone(tmp_path: Path, plan: Plan) -> None:
    store, _ = create_store(tmp_path / "desk.wpsdesk", PASSPHRASE, now=NOW)
    with closing(store):
        write_everywhere(store, plan)
        backup_store(store, tmp_path / "desk.wpsbackup")
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in files(tmp_path)}
    assert set(modes.values()) == {"0o600"}, modes
    assert len(modes) == 6


def test_a_bug_reports_the_rule_and_never_the_value(store: Store) -> None:
    with pytest.raises(BrokenRule) as caught, store.write() as tx:
        tx.run(text("INSERT INTO sent (id) VALUES (:id)"), {"id": WORD})
    assert WORD not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
