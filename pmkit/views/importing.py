"""A part of a library that takes long to import, and that nobody here asks for, is put off.

Altair asks jsonschema, and jsonschema builds a grammar of international addresses when it is
imported, two thirds of what importing Altair takes. No chart is checked against it. Whoever does
check such an address in the same kernel still can: the grammar is built then.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any


def put_off(name: str, function: str) -> None:
    """Let ``from name import function`` cost nothing until the function is called.

    Parameters
    ----------
    name
        Of a module; one that is imported already, or is not there, is left as it is.
    function
        The only thing that may be imported from it before.

    Examples
    --------
    >>> put_off("nowhere_to_be_found", "nothing")
    >>> "nowhere_to_be_found" in sys.modules
    False
    """
    if name in sys.modules or find_spec(name) is None:
        return
    stand_in = ModuleType(name, f"Stands in for {name} until it is asked for.")

    def real() -> ModuleType:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
        return import_module(name)

    def when_called(*arguments: Any, **named: Any) -> Any:
        return getattr(real(), function)(*arguments, **named)

    def missing(attribute: str) -> Any:
        if attribute.startswith("__"):  # what the import system itself looks at
            raise AttributeError(attribute)
        return getattr(real(), attribute)

    vars(stand_in).update({function: when_called, "__getattr__": missing})
    sys.modules[name] = stand_in
