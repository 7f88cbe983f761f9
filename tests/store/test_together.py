"""Several writers' work that reaches the disk at once: each part stands or falls by itself, and all of them wait."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from tests.store.conftest import IN_A_FILE
from wpsdesk.base.errors import DiskFull
from wpsdesk.store.documents import document, documents, put_document
from wpsdesk.store.errors import BrokenRule, TogetherLost
from wpsdesk.store.evidence import keep
from wpsdesk.store.store import Store


def put(store: Store, key: str, data: bytes = b"") -> None:
    with store.write() as tx:
        put_document(tx, "a", key, data)


def keys_in(store: Store) -> list[str]:
    with store.read() as tx:
        return [each.key for each in documents(tx, "a")]


def test_nobody_else_sees_anything_of_it_before_the_end_and_the_writer_sees_all(store: Store) -> None:
    with ThreadPoolExecutor(1) as other:
        with store.together():
            put(store, "1")
            put(store, "2")
            assert keys_in(store) == ["1", "2"]
            assert other.submit(keys_in, store).result() == []
        assert other.submit(keys_in, store).result() == ["1", "2"]


def test_a_part_that_fails_takes_back_itself_and_no_other(store: Store) -> None:
    with store.together():
        put(store, "1")
        with pytest.raises(KeyError), store.write() as tx:
            put_document(tx, "a", "2", b"")
            raise KeyError
        put(store, "3")
    assert keys_in(store) == ["1", "3"]


def test_where_the_whole_fails_nothing_of_it_is_kept(store: Store) -> None:
    with pytest.raises(KeyError), store.together():
        put(store, "1")
        raise KeyError
    assert keys_in(store) == []
    put(store, "2")
    assert keys_in(store) == ["2"]


def test_a_writer_inside_a_part_is_still_a_writer_inside_a_writer(store: Store) -> None:
    with store.together(), store.write(), pytest.raises(BrokenRule), store.write():
        pass
    with store.together(), pytest.raises(BrokenRule), store.together():
        pass


def test_whoever_waits_to_write_is_known_of_and_comes_next(store: Store) -> None:
    with ThreadPoolExecutor(1) as other:
        with store.together():
            assert not store.is_wanted
            waiting = other.submit(put, store, "theirs")
            while not store.is_wanted:
                assert not waiting.done()
            put(store, "ours")
        waiting.result()
    assert keys_in(store) == ["ours", "theirs"]
    assert not store.is_wanted


def test_a_transaction_is_of_no_use_when_its_part_is_over(store: Store) -> None:
    with store.together():
        with store.write() as tx:
            pass
        with pytest.raises(BrokenRule):
            document(tx, "a", "1")


@IN_A_FILE
def test_without_room_what_was_written_together_is_kept_whole_or_told_to_be_lost(store: Store) -> None:
    with store.read() as tx:
        pages = tx.run(text("PRAGMA page_count")).scalar_one()
        tx.run(text(f"PRAGMA max_page_count={pages + 10}"))
    kept = [str(number) for number in range(3)]
    try:
        with store.together():
            for key in kept:
                put(store, key, b"small")
            with pytest.raises(DiskFull), store.write() as tx:
                keep(tx, [os.urandom(1 << 20)])
    except TogetherLost:
        kept = []
    assert keys_in(store) == kept
    put(store, "9")
    assert keys_in(store)[-1] == "9"
