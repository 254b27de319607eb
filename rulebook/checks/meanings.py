"""What consent wordings and replies say, in whatever words: the four disclosures, HELP, and the kind of messages."""

import re
from functools import lru_cache

from rulebook.checks.named_kinds import named_kind, stated_kind
from rulebook.checks.quantities import quantity
from rulebook.domains import addresses, mailboxes
from rulebook.names import Name
from rulebook.prose import Prose, Span, meaning, part, quotations

_COST = "(rates?|charges?|charged|charging|fees?|costs?|costing|prices?|priced|pricing|tariffs?|billed|bills?)"
_CARRIER = (
    "(carrier|carrier's|carriers|provider|provider's|operator|operator's|wireless|airtime|network|network's|telecom|"
    "(phone|telephone|mobile|cell|cellular|cellphone) (company|company's|plan|plan's|contract|service|bill|provider|"
    "network|carrier|account)|(data|text|texting|messaging|calling|your|your own|their|my|own) (plan|plan's|allowance|"
    "bundle|tariff))"
)
_MESSAGES = "(msgs?|messages?|messaging|data|dta|sms|mms|texts?|txts?|texting|std|standard)"
# | Counts | Does not |
# | carrier, network or phone plan beside any word of cost: may charge, bills, counts them, fees apply | "a fee" alone |
# | message, text or data beside rates, charges, fees, costs | "Delivery charges", "rates for membership" |
# | texts that could cost, be charged, not be free | "texts about your bill" |
RATES = meaning(
    f"{_MESSAGES} <6> (rate|charge|fee|cost|tariff|price)s?",
    "(mobile|usage|plan|phone) <3> (rate|charge|fee|cost|tariff)s?",
    (
        "(charged|billed|charge|bill|charges|bills|cost|costs|fees|rates|pay|pays|price|prices) <8> "
        f"({_MESSAGES}|{_CARRIER})"
    ),
    f"{_CARRIER} <10> ({_COST}|pay|pays|paid|free|apply|applies|counts?|deducts?|decides?|covers?)",
    f"({_COST}|pay|pays|paid|free|apply|applies|counts?|counted) <10> {_CARRIER}",
    f"({_MESSAGES}|they|it|this|these|them|each) <4> (may|might|can|could|will|would) <2> (cost|be "
    "charged|be billed|not be free|incur|"
    "carry|count|use up|eat into)",
    (
        "(depend|depends|depending|according|as|whatever|what|unless|if) <6> (phone|data|text|mobile|cell|"
        "calling) (plan|contract|allowance)"
    ),
)
# Said in the wording, these need no word of whose rates they are.
BARE_RATES = meaning(
    "(rate|charge|fee|cost)s? <5> (may|might|can|could|will|do)? ?(apply|applies|occur|be incurred|be charged)",
    "(usual|normal|standard|std|regular|ordinary|everyday) <4> (rates?|charges|fees|costs|prices?|tariffs?|pricing)",
)
# The word must be named; what stands before it is free ("STOP = end", "to leave: STOP", "text the word stop").
_STOP_VERB = (
    "(reply|replying|text|texting|txt|send|sending|answer|answering|respond|responding|type|typing|write|say|word|"
    "keyword|message|enter|use|sms)"
)
_STOP_WORD = "(stop|stopall|end|quit|cancel|unsubscribe|optout|opt-out|halt|remove|leave|arret|revoke|out|off)"
OPT_OUT = meaning(
    (
        f"{_STOP_VERB} <3> {_STOP_WORD} <3> (to|and|if|any|anytime|at any time|whenever|for|in order|=|will|ends|"
        f"stops|cancels|when|or)"
    ),
    f"{_STOP_VERB} <3> stop(all)?",
    f"(to|want|wish) <3> (stop|end|quit|cancel|unsubscribe|opt out|opt-out|leave) <6> {_STOP_VERB} <3> {_STOP_WORD}",
    f"{_STOP_VERB} (back )?(with )?(the word )?['\"]?{_STOP_WORD}['\"]",
    "(stop|unsubscribe|cancel|quit) to (stop|end|quit|cancel|unsubscribe|opt out|opt-out|leave|get off|exit)",
    "(stop|unsubscribe) (=|ends|cancels|unsubscribes|opts you out|stops)",
)
_CAPITAL_STOP = re.compile(r"(?<![\w-])(?:STOP|STOPALL|UNSUBSCRIBE|QUIT|OPTOUT|OPT-OUT|ARRET)(?![\w-])")
_NAMED_STOP = re.compile(
    r"(?i:\b(?:reply|text|txt|send|answer|respond|type|word|to (?:end|stop|leave|quit|cancel|opt "
    r"out)))\W+(?:\w+\W+){0,2}?(?:END|CANCEL|REMOVE|LEAVE|OUT|OFF|HALT|REVOKE|EXIT|BYE|NO)\b"
)
HELP = meaning(
    (
        "(reply|text|txt|send|answer|respond|type|write|word|keyword|message|or|use|sms|replying|texting) <3> "
        "(help|info|support|assist) "
        "(for|to|if|or|and|when|at|with|anytime)"
    ),
    "(reply|text|txt|send|type|write|word) <3> (help|info)",
    "help for (help|info|information|support|assistance|more|details|customer)",
    (
        "(questions?|help|support|assistance|assist|trouble|problems?|concerns|inquiries|more information|more "
        "info|customer (care|service)) "
        "<8> (call|e-?mail|visit|contact|write|phone|ring|reach|see|ask|go to|at|text|chat|dial|tel)"
    ),
    (
        "(call|e-?mail|contact|reach|phone|ask|write to|write|ring) <8> (questions?|help|support|assistance|"
        "problems?|customer (care|service))"
    ),
    "(contact|call|reach|e-?mail|phone|write to|ask) (us|our|the (office|front desk|shop|store|clinic|district|team))",
    "(ask|questions?) <3> (at|to) (any|the|our) <2> (desk|counter|office|staff|team)",
    "(support|help ?desk|helpline|customer (care|service)|contact|help) (page|line|phone|number|desk|is|at|via|by)",
)
_CAPITAL_HELP = re.compile(r"(?<![\w-])(?:HELP|INFO|SUPPORT|AIDE)(?![\w-])")
_FOR_HELP = r"(?:help|support|questions?|assistance|customer (?:care|service)|contact|problems?)"
_CONTACT_BESIDE = re.compile(
    (
        rf"\b{_FOR_HELP}\b[^.!?\n]{{0,25}}(?:\d{{3}}[ .-]\d{{4}}|https?://)|(?:\d{{3}}[ .-]\d{{4}}|"
        rf"https?://\S{{1,80}}) (?:for|with|if you have) (?:any )?{_FOR_HELP}"
    ),
    re.I,
)
PHONE = re.compile(
    r"(?<![\w$#.-])(?:\+?1[ .-]?)?(?:\([2-9]\d\d\)[ .-]?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]?\d{4}(?![\w-])"
    r"|(?<![\w$#.-])\+1[2-9]\d{9}(?!\w)"
    r"|(?<![\w$#.-])(?:\+?1[ .-]?)?\(?8(?:00|33|44|55|66|77|88)\)?[ .-]?(?:[A-Z0-9]-?){3,10}[A-Z0-9](?![\w-])"
)

# Nouns that say by themselves what a message is.
_KINDS = (
    "reminders?|nudges?|pings|alerts?|notifications?|notices|promos?|promotions?|promotional|marketing|advertising|"
    "advertisements?|ads|offers|deals|specials|"
    "discounts?|coupons?|newsletters?|recurring|passcodes?|otps?|receipts?|surveys?|invitations?|invoices?|"
    "tips|sales|savings|"
    "giveaways?|sweepstakes|flash sale|warnings?|announcements?|confirmations|news|polls?|bulletins?|"
    "bonus(es)?|listings|"
    "follow-ups|vouchers|advisories|digests?|devotionals?|verses|forecasts|headlines|scores|jobs"
)
_TOPICS = (
    "appointments?|orders?|delivery|deliveries|shipping|shipments?|shipment|account|billing|payments?|"
    "bookings?|reservations?|visits?|"
    "class|classes|lessons?|event|events|outages?|closures?|weather|emergency|safety|security|fraud|service|"
    "maintenance|"
    "schedule|scheduling|status|progress|tracking|pick-?up|prescriptions?|refills?|membership|loyalty|rewards?|club|"
    "project|repairs?|claims?|policy|application|enrol?lment|course|exam|school|bus|trip|travel|flight|ride|"
    "game|match|practice|"
    "tour|ticket|queue|waitlist|table|results?|rental|lease|rent|property|home|job|shift|work|hiring|interview|"
    "donation|"
    "fundraising|volunteer|campaign|voting|election|product|sale|stock|menu|vip|member|fan|login|sign-in|verification|"
    "authentication|price|market|trade|deposit|balance|bill|usage|trouble|ticketing|case|matter|care|health|wellness|"
    "vaccine|recall|document|tax|meeting|prayer|worship|church|rainout|field|swim|snow|traffic|transit|parking|garbage|"
    "collection|water|power|internet|network|device|warranty|vehicle|car|pet|foster|adoption|room|stay|guest|"
    "check-in|checkout|"
    "restock|back-in-stock|cart|birthday|seasonal|holiday|dining|drink|food|catering|"
    "fitness|training|coaching|treatment|"
    "therapy|lab|test|dental|medical|clinic|garden|harvest|farm|csa|pickup|load|route|driver|dispatch|freight|"
    "cargo|crew"
)
KIND = meaning(
    rf"({_KINDS})(?! (policy|text or|page))",
    (
        rf"({_TOPICS}|\w+-day)[-\s](text|txt|sms|message|msg|update|info|information|communication|related|notice|"
        rf"code|email|e-mail|call)s?"
    ),
    rf"({_TOPICS}) (and|or|&|,) <3> (text|txt|sms|message|msg|update|notice)s?",
    rf"({_TOPICS})[- ]related",
    (
        r"(texts?|txts?|messages?|msgs?|sms|contacts?|updates?|notif(y|ies)|tells?|write|writes|informs?|reach|word|"
        r"info|information|communications?) "
        r"((me|you|us|them|to me|to you|messages?|my phone|my mobile|this number|by text|via text|via sms|by sms|"
        r"from \w+) ){0,2}?"
        r"(about|regarding|concerning|on|related to|relating to|when|once|if|as soon as|for|with|before|after|"
        r"whenever|with respect to) "
        r"(?!\d|(one|two|three|four|five|six|ten|a few)\b|"
        r"(the|my|our|your|this|these|any|each|purposes?|a|an)? ?(consent|opt|stop|help|"
        r"mobile|cell|cellphone|phone|number|"
        r"terms|privacy|services?|products?|"
        r"things|more|support|assistance|info|information|details|questions|you|me|them|us|us at|any|time|which|box|"
        r"form|page|website|our|company|behalf|"
        r"agree|reply|text|i|they|he|she|website|site|following|above|below|address|provided|number|and|or|to)\b)\w+"
    ),
    (
        r"(texts?|txts?|messages?|msgs?|sms) from <6> (about|regarding|concerning|related to|relating to|when|"
        r"whenever) "
        r"(?!(my |your |their |the |our |its |this )?(services?|products?|things|company|business|offerings|consent|"
        r"terms|brand)\b)\w+"
    ),
    (
        "(text|texts|texted) <3> (when|whenever|if|once|as soon as|before|after) (i|we|they|he|she|it|"
        "you|someone|the|my|our|"
        "your|a|an) (?!agree|consent|tick|check|opt|reply|want|need|wish|like|have|stop|sign|join|can|"
        "accept|give|say|choose|"
        "mark|company|business)\\w+"
    ),
    "(text|texts) <2> (during|throughout|while) (your|my|the|their|our|this) \\w+",
    "(text|texts|texted|send|sends|sent|messages?) <4> ((pass)?codes?|tokens?|pins)",
    (
        r"(text|texting|send|sends) \w+ to <5> for (?!(help|info|information|more|details|assistance|support|questions|"
        r"any|us|a|the|your|"
        r"free|no|cost|each)\b)\w+"
    ),
    "(remind|notify|alert|warn) (me|you|us|them|members|customers|patients|parents|of|when|about)",
    (
        "(one[- ]time|verification|login|log-in|sign-in|security|access|confirmation|authentication|2fa|mfa|"
        "two-factor) <2> (pass)?(code|pin|password|token|key)s?"
    ),
    (
        r"(?!(text|sms|get|receive|important|our|message|mobile|regular|the|and|of|send|any|with|for|us|me|you|by|"
        r"to|further|future|these|such|or|all) )\w+ updates"
    ),
    "(know|hear|learn|find out|told) (when|about|if)",
    "to (confirm|schedule|reschedule|coordinate|track) (my|your|the|our|an?)",
    unless=("privacy notice",),
)


@lru_cache(maxsize=256)
def rates(text: Prose) -> bool:
    """A statement that message and data rates or charges (may) apply."""
    return RATES.said(text) or any(BARE_RATES.said(one) for one in _wordings(text))


def _wordings(text: Prose) -> tuple[Prose, ...]:
    """What is quoted at some length; the text itself where nothing is."""
    return tuple(part(text, span) for span in quotations(text) if span[1] - span[0] > 40) or (text,)


@lru_cache(maxsize=256)
def frequency(text: Prose) -> bool:
    """A statement how often or how many messages come."""
    return quantity(text)


@lru_cache(maxsize=256)
def opt_out(text: Prose) -> bool:
    """An instruction how to stop by a reply, with the word to send."""
    return bool(_CAPITAL_STOP.search(text.folded) or _NAMED_STOP.search(text.folded)) or OPT_OUT.said(text)


@lru_cache(maxsize=256)
def help_or_contact(text: Prose) -> bool:
    """A HELP keyword, or a phone, mailbox or page for questions."""
    return (
        bool(_CAPITAL_HELP.search(text.folded) or _CONTACT_BESIDE.search(text.folded))
        or any(mailboxes(text.folded))
        or HELP.said(text)
    )


def contact(text: Prose) -> bool:
    """A phone number, mailbox or web address."""
    return bool(PHONE.search(text.folded) or any(mailboxes(text.folded)) or addresses(text.folded))


def kind_of_messages(text: Prose, brand: Name, *, reply: bool = False) -> Span | None:
    """Where the text says what kind of messages will come; the brand's own name says nothing.

    A reply says it with all its words, any other text with those it quotes.
    """
    listed = (span for span in KIND.spans(text) if not _is_brand(text.lowered[slice(*span)], brand))
    return (
        next(listed, None)
        or named_kind(text, brand)
        or stated_kind(text, ((0, len(text.folded)),) if reply else quotations(text), brand)
    )


def _is_brand(words: str, brand: Name) -> bool:
    return bool(brand.tokens) and set(re.findall(r"\w+", words)) <= set(brand.tokens)
