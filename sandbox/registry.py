"""What the tax authority has on file, kept apart from what businesses tell Twilio about themselves.

A profile is compared with this and nothing else, so a wrong tax number is wrong until somebody corrects it.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

TAX_ID_DIGITS = 9  # of an American EIN


@dataclass(frozen=True, slots=True)
class Entry:
    tax_id: str
    legal_name: str
    street: str = "410 Alder St"
    city: str = "Tacoma"
    region: str = "WA"
    postal_code: str = "98402"
    country: str = "US"
    company_type: str = "private"  # private, public, non-profit or government

    def is_named(self, name: str) -> bool:
        """As the authority compares: case and spacing do not count, everything else does."""
        return _plain(name) == _plain(self.legal_name)


class Registry:
    """One entry for each tax number, whatever dashes it is written with."""

    def __init__(self) -> None:
        self._by_digits: dict[str, Entry] = {}

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._by_digits.values())

    def enter(self, entry: Entry) -> None:
        self._by_digits[digits(entry.tax_id)] = entry

    def of(self, tax_id: str) -> Entry | None:
        return self._by_digits.get(digits(tax_id))


def digits(tax_id: str) -> str:
    return re.sub(r"\D", "", tax_id)


def invented_tax_id(name: str) -> str:
    """Always the same for a name, and of the form of a real one."""
    return written(int(hashlib.sha256(name.encode()).hexdigest(), 16))


def written(number: int) -> str:
    return f"91-{number % 10_000_000:07d}"


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
