"""Addresses that carry a secret are not logged whole."""

import logging
import re

# The part behind the account is one of the two locks of the address that Twilio sends events to.
SECRET_PART = re.compile(r"(/hooks/twilio/[^/\s]+/)[^\s\"']+")


class WithoutSecrets(logging.Filter):
    """Takes the secrets out of a record, whoever wrote it: structlog's fields and plain words alike."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, dict):
            record.msg = {key: _hidden(value) for key, value in record.msg.items()}
        else:
            record.msg = _hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_hidden(value) for value in record.args)
        return True


def _hidden(value: object) -> object:
    return SECRET_PART.sub(r"\1…", value) if isinstance(value, str) else value
