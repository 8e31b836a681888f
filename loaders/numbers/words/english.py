"""English number phrases. Alternatives are separated by a bar."""

NUMBERS = {
    0: "zero|nought",
    1: "one|single|a single",
    2: "two|couple|a couple|pair|a pair|both",
    3: "three|trio",
    4: "four",
    5: "five",
    6: "six",
    7: "seven",
    8: "eight",
    9: "nine",
    10: "ten",
    11: "eleven",
    12: "twelve",
    13: "thirteen",
    14: "fourteen",
    15: "fifteen",
    16: "sixteen",
    17: "seventeen",
    18: "eighteen",
    19: "nineteen",
    20: "twenty",
    30: "thirty",
    40: "forty|fourty",
    50: "fifty",
    60: "sixty",
    70: "seventy",
    80: "eighty",
    90: "ninety",
}
SCALES = {
    12: "dozen",
    20: "score",
    100: "hundred",
    10**3: "thousand|thsd",
    10**5: "lakh|lac",
    10**6: "million",
    10**7: "crore",
    10**9: "billion",
    10**12: "trillion",
}
PLURALS = {
    10: "tens",
    12: "dozens",
    20: "scores",
    100: "hundreds",
    10**3: "thousands",
    10**5: "lakhs|lacs",
    10**6: "millions",
    10**7: "crores",
    10**9: "billions",
}
LOOSE: dict[int, str] = {}
FRACTIONS = {
    "1/2": "half",
    "1/4": "quarter|quarters",
    "1/3": "thirds|a third|one third|one-third|third of",
}
PHRASES = {
    "either at_least": """at least|at the least|at the very least|no less than|at a minimum
        |minimum|min.|min|>=|≥|⩾|≧|as few as""",
    "before at_least": """a minimum of|minimum of|no fewer than|not fewer than|not less than
        |nothing less than|no smaller than|no lower than|not below|not under|no under
        |as little as|greater than or equal to|more than or equal to|equal to or more than""",
    "after at_least": """or more|or above|and above|or over|and over|and more|or higher
        |or greater|and up|and upwards|or upwards|upwards|plus|and counting|and rising
        |or so and rising|if not more|or even more|or possibly more|maybe more|perhaps more
        |possibly more|-plus|-or-more|and climbing|and growing""",
    "plus at_least": "+",
    "before more_than": """more than|over|above|in excess of|an excess of|exceeding|exceed
        |exceeds|exceeded|surpassing|surpasses|surpassed|topping|tops|topped|passed|passes
        |passing|beyond|north of|upwards of|upward of|greater than|larger than|higher than
        |bigger than|and more than|or more than|well over|well above|well more than
        |far more than|many more than|much more than|significantly more than
        |considerably more than|well in excess of|far exceeding|>""",
    "before more_than~": """just over|just above|just more than|just past|slightly over
        |slightly above|slightly more than|a little over|a little more than|a little above
        |a bit over|a bit more than|a shade over|little over|little more than
        |somewhat more than|marginally over|marginally more than|only just over
        |a few more than""",
    "before at_most": """up to|and up to|or up to|as many as|as much as|as high as|at maximum
        |a maximum of|maximum of|no more than|not more than|never more than|no greater than
        |no higher than|not over|not above|not exceeding|does not exceed|did not exceed
        |do not exceed|capped at|limited to|less than or equal to|fewer than or equal to
        |equal to or less than|upto|up to a maximum of|<=|≤|⩽|≦|anything up to""",
    "either at_most": "at most|at the most|at the very most|maximum|max.|max",
    "after at_most": "or fewer|or less|or below|and below|or under|and under|or lower|tops",
    "before less_than": """less than|fewer than|under|below|south of|lower than|smaller than
        |well under|well below|far fewer than|far less than|not even|short of|<|lesser than""",
    "before nearly": """nearly|almost|close to|approaching|nearing|just under|just below
        |just less than|just fewer than|just short of|just shy of|shy of|slightly under
        |slightly below|slightly less than|slightly fewer than|a little under|a little below
        |a little less than|a little fewer than|a bit under|a bit less than|not quite
        |verging on|a shade under|very nearly|marginally under|very close to|well nigh
        |nigh on|getting on for|near|somewhere near|bordering on|on the verge of
        |closing in on|virtually""",
    "before about": """about|around|some|roughly|approximately|approximatively|approx.|approx
        |appx.|appx|apprx|appr.|estimated|an estimated|estimated at|estimated to be
        |is estimated at|estimates of|estimate of|an estimate of|circa|c.|ca.|ca|c|est.|~|≈|∼
        |≃|≅|≒|in the region of|in the order of|on the order of|of the order of
        |somewhere around|in the neighbourhood of|in the neighborhood of|in the vicinity of
        |something like|in or around|order of|to the tune of|give or take|an approximate
        |approximate|a rough|broadly|a projected""",
    "either about": "more or less",
    "after about": """or so|or thereabouts|thereabouts|give or take|or around|odd|ish
        |something|approximately|approx.|approx|approximate|roughly|or about|est.|est
        |estimated|-odd|-ish|-something|(approx.)|(approx)|(est.)|(est)|(estimated)
        |(estimate)""",
    "filler": """total of|a total of|the|another|an additional|additional|a further|further
        |exactly|precisely|only|just|even|possibly|perhaps|maybe|reportedly|probably|likely
        |all|many|total|combined|an average of|average of|more|at|a combined|nos.|no.|number
        |a reported|a confirmed|confirmed|reported|a record|a staggering|currently|now|new
        |the total of|a group of|=|and possibly|and maybe""",
    "tolerance": "±|+/-|plus or minus",
    "noise": """last week|this week|past week|next week|that week|last day|each day|every day
        |per day|a day|per week|a week|last year|this year|this day|same day|that day
        |past day|per year|each year|last month|this month|per month|other day|a year
        |first day|second day""",
    "point": "point",
    "ratio": "in|in every|out of every|for every",
    "minus": "minus|negative",
    "and": "and|&",
    "or": "or|or even|or possibly|or perhaps|or maybe|and/or",
    "to": "to|through|till|until|up until",
    "between": "between|in between|somewhere between|anywhere between|ranging between|betw.",
    "from": "from|anywhere from|ranging from|ranges from|range from|somewhere from",
    "of": "of",
    "article": "a|an",
    "several": """several|a few|few|quite a few|a handful|handful|a good few|some few|the few
        |several more|a few more""",
    "zero": """none|nil|nobody|no one|no-one|noone|not one|not a single|not any
        |not a single one""",
    "no": "no|without",
    "datum": """figure|figures|data|information|info|number|numbers|estimate|estimates|report
        |reports|record|records|detail|details|count|update|updates|statistics|breakdown
        |confirmation|toll|reliable|official|idea|clear|answer|response|value|entry|access
        |verified|baseline|reporting|consensus|way|word""",
    "unknown": """unknown|not known|not yet known|not available|not yet available|unavailable
        |undetermined|not determined|not yet determined|undisclosed|not disclosed
        |not reported|unreported|unspecified|not specified|not stated|unstated|not given
        |not provided|not recorded|not counted|not collected|not applicable|not confirmed
        |not yet confirmed|not verified|not yet verified|not clear|not yet clear
        |not published|not released|not announced|not shared|not assessed|not established
        |not yet established|n/a|#n/a|n.a.|na|n.a|n.k.|n/k|n/r|nan|null|missing data|withheld
        |data gap|no response|could not be|cannot be|an unknown number|a number of
        |an unspecified number|an undetermined number|an undisclosed number|uncounted
        |countless|untold|innumerable|too many|uncertain|blank|not yet|not been
        |no longer known|no one knows|nobody knows|not quantified|unquantified|not indicated
        |not mentioned|not yet reported|not sure""",
    "unsure": """unverified|unconfirmed|to be confirmed|tbc|tbd|t.b.c.|t.b.d.
        |to be determined|to be verified|to be announced|tba|pending|awaiting|unclear
        |under verification|many|being verified|under assessment|under investigation|lots
        |a lot|n.d.|nd|missing|some|disputed|numerous|multiple|various|being assessed
        |being counted|undergoing verification|large numbers""",
    "percent": """%|٪|per cent|percent|percentage|pct|pc|‰|percentage points|-percent
        |-per-cent""",
    "unit": """hours|hour|hrs|hr|h|days|day|-day|weeks|week|-week|-hour|-month|months|month
        |minutes|minute|min|mins|seconds|km|kms|kilometres|kilometers|kilometre|kilometer|-km
        |miles|mile|metres|meters|metre|meter|kg|tonnes|tons|hectares|acres|litres|liters
        |degrees|-year-old|-year-olds|-year|-month-old|years|year|years old|years of age
        |years-old|sq|km2|mt|°|usd|dollars|euros|euro|baht|am|pm|a.m.|p.m.|o'clock|-kilometre
        |-kilometer|-metre|-meter|-mile|mm|cm""",
    "money": "$|€|£|¥|฿|us$|usd|eur|thb|khr|៛|gbp",
    "label": """year|page|figure|chapter|section|article|route|highway|no|no.|nr.|nr|version
        |sitrep|sitrep no.|sitrep no|report no.|update no.|flash update no.|flash update no
        |camp|grade|phase|level|zone|km|rank|day|week|aged|age|situation report
        |situation report no.|flash update|resolution|annex|table|covid""",
    "change": """rose|rise|risen|rising|increased|increase|increasing|up|climbed|grew|grown
        |jumped|dropped|fell|fallen|decreased|decrease|down|revised|corrected|went|gone
        |soared|surged|declined|reduced|raised|lowered|changed|updated""",
}
