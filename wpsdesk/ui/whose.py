"""Step one of a new desk: a ministry or Norad from the plan, a unit of one's own, or UD, which gathers the reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QRadioButton, QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.controls import Choice, label, worded
from wpsdesk.ui.fields import Field, line_field

if TYPE_CHECKING:
    from wpsdesk.plan.model import LanguageCode, Plan, Unit


class WhoseStep(QWidget):
    """Whose desk: three roads, one of them open."""

    def __init__(self, say: Catalogue) -> None:
        from wpsdesk.desk.model import AUTHORITY
        from wpsdesk.plan.loading import load_plan

        super().__init__()
        self._say = say
        self._plan: Plan = load_plan()
        self._authority = AUTHORITY
        self.of_plan, self.of_own, self.of_authority = QRadioButton(), QRadioButton(), QRadioButton()
        units = [(u.code, u.names[say.names_in]) for u in self._plan.units if u.code != AUTHORITY]
        self.unit = Choice(say("Unit"), units)
        self._plan_part = Field(say("Unit"), self.unit)
        self._own_part = self._own(say.names_in)
        self._authority_part = label(
            say("There is one such desk. It issues the units' certificates; theirs begins with its call."),
            tone="muted",
            wraps=True,
        )
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(8))
        for radio, words, part in (
            (self.of_plan, say("A ministry or Norad"), self._plan_part),
            (self.of_own, say("A mission abroad, a delegation, an agency or an organisation"), self._own_part),
            (self.of_authority, say("UD, which issues the call and gathers the reports"), self._authority_part),
        ):
            radio.toggled.connect(part.setVisible)
            part.setVisible(False)
            part.setContentsMargins(style.current().px(24), 0, 0, style.current().px(8))
            inside.addLayout(worded(radio, words))
            inside.addWidget(part)
        inside.addStretch(1)
        self.of_plan.setChecked(True)
        self.setFocusProxy(self.of_plan)

    def _own(self, language: LanguageCode) -> QWidget:
        from wpsdesk import messages
        from wpsdesk.plan.model import UnitKind

        say = self._say
        kinds = (UnitKind.MISSION, UnitKind.DELEGATION, UnitKind.AGENCY, UnitKind.CIVIL_SOCIETY)
        self.kind = Choice(say("Kind of unit"), [(kind, messages.word(kind, say)) for kind in kinds])
        self._code_field, self.code = line_field(
            say("Code"), hint=say("As UD writes it in the call: 2 to 12 capital letters and digits, such as NAIROBI.")
        )
        self._name_field, self.name = line_field(say("Name"), hint=say("As it is to stand in the report."))
        self.countries = QListWidget()
        for country in sorted(self._plan.focus_countries, key=lambda c: c.names[language]):
            item = QListWidgetItem(country.names[language])
            item.setData(Qt.ItemDataRole.UserRole, country.code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.countries.addItem(item)
        self.countries.setCurrentRow(0)
        self.countries.setFixedHeight(style.current().px(132))
        self._countries_field = Field(
            say("Focus countries it answers for"),
            self.countries,
            hint=say("Tick with the space bar. One answer is owed for each country; none ticked: one answer in all."),
        )
        part = QWidget()
        inside = QVBoxLayout(part)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(10))
        for field in (Field(say("Kind of unit"), self.kind), self._code_field, self._name_field, self._countries_field):
            inside.addWidget(field)
        return part

    def ticked(self) -> tuple[str, ...]:
        """The countries that are ticked."""
        items = (self.countries.item(position) for position in range(self.countries.count()))
        return tuple(i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() is Qt.CheckState.Checked)

    def answered(self, words_of: Callable[[WpsError], str]) -> Unit | None:
        """The unit, or None where something is missing, which is then said at its field."""
        from wpsdesk.desk.opening import known_unit

        if self.of_authority.isChecked():
            return known_unit(self._plan, self._authority)
        if self.of_plan.isChecked():
            return known_unit(self._plan, str(self.unit.chosen()))
        return self._own_unit(words_of)

    def _own_unit(self, words_of: Callable[[WpsError], str]) -> Unit | None:
        from wpsdesk.desk.opening import named_unit
        from wpsdesk.plan.model import UnitKind

        kind = self.kind.chosen()
        code, name = self.code.text().strip().upper(), " ".join(self.name.text().split())
        self._code_field.show_error("")
        self._name_field.show_error("" if name else self._say("Write the unit's name."))
        taken = {unit.code for unit in self._plan.units}
        if code in taken:
            self._code_field.show_error(self._say("This is the code of a unit in the plan. Choose it above."))
            return None
        try:
            unit = named_unit(code, UnitKind(str(kind)), name, self.ticked(), self._plan)
        except WpsError as fault:
            self._code_field.show_error(words_of(fault))
            return None
        return unit if name else None
