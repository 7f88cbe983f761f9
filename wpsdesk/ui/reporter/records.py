"""Lists of small records, indicators, partners and money: a frame for each, drawn from the form's columns."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from wpsdesk.i18n import N_, Catalogue
from wpsdesk.report.form import Column, Control, Field
from wpsdesk.report.model import Entry, Indicator, Measure, MeasureStatus, Money, Partner
from wpsdesk.report.records import MAX_LIST
from wpsdesk.ui import style
from wpsdesk.ui.controls import button, card, label, row
from wpsdesk.ui.editors import (
    DayEditor,
    DecimalEditor,
    Editor,
    FlagEditor,
    LineEditor,
    WholeEditor,
    WordEditor,
)
from wpsdesk.ui.tabbing import take_turn

RECORDS: Final = {"measures": Measure, "indicators": Indicator, "partners": Partner, "money": Money}
"""The kind of record in each field that is a list."""

ADD: Final = {
    "measures": N_("Add a measure"),
    "indicators": N_("Add an indicator"),
    "partners": N_("Add a partner"),
    "money": N_("Add aid money"),
}
REMOVE: Final = {
    "measures": N_("Remove the measure"),
    "indicators": N_("Remove the indicator"),
    "partners": N_("Remove the partner"),
    "money": N_("Remove the line"),
}
REQUIRED: Final = {"measures": "title", "indicators": "name", "partners": "name"}
"""A record without this says nothing and is not kept."""

BLANK: Final = (Money(),)
"""A record that has been added and not yet filled in."""

PATTERNS: Final = {"dac_sector": r"[0-9]{0,5}"}


def column_editor(say: Catalogue, column: Column) -> Editor:
    """The editor of one column."""
    name = say(column.label)
    match column.control:
        case Control.CHOICE:
            assert column.choices is not None
            return WordEditor(say, name, tuple(column.choices), is_inline=False)
        case Control.FLAG:
            return FlagEditor(name)
        case Control.DATE:
            return DayEditor(say, name)
        case Control.WHOLE:
            return WholeEditor(say, name, is_year=column.name.endswith("year"))
        case Control.DECIMAL:
            return DecimalEditor(say, name)
        case _:
            return LineEditor(name, at_most=300, pattern=PATTERNS.get(column.name, ""))


class RecordFrame(Editor):
    """One record."""

    def __init__(self, say: Catalogue, field: Field, number: int) -> None:
        super().__init__()
        self._kind = RECORDS[field.name]
        self._say, self._field = say, field
        self.editors = {column.name: column_editor(say, column) for column in field.columns}
        self._held: object = None
        look = style.current()
        frame, inside = card(is_quiet=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(8))
        across = 4 if look.percent <= 125 else 2
        for place, column in enumerate(field.columns):
            editor = self.editors[column.name]
            cell = QVBoxLayout()
            cell.setSpacing(look.px(2))
            is_flag = column.control is Control.FLAG
            name = label("" if is_flag else say(column.label), type="small", wraps=True)
            name.setBuddy(editor)
            cell.addWidget(name)
            cell.addWidget(editor)
            cell.addStretch(1)
            is_alone = place == len(field.columns) - 1 and place % across == 0
            grid.addLayout(cell, place // across, place % across, 1, across if is_alone else 1)
            grid.setColumnStretch(place % across, 1)
            editor.changed.connect(self.changed)
        self.remove_button = button(say(REMOVE[field.name]), role="link")
        self.remove_button.setAccessibleName(f"{say(REMOVE[field.name])} {number}")
        inside.addLayout(grid)
        inside.addLayout(row(None, self.remove_button))
        self._bare().addWidget(frame)

    def show_value(self, value: object) -> None:
        """Show a record."""
        self._held = value
        for name, editor in self.editors.items():
            editor.show_value(getattr(value, name))

    def value(self) -> object:
        """The record, or None where it says nothing yet."""
        values = {name: editor.value() for name, editor in self.editors.items()}
        required = REQUIRED.get(self._field.name)
        if required is not None and not values[required]:
            return None
        if self._field.name == "money" and len(str(values["dac_sector"])) not in (0, 5):
            values["dac_sector"] = ""
        if values.get("baseline_year") is not None and not 1990 <= int(str(values["baseline_year"])) <= 2100:
            values["baseline_year"] = None
        for name in ("women", "men", "other", "unknown"):
            if values.get(name) is not None and int(str(values[name])) < 0:
                values[name] = None
        found = self._kind(**values)
        return None if found in BLANK else found

    def complain(self) -> None:
        """Say at the record's own fields what keeps it from being kept as it stands."""
        say, required = self._say, REQUIRED.get(self._field.name)
        if required is not None:
            empty = not self.editors[required].value()
            self.editors[required].show_error(say("Without a name it is not kept.") if empty else "")
        if "dac_sector" in self.editors:
            length = len(str(self.editors["dac_sector"].value()))
            self.editors["dac_sector"].show_error("" if length in (0, 5) else say("Five digits, such as 15220."))


class RecordsEditor(Editor):
    """The records of one field, with a way to add and to remove."""

    def __init__(self, say: Catalogue, field: Field) -> None:
        super().__init__()
        self._say, self._field = say, field
        self.frames: list[RecordFrame] = []
        look = style.current()
        self.add_button = button(say(ADD[field.name]), self.add)
        self._error = label("", tone="danger", wraps=True)
        self._error.setVisible(False)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(look.px(8))
        inside = self._bare()
        inside.setSpacing(look.px(6))
        inside.addWidget(label(say(field.label), type="strong"))
        if field.hint:
            inside.addWidget(label(say(field.hint), type="small", wraps=True))
        inside.addLayout(self._rows)
        inside.addWidget(self._error)
        inside.addLayout(row(self.add_button, None))
        self.setFocusProxy(self.add_button)

    def show_value(self, value: object) -> None:
        """Show these records. Frames that stand already are used again, so that focus and undo are kept."""
        assert isinstance(value, tuple)
        while len(self.frames) > len(value):
            self._take_out(self.frames[-1])
        if len(self.frames) < len(value):
            while len(self.frames) < len(value):
                self._put_in()
            take_turn(self)
        for frame, record in zip(self.frames, value, strict=True):
            frame.show_value(record)
            frame.complain()

    def value(self) -> object:
        """The records that say something."""
        return tuple(found for frame in self.frames if (found := frame.value()) is not None)

    def _put_in(self) -> RecordFrame:
        frame = RecordFrame(self._say, self._field, len(self.frames) + 1)
        frame.changed.connect(lambda: self._on_change(frame))
        frame.remove_button.clicked.connect(lambda _checked=False: self.remove(frame))
        self.frames.append(frame)
        self._rows.addWidget(frame)
        return frame

    def _on_change(self, frame: RecordFrame) -> None:
        frame.complain()
        self.changed.emit()

    def add(self) -> None:
        """One more, empty, and to its first field."""
        if len(self.frames) >= MAX_LIST:
            return
        frame = self._put_in()
        take_turn(self)
        first: QWidget = next(iter(frame.editors.values()))
        first.setFocus()

    def remove(self, frame: RecordFrame) -> None:
        """Take one out."""
        self._take_out(frame)
        self.add_button.setFocus()
        self.changed.emit()

    def _take_out(self, frame: RecordFrame) -> None:
        self.frames.remove(frame)
        self._rows.removeWidget(frame)
        frame.hide()
        frame.deleteLater()

    def show_error(self, text: str) -> None:
        """Say under the list what is wrong."""
        self._error.setText(text)
        self._error.setVisible(bool(text))


def measures_summary(say: Catalogue, measures: tuple[Measure, ...]) -> str:
    """How many there are, and how many of them are done."""
    if not measures:
        return ""
    done = sum(measure.status is MeasureStatus.DONE for measure in measures)
    return say.plural("{n} measure, {done} carried out", "{n} measures, {done} carried out", len(measures), done=done)


def summary(say: Catalogue, entry: Entry) -> str:
    """How many of each there are, in one line."""
    indicators, partners, money = entry.indicators, entry.partners, entry.money
    parts = [
        say.plural("{n} indicator", "{n} indicators", len(indicators)) if indicators else "",
        say.plural("{n} partner", "{n} partners", len(partners)) if partners else "",
        say.plural("{n} line of aid money", "{n} lines of aid money", len(money)) if money else "",
    ]
    return " · ".join(part for part in parts if part)
