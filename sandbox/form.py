"""Form parameters: Twilio's PascalCase names, the payload fields they fill, and how they are read."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.call import Form
from sandbox.errors import INVALID_PARAMETER, MISSING_PARAMETER, Refused

_BOOLEANS = {"true": True, "false": False}


def text(name: str, values: list[str]) -> str:
    return values[-1]


def texts(name: str, values: list[str]) -> list[str]:
    """An array repeats its key."""
    return list(values)


def boolean(name: str, values: list[str]) -> bool:
    try:
        return _BOOLEANS[values[-1].lower()]
    except KeyError:
        raise Refused(INVALID_PARAMETER, name=name, value=values[-1]) from None


def one_of(*words: str) -> Callable[[str, list[str]], str]:
    def read(name: str, values: list[str]) -> str:
        if values[-1] not in words:
            raise Refused(INVALID_PARAMETER, name=name, value=values[-1])
        return values[-1]

    return read


def some_of(*words: str) -> Callable[[str, list[str]], list[str]]:
    def read(name: str, values: list[str]) -> list[str]:
        return [one_of(*words)(name, [value]) for value in values]

    return read


def json_object(name: str, values: list[str]) -> dict[str, Any]:
    """Attributes of TrustHub are an object written as JSON."""
    try:
        read = json.loads(values[-1])
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise Refused(INVALID_PARAMETER, name=name, value=values[-1])
    return read


def filled(name: str, values: list[str]) -> str:
    """A text that may not be emptied."""
    if not values[-1].strip():
        raise Refused(INVALID_PARAMETER, name=name, value=values[-1])
    return values[-1]


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    field: str
    read: Callable[[str, list[str]], Any] = text
    required: bool = False


def read_form(form: Form, parameters: Iterable[Parameter]) -> dict[str, Any]:
    """The payload fields that were sent. Names that are no parameter of the call are ignored, as Twilio does."""
    fields = {}
    for parameter in parameters:
        if parameter.name in form:
            fields[parameter.field] = parameter.read(parameter.name, form[parameter.name])
        elif parameter.required:
            raise Refused(MISSING_PARAMETER, name=parameter.name)
    return fields
