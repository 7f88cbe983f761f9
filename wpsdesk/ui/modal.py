"""Dialogs come up with Tab in reading order; one that waits for its answer is let go when it has it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from wpsdesk.ui.tabbing import read_downwards


def is_accepted(dialog: QDialog) -> bool:
    """Show ``dialog`` until it is answered or given up; whether it was accepted.

    It can be read until the window goes on to its next event; then it is gone. A dialog that only hides would stay
    under its page for as long as that stands, and where the program ends before the page does, the binding takes the
    two apart in an order that ends in a crash: the first of its buttons drops the last hold on the dialog that it is
    a part of.
    """
    read_downwards(dialog)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()


def show_over(dialog: QDialog) -> None:
    """Show ``dialog`` over its window, and go on."""
    read_downwards(dialog)
    dialog.open()
