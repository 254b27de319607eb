"""L24 to L26, L38: what is offered: forbidden families, lending and alcohol with their flags."""

import re
from collections.abc import Iterator
from itertools import chain

from rulebook.checks import families_debt, families_goods, families_money, families_pastimes
from rulebook.checks.check import Check, Hit
from rulebook.checks.family import ADVOCACY, NAMES, PLACE, RECOVERY, SURE, WARNING, only_mentioned
from rulebook.findings import Severity
from rulebook.names import Name
from rulebook.prose import Meaning, Span, meaning
from rulebook.reading import Reading

_MONEY_LOAN = (
    "(loans?|mortgages?|lines? of credit|credit lines?|financing|installment plans?|instalment plans?|payment "
    "plans? with interest|cash advances?|lending|payday advances?)"
)
LENDING = meaning(
    (
        "(direct|community|mortgage|private|hard money|auto|consumer|licensed|small business|payday|online|local|"
        "home) lenders?"
    ),
    (
        f"(make|makes|making|offer|offers|offering|provide|provides|providing|originate|originates|originating|"
        f"issue|issues|fund|funds|extend|extends|write|writes|service|services|grant|grants|give|gives|our|carry|"
        f"carries|with|its) <4> ((auto|car|home|personal|student|business|small business|mortgage|payday|title|"
        f"in-house|own|consumer|vehicle|equity|boat|rv|farm|short-term|and) ?)*{_MONEY_LOAN}"
    ),
    (
        "(auto|car|home|personal|student|small business|business|mortgage|payday|title|vehicle|equity|boat|rv|farm|"
        "consumer|first-time|signature|bridge|construction) (and \\w+ )?loans?"
    ),
    (
        "(in-?house|own|store|dealer|owner|seller|our|direct|internal) (financing|credit line|credit plan|"
        "instal?lment plans?|loans?|credit accounts?)"
    ),
    (
        "(your|their|member's|borrower's) (loan|mortgage|credit line|line of credit|heloc)(?! payoff) <3> (payment|"
        "application|is|has|was|balance|account|officer|number|documents|closing|due|approval|approved|statement)"
    ),
    (
        "(loan|mortgage) (payment|payments|application|applications|applicants?|officer|officers|accounts?|balance|"
        "approval|closing|statement|documents|status|servicing|terms|due)"
    ),
    "(we|which|that|who|and|company|bank|union) (also )?(lend|lends|finance|finances)",
    (
        "(lend|lends|lending) <3> (money|cash|to|on (car|truck|vehicle|auto|pawn|gold|property|homes)|"
        "against|members|homebuyers|families|businesses|up|on)"
    ),
    "buy[- ]here[- ]pay[- ]here",
    (
        "(pay|paid|finance|spread) <6> (over|in) \\w+ <2> (months|instal?lments|payments|monthly) <6> (with us|to "
        "us|through us|own|in-house|plan|financing|interest)"
    ),
    "(instal?lment) (plan|plans|agreement|credit|accounts?|contracts?)",
    (
        "payday (loans?|advances?|lend\\w*)|(borrow|borrowing|cash|money|funds|\\$\\d+) <4> (until|till|before) (your |"
        "the |next )?payday|borrow \\$\\d|(cash|merchant) advances?|borrow (up to|\\$|money|from us)|borrowers?"
    ),
    (
        "(pay|pays|paid|paying|spread|spreads|split|splits) <8> (over|across|in) <2> (months|instal?lments|years) <12> "
        "(us|itself|"
        "ourselves|store|shop|dealership|account|no bank|bank involved|ourselves|own)"
    ),
    "(pay|pays|paid|repay|repays) (us|it|the (shop|store|money|cash)) back <4> (days|weeks|months|payday|paycheck)",
    (
        "(hand|hands|give|gives|get|advance|advances|cash|money) <10> against <2> (title|titles|car|paycheck|pink slip|"
        "wages)"
    ),
    "pay (us )?(over|in) <3> (months|instal?lments)|pay us (over|in) <3> (weeks|months)",
    "(our|own|in-house|store|house) (own )?(payment plans?|pay plans?|charge accounts?|credit cards?|charge cards?)",
    (
        "(we|store|shop|dealership|clinic|practice) (itself )?(carries|carry|holds?) the (note|paper|financing|account|"
        "loan)"
    ),
    unless=(
        (
            "(not|no|never|n't|nor|without|neither) <6> (lend|lends|lender|lending|loans?|mortgages?|financing|"
            "credit lines?)"
        ),
        (
            "(library|inter-?library|interlibrary|book|books|equipment|tools?|instruments?|items?|toys?|devices?|"
            "laptops?|gear|kayaks?|museum|costumes?|art|exhibit|bikes?|seed) <6> (loan|loans|loaned|borrow\\w*|"
            "lend\\w*)"
        ),
        (
            "(loan|loans|loaned|borrow\\w*|lend\\w*) <6> (library|books?|tools?|items?|instruments?|laptops?|"
            "equipment|gear|toys?|devices?|kayaks?|museum|artifacts?|costumes?|artworks?|painting|film|films|due "
            "date|renew)"
        ),
        (
            "(third[- ]party|outside|partner|other|independent|separate|another|external) <3> (lenders?|banks?|"
            "bank|financing|companies|company|finance)"
        ),
        "(lend|lends|lending|loan|loans) <3> (things|drills|ladders|machines|bikes|toys|tools|stuff)",
        "(loaner|on loan|lending hand|lend a hand|lending library|ear|loan (forgiveness|counsel\\w*|of))",
        "(library|museum|tool) (lend\\w*|loans?)",
        "(books?|hold|holds|patrons?|cardholders?|librar\\w*) <12> (loan|loans|borrow\\w*)",
    ),
)
_DRINK = (
    "(beers?|wines?|ipas?|pale ales?|ales?|lagers?|stouts?|porters?|pilsners?|hard (cider|ciders|seltzer|"
    "seltzers|lemonade|kombucha)|ciders|cider (release|tasting|flights?|club|house|on tap|specials?|pairing)|mead|"
    "cocktails?|martinis?|margaritas?|mimosas?|sangria|whiske?ys?|"
    "bourbons?|scotch|rye (whiske?ys?|old[- ]fashioned)|vodkas?|gins?|"
    "tequilas?|mezcals?|rums?|brand(y|ies)|cognacs?|liqueurs?|spirits|sake|soju|champagnes?|prosecco|cavas?|"
    "rosés?|chardonnays?|pinots?( noir| gris| grigio)?|cabernets?|merlots?|malbecs?|zinfandels?|rieslings?|"
    "syrahs?|sauvignons?( blanc)?|liquors?|alcohol (delivery|specials|sales|products)|alcoholic (drinks|"
    "beverages)|"
    "pints? (of (beer|ale|ipa|stout|lager|cider)|specials?|night|glass)|kegs?|growlers?|crowlers?|4-packs?|six-packs?|"
    "happy hours?|tap takeovers?|on tap|drink specials?|"
    "(on|cold|craft|local|house|new|fresh|our|\\d+|\\$\\d+) drafts?(?! (of|is|are|return|report|ready|copy|version|"
    "plan|rules?|minutes|agenda|budget))|draft (list|lines?|night|specials?|beers?|pours?|cocktails?|house)|"
    "drafts? (pouring|pours?|\\$\\d+|half)|"
    "(tequila|whiske?y|jell-?o|fireball|dollar) shots|"
    "bottle (club|release|shop|service)|aged barrels?|single malts?|new brews|"
    "draughts?|moonshine|absinthe|vermouth|aperitifs?|spritz)"
)
ALCOHOL = meaning(
    _DRINK,
    unless=(
        (
            "(not|no|never|nothing|n't|without|neither|nor|free of) <6> (beers?|wines?|alcohol\\w*|liquor|drinks|"
            "spirits|sold|brewed|served|serve|sell|brewing|cocktails?)"
        ),
        "(root|ginger|birch) (beer|ale)|ginger ales?",
        (
            "(beer|wine|rum|bourbon|whiske?y|brandy|champagne|cider|sherry) ?-?(batter\\w*|braised|cheese|cake|"
            "raisin|balls?|glazed|vinegar|vinaigrette|sauce|glass|glasses|country|colou?r\\w*|red|rack|cooler|"
            "fridge|vinegar|doughnuts|donuts|mill|pressed|bread)"
        ),
        (
            "(non-?alcoholic|alcohol-?free|zero[- ]proof|mocktails?|sober\\w*|recovery|rehab|addiction|sobriety|"
            "detox|awareness|drunk driving|dui)"
        ),
        "(team|school|high|holiday|good|free|kindred|holy|community|evil|animal|festive|low) spirits",
        "(lift|lifts|lifting|raise|raises|raising|keep|keeps|keeping) <2> spirits",
        "for <4> sake|scotch (tape|pines?|plaid|guard)|stout (boots?|shoes?|rope|gloves)",
        (
            "(flu|allergy|vaccine|vaccination|rabies|booster|screen|head|tetanus|covid|dog|pet|puppy|b12|your|"
            "their|annual|next) shots?"
        ),
        (
            "(blood|milk|paint|ice cream|blueberries|strawberries|soup) pints?|pints? of (blood|milk|paint|"
            "blueberries|strawberries|ice|soup|cream)"
        ),
        (
            "(military|nba|nfl|fantasy|player|rough|first|second|your|essay|document|email|final) drafts?|draft "
            "(horse|stopper|of|is|report|document)"
        ),
        (
            "vintage (cars?|clothing|furniture|clothes|bikes?|jewelry|records?|market|books?|toys?|train|trains|"
            "goods|shop)"
        ),
        "cotton gin|gin rummy|(porter|porters) (service|will|desk)|(brand|brands|brandy) (name|names|new)",
        "museum|tours? of a brewery|stains?|spilled|(wine|beer) (and|or|,) (ink|coffee|grease)",
    ),
)
_BIRTH_DATE = meaning(
    "(full )?(date[- ]of[- ]birth|birth ?-?dates?|birthdates?|d\\.?o\\.?b|birthday)",
    "mm ?/ ?dd ?/ ?y+",
    "(day|month) <2> (and|month|day) <3> (year )?<3> (birth|born)",
    "(month|day)(,)? <2> (day|month) <2> year",
    unless=(
        "(no|not|without|never|n't) <4> (birth|date of birth|birthday|dob)",
        "year of birth only",
        "birthday (club|reward|treat|offer|offers|coupon|special|gift|surprise|message|wish|wishes|text|discount)",
    ),
)


FAMILIES = (*families_goods.FAMILIES, *families_pastimes.FAMILIES, *families_money.FAMILIES, *families_debt.FAMILIES)


def _forbidden(reading: Reading) -> Iterator[Hit]:
    if WARNING.said(reading.prose(reading.summary_field)):
        return
    found: set[str] = set()
    for family in FAMILIES:
        place = _place(family.signs, reading)
        if place and not (family.unlike and reading.says(family.unlike)) and found.isdisjoint(family.part_of):
            found.add(family.name)
            field, span = place
            yield Hit(
                field, f"The text is about {family.said_as}, which carriers do not carry.", span, codes=family.codes
            )


def _place(row: Meaning, reading: Reading) -> tuple[str, Span] | None:
    """The first field that says it, the samples first: they are what is sent."""
    row = row.among(reading.beginnings)
    if not row.phrases:
        return None
    for field, text, nameless in reading.english_texts:
        spans = row.spans(text) if nameless is text else chain(row.spans(text), row.spans(nameless))
        for start, end in spans:
            sentence = nameless.sentence_at(start)
            if not _is_name(text.lowered, (start, end), reading.brand) and not only_mentioned(
                sentence, start - sentence.start, end - sentence.start
            ):
                return field, (start, end)
    return None


def _is_name(lowered: str, span: Span, brand: Name) -> bool:
    """Whether a sign is part of a place's name, or a word of the brand's that names people and places as well."""
    sign = set(lowered[slice(*span)].split())
    alone = len(sign) == 1 and sign <= set(brand.tokens) - SURE
    return PLACE.match(lowered, span[1]) is not None or alone or sign <= NAMES & set(brand.tokens)


def _lending(reading: Reading) -> Iterator[Hit]:
    place = _place(LENDING, reading) if reading.submission.has("direct_lending") else None
    if (
        place
        and not reading.says(_THINGS_LENT)
        and not reading.says(ADVOCACY)
        and not reading.submission.flag("direct_lending")
        and not reading.says(_NO_LENDER)
    ):
        yield Hit("direct_lending", "The texts say that the brand lends, but the flag says it does not.")


_THINGS_LENT = meaning(
    (
        "(tool|book|equipment|toy|seed|bike|instrument|library|e-book|ebook|item|gear|laptop|interlibrary) (loans?|"
        "lending|"
        "library|libraries)"
    ),
    (
        "(lend|lends|lending|borrow|borrows|borrowed|loan|loans) <3> (tools?|hammers|books?|e-books|ebooks|toys|items|"
        "instruments|laptops|"
        "equipment|gear|seeds|kits|costumes|dvds|games)"
    ),
)
_NO_LENDER = meaning(
    "(not|no|never|don't|doesn't|nor|neither|without) <2> (lend|lends|lender|lending|finance|financing)",
    (
        "(not|no|never|don't|doesn't|nor|neither) <2> (make|makes|offer|offers|give|gives|provide|provides|sell|sells|"
        "arrange) <3> "
        "(loans?|mortgages?|financing|credit)"
    ),
    "no (loans?|financing|mortgages?|credit lines?)",
    "(loans?|financing|layaway|mortgages?) <3> (is|are) not (offered|given|made|sold|provided|available)",
    "(lends?|loans?|finances?) (nothing|no money|things|no one|nobody)|never money|not money",
)


_NO_ALCOHOL = re.compile(
    r"\b(?:nothing is (?:brewed|sold)|no alcohol|alcohol-free|(?:does not|do not|don't|doesn't|never) (?:sell|"
    r"serve|pour|offer|ship) (?:any )?(?:alcohol|beer|wine|liquor|drinks))"
)


def sells_alcohol(reading: Reading) -> bool:
    """Whether the texts sell or promote alcoholic drinks."""
    if any(_NO_ALCOHOL.search(text.lowered) for _, text in reading.all_texts()) or reading.says(RECOVERY):
        return False
    return reading.once(_drinks_told)


def _drinks_told(reading: Reading) -> bool:
    """Whether a drink is named that is not a word of the brand's name, written with its capital."""
    for _, text in reading.all_texts():
        for start, end in ALCOHOL.spans(reading.without_brand(text)):
            word = text.folded[start:end]
            if not (word[:1].isupper() and word.lower() in reading.brand.tokens):
                return True
    return False


def _age_flag(reading: Reading) -> Iterator[Hit]:
    field = "age_gated" if reading.is_campaign else "age_gated_content"
    if reading.submission.has(field) and not reading.submission.flag(field) and sells_alcohol(reading):
        yield Hit(field, "The texts promote alcoholic drinks, but the flag for age-gated content is off.")


def _age_gate(reading: Reading) -> Iterator[Hit]:
    if not sells_alcohol(reading) or _BIRTH_DATE.said(reading.opt_in):
        return
    if reading.is_campaign or not reading.opt_in.blank or not reading.usable_images:
        message = "Alcohol is promoted, but sign-up does not ask for a full date of birth; a yes or no is not enough."
        yield Hit(reading.opt_in_field, message, suggestion="Enter your date of birth (MM/DD/YYYY).")


CHECKS = (
    Check(
        id="L26",
        issue="forbidden_content",
        look=_forbidden,
        codes=(30883, 30897),
        severity=Severity.ERROR,
        source="Twilio error pages 30883 and 30897, messaging policy on forbidden content",
    ),
    Check(
        id="L24",
        issue="direct_lending_flag",
        look=_lending,
        codes=(30895,),
        kinds=("campaign",),
        source="Twilio error page 30895",
    ),
    Check(id="L25", issue="age_gate_flag", look=_age_flag, codes=(30888, 30448), source="Twilio error page 30888"),
    Check(
        id="L38",
        issue="weak_age_gate",
        look=_age_gate,
        codes=(30888, 30956),
        source="Twilio error pages 30888 and 30956",
    ),
)
