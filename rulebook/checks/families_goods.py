"""Forbidden families that are about goods: what gives each away, and what only looks like it."""

from rulebook.checks.family import RECOVERY, Family
from rulebook.prose import meaning

# Opticians and hospitals call the counter where they hand things out a dispensary.
OPTICAL = meaning(
    (
        "(optical|optician\\w*|optometr\\w*|eye ?care|eye ?glass\\w*|eyewear|spectacles|contact lens\\w*|hospital|"
        "veterinary|methadone) <12> dispensar\\w*"
    ),
    "dispensar\\w* <12> (glasses|frames|lenses|contacts|optician\\w*|eyewear)",
    "(optometrist|optician|eye exams?|eye doctor|dilat\\w+)",
)
FAMILIES: tuple[Family, ...] = (
    Family(
        "cannabis",
        "cannabis",
        (30883, 30940, 30459),
        meaning(
            (
                "(cannabis|marijuana|marihuana|cbd|cbg|cbn|thc|thca|thc-?a|delta[- ]?(8|9|10|eight|nine)|hhc|hemp "
                "(flower|oil|goods|products?|gummies|tinctures?|extract|seeds|cream|balm|drinks?|salve|infused|"
                "derived)|hemp-(infused|derived)|"
                "dispensary|dispensaries|weed (store|shop|delivery|deals|menu|strains)|pre-?rolls?|prerolls?|"
                "indica|sativa|(og|bubba|hindu|purple) kush|budtenders?|bud ?tender|kratom|"
                "cannabinoids?|medical card (holders|patients)|"
                "medible|"
                "ganja|420 (deals|sale|specials)|reefers|(pre-rolled|hemp|infused) blunts|terpenes?|"
                "dispo|(one|half)-gram joints?|infused "
                "pre-?rolls?|"
                "med(ical)? card (holders?|patients?|menu)|bud of the (day|week)|(psilocybin|magic mushrooms?))"
            ),
            (
                "(eighths?|ounces?|quarters?|half-?ounces?|strains?) <6> (top-shelf|flower|indica|sativa|pre-?rolls?|"
                "gummies)"
            ),
            (
                "(concentrates?|edibles) <2> flower|(flower|concentrates?|edibles?) <4> (edibles?|concentrates?|"
                "pre-?rolls?|vapes?|carts|cartridges|strains?)"
            ),
            "(deliver|delivers|delivery|order|buy|sell|sells|menu|strains?|ounces?|grams?|best|legal) <3> weed",
            "(edibles?) <3> (sale|deals?|off|drop|special|menu|in stock|restock)",
            "(sale|deals?|specials?|off) <3> edibles",
            (
                "(live resin|live rosin|(grams?|gram) of (shatter|wax|rosin)|dab (rigs?|pens?)|infused "
                "gummies|infused (drinks|beverages|chocolates?))"
            ),
            unless=(
                "(cannabis|marijuana|cbd|thc|hemp|drug)[- ](free|use disorder|addiction|policy|test|testing|screening)",
                "(optical|eye ?care|eyeglass|glasses|lens|medication|campus|methadone) dispensar(y|ies)",
                "dispensary <4> (glasses|frames|lenses|contacts|opticians?)",
                (
                    "(business district|downtown|central|parking|garage|city cent(er|re)) <10> cbd|(the|"
                    "our|in) cbd (is|office|garage|branch|store|shop|location|parking|loop|streets?)|cbd "
                    "<6> (garage|parking|district|downtown|garages)|in the cbd"
                ),
                "edible (flowers|plants|arrangements|landscap\\w*|garden)",
            ),
        ),
        unlike=OPTICAL,
    ),
    Family(
        "tobacco_vape",
        "tobacco or vapes",
        (30883, 30458, 30878),
        meaning(
            (
                "(tobacco|tobaccos|cigars?|cigarettes?|cigarillos?|vapes?|vaping|vape (shop|juice|pens?|kits?|"
                "mods?)|vapor (shop|lounge|store)|e-(liquids?|juices?|cigs?|cigarettes?)|eliquids?|ejuices?|ecigs?|"
                "ecigarettes?|hookahs?|hookah "
                "lounge|shisha|nicotine (pouches|salts?|products|levels)|salt nic|nic salts?|snus|"
                "(dry|moist|cans? of|nasal) snuff|"
                "smoke shop|smokeshop|humidors? <4> (stocked|full|sale|cigar|cigars|club|new|blend|"
                "box|boxes)|disposable vapes?|juul|zyn|pod (kits?|systems?|mods?)|pods and "
                "coils|puff bars?|menthols|menthol (disposables?|cigarettes|cigars)|maduros?|robustos?|"
                "churchills? <3> (box|boxes|wrapper|maduros?|cigars?)|cartons? of (marlboros?|camels|"
                "newports|smokes|menthols?|cigarettes|reds|lights)|"
                "rolling papers|glass pipes|water pipes <4> (glass|bongs?|sale|smoke|tobacco|"
                "hookahs?)|bongs?|chewing tobacco|dip cans|pod systems?|coils and pods)"
            ),
            unless=(
                "(tobacco|smoke|smoking|vape|nicotine)[- ](free|cessation|prevention)",
                "(quit|quitting|stop|stopping|give up|kick) <4> (smoking|tobacco|vaping|cigarettes|nicotine|vapes?)",
                "cigar[- ]box(es)?",
                "smoke (detector|alarm|damage|test)",
                "vapor (barrier|retarder|intrusion)",
                "vape detect\\w*",
                "tobacco (road|barn|warehouse|district|row)",
                "(road|row|barn|warehouse|district) tobacco",
            ),
        ),
        unlike=RECOVERY,
        part_of=frozenset({"cannabis"}),
    ),
    Family(
        "firearms",
        "firearms or ammunition",
        (30883, 30457),
        meaning(
            (
                "(firearms?|handguns?|rifles|(a|an|any|the|your|our|new|hunting|bolt-action|deer|air|"
                "used|rental|first|semi-auto|lever-action|sporting|precision|ar-15|custom) rifle|"
                "rifle (sale|range|class|rack|scopes?|build|optics|ammo|season)|carbines?|pistols?|"
                "shotguns?|revolvers?|ammo(?!-)|ammunition|"
                "(leather|carry|pistol|concealed|kydex|gun|new) holsters?|holsters? (and|sale|in "
                "stock|for your (pistol|glock|sidearm|carry))|gun (shop|store|sale|"
                "sales|show|shows|range|dealer|counter|deals|safe and ammo|parts|accessories|club|rental|rentals|"
                "owners|transfers)|guns|glocks?|ar-15s?|ar15s?|ak-47s?|ak47s?|(tax stamp|rifle|pistol|"
                "threaded|barrels?|our|new) <2> (suppressors?|silencers?)|(suppressors?|silencers?) "
                "<6> (tax stamp|barrel|barrels|stock|transfer|sale|rifle|atf)|"
                "(9 mm|9mm) <4> (ammo|rounds?|box|boxes|case|range|pistols?|brass|fmj|stock|back)|"
                "(12-gauge|12 gauge) <4> (ammo|shells?|rounds?|shotguns?|slugs|buckshot)|(concealed|"
                "conceal)[- ]carry (class|classes|"
                "course|courses|gear|holsters|weapons)|shooting range|(indoor|outdoor|gun|pistol|"
                "rifle) range <8> (lanes?|ammo|guns?|pistols?|rifles?|shoot|shooting|targets?|rent)|"
                "ffl|ffl transfers|bolt[- "
                "]action|semi-?auto(matic)? <2> (rifles?|pistols?|shotguns?|guns?|carbines?)|lever[- "
                "]action|gunsmith\\w*|striker-fired|(stripped|ar|forged|complete) <1> (lowers|uppers|"
                "receivers)|(compacts|lowers|uppers|"
                "receivers) (and )?(lowers|uppers|receivers|on the wall|in stock)|muzzle (brakes?|"
                "devices?|loaders?)|muzzleloaders?|tactical (rifles|gear and))"
            ),
            (
                "(556|5\\.56|\\.308|308 win|\\.223|\\.22lr|\\.45 acp|\\.300|6\\.5 creedmoor) <8> (case|thousand|"
                "rounds?|box|boxes|ammo|stock|grain|shelf|arrive|back|limit)"
            ),
            unless=(
                "gun (violence|safety|control|lock|locks|buyback|buy-?back|free)",
                (
                    "(nail|glue|heat|staple|caulk|caulking|sealant|silicone|rivet|price|label|tagging|"
                    "spray|massage|water|nerf|top|grease|air|paint|radar|squirt|"
                    "temperature|tattoo|bubble|soldering|foam|hot glue) ?guns?"
                ),
                "(rifle|gun|pistol|musket|powder) (river|creek|road|lake|street|range road|hill|falls|peak)",
                "(road|creek|street) rifle",
                "drill team|rifle team|biathlon",
                "(shooting) (guard|star|schedule)",
                "gun ?metal",
            ),
        ),
    ),
)
