"""Attached files: every byte, once."""

from __future__ import annotations

import hashlib
import os
import random
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.store.conftest import NOW
from tests.store.test_drafts import EVIDENCE, FIRST, YEAR, sending
from wpsdesk.base.canonical import sha256
from wpsdesk.base.ids import Digest
from wpsdesk.plan.model import Plan
from wpsdesk.store.chunks import CHUNK, in_chunks
from wpsdesk.store.drafts import remove_entry, save_entry
from wpsdesk.store.errors import EvidenceMissing
from wpsdesk.store.evidence import Kept, crc_of, has, keep, prune, read, size_of
from wpsdesk.store.sent import record_sent
from wpsdesk.store.store import Store


def kept(store: Store, data: bytes) -> Kept:
    with store.write() as tx:
        return keep(tx, [data])


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_a_file_comes_back_byte_for_byte(store: Store, size: int) -> None:
    data = os.urandom(size)
    found = kept(store, data)
    assert found == Kept(digest=sha256(data), size=size)
    assert b"".join(read(store, found.digest)) == data
    with store.read() as tx:
        assert b"".join(read(tx, found.digest)) == data
        assert size_of(tx, found.digest) == size
        assert crc_of(tx, found.digest) == zlib.crc32(data)


def test_chunks_are_cut_the_same_however_the_bytes_arrive() -> None:
    data, source = random.Random(7).randbytes(3 * CHUNK + 5), random.Random(8)

    def pieces() -> Iterator[bytes]:
        at = 0
        while at < len(data):
            size = source.choice([0, 1, 1000, CHUNK, CHUNK + 1])
            yield data[at : at + size]
            at += size

    assert [len(chunk) for chunk in in_chunks(pieces())] == [CHUNK, CHUNK, CHUNK, 5]
    assert b"".join(in_chunks(pieces())) == data


def test_the_same_file_twice_is_kept_once(store: Store) -> None:
    data = os.urandom(3 * CHUNK)
    first, second = kept(store, data), kept(store, data)
    assert first == second
    assert b"".join(read(store, second.digest)) == data
    with store.read() as tx:
        assert tx.run(text("SELECT count(*) FROM evidence_chunks")).scalar_one() == 3


def test_a_file_whose_reading_fails_leaves_nothing(store: Store) -> None:
    def torn() -> Iterator[bytes]:
        yield b"x" * CHUNK
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError), store.write() as tx:
        keep(tx, torn())
    with store.write() as tx:
        assert prune(tx) == ()


def test_evidence_that_is_not_there_is_named(store: Store) -> None:
    absent = Digest(hashlib.sha256(b"absent").hexdigest())
    with store.read() as tx:
        assert not has(tx, absent)
        with pytest.raises(EvidenceMissing) as caught:
            size_of(tx, absent)
    assert caught.value.digest == absent
    with pytest.raises(EvidenceMissing):
        list(read(store, absent))


def test_a_reader_left_half_way_holds_nothing_up(store: Store) -> None:
    found = kept(store, os.urandom(4 * CHUNK))
    readers = [read(store, found.digest) for _ in range(20)]  # more than there are connections
    assert {len(next(reader)) for reader in readers} == {CHUNK}
    kept(store, b"another")


def test_only_what_no_draft_and_nothing_sent_names_is_pruned(store: Store, plan: Plan) -> None:
    draft, sent, alone = (kept(store, name).digest for name in (b"draft", b"sent", b"alone"))
    with store.write() as tx:
        attached = replace(FIRST, evidence=(replace(EVIDENCE, digest=draft),))
        save_entry(tx, YEAR, attached, who="Kari", now=NOW, plan=plan)
        record_sent(tx, replace(sending(), header=b'{"files":[{"sha256":"' + sent.encode() + b'"}]}'))
        assert [one.digest for one in prune(tx)] == [alone]
        assert has(tx, draft)
        assert has(tx, sent)
        remove_entry(tx, YEAR, FIRST.key, who="Kari", now=NOW)
        assert [one.digest for one in prune(tx)] == [draft]
    with pytest.raises(EvidenceMissing):
        list(read(store, draft))
