"""Texts, dates and numbers in bokmål, nynorsk, English and further languages; the language is always an argument's.

A screen holds one :class:`Catalogue` of the domain ``app``; a report is written with one of the domain
``document``, in whatever language the report has. Message ids are English; bokmål, nynorsk and English have
complete catalogues, and a check fails where an entry is missing or stale. A further language is whatever folder
lies beside theirs: what it lacks is shown in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from gettext import NullTranslations, translation
from typing import TYPE_CHECKING, Final, Literal

from wpsdesk import assets

if TYPE_CHECKING:  # Babel is read in when the first number or date is written: the first window has none
    from decimal import Decimal

    from babel import Locale

Domain = Literal["app", "document"]
Own = Literal["nb", "nn", "en"]
"""The languages that names of units, countries and commitments come in."""

CALLER: Final = "UD"
_UD: Final = re.compile(r"\bUD(?=s?\b)")


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "to be translated later"
    """Mark a message id for the catalogue where it stands as data."""
    return message


class Catalogue:
    """The texts of one domain in one language. Call it with a message id and the values of its places."""

    __slots__ = ("_caller", "_texts", "language")

    def __init__(self, language: str, texts: NullTranslations, caller: str = CALLER) -> None:
        self.language = language
        self._texts = texts
        self._caller = caller

    def afresh(self, caller: str = CALLER) -> Catalogue:
        """The same texts in a catalogue of one's own, which :meth:`speak_of` changes for nobody else."""
        return Catalogue(self.language, self._texts, caller)

    def speak_of(self, caller: str) -> None:
        """Name ``caller`` wherever a text names UD as the one who calls for reports, receives them and replies.

        To an agency that is its ministry, and to an organisation Norad: one set of texts serves everybody.
        """
        self._caller = caller

    def _named(self, text: str) -> str:
        return text if self._caller == CALLER else _UD.sub(self._caller, text)

    @property
    def names_in(self) -> Own:
        """The language to pick names in where they are kept in our own three only: English for a further one."""
        match self.language:
            case "nb" | "nn" as own:
                return own
            case _:
                return "en"

    @property
    def decimal_mark(self) -> str:
        """What parts a number's decimals: ``,`` or ``.``."""
        if self.language in assets.OWN:  # without reading Babel in
            return "." if self.language == "en" else ","
        from babel import numbers

        return numbers.get_decimal_symbol(self.locale)

    @property
    def locale(self) -> Locale:
        """How the language writes numbers, dates and lists."""
        return _locale(self.language)

    def __call__(self, message: str, **values: object) -> str:
        """The text of ``message`` with ``{name}`` filled from ``values``; "" stays ""."""
        if not message:
            return ""
        text = self._named(self._texts.gettext(message))
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The text for ``n`` things; ``{n}`` is filled too."""
        return self._named(self._texts.ngettext(one, many, n)).format(n=self.number(n), **values)

    def number(self, value: int | Decimal) -> str:
        """``12 345,6`` as the language writes it, with every decimal that was given."""
        if isinstance(value, int) and value >= 0 and (value < 1000 or self.language in assets.OWN):
            # Most figures, without reading Babel in.
            return f"{value:,}" if self.language == "en" else f"{value:,}".replace(",", "\u00a0")
        from babel import numbers

        return numbers.format_decimal(value, locale=self.locale, decimal_quantization=False)

    def percent(self, part: int, whole: int) -> str:
        """``part`` of ``whole`` in whole per cent; nothing of nothing is 0."""
        from babel import numbers

        return numbers.format_percent(part / whole if whole else 0, locale=self.locale)

    def size(self, count: int) -> str:
        """A file's size in kB or MB, the unit 1000."""
        if count < 1000:
            return self.plural("{n} byte", "{n} bytes", count)
        from decimal import Decimal

        from babel import numbers, units

        unit, value = ("MB", Decimal(count) / 1_000_000) if count >= 999_500 else ("kB", Decimal(count) / 1000)
        digits = "#,##0.0" if unit == "MB" and value < 100 else "#,##0"
        if self.language not in assets.OWN:
            kind = "digital-megabyte" if unit == "MB" else "digital-kilobyte"
            return units.format_unit(value, kind, "short", format=digits, locale=self.locale)
        return f"{numbers.format_decimal(value, digits, locale=self.locale)} {unit}"

    def date(self, day: date, *, short: bool = False) -> str:
        """``1. mars 2027``; short: ``01.03.2027``."""
        from babel import dates

        return dates.format_date(day, "short" if short else "long", locale=self.locale)

    def moment(self, when: datetime) -> str:
        """A time in the machine's own zone: ``1. mars 2027 14:02``."""
        local = when.astimezone()
        return f"{self.date(local.date())} {self.clock(when)}"

    def clock(self, when: datetime) -> str:
        """``14.02`` in the machine's own zone."""
        return self.hour(when.astimezone())

    def hour(self, moment: datetime) -> str:
        """``14.02``, in whatever zone the moment is told in."""
        return f"{moment:%H.%M}" if self.language in ("nb", "nn") else f"{moment:%H:%M}"

    def listing(self, words: Iterable[str]) -> str:
        """``a, b og c``."""
        from babel import lists

        return lists.format_list(list(words), locale=self.locale)


@cache
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    # English as a European ministry writes it: 3/1/2027 would be read as a day in January.
    with suppress(UnknownLocaleError, ValueError):  # a language of which Babel, or this build of it, knows nothing
        return Locale.parse("en_GB" if language == "en" else language)
    return Locale.parse("en_GB")


@cache
def catalogue(language: str, domain: Domain = "app") -> Catalogue:
    """The catalogue of a language; nb, nn and en are complete, a further one may have no ``document``."""
    file = assets.catalogue(language, domain)
    if domain == "document" and language not in assets.OWN and not file.exists():
        return catalogue("en", domain)
    # By the way that keeps what it has read: the command line's parser asks for the same file.
    return Catalogue(language, translation(domain, file.parents[2], [language]))
