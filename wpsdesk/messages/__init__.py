"""One sentence for every error, problem, state and word, shared by the command line and the windows.

Each of them is loaded when it is first asked for: a command that complains of nothing need not know every complaint.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from wpsdesk.messages.faults import Sentence, bug_sentence, sentence, warning_sentence
    from wpsdesk.messages.problems import problem_sentence
    from wpsdesk.messages.saying import shown
    from wpsdesk.messages.words import field_name, language_name, reason_word, word

__all__ = [
    "Sentence",
    "bug_sentence",
    "field_name",
    "language_name",
    "problem_sentence",
    "reason_word",
    "sentence",
    "shown",
    "warning_sentence",
    "word",
]

_HOME: Final = {
    "Sentence": "faults",
    "bug_sentence": "faults",
    "sentence": "faults",
    "warning_sentence": "faults",
    "problem_sentence": "problems",
    "shown": "saying",
    "field_name": "words",
    "language_name": "words",
    "reason_word": "words",
    "word": "words",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(name)
    return getattr(import_module(f"wpsdesk.messages.{_HOME[name]}"), name)
