"""L28, L39, L40: the three automatic replies and what each must say."""

from collections.abc import Iterator

from rulebook.checks.check import Check, Hit
from rulebook.checks.meanings import contact, frequency, help_or_contact, kind_of_messages, opt_out, rates
from rulebook.checks.routes import keyword_route
from rulebook.languages import is_english
from rulebook.prose import Prose, meaning, prose
from rulebook.reading import Reading

_LEFT = meaning(
    (
        "(unsubscribed|opted[- ]out|opt-out|opt out|removed|stopped|cancell?ed|ended|unenrolled|deactivated|off "
        "(the|our) <3> list|taken off|left|out)"
    ),
    "(no|not|won't|never) <4> (more|further|longer|any|again|additional)",
)
_NO_MORE = meaning(
    (
        "(no|won't|not|never|without|nothing|neither|cannot|don't|stop|cease) <6> (more|further|any|additional|"
        "again|longer|another|other|else|anymore|receive|get|send|text|hear|future)"
    ),
    "(last|final) <3> (text|message|sms|msg|one)",
    "(stop|stopped|cease|ceased) <3> (texting|sending|messaging|all|texts|messages)",
    (
        "(texts|messages|alerts|notices|reminders|notifications) <3> (stopped|ended|cancelled|canceled|over|have "
        "stopped|are off|will stop|end here|turned off)"
    ),
    "no (texts|messages|alerts|sms|msgs|notices|reminders)",
)


def _opt_in(reading: Reading) -> Iterator[Hit]:
    field = "opt_in_message" if reading.is_campaign else "opt_in_confirmation_message"
    if not reading.submission.has(field):
        return
    reply = reading.prose(field)
    if reply.blank:
        if keyword_route(reading):
            yield Hit(
                field,
                "People sign up by keyword, but the reply that confirms it is missing.",
                None,
                confirmation(reading),
            )
    elif is_english(reply.folded) and (absent := _absent(reply, reading)):
        yield Hit(field, f"The opt-in reply lacks {_listed(absent)}.", suggestion=confirmation(reading))


def _absent(reply: Prose, reading: Reading) -> list[str]:
    parts = {
        "the brand's name": not reading.brand.tokens or reading.brand.stands_in(reply.folded),
        "the kind of messages": kind_of_messages(reply, reading.brand, reply=True) is not None,
        "how often messages come": frequency(reply),
        "message and data rates": rates(reply),
        "STOP": opt_out(reply),
        "HELP": help_or_contact(reply),
    }
    return [part for part, said in parts.items() if not said]


def confirmation(reading: Reading) -> str:
    """A complete opt-in reply for the brand."""
    return (
        f"{reading.brand_name}: you are signed up for recurring [kind of messages]. Message frequency varies. "
        "Message and data rates may apply. Reply HELP for help, STOP to opt out."
    )


def _opt_out(reading: Reading) -> Iterator[Hit]:
    reply = reading.prose("opt_out_message")
    told = prose("\n".join(one.lowered for one in reply.sentences if not one.lowered.rstrip().endswith("?")))
    if not reply.blank and is_english(reply.folded) and not (_LEFT.said(told) and _NO_MORE.said(told)):
        suggestion = f"{reading.brand_name}: you are unsubscribed and will receive no more messages."
        yield Hit(
            "opt_out_message", "The opt-out reply must confirm it and say that no more messages come.", None, suggestion
        )


def _help(reading: Reading) -> Iterator[Hit]:
    field = "help_message" if reading.is_campaign else "help_message_sample"
    reply = reading.prose(field)
    absent = [
        part
        for part, said in (
            ("the brand's name", not reading.brand.tokens or reading.brand.stands_in(reply.folded)),
            ("a phone, e-mail or web address", contact(reply)),
        )
        if not said
    ]
    if not reply.blank and absent:
        suggestion = f"{reading.brand_name}: for help write to [support address]. Reply STOP to opt out."
        yield Hit(field, f"The HELP reply lacks {_listed(absent)}.", suggestion=suggestion)


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


CHECKS = (
    Check(
        id="L28",
        issue="optin_reply_incomplete",
        look=_opt_in,
        codes=(30924, 30828, 30540),
        source="Twilio error page 30924",
    ),
    Check(
        id="L39",
        issue="optout_reply_incomplete",
        look=_opt_out,
        codes=(30887,),
        kinds=("campaign",),
        source="Twilio error page 30887",
    ),
    Check(id="L40", issue="help_reply_incomplete", look=_help, codes=(30890, 30936), source="Twilio error page 30890"),
)
