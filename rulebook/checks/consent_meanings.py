"""How texts say that consent is not free, not separate, not the person's own act, or handed on to others."""

from rulebook.prose import meaning

_BOX = (
    "(box|checkbox|check-box|tick-box|tickbox|toggle|switch|option|control|consent|field|sms|texts?|slider|square|"
    "tick|it)"
)
_ON = (
    "(checked|ticked|selected|marked|on|enabled|active|activated|filled|filled in|crossed|switched on|turned on|"
    "set to (yes|on)|opted in|crossed)"
)
PRECHECKED = meaning(
    "pre-?(checked|ticked|selected|filled|marked|enabled|set|activated|crossed)(?! (to )?(nothing|no|none|off|blank|empty))",
    "pre (checked|ticked|selected|marked)",
    f"already <2> {_ON}",
    (
        f"{_ON} (for \\w+ )?(by default|as default|in advance|beforehand|automatically|from the start|initially|at "
        f"first|to begin with|for (them|you|the customer))"
    ),
    "(by default|automatically|initially) <4> (checked|ticked|selected|enabled|marked|switched on|turned on)",
    "defaults? (to|is|are|setting is|state is) (on|yes|checked|ticked|enabled|selected|opted in)",
    f"(starts?|comes?|begins?|arrives?|opens?|loads?|appears?|shows? up) <2> (as )?{_ON}",
    (
        f"(is|are|stands) <1> {_ON} <3> (when|before|as soon as|once) <5> (opens?|loads?|arrives?|visits?|sees|"
        f"appears?|shows?|touch\\w*|acts?|begins?|starts?)"
    ),
    (
        "(uncheck|untick|unselect|deselect|un-check|un-tick) <6> (to|if|or|before|unless|when|should|instead|"
        "otherwise|later|who)"
    ),
    (
        "(unless|until|if) <5> (uncheck|untick|unselect|deselect|un-check|clear|remove the tick|take the tick "
        "out)(s|es|ed|ing)?"
    ),
    (
        "(can|may|must|have to|has to|need to|free to|wish to|want to) <3> (uncheck|untick|unselect|deselect|"
        "remove the (tick|check)|clear the (box|tick))"
    ),
    "(switched|turned|set) on for (everyone|every|all|each|new)",
    (
        "(tick|check ?mark|checkmark|cross|mark) (is|comes|stands|sits) <2> (set|placed|already|there|present|in "
        "the box|entered)"
    ),
    (
        "(tick|check|mark|ticks|checks|marks) <2> box(es)? (ahead|beforehand|for (them|the|people|everyone|our|"
        "customers|patients))"
    ),
    "on from the (beginning|start|outset|first)",
    "(comes?|starts?|arrives?|opens?|loads?|appears?|shows?|shown|displayed|stands?) with <4> (mark|tick|check|checkmark|check ?mark|cross|x)",
    "(already|by default) <3> (mark|tick|check|checkmark|cross) <3> (box|square|circle|it)",
    "in the (on|yes) position",
    negatable=True,
)

UNTICKED_BY_REFUSAL = meaning(
    (
        "(who|those|anyone|anybody|everyone|if|whoever) <6> (not|n't|no|rather not|prefer not) <6> "
        "(untick|uncheck|unselect|deselect|un-?check|clear|remove)(s|es)?"
    ),
    "(untick|uncheck|unselect|deselect|clear|remove) <6> (not|n't|no) <3> (want|wish|like|interested)",
    "(who|whoever|those|anyone) <6> (not|don't|doesn't|no) <6> (takes?|taking) <3> (mark|tick|check|cross|it) <1> (away|out|off)",
)

_NUMBER_GIVEN = (
    "(submit|submitting|providing|provide|provides|giving|give|gives|gave|entering|enter|handing over|leaving|"
    "leave|leaves|sharing|completing|"
    "complete|completes|filling|placing|place|places|booking|ordering|registering|creating|making|buying|"
    "purchasing|checking out|applying|scheduling|"
    "requesting|signing up for|opening|using|continuing|proceeding|paying|enrolling|reserving|donating|calling|"
    "submits|sending)"
)
_AGREES = (
    "(agree|agrees|agreed|consent|consents|consented|opt in|opts in|opted in|authorize|authorizes|accept|accepts|"
    "giving consent|gives consent|give us permission|permission)"
)
FORCED = meaning(
    (
        "(must|has to|have to|needs? to|is to|required to|obliged to|forced to) <4> (tick|check|ticked|checked|"
        "accept|accepted|agree|consent|select|selected|be on|opt in|say yes|enabled|marked|allow|receive)"
    ),
    f"{_BOX} <3> (is|are|being|as) <2> (required|mandatory|compulsory|obligatory|a must|needed|necessary)",
    f"(required|mandatory|compulsory|obligatory) <3> {_BOX}",
    (
        "(cannot|can't|can not|unable to|won't be able to|not possible( to)?|impossible( to)?|no way to|may not|"
        "not let|"
        "won't let|does not let|doesn't let|not able to) <12> "
        "(without|unless|until) <12> (tick|ticking|ticked|check|checking|checked|agree|agreeing|agrees|consent|"
        "consenting|consents|accept|accepting|text|texts|sms|box|opt|opting|yes|messages)"
    ),
    (
        "(without|unless|until) <10> (box|texts?|sms|consent|agree|agreeing|ticking|ticked|checked) <8> (cannot|"
        "can't|no order|no booking|not be|rejected|refused|blocked|disabled|greyed|grayed|stays)"
    ),
    (
        "(agreeing|agreement|consent|consenting|acceptance|opting in|opt-in|texts?|sms|it) <4> (is|are) <2> "
        "(required|mandatory|compulsory|necessary|needed|a condition|a requirement|a prerequisite|part of) <3> (to|"
        "for|of|before|in order)"
    ),
    "(is|are|as|being) a (condition|requirement|prerequisite) (of|for|to)",
    (
        "(button|form|page|site|system|checkout|wizard|order|booking|registration|appointment) <6> (disabled|greye?d?|graye?d?|dimmed|dead|hidden|"
        "greyed out|grayed out|inactive|blocked|locked|not (go|move|work|accepted|saved)|cannot|will not|won't) "
        "<8> (until|unless|without) "
    ),
    f"(by|when|in|after|through|upon) {_NUMBER_GIVEN} <14> {_AGREES}",
    (
        f"{_NUMBER_GIVEN} <10> (counts? as|is treated as|is taken as|means|constitutes?|is considered|is regarded "
        f"as|serves as|implies|amounts to|equals|is their|is deemed|is understood as|is enough|is seen as) <6> "
        "(consent|agreement|opt-in|permission|opted in|agree|agreed|agrees|yes|acceptance|authorization|approval|"
        "consenting|opting)"
    ),
    (
        "(treat|treats|take|takes|consider|considers|regard|regards|count|counts|interpret|see) <10> as <3> "
        "(consent|agreement|opt-in|opted in|permission|acceptance|yes|authorization|approval|consenting)"
    ),
    (
        "(everyone|everybody|anyone|anybody|all|each|every|any) <8> (who|that|whose) <10> "
        "(is|are|gets?|will be|has been|have been|has|have)( also| then| automatically)* "
        "(added|enrolled|subscribed|opted in|consented|signed up|"
        "agreed|put on)"
    ),
    (
        "(everyone|all|each|every|any) <8> (is|are|gets?|will be)( also| then| automatically)* (added|enrolled|"
        "subscribed|signed up|put on)"
    ),
    (
        "(automatically|auto) <3> (added|adds|add|enrolled|enrolls|enrol|subscribed|subscribes|opted|opt|opts|"
        "consent|consents|signed up|sign|receive|get|join|joined|included|enlisted)"
    ),
    (
        "(there is|there's|with|has|have|offers?|gives?) no (separate|way|option|other) <5> (choice|box|checkbox|"
        "consent|decline|refuse|opt|control|say no|skip)"
    ),
    "no (separate|extra|additional) (sms |text |consent )?(box|checkbox|consent|choice|step|opt-in|permission|tick)",
    "(number|form) <4> (is|as) <2> (consent|opt-in|permission|agreement)",
    (
        "(clicking|pressing|tapping|hitting|click|press|tap) <2> (book|order|pay|place|submit|register|buy|"
        "checkout|save|"
        "continue|next|reserve|schedule) <6> (signs?|opts?|enrolls?|adds?|subscribes?|puts?) <5> (text|texts|sms|"
        "list|in)"
    ),
    (
        "(they|customers|patients|you|riders|people|clients|members|guests|users|shoppers|buyers|students|tenants) "
        "(are|get|"
        "will be) <2> (opted in|enrolled|added|signed up|subscribed) <8> (automatically|when|once|as soon as|upon|"
        "by|after)"
    ),
    (
        "(decline|declines|refuse|refuses|say no|says no|not agree|not consent|opt out of) <8> (cannot|can't|not "
        "be|are not|"
        "is not|won't|turned away|no service|not served)"
    ),
    (
        "(everyone|everybody|anyone|anybody|whoever|all|each|every|any) <3> "
        "(applies|apply|books?|orders?|registers?|buys?|submits?|enrolls?|enrols?|calls?|rents?|pays?|joins?) <3> "
        "(consents?|agrees?|opts? in|accepts?)"
    ),
    "numbers? (is|are|gets?) <3> (added|put|entered|placed|loaded) <6> (list|texts|sms|program|database for)",
    (
        "only (accepted|available|possible|open|offered|done|booked|served|made|taken|given|accept|take|book|"
        "serve) <8> "
        "(agree|agrees|consent|consents|tick|ticks|opt|opts|accept texts)"
    ),
    (
        "no (extra|further|other|additional|separate) (question|consent|permission) <3> (asked|needed|requested|"
        "required|given)"
    ),
    unless=(
        "(themselves|actively|himself|herself|themself|on (their|your) own|deliberately|personally|by hand)",
        "(deliver|delivery) <3> (counts|is treated)",
    ),
)
FREE = meaning(
    (
        "(not|never|n't|don't|doesn't|isn't|no|dont|without) <5> (required|requirement|condition|conditional|"
        "mandatory|compulsory|obligatory|necessary|needed|need|needs|depend|depends|affect|affects|obliged|must|"
        "have to|has to|obligation)"
    ),
    "(optional|voluntary|voluntarily|freely|free choice|skippable)",
    "(never|not|neither|no) <3> (needed|required|necessary|necessary|forced)",
    "(can|may) <3> (skip|skipped|be left|leave|decline|refuse|go ahead without|without)",
    (
        r"(works?|(?<!not\s)(?<!im)possible|goes through|proceeds?|can(?! not| ?t)|may(?! not)|able to|could|still|"
        r"are welcome to) <8> "
        r"(?<!un)(without|either way|just the same|regardless|whether or not|even if)"
    ),
    "(whether or not|either way|regardless|no effect)",
)
SINGLE_PURPOSE = meaning(
    "(only|sole|single|one) <2> (purpose|function|use|job)",
    "nothing (but|else|other than) <4> (form|list|text|texts|sign-up|sms|number|club)",
    (
        "(only|just|solely|purely|exclusively) <3> (for|serves?|used for|there for|exists for|to join|about|"
        "collects?|signs?|asks for) <5> (list|text|texts|sms|alerts?|club|messages|number|join|mobile)"
    ),
    "(list|text|sms|alert|club)[- ](list )?(form|sign-up|signup|page) only",
    "(dedicated|separate|stand-?alone|own) <4> (form|page|sign-up|signup|list|box|checkbox|control|widget|keyword)",
    "(form|page|widget|pop-?up|banner|box) <3> (does|has|is for|with|contains|serves) <2> (nothing else|no other|only)",
    "(serves|has|with|for) no other purpose",
    "pop-?up",
    (
        "(entering|typing|providing) <4> number and (tapping|clicking|pressing|hitting) "
        "(unlock|join|sign|subscribe|get|start|text)"
    ),
    "(for|about|with|has|does) <6> (and|but) nothing else",
    "(text|sms) (list|club|alerts?|program) (form|sign-?up|page|box)",
)
OWN_CONTROL = meaning(
    (
        "(optional|voluntary|unticked|unchecked|empty|blank|separate|own|second|not (pre-?)?(ticked|checked|"
        "selected)|unselected|un-ticked|un-checked) <4> (box|checkbox|check-box|tick-box|tickbox|toggle|switch|"
        "square|signature|line|option|field|choice)"
    ),
    (
        "(box|checkbox|check-box|tick-box|toggle|switch|square|tick box|check box) <8> (optional|unticked|"
        "unchecked|empty|blank|off|voluntary|not (pre-?)?(ticked|checked|selected))"
    ),
)
OF_CODES = meaning(
    (
        "(one[- ]time|login|log-in|verification|sign-in|security|access|authentication|2fa|otp|confirmation)? "
        "?(pass)?codes?"
    ),
)

_LEGAL = (
    "(terms|terms of (service|use|sale)|terms and conditions|conditions|privacy policy|privacy notice|policy|"
    "policies|contract|lease|agreement|"
    "waiver|tos|rental agreement|service agreement|t&cs?|user agreement|eula|legal terms|membership agreement|"
    "enrollment agreement|engagement letter|"
    "treatment agreement|admission form|house rules|rules)"
)
_SMS = "(sms|texts?|texting|text messages?|text messaging|messages|messaging|text-message)"
BUNDLED = meaning(
    (
        f"(agree|agrees|agreeing|accept|accepts|accepting|accepted|agreed|consent|read|sign|signs|signing|signed|"
        f"acknowledge|acknowledges) <10> {_LEGAL} <8> (and|which|that|including|includes?|with|also|plus|as well "
        f"as) <12> {_SMS}"
    ),
    (
        f"(agree|agrees|agreeing|accept|accepts|accepting|consent|consents) <4> {_SMS} <10> (and|as well as|plus|"
        f"together with) <4> {_LEGAL}"
    ),
    f"(agree|agrees|agreeing|accept|accepts) <3> (to|the|our) <2> (receive|get|receiving) <8> and <5> {_LEGAL}",
    (
        f"{_LEGAL} <6> (contain|contains|include|includes|including|cover|covers|say|says|state|states|mention|"
        f"mentions|provide|provides|has|have|carries|carry|spells?|allows?|grants?|permits?|authorizes?|holds?) "
        f"<12> {_SMS}"
    ),
    (
        f"{_SMS} <8> (part of|included in|covered by|folded into|contained in|buried in|within|clause (in|of)|"
        f"section (in|of)|inside|in paragraph|under section|built into|comes with|governed by accepting|in) <4> "
        f"{_LEGAL}"
    ),
    (
        f"(accept|accepting|acceptance|signing|signature|signs|sign|agreeing|agreement|agrees|agree) <6> {_LEGAL} "
        f"<10> (is|are|means|counts|constitutes|gives?|also|covers?|serves?|implies|includes?|consent|consents|"
        f"opted|opts?|automatically|they)"
    ),
    f"(one|single|same) <2> (box|checkbox|signature|tick|click|check|button) <10> {_LEGAL}",
    "(one|single|same) <2> (box|checkbox|signature|tick|click|check|button) <4> (both|everything|all)",
    (
        f"(by|when|through) (accept|accepting|agree|agreeing|sign|signing|sign up|they sign|they accept) <4> "
        f"{_LEGAL} <5> "
        "(agree|agrees|consent|consents|authorize|authorizes|permit|permits)"
    ),
    unless=(
        (
            "(not|never|no|isn't|aren't|n't) <6> (part of|included|covered|folded|bundled|combined|tied|mixed|"
            "contained|buried)"
        ),
        (
            "(separate|separately|own (box|line|signature|checkbox)|its own|apart from|different box|another box|"
            "second box|independent)"
        ),
        "(see|read|view) (our|the|full)? ?(terms|privacy)",
        "(linked|links?|hyperlink\\w*|below|shown|printed) <8> (terms|privacy|policy)",
        "(terms|privacy|policy) <8> (linked|links?|below the|shown|printed|under the)",
    ),
)
