"""Version 4: evidence that lies in a submission, and is kept there alone."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

LYING: Final = (
    """CREATE TABLE evidence_lying (
        evidence INTEGER NOT NULL,
        submission INTEGER NOT NULL,
        "offset" INTEGER NOT NULL,
        packed INTEGER NOT NULL,
        is_deflated INTEGER NOT NULL,
        PRIMARY KEY (evidence),
        FOREIGN KEY(evidence) REFERENCES evidence (number) ON DELETE CASCADE,
        FOREIGN KEY(submission) REFERENCES submissions (number)
    ) STRICT""",
)


def migrate(connection: Connection) -> None:
    """Take version 3 to version 4."""
    for statement in LYING:
        connection.exec_driver_sql(statement)
