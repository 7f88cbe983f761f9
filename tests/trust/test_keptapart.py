"""Keys in files of their own: what is written opens with its words, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.base.errors import WpsError
from wpsdesk.trust.authority import Authority
from wpsdesk.trust.errors import BadKey, BadKeyFile, WrongKeyPassphrase
from wpsdesk.trust.keptapart import KeptFor, KeptKey, kept_key_bytes, kept_key_from
from wpsdesk.trust.keys import PrivateKey

from .conftest import AMMAN

WORDS = "blåbær på fjellet i høst"
KEY = PrivateKey.generate()
DATA = kept_key_bytes(KeptKey(purpose=KeptFor.RECOVERY, unit=AMMAN, certificate=None, key=KEY), WORDS)


def changed(**members: object) -> bytes:
    value = load_json(DATA, limit=100_000).value
    assert isinstance(value, dict)
    return canonical_json({**value, **members})


def test_a_key_comes_back_from_its_file(authority: Authority) -> None:
    assert kept_key_from(DATA, WORDS, KeptFor.RECOVERY).key.public == KEY.public
    assert authority.root_key is not None
    root = KeptKey(purpose=KeptFor.ROOT, unit=AMMAN, certificate=authority.root, key=authority.root_key)
    found = kept_key_from(kept_key_bytes(root, WORDS), WORDS, KeptFor.ROOT)
    assert found.certificate == authority.root
    assert "key" not in repr(found).replace("KeptKey", "")


def test_other_words_open_nothing() -> None:
    with pytest.raises(WrongKeyPassphrase):
        kept_key_from(DATA, WORDS.upper(), KeptFor.RECOVERY)


def test_a_key_is_never_put_beside_anothers_certificate(authority: Authority) -> None:
    with pytest.raises(BadKey):
        KeptKey(purpose=KeptFor.ROOT, unit=AMMAN, certificate=authority.root, key=KEY)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "unreadable"),
        (b"PK\x03\x04", "unreadable"),
        (changed(format="wps-key/2"), "newer"),
        (changed(format="wps-bundle/1"), "unreadable"),
        (changed(unit="../etc"), "unreadable"),
        (changed(more=1), "unreadable"),
        (changed(certificate="AAAA"), "not-of-this-certificate"),
        (changed(purpose="root"), "unreadable"),  # the words are bound to what they were for
    ],
    ids=["empty", "zip", "newer", "other", "unit", "member", "certificate", "purpose"],
)
def test_a_file_that_is_none_is_refused_by_its_problem(data: bytes, problem: str) -> None:
    with pytest.raises(BadKeyFile) as caught:
        kept_key_from(data, WORDS, KeptFor.RECOVERY)
    assert caught.value.problem == problem


def test_a_recovery_key_is_no_root_key() -> None:
    with pytest.raises(BadKeyFile) as caught:
        kept_key_from(DATA, WORDS, KeptFor.ROOT)
    assert caught.value.problem == "other-purpose"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_a_file_changed_anywhere_gives_no_key_but_its_own(place: int, step: int) -> None:
    data = bytearray(DATA)
    data[place] = (data[place] + step) % 256
    try:
        found = kept_key_from(bytes(data), WORDS, KeptFor.RECOVERY)
    except WpsError:
        return
    assert found.key.public == KEY.public  # the unit's name stands in the clear, and is only shown
