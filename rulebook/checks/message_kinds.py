"""What a message is, told by what it says: a promotion, a login code, a bill, a delivery ..."""

from collections.abc import Mapping
from types import MappingProxyType

from rulebook.prose import Meaning, meaning

# What a message is, told by what it says. One message can be several.
SIGNS: Mapping[str, Meaning] = MappingProxyType(
    {
        "promotion": meaning(
            r"\d+ ?(%|percent|pct) (off|discount|savings|bonus|more|cash ?back|extra)",
            r"(save|saves|saving|take|get|enjoy|up to|extra) (up to )?\$?\d+( ?(%|percent|dollars))?( off)?",
            r"\$\d+[\d.,]* (off|discount|coupon|voucher|credit toward)",
            "(half|reduced|lower|special|sale|introductory|slashed) pric(e|es|ed|ing)",
            (
                "(flash|clearance|summer|winter|spring|fall|holiday|weekend|anniversary|storewide|big|annual|"
                "seasonal|garage|sidewalk|semi-annual|our|white|friday|on) sales?"
            ),
            "sales? (ends|starts|today|now|this|tomorrow|until|through|on|event)",
            (
                "(on sale|discount|discounts|discounted|coupon|coupons|promo code|promo|promotion|bogo|clearance|"
                "doorbuster|cash ?back|rebate|voucher)"
            ),
            "buy (one|1|two|2|three|3) <3> (get|free)",
            "(2|two|3|three) for (1|one|2|two|the price)",
            (
                "(limited[- ]time|exclusive|special|great|hot|new|best|today's|this week's|weekly|member|members|"
                "vip) (offer|offers|deal|deals|discount|discounts|pricing|savings|specials?)"
            ),
            (
                "(don't miss|last chance|hurry|while (supplies|stocks?) lasts?|act now|shop\\s+now|order now|buy now|"
                "shop\\s+the|ends (tonight|soon|today|sunday|monday|midnight))"
            ),
            "(upgrade|switch|subscribe|sign up|join) <6> (save|premium|pro|free|today and|and get|for only|bonus)",
            (
                "free (gift|shipping|trial|month|delivery on|sample|dessert|drink|appetizer|upgrade|consultation|"
                "estimate|whitening|class pass|coffee|fries|spins|session|quote)"
            ),
            r"(new|fresh|just) <3> (arrivals?|collection|styles|flavou?rs|line|arrived in store|landed|products)",
            r"(for|from|starting at|only|just) (only |just )?\$\d+",
            r"(only|just|now) \$\d+",
            "(earn|double|triple|bonus) <2> points",
            "(treat yourself|check out our|try our new|introducing|discover our|now available)",
            "(deals|specials) (on|this|today|for|all|of)",
            "(use|with|enter) code \\w+ (at checkout|for|to (save|get)|and (save|get)|online)",
            unless=(
                "(replace|approve|approval|authorize|go ahead|shall we) <6> \\$\\d+",
                "\\$\\d+[\\d.]* <3> (ok|okay|approve|go ahead|reply y)",
            ),
        ),
        "code": meaning(
            (
                "(verification|security|login|log-in|sign-in|one[- ]time|access|confirmation|authentication|2fa|"
                "auth|single-use|activation|reset|passcode) <1> (pass)?(code|pin|password|passcode)s?"
            ),
            "(passcode|otp)",
            r"\w+ is your <5> (code|pin|passcode|otp|password|token)",
            r"\w* ?(signs|logs|gets) you in",
            "(sign-in|login|one-time|security|access|verification) tokens?",
            "your <4> (code|pin|otp) (is|:)",
            r"your <4> (code|pin|otp) \d{4,8}",
            (
                "(use|enter|type) <4> to <1> (confirm|verify|sign in|log in|finish|complete|continue|approve|"
                "authorize|reset)"
            ),
            "code <6> (expires?|valid|minutes|do not share|don't share|never share)",
            unless=(
                "(promo|discount|coupon|with|door|gate|lock|entry) code",
                "code <3> (off|save|discount)",
                r"room <6> code",
            ),
        ),
        "appointment": meaning(
            (
                "(your|an|the|upcoming) <3> (appointment|appt|visit|cleaning|consultation|session|exam|check-?up|"
                "screening|reservation|lesson|fitting)"
            ),
            "appointment",
        ),
        "delivery": meaning(
            (
                "(your|the|an?|order|pro|package|parcel|shipment|load) <5> (delivered|delivery|delivering|shipped|"
                "arrives?|arriving|arrived|dispatched|out for|on (its|the) (way|truck)|left|ready|packed|in "
                "transit|picked up|en route)"
            ),
            "(order|package|parcel|shipment|delivery|driver|courier|tracking|track|pickup|pick-up|eta)",
            "(shipped|out for delivery|en route|on (its|the) way|back-ordered|backordered)",
        ),
        "billing": meaning(
            "(bill|invoice|payment|balance|statement|autopay|auto-pay|receipt|past due|amount due|minimum due|account)",
            "(renews|renewal|subscription)",
        ),
        "fraud": meaning(
            "(fraud|suspicious|unusual|unauthorized|unrecognized|unfamiliar|scam)",
            "did you <6> (purchase|charge|transaction|make|try|attempt|authorize|use|spend|withdraw)",
            "(purchase|charge|transaction|withdrawal|transfer) <8> (yes|no|recognize|if you|was this|not you)",
            "(blocked|locked|froze|frozen|declined|paused) <4> (card|account|transaction|purchase|charge|payment)",
            "card <8> (blocked|locked|frozen|declined|attempted|used|charge)",
        ),
        "security": meaning(
            (
                "(new|unrecognized|unknown|unusual|failed|recent) <3> (login|sign-in|log-in|device|browser|"
                "location|access|sign in|attempt|attempts)"
            ),
            (
                "(password|recovery email|security (settings|question|alert|notice|key)|two-step|account access) "
                "<8> (changed|reset|updated|added|removed|was|has)"
            ),
            (
                "(security (alert|notice|warning)|signed in|logged in|data breach|account (was|is|has been) locked|"
                "not you)"
            ),
        ),
        "event": meaning(
            (
                "(event|concert|festival|game|practice|meeting|rehearsal|registration|tickets?|doors|show|tour|"
                "workshop|open house|race|tournament|gala|parade|seminar|webinar|conference|kick-?off|"
                "rsvp|movie|lecture|meetup|fair|stage|gates?|lineup|match|class|classes|reading|screening|market|"
                "camp|party|expo|keynote|breakfast|picnic|venue|session|sessions|agenda|starts|rescheduled|"
                "postponed|moved)"
            ),
        ),
        "notice": meaning(
            (
                "(closed|closure|closures|closing|weather|emergency|outage|water|boil|road|roads|evacuat\\w*|"
                "shelter|advisory|power|snow|flood\\w*|storm|wildfire|warning|street|detour|delays?|delayed|"
                "dismissal|burn ban|"
                "shutoff|trash|recycling|garbage|air quality|heat|hurricane|tornado|public|residents|county|city|"
                "vaccin\\w*|bus|early release|crews|hydrants?)"
            ),
        ),
        "donation": meaning(
            (
                "(donat\\w*|gift|give|giving|fund\\w*|volunteer\\w*|foster|pledge|match(ed|ing)?|appeal|charity|"
                "raised|meals|drive|shift|campaign|contribut\\w*|thank you|thanks|support|help|families|animals)"
            ),
        ),
        "poll": meaning(
            (
                "(poll|vote|voting|votes|survey|opinion|feedback|which <6> (prefer|suits?|works|like|want)|how (likely|"
                "satisfied|would you "
                "rate)|scale of|rate (your|our|us)|questionnaire|ballot|"
                "reply (a|1|yes) <3> (b|2|no))"
            ),
        ),
        "school": meaning(
            (
                "(school|classes|class|student|students|semester|tuition|campus|exam|exams|course|courses|grades?|"
                "registrar|advis\\w*|enrol\\w*|dorm|financial aid|fafsa|library|homework|pupil|teacher|bus|"
                "dismissal|term|orientation|assignment|deadline|transcript|lecture|graduation|university|college|"
                "admissions?)"
            ),
        ),
        "reply": meaning(
            (
                "(you are|you're|you have|you've|you were) <3> (now )?(subscribed|unsubscribed|opted|signed up|"
                "joined|in for|enrolled|removed|registered for)"
            ),
            "(will|won't) <3> (receive|get) <6> (more|further|again|texts|messages|alerts|msgs)",
            "(reply|text) help for help",
            "(thanks|thank you) for (joining|subscribing|signing up|opting in|enrolling)",
            "for (help|support|assistance) <3> (call|e-?mail|contact|visit|write)",
            "reply (yes|y) to (confirm|join|subscribe|receive|opt)",
        ),
    }
)
