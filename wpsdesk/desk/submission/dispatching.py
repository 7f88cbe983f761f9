"""Sending by a carrier: the program chooses whole or changes, one file or parts, and says what lies where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wpsdesk.base.files import make_folder
from wpsdesk.base.ids import Digest, Year
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.bundle.parts import PARITY
from wpsdesk.desk.keys.introducing import introduce, introduce_in_parts
from wpsdesk.desk.model import Desk
from wpsdesk.desk.submission.carriers import Carriage, Carrier, largest_file, part_size, remember_carriage
from wpsdesk.desk.submission.dividing import Cut, export_in_parts
from wpsdesk.desk.submission.packing import Packed, Way, packed
from wpsdesk.desk.submission.sending import Exported, People, export


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSend:
    """A file that is to be sent."""

    path: Path
    size: int  # bytes
    is_spare: bool = False  # it stands in for any one part that is lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatched:
    """What has been written, read again from the disk, and is to be sent now."""

    folder: Path
    carrier: Carrier
    way: Way
    files: tuple[ToSend, ...]  # the report first
    bundles: tuple[Exported, ...]
    set_id: Digest | None  # where it went in parts
    messages: int  # mails or shipments that it takes
    fingerprint: str | None  # of a request for a certificate that rode along: digits to read out to UD


def dispatch(
    desk: Desk,
    year: Year,
    folder: Path,
    carriage: Carriage,
    people: People,
    *,
    only_changes: bool | None = None,
    ask_as: str = "",
    progress: Progress = unwatched,
) -> Dispatched:
    """Write what is ready for a carrier, into ``folder``, which is made where it is not there.

    ``only_changes`` None lets the program choose; ``ask_as`` lets the request for a certificate ride along, from this
    person, on a desk that has none. What was used is remembered. Raises CarrierTooSmall, and what export raises.
    """
    going = packed(desk, year, only_changes=only_changes)
    size = part_size(carriage, going.size)
    make_folder(folder)
    if size is None:
        done = _in_one(desk, going, folder, carriage, people, ask_as=ask_as, progress=progress)
    else:
        cut = Cut(part_size=size, with_parity=carriage.with_spare)
        done = _in_parts(desk, going, folder, carriage, people, cut=cut, ask_as=ask_as, progress=progress)
    remember_carriage(desk, carriage)
    return done


def _in_one(
    desk: Desk, going: Packed, folder: Path, carriage: Carriage, people: People, *, ask_as: str, progress: Progress
) -> Dispatched:
    fingerprint = None
    if ask_as:
        made = introduce(desk, going.year, folder, ask_as, people=people, progress=progress)
        sent, fingerprint = made.sent, made.fingerprint
    else:
        sent = export(
            desk,
            going.year,
            folder,
            prepared_by=people.prepared_by,
            approved_by=people.approved_by,
            signer=people.signer,
            only_changes=going.way.only_changes,
            progress=progress,
        )
    return Dispatched(
        folder=folder,
        carrier=carriage.carrier,
        way=going.way,
        files=(ToSend(path=sent.path, size=sent.size),),
        bundles=(sent,),
        set_id=None,
        messages=1,
        fingerprint=fingerprint,
    )


def _in_parts(
    desk: Desk,
    going: Packed,
    folder: Path,
    carriage: Carriage,
    people: People,
    *,
    cut: Cut,
    ask_as: str,
    progress: Progress,
) -> Dispatched:
    fingerprint = None
    if ask_as:
        made = introduce_in_parts(desk, going.year, folder, ask_as, cut, people=people, progress=progress)
        divided, fingerprint = made.divided, made.fingerprint
    else:
        divided = export_in_parts(
            desk, going.year, folder, cut, people=people, only_changes=going.way.only_changes, progress=progress
        )
    files = tuple(ToSend(path=p.path, size=p.size, is_spare=p.number == PARITY) for p in divided.parts)
    return Dispatched(
        folder=folder,
        carrier=carriage.carrier,
        way=going.way,
        files=files,
        bundles=divided.bundles,
        set_id=divided.set_id,
        messages=_messages([file.size for file in files], carriage),
        fingerprint=fingerprint,
    )


def _messages(sizes: list[int], carriage: Carriage) -> int:
    """How many messages the files fill, in their order, as full as the carrier allows."""
    limit = largest_file(carriage)
    if limit is None:
        return 1
    count, room = 1, limit
    for size in sizes:
        if size > room:
            count, room = count + 1, limit
        room -= size
    return count
