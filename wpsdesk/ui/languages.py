"""The languages that the window can speak, each by its own name, and the button that lets one be chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QLocale

from wpsdesk import assets
from wpsdesk.i18n import Catalogue
from wpsdesk.settings import Language
from wpsdesk.ui.controls import MenuButton

NAMES: Final[Mapping[str, str]] = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
"""What our own are called for short; Qt, which knows every other, would write "norsk bokmål"."""


def own_name(language: Language) -> str:
    """What a language calls itself, with a capital as on a button; its code where nobody knows it."""
    found = NAMES.get(language) or _name(QLocale(language), is_one_of_several="_" in language) or language
    return found[:1].upper() + found[1:]


def _name(locale: QLocale, *, is_one_of_several: bool) -> str:
    if locale.language() is QLocale.Language.C:
        return ""
    if is_one_of_several:
        return locale.nativeLanguageName()
    # Qt says "español de España" and "español de México": the shortest says the language alone. Babel says it at
    # once, and takes longer to be read in than the first window does.
    every = QLocale.matchingLocales(locale.language(), QLocale.Script.AnyScript, QLocale.Country.AnyCountry)
    return min((one.nativeLanguageName() for one in every if one.nativeLanguageName()), key=len, default="")


def language_button(say: Catalogue, on_choice: Callable[[Language], object]) -> MenuButton:
    """The button that shows the language and lets another be chosen; each language names itself."""
    codes, now = assets.languages(), own_name(say.language)
    found = MenuButton(now, role="link")
    found.setAccessibleName(say("Language: {language}", language=now))
    found.choices([(own_name(code), _choosing(on_choice, code)) for code in codes], marked=codes.index(say.language))
    return found


def _choosing(on_choice: Callable[[Language], object], code: Language) -> Callable[[], object]:
    return lambda: on_choice(code)
