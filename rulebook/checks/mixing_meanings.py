"""How texts say that one control covers several things, or that numbers go to others."""

import re

from rulebook.prose import meaning

_OTHER_CHANNEL = (
    "((e-mails?|emails?)( newsletters?| updates| offers| messages| alerts| news)?|((phone|telephone|voice|automated|"
    "recorded|prerecorded|robo) )*calls?|robocalls?|phone|telephone|voice|"
    "voicemails?|whatsapp|postal mail|mail|direct mail|push( notifications?)?)"
)
_TEXT_CHANNEL = "(sms|texts?( messages?| messaging)?|mms|sms messages?|text/sms|sms/text)"
_AND = "(,|/|&|and|or|and/or|plus|as well as|along with|\\+)"
CHANNELS = meaning(
    (
        rf"{_OTHER_CHANNEL} ?{_AND} ?((by|via|and|or|through|our|to) )?((automated|recurring|marketing|promotional|sms|"
        rf"our|all) )?{_TEXT_CHANNEL}"
    ),
    (
        rf"{_TEXT_CHANNEL} ?{_AND} ?((by|via|and|or|through|our|to) )?((automated|recurring|marketing|promotional|"
        rf"phone|"
        rf"our|all) )?{_OTHER_CHANNEL}"
    ),
    (
        rf"{_OTHER_CHANNEL} ?{_AND} ?{_OTHER_CHANNEL} ?{_AND}? ?((and|or|by|via) )?((automated|recurring) "
        rf")?{_TEXT_CHANNEL}"
    ),
    r"(both|all) <3> (sms|text|texts) and <2> (e-?mail|calls?|phone)",
    unless=(
        (
            "(separate|separately|own|each (channel|with)|different|another|second|distinct|instead|remain|"
            "alternatively|apart)"
        ),
        "(sms|text|texts) only|only (sms|text|texts)",
        (
            "choices?|choose (how|one|whether)|decides? (how|whether)|between|whichever|(one|any) of "
            "(them|these|the (two|three))|either|pick one|choose one|prefers?|preferred"
        ),
        "(not|no|never|n't|without|nor) <6> (e-?mails?|calls?|voice)",
        "(call|phone|e-?mail|text) <2> (or|and|/) (call|phone|e-?mail|text|write) (us|the|our|to|at|him|her)",
        "(questions|support|help|assistance) <6> (call|phone|e-?mail)",
    ),
)
CONSENTS = re.compile(
    r"\b(?:agree\w*|consent\w*|accept|opt(?:s|ed|ing)?[ -]in|permission|authoriz\w*|may (?:contact|send|reach|"
    r"text|call|e-?mail)|(?:would )?like to (?:receive|get|hear)|want (?:to|you)|"
    r"receive|get|send me|text me|i want|i'd like|(?:may|can|shall|could) we|(?:e-?mail|call|reach|contact) me|by "
    r"(?:text|sms)|via (?:text|sms)|(?:check|tick) here|contact(?:ed)?|box|checkbox|tick\w*|toggle|switch|sign(?:s|"
    r"ed)? up|join|yes|notify me|"
    r"reach me|keep me|updates? (?:by|via)|one)\b"
)
_PROMOTION = (
    "(marketing|promotional|promotions?|promos?|offers?|deals?|specials?|discounts?|coupons?|sales?( alerts| news| "
    "events)?|advertising|advertisements?|savings (offers|events|alerts))"
)
_SERVICE = (
    "(appointment (reminders?|texts?|updates?|messages?|alerts?|notices?|confirmations?)|appointments|"
    "reminders?|(order|delivery|shipping|shipment|account|billing|booking|reservation|service|status|repair|"
    "membership|schedule|security|fraud|payment|transactional|transaction|pickup|policy|prescription|claim|ticket) "
    "(and \\w+ )?(updates?|notifications?|alerts?|notices?|confirmations?|messages?|texts?|status|info|"
    "information|reminders?)|order status|receipts?|transactional|informational|"
    "account alerts|invoices?|passcodes?|(login|verification|one-time) codes?|non-marketing|operational|"
    "(arrival|crew|delivery|pickup|visit|departure|lesson|shift|driver) (times?|windows?|changes|dates|news)|"
    "deliveries|outage (alerts?|notices?)|service messages|orders|bookings)"
)
PURPOSES = meaning(
    f"{_PROMOTION} <7> {_SERVICE}",
    f"{_SERVICE} <7> {_PROMOTION}",
    unless=(
        "cart reminders",
        "(separate|separately|own box|different|another|second box|distinct|each (list|box|kind|type))",
        "(no|not|never|without|n't) <4> (marketing|promo\\w*|offers|ads|advertis\\w*)",
    ),
)
SEPARATED = meaning(
    (
        "(separate|separately|two|second|different|another|distinct|own|three) <3> (box|boxes|checkbox|checkboxes|"
        "control|controls|consent|consents|toggle|toggles|switch|switches|list|lists|question|line|choice|choices|"
        "opt-in|opt-ins)"
    ),
    "(box|checkbox|list|line) (a|b|1|2|one|two)",
    "each <3> (has|with|its own|gets)",
)

_OTHERS = (
    "(parent company|companies (of|in|within) the (\\w+ )?(group|family)|(group|family) companies|"
    "(companies|businesses|firms|agencies|providers|brands|sellers|lenders|contractors) (in|of|from) "
    "(its|our|the|their|a) "
    "(\\w+ )?network|(law|partner|insurance|outside) firms|(affiliated|associated|partner|sister|"
    "related|partnering|allied) (\\w+,? ){1,5}"
    "(companies|businesses|firms|brands|agencies|stores|dealers)|other (shops|stores|clubs|schools|"
    "restaurants|sellers|clinics|salons|vendors|hotels|agencies)|"
    "(nearby|friendly|neighbou?ring|local|partner|participating|allied) (businesses|companies|shops|stores|merchants)|"
    "businesses nearby|((participating|affiliated|associated|selected|chosen|trusted|like-minded|partnering|partner|"
    "sister|marketing|advertising|"
    "insurance|related|outside|approved|featured|co-branded) )+(\\w+ )?(companies|businesses|brands|organi[sz]ations|"
    "firms|"
    "merchants|retailers|stores|shops|"
    "agencies|dealers|vendors|sellers|networks?|services)|group of companies|(companies|businesses|shops|brands|firms|"
    "merchants) (that|who|which)|our network|franchisees?|manufacturers?|list brokers?|"
    "lead buyers?|"
    "partners?|affiliates?|affiliated (companies|businesses)|sponsors?|third[- ]part(y|ies)|other (companies|"
    "businesses|brands|organi[sz]ations|firms|merchants|retailers|lenders|providers|parties)|advertisers?|"
    "sister (companies|company|brands?|stores?)|subsidiaries|data brokers?|marketers|vendors|lenders|dealers|"
    "resellers|list buyers|outside (companies|firms|parties)|selected companies|"
    "network of (companies|providers|contractors|agents|lenders)|family of (companies|brands)|agencies|"
    "insurers|others|trusted (companies|brands|businesses)|participating (companies|businesses|providers|"
    "merchants|dealers))"
)
_HANDS = (
    "(share|shares|shared|sharing|sell|sells|sold|selling|pass|passes|passed|passing|provide|provides|provided|"
    "give|gives|given|disclose|disclosed|discloses|transfer|transferred|"
    "rent|rents|rented|forward|forwarded|forwards|hand|handed|hands|distribute|distributed|supply|supplied|"
    "make available|made available|exchange|exchanged|release|released|trade|go|goes|sent|available|access|"
    "license|licensed|receive|reach|use|used|open|offered|accessible|visible|lent|lend|loaned)"
)
SHARING = meaning(
    f"{_HANDS} <12> (with|within|across|to|by|among|for) <6> {_OTHERS}",
    f"{_HANDS} <4> {_OTHERS}",
    "(and|or|as well as|plus) <4> (we|that|who) <1> (work|works|partner|cooperate|team up) with",
    (
        f"(let|lets|allow|allows|permit|permits|enable|enables|authorize|authorizes) <3> {_OTHERS} <3> (use|text|"
        "contact|get|see|message|reach|send|call|market)"
    ),
    f"(consent|permission|opt-in|agreement) <4> (applies|extends|covers|includes|passes|goes|counts) <5> {_OTHERS}",
    "(sell|sells|rent|rents|selling|renting|trade|trades) <3> (lists?|numbers|contacts|phone data)",
    "((cable|insurance|phone|utility|marketing|moving|solar|credit|finance) compan(y|ies)|lenders|"
    "insurers|advertisers|friends|colleagues|realtors?|agents|brokers|sponsors|vendors|insurers|"
    "partners|neighbou?rs|suppliers|stores|shops|clubs|firms) "
    "<3> (gets?|receives?|sees?|uses?) <2> (list|numbers?|contacts)",
    (
        "\\w+s (that |who |which )?we (trust|know|like|work with|recommend|team up with|partner with|deal "
        "with|cooperate with) <2> (may|can|will|might|get|receive)"
    ),
    "(gets?|receives?|obtains?|sent|given) <2> (copy|copies) <3> (list|numbers?|contacts)",
    (
        "(we|us|it|that|who|which) <1> (work|works|working|partner|partners|cooperate|team up|deal|deals|sponsor|"
        "sponsors|advertise) <3> "
        "(may|can|will|might|could|get|gets|receive|receives|use|also|who) <6> (number|numbers|list|text|texts|write|"
        "contact|call|"
        "contacts|details|introduce|message)"
    ),
    (
        "(companies|businesses|brands|shops|firms|stores|people|services|vendors) we <4> (may|can|will|might|get|"
        "receive) <4> (number|numbers|list|text|contact|write|message|reach)"
    ),
    "(passed|given|sold|handed|shared|goes|go|forwarded|released) ((on|over|out) )?to <2> (companies|firms|brands)",
    (
        f"(and|or|&|,|as well as|plus) <5> {_OTHERS} <8> (may|can|will|to|might|could|also) ?(also )?(text|send|"
        f"contact|message|call|reach|receive|use|market)"
    ),
    f"(from|by|with|of) <10> (and|or|&|as well as|plus|,|/) <5> {_OTHERS}",
    f"(text|texts|messages?|offers|sms|contacted|hear) <4> (from|by) <4> {_OTHERS}",
    (
        f"{_OTHERS} <8> (may|can|will|might|could) ?(also )?(text|send|contact|message|call|reach|receive|get|use|"
        f"market|have access)"
    ),
)
CARRIER = re.compile(
    r"\b(?:provider that (?:delivers|sends)|(?:messaging|sms|text|service|delivery|telecom|communications?|"
    r"cloud|software|messaging service|texting) (?:provider|vendor|platform|partner|company|service|"
    r"aggregator)s?|"
    r"carriers?(?!(?:'s?)? (?:[\w.&]+,? ){0,4}(?:rates|charges|fees|costs)\b)|aggregators?|"
    r"twilio|delivers? (?:the|our|these) (?:messages|texts)|(?:deliver|send|sends|carry|"
    r"transmit) (?:the|our|these|your|them|those)(?! (?:(?:key)?words?|letters?|command|reply|name|numbers?|list|text "
    r"stop|message stop)\b)|processor)\b"
)
KEPT_OUT = re.compile(
    r"\b(?:kept out|keeps? out|exclud\w+|exempt|stays? with us|remains? with us|refus\w+ to|forbid\w*|prohibit\w*)\b"
)
