"""What goes now: whole or only the changes, and why; and on request exactly which answers, files, names and marks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from wpsdesk.desk.submission.packing import Packed, PackedEntry, Way, Why
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import shown
from wpsdesk.report.model import AccessScope
from wpsdesk.ui import style
from wpsdesk.ui.context import Context
from wpsdesk.ui.controls import button, label, row
from wpsdesk.ui.disclosure import Disclosure
from wpsdesk.ui.reporter.emptying import emptied
from wpsdesk.ui.reporter.todo_card import key_name


class ParcelCard(QFrame):
    """Nothing goes that has not been told here."""

    other_way_asked = Signal()
    """Send the whole where only the changes would go, or the other way round again."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        say, look = context.say, style.current()
        self.setObjectName("card")
        self._what = label("", type="strong", wraps=True)
        self._why = label("", wraps=True)
        self._stays = label("", tone="muted", wraps=True)
        self._hindrance = label("", tone="danger", wraps=True)
        self.other_way = button("", self.other_way_asked.emit, role="link")
        body = QWidget()
        self._exactly = QVBoxLayout(body)
        self._exactly.setContentsMargins(0, 0, 0, 0)
        self._exactly.setSpacing(look.px(4))
        self.exactly = Disclosure(say("Exactly what goes"), body, opens=say("Show"), closes=say("Hide"))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        inside.setSpacing(look.px(8))
        inside.addWidget(label(say("What goes now"), type="head"))
        for text in (self._what, self._why):
            inside.addWidget(text)
        inside.addLayout(row(self.other_way, None))
        for widget in (self._stays, self._hindrance, self.exactly):
            inside.addWidget(widget)

    def show_parcel(
        self, found: Packed | None, natural: Way | None, *, left: str, hindrance: str, is_asked: bool
    ) -> None:
        """``found`` None: nothing can go. ``natural`` is what the program would choose, ``left`` says what stays here.

        ``is_asked``: the person has asked for another way.
        """
        say = self._context.say
        self._what.setVisible(found is not None)
        self._why.setVisible(found is not None)
        self.exactly.setVisible(found is not None)
        self.other_way.setVisible(False)
        self._stays.setText(left)
        self._stays.setVisible(bool(left))
        self._hindrance.setText(hindrance)
        self._hindrance.setVisible(bool(hindrance))
        if found is None or natural is None:
            return
        self._what.setText(in_short(found, say))
        self._why.setText(say("The whole report, as you asked.") if is_asked else way_words(natural, say))
        self._show_other_way(natural, is_asked=is_asked)
        self._fill(found)

    def show_why(self, words: str) -> None:
        """Say something else of why it goes, or need not."""
        self._why.setText(words)

    def _show_other_way(self, natural: Way, *, is_asked: bool) -> None:
        say = self._context.say
        if is_asked:
            self.other_way.setText(say("Let the program choose"))
        elif natural.why is Why.CHANGES:
            self.other_way.setText(say("Send the whole report instead"))
        elif natural.why is Why.UNCHANGED:
            self.other_way.setText(say("Send the whole report all the same"))
        else:
            return
        self.other_way.setVisible(True)

    # -- exactly -----------------------------------------------------------------------------------

    def _fill(self, found: Packed) -> None:
        say = self._context.say
        emptied(self._exactly)
        self.exactly.show_summary(say("at most {size}", size=say.size(found.size)))
        for entry in found.entries:
            self._exactly.addWidget(label(self._entry_line(entry), wraps=True))
        if found.evidence:
            self._exactly.addWidget(label(say("Evidence that goes along"), type="strong"))
        for key, file in found.evidence:
            mark = f" · {_scope(file.access.scope, say)}" if file.access.scope is not AccessScope.OPEN else ""
            where = say("Follow-up document") if key is None else key_name(key, self._context)
            line = f"{shown(file.name)} · {say.size(file.size)} · {where}{mark}"
            self._exactly.addWidget(label(line, wraps=True))
        if found.held:
            held = say.plural(
                "{n} file is at UD already, and is only named.", "{n} files are at UD already, and are only named.",
                found.held,
            )  # fmt: skip
            self._exactly.addWidget(label(held, tone="muted", wraps=True))

    def _entry_line(self, entry: PackedEntry) -> str:
        say, parts = self._context.say, [key_name(entry.key, self._context)]
        if entry.is_gone:
            return f"{parts[0]} · {say('is taken out of the report')}"
        if entry.scope is not AccessScope.OPEN:
            parts.append(_scope(entry.scope, say))
        if entry.is_at_risk:
            parts.append(say("may identify a person at risk"))
        if entry.partners:
            parts.append(say("names {names}", names=say.listing(shown(name) for name in entry.partners)))
        return " · ".join(parts)


def _scope(scope: AccessScope, say: Catalogue) -> str:
    return say("exempt from public access") if scope is AccessScope.WHOLE else say("partly exempt from public access")


def in_short(found: Packed, say: Catalogue) -> str:
    """``2 answers that are ready and 3 files of evidence, at most 4.2 MB.``"""
    count = len(found.entries)
    if found.way.only_changes:
        what = say.plural("{n} answer that has changed", "{n} answers that have changed", count)
    else:
        what = say.plural("{n} answer that is ready", "{n} answers that are ready", count)
    if not found.evidence:
        return f"{what}."
    files = say.plural("{n} file of evidence", "{n} files of evidence", len(found.evidence))
    return say("{what}, at most {size}.", what=say.listing((what, files)), size=say.size(found.size))


def way_words(way: Way, say: Catalogue) -> str:
    """Whole or only the changes, and why."""
    seq = way.seq or ""
    return {
        Why.FIRST: say("The whole report goes: it is the first this year."),
        Why.NO_RECEIPT: say("The whole report goes: no receipt has come for what was sent before."),
        Why.UNCONFIRMED: say("The whole report goes: UD has not confirmed no. {seq} yet.", seq=seq),
        Why.ASKED: say("The whole report goes: UD has asked for it."),
        Why.EVIDENCE: say("The whole report goes: UD lacks evidence for answers that have not changed."),
        Why.CHANGES: say("Only the changes go: UD has confirmed no. {seq}, and builds on it.", seq=seq),
        Why.UNCHANGED: say(
            "UD has confirmed no. {seq}, and nothing has changed since. There is nothing to send.", seq=seq
        ),
    }[way.why]
