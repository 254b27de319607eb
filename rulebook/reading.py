"""A submission read once: the texts that several checks look at, and what they say about the way to sign up."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rulebook.domains import Address, addresses, host_of, is_private_host, same_address
from rulebook.fields import sample_key
from rulebook.languages import is_english
from rulebook.names import Name, name_of
from rulebook.prose import Meaning, Prose, Span, meaning, part, prose, quotations
from rulebook.submission import Submission

_WHOLE_WORDING = meaning(
    (
        "(full|complete|entire|whole|exact) <2> (text|wording|language|statement|script|label|consent|disclosure|"
        "copy|words|notice)"
    ),
    "nothing (else|more) <2> (said|says|written|printed|shown|there|appears|stands|follows|on (it|the))|"
    "(and|with|but|there is|is) nothing (more|else)(?! \\w)|nothing (left out|is left out|omitted|added)",
    "nothing <3> (left out|omitted|missing)",
    "(quoted|reads|read|printed|given|reproduced|says|copied) <2> in (full|its entirety|whole)",
    "(word for word|verbatim|in its entirety|in full)",
    "(that is|this is|that's) (all|everything) <4> (says|reads|shows|text|wording)",
    "all <3> (text|wording|it says|the box says|the form says|is said|the label says)",
)
# A quotation with none of this is a label or a button.
_DISCLOSING = re.compile(r"\bstop\b|\brates?\b|\bcharges?\b|\bhelp\b|\bmsgs?\b|\bper\b|\bfreq")
_POLICY_PATH = re.compile(r"privacy|terms|\btos\b|/legal\b|polic|conditions|\btc\b|t-and-c|t&c|/eula", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """The submission with its texts prepared. Everything is computed when first asked for, and once."""

    submission: Submission

    @property
    def kind(self) -> str:
        return self.submission.kind

    @property
    def is_campaign(self) -> bool:
        return self.kind == "campaign"

    def prose(self, field: str) -> Prose:
        return prose(self.submission.text(field))

    @cached_property
    def brand(self) -> Name:
        return name_of(self.submission.brand)

    @property
    def brand_name(self) -> str:
        return self.submission.brand.name.strip() or "[Brand]"

    def without_brand(self, text: Prose) -> Prose:
        """The text with blanks for the brand's name, which sells nothing and says nothing of others; where the name
        does not stand in it, the text itself."""
        folded = text.folded
        for name in self._names_of_brand:
            folded = name.sub(lambda found: " " * len(found[0]), folded)
        return text if folded == text.folded else prose(folded)

    @cached_property
    def _names_of_brand(self) -> tuple[re.Pattern[str], ...]:
        """As texts write it: whole, and by its first two words."""
        name = self.submission.brand.name
        written = dict.fromkeys((name, " ".join(name.split()[:2])))
        return tuple(re.compile(re.escape(one), re.IGNORECASE) for one in written if len(one) > 3)

    @cached_property
    def english_texts(self) -> tuple[tuple[str, Prose, Prose], ...]:
        """The texts where content shows, the samples first, for they are what is sent: each with its key, and again
        without the brand's name. Those that are not English are left out, for our phrases find nothing in them."""
        summary = (self.summary_field, self.prose(self.summary_field))
        texts = (*self.samples, summary, (self.opt_in_field, self.opt_in))
        return tuple((key, text, self.without_brand(text)) for key, text in texts if is_english(text.folded))

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """How the words of all texts begin."""
        return frozenset().union(*(text.index for _, text in self.all_texts()))

    def says(self, row: Meaning) -> bool:
        """Whether any text says it; several checks ask the same."""
        question = id(row)
        if question not in self._answers:
            self._answers[question] = any(row.said(text) for _, text in self.all_texts())
        return self._answers[question]

    def once(self, question: Callable[[Reading], bool]) -> bool:
        """The answer of this reading to a question that many checks ask."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return self._answers[question]

    @cached_property
    def _answers(self) -> dict[Hashable, bool]:
        return {}

    @property
    def opt_in_field(self) -> str:
        return "message_flow" if self.is_campaign else "additional_information"

    @property
    def summary_field(self) -> str:
        return "description" if self.is_campaign else "use_case_summary"

    @cached_property
    def opt_in(self) -> Prose:
        """The opt-in text."""
        return self.prose(self.opt_in_field)

    @cached_property
    def opt_in_addresses(self) -> tuple[Address, ...]:
        return addresses(self.opt_in.folded)

    @cached_property
    def page_addresses(self) -> tuple[Address, ...]:
        """The addresses of the opt-in text that are no policies."""
        return tuple(address for address in self.opt_in_addresses if not self.is_policy(address))

    def is_policy(self, address: Address) -> bool:
        """Whether an address is a policy by what it is called, or the one the draft gives as policy."""
        given = (self.submission.text("privacy_policy_url"), self.submission.text("terms_and_conditions_url"))
        return bool(_POLICY_PATH.search(address.text)) or any(same_address(address.text, policy) for policy in given)

    @cached_property
    def wording(self) -> Prose:
        """Where disclosures count: the quotation if it is said to be all of the wording, else the whole text."""
        quoted = quotations(self.opt_in)
        if not quoted or not _WHOLE_WORDING.said(self.opt_in):
            return self.opt_in
        wording = prose("\n".join(part(self.opt_in, span).folded for span in quoted))
        return wording if _DISCLOSING.search(wording.lowered) else self.opt_in

    @cached_property
    def samples(self) -> tuple[tuple[str, Prose], ...]:
        """Each sample with its field key. A toll-free draft has one field of samples."""
        if not self.is_campaign:
            text = self.submission.text("production_message_sample")
            return (("production_message_sample", prose(text)),) if text.strip() else ()
        samples = self.submission.texts("message_samples")
        return tuple((sample_key(number), prose(text)) for number, text in enumerate(samples, start=1))

    @cached_property
    def reads_english(self) -> bool:
        """Whether the opt-in text is English, so that our phrases can find anything in it."""
        return is_english(self.opt_in.folded)

    @cached_property
    def usable_images(self) -> tuple[str, ...]:
        """The opt-in pictures that a reviewer can open, as far as an address tells."""
        images = self.submission.texts("opt_in_image_urls")
        return tuple(url for url in images if "." in host_of(url) and not is_private_host(host_of(url)))

    def all_texts(self) -> Iterator[tuple[str, Prose]]:
        """Every text field where content shows, with its key: what is sent, to whom, and how they signed up."""
        yield self.summary_field, self.prose(self.summary_field)
        yield from self.samples
        yield self.opt_in_field, self.opt_in

    def span_of(self, inside: Prose, span: Span | None) -> Span | None:
        """A span of the wording as a span of the opt-in text; None where the two differ."""
        return span if inside is self.opt_in else None
