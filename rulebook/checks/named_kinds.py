"""Kinds of messages that no list foresees: whatever noun names the kind ("dock texts", "text me menus").

What counts is that the word is none of those that say nothing, and not the name of the business.
"""

import re
from collections.abc import Iterable, Iterator

from rulebook.domains import words
from rulebook.names import Name
from rulebook.prose import Prose, Span

# Words before "texts" or after "text me" that leave open what the messages are about.
_PLAIN = words(
    """
    a about accept accepts additional after again agree agreed all allow allows also an and another any anytime are
    as ask at autodialed automated automatic automatically back be before being block both business but by call
    calls can carrier cell check click club company complete communication communications consent content could
    cover covers customer customers data details do does each e-mail email end ends enable enables enabled every
    extra few first for fewer from further future general get gets getting general give gives has have having here
    helpful how i if important in include includes including individual information informational info initial
    instead into is it its join just later less like likes list love mail many may me message messages mine mms
    mobile more most msg msgs must mute my need needs new no not now number occasional of official ok okay on once
    one only opt optional opted or other our out own pause per periodic periodically permit personal personalized
    phone please plus push rcs read reads receive receives receiving received recurrent regular relevant reply same
    send sending sends sent separate several sms so some sort standard start starts std stop stops stuff subsequent
    such text text-message texting texts that the their them then these they things this those three through timely
    to turn two two-way txt txts un-wanted unlimited unwanted until up updates us use useful various via voice
    wanted want wants wants we welcome what when whenever where whether which while who will wish with without would
    yes you your yours four five six seven eight nine ten following hear following given next above below provided
    standard-rate app apps in-app whatsapp client clients during upon under within often weekly monthly daily
    regularly occasionally sometimes promptly directly right between over personally immediately whatever soon link
    form reply page request copy question confirmation opt-in frequency varies vary varying rates apply carrier word
    number numbers keyword letters cell electronic digital cellular wireless written short brief computer
    conversational instant bulk user users people person anyone everyone somebody recipient recipients subscriber
    subscribers around roughly approximately maybe perhaps usually typically expect never almost most least several
    """
)
# What wordings say of the act of agreeing, and greetings, which tell no kind either.
_AGREEING = words(
    """
    contact contacts reach accept accepting acknowledge add added agreeing agreement allow allowed authorize below
    box button calling cell cellphone check checkbox checked checking choose clicking confirm confirmed connected
    consented consenting contacting customer dear enrolled enter entered entering enroll enrolling fine form free
    friend give giving glad go great happy hello here hi hooray i'd i'll i'm in join joined joining keep keeping
    know leave leaving let list loop mark marked marking member members nice number option optional optionally
    our-list page part participate permission phone pressing provide providing ready receive reached register
    registered sign signed signing sms-list stay submit submitting subscribe subscribed subscribing tap tapping tell
    thank thanks thereby tick ticked ticking touch type typing understand voluntarily voluntary wants we'd we'll
    we're welcome wish wishing word write writing you'll you're you've your-number yep yes number-below owner owners
    rider riders guest guests patient patients person client brand company business team aboard board back
    successfully confirmed complete now-in club texting-list keyword reply-yes cool awesome congrats congratulations
    """
)
_CONTACTING = words("i me you we us them contact contacted reach reached agree agrees consent consents may")
_BEFORE_MESSAGES = re.compile(
    r"(?<![\w'/-])([a-z][\w'-]*)(?:\s+(?:text|sms))?\s+(?:texts|txts|messages|msgs)"
    r"(?=\s+(?:from|by|via|about|please|per|each|every|an?|on|when|while|until|only|with|daily|weekly|max|to (?:my|"
    r"this|your))\b"
    r"|\s*[,.;:!?()\"'|]|\s*$|\s+[-+])"
    r"|(?<![\w'/-])([a-z][\w'-]*)\s+(?:text|message|msg)(?=\s+(?:each|every|per|when|whenever|once)\b)"
)
# A wording that begins with the kind ("Giving texts from ..."): here a word says nothing only if it never could.
_BEGINS = re.compile(
    r"[\"'(:.\n]\s*(?:(?:yes|ok|sure)\W+)?(?:recurring )?([a-z][\w'-]*)(?: (?:and|&|or) ([a-z][\w'-]*))? "
    r"(?:texts|txts|messages|msgs)(?= (?:from|by|about|for|at|on)\b|[,.;:(])"
)
_NO_KIND = words(
    """
    a about all alert an and any automated automatic autodialed by cell further future general get important
    informational mobile
    more my new no occasional of our periodic phone promotional-text receive recurring regular relevant send several
    sms some such text that the their these this those timely two two-way various wanted weekly daily monthly which
    your accept agree allow want join
    """
)
_STOPPED = r"(?!(?:from|at|to|by|via|with|on|in|when|if|the number)\b)"
_AFTER_ME = re.compile(
    rf"\b(?:text|txt|message|send) (?:me|you|them|my|our)\b ?[(:]? ?((?:{_STOPPED}[a-z][\w'-]*,? ?){{1,5}})"
)
_AFTER_COLON = re.compile(
    r"\b(?:texts?|txts|messages|msgs|sms)(?: list| club)?(?: from [^.:\n]{1,60})?: ?((?:[a-z][\w'-]*,? ?){1,5})"
)
_BY_TEXT = re.compile(r"[\"']((?:[a-z][\w'&,/-]*\s+){1,8})by (?:text|sms)\b")
# Where a wording goes over from what comes to the disclosures.
_DISCLOSURES = re.compile(
    r"\d|\bhelp (?:for|to|if|when|gets|and|brings|with)\b|\b(?:reply|text|send|answer|type|or|and) help\b|"
    r"\b(?:reply|stop|rates?|freq\w*|var(?:y|ies)|carrier|privacy|terms|policy|consent is|not required|msg|"
    r"data|one|two|three|"
    r"four|five|up to|at most|max|condition|unsubscribe|opt out)\b"
)


def named_kind(text: Prose, brand: Name) -> Span | None:
    """Where a text names a kind of messages by a word of its own."""
    own = set(brand.tokens)
    begun = ((found.span(), _words(f"{found[1]} {found[2] or ''}")) for found in _BEGINS.finditer(text.lowered))
    told = next((span for span, told in _told(text.lowered) if told - _PLAIN - _AGREEING - own), None)
    return told or next((span for span, words in begun if words - _NO_KIND - set(brand.tokens[:1])), None)


def stated_kind(text: Prose, spans: Iterable[Span], brand: Name) -> Span | None:
    """A stretch of wording that says before its disclosures anything but who texts and that one agrees to it."""
    for start, end in spans:
        stated = _DISCLOSURES.split(text.lowered[start:end], maxsplit=1)[0]
        if _words(stated) - _PLAIN - _AGREEING - set(brand.tokens):
            return start, start + len(stated)
    return None


def _told(lowered: str) -> Iterator[tuple[Span, set[str]]]:
    for pattern in (_BEFORE_MESSAGES, _AFTER_ME, _AFTER_COLON):
        for found in pattern.finditer(lowered):
            yield found.span(), _words(found[1] or found[2])
    for found in _BY_TEXT.finditer(lowered):
        told = _words(found[1])
        if not told & _CONTACTING:
            yield found.span(), told


def _words(lowered: str) -> set[str]:
    return {word.removesuffix("'s") for word in re.findall(r"[a-z][\w'-]*", lowered)}
