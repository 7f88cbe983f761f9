"""The texts of the report as lines to choose from, each with how it stands; and what is said above an open one."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from wpsdesk.compilation.editing import AnswerPlace, Edit, EditState
from wpsdesk.compilation.restriction import restriction_of
from wpsdesk.desk.publication.editing import Work
from wpsdesk.desk.publication.pen import frame_places
from wpsdesk.i18n import Catalogue
from wpsdesk.messages import word
from wpsdesk.messages.release_words import frame_title
from wpsdesk.plan.model import LANGUAGES
from wpsdesk.report.model import NARRATIVE, AccessScope
from wpsdesk.ui.context import Context
from wpsdesk.ui.lines import TextLine


class Shown(StrEnum):
    """Which texts the list has."""

    ALL = "all"
    WRITTEN = "written"
    WAITING = "waiting"


def lines_of(work: Work, context: Context, shown: Shown) -> tuple[TextLine, ...]:
    """UD's own texts, then the answers commitment by commitment."""
    say, found = context.say, []
    own = [_frame_line(place, work, context) for place in frame_places(context.desk)]
    if shown is not Shown.WAITING:
        found += [TextLine(text=say("The Ministry's own texts")), *own]
    for commitment in context.desk.plan.commitments:
        lines = [
            TextLine(text=_answer_line(place, work, context), value=place)
            for place in _places(work)
            if place.commitment == commitment.number and _is_shown(place, work, shown)
        ]
        if lines:
            head = f"{commitment.number}  {commitment.titles[context.language]}"
            found += [TextLine(text=head), *lines]
    return tuple(found)


def _places(work: Work) -> Iterator[AnswerPlace]:
    return iter(sorted(work.edited.entries, key=lambda place: (place.commitment, place.unit, place.country or "")))


def _is_shown(place: AnswerPlace, work: Work, shown: Shown) -> bool:
    match shown:
        case Shown.ALL:
            return True
        case Shown.WRITTEN:
            return bool(_edits(place, work)) or work.editing.handling(place) is not None or _is_translated(place, work)
        case Shown.WAITING:
            return _waits(place, work)


def _edits(place: AnswerPlace, work: Work) -> tuple[Edit, ...]:
    found = (work.editing.edit(place, field) for field in NARRATIVE)
    return tuple(edit for edit in found if edit is not None)


def _is_translated(place: AnswerPlace, work: Work) -> bool:
    return any(one.place == place for one in work.editing.translations)


def _waits(place: AnswerPlace, work: Work) -> bool:
    is_old = any(one.place == place and work.edited.is_old(one) for one in work.editing.translations)
    is_unused = any(work.edited.state(edit) is not EditState.USED for edit in _edits(place, work))
    return is_old or is_unused or work.edited.is_stale(place)


def _frame_line(place: str, work: Work, context: Context) -> TextLine:
    written = [code for code in LANGUAGES if work.editing.frame(place, code) is not None]
    marks = ", ".join(written) if written else "–"
    return TextLine(text=f"{title_of(place, work, context)}  ({marks})", value=place)


def _answer_line(place: AnswerPlace, work: Work, context: Context) -> str:
    """The unit and country, with a sign and a word for how it stands."""
    say, handling = context.say, work.editing.handling(place)
    name = _name(place, work, context)
    if _waits(place, work):
        return f"! {name} · {say('must be looked at')}"
    if handling is not None:
        return f"– {name} · {say('left out') if handling.left_out else say('told with another')}"
    if _edits(place, work):
        return f"✓ {name} · {say('edited')}"
    return f"✓ {name} · {say('translated')}" if _is_translated(place, work) else name


def _name(place: AnswerPlace, work: Work, context: Context) -> str:
    units = {source.unit.code: source.unit for source in work.sources}
    name = units[place.unit].names[context.language] if place.unit in units else place.unit
    if place.country is None:
        return name
    country = next(
        (c.names[context.language] for c in context.desk.plan.focus_countries if c.code == place.country), ""
    )
    return f"{name} – {country or place.country}"


def title_of(item: str | AnswerPlace, work: Work, context: Context) -> str:
    """What stands above the text."""
    if isinstance(item, AnswerPlace):
        return f"{item.commitment}  {_name(item, work, context)}"
    return frame_title(item, context.desk.plan, context.say)


def told_of(item: str | AnswerPlace, field: str, what: str, work: Work, say: Catalogue) -> str:
    """Who wrote it and when, and whether the report uses it."""
    if isinstance(item, str):
        frame = next((work.editing.frame(item, code) for code in LANGUAGES if code == what), None)
        return "" if frame is None else say("Written by {name}, {when}.", name=frame.by, when=say.moment(frame.at))
    return " ".join((*_told_of_answer(item, work, say), *_told_of_text(item, field, what, work, say)))


def _told_of_answer(place: AnswerPlace, work: Work, say: Catalogue) -> Iterator[str]:
    handling, scope = work.editing.handling(place), restriction_of(work.edited.entries[place].access, work.edited.on)[0]
    if scope is not AccessScope.OPEN:
        yield say("The unit's answer: {scope}.", scope=word(scope, say).lower())
    if handling is None:
        return
    if handling.left_out:
        yield say("Left out of the report by {name}: {reason}", name=handling.by, reason=handling.left_out)
    elif work.edited.host_of(place) is None:
        yield say("Is to be told with another answer, whose joint text is not written, or not used.")
    else:
        yield say("Is told with another answer.")
    if work.edited.is_stale(place):
        yield say("The unit has sent something else since.")


def _told_of_text(place: AnswerPlace, field: str, what: str, work: Work, say: Catalogue) -> Iterator[str]:
    edit = work.editing.edit(place, field)
    translation = next((work.editing.translation(place, field, c) for c in LANGUAGES if c == what), None)
    if translation is not None:
        yield say("Written by {name}, {when}.", name=translation.by, when=say.moment(translation.at))
        if work.edited.is_old(translation):
            yield say("It is not used: the text that it translates is another now.")
    elif edit is not None:
        yield say("Written by {name}, {when}.", name=edit.by, when=say.moment(edit.at))
        match work.edited.state(edit):
            case EditState.STALE:
                yield say("It is not used: the unit has sent something else since. Read the new source.")
            case EditState.CLOSED:
                yield say(
                    "It is not used: not everything that it is made from is open, or a name stands in it that must not "
                    "be public. Say that the text may be public, if it may."
                )
            case EditState.USED:
                if edit.clearance is not None:
                    yield say(
                        "May be public, says {name}: {reason}", name=edit.clearance.by, reason=edit.clearance.reason
                    )
