"""How a report travels: the carriers, how much each takes at a time, and what this desk used the last time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.decoding import load_json
from wpsdesk.bundle.parts import LARGEST, SMALLEST
from wpsdesk.desk.model import LIMIT, OWN, Desk
from wpsdesk.desk.submission.sending_errors import CarrierTooSmall
from wpsdesk.store.documents import document, put_document

CARRIAGE: Final = "carriage"
"""The kind of document that keeps what was used the last time."""

EFORMIDLING: Final = 1_000_000_000
ALTINN: Final = 30_000_000
MAIL: Final = 10_000_000
"""What most mail systems take as one message, where nobody has said another limit."""

LEAST_MAIL: Final = 50_000
MOST_MAIL: Final = 150_000_000

_LINE, _IN_LINE, _LETTER = 78, 57, 24_000  # bytes: a line of base64 with its end, what it carries, the mail's text
_BESIDE_DATA, _IN_INDEX = 2_048, 90  # bytes of a part beside its data, and of its index for each part


class Carrier(StrEnum):
    """What a report travels by."""

    MAIL = "mail"
    EFORMIDLING = "eformidling"
    ALTINN = "altinn"
    STICK = "stick"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carriage:
    """A carrier, the mail's limit (bytes of one message, with all its attachments) and whether a spare part goes."""

    carrier: Carrier = Carrier.MAIL
    mail_limit: int = MAIL
    with_spare: bool = False


def largest_file(carriage: Carriage) -> int | None:
    """The largest file (bytes) that the carrier takes; None where it takes any. Mail makes a file a third longer."""
    match carriage.carrier:
        case Carrier.MAIL:
            return _in_mail(carriage.mail_limit)
        case Carrier.EFORMIDLING:
            return EFORMIDLING
        case Carrier.ALTINN:
            return ALTINN
        case Carrier.STICK:
            return None


def _in_mail(limit: int) -> int:
    return max(0, (limit - _LETTER) // _LINE * _IN_LINE)


def part_size(carriage: Carriage, size: int) -> int | None:
    """Bytes of data in each part of a report of ``size`` bytes; None where it goes in one file.

    Raises CarrierTooSmall.
    """
    limit = largest_file(carriage)
    if limit is None or size <= limit:
        return None
    data = limit - _BESIDE_DATA
    count = -(-size // data) if data > 0 else 0
    data -= _IN_INDEX * count
    if data < SMALLEST:
        raise CarrierTooSmall(limit=carriage.mail_limit, least=SMALLEST + _BESIDE_DATA)
    return min(data, LARGEST)


def last_carriage(desk: Desk) -> Carriage:
    """What was used the last time."""
    with desk.store.read() as tx:
        data = document(tx, CARRIAGE, OWN)
    if data is None:
        return Carriage()
    reader = load_json(data, limit=LIMIT)
    found = Carriage(
        carrier=reader.get("carrier").choice(Carrier),
        mail_limit=reader.get("mail_limit").integer(1, MOST_MAIL),
        with_spare=reader.get("with_spare").flag(),
    )
    reader.done()
    return found


def mail_takes(desk: Desk) -> int:
    """The largest file (bytes) that goes in one mail, by the limit that was used the last time."""
    return _in_mail(last_carriage(desk).mail_limit)


def remember_carriage(desk: Desk, carriage: Carriage) -> None:
    """Offer this the next time."""
    value = {
        "carrier": carriage.carrier,
        "mail_limit": carriage.mail_limit,
        "with_spare": carriage.with_spare,
    }
    with desk.store.write() as tx:
        put_document(tx, CARRIAGE, OWN, canonical_json(value))
