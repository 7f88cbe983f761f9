"""A statement finds the same the first time, when SQLAlchemy runs it, and later, when the driver does."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, insert, select

from wpsdesk.store.errors import BrokenRule
from wpsdesk.store.store import Store
from wpsdesk.store.tables import secrets

_ADD = insert(secrets)
_ONE = select(secrets.c.data).where(secrets.c.name == bindparam("name"))
_THESE = select(secrets.c.name, secrets.c.data).where(secrets.c.name.in_(("a", "b"))).order_by(secrets.c.name)
_AMONG = select(secrets.c.name).where(secrets.c.name.in_(bindparam("names", expanding=True))).order_by(secrets.c.name)
_UP_TO = select(secrets.c.name).where(secrets.c.name <= bindparam("name")).order_by(secrets.c.name).limit(2)

TWICE = range(3)


def test_values_are_put_in_their_places(store: Store) -> None:
    with store.write() as tx:
        for name in "abc":
            tx.run(_ADD, {"name": name, "data": name.encode()})
        for _ in TWICE:
            assert tx.run(_ONE, {"name": "b"}).scalar_one() == b"b"
            assert tx.run(_ONE, {"name": "z"}).scalar_one_or_none() is None
            assert [row.name for row in tx.run(_UP_TO, {"name": "c"})] == ["a", "b"]


def test_values_that_stand_in_the_statement_stay_there(store: Store) -> None:
    with store.write() as tx:
        tx.run(_ADD, [{"name": name, "data": name.encode()} for name in "abc"])
        for _ in TWICE:
            assert [(row.name, row.data) for row in tx.run(_THESE).all()] == [("a", b"a"), ("b", b"b")]


def test_a_list_of_values_is_found_however_long_it_is_and_however_often_it_is_asked_for(store: Store) -> None:
    with store.write() as tx:
        tx.run(_ADD, [{"name": name, "data": name.encode()} for name in "abc"])
        for _ in TWICE:
            for names in ("ab", "c", "", "abc", "xyz"):
                found = [row.name for row in tx.run(_AMONG, {"names": list(names)})]
                assert found == [name for name in names if name in "abc"]


def test_the_order_in_which_values_are_given_does_not_matter(store: Store) -> None:
    with store.write() as tx:
        tx.run(_ADD, {"name": "a", "data": b"a"})
        tx.run(_ADD, {"data": b"b", "name": "b"})
        tx.run(_ADD, [{"name": "c", "data": b"c"}, {"data": b"d", "name": "d"}])
        tx.run(_ADD, [{"name": "e", "data": b"e"}, {"data": b"f", "name": "f"}])
    with store.read() as tx:
        assert {row.name: row.data for row in tx.run(select(secrets))} == {each: each.encode() for each in "abcdef"}


def test_more_rows_than_one_are_not_taken_for_one(store: Store) -> None:
    with store.write() as tx:
        tx.run(_ADD, [{"name": name, "data": name.encode()} for name in "abc"])
    for _ in TWICE:
        with pytest.raises(BrokenRule, match="MultipleResultsFound"), store.read() as tx:
            tx.run(_THESE).one_or_none()


def test_a_row_that_must_be_there_is_missed(store: Store) -> None:
    for _ in TWICE:
        with pytest.raises(BrokenRule, match="NoResultFound"), store.read() as tx:
            tx.run(_ONE, {"name": "z"}).scalar_one()


def test_a_transaction_that_is_over_runs_nothing(store: Store) -> None:
    for _ in TWICE:
        with store.write() as tx:
            tx.run(_ONE, {"name": "a"})
        with pytest.raises(BrokenRule):
            tx.run(_ADD, {"name": "a", "data": b"a"})
    with store.read() as tx:
        assert tx.run(_ONE, {"name": "a"}).scalar_one_or_none() is None
