"""Mending: what was carried over from a damaged store is made to hold together again, and what does not is named."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from wpsdesk.base.folding import fold
from wpsdesk.store.salvage import Row
from wpsdesk.store.search import EVIDENCE, texts_said
from wpsdesk.store.sqlcipher import DriverConnection


class What(StrEnum):
    """What can be missing from a repaired store."""

    ANSWER = "answer"
    ANSWER_OLDER = "answer-older"  # its newest version is missing, and the one before it stands
    VERSION = "version"
    EVIDENCE = "evidence"
    SUBMISSION = "submission"
    SENT = "sent"
    PART = "part"
    REVIEW = "review"
    PAPER = "paper"  # a call, a reply, the desk's own settings
    KEY = "key"
    JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that is not in the repaired store: its name where that is known, else how many places were empty."""

    what: What
    name: str = ""
    places: int = 1


_OF_TABLE: Final = {
    "draft_versions": What.VERSION,
    "sent": What.SENT,
    "sent_seals": What.SENT,
    "sent_sets": What.SENT,
    "part_sets": What.PART,
    "parts": What.PART,
    "part_chunks": What.PART,
    "part_files": What.PART,
    "reviews": What.REVIEW,
    "review_notes": What.REVIEW,
    "review_claims": What.REVIEW,
    "standings": What.REVIEW,
    "secrets": What.KEY,
    "journal": What.JOURNAL,
}
_FOUND_OTHERWISE: Final = frozenset({"drafts", "evidence", "evidence_chunks", "searched"})
"""Tables whose gaps show by what does not fit, or which are made again."""

_OF_SUBMISSIONS: Final = (
    "submission_chunks", "submission_reports", "submission_entries", "submission_files", "submission_bases",
    "applied_reports", "applied_entries",
)  # fmt: skip
_FOLDED_SINCE: Final = 3  # an older store's index is made anew when it is brought up to date


class Mending:
    """One new store that is being filled."""

    def __init__(self, new: DriverConnection, tables: frozenset[str], version: int) -> None:
        self._new, self._tables, self._version = new, tables, version
        self._gaps: Counter[What] = Counter()
        self._named: list[Loss] = []
        self._doubtful: list[tuple[int, int | None]] = []  # ranges of submissions of which something is missing

    @property
    def lost(self) -> tuple[Loss, ...]:
        """What is missing, by name first."""
        return (*self._named, *(Loss(what, places=count) for what, count in sorted(self._gaps.items())))

    def gap(self, table: str, before: Row | None, behind: Row | None) -> None:
        """Something stood in ``table`` between these two rows (None: at its beginning or end)."""
        if table in _OF_SUBMISSIONS or table == "submissions":
            numbers = [None if row is None else int(str(row[0])) for row in (before, behind)]
            self._doubtful.append((numbers[0] or 0, numbers[1]))
        elif table not in _FOUND_OTHERWISE:
            self._gaps[_OF_TABLE.get(table, What.PAPER)] += 1

    def mend(self) -> None:
        """Make it hold together."""
        self._submissions()
        self._drafts()
        self._evidence()
        self._references()
        self._index()

    def _all(self, query: str, values: Row = ()) -> list[Row]:
        return self._new.execute(query, values).fetchall()

    # -- submissions ---------------------------------------------------------------------------------

    def _submissions(self) -> None:
        """A submission stands with every byte and all that was read from it, or not at all."""
        for number, digest, unit, year, seq in self._all("SELECT number, digest, unit, year, seq FROM submissions"):
            if not self._is_doubtful(int(str(number))) and self._is_whole(number, digest):
                continue
            self._named.append(Loss(What.SUBMISSION, " ".join(str(each) for each in (unit, year, seq))))
            self._new.execute("DELETE FROM submissions WHERE number = ?", (number,))
        orphans = set[object]()
        for table in (*_OF_SUBMISSIONS, "standings"):
            if table not in self._tables:
                continue
            column, key = ("digest", "digest") if table == "standings" else ("submission", "number")
            where = f"WHERE {column} NOT IN (SELECT {key} FROM submissions)"  # noqa: S608  names of our own
            if table == "submission_chunks":
                orphans = {n for (n,) in self._all(f"SELECT DISTINCT submission FROM {table} {where}")}  # noqa: S608
            self._new.execute(f"DELETE FROM {table} {where}")  # noqa: S608
        unknown = len(orphans) - len([each for each in self._named if each.what is What.SUBMISSION])
        if unknown > 0:
            self._gaps[What.SUBMISSION] += unknown

    def _is_doubtful(self, number: int) -> bool:
        return any(low <= number and (high is None or number <= high) for low, high in self._doubtful)

    def _is_whole(self, number: object, digest: object) -> bool:
        seen = hashlib.sha256()
        for chunk in self._chunks("submission_chunks", "submission", number):
            seen.update(chunk)
        return seen.hexdigest() == digest

    def _chunks(self, table: str, column: str, number: object) -> Iterator[bytes]:
        query = f"SELECT data FROM {table} WHERE {column} = ? ORDER BY position"  # noqa: S608  names of our own
        for (data,) in self._new.execute(query, (number,)):
            yield data

    # -- answers -------------------------------------------------------------------------------------

    def _drafts(self) -> None:
        """An answer says what its newest version that is left says."""
        newest = (
            "SELECT number, data IS NULL FROM draft_versions WHERE year = ? AND commitment = ? AND country = ? "
            "ORDER BY number DESC LIMIT 1"
        )
        gone = (
            "SELECT number, year, commitment, country FROM drafts "
            "WHERE version NOT IN (SELECT number FROM draft_versions)"
        )
        for number, *place in self._all(gone):
            found = self._all(newest, tuple(place))
            if found and not found[0][1]:
                self._new.execute("UPDATE drafts SET version = ? WHERE number = ?", (found[0][0], number))
                self._named.append(Loss(What.ANSWER_OLDER, _place(place)))
            else:
                self._new.execute("DELETE FROM drafts WHERE number = ?", (number,))
                self._named.append(Loss(What.ANSWER, _place(place)))
        # An answer whose own row is missing is made again of its newest version; one that was removed has an empty one.
        self._new.execute(
            "INSERT INTO drafts (year, commitment, country, version) "
            "SELECT v.year, v.commitment, v.country, v.number FROM draft_versions v "
            "WHERE v.data IS NOT NULL AND v.number = (SELECT max(o.number) FROM draft_versions o "
            "WHERE o.year = v.year AND o.commitment = v.commitment AND o.country = v.country) "
            "AND NOT EXISTS (SELECT 1 FROM drafts d "
            "WHERE d.year = v.year AND d.commitment = v.commitment AND d.country = v.country)"
        )

    # -- evidence ------------------------------------------------------------------------------------

    def _evidence(self) -> None:
        """A file is there byte for byte, also where only its own row was lost, or it is named as missing."""
        names = self._names()
        known = {row[0]: row[1] for row in self._all("SELECT number, digest FROM evidence")}
        for (number,) in self._all("SELECT DISTINCT evidence FROM evidence_chunks"):
            seen, size, crc = hashlib.sha256(), 0, 0
            for chunk in self._chunks("evidence_chunks", "evidence", number):
                seen.update(chunk)
                size, crc = size + len(chunk), zlib.crc32(chunk, crc)
            digest = seen.hexdigest()
            if number not in known and digest in names:
                self._new.execute(
                    "INSERT OR IGNORE INTO evidence (number, digest, size) VALUES (?, ?, ?)", (number, digest, size)
                )
                known[number] = digest
            elif known.get(number) != digest:
                known.pop(number, None)
        empty = hashlib.sha256().hexdigest()
        with_bytes = {n for (n,) in self._all("SELECT DISTINCT evidence FROM evidence_chunks")}
        kept = [n for n, digest in known.items() if n in with_bytes or digest == empty]
        marks = ", ".join(str(n) for n in kept) or "-1"
        self._new.execute(f"DELETE FROM evidence WHERE number NOT IN ({marks})")  # noqa: S608  numbers
        self._new.execute("DELETE FROM evidence_chunks WHERE evidence NOT IN (SELECT number FROM evidence)")
        there = {str(digest) for (digest,) in self._all("SELECT digest FROM evidence")}
        self._named += [Loss(What.EVIDENCE, name) for digest, name in names.items() if digest not in there]

    def _names(self) -> dict[str, str]:
        """Digest -> name of every file that an answer of today has attached."""
        found = dict[str, str]()
        for (data,) in self._all("SELECT v.data FROM drafts d JOIN draft_versions v ON v.number = d.version"):
            for file in _json(data).get("evidence", []):
                found[str(file["sha256"])] = str(file["name"])
        return found

    # -- the rest ------------------------------------------------------------------------------------

    def _references(self) -> None:
        """A row that belongs to one that is missing goes with it."""
        while found := self._all("PRAGMA foreign_key_check"):
            for name, number, *_ in found:
                table = str(name)
                self._new.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (number,))  # noqa: S608  of the schema
                self._gaps[_OF_TABLE.get(table, What.PAPER)] += 1

    def _index(self) -> None:
        """The words for the search are taken from what they stand in."""
        if self._version < _FOLDED_SINCE:
            return
        add = "INSERT INTO draft_texts (rowid, texts, evidence) VALUES (?, ?, ?)"
        for number, data in self._all(
            "SELECT d.number, v.data FROM drafts d JOIN draft_versions v ON v.number = d.version"
        ):
            entry = _json(data)
            files = {EVIDENCE: entry.pop("evidence", [])}
            texts, titles = (
                fold("\n".join(each.text for each in texts_said(json.dumps(part).encode()))) for part in (entry, files)
            )
            self._new.execute(add, (number, texts, titles))
        self._new.execute("DELETE FROM searched WHERE kind = 'evidence' AND key NOT IN (SELECT digest FROM evidence)")
        for number, text in self._all("SELECT number, text FROM searched"):
            assert isinstance(text, str)
            self._new.execute("INSERT INTO searched_texts (rowid, texts) VALUES (?, ?)", (number, fold(text)))


def _json(data: object) -> dict[str, Any]:
    """What we have written ourselves, and a page that was read is a page as it was written."""
    assert isinstance(data, bytes)
    found: dict[str, Any] = json.loads(data)
    return found


def _place(place: Sequence[object]) -> str:
    """2026: 12 SO."""
    year, commitment, country = place
    return f"{year}: {commitment} {country}".strip()
