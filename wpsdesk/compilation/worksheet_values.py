"""What the cell of a worksheet shows of a field's value."""

from __future__ import annotations

from wpsdesk.report.model import Access, Figure, Passage, QuestionAnswer
from wpsdesk.report.questions import NO_NAMES
from wpsdesk.report.worksheet import Leaf


def value_at(leaf: Leaf, value: object) -> object:  # noqa: PLR0911 - one for each kind of field
    """What a leaf of a field's value holds; None where there is nothing (yet)."""
    if value is None:
        return None
    if leaf.question:
        return _answered(leaf, value)
    if leaf.choice is not None:
        return True if isinstance(value, tuple) and leaf.choice in value else None
    if isinstance(value, Passage):
        return value
    if isinstance(value, Access) and ".public." in leaf.path:
        return value.public_wording(leaf.path.rpartition(".")[2])
    if "[" in leaf.path:
        assert isinstance(value, tuple)
        number = int(leaf.path.partition("[")[2].partition("]")[0])
        if number >= len(value):
            return None
        value = value[number]
    _, dot, member = leaf.path.rpartition(".")
    return getattr(value, member) if dot else value


def _answered(leaf: Leaf, value: object) -> object:
    """What an answer to a question of UD's holds for a leaf."""
    assert isinstance(value, tuple)
    said = next((a.said for a in value if isinstance(a, QuestionAnswer) and a.question == leaf.question), None)
    match said:
        case Figure():
            return getattr(said, leaf.path.rpartition(".")[2], None)
        case tuple() if leaf.option:
            return True if any(each.option == leaf.option for each in said) else None
        case tuple():
            return next((each.names if each.names != NO_NAMES else each.option for each in said), None)
        case _:
            return said
