"""How the report opens: title page, how it was made, and the summary with its chart and its table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wpsdesk.base.ids import UnitCode
from wpsdesk.compilation.answers import is_nothing
from wpsdesk.compilation.figures import CellState
from wpsdesk.compilation.setting import Setting
from wpsdesk.compilation.sources import Edition, Order
from wpsdesk.compilation.terms import STATE, STATUS, day_of
from wpsdesk.compilation.tree import (
    Align,
    Bar,
    Block,
    Cell,
    Chapter,
    Chart,
    Column,
    Heading,
    Matrix,
    MatrixRow,
    Paragraph,
    Span,
    Table,
    TitlePage,
    Tone,
)
from wpsdesk.plan.model import Area, Unit, UnitKind
from wpsdesk.report.model import AccessScope, Status

_PUBLISHER = UnitCode("UD")
_CENTRAL = frozenset({UnitKind.MINISTRY, UnitKind.NORAD, UnitKind.AGENCY})


def title_page(setting: Setting) -> TitlePage:
    """The first page."""
    say = setting.say
    is_internal = setting.edition is Edition.INTERNAL
    return TitlePage(
        title=say("Women, peace and security"),
        subtitle=_subtitle(setting),
        plan=say("Report on the action plan {title}", title=setting.plan.title[setting.language]),
        publisher=setting.unit_name(_PUBLISHER),
        compiled=say("Compiled {day}", day=day_of(say, setting.compiled)),
        edition=_edition(setting),
        edition_note=say("Contains information that is exempt from public access.") if is_internal else "",
    )


def page_mark(setting: Setting) -> str:
    """What stands on every page of what is not for everybody, or not yet; "" on a released public page."""
    say = setting.say
    marks = [say("INTERNAL")] if setting.edition is Edition.INTERNAL else []
    return " · ".join(marks if setting.release is not None else [*marks, say("DRAFT")])


def _edition(setting: Setting) -> str:
    say, release = setting.say, setting.release
    name = say("Internal edition") if setting.edition is Edition.INTERNAL else say("Public edition")
    if release is None:
        return say("{edition}, draft", edition=name)
    return say("{edition}, release {number}", edition=name, number=release.number)


def _subtitle(setting: Setting) -> str:
    say, year = setting.say, str(setting.year)
    match setting.order:
        case Order.COMMITMENT:
            return say("Annual report {year}", year=year)
        case Order.COUNTRY:
            return say("Annual report {year}, by country", year=year)
        case Order.MINISTRY:
            return say("Annual report {year}, by ministry", year=year)


# -- how the report was made -------------------------------------------------------------------------


def method_chapter(setting: Setting) -> Chapter:
    """How the report was made, and how to read it."""
    say = setting.say
    blocks: list[Block] = [
        Heading(level=1, words=setting.words(say("How this report was made")), anchor="method", in_contents=True)
    ]
    blocks += [Paragraph(words=setting.words(text)) for text in _method(setting)]
    return Chapter(blocks=tuple(blocks))


def _method(setting: Setting) -> Iterator[str]:
    say = setting.say
    asked = len(setting.call.asked)
    yield (
        say.plural(
            "The Ministry of Foreign Affairs asked {n} unit to report on {year}, by {deadline}.",
            "The Ministry of Foreign Affairs asked {n} units to report on {year}, by {deadline}.",
            asked,
            year=str(setting.year),
            deadline=say.date(setting.call.deadline),
        )
        + " "
        + _received(setting)
    )
    yield from _how_edited(setting)
    yield say(
        "The wording of each commitment is taken from the appendix to the action plan and is in Norwegian bokmål. "
        "The short titles and the status scale are the Ministry's own and do not stand in the plan."
    )
    yield _withheld(setting)
    yield (
        say("“Nothing to report” is an answer with a reason, not a missing one.") + " " + _where_silence_stands(setting)
    )
    yield say(
        "Below each answer stands its source: the unit, the number and identifier of the report bundle, the first "
        "twelve digits of the bundle's SHA-256 checksum, who signed it, and when. The whole checksums stand in the "
        "list of bundles at the end."
    )
    yield say(
        "Figures move with the day they were counted on, so every indicator carries its date. The gender marker for "
        "aid is the OECD's: 0, 1 or 2. “Not screened” means that nobody has judged it, which is something else than 0."
    )


def _how_edited(setting: Setting) -> Iterator[str]:
    """Word for word, or where not; and which texts are translated."""
    say = setting.say
    answers = [answer for view in setting.views for answer in view.answers]
    texts = [text for answer in answers for text in answer.texts]
    edited = sum(1 for text in texts if text.is_edited)
    word_for_word = say(
        "The answers are given word for word, in the language they were written in. Where that is another "
        "language than the report's, it says so."
    )
    sentences = [word_for_word]
    if edited:
        sentences.append(
            say.plural(
                "The Ministry of Foreign Affairs has edited {n} text for publication; that is marked where it stands.",
                "The Ministry of Foreign Affairs has edited {n} texts for publication; that is marked where they "
                "stand.",
                edited,
            )
        )
    left_out = sum(1 for answer in answers if answer.is_left_out)
    if left_out:
        sentences.append(
            say.plural(
                "{n} answer is left out by the Ministry, which is said in its place.",
                "{n} answers are left out by the Ministry, which is said in their places.",
                left_out,
            )
        )
    if any(text.original is not None for text in texts):
        sentences.append(
            say("Where a text is translated, it says so, and the original stands in a chapter of its own.")
        )
    yield " ".join(sentences)


def _where_silence_stands(setting: Setting) -> str:
    if setting.order is Order.COMMITMENT:
        return setting.say("Units that were asked and have not answered are named under each commitment.")
    return setting.say("Units that were asked and have not answered are named in a chapter of their own.")


def _received(setting: Setting) -> str:
    """Which of the units asked have answered, and who else has."""
    say = setting.say
    asked = {unit.unit.code for unit in setting.call.asked}
    heard = {view.unit.code for view in setting.views}
    silent = [unit for unit in setting.coverage.units if unit.code in asked - heard]
    uncalled = [unit for unit in setting.coverage.units if unit.code in heard - asked]
    sentences = []
    if not silent and asked:
        sentences.append(say("All of them have answered."))
    else:
        sentences.append(say.plural("{n} of them has answered.", "{n} of them have answered.", len(asked & heard)))
    if silent:
        sentences.append(say("No report has come from {units}.", units=setting.names(silent)))
    if uncalled:
        sentences.append(say("{units} reported without having been asked.", units=setting.names(uncalled)))
    return " ".join(sentences)


def _withheld(setting: Setting) -> str:
    say = setting.say
    restricted = [a for view in setting.views for a in view.answers if a.scope is not AccessScope.OPEN]
    if setting.edition is Edition.INTERNAL:
        return say.plural(
            "This edition is internal. It also shows what is exempt from public access, and marks each place with "
            "its legal basis. That applies to {n} answer.",
            "This edition is internal. It also shows what is exempt from public access, and marks each place with "
            "its legal basis. That applies to {n} answers.",
            len(restricted),
        )
    rule = say(
        "Openness is the rule. Where an answer or parts of it are exempt from public access, that is said in its "
        "place, with the legal basis in the Freedom of Information Act. Names of partners are given only where the "
        "unit has said that they may be named."
    )
    if not restricted:
        return rule + " " + say("In this edition nothing is withheld from an answer.")
    return (
        rule
        + " "
        + say.plural(
            "In this edition that applies to {n} answer.",
            "In this edition that applies to {n} answers.",
            len(restricted),
        )
    )


# -- summary ---------------------------------------------------------------------------------------


def summary_chapter(setting: Setting) -> Chapter:
    """The year in figures: what has come, how far the work is, and who has answered what."""
    say = setting.say

    def heading(text: str, anchor: str) -> Heading:
        return Heading(level=2, words=setting.words(text), anchor=f"summary-{anchor}")

    how_counted = say(
        "Number of answers by the status that the units have given. A unit may answer for several countries."
    )
    how_read = say("Each column is a commitment. An empty cell means that the unit was not asked about it.")
    return Chapter(
        blocks=(
            Heading(level=1, words=setting.words(say("Summary")), anchor="summary", in_contents=True),
            Paragraph(words=setting.words(_lead(setting)), tone=Tone.LEAD),
            heading(say("How far the work has come"), "status"),
            Paragraph(words=setting.words(how_counted)),
            _status_chart(setting),
            heading(say("What has come in each area"), "areas"),
            _area_table(setting),
            heading(say("Who has answered what"), "coverage"),
            Paragraph(words=setting.words(how_read), tone=Tone.LABEL),
            _coverage_matrix(setting),
        )
    )


def _lead(setting: Setting) -> str:
    say, plan = setting.say, setting.plan
    answers = [answer for view in setting.views for answer in view.answers]
    covered = len({answer.commitment for answer in answers})
    opening = [
        say.plural("{n} unit has given", "{n} units have given", len(setting.views)),
        say.plural("{n} answer", "{n} answers", len(answers)),
        say("on all of the {all} commitments.", all=covered)
        if covered == len(plan.commitments)
        else say("on {covered} of the {all} commitments.", covered=covered, all=len(plan.commitments)),
    ]
    return " ".join([*opening, *_emptiness(setting, sum(1 for answer in answers if is_nothing(answer)))])


def _emptiness(setting: Setting, nothing: int) -> Iterator[str]:
    """How many say that there is nothing to report, and how many are missing."""
    say, missing = setting.say, setting.coverage.counts()[CellState.MISSING]
    if nothing:
        yield say.plural(
            "{n} says that there is nothing to report.", "{n} say that there is nothing to report.", nothing
        )
    if missing:
        yield say.plural(
            "{n} answer that was asked for is missing.", "{n} answers that were asked for are missing.", missing
        )
    else:
        yield say("No answer that was asked for is missing.")


def _status_chart(setting: Setting) -> Chart:
    say = setting.say
    answers = [answer for view in setting.views for answer in view.answers]
    counts = Counter(answer.status for answer in answers)
    bars = [(say(STATUS[status]), counts[status]) for status in Status]
    withheld = sum(1 for a in answers if a.status is None and a.scope is AccessScope.WHOLE)
    unknown = counts[None] - withheld
    bars += [
        (label, n) for label, n in ((say("Exempt from public access"), withheld), (say("Not given"), unknown)) if n
    ]
    return Chart(
        caption=say("Answers by status"),
        bars=tuple(Bar(label=label, value=n, shown=say.number(n)) for label, n in bars),
        said="; ".join(f"{label}: {say.number(n)}" for label, n in bars),
        table=Table(
            caption=say("Answers by status"),
            columns=(Column(head=say("Status"), share=2), Column(head=say("Number"), align=Align.RIGHT)),
            rows=tuple(tuple(Cell(words=setting.words(text)) for text in (label, say.number(n))) for label, n in bars),
            shows_caption=False,
        ),
    )


def _area_table(setting: Setting) -> Table:
    """The answers of each area, how many of them say nothing to report, and how many are missing."""
    say = setting.say
    columns = (
        Column(head=say("Area")),
        Column(head=say("Commitments"), align=Align.RIGHT),
        Column(head=say("Answers"), align=Align.RIGHT),
        Column(head=say("Of which nothing to report"), align=Align.RIGHT),
        Column(head=say("Missing"), align=Align.RIGHT),
    )
    rows = tuple(_area_row(setting, area) for area in setting.plan.areas)
    return Table(caption=say("Answers by area"), columns=columns, rows=rows, shows_caption=False)


def _area_row(setting: Setting, area: Area) -> tuple[Cell, ...]:
    numbers = {commitment.number for commitment in setting.plan.in_area(area)}
    answers = [answer for view in setting.views for answer in view.answers if answer.commitment in numbers]
    nothing = sum(1 for answer in answers if is_nothing(answer))
    cells = setting.coverage.cells.items()
    missing = sum(1 for (_, number), state in cells if number in numbers and state is CellState.MISSING)
    counts = (len(numbers), len(answers), nothing, missing)
    return (
        Cell(words=setting.words(area.names[setting.language])),
        *(Cell(words=setting.words(setting.say.number(count))) for count in counts),
    )


def _coverage_matrix(setting: Setting) -> Matrix:
    say, plan, figures = setting.say, setting.plan, setting.coverage
    rows, previous = [], None
    for unit in figures.units:
        states = tuple(figures.cell(unit.code, number) for number in figures.commitments)
        is_central = unit.kind in _CENTRAL
        rows.append(
            MatrixRow(
                name=_short_name(setting, unit),
                states=states,
                starts_group=previous is not None and previous is not is_central,
            )
        )
        previous = is_central
    return Matrix(
        caption=say("Answers by unit and commitment"),
        corner=say("Unit"),
        spans=tuple(Span(name=area.names[setting.language], columns=len(plan.in_area(area))) for area in plan.areas),
        heads=tuple(str(number) for number in figures.commitments),
        rows=tuple(rows),
        legend=tuple((state, say(STATE[state])) for state, n in figures.counts().items() if n),
    )


def _short_name(setting: Setting, unit: Unit) -> str:
    """A ministry is known by its letters; the others by name."""
    if unit.kind in (UnitKind.MINISTRY, UnitKind.NORAD):
        return unit.code if unit.kind is UnitKind.MINISTRY else "Norad"
    return setting.name(unit)
