"""What the store does for other desks: a part of a container from any place, and a history that was made elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.conftest import NOW
from tests.store.test_drafts import KEY, YEAR, save, typed
from tests.store.test_submissions import CONTAINER, receive
from wpsdesk.base.canonical import sha256
from wpsdesk.plan.model import Plan
from wpsdesk.store.chunks import CHUNK
from wpsdesk.store.drafts import Change, add_history, entry, history
from wpsdesk.store.store import Store
from wpsdesk.store.submissions import container_part


@pytest.mark.parametrize("offset", [0, 1, CHUNK - 1, CHUNK, 2 * CHUNK - 7, len(CONTAINER) - 5, len(CONTAINER)])
@pytest.mark.parametrize("length", [0, 1, 10, CHUNK, CHUNK + 2, 3 * CHUNK])
def test_any_part_of_a_container_is_the_part_that_came(store: Store, offset: int, length: int) -> None:
    arrived = receive(store, CONTAINER)
    with store.read() as tx:
        assert container_part(tx, arrived.digest, offset, length) == CONTAINER[offset : offset + length]
        with pytest.raises(KeyError):
            container_part(tx, sha256(b"another"), offset, length)


def test_a_history_from_elsewhere_stands_beside_ours_and_changes_nothing(store: Store, plan: Plan) -> None:
    save(store, plan, typed("vårt"))
    past = (
        Change(when=NOW - timedelta(days=2), who="Ola", entry=typed("eldre")),
        Change(when=NOW - timedelta(days=1), who="Ola", entry=None),
    )
    with store.write() as tx:
        add_history(tx, YEAR, KEY, past, plan)
    save(store, plan, typed("vårt, videre"), after=timedelta(hours=1))
    with store.read() as tx:
        now, found = entry(tx, YEAR, KEY, plan), history(tx, YEAR, KEY, plan)
    assert now is not None
    assert now.results.text == "vårt, videre"
    said = [None if change.entry is None else change.entry.results.text for change in found]
    assert said == ["vårt, videre", None, "eldre", "vårt"]
    assert [change.who for change in found][1:3] == ["Ola", "Ola"]
