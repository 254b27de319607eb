"""L05, L13, L14, L28, L48: where and how people sign up, keywords, and whether a reviewer can see it."""

import re
from collections.abc import Iterator

from rulebook.checks.check import Check, Hit
from rulebook.domains import host_of, is_private_host, words
from rulebook.prose import Prose, Span, masked, meaning, negated, quotations
from rulebook.reading import Reading

# A thing or a person one signs up with, and what one does there. Both must be told; an address speaks for itself.
_MEANS = re.compile(
    r"\b(?:web ?form|forms?|check-?box(?:es)?|tick-?box(?:es)?|box(?:es)?|toggles?|switch(?:es)?|button|web "
    r"?pages?|pages?|web ?sites?|web site|"
    r"site|checkout|portal|app|apps|kiosk|tablet|sign|poster|flyers?|cards?|sheet|clipboard|receptionists?|"
    r"staff|agents?|representatives?|"
    r"cashiers?|operators?|counter|desk|register|qr|keyword|script|packet|contract|screen|settings|profile|phone call|"
    r"call center|hostess?|clerk|nurse|dispatcher|coordinator|by phone|over the phone|on the phone|"
    r"teller|technicians?|number to|intake|questionnaire|signature|banner|"
    r"pop-?up|widget|"
    r"slip|ticket|square|circle|salespe(?:rson|ople)|in person|meeting|conversation|postcard|column|notebook|"
    r"questions?|"
    r"dashboard|account page|opt-in line|ivr|recording)\b"
)
_DEED = re.compile(
    r"\b(?:tick\w*|check(?:s|ed|ing)?|enter\w*|typ(?:e|es|ed|ing)|fill\w*|sign(?:s|ed|ing)?|scan\w*|text(?:s|"
    r"ing)?|tap\w*|"
    r"click\w*|press\w*|select\w*|switch\w*|toggle\w*|turn\w*|writ\w*|ask\w*|reads?|say\w*|join\w*|opt\w*|"
    r"agree\w*|answer\w*|"
    r"provid\w*|giv\w*|submit\w*|complet\w*|choos\w*|enrol\w*|regist\w*|subscrib\w*|consent\w*|mark\w*|"
    r"initial\w*|book\w*)\b"
)
_ELSEWHERE = meaning(
    "(see|refer|described|explained|provided|sent|shared|included|submitted|given|as per|uploaded|emailed) <6> "
    "(attach(ed|ment|ments)|enclosed|enclosure|ticket|case|support|earlier|previous(ly)?|separately|other "
    "(campaign|submission|registration)|"
    "last (submission|time)|prior|document|file|screenshots?|upon request|on request|e-?mail)",
    "(attached|enclosed) <4> (form|file|document|screenshot|screenshots|pdf|image|consent|picture|pictures)",
    "(available|provided|sent|shown|supplied) (up)?on request",
    "(see|cf) (ticket|attachment|attached|case)",
    "same as (before|previous|last|our other|the other)",
)
_WEB = meaning(
    (
        "(web ?site|web ?site's|web site|web ?page|web ?form|landing page|home ?page|online|app|mobile app|"
        "checkout|check-out page|portal|our site|the site|"
        "e-commerce|online store|web shop|sign-?up page|booking page|registration page|order page|account page|"
        "membership form|"
        "sign-?up form|registration form|booking form|contact form|order form|pop-?up)"
    ),
    unless=(
        "no (online|web ?site|web)",
        "not <3> (online|web ?site|web)",
        "(poster|flyer|sign(?! (up|in))|advertis(ed|ement)|promoted|announced|published|shown|printed|"
        "listed|keyword) <8> "
        "(web ?site|page|online)",
        "(web ?site|page|app) <6> (advertis(es|ed|ing)|shows the keyword|promotes|mentions)",
        "(paper|phone|verbal|in person|in-person|signature|clipboard|handwritten|pen) <12> (form|checkout|register)",
        "(form|card|sheet) <6> (paper|counter|desk|clipboard|pen|printed|signed|by hand|handwritten)",
    ),
)
_LOCKED = meaning(
    (
        "(log|logs|logged|logging) in(to)? (to|on|with|first|and|before|using|there|here|the|their|"
        "your|our|for access)|"
        "(sign|signs|signed|signing) in(to)? (to|with|first|and|before|using|their account|your account|for access)"
    ),
    "(after|upon|following|past) <2> (login|log-in|logon|log-on|sign-in|signin)",
    "(after|by|when|once|before|must|to) (log|logging|logged|signing|signed|sign) in(to)?",
    "behind (a|the|our|an|their) <3> (login|log-in|password|paywall|wall|sign-in|firewall|vpn)",
    (
        "(requires?|required|needs?|need|asks for|protected by|protected with|locked with|only with) <4> (login|"
        "log-in|password|credentials|sign-in|vpn|an account)"
    ),
    "(login|log-in|password|sign-in|vpn|credentials) <2> (required|needed|necessary|protected|only)",
    "(password|username|user name|pw|passcode) (is|for (the|reviewers?|review)|to (open|view|see))",
    "password:",
    "(with|using|enter|by) (the|this|following) (password|passcode|pin|access code)",
    (
        "(only|just) <3> (visible|accessible|available|open|shown) <4> (logged|employees|staff|members|account|"
        "customers with)"
    ),
    "(visible|accessible|available|open|shown|viewable) <2> only <5> (logged|employees|staff|members|account|signed)",
    (
        "(employees|staff|members) only|only <2> (employees|staff|members|customers|patients|residents) "
        "<3> (open|see|view|reach|access)"
    ),
    unless=(
        "(no|without|not|needs no|never|isn't|doesn't|don't) <5> (log|login|log-in|password|sign-in|account|sign in)",
        "(login|log-in|password|sign-in|account) <2> (not|never|n't) <2> (needed|required|necessary|asked)",
        "(login|sign-in|log-in) (code|codes|attempt|attempts|passcode|alert|alerts|verification|request)",
        "two-step",
        (
            "(receptionist|agent|staff|nurse|technician|front desk|reception|counter|kiosk|clipboard) <6> (log|logs|"
            "logged|sign\\w*)"
        ),
        "sign(ing|s|ed)? in <4> (desk|reception|counter|kiosk|tablet|front|lobby|clipboard)",
    ),
)
_PUBLIC = meaning(
    "(public|publicly|published?|publish|publishes)|(the|an|our) open (page|form|web|demo|site)|elsewhere",
    "(open|visible|accessible|available|readable|viewable|shown|there|up) (to|for) (everyone|"
    "everybody|anyone|anybody|all|"
    "outsiders|reviewers?|the world|others|visitors)",
    (
        "(screenshots?|pictures?|images?|mock-?up|demo|walk-?through|tour|photos?|photographs?|copy|"
        "copies|sample|preview|screen "
        "shots?|screen captures?|captures?|captured|replica|twin|mirror|mirrored|specimen|facsimile|"
        "scan|print-?out|video|"
        "recording|gif|pdf|slides?|still|rendering|likeness|duplicate|reproduction|reproduced|"
        "reproduces?|guide|example)"
    ),
    "(for|to) (the )?(outsiders|auditors?|carriers|non-members|people without|those without|inspection)",
    "(same|identical) (screen|page|form|panel|step|view|text|wording)|(whole|full) (screen|page|form|panel|step|view)",
    "(no|without|needs no|without a|without an) (login|log-in|password|account|sign-in)",
    "(anyone|anybody|everyone|everybody) (can|may) <3> (see|open|view|look|read|visit|check)",
    (
        "(can be|is|are|may be) (seen|viewed|read|looked at|inspected|shown|found|posted|displayed) (at|"
        "here|on|under|by|without)"
    ),
)
# Where the service itself is a login ("one text per log-in"), the word tells nothing of the page.
_SERVICE_LOGIN = re.compile(
    r"\b(?:per|each|every|one|new|second|during) (?:\w+ )?(?:log-?ins?|sign-?ins?)\b|"
    r"\b(?:codes?|passcodes?|two-step|2-step|second step|two-factor|verif\w+|authenticat\w+)\b"
)
_NAMED_KEYWORD = re.compile(
    r"\b(?:[Tt]ext(?:s|ing)?|TEXT|[Tt]xt|[Ss]end(?:s|ing)?|SMS|[Mm]essag(?:e|es|ing)|[Kk]eywords?|"
    r"[Rr]eply(?:ing)?|[Tt]he word|[Dd]ial(?:s)?)"
    r"(?:\W+(?:in|the|word|keyword|code|a|one|of|words|with|our|is|term)){0,4}\W+"
    r"(?:[\"'(]?(?P<capital>[A-Z0-9][A-Z0-9-]*[A-Z0-9])\b|[\"'](?P<quoted>[A-Za-z0-9][\w-]{1,30})[\"'])"
    r"(?P<rest>.{0,80})",
    re.DOTALL,
)
_TO_JOIN = re.compile(
    r"^[\"')]?\W*(?:\([^)]*\)\W*)?(?:in\W+)?(?:to|at|on|and|for)\s+(?:\(?\+?\d|us\b|this\b|our\b|the\b|that\b|"
    r"a\b|join|sign|subscribe|opt|get|receive|enrol|"
    r"start|be\b|hear|register|\[|number|short|your|toll)",
    re.IGNORECASE,
)
_GENERAL_KEYWORD = meaning(
    "(text|texts|texting|send|sends|sending|sms|reply with|using|via|by|a|the|our) <3> keyword",
    "keyword <4> (to|opt-in|sign-up|is|on|at|advertised|printed)",
    "(text|texts|texting|send|sends) <3> to (a |our |the |this )?(number|short ?code|toll-free|\\d{5,6}|[(]?\\d{3})",
    unless=(
        "(no|not|without|never) <4> keyword",
        "reply (stop|help)",
        "(we|you|will|may|code|codes|passcode) <3> (text|texts|send|sends|sent) ",
    ),
)
_NOT_OPT_IN = words(
    """
    STOP STOPALL HELP INFO END QUIT CANCEL UNSUBSCRIBE OPTOUT SMS MMS US USA YES NO OK ID QR PIN SUPPORT REVOKE URL FAQ
    """
)


_FEWEST_WORDS = 6
_DISCLOSED = re.compile(r"\brates\b|\bcharges\b|\bstop\b")


def opt_in_path(reading: Reading) -> bool:
    """Whether the text tells where and how people sign up."""
    return reading.once(_path_told)


def _path_told(reading: Reading) -> bool:
    text = reading.opt_in
    if _ELSEWHERE.said(text) and len(text.lowered.split()) < 40:
        return False
    if any(not is_private_host(address.host) for address in reading.page_addresses):
        return True
    words = len(text.lowered.split())
    told = _MEANS.search(text.lowered) and _DEED.search(text.lowered)
    return bool((words > _FEWEST_WORDS and told) or opt_in_keywords(text) or _wording_shown(text))


def _wording_shown(text: Prose) -> bool:
    """Whether the text quotes a wording and says something around it: whoever quotes tells where it is read."""
    quoted = quotations(text)
    around = len(masked(text.folded, quoted).split())
    return around > _FEWEST_WORDS and any(_DISCLOSED.search(text.lowered, *span) for span in quoted)


def opt_in_keywords(text: Prose) -> tuple[tuple[str, tuple[int, int]], ...]:
    """The keywords that people send to sign up, each with its span."""
    found = []
    for match in _NAMED_KEYWORD.finditer(text.folded):
        group = "capital" if match["capital"] else "quoted"
        word = match[group]
        if word.upper() not in _NOT_OPT_IN and not word.isdigit() and _TO_JOIN.match(match["rest"]):
            found.append((word, match.span(group)))
    return tuple(found)


def keyword_route(reading: Reading) -> bool:
    """Whether people sign up by sending a word."""
    return reading.once(_keyword_told)


def _keyword_told(reading: Reading) -> bool:
    declared = reading.submission.texts("opt_in_keywords")
    return (
        reading.submission.text("opt_in_type") == "VIA_TEXT"
        or bool(opt_in_keywords(reading.opt_in))
        or _GENERAL_KEYWORD.said(reading.opt_in)
        or any(_sent(word, reading.opt_in.folded) for word in declared)
    )


def _sent(word: str, text: str) -> bool:
    """Whether a declared keyword stands in the text the way one is told to send it."""
    return bool(
        re.search(rf"(?i:\b(?:text|send|reply|txt|sms|keyword|word)\w*)\W+(?:\w+\W+){{0,4}}?{re.escape(word)}\b", text)
    )


def _no_path(reading: Reading) -> Iterator[Hit]:
    pictured = not reading.is_campaign and bool(reading.usable_images)
    if not pictured and reading.reads_english and not opt_in_path(reading):
        yield Hit(reading.opt_in_field, "Nothing says where and how a person signs up for the messages.")


def _no_address(reading: Reading) -> Iterator[Hit]:
    if not opt_in_path(reading) or reading.page_addresses or not reading.reads_english:
        return
    span = _WEB.span(reading.opt_in)
    if span and not opt_in_keywords(reading.opt_in):
        yield Hit("message_flow", "People sign up online, but the address of that page is not given.", span)


def _private(reading: Reading) -> Iterator[Hit]:
    for address in reading.opt_in_addresses:
        if is_private_host(address.host):
            yield Hit(
                reading.opt_in_field,
                f"A reviewer cannot open {address.host}: show a public page or picture.",
                address.span,
            )
            return
    for image in reading.submission.texts("opt_in_image_urls"):
        if host_of(image) and is_private_host(host_of(image)):
            yield Hit("opt_in_image_urls", f"A reviewer cannot open {host_of(image)}: host the picture publicly.")
            return
    locked = _locked(reading)
    if locked and not _public(reading):
        yield Hit(reading.opt_in_field, "The opt-in page needs a login: give a public page or picture of it.", locked)


def _locked(reading: Reading) -> Span | None:
    """Where the page is said to need a login."""
    text = reading.opt_in
    spans = _LOCKED.spans(text)
    return next((span for span in spans if not _SERVICE_LOGIN.search(text.sentence_at(span[0]).lowered)), None)


def _public(reading: Reading) -> bool:
    """Whether somebody without a login can see the page, or a second one that shows it."""
    text = reading.opt_in
    shown = any(not negated(text.lowered, start, words=2) for start, _ in _PUBLIC.spans(text))
    return shown or len({address.text for address in reading.page_addresses}) > 1


def _keywords(reading: Reading) -> Iterator[Hit]:
    if not reading.submission.has("opt_in_keywords"):
        return
    declared = {word.upper().rstrip("!?.") for word in reading.submission.texts("opt_in_keywords")}
    missing = [(word, span) for word, span in opt_in_keywords(reading.opt_in) if word.upper() not in declared]
    if missing and (not declared or len(missing) == len(opt_in_keywords(reading.opt_in))):
        yield Hit("opt_in_keywords", f"The keyword {missing[0][0]} is advertised, but not among the opt-in keywords.")
    elif declared and reading.reads_english and not keyword_route(reading):
        yield Hit("opt_in_keywords", "Opt-in keywords are declared, but no sign-up by keyword is described.")
    elif not declared and reading.submission.text("opt_in_type") == "VIA_TEXT":
        yield Hit("opt_in_keywords", "People sign up by text, but no opt-in keyword is declared.")


CHECKS = (
    Check(
        id="L48",
        issue="no_opt_in_path",
        look=_no_path,
        codes=(30909, 30896, 30842),
        source="Twilio error page 30909; Twilio error page 30896",
    ),
    Check(
        id="L05",
        issue="no_opt_in_url",
        look=_no_address,
        codes=(30891, 30543),
        kinds=("campaign",),
        source="Twilio error page 30891",
    ),
    Check(
        id="L14",
        issue="private_evidence_link",
        look=_private,
        codes=(30921, 30476, 30509),
        source="Twilio error page 30921",
    ),
    Check(id="L13", issue="keyword_path_mismatch", look=_keywords, codes=(30917,), source="Twilio error page 30917"),
)
