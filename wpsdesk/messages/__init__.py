"""One sentence for every error, problem, state and word, shared by the command line and the windows."""

from wpsdesk.messages.faults import Sentence, bug_sentence, sentence
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
    "word",
]
