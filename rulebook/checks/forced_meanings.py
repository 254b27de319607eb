"""How texts say that consent is not free: one must agree, cannot go on without, or has agreed by another deed."""

import re

from rulebook.prose import meaning

PEOPLE = (
    "(they|customers?|patients?|you|riders?|people|clients?|members?|guests?|users?|shoppers?|buyers?|students?|"
    "tenants?|"
    "residents?|parents?|families|drivers?|donors?|visitors?|callers?|applicants?|subscribers?|owners?|players?|"
    "everyone|"
    "everybody|anyone|anybody|whoever|person|i|he|she|somebody|someone|attendees|participants|consumers?|borrowers?)"
)
_BOX = (
    "(box|checkbox|check-box|tick-box|tickbox|toggle|switch|option|control|consent|sms|sms field|text field|texts?|"
    "slider|"
    "square|tick|opt-in|text messages|text messaging)"
)
_ACT = (
    "(tick|ticks|ticking|ticked|check|checks|checking|checked|mark|marked|marking|agree|agreeing|agreed|agrees|consent|"
    "consenting|consents|consented|accept|accepting|accepts|accepted|opt|opts|opting|opted|allow|allowing|yes|initial|"
    "initialed|permit|say yes)"
)
_SERVICE = (
    "(form|page|site|system|checkout|wizard|orders?|bookings?|registration|appointments?|button|application|account|"
    "purchase|reservation|quote|estimate|membership|sale|payment|enrol?lment|ticket|next step|request|repair|visit|"
    "portal|app|sign-?up|intake|rental|donation|service)"
)
_NEEDED = "(required|mandatory|compulsory|obligatory|a must|needed|necessary|essential|indispensable|non-optional)"
# Somebody must agree, or a box must be ticked.
MUST = meaning(
    (
        "(must|has to|have to|needs? to|is to|are to|required to|obliged to|forced to|asked to first) <4> (tick|check|"
        "ticked|checked|accept|accepted|agree|consent|select|selected|be on|opt in|opted in|say yes|enabled|marked|"
        "mark|"
        "allow|receive (texts?|sms|text messages))"
    ),
    f"{_BOX} <3> (is|are|being|as) <2> {_NEEDED}",
    f"{_NEEDED} <2> (to <2> )?{_BOX}",
    (
        "(agreeing|agreement|consent|consenting|acceptance|accepting|opting in|opt-in|texts?|sms) <5> (is|are) <2> "
        f"({_NEEDED}|a condition|a requirement|a prerequisite|part of) <3> (to|for|of|before|in order|if)"
    ),
    "(is|are|as|being) a (condition|requirement|prerequisite) (of|for|to)",
    f"(requires?|demands?|insists? on|calls? for|depends? on) <4> (to )?{_ACT} <5> (texts?|sms|messages|box|messaging)",
    "(is|as) (all|enough) <2> (permission|consent|agreement) <2> (we|needed|required|take)?",
    "(part of) (the|our|every|each|any) (service|booking|order|membership|package|deal|repair) <3> (cannot|can't|not)",
)
# Nothing goes on without agreement. The negation is the sign here.
BLOCKED = meaning(
    (
        "(cannot|can't|can not|unable to|won't be able to|not possible( to)?|impossible( to)?|no way to|may not|not "
        "let|"
        "won't let|does not let|doesn't let|not able to|not allowed to|nobody (can|may)|no one (can|may)|nothing) <12> "
        f"(without|unless|until|while) <12> ({_ACT}|text|texts|sms|box|messages|opt-in)"
    ),
    (
        "(without|unless|until|while) <10> (box|texts?|sms|consent|agree|agreeing|ticking|ticked|checked|tick|opt-in) "
        "<8> "
        "(cannot|can't|no order|no booking|not be|rejected|refused|blocked|disabled|greyed|grayed|stays|fails?|error)"
    ),
    (
        f"{_SERVICE} <6> (disabled|greye?d?|graye?d?|dimmed|dead|hidden|greyed out|grayed out|inactive|blocked|locked|"
        "not|"
        "cannot|can't|will not|won't|doesn't|never|refuses) <6> "
        f"(until|unless|without|while|as long as|before) <8> ({_ACT}|box|texts?|sms|square|consent|opt-in)"
    ),
    f"no {_SERVICE} <4> (unless|without|until|before) <6> ({_ACT}|box|texts?|sms|consent)",
    "(without|unless) <6> (tick|box|consent|check|mark) <4> (order|booking|estimate|quote|account|"
    "move|appointment|form|purchase|"
    "registration|reservation|application|request|checkout) <3> (not|cannot|can't|never|no|isn't|won't)",
    f"{_SERVICE} <5> only <5> (once|after|when|if|with|as soon as) <9> ({_ACT}|box|opt-in)",
    (
        "only <3> (accept|accepted|available|possible|open|offered|done|booked|served|made|taken|given|take|book|"
        "serve|confirmed|"
        f"continues?|complete|completed|go on|goes on|move|moves) <9> {_ACT}"
    ),
    (
        f"({PEOPLE}|who|those) <4> (not|n't|no|without|refuses?|declines?|says? no|don't|doesn't|won't|didn't) <6> "
        f"({_ACT}|"
        "box|texts?|sms) <8> (cannot|can't|not|no|unable|turned away|rejected|loses?|refused|won't|will not|never|"
        "nothing)"
    ),
    "(decline|declines|refuse|refuses|say no|says no|opt out of) <8> (cannot|can't|not be|are not|is not|won't|turned "
    "away|no "
    "service|not served)",
    (
        "no (tick|ticks?|box|consent|texts?|sms|opt-in|agreement) (means )?no (booking|order|service|purchase|account|"
        "appointment|repair|ticket|entry|sale|registration|membership|deal|quote|rental|visit|discount)"
    ),
    (
        "(blank|empty|unticked|unchecked|unmarked|open) <5> (sends?|returns?|brings?|shows?|gives?|leads?|produces?|"
        "throws?|"
        "triggers?|stops?|blocks?|prevents?|ends?|cancels?|fails) <6> (back|error|message|warning|booking|order|form|"
        "cannot|"
        "page|step|checkout|purchase)"
    ),
    (
        "(texts?|sms|messaging|messages|it) <8> (cannot|can't|not) <2> (be )?(declined|refused|avoided|skipped|turned "
        "down)"
    ),
    "no way to <6> (and|but|while) <2> (refuse|decline|skip|leave)",
    f"{_SERVICE} <2> (rejects?|refuses?|returns?|turns? away) <8> (leaves?|without|box|tick|unticked|empty|blank|open)",
    "(sms|texts?|texting|consent|box|opt-in|messages) <2> (is|are) (not|never) (optional|voluntary|a choice)",
    (
        f"only {PEOPLE} (who|that) <4> {_ACT} <8> (can|may|are able to|are allowed to) <1> (book|rent|order|buy|use|"
        "join|reserve|apply|"
        "shop|register|enroll|schedule|borrow|visit|enter|ride|stay|pay)"
    ),
    "(not|n't) (want|wants|like|agree|agrees) <2> (texts?|sms|messages|to texts) <4> (have to|has to|"
    "must|need to|needs to|should|are asked to|may) "
    "<3> (find|go|look|use|choose|try) <3> (another|elsewhere|somewhere|other)",
    "(cannot|can't|may not|not able to|unable to) <1> (say no|refuse|decline|object|opt out of (it|them|this|texts))",
    f"(nobody|no one|none) <8> (who|that) <2> (not|n't|hasn't|haven't|didn't|refused|declined) <3> {_ACT}",
    "(not|cannot|can't|won't|doesn't|never|refuses) <6> (if|when) <6> (box|consent|tick|square|opt-in) <4> (empty|"
    "blank|unticked|"
    "unchecked|open|missing|not|left)",
)
_DEED = (
    "(submit|submits|submitting|providing|provide|provides|giving|give|gives|gave|entering|enters?|handing over|"
    "leaving|leave|"
    "leaves|left|sharing|completing|complete|completes|filling|fill in|fill out|fills in|fills out|placing|place|"
    "places|booking|books?|ordering|orders?|"
    "registering|"
    "registers?|creating|creates?|making|buying|buys?|purchasing|checking out|checks out|applying|applies|scheduling|"
    "requesting|signing "
    "up for|opening|using|continuing|proceeding|paying|pays|enrolling|reserving|donating|calling|calls|sending|sends|"
    "supplying|"
    "supplies|supply|downloading|visiting|dialing|joining the (loyalty|rewards) program)"
)
_PRESSED = (
    "(clicking|pressing|tapping|hitting|clicks?|press|presses|taps?|hits?|selecting|choosing) <3> (book|order|pay|"
    "place|submit|register|buy|checkout|"
    "check out|save|continue|next|reserve|schedule|send|create|finish|complete|confirm|apply|request|purchase|get "
    "quote|get my "
    "quote|donate|rsvp|log in|sign in)"
)
_AGREES = (
    "(agree|agrees|agreed|agreeing|consent|consents|consented|opt in|opts in|opted in|authorize|authorizes|accept|"
    "accepts|"
    "subscribing|subscribe|subscribes|giving consent|gives consent|give us permission|permission|allow us|allows us)"
)
_COUNTS = (
    "(counts? as|is treated as|are treated as|is taken as|are taken as|means|constitutes?|is considered|are considered|"
    "is "
    "regarded as|serves as|implies|amounts to|equals|is their|is your|is deemed|is understood as|is enough|is seen as|"
    "is the|"
    "stands for|doubles as|suffices as|is how)"
)
_CONSENT = (
    "(consent|agreement|opt-in|permission|opted in|agree|agreed|agrees|yes|acceptance|authorization|approval|"
    "consenting|"
    "agreeing|accepting|opting|subscribing|subscription)"
)
_ENROLS = (
    "(added|enrolled|subscribed|opted in|consented|signed up|agreed|put on|opted-in|enlisted|registered for texts)"
)
# A deed with another purpose is taken as consent.
TAKEN = meaning(
    f"(by|when|in|after|through|upon|with|if|once|whenever|as soon as) <3> ({_DEED}|{_PRESSED}) <14> {_AGREES}",
    f"({_DEED}|{_PRESSED}) <10> {_COUNTS} <6> {_CONSENT}",
    (
        f"({_DEED}|{_PRESSED}) <10> (opts|signs|enrolls|adds|subscribes|puts|(opt|sign|add|enroll|subscribe|put) (you|"
        "them|the \\w+)) <5> (in|up|list|texts?|sms|texting)"
    ),
    (
        "(treat|treats|take|takes|consider|considers|regard|regards|count|counts|interpret|see|sees) <10> as <3> "
        f"({_CONSENT}|a yes)"
    ),
    "(everyone|everybody|anyone|anybody|all|each|every|any) <8> (who|that|whose) <10> (is|are|gets?|will be|has been|"
    "have been|"
    f"has|have)( also| then| automatically)* {_ENROLS}",
    f"(everyone|everybody|anyone|all|each|every|any) <8> (is|are|gets?|will be)( also| then| automatically)* {_ENROLS}",
    (
        "(everyone|everybody|anyone|anybody|whoever|all|each|every|any) <3> (applies|apply|books?|orders?|registers?|"
        "buys?|"
        "submits?|enrolls?|enrols?|calls?|rents?|pays?|joins?) <3> (consents?|agrees?|opts? in|accepts?)"
    ),
    (
        f"{PEOPLE} (who|that) <3> {_DEED} <8> (agree|agrees|consent|consents|accept|accepts|are opted|is opted|get "
        "texts|are texted)"
    ),
    (
        f"{PEOPLE} (are|get|gets|is|will be) <2> {_ENROLS} <8> (automatically|when|once|as soon as|upon|by|after|at|"
        "with|during)"
    ),
    (
        "(automatically|auto|straight away|without asking) <3> (added|adds|add|enrolled|enrolls|enrol|subscribed|"
        "subscribes|opted|opt|opts|"
        "consent|consents|signed up|sign|receive|get|join|joined|included|enlisted)"
    ),
    (
        "(add|adds|enroll|enrolls|put|puts|subscribe|subscribes|sign) <2> (every|all|each|everyone|everybody|anyone|"
        "any|new) <6> "
        "(list|texts?|sms|program|alerts)"
    ),
    (
        "(numbers?|phones?|cells?) <2> (collected|given|entered|left|taken|on file|provided|from|in) <10> (are|is|get|"
        "gets) <2> "
        "(used|added|enrolled|texted|put|loaded|subscribed)"
    ),
    (
        "(number|numbers|customers|patients|everyone|riders|clients|members) <8> (goes|go) (straight |right )?on(to)? "
        "<3> (list|texts?|sms)"
    ),
    "(assume|assumes|presume|presumes|infer|infers) <3> (consent|permission|opt-in|agreement)",
    f"({_DEED}|{_PRESSED}) <6> (means|shows|says) <3> (want|wants|would like|ok|okay|fine)",
    "no (alternative|other choice)",
    "numbers? (is|are|gets?) <3> (added|put|entered|placed|loaded) <6> (list|texts|sms|program|database for)",
    "(begin|begins|start|starts) <2> (sending|texting|to (text|send)) <8> (on file|account|number|customers)",
    "(number|form) <4> (is|as) <2> (consent|opt-in|permission|agreement)",
    (
        "(there is|there's|with|has|have|offers?|gives?) no (separate|way|option|other) <5> (choice|box|checkbox|"
        "consent|decline|"
        "refuse|opt|control|say no|skip)"
    ),
    (
        "no (separate|extra|additional|own) (sms |text |consent )?(box|checkbox|consent|choice|step|opt-in|permission|"
        "tick|question)"
    ),
    (
        "(take it|assume|assumes|suppose|presume|understand|trust) that <10> (wants?|agrees?|consents?|"
        "would like|is fine|are fine|welcomes?)"
    ),
    f"(thereby|thus|in so doing|by so doing|by doing so|in doing so) <3> {_AGREES}",
    "(no|without) (extra|further|other|additional|separate|any) (question|consent|permission|asking)",
    unless=(
        "(themselves|actively|himself|herself|themself|on (their|your) own|deliberately|personally|by hand)",
        "(deliver|delivery) <3> (counts|is treated)",
    ),
)
# The person's own act of choosing, which makes a deed a choice.
CHOSEN = re.compile(
    r"\b(?:tick\w*|check(?:s|ed|ing)? (?:the|this|a|that|off)|check ?box|box|marks?|marked|marking|toggl\w*|switch\w*|"
    r"initial\w*|"
    r"circl\w*|yes|repl(?:y|ies|ying)|text(?:s|ing)? (?:the|in|join|us|[A-Z]{3,})|keyword|opts? in by|chooses? to|"
    r"(?:may|can|could|might) (?:also |then |still )?(?:opt|agree|consent|accept|subscribe|choose|sign "
    r"up|join|ask|say yes)|"
    r"(?:press|click|tapp?|hit|touch)(?:s|es|ing|ting)? (?:the )?['\"]?(?:subscribe|sign me|join|opt "
    r"in|text me|yes|add me|notify|keep me|"
    r"remind me)|"
    r"wish(?:es)? to|who (?:want|agree|accept|consent|opt))\b"
)
FREE = meaning(
    (
        "(not|never|don't|doesn't|isn't|aren't|no|dont|without|nobody|nothing) <5> (required|requirement|condition|"
        "conditional|"
        "mandatory|compulsory|obligatory|necessary|needed|need|needs|depend|depends|affect|affects|obliged|must|have "
        "to|"
        "has to|obligation)"
    ),
    "((?<!not\\s)(?<!never\\s)(optional|voluntary)|voluntarily|freely|free choice|skippable)",
    "(never|not|neither|no) <3> (needed|required|necessary|forced)",
    "(can|may) <3> (skip|skipped|be left|leave|decline|refuse|go ahead without|without)",
    (
        "(works?|(?<!not\\s)(?<!im)possible|goes through|proceeds?|can(?! not| ?t)|may(?! not)|able to|could|still|are "
        "welcome "
        "to) <8> (?<!un)(without|either way|just the same|regardless|whether or not|even if)"
    ),
    "(nothing|no word|not) <4> (about|of|with|to do with) <3> (texts?|texting|sms|messages|messaging)",
    "(whether or not|either way|regardless|no effect|all the same|just the same|up to (the|each|you|them))",
    # what must be ticked so that texts come is a choice
    (
        "(tick|ticked|ticking|check(?! out)|checked(?! out)|checking(?! out)|mark|marked|marking|the tick|the box) <8> "
        "(before|to|for|in order "
        "to|until|so that|if) <4> (get|receive|join|texts?|sms|we (send|text)|it sends|anything is sent|any (text|"
        "message)|the first|"
        "be texted|messages?|alerts?|sends?)"
    ),
    "(must|has to|have to|needs to) be (ticked|checked|marked) by (the|each|every) \\w+\\W*$",
    (
        "(themselves|himself|herself|themself|actively|deliberately|personally|by hand|on (their|your) own|(never|not) "
        "do it for)"
    ),
)
SINGLE_PURPOSE = meaning(
    "(only|sole|single|one) <2> (purpose|function|use|job)",
    "nothing (but|else|other than) <4> (form|list|text|texts|sign-up|sms|number|club)",
    (
        "(only|just|solely|purely|exclusively) <3> (for|serves?|used for|there for|exists for|to join|about|collects?|"
        "signs?|"
        "asks for) <5> (list|text|texts|sms|alerts?|club|messages|number|join|mobile)"
    ),
    "(list|text|sms|alert|club)[- ](list )?(form|sign-up|signup|page) only",
    "(dedicated|separate|stand-?alone|own) <4> (form|page|sign-up|signup|list|box|checkbox|control|widget|keyword)",
    "(form|page|widget|pop-?up|banner|box) <3> (does|has|is for|with|contains|serves) <2> (nothing else|no other|only)",
    "(serves|has|with|for) no other purpose",
    "pop-?up",
    (
        "(entering|typing|providing) <4> number and (tapping|clicking|pressing|hitting) (unlock|join|sign|subscribe|"
        "get|start|"
        "text)"
    ),
    "(for|about|with|has|does) <6> (and|but) nothing else",
    "(text|sms) (list|club|alerts?|program) (form|sign-?up|page|box)",
    "(used|made|there|meant) (only )?for (the|our) (text|lunch|bread|alert|sms|\\w+) list (only)?",
)
OWN_CONTROL = meaning(
    (
        "(optional|voluntary|unticked|unchecked|empty|blank|separate|own|second|not (pre-?)?(ticked|checked|selected)|"
        "unselected|"
        "un-ticked|un-checked|open) <4> (box|checkbox|check-box|tick-box|tickbox|toggle|switch|square|signature|line|"
        "option|field|choice)"
    ),
    (
        "(box|checkbox|check-box|tick-box|toggle|switch|square|tick box|check box) <8> (optional|unticked|unchecked|"
        "empty|"
        "blank|off|voluntary|not (pre-?)?(ticked|checked|selected))"
    ),
)
OF_CODES = meaning(
    (
        "(one[- ]time|login|log-in|verification|sign-in|security|access|authentication|2fa|otp|confirmation)? "
        "?(pass)?codes?"
    ),
)
