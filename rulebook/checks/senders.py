"""L02, L30, L32, L33, L53: who sends what to whom, vendors in the brand's place, private traffic, language, website."""

import re
from collections.abc import Iterator

from rulebook.checks.check import Check, Hit
from rulebook.checks.personal import personal
from rulebook.domains import registrable, words
from rulebook.languages import is_english
from rulebook.names import Name, name_of, same_business
from rulebook.prose import Prose, masked, meaning
from rulebook.reading import Reading
from rulebook.submission import Business

_RECIPIENTS = re.compile(
    r"\b(?:customers?|clients?|patients?|members?|subscribers?|users?|guests?|residents?|tenants?|parents?|"
    r"students?|pupils?|donors?|volunteers?|people|persons?|"
    r"visitors?|drivers?|employees?|staff|shoppers?|buyers?|patrons?|owners?|homeowners?|consumers?|players?|"
    r"card ?holders?|holders?|attendees?|applicants?|"
    r"candidates?|travell?ers?|riders?|passengers?|families|guardians?|households?|fans?|followers?|supporters?|"
    r"voters?|citizens?|neighbou?rs?|learners?|"
    r"teachers?|coaches|athletes?|runners?|readers?|diners?|borrowers?|policyholders?|contacts?|recipients?|"
    r"participants?|registrants?|enrollees?|"
    r"congregation|parishioners?|alumni|cardholders?|caregivers?|crews?|workers?|technicians?|contractors?|"
    r"sellers?|farmers?|growers?|merchants?|"
    r"leads|prospects?|everyone|anyone|whoever|those|women|men|kids|adults|seniors|docks|agents?|couples?|brides?|"
    r"campers?|hikers?|audience|communit(?:y|ies)|list|club|account ?holders?|"
    r"pet owners?|renters?|lessees?|hosts?|players|swimmers|dancers|singers|fans|group|dealers?|suppliers?|"
    r"investors?|physicians?|doctors?|nurses?|"
    r"(?!(?:orders|offers|reminders|numbers|letters|newsletters|others|matters|answers|papers|transfers|computers|"
    r"flyers|"
    r"posters|vouchers|partners|dinners|corners|counters|covers|delivers|centers|headers|flowers|powers|towers|"
    r"transfers|"
    r"timers|planners|trackers|stickers|filters|chapters|servers|quarters|headquarters|registers|"
    r"considers)\b)[a-z]{3,}ers|"
    r"(?!(?:floors|doors|colors|colours|motors|indoors|outdoors|sensors|errors|flavors|flavours|fees|trees|coffees|"
    r"committees|plants|restaurants|grants|wants|pants)\b)[a-z]{3,}(?:ors|ees|ants|ians)|regulars|captains|chefs|"
    r"pilots|veterans|"
    r"graduates|delegates|guides|moms|dads|officials|clerks|scouts|recruits|teams|offices|firms|agencies|businesses|companies|"
    r"[a-z]{3,}(?:goers|holders|lovers|mates|ists|keepers|makers|users|dwellers)|"
    r"[a-z]+s (?:who|that (?:have|has|left|book|order|ask|sign|opt|buy|bought|want|joined|wrote|need)[a-z]*))\b"
)
# Whoever is told, reminded or let know is a recipient, whatever the word.
_TOLD = re.compile(
    r"\b(?:tells?|notif(?:y|ies)|informs?|reminds?|warns?|lets|invites|thanks) "
    r"(?:(?:the|its|our|their|all|new|every|each) )?"
    r"(?!(?:about|of|when|that|you|your|by|via|with|if|on|in|for|and|or|to|how|us|it|them|they|what|which|regarding|"
    r"messages|alerts|updates|sms|text|texts)\b)[a-z]{3,}"
)
# What says nothing of what is in the messages. The rest of a text, taken together, must name something.
_EMPTY_WORDS = words(
    """
    behalf content relevant opted-in sms program 10dlc a2p a about account accounts across activity additional alert
    alerts all also an and announcement announcements any anyone anything app are as ask at audience automated be
    been below best better brand business businesses but by can campaign campaigns client clients community
    communicate communicates communicating communication communications companies company concerning connection
    connect connected contact content contacts current customer customers deliver delivers details different do
    engage engaged engagement etc every everyone everything existing experience for from further general get gets
    give goods group have help helpful here how i important in including info inform information informational
    informed informing informs interest interested interesting is it its items keep keeping keeps know latest let
    lets list loop make many marketing may member members mentioned message messages messaging mobile more msg msgs
    necessary need needed needs new news notice notices notification notifications notify number of offer offering
    offerings offers on only opt opted optin or other our out outreach people phone platform please product products
    program promo promos promotion promotional promotions provide provided provides provider purpose purposes reach
    receive receives recipient recipients recurring regarding regular regularly related relating relevant reminder
    reminders reply respond response send sending sends sent service services share shares site sms software
    solution solutions some staff stay stuff subscriber subscribers such support system team tell tells text texting
    texts that the their them these they things this those through time timely times to touch transactional types
    update updated updates upcoming us use used useful user users using valuable various via visitor visitors want
    wants way ways we website what when which who will wish with worth would you your yours bonus drops drop special
    specials deal deals not no one occasionally periodically sometimes often day daily weekly monthly needed
    required require various range variety kind kinds general purposes notes note stakeholders notifying normal
    business part number touch others reaches reaching right moment moments operation operations operational operate
    conduct conducting efficient efficiently efficiency retention build building relationship relationships drive
    drives awareness interact interacts interacting interaction interactions allow allows allowing enable enables
    enabling happening happens value valued benefit benefits improve improves improving enhance enhances enhancing
    convenience convenient seamless quality effort efforts goal goals objective objectives strategy satisfaction
    matter matters happy effective effectively successful success process processes course under within across
    during nature feel great good easy quick quickly fast direct directly always also well use uses useful usage
    overall entire whole something someone somebody anybody should there where whenever whatever could being both
    own next case cases able must might since while parties party person persons individuals individual individually
    based upon needed according currently going goings happenings scenes soon stories behind tuned registered posted
    consented permission agreed approved end-users end
    """
)


def _vague(reading: Reading) -> Iterator[Hit]:
    field, text = reading.summary_field, reading.prose(reading.summary_field)
    if text.blank or not is_english(text.folded):
        return
    absent = [
        part
        for part, said in (
            (
                f"the sender by name ({reading.brand_name})",
                not reading.brand.tokens or reading.brand.stands_in(text.folded),
            ),
            ("who receives the messages", bool(_RECIPIENTS.search(text.lowered) or _TOLD.search(text.lowered))),
            ("what the messages are about", _concrete(_without_site(text), reading)),
        )
        if not said
    ]
    if absent:
        yield Hit(field, f"The text does not say {' nor '.join(absent)}.", suggestion=_summary(reading))


def _without_site(text: Prose) -> str:
    """The text without what it says of a website that is not open: no message is about that."""
    return masked(text.lowered, tuple(WEBSITE_NOT_READY.spans(text)))


def _concrete(lowered: str, reading: Reading) -> bool:
    """Whether a word at least is neither filler nor the names of the business or its vendor."""
    named = set(reading.brand.tokens) | set(_isv_name(reading).tokens)
    words = {word.removesuffix("'s") for word in re.findall(r"[a-z][a-z'-]+", lowered)} - _EMPTY_WORDS - named
    return any(not _RECIPIENTS.fullmatch(word) for word in words)


def _summary(reading: Reading) -> str:
    return f"{reading.brand_name} texts [who receives them, and how they asked for it] to [what the messages say]."


def _isv_name(reading: Reading) -> Name:
    return name_of(reading.submission.isv or Business())


def _isv(reading: Reading) -> Iterator[Hit]:
    isv = reading.submission.isv
    if isv is None or same_business(isv, reading.submission.brand) or not name_of(isv).tokens:
        return
    if registrable(isv.website) and registrable(isv.website) == registrable(reading.submission.brand.website):
        return
    yield from _isv_in_business(reading, isv)
    yield from _isv_in_texts(reading, isv)


def _isv_in_business(reading: Reading, isv: Business) -> Iterator[Hit]:
    """Toll-free: the business fields hold the vendor."""
    domain = registrable(isv.website)
    if same_business(Business(reading.submission.text("business_name")), isv):
        yield Hit("business_name", f"{isv.name} is the software vendor; the business that sends must stand here.")
    if domain and registrable(reading.submission.text("business_website")) == domain:
        yield Hit("business_website", f"This is the site of {isv.name}; give that of the business that sends.")
    mailbox = reading.submission.text("business_contact_email")
    if domain and registrable(mailbox.rpartition("@")[2]) == domain:
        yield Hit("business_contact_email", f"This mailbox is at {isv.name}; give one at the business that sends.")


def _isv_in_texts(reading: Reading, isv: Business) -> Iterator[Hit]:
    """The vendor as sender, or its page as the one where people sign up."""
    domain, vendor = registrable(isv.website), name_of(isv)
    for address in reading.page_addresses:
        if domain and registrable(address.host) == domain:
            yield Hit(
                reading.opt_in_field, f"The opt-in page is the vendor's ({domain}), not the brand's.", address.span
            )
            break
    for field, text in ((reading.summary_field, reading.prose(reading.summary_field)), *reading.samples):
        if vendor.stands_in(text.folded) and not reading.brand.stands_in(text.folded):
            yield Hit(field, f"{isv.name} stands where {reading.brand_name} must: the text does not name the brand.")
            break


_SITE = (
    "(web ?site|web site|web ?pages?|home ?page|own pages|web address|site|landing page|domain|online (shop|store|"
    "presence)|web shop|web "
    "presence|sign-?up page|opt-in page)"
)
WEBSITE_NOT_READY = meaning(
    (
        "(store|booking|the|our|this) page <3> (under construction|offline|coming soon|in progress|not (live|up|ready|"
        "online|finished))"
    ),
    (
        f"{_SITE} <10> (under construction|coming soon|being built|being developed|being designed|being finished|"
        f"being rebuilt|being redesigned|in development|under development|in progress|in the works|"
        "not <3> (live|online|up|ready|published|public|launched|finished|available|complete|completed|reachable|"
        "open|working|built|exist)|offline|unpublished|down|isn't <2> (live|up|ready|finished|online)|parked|half "
        "finished|still a draft)"
    ),
    f"(under construction|coming soon|offline|unpublished|not yet live) <6> {_SITE}",
    (
        f"(building|developing|finishing|designing|rebuilding|redesigning|launching|working on|finalizing|"
        f"finalising|setting up|creating|about to launch)( out| up| on| off)? (our|the|a|its|their) <3> {_SITE}"
    ),
    (
        f"{_SITE} <5> (launches|launching|goes live|go live|going live|goes online|goes up|opens|will (be (live|"
        f"ready|up|online|launched|published|available|finished|completed|back)|launch|open|go live|go online|come|"
        f"follow)|to be launched|is expected|is due|gets? published) ?"
    ),
    (
        f"{_SITE} <6> (password[- ]protected|password protected|locked|behind a password|protected (with|by) a "
        f"password|asks? for a password|requires? a password|needs? a password|with a password|restricted|password|"
        f"passcode)"
    ),
    f"(password|passcode) <6> {_SITE}",
    f"(no|not have a|don't have a|without a|doesn't have a) <2> {_SITE} yet",
    (
        f"(once|when|until|as soon as|after) <4> {_SITE} <4> (live|launch|launched|launches|ready|online|up|"
        f"finished|done|opens|published)"
    ),
    "holding page|placeholder page|coming-soon page|parking page",
    (
        "(is|are) (still )?not (live|online|reachable|launched|published)( yet)?|not yet (live|online|"
        "launched|published)|(not live|not online) yet"
    ),
    "(the|our|its) page <2> (will be (online|live|ready)|is not (live|online|published)|goes live|launches)",
    unless=(
        (
            "(job|building|construction|work|camp|historic|museum|burial|project|drop|pickup|pick-up|vaccination|"
            "polling|on) ?-?site"
        ),
        "(no|without a|not need a|needs no|no need for a) <2> (password|passcode|login)",
        (
            "(reset|forgot|change|forgotten|new|one-time|temporary|enter (a|their|your)|create a|set a|with their|"
            "username and) ?(password|passcode)"
        ),
        "(planned|scheduled) maintenance",
        (
            "(?<!online\\s)(?<!web\\s)(branch|store|shop|location|clinic|office|building|restaurant|room|pool|hall|gym|"
            "campus|trail|patio|studio|counter) (is|are) (still )?not (yet )?(open|ready|finished|complete)"
        ),
        "(went|gone|been|is now|was) (live|online|up|launched|published)",
        "n't <3> (under construction|locked|password)",
    ),
)


def _not_ready(reading: Reading) -> Iterator[Hit]:
    for field in (reading.summary_field, reading.opt_in_field):
        span = WEBSITE_NOT_READY.span(reading.prose(field))
        if span:
            yield Hit(field, "The text says that the website is not open yet; reviewers must be able to see it.", span)
            return


def _language(reading: Reading) -> Iterator[Hit]:
    for field, text in reading.all_texts():
        if not is_english(text.folded):
            yield Hit(field, "This is not in English; put an English version beside it.")


CHECKS = (
    Check(id="L02", issue="vague_description", look=_vague, codes=(30886, 30497), source="Twilio error page 30886"),
    Check(id="L32", issue="isv_instead_of_business", look=_isv, codes=(30474, 30927), source="Twilio error page 30474"),
    Check(id="L33", issue="personal_use", look=personal, codes=(30912, 30532), source="Twilio error page 30912"),
    Check(
        id="L53",
        issue="website_not_ready",
        look=_not_ready,
        codes=(30919, 30473),
        source="Twilio error pages 30473 and 30919",
    ),
    Check(id="L30", issue="not_english", look=_language, codes=(30910,), source="Twilio error page 30910"),
)
