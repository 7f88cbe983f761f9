"""Lets a module be imported without those that it imports in its turn and has, here, no use of.

A start of the program waits for whatever is read in. Some of that a package only names at its head, and touches in
one function that most starts never come to.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType


class _Unread(ModuleType):
    """Stands in a module where another would; what is asked of it, it asks of that one, which is read in then."""

    def __getattr__(self, name: str) -> object:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def left_unread(*names: str) -> Iterator[None]:
    """What is imported within takes stand-ins for the modules of these names that have not been read in.

    Only what is imported within ever sees them: whoever imports such a module afterwards gets the module itself.
    """
    stand_ins = {name: _Unread(name) for name in names if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, stand_in in stand_ins.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
