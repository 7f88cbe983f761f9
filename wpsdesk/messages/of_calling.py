"""Sentences for what stands in the way of a call, its lists of units, and what is written out of them."""

from __future__ import annotations

from typing import Final

from wpsdesk.desk.call.calling_errors import (
    BadCells,
    EndsBeforeItBegins,
    NoParent,
    NoSuchQuestion,
    NotAsked,
    OneOrganisationTwice,
    QuestionOfAnotherKind,
    QuestionTwice,
    TableUnreadable,
    UnknownForm,
    WrongOrganisationNumber,
)
from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import NOTHING_WRITTEN, Places, Row, file, row, shown
from wpsdesk.messages.words import word
from wpsdesk.report.unit_rows import BadCell


def _form(error: UnknownForm, _say: Catalogue) -> Places:
    return {"file": file(error.path), "forms": ", ".join(error.forms)}


def _asked(error: NotAsked, _say: Catalogue) -> Places:
    return {"unit": shown(error.unit), "year": error.year}


def _table(error: TableUnreadable, _say: Catalogue) -> Places:
    return {"file": file(error.path)}


def _cells(error: BadCells, say: Catalogue) -> Places:
    first = cell_sentence(error.problems[0], say) if error.problems else ""
    return {"file": file(error.path), "count": say.number(len(error.problems)), "first": first}


def _number(error: WrongOrganisationNumber, _say: Catalogue) -> Places:
    return {"unit": shown(error.unit), "number": shown(error.number)}


def _twice(error: OneOrganisationTwice, _say: Catalogue) -> Places:
    return {"number": shown(error.number), "first": shown(error.first), "second": shown(error.second)}


def _parent(error: NoParent, _say: Catalogue) -> Places:
    return {"unit": shown(error.unit)}


def _question(error: QuestionTwice | NoSuchQuestion, _say: Catalogue) -> Places:
    return {"question": shown(error.question)}


def _kind(error: QuestionOfAnotherKind, say: Catalogue) -> Places:
    return {"question": shown(error.question), "before": word(error.before, say)}


def _ends(error: EndsBeforeItBegins, say: Catalogue) -> Places:
    return {"code": shown(error.code), "begins": say.date(error.begins), "ends": say.date(error.ends)}


def cell_sentence(cell: BadCell, say: Catalogue) -> str:
    """What is wrong with a cell, and where it is: ``B7, “123”: …``."""
    where = f"{cell.column}{cell.row}" if cell.column else say("Line {number}", number=cell.row)
    value = f", “{shown(cell.value, at_most=60)}”" if cell.value else ""
    return f"{where}{value}: {word(cell.problem, say)}"


CALLING: Final[tuple[Row, ...]] = (
    row(
        UnknownForm,
        what=N_("{file} has no ending that says which kind of file to write."),
        kept=NOTHING_WRITTEN,
        do=N_("Give it a name that ends in one of these: {forms}."),
        fill=_form,
    ),
    row(
        NotAsked,
        what=N_("The call for {year} does not ask {unit}."),
        do=N_("Look at who is asked, and write the unit's code as it stands there."),
        fill=_asked,
    ),
    row(
        TableUnreadable,
        what=N_("{file} cannot be read as a table."),
        do=N_("Save it as a workbook (.xlsx) or as comma-separated values (.csv), and try again."),
        fill=_table,
    ),
    row(
        BadCells,
        what=N_("{file} has {count} cells that cannot be taken in. The first is {first}"),
        do=N_("Correct the table and take it in again; a preview names every cell."),
        fill=_cells,
    ),
    row(
        WrongOrganisationNumber,
        what=N_("{number} is no organisation number, and {unit} cannot have it."),
        do=N_("Look it up in the register in Brønnøysund, or leave it out."),
        fill=_number,
    ),
    row(
        OneOrganisationTwice,
        what=N_("{first} and {second} have the same organisation number, {number}."),
        do=N_("Find out which of them has it, and take it away from the other."),
        fill=_twice,
    ),
    row(
        QuestionTwice,
        what=N_("Two of the questions have the same id, “{question}”."),
        do=N_("Give one of them another id: it is what joins the answers of several years."),
        fill=_question,
    ),
    row(
        EndsBeforeItBegins,
        what=N_("{code} cannot end {ends}: it is a focus country from {begins}."),
        do=N_("Give a later day, or change the day on which it begins."),
        fill=_ends,
    ),
    row(
        NoSuchQuestion,
        what=N_("No question with the id “{question}” is to be asked."),
        do=N_("The command wpsdesk call question list tells the ids."),
        fill=_question,
    ),
    row(
        QuestionOfAnotherKind,
        what=N_("The question “{question}” has been asked before with another type of answer: {before}."),
        do=N_("Ask it as it was, or give the new question an id of its own. The answers that have come are kept."),
        fill=_kind,
    ),
    row(
        NoParent,
        what=N_("{unit} is an agency, and the unit that it belongs to is missing."),
        do=N_("Say which ministry or other unit it belongs to."),
        fill=_parent,
    ),
)
