"""Where every country lies on a map of squares: roughly as on a globe, so that one finds it, and none is larger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wpsdesk.base.ids import CountryCode
from wpsdesk.compilation.tree import Tile

_MAP: Final = """
..  ..  ..  ..  ..  BA  XK  UA  MD  ..  ..  ..  ..  ..  ..
MX  CU  HT  ..  ..  AL  RS  TR  GE  AM  AZ  UZ  KG  TJ  ..
GT  HN  DO  ..  MA  TN  LB  SY  IQ  IR  TM  AF  PK  NP  CN
SV  NI  VE  GY  DZ  LY  PS  JO  KW  ..  ..  IN  BT  BD  ..
..  CO  ..  MR  ML  NE  EG  SA  YE  OM  ..  LK  MM  LA  VN
EC  PE  BR  SN  BF  TD  SD  ER  DJ  ..  ..  ..  TH  KH  PH
..  BO  ..  GN  CI  NG  SS  ET  SO  ..  ..  ..  MY  ID  TL
..  CL  ..  SL  GH  CM  CF  UG  KE  ..  ..  ..  ..  PG  ..
..  AR  ..  LR  TG  GA  CD  RW  TZ  ..  ..  ..  ..  ..  ..
..  ..  ..  ..  BJ  CG  AO  BI  MW  MG  ..  ..  ..  ..  ..
..  ..  ..  ..  ..  ..  ZM  ZW  MZ  ..  ..  ..  ..  ..  ..
..  ..  ..  ..  ..  NA  BW  ZA  ..  ..  ..  ..  ..  ..  ..
"""
_PLACES: Final = {
    code: (column, row)
    for row, line in enumerate(_MAP.strip().splitlines())
    for column, code in enumerate(line.split())
    if code != ".."
}
_WIDE: Final = 15


def placed(countries: Iterable[tuple[CountryCode, str]]) -> tuple[Tile, ...]:
    """A tile for each country; one that the map has no place for stands below it. Empty rows are left out."""
    told = dict(countries)
    known = {code: _PLACES[code] for code in told if code in _PLACES}
    rows = {row: place for place, row in enumerate(sorted({row for _, row in known.values()}))}
    found = [
        Tile(code=code, column=column, row=rows[row], shown=told[CountryCode(code)])
        for code, (column, row) in known.items()
    ]
    others = [code for code in told if code not in _PLACES]
    below = len(rows) + (1 if rows else 0)
    found += [
        Tile(code=code, column=place % _WIDE, row=below + place // _WIDE, shown=told[code])
        for place, code in enumerate(others)
    ]
    return tuple(sorted(found, key=lambda tile: (tile.row, tile.column)))
