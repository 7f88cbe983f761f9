"""Documents, secrets and the desk's identity: what is put is what is found."""

from __future__ import annotations

from tests.store.conftest import NOW
from wpsdesk.base.ids import CountryCode, EditionId, UnitCode
from wpsdesk.plan.model import Names, Unit, UnitKind
from wpsdesk.store.documents import document, documents, put_document, remove_document
from wpsdesk.store.identity import Identity, read_identity, write_identity
from wpsdesk.store.store import Store
from wpsdesk.store.vault import put_secret, remove_secret, secret


def test_a_document_is_replaced_and_removed(store: Store) -> None:
    with store.write() as tx:
        put_document(tx, "call", "2026", b"first")
        put_document(tx, "call", "2026", b"second")
        put_document(tx, "call", "2025", b"")
        put_document(tx, "unit", "2026", b"other kind")
        assert document(tx, "call", "2026") == b"second"
        assert dict(documents(tx, "call")) == {"2025": b"", "2026": b"second"}
        remove_document(tx, "call", "2026")
        remove_document(tx, "call", "2026")
        assert document(tx, "call", "2026") is None
        assert document(tx, "unit", "2026") == b"other kind"


def test_a_secret_is_replaced_and_removed(store: Store) -> None:
    with store.write() as tx:
        assert secret(tx, "unit-keys") is None
        put_secret(tx, "unit-keys", b"first")
        put_secret(tx, "unit-keys", b"second")
        assert secret(tx, "unit-keys") == b"second"
        remove_secret(tx, "unit-keys")
        assert secret(tx, "unit-keys") is None


def test_the_identity_comes_back(store: Store) -> None:
    unit = Unit(
        code=UnitCode("AMM"), kind=UnitKind.MISSION, names=Names(nb="Ambassaden", nn="Ambassaden", en="Embassy"),
        parent=UnitCode("UD"), covers=(CountryCode("JO"), CountryCode("SY")),
    )  # fmt: skip
    identity = Identity(unit=unit, is_authority=False, edition=EditionId("2023-2030"), language="nn", created=NOW)
    with store.write() as tx:
        assert read_identity(tx) is None
        write_identity(tx, identity)
        assert read_identity(tx) == identity
