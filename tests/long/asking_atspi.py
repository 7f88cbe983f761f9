"""Walks a running WPS Desk from outside, over the accessibility bus, page by page; run by the system's own Python.

Prints one JSON object: what was found on each page, and every node that a screen reader would be left alone with.
Not imported by the tests: it needs gi, which comes with the system.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # type: ignore[import-not-found]  # noqa: E402

PATIENCE = 90
OPERATED = {"push button", "check box", "radio button", "toggle button", "menu item", "link"}
VALUED = {"spin button", "progress bar", "slider"}
WRITTEN = {"text", "entry", "password text"}


def children(node: Any) -> Iterator[Any]:
    for place in range(node.get_child_count()):
        child = node.get_child_at_index(place)
        if child is not None:
            yield child


def walk(node: Any, depth: int = 0) -> Iterator[Any]:
    yield node
    if depth < 40:
        for child in children(node):
            yield from walk(child, depth + 1)


def program() -> Any:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for one in children(Atspi.get_desktop(0)):
            if "WPS Desk" in (one.get_name() or "") and one.get_child_count():
                return one
        time.sleep(0.2)
    return sys.exit("the program never came on the bus")


def one(root: Any, role: str, name: str) -> Any:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for node in walk(root):
            if node.get_role_name() == role and (node.get_name() or "").startswith(name):
                return node
        time.sleep(0.2)
    return sys.exit(f"no {role} {name!r}")


def has(node: Any, state: Any) -> bool:
    return bool(node.get_state_set().contains(state))


def actions(node: Any) -> int:
    return 0 if node.get_action_iface() is None else int(Atspi.Action.get_n_actions(node))


def looked_at(node: Any, found: dict[str, Any]) -> None:
    """Count what the node tells; note what it leaves out."""
    role, name = node.get_role_name(), (node.get_name() or "").strip()
    found["roles"][role] = found["roles"].get(role, 0) + 1
    about = f"{role} {name[:60]!r}"
    if not has(node, Atspi.StateType.FOCUSABLE):
        return
    box = Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN) if node.get_component_iface() is not None else None
    checks = {
        "named": bool(name),
        "placed": box is not None and box.width > 0 and box.height > 0,
        "operated": role not in OPERATED
        or (node.get_action_iface() is not None and Atspi.Action.get_n_actions(node) > 0),
        "valued": role not in VALUED or node.get_value_iface() is not None,
        "read": role not in WRITTEN or node.get_text_iface() is not None,
    }
    if role in ("table", "tree table"):
        checks["columns named"] = node.get_table_iface() is not None and all(
            Atspi.Table.get_column_description(node, n) or Atspi.Table.get_column_header(node, n) is not None
            for n in range(Atspi.Table.get_n_columns(node))
        )
    found["controls"] += 1
    found["short of"] += [f"{about}: {what}" for what, holds in checks.items() if not holds]


def page(root: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"roles": {}, "controls": 0, "short of": []}
    root.clear_cache()  # nobody here listens to what changes
    for node in walk(root):
        if has(node, Atspi.StateType.SHOWING):
            looked_at(node, found)
    return found


def main() -> None:
    """Open the desk with the passphrase given, and look at every page whose word is in the rail."""
    Atspi.init()
    Atspi.set_timeout(60_000, 60_000)  # a page that is built is answered for when it stands
    root = program()
    told: dict[str, Any] = {}
    told["unlock"] = page(root)
    told["unlock"]["language"] = root.get_object_locale()
    Atspi.EditableText.set_text_contents(one(root, "password text", "Passphrase"), sys.argv[1])
    Atspi.Action.do_action(one(root, "push button", "Open the desk"), 0)
    one(root, "push button", "Lock")
    for word in sys.argv[2:]:
        node = one(root, "radio button", word)
        Atspi.Action.do_action(node, 0)
        time.sleep(0.5)
        told[word] = page(root)
        can = next((n for n in walk(root) if n.get_role_name() in WRITTEN and has(n, Atspi.StateType.SHOWING)), None)
        told[word]["focus moved"] = can is None or bool(Atspi.Component.grab_focus(can))
    sys.stdout.write(json.dumps(told) + "\n")


main()
