"""Set-up in three parts: this desk's way to a certificate, people with keys of their own, and two desks of one unit."""

from __future__ import annotations

from wpsdesk.ui.context import Context
from wpsdesk.ui.page import Page
from wpsdesk.ui.reporter.desk_section import DeskSection
from wpsdesk.ui.reporter.handover_section import HandoverSection, waiting_choices
from wpsdesk.ui.reporter.people_section import PeopleSection
from wpsdesk.ui.trust.section import Section
from wpsdesk.ui.trust.segments import Segments


class SetupPage(Page):
    """The parts, one shown at a time."""

    shows = ("call", "certificate", "replies", "people")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        say = self.say
        self.header(say("Set-up"))
        self.desk, self.people, self.handover = DeskSection(context), PeopleSection(context), HandoverSection(context)
        self._parts: dict[str, Section] = {"desk": self.desk, "people": self.people, "handover": self.handover}
        titles = {"desk": say("This desk"), "people": say("People"), "handover": say("Two desks")}
        self.segments = Segments(say("Parts of the set-up"))
        self.body.addWidget(self.segments)
        for name, part in self._parts.items():
            self.body.addWidget(part)
            self.segments.add(name, titles[name], part)
        self.body.addStretch(1)
        self.segments.show_part("desk")
        self.segments.chosen.connect(self._on_part)

    def _on_part(self, _name: str) -> None:
        self.refresh()
        self.scroller.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """The part that is shown, and how many answers wait for a choice."""
        self._parts[self.segments.current].refresh()
        self.segments.show_count("handover", waiting_choices(self.context))

    def open_thing(self, thing: object) -> None:
        """Go to a part by its name: "desk", "people" or "handover"."""
        if isinstance(thing, str):
            self.segments.show_part(thing)

    def place(self) -> object:
        """The part that is shown."""
        return self.segments.current

    def return_to(self, place: object) -> None:
        """Back to it."""
        self.open_thing(place)
