"""How often or how many: loose evidence, but of messages.

| Counts | Does not |
|---|---|
| a number, in digits or words, "3ish", "a few" | prices, ages, phone numbers, times, "Line 6", "30 minutes" |
| "once a week", "twice", "a single text" | "once you join", "one-time", "single sign-on" |
| daily, monthly, occasionally, seldom, sparingly | |
| every storm, each order, per visit, "a visit", "/mo" | each patient, every page, per our policy |
| whenever, each time, as needed, only when | only if you tick the box |
| varies, depends, "while your order is open" | rates vary, "no purchase depends on it" |

Inside the wording any of these counts; outside of it, only in a sentence that speaks of messages. Read after the rule
in the reference cases that any statement on how often or how many messages come is enough (issue missing_frequency).
"""

import re
from collections.abc import Iterator

from rulebook.prose import Prose, Sentence, Span, quotations

_MESSAGE = (
    r"(?:texts?|txts?|texted|texting|msgs?|messages?|messaging|sms|mms|alerts?|reminders?|notices?|notifications?|"
    r"updates?|nudges?|pings?|codes?|passcodes?|tokens?)"
)
_COUNTED_THING = (
    r"(?:(?:tick|check|text)?-?box(?:es)?|checkbox(?:es)?|ticks?|clicks?|taps?|forms?|pages?|screens?|lines?|fields?|"
    r"questions?|steps?|sections?|paragraphs?|buttons?|toggles?|switch(?:es)?|sliders?|squares?|circles?|signatures?|"
    r"purposes?|choices?|ways?|options?|controls?|controls|routes?|stores?|shops?|branch(?:es)?|locations?|sites?|"
    r"offices?|clinics?|buildings?|people|persons?|adults?|children|kids|members?|patients?|customers?|clients?|"
    r"guests?|pets?|dogs?|teams?|staff|languages?|copy|copies|places?|spots?|seats?|rooms?|numbers?|phones?|devices?|"
    r"accounts?|addresses|links?|words?|letters?|digits?|characters?|dollars?|cents?|percent|miles|acres|"
    r"seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)"
)
_WORDS = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|dozen|couple|few|handful|"
    r"pair|several|single|fewer|many"
)
_STAYS_BETWEEN = (
    rf"(?!{_MESSAGE}\b|(?:per|an?|each|every|in|for|at|on|from|to|is|are|of|by|with|when|and|or|max|tops|before|after|"
    r"until|through|during|over|across|the|this)\b)"
)
_NUMBER = re.compile(
    rf"(?<![\w$#€£.,:+/@-])(?:\d{{1,3}}(?:\s?(?:-|to|or)\s?\d{{1,3}})?(?:ish|x|\+)?|(?:{_WORDS})(?:ish)?)"
    rf"(?![\w'$@]|[.,:]\d|[-.\s]\d{{3}}|/\d|-(?:time|use|click|step|way|on-one)\b)"
    rf"(?!\s?(?:%|percent|[ap]\.?m\b|years?\b|or (?:older|over|above)|and (?:older|over|up)|time "
    rf"(?:pass)?(?:code|pin)))"
    rf"(?!(?:[\s-]+{_STAYS_BETWEEN}[\w'/]+){{0,2}}?[\s-]+{_COUNTED_THING}\b)"
    r"(?! (?:of (?:the|our|these|those|them|us)|who|that|must|can|may|has|is|needs?|does|chooses|wants|"
    r"sign-on|parent)\b)"
)
# What stands before a number of another kind.
_OF_ANOTHER_KIND = re.compile(
    r"\b(?:line|step|page|section|clause|paragraph|box|square|option|item|batch|question|field|room|unit|suite|part|"
    r"point|chapter|article|no|nr|version|route|age|aged|this|that|each|every|any|which|either|without|"
    r"first|last|right|wrong|"
    r"am|(?:am|are|is|be) (?:over|above|under|at least)|is|answer|reply|press|dial|(?<!up )to|code|"
    r"number|level|grade|class|rule|form|list|exhibit|appendix|column|row)"
    r"(?: ?#|\s|-)$"
)
_ADVERB = re.compile(
    r"\b(?:hourly|daily|nightly|weekly|bi-?weekly|fortnightly|(?:semi|bi)-?monthly|monthly|quarterly|seasonally|yearly|"
    r"(?:semi-?)?annually|weekdays|weeknights|weekends|mornings|evenings|occasional(?:ly)?|periodic(?:ally)?|"
    r"sporadic(?:ally)?|infrequent(?:ly)?|irregular(?:ly)?|rare(?:ly)?|seldom|sparing(?:ly)?|sometimes|frequent(?:ly)?|"
    r"regularly|now and (?:then|again)|from time to time|once in a while|every (?:so often|now and)|here and there|"
    r"at times|freq\w*|how (?:often|many|frequently)|as (?:often|many)|twice|thrice|at most|at the most|tops|"
    r"once(?=\s+(?:an?|per|each|every|in|or|and|only|at most|daily|before|after|when|monthly)\b|\W*$|[,.;)/])|"
    r"(?:only|just|than) once|low[- ]volume|(?:no|without) (?:set|fixed|regular) (?:number|schedule|amount|count))\b"
)
_ASKED = (
    r"(?:list|box|page|form|screen|customer|client|patient|member|guest|parent|student|pupil|resident|"
    r"tenant|renter|donor|person|"
    r"people|family|household|user|subscriber|shopper|buyer|visitor|caller|driver|rider|applicant|owner|employee|"
    r"volunteer|"
    r"one|of|other(?! (?:day|week|month|year|season|[a-z]+day)\b)|end|side|channel|option|choice|"
    r"purpose|topic|branch|location|store|site|question|line|"
    r"our|the|your|request|company|new|number|web|field|box|switch|toggle|kind|type|category)\b"
)
_OCCASION = re.compile(
    rf"\b(?:whenever(?! (?:you|they|he|she|one|people|\w+s) (?:like|likes|want|wants|wish|wishes|choose|please)\b)|"
    rf"(?:every|each) time|(?:every|each|per) (?!{_ASKED})[a-z]\w*|"
    r"as (?:needed|necessary|required|warranted|they happen|it happens|events|things|conditions)|"
    r"when (?:needed|necessary|required|warranted|there(?:'s| is| are)|something|anything|we have)|"
    r"before,? (?:during,? )?(?:and )?after|only (?:when|if|as|before|after|during) (?!(?:you|they|i|"
    r"the \w+) (?:tick|check|agree|opt|join|sign|consent))|"
    r"while (?:the|your|my|an?|our) [\w' ]{2,30}?(?:open|lasts|is on|runs|under way|underway|in progress)|"
    r"only (?:in|on|for|at|with) (?!(?:texts?|texting|sms|this|these|the|that|your|you|my)\b)|"
    r"(?:more|fewer|less)(?: often)? (?:as|in|near|around|when|during|toward|before|after|at|on)|"
    r"(?:most|some|many|all|busy) "
    r"(?:days|weeks|months|years|mornings|nights|weekends|(?:mon|tues|wednes|thurs|fri|satur|sun)days)|"
    r"(?:on|every) (?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:in|all|off|each) season|"
    r"fluctuat\w+|up to how|for the (?:length|duration) of|throughout (?:the|your|my))\b"
    rf"|\ban? {_MESSAGE} (?:an?|per|each|every|for (?:each|every)|the (?:day|night|morning|hour|evening|"
    rf"week)|before|after)\b"
    r"|(?<=[a-z\d]) ?/ ?(?:mo|mth|month|wk|week|day|yr|year|order|visit|stay|trip|job|appt|appointment|season|event)\b"
)
_VARYING = re.compile(
    r"\b(?:var(?:y|ies|ying|iable)|differs?|depend(?:s|ing|ent)?|(?<=number )changes|(?<=volume "
    r")changes)\b(?! on (?:it|this|that|them|agree|consent|text|your (?:consent|answer|choice|yes|"
    r"agree)))"
)
# Of these it is no news how often messages come.
_SOMETHING_ELSE_VARIES = re.compile(
    r"\b(?:rates?|pric\w+|fees?|charges?|costs?|hours|coverage|availability|carriers?|results|sizes?|colou?rs?|"
    r"not|never|no|nothing|n't|neither|nor|whether)\b[^.;]{0,30}$|n't [^.;]{0,20}$"
)
_SPEAKS_OF_MESSAGES = re.compile(
    rf"\b{_MESSAGE}\b|\b(?:freq\w*|hear from|write to|written to|we write|sends?|recurring|"
    r"news|specials|offers|deals|tips|invitations|promotions|coupons|sales|receipts|rates may)\b"
)
# "Three Forks", "Studio 54".
_NUMBER_WITH_CAPITAL = re.compile(r"[A-Z][a-z]+ [A-Z]")
_NUMBERED_NAME = re.compile(r"[a-z] [A-Z][a-z]+ \d")
_COUNTS_ON = re.compile(rf"\d+\s?(?:[-/]|(?:to|or|an?|per|each|every|x|times|in|at|{_MESSAGE})\b)")
_A_PERIOD = re.compile(r"\s?(?:an?|per|each|every|/)\s?(?:day|week|month|mo|year|season|term|visit|order)\b")
_DISCLOSING = re.compile(r"\bstop\b|\brates?\b|\bcharges?\b|\bhelp\b|\bfees?\b")
_SHORT = 10


def quantity(text: Prose) -> bool:
    """Whether the text says how often or how many messages come."""
    wording = tuple(span for span in quotations(text) if _DISCLOSING.search(text.lowered, *span))
    return any(
        _within(sentence, wording, span) or _told(sentence, wording, span)
        for sentence in text.sentences
        for span in _quantities(text, sentence)
    )


def _quantities(text: Prose, sentence: Sentence) -> Iterator[Span]:
    lowered = sentence.lowered
    for pattern in (_ADVERB, _OCCASION):
        yield from (found.span() for found in pattern.finditer(lowered))
    for found in _NUMBER.finditer(lowered):
        before = max(0, found.start() - 20)
        if not (_OF_ANOTHER_KIND.search(lowered, before, found.start()) or _is_name(text, sentence, found.start())):
            yield found.span()
    for found in _VARYING.finditer(lowered):
        if not _SOMETHING_ELSE_VARIES.search(lowered[max(0, found.start() - 45) : found.start()]):
            yield found.span()


def _is_name(text: Prose, sentence: Sentence, place: int) -> bool:
    """Whether the number is a word of somebody's name."""
    written, start = text.folded, sentence.start + place
    if _NUMBER_WITH_CAPITAL.match(written, start):
        return True
    numbered = _NUMBERED_NAME.search(written, max(sentence.start, start - 20), start + 1)
    return numbered is not None and not _COUNTS_ON.match(written, start)


def _within(sentence: Sentence, wording: tuple[Span, ...], span: Span) -> bool:
    return any(start <= sentence.start + span[0] < end for start, end in wording)


def _told(sentence: Sentence, wording: tuple[Span, ...], span: Span) -> bool:
    """Whether the sentence speaks of messages, or belongs to a wording set without quotation marks."""
    if _SPEAKS_OF_MESSAGES.search(sentence.lowered) or _A_PERIOD.match(sentence.lowered, span[1]):
        return True
    return not wording and len(sentence.lowered.split()) < _SHORT
