"""The secret keys of an installation: made once, readable by their owner only."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from launch.places import write_private


@dataclass(frozen=True)
class Keys:
    """Named as in the environment: Django's own key, and those that encrypt Twilio's credentials in the database."""

    SECRET_KEY: str
    REDRESS_SECRET_KEYS: str

    def settings(self) -> dict[str, str]:
        return asdict(self)


def make() -> Keys:
    fernet = base64.urlsafe_b64encode(secrets.token_bytes(32))  # what Fernet.generate_key() does
    return Keys(SECRET_KEY=secrets.token_urlsafe(50), REDRESS_SECRET_KEYS=fernet.decode())


def of_installation(file: Path) -> Keys:
    """Read, or made at the first start. Losing them makes the stored credentials unreadable: backups hold them."""
    if not file.exists():
        write(file, make())
    return read(file)


def read(file: Path) -> Keys:
    return Keys(**json.loads(file.read_text()))


def write(file: Path, keys: Keys) -> None:
    """Raises FileExistsError rather than overwrite keys."""
    write_private(file, json.dumps(asdict(keys), indent=2))
