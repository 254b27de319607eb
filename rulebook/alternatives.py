"""What is left where Twilio takes no edit of a toll-free verification: rows, each with its source and date.

Another channel is offered only to families that Twilio's article names, or that are lawful trades barred by the
carriers; never where the sender, the consent or the substance itself is the fault.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from rulebook.catalogue.sources import SEEN, TOLLFREE_ARTICLE
from rulebook.explain import Advice
from rulebook.rejections import Category


class Way(StrEnum):
    APPEAL = "appeal"
    RENEWAL = "renewal"
    EMAIL = "email"
    VOICE = "voice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One way that is left: when it applies, and what it takes."""

    way: Way
    title: str
    says: str
    conditions: tuple[str, ...] = ()
    source: str = TOLLFREE_ARTICLE
    seen: date = SEEN


APPEAL = Alternative(
    way=Way.APPEAL,
    title="The rejection is wrong: appeal",
    says="Twilio Support takes an appeal by ticket or mail, with the subject line that Twilio gives and the original "
    "ticket number.",
)
RENEWAL = Alternative(
    way=Way.RENEWAL,
    title="The program really changes: a new verification",
    says="Once what was refused is no part of the program any more, the number can be verified anew.",
    conditions=(
        "The same program in other words is rejected again.",
        "No document promises that a new one is judged otherwise.",
    ),
)
RENEWAL_AFTER_EXPIRY = Alternative(
    way=Way.RENEWAL,
    title="Nothing final was said: a new verification",
    says="The reasons could be corrected, but this verification takes no edit any more. Twilio then wants a new one, "
    "with the reasons below corrected.",
)
EMAIL_FOR_CANNABIS = Alternative(
    way=Way.EMAIL,
    title="Another channel: e-mail",
    says="Messages about cannabis or CBD may go by e-mail (Twilio SendGrid).",
    conditions=("Proper age gating is in place.", "Recipients are where the substance is legal."),
)
EMAIL_UNNAMED = Alternative(
    way=Way.EMAIL,
    title="Perhaps another channel: e-mail",
    says="Twilio’s article calls e-mail (Twilio SendGrid) an option for many of the refused families, without naming "
    "this one.",
    conditions=("Ask Twilio before you build on it.", "Twilio’s Acceptable Use Policy holds for e-mail too."),
)
VOICE = Alternative(
    way=Way.VOICE,
    title="Another channel: phone calls",
    says="Twilio Programmable Voice is not subject to the carriers’ restrictions on text messages.",
    conditions=("Twilio’s Acceptable Use Policy and the law on calls hold all the same.",),
)
VOICE_UNNAMED = replace(
    VOICE,
    title="Perhaps another channel: phone calls",
    conditions=("Ask Twilio before you build on it.", *VOICE.conditions),
)

# Cannabis and CBD: the one family for which the article names e-mail.
NAMED = frozenset({30459, 30860, 30940})
# Firearms, tobacco and vape, loan marketing, gambling, sweepstakes, stock alerts, cryptocurrency: lawful trades that
# the carriers bar. All others, among them spam, phishing, fraud, deception, hate, resold consent and federally illegal
# substances, are refused for what no channel changes.
UNNAMED = frozenset({30457, 30458, 30878, 30443, 30461, 30462, 30463, 30464, 30867})


def alternatives(kind: str, found: Sequence[Advice]) -> tuple[Alternative, ...]:
    """What is left for these reasons of a verification that takes no edit; nothing for other kinds."""
    if kind != "tollfree":
        return ()
    final = [advice for advice in found if advice.resubmittable is False]
    if not final:
        return (RENEWAL_AFTER_EXPIRY, APPEAL)
    is_abuse = any(advice.category == Category.ABUSE for advice in final)
    return (APPEAL, *(() if is_abuse else (RENEWAL,)), *_channels({advice.code for advice in final}))


def _channels(codes: set[int | None]) -> Iterator[Alternative]:
    """Every final reason has to allow it: one that does not decides for all."""
    if not codes <= NAMED | UNNAMED:
        return
    yield from (EMAIL_FOR_CANNABIS, VOICE) if codes <= NAMED else (EMAIL_UNNAMED, VOICE_UNNAMED)
