"""What UD waits for, as a list of things to do: each line says what, why and by when, and leads to the place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from wpsdesk.desk.submission.behind import Behind, as_fault
from wpsdesk.desk.submission.tasks import CertificateEnds, MissingFile, PartsWanted, ReturnedAnswer, Task, WholeWanted
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import sentence, shown
from wpsdesk.report.model import EntryKey
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.reporter.emptying import emptied
from wpsdesk.ui.signs import Sign
from wpsdesk.ui.topline import Mark


class TodoCard(QFrame):
    """The list; nothing is shown where UD waits for nothing."""

    wanted = Signal(object)
    """A line was pressed: its task."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._say = context, context.say
        self.setObjectName("card")
        look = style.current()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        inside.setSpacing(look.px(10))
        inside.addWidget(label(self._say("What UD waits for"), type="head"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look.px(12))
        inside.addLayout(self._lines)
        self.links: list[QPushButton] = []
        self.setVisible(False)

    def show_tasks(self, found: tuple[Task, ...]) -> None:
        """Show these; none: nothing at all."""
        emptied(self._lines)
        self.links = []
        for task in found:
            self._lines.addWidget(self._line(task))
        self.setVisible(bool(found))

    def _line(self, task: Task) -> QWidget:
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(style.current().px(2))
        what, verb, more, tone = self._told(task)
        link = button(verb, partial(self.wanted.emit, task), role="link")
        link.setAccessibleName(f"{verb}: {what}")
        self.links.append(link)
        words = label(what, type="strong", wraps=True)
        head = row(Mark(Sign.TICK if tone == "success" else Sign.MARK, tone), spacing=8)
        head.addWidget(words, 1)
        head.addWidget(link)
        inside.addLayout(head)
        for line in more:
            inside.addWidget(label(line, wraps=True))
        return holder

    def _told(self, task: Task) -> tuple[str, str, tuple[str, ...], str]:
        """The sentence, the verb of the link, what stands below, and the tone."""
        say = self._say
        match task:
            case Behind():
                told = sentence(as_fault(task), say)
                return told.what, say("Go to Send"), (told.kept, told.do), "danger"
            case ReturnedAnswer():
                return self._returned(task)
            case MissingFile(name=name, is_here=is_here):
                what = say("UD has not got the evidence “{name}”.", name=shown(name or "–"))
                more = say("It is here, and goes along the next time.") if is_here else say("Attach the file again.")
                return what, say("Go to Send") if is_here else say("Go to the answer"), (more,), "warning"
            case PartsWanted(numbers=numbers, count=count, is_known=is_known):
                listed = say.listing(str(number) for number in numbers)
                what = say.plural("UD lacks part {parts}.", "UD lacks the parts {parts}.", len(numbers), parts=listed)
                more = (
                    say(
                        "They are made again exactly as they were. Only what UD lacks needs to be sent; the set has "
                        "{n} parts.",
                        n=count,
                    )
                    if is_known
                    else say("They were made on another desk of the unit, and must be sent again from there.")
                )
                return what, say("Write again") if is_known else say("What was sent"), (more,), "warning"
            case WholeWanted():
                what = say("UD cannot use the changes alone, and asks for the whole report.")
                return what, say("Send the whole report"), (), "warning"
            case CertificateEnds(person=person, on=on, days_left=left):
                whose = say("The certificate of {name}", name=person) if person else say("This desk's certificate")
                until = say("{whose} ends on {day}.", whose=whose, day=say.date(on))
                until = until if left >= 0 else say("{whose} ended on {day}.", whose=whose, day=say.date(on))
                return (
                    until,
                    say("Go to Set-up"),
                    (say("Ask UD to renew it; reports can be written meanwhile."),),
                    "info",
                )

    def _returned(self, task: ReturnedAnswer) -> tuple[str, str, tuple[str, ...], str]:
        say, name = self._say, key_name(task.key, self._context)
        reason = say("UD writes: {reason}", reason=task.reason) if task.reason else ""
        if task.is_mended:
            what = say("{answer} was returned, and has been mended here. It remains to send it.", answer=name)
            return what, say("Go to the answer"), tuple(filter(None, (reason,))), "success"
        what = say("{answer} is returned by UD.", answer=name)
        return what, say("Go to the answer"), tuple(filter(None, (reason, by_when(task, say)))), "danger"


def by_when(task: ReturnedAnswer, say: Catalogue) -> str:
    """``Answer by 15 December 2026, 14 days left.``"""
    if task.answer_by is None or task.days_left is None:
        return ""
    day, left = say.date(task.answer_by), task.days_left
    if left > 0:
        return say.plural("Answer by {day}, {n} day left.", "Answer by {day}, {n} days left.", left, day=day)
    if left == 0:
        return say("Answer by {day}, which is today.", day=day)
    return say.plural(
        "The answer was due on {day}, {n} day ago.", "The answer was due on {day}, {n} days ago.", -left, day=day
    )


def key_name(key: EntryKey, context: Context) -> str:
    """``Commitment 5, Somalia``; the country only where the unit covers several."""
    number = context.say("Commitment {n}", n=key.commitment)
    if key.country is None or len(context.desk.unit.covers) < 2:
        return number
    return f"{number}, {context.desk.plan.country(key.country).names[context.language]}"


def go_to(task: Task, context: Context) -> None:
    """Show the page where a thing is done; resending parts is done under Send."""
    match task:
        case ReturnedAnswer(key=key):
            context.asked.emit("report", (key, "effort"))
        case MissingFile(is_here=False, key=key) if key is not None:
            context.asked.emit("report", key)
        case CertificateEnds():
            context.asked.emit("setup", None)
        case _:
            context.asked.emit("send", task)
