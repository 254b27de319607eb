"""L20, L21, L42, L43: http links, free shorteners, and policy addresses that cannot be the brand's."""

from collections.abc import Iterator

from rulebook.checks.check import Check, Hit
from rulebook.domains import Address, addresses, host_of, is_shortener, registrable, same_address
from rulebook.fields import label_of
from rulebook.prose import prose
from rulebook.reading import Reading

POLICIES = ("privacy_policy_url", "terms_and_conditions_url")
_REPLIES = ("opt_in_message", "opt_out_message", "help_message", "opt_in_confirmation_message", "help_message_sample")
_URL_FIELDS = ("business_website", "opt_in_image_urls")


def _all_addresses(reading: Reading) -> Iterator[tuple[str, Address]]:
    """Every web address of the draft with its field."""
    for field, text in reading.all_texts():
        yield from ((field, address) for address in addresses(text.folded))
    for field in (*_REPLIES, *POLICIES, *_URL_FIELDS):
        yield from ((field, address) for address in addresses(prose(reading.submission.text(field)).folded))


def _insecure(reading: Reading) -> Iterator[Hit]:
    struck: set[str] = set()
    for field, address in _all_addresses(reading):
        if address.insecure and field not in struck:
            struck.add(field)
            codes = {"privacy_policy_url": (30964, 30933), "terms_and_conditions_url": (30964, 30934)}.get(field)
            secure = "https://" + address.text[7:]
            yield Hit(field, "This address starts with http://; use https://.", address.span, secure, codes)


def _shortener(reading: Reading) -> Iterator[Hit]:
    for field, address in _all_addresses(reading):
        if is_shortener(address.host):
            message = f"{address.host} shortens links for anybody; use the brand's own domain."
            yield Hit(field, message, address.span)
            return


def _identical(reading: Reading) -> Iterator[Hit]:
    privacy, terms = map(reading.submission.text, POLICIES)
    if privacy.strip() and terms.strip() and same_address(privacy, terms):
        yield Hit("privacy_policy_url", "Privacy policy and terms are one and the same address.")


def _other_domain(reading: Reading) -> Iterator[Hit]:
    own = registrable(reading.submission.brand.website)
    for field in POLICIES:
        host = host_of(reading.submission.text(field))
        if own and "." in host and registrable(host) != own:
            kind = reading.kind
            yield Hit(
                field,
                f"{label_of(kind, field)} stands on {registrable(host)}, not on the brand's {own}.",
                codes=_CODES[field],
            )


_CODES = {"privacy_policy_url": (30907, 30908), "terms_and_conditions_url": (30907, 30882)}

CHECKS = (
    Check(
        id="L20",
        issue="public_shortener",
        look=_shortener,
        codes=(30892, 30963, 30449),
        source="Twilio error pages 30892 and 30963",
    ),
    Check(id="L21", issue="insecure_url", look=_insecure, codes=(30964, 30471), source="Twilio error page 30964"),
    Check(
        id="L42",
        issue="policy_urls_identical",
        look=_identical,
        codes=(30933, 30934),
        source="Twilio error pages 30933 and 30934",
    ),
    Check(
        id="L43", issue="policy_url_other_domain", look=_other_domain, codes=(30907,), source="Twilio error page 30907"
    ),
)
