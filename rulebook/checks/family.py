"""What a family of forbidden content is: what gives it away, and what only looks like it."""

from dataclasses import dataclass

from rulebook.prose import Meaning

NOT_OFFERED = (
    "(not|no|never|n't|without|nor|neither|nothing|prohibits?|prohibited|prevent|prevents|prevention|avoid|"
    "against|ban|banned|free of|free from|quit|quitting|stop|cessation|recovery|recovering|addiction|rehab|"
    "awareness|"
    "beware|warn|warns|warning|instead of|scams?|education about|dangers? of|risks? of|overcome|treatment for|"
    "treating|problem gambling|museum|exhibit|history of|former|victims?)"
)


@dataclass(frozen=True, slots=True)
class Family:
    """One family: its name in findings, the codes it meets, and how texts give it away."""

    name: str
    said_as: str
    codes: tuple[int, ...]
    signs: Meaning
