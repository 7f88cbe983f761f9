"""The demonstration's agency: a ministry asks it under UD's call, accepts its report and takes its words over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final, Protocol

from wpsdesk import assets
from wpsdesk.base.files import make_folder, read_file
from wpsdesk.base.ids import Year
from wpsdesk.desk.agencies.asking import described
from wpsdesk.desk.agencies.beginning import begin_gathering
from wpsdesk.desk.agencies.taking_over import take_over
from wpsdesk.desk.answers.drafting import fill, mark_ready
from wpsdesk.desk.arrivals.receiving import receive_one
from wpsdesk.desk.call.calling import CallDraft, create_call, load_call, require_call
from wpsdesk.desk.evidence.attaching import attach
from wpsdesk.desk.keys.enrolling import approve, load_certificate, request
from wpsdesk.desk.model import Desk, gathering
from wpsdesk.desk.review.replying import reply
from wpsdesk.desk.review.reviewing import Judgement, decide, review
from wpsdesk.desk.submission.sending import export
from wpsdesk.evidence.specimens import make_specimens
from wpsdesk.i18n import N_
from wpsdesk.plan.model import Unit

MINISTRY: Final = "FD"
AGENCY: Final = "FFI"
_NAME: Final = "Forsvarets forskningsinstitutt"
_COMMITMENT: Final = 30


class Said(Protocol):
    """Tells of one thing that has happened, as a message id with its values, and where the result lies."""

    def __call__(self, message: str, path: Path, **values: object) -> None:
        """Tell it."""


def gather(ministry: Desk, year: Year, folder: Path, make_desk: Callable[[Unit], Desk], said: Said) -> None:
    """Play an agency's year under ``ministry``, whose own answers are filled in already, in ``folder``."""
    side, bundles = gathering(ministry), folder / "bundles"
    asked = described(side, year, AGENCY, _NAME, (_COMMITMENT,))
    names, agency = ministry.unit.names, asked.unit
    # 1. The ministry's own call, a week before UD's deadline.
    own = bundles / "etatsbestilling.asice"
    deadline = require_call(ministry, year).deadline - timedelta(days=7)
    create_call(side, CallDraft(year=year, deadline=deadline, asked=(asked,)), own)
    said(N_("{unit} has called on {agency}, under UD's call."), own, unit=names, agency=agency.names)
    # 2. The agency believes in its ministry, by voice, and the ministry vouches for it.
    desk = make_desk(agency)
    load_call(desk, own, begin_gathering(side))
    wanted = request(desk, _NAME, bundles / "ffi-foresporsel.asice")
    load_certificate(desk, approve(side, wanted.path, wanted.fingerprint, bundles / "ffi-sertifikat.asice.cms").path)
    # 3. It answers, with evidence, and sends to the ministry.
    filled = fill(desk, read_file(assets.resource("demo", f"answers-{AGENCY}.json"), limit=1 << 20), year)
    files = folder / "evidence" / AGENCY.lower()
    make_folder(files)
    attach(desk, year, filled.keys[0], make_specimens(files, _NAME, year)[:1])
    sent = export(desk, year, bundles, approved_by=_NAME)
    said(N_("{unit} has reported to {ministry}."), sent.path, unit=agency.names, ministry=names)
    # 4. The ministry accepts it, answers, and takes its words over, with the file that is kept once.
    receive_one(ministry, sent.path)
    keys = [each.key for each in review(side, agency.code, year)]
    decide(side, agency.code, year, [Judgement(key=key, is_accepted=True) for key in keys], officer="Kari Dal")
    receive_one(desk, reply(side, agency.code, year, bundles).path)
    for key in keys:
        take_over(ministry, year, key, agency.code)
        mark_ready(ministry, year, key)
    message = N_("{unit} has accepted it, and taken {n} answer of {agency}'s into its own, with the source.")
    said(message, ministry.store.path, unit=names, n=len(keys), agency=agency.names)
