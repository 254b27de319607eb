"""Forbidden families about loans, debts and credit: what gives each away, and what only looks like it."""

from rulebook.checks.family import ADVOCACY, Family
from rulebook.prose import meaning

FAMILIES: tuple[Family, ...] = (
    Family(
        "debt_relief",
        "debt relief",
        (30897, 30949, 30466),
        meaning(
            (
                "debts? (relief|settlement|settlements|consolidation|forgiveness|reduction|resolution|elimination|"
                "negotiation|negotiators?|management|help|adjustment|solutions?|program|cancellation|"
                "restructuring|assistance)"
            ),
            (
                "(consolidate|consolidating|settle|settles|settling|settled|eliminate|eliminating|reduce|reducing|"
                "erase|erasing|cut|cutting|slash|slashing|negotiate|negotiating|wipe out|lower|lowering|forgive|"
                "forgiven|forgiving|resolve|resolving|get out of|clear|cancel|shrink|shrinking|drop) "
                "<5> (debts?|what you owe|balances? you owe|card balances|owed to creditors|credit card balances)"
            ),
            (
                "(debts?|card balances?|balances? (you|they) owe|what (they|you) owe) <6> (settled|settle it|forgiven|"
                "consolidated|reduced|"
                "reduce it|erased|cut in half|for less|less than|cut by|written off|negotiated|wiped|pennies|"
                "fraction|into one)"
            ),
            (
                "(student loan|loan|tax debt|tax|irs|back tax) (forgiveness|relief|settlement|resolution)( program|"
                " help| options| services| specialists?)?"
            ),
            (
                "(unsecured|credit[- ]card|card|medical|tax|irs) debts? <8> (less|program|qualify|relief|settle|"
                "enroll|consultation|help|reduce|lower|cut|half)"
            ),
            "(negotiate|negotiates|negotiating) <3> (balances?|creditors|lenders|card companies)",
            "(lower|reduce|cut|shrink|slash) <2> balances by",
            "(get|become|be|are|live) debt-?free <8> (months|program|call|qualify|plan|weeks)",
            (
                "(issuers?|creditors?|card companies|lenders?|banks?|collectors?) <2> (accept|accepts|take|takes|agree|"
                "agrees|settle|"
                "settles) <6> (less|half|fraction|cents|even|lower|third)"
            ),
            (
                "(owe|owes|owing) <6> (cards?|credit cards?|unsecured|loans) <10> (half|less|fraction|settle|qualify|"
                "program|done|relief|call|out)"
            ),
            (
                "(pay|pays|pay back|repay) <2> (about )?(half|a fraction|less|pennies|a third) <6> (owe|owed|done|"
                "balance|debts?|cards?|in full)"
            ),
            "cents on the dollar|(settle|settles|settling) <3> (cards?|balances|credit cards?)",
            "(owe|owes|owing) <5> (on|in) <2> (cards|credit cards|unsecured)",
            "one <2> payment <3> (all|your|their) <3> (debts?|cards|balances)",
            "(less than|fraction of) <3> owe",
            unless=(
                "(debt|debts) (owed|collector|collection|collect)",
                "technical debt|debt of gratitude|national debt",
                "attempt to collect",
                "tax relief (for|act)",
                "(low|account|available|deposit) balances?",
            ),
        ),
        unlike=ADVOCACY,
    ),
    Family(
        "credit_repair",
        "credit repair",
        (30897, 30467),
        meaning(
            (
                "credit[- ](repair|restoration|fix|fixing|fixers?|boost|boosting|rebuild(ing)?|sweep|correction|"
                "clean-?up|cleaning|cleaners?|improvement|optimization|recovery|polish|makeover|rescue|clinic|"
                "coaching|coach|transformation|doctor)"
            ),
            (
                "(raise|raises|raising|boost|boosts|boosting|improve|improves|improving|increase|increasing|"
                "rebuild|rebuilding|fix|fixing|repair|repairing|restore|restoring|clean|cleaning|lift|lifting|"
                "higher|jump|jumped|climbed|rose|went up|points? to) <3> "
                "((your|their|my|bad|damaged|poor|personal|consumer|clients'?) credit(?! (card|cards|union|line|limit|"
                "hours|account))|"
                "(credit|fico) (scores?|reports?|ratings?|files?|profiles?|history))"
            ),
            (
                "(credit|fico) (score|scores|report|reports|rating|file) <6> (went up|up by|rose|increase|"
                "increased|improvements?|jumped|raise|higher|repair|climbed|deleted|removed|cleaned|boosted|points|"
                "disputed?)"
            ),
            (
                "(wiped|wipes|wiping|scrub|scrubs|scrubbed|remove|removes|removing|removed|delete|deletes|deleting|"
                "deleted|erase|erasing|wipe|dispute|"
                "disputes|disputing|disputed|challenge|challenging|challenged|clear|clearing|get rid of|strike|"
                "knock off) <8> (negative|collections?|late payments?|charge-?offs?|bankruptc(y|ies)|inquir(y|ies)|"
                "derogatory|errors|marks|entries|evictions?|repossessions?|judgments?) <8> (credit|report|"
                "reports|file|bureaus?|score|scores|removed|deleted|history)|(remove|removes|removed|delete|deletes|"
                "deleted|dispute|disputes|challenge) <4> items <6> (credit|bureaus?|score|scores|your (report|file))"
            ),
            "(negative|derogatory) (items?|marks?|entries|accounts?) ",
            (
                "(experian|equifax|transunion|bureaus?) <8> (dispute|disputes|deleted|removed|letters?|challenge|"
                "round|responded|items)"
            ),
            "(dispute|disputes|letters?|round) <8> (experian|equifax|transunion|credit bureaus?|bureaus?)",
            (
                "(late (marks?|payments?|pays)|negatives|collections|charge-?offs?|bankruptc(y|ies)|inquir(y|ies)) <4> "
                "(wiped|removed|deleted|erased|gone|dropped|disputed|scrubbed|off|came off|fell off) "
                "<4> (reports?|files?|credit|records?)"
            ),
            "fico <3> (went|from|jumped|rose|up|climbed)",
            "tradelines?",
            unless=(
                "(no|without a|without any) credit (check|score)",
                "store credit|credit hours|college credit|extra credit|credit card (payment|statement|bill)",
            ),
        ),
        unlike=ADVOCACY,
    ),
    Family(
        "debt_collection",
        "debt collection for others",
        (30897, 30943, 30460),
        meaning(
            "accounts? (collections|collectors?)",
            (
                "(debt|debts|third-party|receivables?) (collection|collections|collector|"
                "collectors|recovery|buyer|buyers|purchaser|purchasing)"
            ),
            "attempt(s|ing)? to collect",
            (
                "(collect|collects|collecting|recover|recovers) <4> (on behalf of|for) <2> (clients|creditors|lenders|"
                "hospitals|landlords|others|companies)"
            ),
            (
                "(collect|collects|collecting|recover|recovers|recovering|pursue|pursues) <6> (debts?|past[- ]due|"
                "delinquent|overdue|unpaid|outstanding|charged-off|accounts?|balances?|receivables) <10> (for|on "
                "behalf|owed to|creditors?|clients|from|placed|assigned|behalf|other|hospitals?|lenders?|bought|"
                "purchased|we)"
            ),
            (
                "(past[- ]due|delinquent|overdue|unpaid|charged-off|defaulted|outstanding) <4> (accounts?|"
                "balances?|debts?|loans?|bills?) <8> (placed with|assigned to|purchased|bought|acquired|on behalf|"
                "turned over|referred|owned by|transferred|from other|for (our )?(clients|creditors|hospitals|"
                "lenders|other))"
            ),
            (
                "(placed|assigned|referred|turned over|sold|transferred|handed over) <4> (for "
                "collection|to collections)|"
                "(accounts?|balances?|debts?|bills?|receivables|loans?) <6> (placed|assigned|referred|"
                "turned over|sold|handed over) <4> "
                "(with|to|by) <8> (creditors?|hospitals?|lenders?|utilities|us|our (office|firm|agency))"
            ),
            "(original|current) creditors?",
            "(balances?|accounts?|debts?|bills?|receivables) <12> (sold to us|belongs? to us|now ours|changed hands)",
            (
                "(balances?|accounts?|debts?|receivables) (that )?(we|us) (now )?(bought|took over|own|owns|purchased|"
                "acquired|have bought)"
            ),
            "own(s)? <4> (balances?|debts?|accounts|receivables) <10> (sold|billed|from|once|charged)",
            (
                "(unpaid|court|own|owns|our|collect|collecting|enforce|enforces) <3> judgments? <6> (owe|"
                "against (you|them)|owed|pay|debtors?)|judgment debtors?"
            ),
            "(creditors?) <8> (collect|balance|owe|owed|debt|account|pay|behalf)",
            (
                "(bought|purchased|acquired|buys|purchases|buy) <6> (debts?|accounts?|receivables|"
                "portfolios?|judgments?|"
                "charged-off|loans) <6> (from|banks?|lenders?|collect|original)?"
            ),
            "(owe|owes|owed) <2> creditors?",
            (
                "(companies|businesses|clients|creditors|lenders|hospitals|utilities|providers) (that|who|which) "
                "(hire|hired|retain|retained|engage|engaged) us"
            ),
            "(accounts?|debts?|loans?|receivables) <3> (bought|purchased|acquired) <2> from",
            "(collection agency|collections agency|collection firm|debt buyer|collection bureau)",
            unless=(
                "collect\\w* <3> (plasma|blood|specimens?|samples?|data|books|toys|coats|food|signatures|cars?|pets?)",
                (
                    "(garbage|trash|waste|recycling|blood|data|art|toll|specimen|sample|rain|fall|spring|new|"
                    "curbside|book|library|donation|fashion|summer|winter|museum|leaf|yard) collect\\w*"
                ),
                "(bought|purchased|purchases|buys) <3> (loans?|accounts?) (at|in|with us)",
            ),
        ),
        unlike=ADVOCACY,
    ),
    Family(
        "loan_marketing",
        "loan offers",
        (30897, 30443),
        meaning(
            (
                "(payday|title|installment|instalment|same-day|cash advance|short-term|bridge|signature|fast|quick|"
                "instant|emergency|bad credit|no-credit-check|personal|auto|car|student|home equity|home|business|"
                "small business|debt consolidation|holiday|vacation|tax refund|mortgage) (loan|loans|advance|"
                "advances|financing|refinancing|lending) <8> "
                "(offer|offers|deals?|rates?|apply|special|specials|promo|promotions?|from|as low|starting|up to|"
                "approved|pre-?approved|today|available|low|now|at|qualify|people who|consumers|anyone|prospects|"
                "shoppers|leads|marketing|for (you|any))"
            ),
            (
                "(offer|offers|offering|promote|promotes|promoting|advertise|advertises|market|markets|marketing|"
                "promotions?|deals?|new|special|specials|low|lower|great|best|apply|qualify|pre-?approved|"
                "prequalified|approved|get|need|quick|fast|instant|cheap|tell|tells|announce|announces) <8> "
                "(payday|title|personal|auto|car|student|home equity|home|mortgage|business|installment|instalment|"
                "cash|holiday|refinance|refinancing|consolidation|small|same-day|summer|signature|vacation) "
                "?(refinance |equity )?(loans?|advances?|mortgages?|refinanc\\w*|lending)"
            ),
            (
                "(loan|mortgage|refinance|refi|lending|financing) (offers?|deals?|promotions?|specials?|quotes?|"
                "rates? (as low|from|start\\w*|drop\\w*|are|just|today|now)|marketing)"
            ),
            (
                "(payday (loans?|advances?|lending|lenders?)|cash advances?|title loans?|no credit check|bad "
                "credit (ok|okay|welcome)|heloc (offer|rates?|special)|refinance (now|today|your|and save)|lower "
                "your (mortgage|car|auto|monthly) (payment|rate))"
            ),
            (
                "(borrow|need cash|need money|get cash) <8> (up to|before|today|fast|as soon as|by|in your "
                "account|same day|no credit|within|instantly|\\$\\d+|approved|in minutes)|"
                "(funds?|cash) <4> (in your account|same day|no credit|instantly|in minutes|by tomorrow|as soon as)|"
                "(get|need|want|for|instant|same-day) (fast |quick |easy )?(cash|funds) (fast|today|"
                "now|in minutes)|(instant|same-day|emergency) (cash|funds|money)|cash (today|fast|now|"
                "before payday)(?! only)"
            ),
            "(before|until|till) (your |the |next )?payday",
            "(refinance|refinancing) <6> (apply|today|now|rates?|save|\\d)",
            "(pay|pays|paid|repay) (us|it) back <4> (days|weeks|payday|paycheck|months)",
            (
                "(against|on|for|using) <3> (car title|paycheck|pink slip|next check|same title|truck "
                "title|vehicle title)|cash <3> (their|your|the|a) titles?|title (cash|money|pawn)"
            ),
            "(money|cash|\\$\\d\\d\\d[\\d,]*) <3> in <2> (minutes|an hour)",
            (
                "(mortgage|auto|loan|refinance|interest|personal loan) rates? <6> (low|lower|drop|dropped|fell|"
                "from|start|starting|as low|just|now|special|\\d)"
            ),
            "\\$\\d[\\d,]* (personal |cash |payday )?loans?",
            "(loans?|mortgages?|apr) <4> (from|as low as|starting at|at only|up to) \\$?\\d",
            (
                "(pre-?approved|prequalified|pre-?qualified|qualify|eligible) <6> (loan|loans|"
                "mortgage|cash (advance|loan|today)|"
                "financing|credit line|advance)|(pre-?approved|prequalified|pre-?qualified|approved) "
                "(for|up to) <2> \\$\\d+"
            ),
            unless=(
                (
                    "(your|existing|current) <3> (loan|mortgage) <1> (payment|statement|balance|number|"
                    "account|documents)? <2> (is|was|of|due|received|posted|for|are)"
                ),
                (
                    "(library|inter-?library|book|books|equipment|tool|tools|instrument|item|items|toy|device|"
                    "laptop|kayak) <4> (loan|loans|loaned|borrow|borrowed|on loan)"
                ),
                (
                    "(loan|loans|loaned|borrow|borrowed|borrows) <6> (library|book|books|tool|tools|item|"
                    "items|instrument|laptop|equipment|gear|toy|card|a device|kayak)"
                ),
                "direct lender <12> (flag|alerts only)",
                "(loans?|debt) (forgiveness|relief|settlement|discharge)",
                "(notif(y|ies)|alerts?|low) <3> (balances?|deposits?)",
            ),
        ),
        unlike=ADVOCACY,
    ),
)
