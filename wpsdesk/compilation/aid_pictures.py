"""Aid statistics as bars with their table: by year, country, purpose or commitment, each in four by gender marker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final, NamedTuple

from wpsdesk.base.ids import CommitmentNumber, CountryCode
from wpsdesk.compilation.aid_figures import MARKERS, AidBy, AidLine, Told, aid_lines
from wpsdesk.compilation.answers import NONE
from wpsdesk.compilation.pictures import stack
from wpsdesk.compilation.setting import Voice
from wpsdesk.compilation.terms import MARKER
from wpsdesk.compilation.tree import Align, Cell, Column, Kind, Pattern, Stack, Table
from wpsdesk.i18n import N_
from wpsdesk.report.aid import AidStatistics
from wpsdesk.report.model import GenderMarker

_PATTERNS: Final = (Pattern.FULL, Pattern.LIGHT, Pattern.EMPTY, Pattern.SLANTED)
MOST_BARS: Final = 15
_MILLION: Final = Decimal(1_000_000)


class _Heads(NamedTuple):
    """What a picture and its table show, and what their rows are."""

    caption: str
    head: str


PURPOSE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "15160": N_("human rights"),
        "15170": N_("women's rights organisations and movements"),
        "15180": N_("ending violence against women and girls"),
        "15210": N_("security system reform"),
        "15220": N_("civilian peace-building"),
        "15230": N_("peacekeeping"),
        "72010": N_("relief"),
        "74020": N_("preparedness"),
    }
)
"""The DAC's purposes that matter most here; others are told by their code."""


def purpose_name(setting: Voice, code: str) -> str:
    """The code, with its name where we know it."""
    if not code:
        return setting.say("purpose not stated")
    return f"{code} {setting.say(PURPOSE[code])}" if code in PURPOSE else code


def recipient_name(setting: Voice, key: str) -> str:
    """A country's name, or what the file calls a region."""
    if not key:
        return setting.say("recipient not stated")
    is_code = len(key) == 2 and key.isascii() and key.isupper()
    return setting.country(CountryCode(key)) if is_code else key


def commitment_name(setting: Voice, key: str) -> str:
    """The commitment's number and title."""
    return f"{key} {setting.plan.commitment(CommitmentNumber(int(key))).titles[setting.language]}"


def by_year(setting: Voice, years: Sequence[AidStatistics]) -> Stack:
    """A bar a year, at least one; all in the currency of the last."""
    say, last = setting.say, years[-1]
    lines = [
        AidLine(
            key=str(each.year),
            amounts={GenderMarker(line.key): line.total for line in aid_lines(each, AidBy.MARKER)},
            agreements=len({row.agreement for row in each.rows}),
        )
        for each in years
        if each.currency == last.currency
    ]
    heads = _Heads(caption=say("Disbursed by gender marker"), head=say("Year"))
    return _picture(setting, last, heads, lines, str)


def by(setting: Voice, found: AidStatistics, what: AidBy, told: Told | None = None) -> Stack | None:
    """A bar a country, purpose or commitment; the year's one bar by marker. None where there is no line."""
    say = setting.say
    lines = aid_lines(found, what, told)
    if not lines:
        return None
    match what:
        case AidBy.MARKER:
            return by_year(setting, (found,))
        case AidBy.COUNTRY:
            heads = _Heads(caption=say("Disbursed by country and gender marker"), head=say("Recipient"))
            return _picture(setting, found, heads, lines, lambda key: recipient_name(setting, key))
        case AidBy.PURPOSE:
            heads = _Heads(caption=say("Disbursed by purpose and gender marker"), head=say("Purpose"))
            return _picture(setting, found, heads, lines, lambda key: purpose_name(setting, key))
        case AidBy.COMMITMENT:
            heads = _Heads(caption=say("Disbursed by commitment and gender marker"), head=say("Commitment"))
            return _picture(setting, found, heads, lines, lambda key: commitment_name(setting, key))


def _picture(
    setting: Voice, found: AidStatistics, heads: _Heads, lines: Sequence[AidLine], name: Callable[[str], str]
) -> Stack:
    """Bars by marker in millions, and below them the table in whole units of the currency."""
    say = setting.say
    kinds = tuple(
        Kind(name=say(MARKER[marker]), pattern=pattern) for marker, pattern in zip(MARKERS, _PATTERNS, strict=True)
    )
    shown = lines[:MOST_BARS]
    rows = [("", name(line.key), [max(0, whole_units(line.amount(m))) for m in MARKERS]) for line in shown]
    told = say("{caption}, {currency} million", caption=heads.caption, currency=found.currency)
    made = stack(setting, told, heads.head, kinds, rows, number=lambda n: say.number(_millions(n)))
    return replace(made, table=_table(setting, found, heads, lines, name))


def _table(
    setting: Voice, found: AidStatistics, heads: _Heads, lines: Sequence[AidLine], name: Callable[[str], str]
) -> Table:
    say = setting.say
    columns = (
        Column(head=heads.head, share=2),
        *(Column(head=say(MARKER[marker]), align=Align.RIGHT) for marker in MARKERS),
        Column(head=say("In all ({currency})", currency=found.currency), align=Align.RIGHT),
        Column(head=say("Agreements"), align=Align.RIGHT),
    )

    def amount(line: AidLine, marker: GenderMarker) -> str:
        return say.number(whole_units(line.amounts[marker])) if marker in line.amounts else NONE

    rows = tuple(
        tuple(
            Cell(words=setting.words(text))
            for text in (
                name(line.key),
                *(amount(line, marker) for marker in MARKERS),
                say.number(whole_units(line.total)),
                say.number(line.agreements),
            )
        )
        for line in lines
    )
    return Table(caption=heads.caption, columns=columns, rows=rows, shows_caption=False, is_dense=True, is_wide=True)


def whole_units(amount: Decimal) -> int:
    """Without what is less than one unit of the currency."""
    return int(amount.to_integral_value())


def _millions(amount: int) -> Decimal:
    """To one decimal, and to two where that would be nothing."""
    found = Decimal(amount) / _MILLION
    return found.quantize(Decimal("0.01") if found < 1 else Decimal("0.1"))
