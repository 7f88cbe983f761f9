"""The chapter on aid: what was disbursed, by gender marker, country, purpose and commitment, and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final, NamedTuple

from wpsdesk.base.ids import CommitmentNumber, CountryCode
from wpsdesk.compilation.aid_figures import MARKERS, AidBy, AidLine, Told, aid_lines, bare_agreement
from wpsdesk.compilation.answers import NONE
from wpsdesk.compilation.pictures import stack
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.terms import MARKER, day_of
from wpsdesk.compilation.tree import (
    Align,
    Block,
    Cell,
    Chapter,
    Column,
    Heading,
    Kind,
    Paragraph,
    Pattern,
    Table,
    Tone,
)
from wpsdesk.i18n import N_
from wpsdesk.report.aid import AidShape, AidStatistics
from wpsdesk.report.model import GenderMarker

_PATTERNS: Final = (Pattern.FULL, Pattern.LIGHT, Pattern.EMPTY, Pattern.SLANTED)
_MOST_BARS: Final = 15
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

SHAPE: Final[Mapping[AidShape, str]] = MappingProxyType(
    {AidShape.CSV: N_("table (CSV)"), AidShape.XLSX: N_("spreadsheet"), AidShape.IATI: N_("IATI activities")}
)


def aid_chapter(setting: Setting) -> tuple[Chapter, ...]:
    """The chapter, where statistics of the year are held."""
    found = setting.aid
    if found is None:
        return ()
    say = setting.say
    blocks: list[Block] = [
        Heading(level=1, words=setting.words(say("Aid statistics")), anchor="aid", in_contents=True),
        Paragraph(words=setting.words(_lead(setting, found)), tone=Tone.LEAD),
        *_source(setting, found),
        *_by_marker(setting, found),
        *_by(setting, found, AidBy.COUNTRY),
        *_by(setting, found, AidBy.PURPOSE),
        *_by_commitment(setting, found),
    ]
    return (Chapter(blocks=tuple(blocks)),)


def told_agreements(setting: Setting) -> Told:
    """Under which commitments units name which agreement, in what this edition shows."""
    found: dict[str, set[CommitmentNumber]] = {}
    for view in setting.views:
        for answer in view.answers:
            for money in answer.money:
                if money.agreement.strip():
                    found.setdefault(bare_agreement(money.agreement), set()).add(answer.commitment)
    return {number: frozenset(commitments) for number, commitments in found.items()}


def purpose_name(setting: Setting, code: str) -> str:
    """The code, with its name where we know it."""
    if not code:
        return setting.say("purpose not stated")
    return f"{code} {setting.say(PURPOSE[code])}" if code in PURPOSE else code


def recipient_name(setting: Setting, key: str) -> str:
    """A country's name, or what the file calls a region."""
    if not key:
        return setting.say("recipient not stated")
    is_code = len(key) == 2 and key.isascii() and key.isupper()
    return setting.country(CountryCode(key)) if is_code else key


# -- what stands first -------------------------------------------------------------------------------


def _lead(setting: Setting, found: AidStatistics) -> str:
    say = setting.say
    sums = {GenderMarker(line.key): line.total for line in aid_lines(found, AidBy.MARKER)}
    whole = found.total

    def part(marker: GenderMarker) -> str:
        amount = sums.get(marker, Decimal(0))
        return say(
            "{currency} {amount} ({share})",
            currency=found.currency,
            amount=say.number(_whole(amount)),
            share=say.percent(_whole(amount), _whole(whole)),
        )

    return say(
        "{currency} {whole} was disbursed in {year}. Gender equality was the principal objective of {principal}, and a "
        "significant one of {significant}. It was no objective of {none}. Nobody has screened {blank}.",
        currency=found.currency,
        whole=say.number(_whole(whole)),
        year=str(found.year),
        principal=part(GenderMarker.PRINCIPAL),
        significant=part(GenderMarker.SIGNIFICANT),
        none=part(GenderMarker.NOT_TARGETED),
        blank=part(GenderMarker.NOT_SCREENED),
    )


def _source(setting: Setting, found: AidStatistics) -> Iterator[Block]:
    say = setting.say
    facts = (
        (say("Source:"), found.source),
        (say("Currency:"), found.currency),
        (
            say("File:"),
            say(
                "{shape}, SHA-256 {digest}, taken in {day}",
                shape=say(SHAPE[found.shape]),
                digest=found.digest[:12],
                day=day_of(say, found.loaded_at),
            ),
        ),
    )
    for label, value in facts:
        yield Paragraph(words=setting.words(value), tone=Tone.FACT, label=label)
    note = say(
        "The gender marker is the OECD's and is set for each agreement: 2 principal objective, 1 significant "
        "objective, 0 not an objective. “Not screened” means that nobody has judged it, and is counted apart from 0."
    )
    yield Paragraph(words=setting.words(note), tone=Tone.NOTE)


# -- the parts ---------------------------------------------------------------------------------------


def _by_marker(setting: Setting, found: AidStatistics) -> Iterator[Block]:
    say = setting.say
    years = [each for each in (*setting.aid_before, found) if each.currency == found.currency]
    lines = [
        AidLine(
            key=str(each.year),
            amounts={GenderMarker(line.key): line.total for line in aid_lines(each, AidBy.MARKER)},
            agreements=len({row.agreement for row in each.rows}),
        )
        for each in years
    ]
    title = say("By gender marker, year by year") if len(years) > 1 else say("By gender marker")
    yield Heading(level=2, words=setting.words(title), anchor="aid-marker")
    heads = _Heads(caption=say("Disbursed by gender marker"), head=say("Year"))
    yield _picture(setting, found, heads, lines, str)


def _by(setting: Setting, found: AidStatistics, by: AidBy) -> Iterator[Block]:
    say = setting.say
    lines = aid_lines(found, by)
    if by is AidBy.COUNTRY:
        title, caption, head = say("By country"), say("Disbursed by country and gender marker"), say("Recipient")
    else:
        title, caption, head = say("By purpose"), say("Disbursed by purpose and gender marker"), say("Purpose")
    heads = _Heads(caption=caption, head=head)
    name = recipient_name if by is AidBy.COUNTRY else purpose_name
    yield Heading(level=2, words=setting.words(title), anchor=f"aid-{by}")
    if len(lines) > _MOST_BARS:
        how = say("The {n} largest have a bar; the table has all.", n=say.number(_MOST_BARS))
        yield Paragraph(words=setting.words(how), tone=Tone.LABEL)
    yield _picture(setting, found, heads, lines, lambda key: name(setting, key))


def _by_commitment(setting: Setting, found: AidStatistics) -> Iterator[Block]:
    say = setting.say
    lines = aid_lines(found, AidBy.COMMITMENT, told_agreements(setting))
    yield Heading(level=2, words=setting.words(say("By commitment")), anchor="aid-commitment")
    if not lines:
        nothing = say("Neither the statistics nor any unit tells which agreements belong to which commitment.")
        yield Paragraph(words=setting.words(nothing), tone=Tone.NOTE)
        return
    how = say(
        "An agreement stands under a commitment where the statistics say so, or else where a unit has named it in its "
        "answer. It may stand under several, so the sums are not to be added up. Most agreements stand under none."
    )
    yield Paragraph(words=setting.words(how), tone=Tone.LABEL)

    def name(key: str) -> str:
        return f"{key} {setting.plan.commitment(CommitmentNumber(int(key))).titles[setting.language]}"

    heads = _Heads(caption=say("Disbursed by commitment and gender marker"), head=say("Commitment"))
    yield replace(_table(setting, found, heads, lines, name), shows_caption=True)


def _picture(
    setting: Setting, found: AidStatistics, heads: _Heads, lines: Sequence[AidLine], name: Callable[[str], str]
) -> Block:
    """Bars by marker in millions, and below them the table in whole units of the currency."""
    say = setting.say
    kinds = tuple(
        Kind(name=say(MARKER[marker]), pattern=pattern) for marker, pattern in zip(MARKERS, _PATTERNS, strict=True)
    )
    shown = lines[:_MOST_BARS]
    rows = [("", name(line.key), [max(0, _whole(line.amount(m))) for m in MARKERS]) for line in shown]
    told = say("{caption}, {currency} million", caption=heads.caption, currency=found.currency)
    made = stack(setting, told, heads.head, kinds, rows, number=lambda n: say.number(_millions(n)))
    return replace(made, table=_table(setting, found, heads, lines, name))


def _table(
    setting: Setting, found: AidStatistics, heads: _Heads, lines: Sequence[AidLine], name: Callable[[str], str]
) -> Table:
    say = setting.say
    columns = (
        Column(head=heads.head, share=2),
        *(Column(head=say(MARKER[marker]), align=Align.RIGHT) for marker in MARKERS),
        Column(head=say("In all ({currency})", currency=found.currency), align=Align.RIGHT),
        Column(head=say("Agreements"), align=Align.RIGHT),
    )

    def amount(line: AidLine, marker: GenderMarker) -> str:
        return say.number(_whole(line.amounts[marker])) if marker in line.amounts else NONE

    rows = tuple(
        tuple(
            Cell(words=setting.words(text))
            for text in (
                name(line.key),
                *(amount(line, marker) for marker in MARKERS),
                say.number(_whole(line.total)),
                say.number(line.agreements),
            )
        )
        for line in lines
    )
    return Table(caption=heads.caption, columns=columns, rows=rows, shows_caption=False, is_dense=True, is_wide=True)


def _whole(amount: Decimal) -> int:
    return int(amount.to_integral_value())


def _millions(amount: int) -> Decimal:
    """To one decimal, and to two where that would be nothing."""
    found = Decimal(amount) / _MILLION
    return found.quantize(Decimal("0.01") if found < 1 else Decimal("0.1"))
