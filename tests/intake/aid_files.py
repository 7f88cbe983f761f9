"""Files of aid statistics as they may come, right and wrong; tests/vectors/aid holds them for good."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter

HEADS = ("Agreement number", "Year", "Recipient", "Purpose code", "Gender marker", "Disbursement (NOK)", "Tiltak")
ROWS: tuple[tuple[object, ...], ...] = (
    ("SOM-26/0001", 2026, "Somalia", 15170, 2, 1_500_000, 8),
    ("SOM-26/0002", 2026, "SO", 15220, 0, 250_000.5, None),
    ("JOR-26/0014", 2026, "Jordan", 15220, None, 2_400_000, None),
    ("JOR-25/0009", 2025, "Jordan", 15220, 1, 900_000, None),
    ("REG-26/0003", 2026, "Africa, regional", None, 1, 100_000, None),
    ("SYR-26/0004", 2026, "Syrian Arab Republic", 72010, 1, -50_000, None),
)


def sheet(rows: Iterable[tuple[object, ...]] = ROWS, heads: tuple[str, ...] = HEADS) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate((heads, *rows)):
            for place, value in enumerate(row):
                if isinstance(value, str) and value.startswith("="):
                    page.write_formula(number, place, value)
                elif value is not None:
                    page.write(number, place, value)
    return out.getvalue()


def table(rows: Iterable[tuple[object, ...]] = ROWS, heads: tuple[str, ...] = HEADS, sign: str = ";") -> bytes:
    def told(value: object) -> str:
        text = "" if value is None else str(value)
        if sign == ";" and isinstance(value, float):
            text = text.replace(".", ",")
        return f'"{text}"' if sign in text else text

    return "\r\n".join(sign.join(map(told, row)) for row in (heads, *rows)).encode("utf-8-sig")


ACTIVITIES = b"""<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03">
 <iati-activity default-currency="NOK">
  <iati-identifier>NO-BRC-971277882-SOM-26/0001</iati-identifier>
  <recipient-country code="SO" percentage="60"/>
  <recipient-region code="298" vocabulary="1" percentage="40"/>
  <sector vocabulary="1" code="15170" percentage="50"/>
  <sector code="15220" percentage="50"/>
  <sector vocabulary="99" code="own"/>
  <policy-marker vocabulary="1" code="2" significance="2"/>
  <policy-marker vocabulary="1" code="1" significance="1"/>
  <transaction><transaction-type code="2"/><transaction-date iso-date="2026-01-02"/><value>99</value></transaction>
  <transaction><transaction-type code="3"/><transaction-date iso-date="2026-03-01"/><value>1000</value></transaction>
  <transaction><transaction-type code="4"/><transaction-date iso-date="2026-05-01"/><value>200</value>
   <sector code="72010"/><recipient-country code="SD"/></transaction>
  <transaction><transaction-type code="3"/><transaction-date iso-date="2025-03-01"/><value>7</value></transaction>
 </iati-activity>
 <iati-activity default-currency="NOK">
  <iati-identifier>NO-BRC-971277882-JOR-26/0014</iati-identifier>
  <recipient-country code="JO"/>
  <sector code="15220"/>
  <transaction><transaction-type code="3"/><transaction-date iso-date="2026-03-01"/><value>400.50</value></transaction>
 </iati-activity>
</iati-activities>
"""

RIGHT = {
    "table.csv": table(),
    "sheet.xlsx": sheet(),
    "crs.csv": (
        b"Year|CrsID|RecipientCode|RecipientName|PurposeCode|Gender|USD_Disbursement\n"
        b"2026|2026000001|273|Somalia|15170|2|0.25\n2026|2026000002|298|Africa, regional|15220||1.5\n"
    ),
    "activities.xml": ACTIVITIES,
}

WRONG = {
    "doctype.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><iati-activities>&b;</iati-activities>',
    "laughs.xml": b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><iati-activities><x>&b;</x></iati-activities>',
    "deep.xml": b"<iati-activities>" + b"<a>" * 40 + b"</a>" * 40 + b"</iati-activities>",
    "other.xml": b"<html><body>no</body></html>",
    "utf-16.xml": "<iati-activities/>".encode("utf-16"),
    "cut.xml": ACTIVITIES[:600],
    "shares.xml": ACTIVITIES.replace(b'percentage="40"', b'percentage="10"'),
    "marker.xml": ACTIVITIES.replace(b'code="1" significance="1"', b'code="1" significance="4"'),
    "dated.xml": ACTIVITIES.replace(b'iso-date="2026-03-01"', b'iso-date="1.3.2026"'),
    "mixed.xml": ACTIVITIES.replace(b"<value>400.50", b'<value currency="USD">400.50'),
    "no-columns.csv": b"a;b;c\n1;2;3\n",
    "latin.csv": "Avtale;År;Mottaker;Formålskode;Likestillingsmarkør;Utbetalt\n".encode("latin-1"),
    "marker.csv": table([("A-1", 2026, "Mali", 15170, 3, 10, None)]),
    "ambiguous.csv": table([("A-1", 2026, "Mali", 15170, 1, "1,234", None)], sign=","),
    "words.csv": table([("A-1", 2026, "Mali", "abc", "yes", "much", 99), ("", "last", "Mali", 15170, 1, 2, None)]),
    "formula.xlsx": sheet([("A-1", 2026, "Mali", 15170, 1, "=1+1", None)]),
    "damaged.xlsx": sheet()[:900],
}
