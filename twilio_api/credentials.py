from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Credentials:
    """What Twilio asks for: an account, and its auth token or an API key with its secret. Never shows the secret."""

    account_sid: str
    secret: str = field(repr=False)
    key_sid: str = ""

    @property
    def username(self) -> str:
        return self.key_sid or self.account_sid
