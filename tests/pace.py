"""Time that passes for the limits of Twilio accounts, without anybody waiting for it."""

from sync.limits import PREFIX, connection


def pauses_are_over() -> None:
    """Whatever pause Twilio asked for is over, and every account may be asked at its full rate."""
    if keys := list(connection().scan_iter(f"{PREFIX}*")):
        connection().delete(*keys)
