"""How texts say that consent is not free, not separate, not the person's own act, or handed on to others."""

from rulebook.prose import meaning

_BOX = (
    "(box|checkbox|check-box|tick-box|tickbox|toggle|switch|option|control|consent|field|sms|texts?|slider|square|"
    "tick|it)"
)
# "On the form" is a place.
_SWITCHED_ON = "on(?! (the|a|an|our|this|that|their|its|every|each|file|record|page|paper)\\b)"
_ON = (
    f"(checked|ticked|selected|marked|{_SWITCHED_ON}|enabled|active|activated|filled|filled in|crossed|switched on|"
    "turned on|chosen|preset|set to (yes|on)|opted in|crossed)"
)
# The same where "on" could as well begin a place or a day.
_ON_STATE = _ON.replace(_SWITCHED_ON, "on(?=\\W*$|[.,;)]| (and|until|when|by|but|unless|for|at first|from|already))")
PRECHECKED = meaning(
    (
        "pre-?(checked|ticked|selected|filled|marked|enabled|set|activated|crossed)(?! (to )?(nothing|no|none|off|"
        "blank|empty))"
    ),
    "pre (checked|ticked|selected|marked)",
    f"already <2> {_ON}",
    (
        f"{_ON} (for \\w+ )?(by default|as default|in advance|beforehand|automatically|from the start|initially|at "
        f"first|to begin with|for (them|you|the customer))"
    ),
    "(by default|automatically|initially) <4> (checked|ticked|selected|enabled|marked|switched on|turned on)",
    "defaults? (to|is|are|setting is|state is) (on|yes|checked|ticked|enabled|selected|opted in)",
    (
        f"(starts?|comes?|begins?|arrives?|opens?|loads?|appears?|shows? up) <2> (as )?{_ON_STATE}(?! (no|off|blank|"
        "empty|"
        "neither))"
    ),
    (
        f"(is|are|stands) <1> {_ON} <3> (when|before|as soon as|once) <5> (opens?|opened|loads?|loaded|"
        "shown|reached|arrives?|visits?|sees|gets?|"
        "comes?|reach|reaches|lands?|"
        f"appears?|shows?|touch\\w*|acts?|begins?|starts?)"
    ),
    "(is|are|stays?|remains?|be) <1> (on|ticked|checked|selected|marked|enabled|active) (until|unless) <6> (off|"
    "untick\\w*|"
    "uncheck\\w*|remov\\w*|clear\\w*|deselect\\w*|turn\\w*|switch\\w*|says? no)",
    "(box|square|circle|bubble|checkbox|field) <2> (filled|pre-?filled) <1> (for|by us|already|beforehand)",
    "auto-?(checked|ticked|selected|filled|enabled|marked)",
    f"(comes?|starts?|arrives?|opens?|loads?|appears?|shows?|shown|displayed|presented) with <5> {_ON}",
    "(we|system|site|form|shop|page) (have|has) <1> (checked|ticked|marked|selected|set) <3> (box|for|it|option)?",
    (
        "(default|preset|standard) <3> (is|to|answer is|setting is|value is) (yes|on|checked|ticked|enabled|opted in|"
        "agree)"
    ),
    "(switched|turned|set) on for (everyone|every|all|each|new)",
    (
        "(tick|check ?mark|checkmark|cross|mark) (is|comes|stands|sits) <2> (set|placed|already|there|present|in "
        "the box|entered)"
    ),
    (
        "(tick|check|mark|ticks|checks|marks) <2> box(es)? (ahead|beforehand|for (them|people|everyone|"
        "(the |our )?(people|customers?|patients?|clients?|guests?|members?|visitors?|users?|callers?|tenants?|"
        "renters?|riders?|shoppers?|buyers?|persons?)))"
    ),
    f"{_ON} already",
    (
        "(has|with|shows|bears|carries) (a|the) (check|tick|mark|cross|x|checkmark) <4> (by default|already|when|from "
        "the start|at first|"
        "initially|before)"
    ),
    (
        "(is|are|comes?|stands?|arrives?) (set|preset|turned|switched) (to )?(on|yes)(?! (by|when|after|once|if|only|"
        "in|with))"
    ),
    (
        "(finds?|sees?) <3> (box|option|toggle|square|line|switch) (is |already |as |being |that is )*(marked|ticked|"
        "checked|selected|on(?! (the|a|an|our|this)\\b)|active|enabled) "
    ),
    "by default <6> (yes|opted in|opts in|signed up)",
    (
        "pre-?(fill|fills|check|checks|tick|ticks|select|selects|mark|marks|set|sets) <3> (consent|box|option|it|sms|"
        "texts?)"
    ),
    "(stands?|sits?|set|is) (on|at|to) (yes|on) <3> (at first|initially|until|by default|from the|when|already|before)",
    "on from the (beginning|start|outset|first)",
    (
        "(comes?|starts?|arrives?|opens?|loads?|appears?|shows?|shown|displayed|stands?) with <4> (mark|tick|check|"
        "checkmark|check ?mark|cross|x)"
    ),
    "(already|by default) <3> (mark|tick|check|checkmark|cross) <3> (box|square|circle|it)",
    "in the (on|yes) position",
    "(fill|fills|tick|ticks|check|checks|mark|marks) <2> (box|square|it|option) <2> to (spare|save)",
    (
        "(moved|slid|flipped|placed|pushed|put|set|switched|turned) (to|at|on|in|into) (the )?['\"]?(yes|"
        "on)['\"]? (side |position |state )?(when|as soon as|before|already|for (each|every|all|new))"
    ),
    negatable=True,
)

UNTICKED_BY_REFUSAL = meaning(
    (
        "(uncheck|untick|unselect|deselect|un-check|un-tick) <6> (to|if|or|before|unless|when|should|instead|"
        "otherwise|later|who)"
    ),
    (
        "(unless|until|if) <5> (uncheck|untick|unselect|deselect|un-check|clear|remove the tick|take the tick "
        "out)(s|es|ing)?"
    ),
    (
        "(can|may|must|have to|has to|need to|free to|wish to|want to) <3> (uncheck|untick|unselect|deselect|"
        "remove the (tick|check)|clear the (box|tick))"
    ),
    (
        "(who|those|anyone|anybody|everyone|if|whoever) <6> (not|n't|no|rather not|prefer not) <6> "
        "(untick|uncheck|unselect|deselect|un-?check|clear|remove)(s|es)?"
    ),
    "(untick|uncheck|unselect|deselect|clear|remove) <6> (not|n't|no) <3> (want|wish|like|interested)",
    (
        "(who|whoever|those|anyone) <6> (not|don't|doesn't|no) <6> (takes?|taking) <3> (mark|tick|check|cross|it) <1> "
        "(away|out|off)"
    ),
    unless=(
        (
            "(at any time|anytime|any time|later|later on|whenever|afterwards?|change (their|your) mind|once (ticked|"
            "checked|marked))"
        ),
        "(in|under|from) (the|their|your) (settings|account|profile|preferences)",
    ),
    negatable=True,
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
        f"{_LEGAL} <6> (contain|contains|include|includes|including|cover|covers|"
        f"carries|carry|spells?|lets?|allows?|grants?|permits?|authorizes?|holds?) "
        f"<12> {_SMS}"
    ),
    (
        f"{_SMS} <8> (part of|written into|bundled with|combined with|together with|along with|tied to|agreed in|"
        "included in|covered by|folded into|contained in|buried in|within|clause (in|of)|"
        f"section (in|of)|inside|in paragraph|under section|built into|comes with|governed by accepting|in) <4> "
        f"{_LEGAL}"
    ),
    (
        "(accept|accepting|acceptance|signing|signature|signs|sign|signed|agreeing|agreement|agrees|agree) <6> "
        f"{_LEGAL} "
        "<10> (thereby|thus|so doing|agree|agrees|is|are|means|counts|constitutes|gives?|also|covers?|serves?|implies|"
        "includes?|consent|consents|"
        f"opted|opts?|automatically|they)"
    ),
    f"(one|single|same) <2> (box|checkbox|signature|tick|click|check|button) <10> {_LEGAL}",
    (
        f"(by|when|through) (accept|accepting|agree|agreeing|sign|signing|sign up|they sign|they accept) <4> "
        f"{_LEGAL} <5> "
        "(agree|agrees|consent|consents|authorize|authorizes|permit|permits)"
    ),
    (
        "(tick|box|signature|click|button|agree|agrees|accept|accepts|sign|signs|take|takes|covers?) <8> "
        f"{_LEGAL} (and|as well as|plus|together with|along with) <3> {_SMS}"
    ),
    f"{_LEGAL} <4> (has|have|holds|contains) <4> (sms|texts?|texting) (opt-in|consent|permission|clause|paragraph)",
    f"(accept|accepts|agree|agrees|sign|signs) <4> {_LEGAL} <2> (accepts?|agrees? to|consents? to|allows?) <3> {_SMS}",
    "(share|shares|shared|use|uses|with) <2> (single|same|one) (box|checkbox|signature|tick|line|button|click|control)",
    f"{_SMS} <3> (is|are) <3> (clause|section|paragraph|part|article|point|item) <3> of <3> {_LEGAL}",
    f"(accept|accepts|agree|agrees|agreed|read) <6> {_LEGAL} ?[&+/,] ?(receiv\\w+ |getting |to receive |to )?{_SMS}",
    (
        f"{_LEGAL} <4> (gives?|grants?|includes?|holds?|reserves?) <3> (right|permission|consent|authority) <4> "
        f"({_SMS}|text)"
    ),
    (
        "(paragraph|clause|article) \\w+ <4> (signature|contract|lease|agreement)|(paragraph|clause|"
        "article) \\w+ (above|over|before) the signature"
    ),
    f"(item|line|point|section) \\w+ (of|in) <2> {_LEGAL}",
    "(one|single) signature <3> (everything|all|whole|both|entire)",
    (
        "(one|single|same|only) signature <2> (at|on|under|below) <3> (end|bottom|foot|page|document|lease|contract|"
        "agreement|paper) <5> (covers?|counts|stands|serves|applies|goes|is (for|enough))"
    ),
    (
        "(consent|consents|agree|agrees|opt in|opts in|opted in|sign up) <3> (by|through|in|when|with) <1> (signing|"
        "signature on|signature under|they sign)(?!(\\W+\\w+){0,3}\\W+(sms|texts?|texting|messag\\w*)\\b) <2> "
        f"{_LEGAL}"
    ),
    f"(sign|signs|signed) <3> {_LEGAL} once",
    f"{_LEGAL} <4> (say|says|state|states|provide|provides) that <8> {_SMS}",
    unless=(
        "(texts?|sms) only|only (to )?(the )?(texts?|sms)",
        (
            "(not|never|no|isn't|aren't|n't) <6> (part of|included|covered|folded|bundled|combined|tied|mixed|"
            "contained|buried)"
        ),
        (
            "(separate|separately|own (box|line|signature|checkbox)|its own|apart from|different box|another (box|"
            "one|tick|checkbox|signature|line)|second (one|tick|checkbox|signature|line)|independent)"
        ),
        "optional|may be left|can be left|initials? <4> (blank|empty|if)|own initials",
        "(see|read|view) (our|the|full)? ?(terms|privacy)",
        "(linked|links?|hyperlink\\w*|below|shown|printed) <8> (terms|privacy|policy)",
        "(terms|privacy|policy) <8> (linked|links?|below the|shown|printed|under the)",
    ),
)
