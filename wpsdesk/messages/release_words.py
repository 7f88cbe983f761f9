"""What is told before a release: where each point of the checklist is not met."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wpsdesk.i18n import Catalogue
from wpsdesk.messages.words import LANGUAGE_NAMES
from wpsdesk.plan.model import Plan

_TEXTS: Final = ("texts", "names")  # the points that are about UD's own texts


def frame_title(place: str, plan: Plan, say: Catalogue) -> str:
    """What a text of UD's own is called: the foreword, the introduction, or an area's summary, by the area's id."""
    match place:
        case "foreword":
            return say("Foreword")
        case "introduction":
            return say("Introduction")
        case _:
            return say("Summary: {area}", area=plan.area(place).names[say.names_in])


def places_line(point: str, places: Iterable[str], plan: Plan, say: Catalogue, *, at_most: int) -> str:
    """Where a point of the checklist is not met, in one line; of more than ``at_most`` there is only the number."""
    told = _told(point, places, plan, say)
    more = len(told) - at_most
    rest = [say.plural("{n} more", "{n} more", more)] if more > 0 else []
    return ("; " if point in _TEXTS else ", ").join([*told[:at_most], *rest])


def _told(point: str, places: Iterable[str], plan: Plan, say: Catalogue) -> tuple[str, ...]:
    """Answers as ``FD 10``, UD's own texts by their names, languages by theirs."""
    if point == "languages":
        return tuple(_language(each, say) for each in places)
    if point not in _TEXTS:
        return tuple(places)
    found: dict[str, list[str]] = {}
    for each in places:
        place, _, language = each.partition(" ")
        found.setdefault(place, []).append(_language(language, say))
    return tuple(f"{frame_title(place, plan, say)} ({', '.join(languages)})" for place, languages in found.items())


def _language(code: str, say: Catalogue) -> str:
    name = next((say(told) for each, told in LANGUAGE_NAMES.items() if each == code), code)
    return name if say.language == "en" else name.lower()
