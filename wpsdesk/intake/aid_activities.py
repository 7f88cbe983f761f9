"""Aid statistics from IATI activities (XML, version 2.0x): disbursements and expenditures of a year.

The file comes from outside: a document type is refused before anything is parsed, so there are no entities; depth,
elements and lengths have limits; nothing is fetched. What an activity has for several countries or purposes is shared
out by their percentages.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from lxml import etree

from wpsdesk.base.ids import Year, nfc
from wpsdesk.base.progress import Progress, unwatched
from wpsdesk.intake.aid import (
    LARGEST_FILE,
    TOLD_EVERY,
    AidFound,
    AidWrong,
    Gathered,
    NotStatistics,
    UnsafeStatistics,
    country_of,
)
from wpsdesk.plan.model import Plan
from wpsdesk.report.aid import CURRENCY, PURPOSE, AidRow, AidShape
from wpsdesk.report.model import GenderMarker

_PAID: Final = ("3", "4")  # disbursement and expenditure
_GENDER: Final = "1"  # in the code list PolicyMarker
_OURS: Final = ("", "1")  # the vocabulary of the DAC, which is meant where none is named
_DEEPEST: Final = 20
_MOST_ELEMENTS: Final = 3_000_000
_MOST_SHARES: Final = 200
_WHOLE: Final = Decimal(100)
_NEAR: Final = Decimal("0.5")

_Share = tuple[str, Decimal]  # a code, and its part of the whole


def is_xml(data: bytes) -> bool:
    """Whether the bytes begin like XML."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def read_aid_activities(
    data: bytes, plan: Plan, year: Year, currency: str = "", *, progress: Progress = unwatched
) -> AidFound:
    """What was paid in ``year``. ``currency`` where neither a value nor its activity says; ``progress`` gets bytes.

    Raises NotStatistics, UnsafeStatistics, CurrencyUnknown, Cancelled.
    """
    if len(data) > LARGEST_FILE:
        raise UnsafeStatistics
    _refuse_what_could_harm(data)
    found = Gathered(shape=AidShape.IATI, year=year, currency="")
    try:
        _read(data, plan, found, currency, progress)
    except etree.XMLSyntaxError:
        raise NotStatistics from None
    return found.done()


def _refuse_what_could_harm(data: bytes) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise NotStatistics from None
    if b"\x00" in data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnsafeStatistics


def _read(data: bytes, plan: Plan, found: Gathered, currency: str, progress: Progress) -> None:
    stream = io.BytesIO(data)
    steps = etree.iterparse(
        stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    depth = elements = activities = 0
    for event, element in steps:
        if event == "start":
            depth, elements = depth + 1, elements + 1
            if depth > _DEEPEST or elements > _MOST_ELEMENTS:
                raise UnsafeStatistics
            if depth == 1 and element.tag != "iati-activities":
                raise NotStatistics
            continue
        depth -= 1
        if depth == 1:
            if element.tag == "iati-activity":
                activities += 1
                if activities % TOLD_EVERY == 1:
                    progress(stream.tell(), len(data))
                _Activity(element, activities, plan, found, currency).read()
            element.clear()
            while element.getprevious() is not None:  # what has been read is let go
                del element.getparent()[0]


class _Bad(Exception):
    def __init__(self, place: str, wrong: AidWrong, found: str) -> None:
        self.place: Final = place
        self.wrong: Final = wrong
        self.found: Final = found


class _Activity:
    """One activity, and the place that it stands at."""

    def __init__(self, element: etree._Element, number: int, plan: Plan, found: Gathered, currency: str) -> None:
        self._element, self._plan, self._found = element, plan, found
        self._place = f"/iati-activities/iati-activity[{number}]"
        self._usual = element.get("default-currency", currency).upper()

    def read(self) -> None:
        """Take every payment of the year, or note what cannot be read."""
        place = self._place
        try:
            identifier = _line(self._element.findtext("iati-identifier"))
            marker = self._marker()
        except _Bad as bad:
            self._found.fault(bad.place, bad.wrong, bad.found)
            return
        if not identifier:
            self._found.fault(f"{place}/iati-identifier", AidWrong.MISSING, "")
            return
        for number, paid in enumerate(self._element.findall("transaction"), start=1):
            kind = paid.find("transaction-type")
            if kind is None or kind.get("code") not in _PAID:
                continue
            try:
                self._payment(paid, f"{place}/transaction[{number}]", identifier, marker)
            except _Bad as bad:
                self._found.fault(bad.place, bad.wrong, bad.found)

    def _marker(self) -> GenderMarker:
        """The significance of gender equality; none told is not 0."""
        for number, one in enumerate(self._element.findall("policy-marker"), start=1):
            if one.get("code") == _GENDER and one.get("vocabulary", "") in _OURS:
                told = one.get("significance", "")
                if told not in ("0", "1", "2"):
                    raise _Bad(f"{self._place}/policy-marker[{number}]/@significance", AidWrong.NOT_A_MARKER, told)
                return GenderMarker(told)
        return GenderMarker.NOT_SCREENED

    def _payment(self, paid: etree._Element, place: str, identifier: str, marker: GenderMarker) -> None:
        if _day(paid, place).year != self._found.year:
            self._found.other_years += 1
            return
        value = paid.find("value")
        told = _line(None if value is None else value.text)
        if value is None or not told:
            raise _Bad(f"{place}/value", AidWrong.MISSING, "")
        amount = _amount(told, f"{place}/value")
        currency = value.get("currency", self._usual).upper()
        if currency and not CURRENCY.fullmatch(currency):
            raise _Bad(f"{place}/value/@currency", AidWrong.NOT_A_CURRENCY, currency)
        if not self._found.in_currency(currency, f"{place}/value"):
            return
        recipients = self._shares(paid, place, ("recipient-country", "recipient-region"))
        purposes = self._shares(paid, place, ("sector",))
        for recipient, part in recipients:
            for purpose, share in purposes:
                row = AidRow(
                    agreement=identifier,
                    country=country_of(self._plan, recipient.upper()),
                    recipient=recipient,
                    purpose=purpose,
                    marker=marker,
                    amount=amount * part / _WHOLE * share / _WHOLE,
                )
                self._found.take(row, f"{place}/value")

    def _shares(self, paid: etree._Element, place: str, tags: Sequence[str]) -> list[_Share]:
        """The payment's own recipients or purposes, else its activity's; ("", 100) where there are none."""
        for element, at in ((paid, place), (self._element, self._place)):
            found = [(one, f"{at}/{one.tag}") for tag in tags for one in element.findall(tag) if _is_ours(one)]
            if found:
                return _parts(found)
        return [("", _WHOLE)]


def _is_ours(one: etree._Element) -> bool:
    return one.tag == "recipient-country" or one.get("vocabulary", "") in _OURS


def _parts(found: Sequence[tuple[etree._Element, str]]) -> list[_Share]:
    if len(found) > _MOST_SHARES:
        raise UnsafeStatistics
    made: list[_Share] = []
    for one, place in found:
        code = _line(one.get("code"))
        if one.tag == "sector" and not PURPOSE.fullmatch(code):
            raise _Bad(f"{place}/@code", AidWrong.NOT_A_PURPOSE, code)
        told = one.get("percentage")
        if told is None and len(found) > 1:
            raise _Bad(f"{place}/@percentage", AidWrong.MISSING, "")
        made.append((code, _WHOLE if told is None else _amount(told.strip(), f"{place}/@percentage")))
    whole = sum(part for _, part in made)
    if abs(whole - _WHOLE) > _NEAR or any(part < 0 for _, part in made):
        raise _Bad(f"{found[0][1]}/@percentage", AidWrong.SHARES, str(whole))
    return [(code, part * _WHOLE / whole) for code, part in made]


def _day(paid: etree._Element, place: str) -> date:
    found = paid.find("transaction-date")
    told = "" if found is None else found.get("iso-date", "")
    try:
        return date.fromisoformat(told[:10]) if len(told) >= 10 and told[4:5] == "-" else date.fromisoformat("")
    except ValueError:
        wrong = AidWrong.NOT_A_DATE if told else AidWrong.MISSING
        raise _Bad(f"{place}/transaction-date/@iso-date", wrong, told) from None


def _amount(told: str, place: str) -> Decimal:
    digits = told.lstrip("+-")
    if not digits.replace(".", "", 1).isdecimal() or not digits.isascii() or len(digits) > 24 or len(told) > 25:
        raise _Bad(place, AidWrong.NOT_A_NUMBER, told)
    try:
        return Decimal(told)
    except ArithmeticError:
        raise _Bad(place, AidWrong.NOT_A_NUMBER, told) from None


def _line(told: str | None) -> str:
    return " ".join(nfc(told or "").split())[:500]
