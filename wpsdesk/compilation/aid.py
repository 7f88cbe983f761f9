"""The chapter on aid: what was disbursed, by gender marker, country, purpose and commitment, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from wpsdesk.base.ids import CommitmentNumber
from wpsdesk.compilation.aid_figures import AidBy, Told, aid_lines, bare_agreement
from wpsdesk.compilation.aid_pictures import MOST_BARS, by, by_year
from wpsdesk.compilation.aid_pictures import whole_units as _whole
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.terms import day_of
from wpsdesk.compilation.tree import Block, Chapter, Heading, Paragraph, Tone
from wpsdesk.i18n import N_
from wpsdesk.report.aid import AidShape, AidStatistics
from wpsdesk.report.model import GenderMarker

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
    """Under which commitments UD has put an agreement, or else units name it in what this edition shows."""
    found: dict[str, set[CommitmentNumber]] = {}
    for view in setting.views:
        for answer in view.answers:
            for money in answer.money:
                if money.agreement.strip():
                    found.setdefault(bare_agreement(money.agreement), set()).add(answer.commitment)
    return {**{number: frozenset(commitments) for number, commitments in found.items()}, **setting.years.joined}


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
    title = say("By gender marker, year by year") if len(years) > 1 else say("By gender marker")
    yield Heading(level=2, words=setting.words(title), anchor="aid-marker")
    yield by_year(setting, years)


def _by(setting: Setting, found: AidStatistics, what: AidBy) -> Iterator[Block]:
    say = setting.say
    title = say("By country") if what is AidBy.COUNTRY else say("By purpose")
    yield Heading(level=2, words=setting.words(title), anchor=f"aid-{what}")
    made = by(setting, found, what)
    if made is None:
        return
    if len(made.table.rows) > MOST_BARS:
        how = say("The {n} largest have a bar; the table has all.", n=say.number(MOST_BARS))
        yield Paragraph(words=setting.words(how), tone=Tone.LABEL)
    yield made


def _by_commitment(setting: Setting, found: AidStatistics) -> Iterator[Block]:
    say = setting.say
    yield Heading(level=2, words=setting.words(say("By commitment")), anchor="aid-commitment")
    made = by(setting, found, AidBy.COMMITMENT, told_agreements(setting))
    if made is None:
        nothing = say("Neither the statistics nor any unit tells which agreements belong to which commitment.")
        yield Paragraph(words=setting.words(nothing), tone=Tone.NOTE)
        return
    how = say(
        "An agreement stands under a commitment where the statistics or the Ministry of Foreign Affairs say so, or "
        "else where a unit has named it in its answer. It may stand under several, so the sums are not to be added "
        "up. Most agreements stand under none."
    )
    yield Paragraph(words=setting.words(how), tone=Tone.LABEL)
    yield replace(made.table, shows_caption=True)  # bars would ask to be added up
