"""A new measure of the unit's own: under which commitment, and what it is called."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QWidget

from wpsdesk.base.ids import Year
from wpsdesk.desk.answers import drafting
from wpsdesk.report.model import EntryKey
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import Choice
from wpsdesk.ui.fields import Field, line_field
from wpsdesk.ui.trust.asking import Asking


class NewMeasureDialog(Asking):
    """The answers that are asked of the unit, and a line for the measure's name."""

    def __init__(self, parent: QWidget, context: Context, year: Year) -> None:
        say, plan, language = context.say, context.desk.plan, context.language
        words = say("What the unit has said it will do. The rest is written beside it in the list.")
        super().__init__(parent, say, say("Add a measure"), words, say("Add"))
        has_countries = len(context.desk.unit.covers) > 1

        def name(key: EntryKey) -> str:
            country = f", {plan.country(key.country).names[language]}" if key.country and has_countries else ""
            return f"{key.commitment}  {plan.commitment(key.commitment).titles[language]}{country}"

        self.where = Choice(say("Commitment"), [(row.key, name(row.key)) for row in drafting.rows(context.desk, year)])
        self.name_field, self.name = line_field(say("Measure"))
        self.name.setMaxLength(300)
        self.add(Field(say("Commitment"), self.where), self.name_field)
        self.where.setFocus()

    @property
    def key(self) -> EntryKey:
        """The answer under which it is put."""
        return cast("EntryKey", self.where.chosen())

    @property
    def title_written(self) -> str:
        """What it is called."""
        return self.name.text().strip()

    def is_answered(self) -> bool:
        """A name, and a commitment."""
        self.name_field.show_error("" if self.title_written else self.say("Write what the measure is."))
        return bool(self.title_written) and self.where.chosen() is not None
