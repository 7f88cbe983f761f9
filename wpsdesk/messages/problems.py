"""The sentence for everything that can be missing or wrong in a report before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wpsdesk.i18n import N_, Catalogue
from wpsdesk.messages.saying import shown
from wpsdesk.report.checks import Code, Problem
from wpsdesk.report.questions import SHORT

PROBLEMS: Final[Mapping[Code, str]] = {
    Code.NO_ANSWER: N_("The commitment has not been answered."),
    Code.NOT_READY: N_("The answer has not been marked ready."),
    Code.NO_STATUS: N_("Choose a status."),
    Code.NO_EFFORT: N_("Write what the effort was."),
    Code.NO_RESULTS: N_("Write what the results were."),
    Code.NO_CHALLENGES: N_("Nothing is written about challenges."),
    Code.NO_REASON: N_("Write why there is nothing to report."),
    Code.NO_BASIS: N_("Choose the legal basis for the restriction."),
    Code.NO_BASIS_TEXT: N_("Write which legal basis the restriction rests on."),
    Code.NO_RESTRICTION_REASON: N_("Give a reason for the restriction."),
    Code.NO_PUBLIC_WORDING: N_("Write a public wording for at least one of the texts."),
    Code.WIDER_ACCESS_NOT_CONSIDERED: N_("Wider access (section 11) has not been considered."),
    Code.PERSON_AT_RISK_IN_THE_OPEN: N_("The answer identifies a person at risk and is open. Restrict it in part."),
    Code.MONEY_ON_DOMESTIC: N_("Aid money is given on an answer that is not about aid. Remove it."),
    Code.INDICATOR_WITHOUT_DATE: N_("An indicator has no counting date."),
    Code.INDICATOR_WITHOUT_SOURCE: N_("An indicator has no source."),
    Code.EVIDENCE_WITHOUT_TITLE: N_("A piece of evidence has no title."),
    Code.GRADED_MARKING: N_(
        "The text bears the marking of graded material, which must never enter this program. Take it out and give "
        "only the reference of the graded annex."
    ),
    Code.GRADED_WORD: N_(
        "A word that is also the marking of graded material stands here. Make sure that nothing graded is told of."
    ),
    Code.NAME_FROM_MARKED_ENTRY: N_(
        "{name} stands here, and also in an answer that identifies a person at risk. Mark this answer too, or use a "
        "pseudonym."
    ),
    Code.NAME_WITH_PSEUDONYM: N_("{name} stands here under the real name, and has a pseudonym. Replace the name."),
    Code.OPEN_EVIDENCE_AT_RISK: N_(
        "The answer identifies a person at risk, and a file on it is open to the public. Look at the file's decision."
    ),
    Code.NO_REFUSAL_REASON: N_("Write why wider access is not given."),
    Code.QUESTION_UNANSWERED: N_("Answer the question “{question}”."),
    Code.QUESTION_TOO_LONG: N_("The answer to “{question}” is to be short: at most {short} signs."),
    Code.QUESTION_WITHOUT_DATE: N_("The number for “{question}” has no counting date."),
    Code.QUESTION_WITHOUT_SOURCE: N_("The number for “{question}” has no source."),
    Code.VERY_LONG: N_("The text is very long. What is shorter is read by more people."),
}


def problem_sentence(problem: Problem, say: Catalogue) -> str:
    """What is the matter and, where it must be mended, how."""
    question = "" if problem.question is None else problem.question.words[say.names_in]
    return say(PROBLEMS[problem.code], name=shown(problem.about), question=shown(question), short=SHORT)
