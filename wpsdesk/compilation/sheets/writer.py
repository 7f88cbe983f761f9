"""The report's sheets: about it, the answers, indicators, money, measures, partners, evidence, coverage, bundles."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wpsdesk.base.progress import Progress
from wpsdesk.compilation.records import AnswerRecord, Records
from wpsdesk.compilation.sheets.book import Book, Column, Value
from wpsdesk.compilation.tree import Document
from wpsdesk.i18n import Catalogue, catalogue
from wpsdesk.report.model import NARRATIVE

_NO_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
"""What the name of a sheet may not hold."""

Sheet = Callable[[Book, Records, Catalogue], None]


def whole(document: Document, progress: Progress) -> bytes:
    """The whole file."""
    records = document.records
    assert records is not None, "only the annual report becomes a spreadsheet"
    say = catalogue(document.language, "document")
    book = Book(title=document.title, author=document.publisher, made=document.compiled)
    _about(book, document, records, say)
    for number, sheet in enumerate(_SHEETS):
        progress(number, len(_SHEETS))
        sheet(book, records, say)
    _frames(book, records, say)
    _tables(book, records)
    progress(len(_SHEETS), len(_SHEETS))
    return book.done()


def _about(book: Book, document: Document, records: Records, say: Catalogue) -> None:
    page = document.title_page
    rows: list[tuple[str, Value]] = [
        (say("Year"), records.year),
        (say("Plan"), records.plan),
        (say("Publisher"), page.publisher),
        (say("Edition"), f"{page.edition}. {page.edition_note}".strip()),
        (say("Compiled"), document.compiled),
        (say("Answers"), len(records.answers)),
        (say("Empty cells"), say("Nothing was given. An empty gender marker means not screened, which is not 0.")),
    ]
    book.facts(say("About"), document.title, rows)


def _frames(book: Book, records: Records, say: Catalogue) -> None:
    if records.frames:
        columns = (Column(head=say("Text"), width=30), Column(head=say("What it says"), width=110))
        book.table(say("Own texts"), columns, [(one.title, one.text) for one in records.frames])


def _tables(book: Book, records: Records) -> None:
    """The tables of an edition that has its own; each sheet has a number, for two may bear one name."""
    for number, told in enumerate(records.tables, start=1):
        columns = tuple(Column(head=head, width=30) for head in told.heads)
        book.table(f"{number} {told.title}".translate(_NO_NAME), columns, told.rows)


# -- whose a row is ----------------------------------------------------------------------------------


def _whose(say: Catalogue) -> tuple[Column, ...]:
    return (
        Column(head=say("Commitment"), width=11),
        Column(head=say("Unit, code"), width=10),
        Column(head=say("Unit"), width=26),
        Column(head=say("Country, code"), width=9),
        Column(head=say("Country"), width=16),
    )


def _key(answer: AnswerRecord) -> tuple[Value, ...]:
    return (answer.commitment, answer.source.unit, answer.source.unit_name, answer.country, answer.country_name)


# -- the sheets --------------------------------------------------------------------------------------


def _answers(book: Book, records: Records, say: Catalogue) -> None:
    labels = {text.field: text.label for answer in records.answers for text in answer.texts}
    shown = [field for field in NARRATIVE if field in labels]
    titles = {commitment.number: commitment for commitment in records.commitments}
    columns = (
        *_whose(say),
        Column(head=say("Title of the commitment"), width=34),
        Column(head=say("Area"), width=24),
        Column(head=say("Status"), width=16),
        Column(head=say("Access"), width=14),
        Column(head=say("Legal basis"), width=20),
        Column(head=say("Languages"), width=11),
        *(Column(head=labels[field], width=60) for field in shown),
        Column(head=say("Bundle"), width=38),
        Column(head=say("Signed"), width=17),
    )
    scopes = {"open": say("Open"), "part": say("Exempt in part"), "whole": say("Exempt as a whole")}
    rows = [
        (
            *_key(answer),
            titles[answer.commitment].title,
            titles[answer.commitment].area,
            answer.status_word,
            scopes[answer.scope],
            answer.basis,
            ", ".join(dict.fromkeys(text.language for text in answer.texts)),
            *(_texts(answer, field, say) for field in shown),
            answer.source.bundle,
            answer.source.signed_at,
        )
        for answer in records.answers
    ]
    book.table(say("Answers"), columns, rows)


def _texts(answer: AnswerRecord, field: str, say: Catalogue) -> str:
    """The text, and in the internal edition its public wording below it."""
    found = [text for text in answer.texts if text.field == field]
    own = [text.text for text in found if not text.is_public_wording or answer.scope == "open" or len(found) == 1]
    public = [text.text for text in found if text.text not in own]
    return "\n\n".join([*own, *(say("Public wording: {field}", field=text) for text in public)])


def _questions(book: Book, records: Records, say: Catalogue) -> None:
    columns = (
        *_whose(say),
        Column(head=say("Question"), width=44),
        Column(head=say("Answer"), width=44),
        Column(head=say("Value")),
        Column(head=say("Unit of measure")),
        Column(head=say("Measured on"), width=12),
        Column(head=say("Source"), width=26),
        Column(head=say("Question, id"), width=24),
    )
    rows = [
        (*_key(answer), one.asked, one.answer, one.number, one.unit, one.measured_on, one.source, one.question)
        for answer in records.answers
        for one in answer.questions
    ]
    book.table(say("Questions"), columns, rows)


def _indicators(book: Book, records: Records, say: Catalogue) -> None:
    columns = (
        *_whose(say),
        Column(head=say("Indicator"), width=30),
        Column(head=say("What is counted"), width=26),
        Column(head=say("Value")),
        Column(head=say("Unit of measure")),
        *(Column(head=head, width=11) for head in (say("Women"), say("Men"), say("Other"), say("Unknown"))),
        Column(head=say("Baseline")),
        Column(head=say("Baseline, year"), width=11),
        Column(head=say("Measured on"), width=12),
        Column(head=say("Source"), width=26),
    )
    rows = [
        (
            *_key(answer), one.name, one.measure, one.value, one.unit, one.women, one.men, one.other, one.unknown,
            one.baseline, one.baseline_year, one.measured_on, one.source,
        )
        for answer in records.answers
        for one in answer.indicators
    ]  # fmt: skip
    book.table(say("Indicators"), columns, rows)


def _money(book: Book, records: Records, say: Catalogue) -> None:
    columns = (
        *_whose(say),
        Column(head=say("Agreement"), width=20),
        Column(head=say("Amount (NOK)"), width=16),
        Column(head=say("Disbursed {year} (NOK)", year=str(records.year)), width=16),
        Column(head=say("Gender marker"), width=11),
        Column(head=say("DAC sector"), width=11),
    )
    rows = [
        (*_key(answer), one.agreement, one.amount_nok, one.disbursed_nok, one.marker, one.dac_sector)
        for answer in records.answers
        for one in answer.money
    ]
    book.table(say("Aid"), columns, rows)


def _statistics(book: Book, records: Records, say: Catalogue) -> None:
    """Aid statistics, where there are any."""
    aid = records.aid
    if aid is None:
        return
    words = {
        "country": say("Country"), "purpose": say("Purpose"), "marker": say("Gender marker"),
        "commitment": say("Commitment"),
    }  # fmt: skip
    heads = (say("2, principal"), say("1, significant"), say("0, no objective"), say("Not screened"))
    columns = (
        Column(head=say("By"), width=14),
        Column(head=say("Code")),
        Column(head=say("Name"), width=36),
        *(Column(head=f"{head} ({aid.currency})", width=18) for head in (*heads, say("In all"))),
        Column(head=say("Agreements"), width=12),
        Column(head=say("Source"), width=36),
    )
    rows = [
        (
            words[one.by], one.key, one.name, one.principal, one.significant, one.not_targeted, one.not_screened,
            one.total, one.agreements, aid.source,
        )
        for one in aid.lines
    ]  # fmt: skip
    book.table(say("Aid statistics"), columns, rows)


def _measures(book: Book, records: Records, say: Catalogue) -> None:
    columns = (
        *_whose(say),
        Column(head=say("Measure"), width=40),
        Column(head=say("How far it has come"), width=16),
        Column(head=say("To be done by"), width=12),
        Column(head=say("Result this year"), width=50),
    )
    rows = [
        (*_key(answer), one.title, one.status_word, one.due, one.result)
        for answer in records.answers
        for one in answer.measures
    ]
    book.table(say("Measures"), columns, rows)


def _partners(book: Book, records: Records, say: Catalogue) -> None:
    def told(answer: AnswerRecord) -> Iterator[str]:
        yield from answer.partners
        if answer.has_unnamed_partners:
            yield say("Others are not named.") if answer.partners else say("They are not named.")

    columns = (*_whose(say), Column(head=say("Partner"), width=44))
    rows = [(*_key(answer), name) for answer in records.answers for name in told(answer)]
    book.table(say("Partners"), columns, rows)


def _evidence(book: Book, records: Records, say: Catalogue) -> None:
    columns = (
        *_whose(say),
        Column(head=say("Evidence"), width=44),
        Column(head=say("Kind")),
        Column(head=say("Date"), width=12),
        Column(head="SHA-256", width=66),
    )
    rows = [
        (*_key(answer), one.title, one.kind, one.dated, one.sha256)
        for answer in records.answers
        for one in answer.evidence
    ]
    book.table(say("Evidence"), columns, rows)


def _taken(book: Book, records: Records, say: Catalogue) -> None:
    """Which agencies and organisations have said what an answer tells, where any have."""
    rows = [
        (*_key(answer), one.unit, one.unit_name, one.bundle, one.sha256)
        for answer in records.answers
        for one in answer.taken
    ]
    unnamed = [
        (*_key(answer), None, say("not named"), None, None) for answer in records.answers if answer.has_unnamed_sources
    ]
    if rows or unnamed:
        columns = (
            *_whose(say),
            Column(head=say("Reported by, code"), width=12),
            Column(head=say("Reported by"), width=34),
            Column(head=say("Bundle"), width=38),
            Column(head="SHA-256", width=66),
        )
        book.table(say("Agencies and organisations"), columns, [*rows, *unnamed])


def _follow_ups(book: Book, records: Records, say: Catalogue) -> None:
    """The units' own follow-up documents, where there are any."""
    if records.follow_ups:
        scopes = {"open": say("Open"), "part": say("Exempt in part"), "whole": say("Exempt as a whole")}
        columns = (
            *_whose(say)[1:3],
            Column(head=say("Document"), width=44),
            Column(head=say("Date"), width=12),
            Column(head=say("Access"), width=16),
            Column(head=say("Legal basis"), width=30),
            Column(head="SHA-256", width=66),
        )
        rows = [
            (one.unit, one.unit_name, one.title, one.dated, scopes[one.scope], one.basis, one.sha256)
            for one in records.follow_ups
        ]
        book.table(say("Follow-up documents"), columns, rows)


def _coverage(book: Book, records: Records, say: Catalogue) -> None:
    columns = (*_whose(say)[:3], Column(head=say("State"), width=20))
    rows = [(one.commitment, one.unit, one.unit_name, one.word) for one in records.coverage]
    book.table(say("Coverage"), columns, rows)


def _bundles(book: Book, records: Records, say: Catalogue) -> None:
    columns = (
        *_whose(say)[1:3],
        Column(head=say("Number"), width=8),
        Column(head=say("Bundle"), width=38),
        Column(head="SHA-256", width=66),
        Column(head=say("Signed by"), width=24),
        Column(head=say("Signed"), width=17),
        Column(head=say("Received"), width=17),
    )
    rows = [
        (one.unit, one.unit_name, one.seq, one.bundle, one.sha256, one.signed_by, one.signed_at, one.received_at)
        for one in records.sources
    ]
    book.table(say("Report bundles"), columns, rows)


_SHEETS: tuple[Sheet, ...] = (
    _answers,
    _questions,
    _indicators,
    _money,
    _statistics,
    _measures,
    _partners,
    _evidence,
    _taken,
    _follow_ups,
    _coverage,
    _bundles,
)
