"""How a file looks: its picture or first page, or the words it begins with. Nothing is opened for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from wpsdesk.desk.evidence.considering import Preview
from wpsdesk.evidence.apart import Drawn
from wpsdesk.i18n import Catalogue
from wpsdesk.ui import style
from wpsdesk.ui.controls import label

SIDE = 180
"""Pixels at 100 % of the longer side of a preview."""

MOST_WORDS = 600
"""Characters of a text that is shown."""


def pixmap(drawn: Drawn, side: int) -> QPixmap:
    """The picture, its longer side at most ``side`` pixels."""
    image = QImage(drawn.pixels, drawn.width, drawn.height, 3 * drawn.width, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image).scaled(
        QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


class PreviewBox(QWidget):
    """A picture in a thin frame, or some lines of text; a sentence where there is neither."""

    def __init__(self, say: Catalogue) -> None:
        super().__init__()
        self._say = say
        look = style.current()
        self.picture = QLabel()
        self.picture.setObjectName("preview")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words = label("", type="small", wraps=True)
        self.words.setMinimumWidth(look.px(SIDE))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(look.px(4))
        inside.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.words)
        self.picture.setVisible(False)
        self.words.setVisible(False)

    def show_preview(self, preview: Preview, name: str) -> None:
        """Show it; ``name`` is the file's, for who cannot see the picture."""
        say, drawn = self._say, preview.picture
        self.picture.setVisible(drawn is not None)
        if drawn is not None:
            self.picture.setPixmap(pixmap(drawn, style.current().px(SIDE)))
            pages = say.plural("{n} page", "{n} pages", drawn.pages) if drawn.pages else ""
            self.picture.setAccessibleName(say("Preview of {name}", name=name))
            self.picture.setToolTip(pages)
            self.words.setText(pages)
        else:
            text = preview.text.strip()
            shown = text if len(text) <= MOST_WORDS else text[:MOST_WORDS].rstrip() + " …"
            self.words.setText(shown or say("There is no preview of files of this kind."))
        self.words.setVisible(bool(self.words.text()))
