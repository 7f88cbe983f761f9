"""The triggers by which the database itself refuses to change what has been sent, received or noted."""

from __future__ import annotations

from collections.abc import Iterator
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

_MOVED: Final = " OR ".join(
    f"NEW.{column} <> OLD.{column}" for column in ("number", "year", "commitment", "country", "who", "began")
)


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
    found.append(_refusal("draft_versions", "UPDATE", f"OLD.is_kept OR {_MOVED}"))
    return found


TRIGGERS: Final = tuple(_triggers())


def written_before() -> tuple[str, ...]:
    """Tables whose rows are sealed by a row of another table, which comes after them, then those other tables."""
    return (*_PARTS, "submissions", "applied_entries", "applied_reports")


def server_triggers() -> Iterator[str]:
    """The same for PostgreSQL, which replaces nothing by an INSERT and can empty a table at once."""
    yield _function("refuse_change", "")
    for table in (*_SEALED, *_PARTS, "applied_entries"):
        yield _on_server(table, "UPDATE OR DELETE", "ROW", "refuse_change")
    yield _on_server("draft_versions", "DELETE", "ROW", "refuse_change")
    yield _on_server("draft_versions", "UPDATE", "ROW", "refuse_change", f"OLD.is_kept <> 0 OR {_MOVED}")
    for table in (*_SEALED, *_PARTS, "applied_entries", "draft_versions"):
        yield _on_server(table, "TRUNCATE", "STATEMENT", "refuse_change")
    for name, tables, seal in (
        ("refuse_lengthening", _PARTS, "submissions WHERE number"),
        ("refuse_applying", ("applied_entries",), "applied_reports WHERE submission"),
    ):
        yield _function(name, f"IF NOT EXISTS (SELECT 1 FROM {seal} = NEW.submission) THEN RETURN NEW; END IF; ")  # noqa: S608
        for table in tables:
            yield _on_server(table, "INSERT", "ROW", name)


def _function(name: str, unless: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS "
        f"$$ BEGIN {unless}RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append only'; END $$"
    )


def _on_server(table: str, verb: str, each: str, function: str, condition: str = "") -> str:
    when = f" WHEN ({condition})" if condition else ""
    name = f"{table}_{verb.split(maxsplit=1)[0].lower()}"
    return (
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH {each}{when} EXECUTE FUNCTION {function}()"
    )
