"""Which language a text is in, told by its small words and its script. Enough for "English or not"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rulebook.domains import words

_ENGLISH = words(
    """
    the and to of you your is are for with we our will be this that on in at from by or if it not have has can
    reply text texts messages message please call may when us me my i they their who rates data apply help their
    sends get receive today tomorrow now here need about new up out was were before after more order ready
    appointment reminder
    """
)
_FOREIGN = words(
    """
    el la los las de del que y en un una por para con su sus usted es está están al se le lo no más sin mensajes
    responda gracias hola cita mañana texto envíe pedido tu tus te nosotros recibir cancelar sobre este esta
    como o le les des du et est vous votre vos nous notre pour avec dans sur une au aux ce cette rendez-vous
    répondez merci bonjour der die das und ist sie ihr ihre ihren für mit von zu den dem ein eine auf nicht wir
    bitte termin antworten il gli della di che è per con il suo sua vostro rispondi grazie ciao sono o os as do
    da dos das e é você seu sua para com não em na no uma sim obrigado responda mensagens het een van en uw voor
    met niet op wij u bij naar ang mga ng sa na ay ito po kayo inyo para iyong at mag của và cho bạn là không có
    được để xin vui lòng quý khách w na do się jest nie proszę twój dla oraz wiadomości pou ou nan ki yo se ak
    nou tanpri mesaj ve bir için ile bu size siz lütfen
    """
)
_SHARED = _ENGLISH & _FOREIGN | frozenset(
    ["no", "me", "on", "do", "die", "are", "so", "is", "en", "se", "as", "at", "per"]
)
_ENGLISH_ONLY = _ENGLISH - _SHARED
_FOREIGN_ONLY = _FOREIGN - _SHARED
_FEW_WORDS = 5


@lru_cache(maxsize=1024)
def is_english(text: str) -> bool:
    """Whether the text is English, or has an English version beside the other language. Too short to tell counts."""
    text = re.sub(r"https?://\S+|\[[^\]]*\]|\b[A-Z]{2,}\b", " ", text)
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.lower())
    english = sum(map(_ENGLISH_ONLY.__contains__, words))
    if _foreign_script(text):
        return english > 3
    foreign = sum(map(_FOREIGN_ONLY.__contains__, words))
    return len(words) < _FEW_WORDS or foreign < 2 or english * 2 >= foreign


def _foreign_script(text: str) -> bool:
    if text.isascii():
        return False
    letters = [sign for sign in text if sign.isalpha()]
    foreign = sum(1 for sign in letters if ord(sign) > 0x24F and not unicodedata.name(sign, "").startswith("LATIN"))
    return foreign > 8 and foreign * 4 > len(letters)
