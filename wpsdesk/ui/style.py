"""How the window looks: colours by role in two schemes, one typeface in four sizes, a grid of four pixels.

Every number of pixels in the program is given for 100 % text and scaled as one by :meth:`Look.px`.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from enum import Enum
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from wpsdesk import assets

FAMILY: Final = "Noto Sans"
WEIGHT: Final = QFont.Tag("wght")
NORMAL, STRONG = 400.0, 600.0
PERCENTS: Final = (100, 125, 150, 200)
PICTURES: Final = ("tick", "dot")
"""The signs in boxes that are ticked; a style sheet takes them from files only."""

_PLACES: Final = re.compile(r"\$(\w+)|([\d.]+)px|/\*[^*]*\*/")
"""What the style sheet's template leaves open: a colour or a picture by its name, pixels; and its remarks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One scheme; each name is a role. Text roles reach 4.5:1 on the surfaces they are used on, controls 3:1."""

    surface: str  # where one works
    quiet: str  # rail, last year's text
    field: str  # what can be written in
    text: str
    muted: str
    line: str  # between surfaces
    control: str  # round controls
    accent: str  # selected, focused, to be pressed next
    accent_strong: str  # the same, under the pointer
    accent_soft: str
    on_accent: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    info: str
    info_soft: str
    neutral: str
    neutral_soft: str


LIGHT: Final = Colours(
    surface="#FFFFFF", quiet="#F3F3F4", field="#FFFFFF", text="#292C30", muted="#5B5D60", line="#D8DADC",
    control="#77797B", accent="#0062BA", accent_strong="#004F96", accent_soft="#E6F0FA", on_accent="#FFFFFF",
    success="#05690F", success_soft="#E0F2E2", warning="#744600", warning_soft="#FDEBD0", danger="#B01616",
    danger_soft="#FBE1E1", info="#00549F", info_soft="#DCEAF8", neutral="#54565A", neutral_soft="#EDEDEF",
)  # fmt: skip

DARK: Final = Colours(
    surface="#1D1F22", quiet="#16181A", field="#232629", text="#ECEDEE", muted="#B0B4B9", line="#3B3F44",
    control="#8D9298", accent="#75B8FF", accent_strong="#A3D0FF", accent_soft="#1C3550", on_accent="#0B1D30",
    success="#86DB91", success_soft="#173B1D", warning="#F2C273", warning_soft="#42300E", danger="#FFA6A3",
    danger_soft="#4B1D1D", info="#9CCBFF", info_soft="#18344F", neutral="#C2C5C9", neutral_soft="#34373B",
)  # fmt: skip


class Type(Enum):
    """The four sizes of type: pixels at 100 %, weight."""

    SMALL = (12.0, 400)
    TEXT = (13.0, 400)
    HEAD = (14.5, 600)
    TITLE = (19.0, 600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A scheme and a text size."""

    colours: Colours = LIGHT
    percent: int = 100

    @property
    def name(self) -> str:
        """ "light" or "dark"."""
        return "dark" if self.colours is DARK else "light"

    @property
    def is_large(self) -> bool:
        """Whether the text is so large that what stands side by side is better put under one another."""
        return self.percent >= 150

    def px(self, pixels: float) -> int:
        """``pixels`` at 100 % in pixels now."""
        return round(pixels * self.percent / 100)

    def font(self, kind: Type, *, is_strong: bool = False) -> QFont:
        """The typeface in one of its sizes."""
        size, weight = kind.value
        font = QFont(FAMILY)
        font.setPixelSize(self.px(size))
        if is_strong or weight > NORMAL:
            font.setVariableAxis(WEIGHT, STRONG)
        return font

    def colour(self, role: str) -> QColor:
        """A role of :class:`Colours` as Qt's colour. Raises AttributeError."""
        found: str = getattr(self.colours, role)
        return QColor(found)


def embolden(widget: QWidget, *, is_strong: bool = True) -> None:
    """Set a widget's text in semibold.

    The typeface is a variable font, whose weights a style sheet's ``font-weight`` does not reach on every system.
    """
    font = QFont()
    font.setVariableAxis(WEIGHT, STRONG if is_strong else NORMAL)
    widget.setFont(font)


class _Current:
    """What the one application wears now; Qt itself holds style sheet and palette per application."""

    look: Look = Look()


def current() -> Look:
    """The look that :func:`apply` last put on."""
    return _Current.look


def look_for(scheme: str, percent: int) -> Look:
    """The look for a scheme ("system", "light" or "dark") and a text size; other sizes go to the nearest of ours."""
    nearest = min(PERCENTS, key=lambda p: abs(p - percent))
    return Look(colours=DARK if scheme == "dark" else LIGHT, percent=nearest)


def register_fonts() -> None:
    """Make Noto Sans known to Qt; no machine can be counted on to have it."""
    _register("fontpkg_noto_sans")


def register_arabic() -> None:
    """Make Noto Sans Arabic known too, for names; called once the first window stands."""
    _register("fontpkg_noto_sans_arabic")


def _register(package: str) -> None:
    found = find_spec(package)
    assert found is not None, package
    for folder in found.submodule_search_locations or ():
        for file in sorted(Path(folder, "files").glob("*.ttf")):
            if "Italic" not in file.name:
                QFontDatabase.addApplicationFont(str(file))


def sheet(look: Look) -> str:
    """The style sheet: the template with colours filled in and every pixel scaled."""
    pictures = {name: assets.resource("style", f"{name}-{look.name}.png").as_posix() for name in PICTURES}
    names = {**asdict(look.colours), **pictures}

    def filled(found: re.Match[str]) -> str:
        name, pixels = found.groups()
        return names[name] if name else f"{look.px(float(pixels))}px" if pixels else ""

    return _PLACES.sub(filled, assets.resource("style", "desk.qss").read_text(encoding="utf-8"))


def apply(look: Look) -> None:
    """Put ``look`` on the application: palette, font and style sheet."""
    _Current.look = look
    application = QGuiApplication.instance()
    assert isinstance(application, QApplication)
    application.setPalette(_palette(look))
    application.setFont(look.font(Type.TEXT))
    application.setStyleSheet(sheet(look))


def _palette(look: Look) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "surface", QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "field", QPalette.ColorRole.AlternateBase: "quiet",
        QPalette.ColorRole.Text: "text", QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text", QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.Highlight: "accent", QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.Accent: "accent", QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.LinkVisited: "accent", QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text", QPalette.ColorRole.Mid: "control",
        QPalette.ColorRole.Dark: "control", QPalette.ColorRole.Light: "quiet",
    }  # fmt: skip
    for role, name in roles.items():
        palette.setColor(role, look.colour(name))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, look.colour("muted"))
    return palette
