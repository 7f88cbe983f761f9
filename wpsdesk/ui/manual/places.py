"""Where in the manual each part of the window is told about."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

SHORTCUTS: Final = "shortcuts"
"""The list of shortcuts, which stands before the manual's own chapters."""

BEGINNING: Final = "first-day"

ANCHORS: Final = {
    # before a desk is open
    "UnlockView": "unlock",
    "AroundView": "around",
    "CreateView": "create",
    "RestoreView": "restore",
    "ErrandView": "passphrase",
    "WipeView": "wipe",
    # a reporter's pages, and what stands on them
    "OverviewPage": "overview",
    "ReportPage": "report",
    "AccessEditor": "access",
    "EvidenceEditor": "evidence",
    "AttachDialog": "evidence",
    "HistoryDialog": "history",
    "PseudonymsDialog": "pseudonyms",
    "FollowUpCard": "follow-up",
    "MeasuresPage": "measures",
    "NewMeasureDialog": "measures",
    "ChangesDialog": "worksheet",
    "SendPage": "send",
    "CarrierCard": "bad-line",
    "SentCard": "sent",
    "PreviewDialog": "preview",
    "SetupPage": "setup",
    "PeopleSection": "people",
    "AddPersonDialog": "people",
    "PersonDialog": "people",
    "ChangeDialog": "people",
    "RequestDialog": "people",
    "HandoverSection": "handover",
    # a ministry's page for its agencies, Norad's for the organisations
    "BeginningPage": "agencies",
    "GatheringPage": "agencies",
    "ReportersPage": "agencies",
    "MoreTimeDialog": "agencies",
    "TakingDialog": "taking-over",
    # UD's pages
    "CallPage": "call",
    "AskedDialog": "call",
    "CountryDialog": "call",
    "QuestionsSection": "questions",
    "QuestionDialog": "questions",
    "RemindersSection": "reminders",
    "InboxPage": "inbox",
    "WithoutBackupDialog": "backup",
    "ConflictDialog": "conflicts",
    "ReviewPage": "review",
    "ReturnForm": "returning",
    "ReasonsDialog": "returning",
    "FollowUpDialog": "following-up",
    "CoveragePage": "coverage",
    "YearsDialog": "coverage",
    "ListDialog": "call",
    "MeetingsPage": "meetings",
    "MeetingDialog": "meetings",
    "PointDialog": "meetings",
    "EditingPage": "editing",
    "AidStatisticsPage": "statistics",
    "JoiningDialog": "statistics",
    "RemovingDialog": "statistics",
    "CompilePage": "compile",
    "ReleaseDialog": "release",
    "UnitsPage": "units",
    "AuditingSection": "journal",
    "ArchiveDialog": "loading-an-archive",
    "RevocationDialog": "units",
    "KeyFileDialog": "units",
    "NewKeyFileDialog": "units",
    "JournalPage": "journal",
    # what every desk has
    "SearchDialog": "search",
    "LookPage": "look",
    "LookDialog": "look",
    "SafetyPage": "safety",
    "BackupCard": "backup",
    "WordsCard": "passphrase",
    "OfficersCard": "it-shared",
    "MoveThereDialog": "it-shared",
    "MoveBackDialog": "it-shared",
    "LetInDialog": "it-shared",
    "ShutOutDialog": "it-shared",
    "SettingsPage": "settings",
    "HelpPage": BEGINNING,
}
"""The anchor of each view, page, dialog and part of a page, by the name of its class."""


def anchor_of(widget: QWidget | None) -> str | None:
    """The anchor of the nearest thing around ``widget`` that has one: its part of the page, the page, the dialog."""
    while widget is not None:
        for kind in type(widget).__mro__:
            if kind.__name__ in ANCHORS:
                return ANCHORS[kind.__name__]
        widget = widget.parentWidget()
    return None
