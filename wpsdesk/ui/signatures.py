"""Leaves what Qt's binding tells of its own functions unread until somebody asks for it.

With its first import the binding unpacks and compiles a dozen modules of Python, and imports half of the standard
library for them: a third of what a bare Qt window needs until it stands. They word its TypeErrors and its help and do
nothing else, so a program without a fault has no use of them. They are read in when the binding first asks one of
them for anything; what it asks for that is not known here is answered by them as well.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache, partial
from types import ModuleType
from typing import Final

_BOOTSTRAP: Final = "signature_bootstrap"
_MAPPING: Final = "shibokensupport.signature.mapping"
_READY: Final = (
    "pyside_type_init", "create_signature", "seterror_argument", "make_helptext", "feature_import", "feature_imported",
)  # fmt: skip
"""What the binding fetches when it is imported, and calls when it has need of it."""


def leave_unread() -> None:
    """Stand in for them; nothing where the binding has been imported already."""
    if "shiboken6" not in sys.modules:
        sys.modules[_BOOTSTRAP] = _Bootstrap(_BOOTSTRAP)


class _Bootstrap(ModuleType):
    """Where the binding runs the beginning of its own; a property goes before the function of that name there."""

    @property
    def bootstrap(self) -> Callable[[], ModuleType]:
        return _stand_in


@cache
def _read() -> ModuleType:
    """The modules themselves: the one that knows them all."""
    found: ModuleType = vars(sys.modules[_BOOTSTRAP])["bootstrap"]()
    return found


def _ask(name: str, *given: object, **named: object) -> object:
    return getattr(_read(), name)(*given, **named)


class _StandIn(ModuleType):
    """Knows what there is to ask for, and asks."""

    def __getattr__(self, name: str) -> object:
        return partial(_ask, name) if name in _READY else getattr(_read(), name)

    def finish_import(self, _module: ModuleType) -> None:
        """A module of the binding has been imported: there is nothing to finish in any."""

    def post_init(self) -> None:
        """All stands ready: here the binding would put its own way of importing in Python's place."""


class _Mapping(ModuleType):
    """Where the binding finds by its name what it is about to complain of; it looks into the dict, without asking."""

    def update_mapping(self) -> None:
        """See to it that all stands in the dict that may be looked up."""
        _read()
        real = sys.modules[_MAPPING]
        vars(real)["update_mapping"]()
        vars(self).update({name: value for name, value in vars(real).items() if name != "update_mapping"})


@cache  # the binding keeps no hold of what it was given
def _stand_in() -> ModuleType:
    mapping = _Mapping(_MAPPING)
    vars(mapping)["update_mapping"] = mapping.update_mapping
    sys.modules[_MAPPING] = mapping
    found = _StandIn("loader")
    vars(found)["mapping"] = mapping
    return found
