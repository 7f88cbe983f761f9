"""Bring the catalogues up to date with the code: extract, merge, compile; or only check that they are.

    python i18n/update.py                    rewrite the .po and .mo files
    python i18n/update.py --merge FILE.json  first take in translations: {message id: {"nb": .., "nn": ..}}
    python i18n/update.py --check            exit 1 and say what is missing, stale or wrong

Message ids are English. A plural's translations are lists in the order of the language's plural forms, its
message id the singular. Our own languages must be complete. Every other folder here is a further language: it must
be in step with the code, and what it lacks is counted and shown in English (TRANSLATING.md).
"""

from __future__ import annotations

import ast
import io
import json
import re
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
CODE = HERE.parent / "wpsdesk"
OWN = ("nb", "nn", "en")
DOMAINS = {"document": ["compilation/**/*.py", "i18n.py"], "app": ["**/*.py"]}
KEYWORDS = {"_": None, "say": None, "_say": None, "N_": None, "plural": (1, 2)}
PLACE = re.compile(r"\{(\w*)[^}]*\}")


@cache
def extracted(domain: str) -> Catalog:
    """What the code says now: every call of a keyword with a plain string, wherever it stands, f-strings too."""
    found = Catalog(charset="utf-8")
    for file in sorted(file for pattern in DOMAINS[domain] for file in CODE.glob(pattern)):
        name = file.relative_to(CODE).as_posix()
        if domain == "app" and name.startswith("compilation/"):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) in KEYWORDS:
                message = message_of(node)
                if message:
                    found.add(message, None, [(name, 0)])
    return found


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def message_of(call: ast.Call) -> str | tuple[str, str] | None:
    """The message id; of a plural, both; None where it is a value, marked elsewhere by N_."""
    texts = [a.value for a in call.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if called(call) == "plural":
        return (texts[0], texts[1]) if len(texts) == 2 else None
    return texts[0] if call.args and texts and isinstance(call.args[0], ast.Constant) else None


def languages() -> tuple[str, ...]:
    """Our own, and every further one that has a folder here."""
    found = {file.parents[1].name for file in HERE.glob("*/LC_MESSAGES/*.po")}
    return (*OWN, *sorted(found.difference(OWN)))


def catalogues() -> list[tuple[str, str]]:
    """Every language with its domains; a further one needs no ``document``."""
    pairs = [(language, domain) for language in languages() for domain in DOMAINS]
    return [(one, domain) for one, domain in pairs if one in OWN or domain == "app" or path(one, domain).exists()]


def path(language: str, domain: str) -> Path:
    """The .po file of a language and a domain."""
    return HERE / language / "LC_MESSAGES" / f"{domain}.po"


def current(language: str, domain: str) -> Catalog:
    """What the .po file says."""
    place = path(language, domain)
    if not place.exists():
        return Catalog(locale=language, charset="utf-8")
    with place.open("rb") as stream:
        return read_po(stream, locale=language, domain=domain)


def key(message: Message) -> str:
    """The message id; of a plural, its singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


def merged(language: str, domain: str, news: dict[str, dict[str, str | list[str]]]) -> Catalog:
    """The catalogue as it should be: the code's messages, sorted, with every translation that is known."""
    old = {key(m): m.string for m in current(language, domain) if m.id}
    new = Catalog(locale=language, charset="utf-8", fuzzy=False, project="WPS Desk", version="1")
    new.header_comment = "# WPS Desk"
    for message in sorted((m for m in extracted(domain) if m.id), key=key):
        text = news.get(key(message), {}).get(language) or old.get(key(message)) or ""
        if language == "en":
            text = message.id
        if isinstance(message.id, tuple):
            text = tuple(text) if text else ("",) * new.num_plurals
        elif isinstance(text, tuple):
            text = ""
        new.add(message.id, text, sorted({(name, 0) for name, _ in message.locations}))
    return new


def po_bytes(catalog: Catalog) -> bytes:
    """The .po file, without anything that changes by itself."""
    out = io.BytesIO()
    write_po(out, catalog, width=110, sort_output=False, omit_header=False, include_lineno=False)
    lines = out.getvalue().decode().splitlines()
    drop = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Generated-By", "Report-Msgid")
    return ("\n".join(line for line in lines if not any(word in line for word in drop)) + "\n").encode()


def mo_bytes(catalog: Catalog) -> bytes:
    """The compiled catalogue; the same texts give the same bytes, whatever the day."""
    out = io.BytesIO()
    found = read_po(io.BytesIO(po_bytes(catalog)), locale=str(catalog.locale))
    found.creation_date = found.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    write_mo(out, found)
    return out.getvalue()


def several(told: object) -> tuple[str, ...]:
    """A plural's forms, or the one text there is."""
    forms = told if isinstance(told, tuple | list) else (told,)
    return tuple(form for form in forms if isinstance(form, str))


def faults(language: str, domain: str) -> list[str]:
    """What is missing, stale or wrong, a line each."""
    want, place, found = merged(language, domain, {}), path(language, domain), []
    for message in (m for m in want if m.id):
        texts, ids = several(message.string), several(message.id)
        if not all(texts) and language not in OWN:
            continue
        if not all(texts):
            found.append(f"{language}/{domain}: no translation: {key(message)!r}")
            continue
        places = {frozenset(PLACE.findall(i)) for i in ids}
        found += [
            f"{language}/{domain}: other places than in {key(message)!r}: {text!r}"
            for text in texts
            if frozenset(PLACE.findall(text)) not in places
        ]
    if not place.exists() or place.read_bytes() != po_bytes(want):
        found.append(f"{language}/{domain}: stale, run python i18n/update.py")
    elif not place.with_suffix(".mo").exists() or place.with_suffix(".mo").read_bytes() != mo_bytes(want):
        found.append(f"{language}/{domain}: compiled file is stale, run python i18n/update.py")
    return found


def lacking(language: str, domain: str) -> int:
    """How many of the code's messages the .po file has no words for."""
    told = {key(m) for m in current(language, domain) if m.id and all(several(m.string))}
    return sum(1 for m in extracted(domain) if m.id and key(m) not in told)


def main(arguments: list[str]) -> int:
    """Returns the exit code."""
    pairs = catalogues()
    if arguments != ["--check"]:
        news = json.loads(Path(arguments[1]).read_text()) if arguments[:1] == ["--merge"] else {}
        for language, domain in pairs:
            catalog = merged(language, domain, news)
            place = path(language, domain)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(po_bytes(catalog))
            place.with_suffix(".mo").write_bytes(mo_bytes(catalog))
    trouble = [fault for pair in pairs for fault in faults(*pair)]
    for language, domain in pairs:
        if language not in OWN and (count := lacking(language, domain)):
            print(f"{language}/{domain}: {count} texts are shown in English")
    print("\n".join(trouble) if trouble else "The catalogues are in step.")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
