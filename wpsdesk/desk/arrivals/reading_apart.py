"""The process apart that opens and verifies the next files of an import while this desk stores those before them.

It reads a line of JSON by which to judge, then a line for each file; of each it answers a submission that has passed
every check, or that it leaves the file to whoever asked: a fault is found there once more, and told from there. It
has no store, writes no file, and its keys came through the pipe and go with it.
"""

from __future__ import annotations

import base64
import json
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from struct import Struct
from typing import BinaryIO, Final

from wpsdesk.base.canonical import canonical_json
from wpsdesk.base.clock import rfc3339
from wpsdesk.base.decoding import Reader, load_json
from wpsdesk.base.ids import EditionId, UnitCode
from wpsdesk.base.secrecy import forbid_core_dumps
from wpsdesk.bundle.model import Kind
from wpsdesk.bundle.opening import OpeningKey, open_bundle, sealed_bundle
from wpsdesk.bundle.part_form import is_part
from wpsdesk.bundle.payloads import DeltaPayload, ReportPayload
from wpsdesk.bundle.verifying import VerifiedBundle, verify_bundle
from wpsdesk.plan.loading import load_plan
from wpsdesk.plan.model import Plan
from wpsdesk.report.model import Entry, Evidence
from wpsdesk.trust.anchors import TrustSet, trust_from, trust_to_json
from wpsdesk.trust.certificates import Certificate
from wpsdesk.trust.der import base64_text, der_from
from wpsdesk.trust.keys import PrivateKey

WORD: Final = "--reading"
"""The word by which the frozen program starts as this process."""

READY: Final = b"\n"
"""What it says first, when it has read its own modules in."""

SIZES: Final = Struct(">III")
"""Before each answer: bytes of the head, the payload and the container; three noughts where it leaves the file."""

_LIMIT: Final = 16 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """By what arrivals are opened and judged on the side of a desk to which reports come."""

    unit: UnitCode
    callers: frozenset[UnitCode]
    trust: TrustSet
    keys: tuple[OpeningKey, ...]
    plan: Plan

    def to_bytes(self) -> bytes:
        """One line of JSON with the keys in it: for the pipe only."""
        told = {
            "unit": self.unit,
            "callers": sorted(self.callers),
            "trust": trust_to_json(self.trust),
            "keys": [_key_to_json(each) for each in self.keys],
            "plan": self.plan.edition,
        }
        return json.dumps(told).encode("ascii") + b"\n"

    @staticmethod
    def from_bytes(line: bytes) -> Judging:
        """The reverse. Raises Malformed, BadKey, BadCertificate."""
        reader = load_json(line, limit=_LIMIT)
        return Judging(
            unit=UnitCode(reader.get("unit").line()),
            callers=frozenset(reader.get("callers").tuple_of(lambda r: UnitCode(r.line()), at_most=1000)),
            trust=trust_from(reader.get("trust")),
            keys=reader.get("keys").tuple_of(_key_from, at_most=1000),
            plan=load_plan(EditionId(reader.get("plan").line())),
        )


def _key_to_json(opening: OpeningKey) -> dict[str, object]:
    certificate = None if opening.certificate is None else base64_text(opening.certificate.der)
    return {"key": base64_text(opening.key.to_bytes()), "certificate": certificate}


def _key_from(reader: Reader) -> OpeningKey:
    certificate = reader.maybe("certificate", der_from)
    return OpeningKey(
        key=PrivateKey.from_bytes(der_from(reader.get("key"))),
        certificate=None if certificate is None else Certificate.from_der(certificate),
    )


def question(path: Path, at: datetime) -> bytes:
    """One line that asks for a file."""
    return json.dumps([str(path.absolute()), rfc3339(at)]).encode("ascii") + b"\n"


def main() -> int:
    """Answer until nothing more is asked."""
    forbid_core_dumps()
    _write_no_file()
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    answers.write(READY)
    answers.flush()
    if not (line := asked.readline()):
        return 0
    judging = Judging.from_bytes(line)
    with suppress(OSError):  # whoever asked has gone
        for line in asked:
            path, at = json.loads(line)
            _answer(answers, *_read(judging, Path(path), datetime.fromisoformat(at)))
    return 0


def _write_no_file() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _answer(out: BinaryIO, head: bytes, payload: bytes, container: bytes) -> None:
    out.write(SIZES.pack(len(head), len(payload), len(container)))
    out.writelines((head, payload, container))
    out.flush()


def _read(judging: Judging, path: Path, at: datetime) -> tuple[bytes, bytes, bytes]:
    # Whatever it is that goes wrong here, goes wrong once more where it is told.
    with suppress(Exception):
        if not is_part(path):
            with sealed_bundle(path) as sealed:
                opened = open_bundle(sealed, judging.keys)
                if opened.layout.kind is Kind.SUBMISSION:
                    found = verify_bundle(opened, judging.trust, judging.plan, at, authorities=judging.callers)
                    if found.header.to == judging.unit:
                        return _head(found), found.payload_bytes, b"".join(opened.unchecked())
    return b"", b"", b""


def _head(found: VerifiedBundle) -> bytes:
    header = found.header
    entries, named, base = _said(found)
    return canonical_json(
        {
            "id": header.id,
            "unit": header.unit,
            "year": header.year,
            "seq": header.seq,
            "digest": found.digest,
            "signer": base64.b64encode(found.signer.der).decode("ascii"),
            "signed_at": rfc3339(found.signed_at),
            "stale": [rfc3339(each.since) for each in found.warnings],
            "files": " ".join(f"{file.digest}/{file.size}" for file in header.files),
            "rows": " ".join(f"{e.key.commitment}/{e.key.country or ''}/{e.status or ''}" for e in entries),
            "named": " ".join(file.digest for file in named),
            "base": base,
        }
    )


def _said(found: VerifiedBundle) -> tuple[tuple[Entry, ...], tuple[Evidence, ...], str | None]:
    match found.payload:
        case ReportPayload(report=report):
            return report.entries, report.files, None
        case DeltaPayload(delta=delta):
            return delta.upserted, delta.said.files, delta.base_digest
        case _:
            raise AssertionError("only reports and deltas are submissions")


if __name__ == "__main__":
    sys.exit(main())
