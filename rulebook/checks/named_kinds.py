"""Kinds of messages that no list foresees: whatever noun names the kind ("dock texts", "text me menus").

What counts is that the word is none of those that say nothing, and not the name of the business.
"""

import re
from collections.abc import Iterator

from rulebook.domains import words
from rulebook.names import Name
from rulebook.prose import Prose, Span

# Words before "texts" or after "text me" that leave open what the messages are about.
_PLAIN = words(
    """
    a about accept accepts additional after again agree agreed all allow allows also an and another any anytime are as
    ask at autodialed automated automatic automatically back be before being block both business but by call calls can
    carrier cell check click club company complete communication communications consent content could cover covers
    customer customers data details do does each e-mail email end ends enable enables enabled every extra few first for
    fewer from further future general get gets getting general give gives has have having here helpful how i if
    important in include includes including individual information informational info initial instead into is it its
    join just later less like likes list love mail many may me message messages mine mms mobile more most msg msgs must
    mute my need needs new no not now number occasional of official ok okay on once one only opt optional opted or other
    our out own pause per periodic periodically permit personal personalized phone please plus push rcs read reads
    receive receives receiving received recurrent regular relevant reply same send sending sends sent separate several
    sms so some sort standard start starts std stop stops stuff subsequent such text text-message texting texts that the
    their them then these they things this those three through timely to turn two two-way txt txts un-wanted unlimited
    unwanted until up updates us use useful various via voice wanted want wants wants we welcome what when whenever
    where whether which while who will wish with without would yes you your yours four five six seven eight nine ten
    following hear following given next above below provided standard-rate app apps in-app whatsapp client clients
    during upon under within often weekly monthly daily regularly occasionally sometimes promptly directly right between
    over personally immediately whatever soon link form reply page request copy question confirmation opt-in
    user users people person anyone everyone somebody recipient recipients subscriber subscribers
    """
)
_CONTACTING = words("i me you we us them contact contacted reach reached agree agrees consent consents may")
_BEFORE_MESSAGES = re.compile(
    r"(?<![\w'/-])([a-z][\w'-]*)(?:\s+(?:text|sms))?\s+(?:texts|txts|messages|msgs)"
    r"(?=\s+(?:from|by|via|about|please|to (?:my|this|your))\b|\s*[,.;:!?()\"'|]|\s*$|\s+[-+])"
)
_AFTER_ME = re.compile(
    r"\b(?:(?:text|txt|message) (?:me|you|them)|send me) ((?:(?!(?:from|at|to|by|via|with|on|in|when|if|the number)\b)[a-z][\w'-]*,? ?){1,5})"
)
_AFTER_COLON = re.compile(r"\b(?:texts?|txts|messages|msgs|sms)(?: list| club)?: ?((?:[a-z][\w'-]*,? ?){1,5})")
_BY_TEXT = re.compile(r"[\"']((?:[a-z][\w'&,/-]*\s+){1,8})by (?:text|sms)\b")


def named_kind(text: Prose, brand: Name) -> Span | None:
    """Where a text names a kind of messages by a word of its own."""
    return next((span for span, told in _told(text.lowered) if told - _PLAIN - set(brand.tokens)), None)


def _told(lowered: str) -> Iterator[tuple[Span, set[str]]]:
    for pattern in (_BEFORE_MESSAGES, _AFTER_ME, _AFTER_COLON):
        for found in pattern.finditer(lowered):
            yield found.span(), {word.removesuffix("'s") for word in re.findall(r"[a-z][\w'-]*", found[1])}
    for found in _BY_TEXT.finditer(lowered):
        told = set(re.findall(r"[a-z][\w'-]*", found[1]))
        if not told & _CONTACTING:
            yield found.span(), told
