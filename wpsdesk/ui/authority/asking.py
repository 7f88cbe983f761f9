"""One unit of a call: who it is, which countries it answers for, and what it is asked about."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from wpsdesk.base.errors import WpsError
from wpsdesk.base.ids import CommitmentNumber, CountryCode, UnitCode
from wpsdesk.desk.opening import named_unit
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import sentence, word
from wpsdesk.plan.model import LanguageCode, Plan, Unit, UnitKind
from wpsdesk.report.call import Asked
from wpsdesk.report.unit_rows import is_organisation_number
from wpsdesk.ui import style
from wpsdesk.ui.authority.picking import PickList
from wpsdesk.ui.authority.starting import Own
from wpsdesk.ui.controls import Choice, button, label
from wpsdesk.ui.fields import Field, line_field
from wpsdesk.ui.scrolled_dialog import scrolled_dialog

ADDED: tuple[UnitKind, ...] = (UnitKind.MISSION, UnitKind.DELEGATION, UnitKind.AGENCY, UnitKind.CIVIL_SOCIETY)
"""The kinds of units that UD can add to a call."""


class AskedDialog(QDialog):
    """Asks for a unit and its commitments. ``asked`` is the answer once it was accepted."""

    def __init__(
        self,
        parent: QWidget,
        plan: Plan,
        say: Catalogue,
        language: LanguageCode,
        *,
        taken: frozenset[UnitCode],
        asked: Asked | None = None,
        is_new: bool = True,
        own: Own | None = None,
    ) -> None:
        super().__init__(parent)
        self._own = own
        self._every = tuple(c.number for c in plan.commitments) if own is None else own.commitments
        self._plan, self._say, self._taken, self._before = plan, say, taken, asked
        self._is_new = is_new
        self._is_of_plan = asked is not None and asked.unit.code in {unit.code for unit in plan.units}
        self.asked: Asked | None = None
        title = say("Add a unit") if is_new else say("What {unit} is asked", unit=_name(asked, language))
        self.setWindowTitle(title)
        self._build_unit(language)
        self._build_belonging(language)
        self.all = QRadioButton(say("All commitments") if own is None else say("All that you may ask about"))
        self.some = QRadioButton(say("Chosen commitments"))
        self.commitments: PickList[CommitmentNumber] = PickList(
            say, say("Commitments"),
            [(c.number, f"{c.number}  {c.titles[language]}") for c in plan.commitments if c.number in self._every],
        )  # fmt: skip
        self.trouble = label("", tone="danger", wraps=True)
        self.save = button(say("Add") if is_new else say("Use this"), self._take, role="primary")
        self.cancel = button(say("Cancel"), self.reject)
        for choice in (self.all, self.some):
            choice.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._lay_out(title)
        self._fill(asked)

    def _build_unit(self, language: LanguageCode) -> None:
        """Code, name, kind, and the countries it answers for."""
        say, plan, own = self._say, self._plan, self._own
        self.code_field, self.code = line_field(
            say("Code"), hint=say("2–12 capital letters, figures and hyphens. It is in the unit's certificate.")
        )
        self.name_field, self.name = line_field(say("Name"), hint=say("For example: The embassy in Nairobi"))
        kinds = ADDED if own is None else (own.kind,)
        self.kind = Choice(say("Kind"), [(kind, word(kind, say)) for kind in kinds])
        self.countries: PickList[CountryCode] = PickList(
            say, say("Countries the unit answers for"),
            [(c.code, f"{c.names[language]} ({c.code})") for c in plan.focus_countries], lines=5,
        )  # fmt: skip

    def _build_belonging(self, language: LanguageCode) -> None:
        """The organisation number, and whose an agency is."""
        say, plan = self._say, self._plan
        self.number_field, self.number = line_field(
            say("Organisation number"), hint=say("Nine digits. May be left empty.")
        )
        self.owner = Choice(
            say("Belongs to"), [(None, say("Choose")), *((unit.code, unit.names[language]) for unit in plan.units)]
        )
        self.owner.setMinimumContentsLength(12)
        self.owner.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.owner_field = Field(say("Belongs to"), self.owner)

    def _lay_out(self, title: str) -> None:
        say = self._say
        inside = scrolled_dialog(self, title, self.cancel, self.save, width=520, height=660)
        if not self._is_of_plan:
            self._lay_out_unit(inside)
        inside.addWidget(label(say("Asked about"), type="strong"))
        inside.addWidget(self.all)
        inside.addWidget(self.some)
        inside.addWidget(self.commitments, 1)
        inside.addWidget(self.trouble)
        inside.addStretch(0)
        self.some.toggled.connect(self.commitments.setVisible)

    def _lay_out_unit(self, inside: QVBoxLayout) -> None:
        """Who the unit is."""
        look, say = style.current(), self._say
        first = QHBoxLayout()
        first.setSpacing(look.px(12))
        first.addWidget(self.code_field, 1, Qt.AlignmentFlag.AlignTop)
        first.addWidget(Field(say("Kind"), self.kind), 1, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(first)
        inside.addWidget(self.name_field)
        second = QHBoxLayout()
        second.setSpacing(look.px(12))
        second.addWidget(self.number_field, 1, Qt.AlignmentFlag.AlignTop)
        second.addWidget(self.owner_field, 1, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(second)
        self.kind.currentIndexChanged.connect(lambda _index: self._show_owner())
        inside.addWidget(Field(say("Countries the unit answers for"), self.countries))

    def _fill(self, asked: Asked | None) -> None:
        every = self._every
        numbers = every if asked is None else asked.commitments
        is_all = set(numbers) == set(every)
        self.all.setChecked(is_all)
        self.some.setChecked(not is_all)
        self.commitments.setVisible(not is_all)
        self.commitments.pick(numbers if not is_all else ())
        usual = UnitKind.MISSION if self._own is None else self._own.kind
        self.kind.choose(usual if asked is None else asked.unit.kind)
        if asked is not None:
            self.code.setText(asked.unit.code)
            self.name.setText(asked.unit.names.nb)
            self.countries.pick(asked.unit.covers)
            self.number.setText(asked.unit.organisation_number or "")
            self.owner.choose(asked.unit.parent)
        self._show_owner()
        self.code.setEnabled(self._is_new)

    def _kind(self) -> UnitKind:
        return UnitKind(str(self.kind.chosen()))  # Qt hands an enumeration of strings back as a plain string

    def _show_owner(self) -> None:
        """Only an agency belongs to another unit."""
        if not self._is_of_plan:
            self.owner_field.setVisible(self._kind() is UnitKind.AGENCY and self._own is None)

    def _take(self) -> None:
        say = self._say
        self.trouble.setText("")
        for field in (self.code_field, self.name_field, self.number_field, self.owner_field):
            field.show_error("")
        every = self._every
        numbers = every if self.all.isChecked() else self.commitments.picked()
        if not numbers and not self._is_of_plan:
            self.trouble.setText(say("Choose at least one commitment."))
            return
        if self._before is not None and self._is_of_plan:
            self.asked = Asked(unit=self._before.unit, commitments=numbers)
            self.accept()
            return
        code, name = self.code.text().strip().upper(), self.name.text().strip()
        if self._is_new and code in self._taken:
            self.code_field.show_error(say("There is a unit with this code already."))
            return
        of_plan = next((unit for unit in self._plan.units if unit.code == code), None)
        if self._is_new and of_plan is not None:  # taken out before, and wanted again
            self.asked = Asked(unit=of_plan, commitments=numbers)
            self.accept()
            return
        if not name:
            self.name_field.show_error(say("Write the unit's name."))
            return
        unit = self._unit(code, name)
        if unit is not None:
            self.asked = Asked(unit=unit, commitments=numbers)
            self.accept()

    def _unit(self, code: str, name: str) -> Unit | None:
        """The unit as it is described, or None where a field says what is wrong."""
        say, kind = self._say, self._kind()
        owner = self.owner.chosen() if self._own is None else self._own.parent
        number = "".join(self.number.text().split())
        if number and not is_organisation_number(number):
            self.number_field.show_error(
                say("This is no organisation number: nine digits, the last of which checks the others.")
            )
            return None
        if kind is UnitKind.AGENCY and not isinstance(owner, str):
            self.owner_field.show_error(say("Choose the unit that the agency belongs to."))
            return None
        try:
            unit = named_unit(code, kind, name, self.countries.picked(), self._plan)
        except WpsError as fault:
            self.code_field.show_error(sentence(fault, say).what)
            return None
        is_owned = kind is UnitKind.AGENCY or self._own is not None
        parent = UnitCode(owner) if is_owned and isinstance(owner, str) else None
        return replace(unit, organisation_number=number or None, parent=parent)


def _name(asked: Asked | None, language: LanguageCode) -> str:
    return "" if asked is None else asked.unit.names[language]
