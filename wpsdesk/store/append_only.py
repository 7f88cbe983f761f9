"""The triggers by which SQLite itself refuses to change what has been sent, received or noted."""

from __future__ import annotations

from typing import Final

_SEALED: Final = {
    "journal": "number = NEW.number",
    "sent": "number = NEW.number OR id = NEW.id",
    "submissions": "number = NEW.number OR digest = NEW.digest",
    "applied_reports": "submission = NEW.submission",
    "sent_seals": "digest = NEW.digest",
    "sent_sets": "number = NEW.number OR set_id = NEW.set_id",
}
_PARTS: Final = (
    "submission_chunks", "submission_reports", "submission_entries", "submission_files", "submission_bases",
)  # fmt: skip


def _refusal(table: str, verb: str, condition: str = "") -> str:
    when = f" WHEN {condition}" if condition else ""
    return (
        f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table}{when} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append only'); END"
    )


def _triggers() -> list[str]:
    found = []
    for table in (*_SEALED, *_PARTS):
        found += [_refusal(table, "UPDATE"), _refusal(table, "DELETE")]
    for table, same in _SEALED.items():  # INSERT OR REPLACE is a change too
        found.append(_refusal(table, "INSERT", f"EXISTS (SELECT 1 FROM {table} WHERE {same})"))  # noqa: S608 - constants
    for table in _PARTS:  # a received container is never lengthened
        found.append(_refusal(table, "INSERT", "EXISTS (SELECT 1 FROM submissions WHERE number = NEW.submission)"))
    found += [_refusal("applied_entries", "UPDATE"), _refusal("applied_entries", "DELETE")]
    sealed = "EXISTS (SELECT 1 FROM applied_reports WHERE submission = NEW.submission)"
    found.append(_refusal("applied_entries", "INSERT", sealed))  # they are written before the report that seals them
    found.append(_refusal("draft_versions", "DELETE"))
    found.append(
        _refusal("draft_versions", "INSERT", "EXISTS (SELECT 1 FROM draft_versions WHERE number = NEW.number)")
    )
    # Only a version that nobody has vouched for may be typed further on.
    fixed = ("number", "year", "commitment", "country", "who", "began")
    moved = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in fixed)
    found.append(_refusal("draft_versions", "UPDATE", f"OLD.is_kept OR {moved}"))
    return found


TRIGGERS: Final = tuple(_triggers())
