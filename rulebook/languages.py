"""Which language a text is in, told by its small words and its script. Enough for "English or not"."""

from __future__ import annotations

import re
from functools import lru_cache

from rulebook.domains import words

_ENGLISH = words(
    """
    the and to of you your is are for with we our will be this that on in at from by or if it not have has can reply
    text texts messages message please call may when us me my i they their who rates data apply help their sends get
    receive today tomorrow now here need about new up out was were before after more order ready appointment
    reminder off free open closed until see back just only first next late day week time what when where how why
    would could should there these those them his her he she so as an any all am let lets go come call bring your
    yours than then into over under between because again still box number phone every each between
    """
)
_FOREIGN = words(
    """
    el la los las de del que y en un una por para con su sus usted es está están al se le lo no más sin mensajes
    responda gracias hola cita mañana texto envíe pedido tu tus te nosotros recibir cancelar sobre este esta como o
    le les des du et est vous votre vos nous notre pour avec dans sur une au aux ce cette rendez-vous répondez merci
    bonjour der die das und ist sie ihr ihre ihren für mit von zu den dem ein eine auf nicht wir bitte termin
    antworten il gli della di che è per con il suo sua vostro rispondi grazie ciao sono o os as do da dos das e é
    você seu sua para com não em na no uma sim obrigado responda mensagens het een van en uw voor met niet op wij u
    bij naar ang mga ng sa na ay ito po kayo inyo para iyong at mag của và cho bạn là không có được để xin vui lòng
    quý khách w na do się jest nie proszę twój dla oraz wiadomości pou ou nan ki yo se ak nou tanpri mesaj ve bir
    için ile bu size siz lütfen od do aby oraz już przy jak odpisz wizyta zamówienie gotowe jutro dzień procent ciao
    buongiorno sei ordine pronto domani oggi presso ricevere bonjour commande prête demain aujourd'hui votre
    répondez arrêter bestellung bereit morgen heute uhr antworte antworten stopp uw bestelling klaar morgen kumusta
    inyong handa bukas ngayon hanggang para mula kami ninyo xin chào đơn hàng sẵn sàng ngày mai demen rele nou pare
    bilaashaan waad mahadsantahay fadlan asante karibu tafadhali kesho leo yako mulțumim vă rugăm pentru
    dumneavoastră este comanda děkujeme prosím vaše objednávka zítra köszönjük kérjük önnek holnap kiitos ole hyvä
    tilauksesi huomenna tack din beställning imorgon vänligen takk bestilling vennligst aviso pedido listo lista
    mañana hoy semana precio gratis visita pronto avise familia escuela clínica recordatorio nuevo nueva hasta desde
    abierto cerrado traiga llame favor agora hoje amanhã pronto loja consulta obrigada seus suas até
    """
)
_SHARED = _ENGLISH & _FOREIGN | frozenset(
    [
        "no",
        "me",
        "on",
        "do",
        "die",
        "are",
        "so",
        "is",
        "en",
        "se",
        "as",
        "at",
        "per",
        "a",
        "o",
        "e",
        "w",
        "mag",
        "van",
        "pour",
    ]
)
_ENGLISH_ONLY = _ENGLISH - _SHARED
_FOREIGN_ONLY = _FOREIGN - _SHARED
# English has borrowed these with their accents.
_BORROWED = words(
    """
    café cafés jalapeño jalapeños piñata rosé rosés entrée entrées crème brûlée décor résumé naïve fiancé fiancée
    sauté pâté açaí soufflé soufflés señor señora über façade cliché à protégé exposé purée latté frappé jalapeno
    consommé flambé
    """
)
_SKIPPED = re.compile(r"https?://\S+|\[[^\]]*\]|\b[A-Z]{2,}\b")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# Where one language may go over into another.
_BREAK = re.compile(r"[/|\n\u2022()]| - |(?<=[.!?:;])\s")
_FEW_WORDS = 5


@lru_cache(maxsize=1024)
def is_english(text: str) -> bool:
    """Whether the text is English, or has an English version beside the other language. Too short to tell counts.

    A stretch between two breaks is of another language where its small words and accents far outnumber the small
    English words; the text is so where those stretches hold most of its words.
    """
    if text.isascii() and _FOREIGN_ONLY.isdisjoint(text.lower().split()):  # so it is with most texts
        return True
    plain = _SKIPPED.sub(" ", text)
    stretches = [_WORD.findall(stretch.lower()) for stretch in _BREAK.split(plain)]
    foreign = sum(sum(map(_weight, words)) for words in stretches if _is_foreign(words))
    english = sum(len(words) for words in stretches if _is_mostly_english(words))
    return foreign < _FEW_WORDS or english * 3 >= foreign


def _is_foreign(words: list[str]) -> bool:
    signs, english = sum(map(_is_sign, words)), sum(map(_ENGLISH_ONLY.__contains__, words))
    if not english and signs > 1 and len(words) > _FEW_WORDS:  # no English goes so far without a small word
        return True
    return signs * _FEW_WORDS >= len(words) and signs > 3 * english


def _is_mostly_english(words: list[str]) -> bool:
    return sum(map(_ENGLISH_ONLY.__contains__, words)) > sum(map(_is_sign, words))


def _is_sign(word: str) -> bool:
    """Whether a word is a small one of another language, or has letters that English does not write."""
    return word in _FOREIGN_ONLY or (not word.isascii() and word not in _BORROWED)


def _weight(word: str) -> float:
    """How many words a run of letters is: scripts that set no blanks put many into one."""
    return 1 if word.isascii() or max(word) < "\u2000" else len(word) / 2
