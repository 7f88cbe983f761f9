"""What one desk of a unit hands to another (``drafts.json``): the drafts with their history, and what was sent.

The same form carries a report that UD gives back to a desk that has lost its machine. ``wps-handover/1`` is the
first; ``follow_up`` may be absent, and was so before there was a place for it.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader
from wpsdesk.base.ids import BUNDLE_ID, DIGEST, UNIT_CODE, BundleId, Digest, EditionId, UnitCode, Year
from wpsdesk.plan.model import Plan
from wpsdesk.report.codec import MAX_ENTRIES, entry_from, entry_to_json, report_from, report_to_json
from wpsdesk.report.model import Entry, Evidence, Report
from wpsdesk.report.records import evidence_from, evidence_to_json
from wpsdesk.report.reply import MAX_SEQ, Reply, reply_from, reply_to_json

FORMAT: Final = "wps-handover/1"
MAX_HISTORY: Final = 200
"""Versions of one entry that go along, the newest; the older ones stay on the desk that wrote them."""

MAX_SENT: Final = 500
MAX_PART: Final = 8 << 20  # bytes of one document of something that was sent
MAX_SIZE: Final = 4 << 30
MAX_WHO: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an entry; ``entry`` is None where it was removed."""

    when: datetime  # UTC
    who: str
    entry: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """An entry as it stands on the other desk, its ready mark included, and the versions before it, newest first."""

    entry: Entry
    when: datetime  # UTC
    who: str
    history: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """A bundle that has been sent: what the sender keeps of it. The evidence is named in its header."""

    id: BundleId
    seq: int
    digest: Digest  # of the signed container
    created: datetime  # UTC
    size: int  # of the signed container, bytes
    header: bytes  # bundle.json
    payload: bytes
    manifest: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A reply from UD, and the bundle that brought it."""

    bundle: BundleId
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Everything that the other desk needs to go on with a year."""

    unit: UnitCode
    year: Year
    edition: EditionId
    entries: tuple[Handed, ...]
    sent: tuple[Dispatch, ...] = ()  # the oldest first
    answered: tuple[Answered, ...] = ()
    follow_up: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBack:
    """What UD holds of a unit, given back: the submission as it was sent, and the whole report that it stands for."""

    sent: Dispatch
    report: Report


# -- writing -------------------------------------------------------------------------------------


def handover_to_json(handover: Handover) -> dict[str, object]:
    """The handover as a value for canonical JSON."""
    return {
        "format": FORMAT,
        "unit": handover.unit,
        "year": handover.year,
        "plan": handover.edition,
        "entries": [_handed_to_json(each) for each in handover.entries],
        "sent": [dispatch_to_json(each) for each in handover.sent],
        "answered": [{"bundle": each.bundle, "reply": reply_to_json(each.reply)} for each in handover.answered],
        **({} if handover.follow_up is None else {"follow_up": evidence_to_json(handover.follow_up)}),
    }


def _handed_to_json(handed: Handed) -> dict[str, object]:
    return {**_version(handed.when, handed.who, handed.entry), "history": [_past(each) for each in handed.history]}


def _past(version: Version) -> dict[str, object]:
    return _version(version.when, version.who, version.entry)


def _version(when: datetime, who: str, entry: Entry | None) -> dict[str, object]:
    return {
        "when": rfc3339(when),
        "who": who,
        "ready": entry is not None and entry.is_marked_ready,
        "entry": None if entry is None else entry_to_json(entry),
    }


def dispatch_to_json(dispatch: Dispatch) -> dict[str, object]:
    """The record of a bundle that was sent; its documents in base64, byte for byte."""
    return {
        "id": dispatch.id,
        "seq": dispatch.seq,
        "sha256": dispatch.digest,
        "created": rfc3339(dispatch.created),
        "size": dispatch.size,
        "header": _text(dispatch.header),
        "payload": _text(dispatch.payload),
        "manifest": _text(dispatch.manifest),
        "signature": _text(dispatch.signature),
    }


def given_back_to_json(given: GivenBack) -> dict[str, object]:
    """``{"sent", "report"}``."""
    return {"sent": dispatch_to_json(given.sent), "report": report_to_json(given.report)}


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


# -- reading -------------------------------------------------------------------------------------


def handover_from(reader: Reader, plan: Plan) -> Handover:
    """The handover in an untrusted ``drafts.json``. Raises Malformed."""
    if reader.get("format").line(at_most=40) != FORMAT:
        raise reader.get("format").fail("not-allowed")
    if reader.get("plan").line(at_most=40) != plan.edition:
        raise reader.get("plan").fail("not-allowed")
    found = Handover(
        unit=UnitCode(reader.get("unit").matching(UNIT_CODE)),
        year=Year(reader.get("year").integer(plan.first_year, plan.last_year)),
        edition=plan.edition,
        entries=reader.get("entries").tuple_of(lambda r: _handed_from(r, plan), at_most=MAX_ENTRIES),
        sent=reader.get("sent").tuple_of(dispatch_from, at_most=MAX_SENT),
        answered=reader.get("answered").tuple_of(lambda r: _answered_from(r, plan), at_most=MAX_SENT),
        follow_up=reader.maybe("follow_up", evidence_from),
    )
    keys = [each.entry.key for each in found.entries]
    if len(set(keys)) != len(keys):
        raise reader.get("entries").fail("twice")
    if len({each.id for each in found.sent}) != len(found.sent):
        raise reader.get("sent").fail("twice")
    reader.done()
    return found


def _handed_from(reader: Reader, plan: Plan) -> Handed:
    now = _version_from(reader, plan)
    history = reader.get("history").tuple_of(lambda r: _past_from(r, plan), at_most=MAX_HISTORY)
    reader.done()
    if now.entry is None:
        raise reader.get("entry").fail("missing")
    if any(each.entry is not None and each.entry.key != now.entry.key for each in history):
        raise reader.get("history").fail("inconsistent")
    return Handed(entry=now.entry, when=now.when, who=now.who, history=history)


def _past_from(reader: Reader, plan: Plan) -> Version:
    found = _version_from(reader, plan)
    reader.done()
    return found


def _version_from(reader: Reader, plan: Plan) -> Version:
    is_ready = reader.get("ready").flag()
    entry = reader.maybe("entry", lambda r: entry_from(r, plan))
    return Version(
        when=reader.get("when").time(),
        who=reader.get("who").line(at_most=MAX_WHO),
        entry=None if entry is None else replace(entry, is_marked_ready=is_ready),
    )


def dispatch_from(reader: Reader) -> Dispatch:
    """The reverse of :func:`dispatch_to_json`. Raises Malformed."""
    found = Dispatch(
        id=BundleId(reader.get("id").matching(BUNDLE_ID)),
        seq=reader.get("seq").integer(1, MAX_SEQ),
        digest=Digest(reader.get("sha256").matching(DIGEST)),
        created=reader.get("created").time(),
        size=reader.get("size").integer(1, MAX_SIZE),
        header=_bytes_from(reader.get("header")),
        payload=_bytes_from(reader.get("payload")),
        manifest=_bytes_from(reader.get("manifest")),
        signature=_bytes_from(reader.get("signature")),
    )
    reader.done()
    return found


def _bytes_from(reader: Reader) -> bytes:
    text = reader.line(at_most=MAX_PART * 4 // 3 + 4)
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise reader.fail("pattern") from None
    if _text(data) != text:  # spare bits at the end would give one value two spellings
        raise reader.fail("pattern")
    return data


def _answered_from(reader: Reader, plan: Plan) -> Answered:
    found = Answered(
        bundle=BundleId(reader.get("bundle").matching(BUNDLE_ID)), reply=reply_from(reader.get("reply"), plan)
    )
    reader.done()
    return found


def given_back_from(reader: Reader, plan: Plan) -> GivenBack:
    """The reverse of :func:`given_back_to_json`. Raises Malformed."""
    found = GivenBack(sent=dispatch_from(reader.get("sent")), report=report_from(reader.get("report"), plan))
    reader.done()
    return found
