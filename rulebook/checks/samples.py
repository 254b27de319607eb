"""L17 to L19, L22, L23, L37: what the samples must show, and the two flags that say what they contain."""

import re
from collections.abc import Iterator

from rulebook.checks.check import Check, Hit
from rulebook.checks.meanings import PHONE, opt_out
from rulebook.domains import addresses
from rulebook.findings import Severity
from rulebook.languages import is_english
from rulebook.prose import Prose, Span, masked
from rulebook.reading import Reading

_STAND_IN = r"[\[{{<(%][^\]}}>)%\n]{{0,40}}\b(?:{words})\b[^\]}}>)%\n]{{0,40}}[\]}}>)%]"
_LINK_STAND_IN = re.compile(
    _STAND_IN.format(
        words="links?|urls?|hyperlinks?|web ?site|web ?page|web address|[a-z]+_(?:link|url)|(?:link|url)_[a-z]+"
    ),
    re.I,
)
_PHONE_STAND_IN = re.compile(
    _STAND_IN.format(
        words=(
            "(?:tele)?phone|phone number|tel|hotline|call-?back number|(?:branch|store|office|support|mobile|cell|"
            "contact|toll-?free|clinic|front desk) number|[a-z]+_phone|phone_[a-z]+"
        )
    ),
    re.I,
)
# Words without which a text has no such stand-in: a text of brackets only would keep the patterns busy.
_LINK_WORD = re.compile(r"link|url|web", re.I)
_PHONE_WORD = re.compile(r"phone|tel|hotline|number", re.I)
_PLAIN_PHONE = re.compile(
    r"(?i:\b(?:call|text|phone|tel|dial|ring|reach us|contact)\b)[^.\n]{0,30}?(?<!\d)1?[2-9]\d\d[2-9]\d{6}(?!\d)"
)
# How variable content is shown otherwise than in [square brackets]: a sign without which a text has none of the kind,
# and the pattern. The signs keep the search cheap.
_PLACEHOLDERS = tuple(
    (sign, re.compile(pattern))
    for sign, pattern in (
        ("{", r"(?<!\$)\{\{?[^{}\n]{0,60}\}\}?"),
        ("<", r"<(?!3|-|/|https?:)[A-Za-z][\w .-]{0,40}>"),
        ("%", r"%(?![0-9A-F]{2})[A-Za-z_]\w{0,40}%|%\([a-z_]+\)s|(?<![\d%])%[sd]\b|(?<!\w)%[1-9]\$?[sd]?\b"),
        ("$", r"\$\{?[A-Za-z_]\w{0,40}\}?"),
        ("___", r"_{3,}"),
        ("XX", r"(?<![A-Za-z])[Xx]{4,}(?![A-Za-z])|(?<![A-Za-z])X{3}(?![A-Za-z])|(?<!\w)XX[:/-]XX"),
        ("xxx", r"(?<![A-Za-z])[Xx]{4,}(?![A-Za-z])"),
        ("***", r"\*{3,}"),
        (".....", r"\.{5,}"),
        ("###", r"#{3,}"),
        ("#", r"#[A-Z][A-Z_]+#"),
        ("@", r"@@?\w+@@"),
        ("|", r"\|\w+\|(?=\W)"),
        ("_", r"(?<![\w/])[A-Z]+_[A-Z_]+(?![\w/])"),
        ("psum", r"(?i:lorem ipsum)"),
        ("olor sit", r"(?i:dolor sit amet)"),
    )
)
_BRACKETED = re.compile(r"\[[^\[\]]{0,80}\]")


def _brand_missing(reading: Reading) -> Iterator[Hit]:
    texts = [text for _, text in reading.samples]
    if texts and reading.brand.tokens and not any(reading.brand.stands_in(text.folded) for text in texts):
        yield Hit("message_samples", f"No sample names {reading.brand_name}.", suggestion=f"{reading.brand_name}: ")


def _without_opt_out(reading: Reading) -> Iterator[Hit]:
    texts = [text for _, text in reading.samples]
    if (
        reading.submission.text("us_app_to_person_usecase") != "2FA"
        and _readable(texts)
        and not any(map(opt_out, texts))
    ):
        yield Hit("message_samples", "No sample tells how to opt out.", suggestion="Reply STOP to opt out.")


def _readable(texts: list[Prose]) -> bool:
    """Whether there are samples, all in the language that we read."""
    return bool(texts) and all(is_english(text.folded) for text in texts)


def _placeholders(reading: Reading) -> Iterator[Hit]:
    for field, text in reading.samples:
        clear = masked(text.folded, tuple(found.span() for found in _BRACKETED.finditer(text.folded)))
        span = _placeholder_in(clear)
        if span:
            shown = text.folded[slice(*span)]
            yield Hit(field, f"“{shown[:30]}” is no placeholder a reviewer reads; write it in [square brackets].", span)


def _placeholder_in(clear: str) -> Span | None:
    """The first placeholder of any kind."""
    matches = (pattern.search(clear) for sign, pattern in _PLACEHOLDERS if sign in clear)
    return min((found.span() for found in matches if found), default=None)


def _duplicated(reading: Reading) -> Iterator[Hit]:
    seen: set[str] = set()
    for field, text in reading.samples:
        bare = _bare(text)
        if bare and bare in seen:
            yield Hit(field, "This sample repeats another one; show different messages.")
            return
        seen.add(bare)


def _bare(text: Prose) -> str:
    """The words of a sample without what varies: digits, signs, placeholders, case."""
    return " ".join(re.findall(r"[^\W\d_]+", _BRACKETED.sub(" ", text.folded.casefold())))


def link_in(text: Prose) -> Span | None:
    """The first web address or stand-in for one."""
    found = addresses(text.folded)
    if found:
        return found[0].span
    stand_in = _LINK_STAND_IN.search(text.folded) if _LINK_WORD.search(text.folded) else None
    return stand_in.span() if stand_in else None


def phone_in(text: Prose) -> Span | None:
    """The first telephone number or stand-in for one."""
    clear = masked(text.folded, tuple(address.span for address in addresses(text.folded)))
    stand_in = _PHONE_STAND_IN.search(clear) if _PHONE_WORD.search(clear) else None
    found = PHONE.search(clear) or stand_in or _PLAIN_PHONE.search(clear)
    return found.span() if found else None


def _links_flag(reading: Reading) -> Iterator[Hit]:
    shown = [(field, span) for field, text in reading.samples if (span := link_in(text))]
    yield from _flag(reading, "has_embedded_links", shown, "web address")


def _phone_flag(reading: Reading) -> Iterator[Hit]:
    shown = [(field, span) for field, text in reading.samples if (span := phone_in(text))]
    yield from _flag(reading, "has_embedded_phone", shown, "telephone number")


def _flag(reading: Reading, field: str, shown: list[tuple[str, Span]], thing: str) -> Iterator[Hit]:
    if not reading.submission.has(field) or not reading.samples:
        return
    if shown and not reading.submission.flag(field):
        yield Hit(field, f"A sample shows a {thing}, but the flag says there is none.")
    elif not shown and reading.submission.flag(field):
        yield Hit(field, f"The flag says there is a {thing}, but no sample shows one.")


_PAGE = "Twilio error page 30893"
CHECKS = (
    Check(
        id="L17",
        issue="brand_missing_in_samples",
        look=_brand_missing,
        codes=(30893, 30927),
        kinds=("campaign",),
        source=_PAGE,
    ),
    Check(
        id="L18",
        issue="samples_without_opt_out",
        look=_without_opt_out,
        codes=(30893, 30887),
        kinds=("campaign",),
        source=_PAGE,
    ),
    Check(id="L19", issue="bad_placeholder", look=_placeholders, codes=(30893,), kinds=("campaign",), source=_PAGE),
    Check(id="L23", issue="samples_duplicated", look=_duplicated, codes=(30893,), kinds=("campaign",), source=_PAGE),
    Check(
        id="L22",
        issue="links_flag_mismatch",
        look=_links_flag,
        codes=(30889,),
        kinds=("campaign",),
        source="Twilio error page 30889",
        severity=Severity.WARNING,
    ),
    Check(
        id="L37",
        issue="phone_flag_mismatch",
        look=_phone_flag,
        codes=(30889,),
        kinds=("campaign",),
        source="Twilio error page 30889",
    ),
)
