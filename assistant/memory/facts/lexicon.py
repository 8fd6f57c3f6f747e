"""Words that the reading of statements goes by: what is a mood, a trade, an animal. Lists only."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


LANGUAGES = word_set("""
    english german french spanish italian portuguese dutch danish swedish norwegian finnish icelandic polish
    czech slovak hungarian romanian bulgarian greek turkish russian ukrainian arabic hebrew persian farsi hindi
    urdu bengali tamil telugu mandarin cantonese chinese japanese korean vietnamese thai indonesian malay
    tagalog swahili welsh irish gaelic catalan basque croatian serbian latin esperanto estonian latvian
    lithuanian albanian
""")
"""Languages."""

INSTRUMENTS = word_set("""
    piano guitar violin cello viola bass drums drum flute clarinet saxophone trumpet trombone horn tuba oboe
    bassoon harp organ accordion banjo ukulele mandolin harmonica keyboard recorder
""")
"""Musical instruments."""

ILL = word_set("""
    diabetic asthmatic dyslexic colour-blind color-blind colourblind colorblind deaf blind epileptic autistic
    pregnant left-handed short-sighted intolerant anaemic anemic insulin-dependent
""")
"""What people are who have a condition."""

ROLES = word_set("""
    nurse chef cook pilot vet judge coach guide clerk monk nun priest poet author student pupil intern au-pair
    ceo cto dj cfo freelancer surgeon dentist plumber mechanic butcher lawyer paramedic architect electrician
    musician model spy soldier athlete academic au pair civil servant apprentice entrepreneur founder head
    housewife househusband gp
""")
"""Trades whose endings do not give them away."""

NO_ROLES = word_set("""
    bit lover believer fighter winner loser member owner beginner disaster matter reader runner reminder danger
    wonder person human morning eater sleeper mother father sister brother daughter stranger newcomer supporter
    fan learner good better different important excellent moment present parent client patient event intelligent
    confident number letter answer order offer corner summer winter dinner water color colour factor error
    mirror favor favour sucker foodie great perfect adventure partner customer listener customer hater adult
    romantic late
""")
"""Nouns that end like trades and are none."""

TRANSIENT = word_set("""
    good great fine okay ok well bad tired exhausted hungry thirsty happy sad sorry glad excited busy bored
    ready done sure afraid back here there home late early curious interested serious kidding joking confused
    lost stuck wrong right nervous worried stressed thrilled delighted proud grateful thankful pleased surprised
    shocked impressed upset angry mad annoyed lucky blessed better worse cold hot warm awake asleep drunk free
    alone nice lovely amazing awesome cool perfect fun hard easy difficult important interesting true false
    possible impossible able unable welcome weird strange crazy funny beautiful delicious wonderful terrible
    awful horrible overwhelmed swamped down up off out in on over aware super so too
""")
"""Moods and verdicts of the moment."""

NO_PLACE = word_set("""
    fear peace hope town there here school work bed college university hospital love person general total
    trouble a flat style public home
""")
"""What "in" may be followed by that is no place."""

CALENDAR = word_set("""
    i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december spring summer autumn winter today tomorrow
""")
"""Capitalised words that are no names."""

NO_FOOD = word_set("""
    out at in with together dinner lunch breakfast well healthy too more less right up on there
""")
"""What "eat" may be followed by that is no food."""

NO_BELONGING = word_set("""
    job home call chance time feedback point idea look sense text message mail email answer reply result results
    feeling back married engaged lost ready sick better worse used started hurt sleep news break cold flu
    headache day hang rest room way shot grip handle promotion raise degree diploma license certificate lot bit
    few groceries coffee lunch dinner breakfast milk bread ticket tickets invited accepted hired fired up out
    over in on off to into kind first good great impression injury surgery award prize scholarship offer
    internship haircut tattoo some any more position role
""")
"""What one gets without owning it."""

NO_AIM = word_set("""
    know ask talk say see hear tell thank apologize apologise be understand check share mention make_sure
    discuss hear find_out chat add show give let speak vent point clarify note emphasize remind
""")
"""What one wants to do in the talk itself."""

BETWEEN = word_set("""
    also still really always now currently often usually never just recently finally already actually
""")
"""Adverbs before a verb."""

NO_THINGS = word_set("""
    day week weekend morning evening night head question point mind turn mood heart life guess bad apologies
    pleasure thought thoughts fault mistake goal way issue problem family stomach feet eyes body fingers
    experience time break idea understanding impression answer hope hopes thing things week trip code function
    script query program error concern advice request sentence text paragraph essay message prompt input output
    task list data
""")
"""Things that tell nothing of their owner."""

NO_HEADS = word_set("""
    day week weekend morning evening night question point mind mood guess apologies pleasure fault head one
""")
"""Nouns that tell nothing, whatever stands before them."""

NO_THING_WORDS = word_set("""
    is are was i that which and of you biggest main only last first in
""")
"""Words that a named thing does not hold."""

STATES = word_set("""
    live reside be work study have own drive play like love enjoy hate eat drink smoke take go collect speak do
    use
""")
"""Verbs of what lasts."""

OFTEN_MORE = word_set("""
    meeting appointment call class lesson shift party session test dinner trip
""")
"""Appointments of which people have many."""

OF_THE_MOMENT = word_set("""
    feel hope guess think know mean see hear wonder wish bet appreciate thank agree understand remember forget
    look sound seem let tell ask say suppose doubt care talk check send need want believe expect like miss mind
    imagine consider find try help come promise recommend suggest admire share stop accept respect follow wait
    handle mention focus
""")
"""Verbs of the talk and of the moment."""

VAGUE = word_set("""
    some any a an the my our his her their of with in at on to for from and or amazing great good nice similar
    different cool awesome wild crazy fun lovely wonderful interesting people person friends events event
    experience experiences adventure time times week weekend day days moment moments thing things stuff lot lots
    way ways impact few many much own first new old again other another together same kinds kind sort bit ups
    downs really very so talk chat plenty half more most all
""")
"""Words that say nothing in particular."""

PLURALS = word_set("""
    kids children parents grandparents sons daughters brothers sisters siblings cousins aunts uncles friends
    colleagues neighbours neighbors roommates flatmates in-laws grandchildren twins
""")
"""Relations in the plural."""

ANIMALS = word_set("""
    dog cat puppy kitten hamster rabbit bunny parrot horse pony goldfish fish turtle tortoise snake lizard gecko
    guinea-pig bird canary budgie ferret chicken hen duck goat sheep donkey cow pig rat mouse labrador poodle
    beagle terrier collie retriever dachshund spaniel dogs cats puppies kittens hamsters rabbits parrots horses
    fishes snakes turtles birds chickens hens
""")
"""Animals that people keep."""

FEMALE = word_set("""
    wife girlfriend fiancée fiancee mother mom mum sister daughter grandmother grandma granny aunt niece
    stepmother stepsister stepdaughter ex-wife mother-in-law sister-in-law goddaughter granddaughter landlady
""")
"""Relations that "she" may stand for."""

MALE = word_set("""
    husband boyfriend father dad brother son grandfather grandpa uncle nephew stepfather stepbrother stepson
    ex-husband father-in-law brother-in-law godson grandson landlord
""")
"""Relations that "he" may stand for."""

NO_NAME = word_set("""
    a about after all also although always an and another any anybody anyone anything are as at be because been
    before being both but by can could did do does each either even every everybody everyone everything for
    friends from going had has have having he hello her here his how however i if in into is it its just kids
    last later let like lots many maybe me more most much my neither never next no nobody none not nothing now
    of often on once one only or our out over people perhaps please quite she should since so some somebody
    someone something sometimes soon still such than thanks that the their them then there these they things
    this those through to today together tomorrow tonight too under until up us very was we well were what
    whatever when where which while who whose why will with work would yes yesterday yet you your monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august september
    october november december spring summer autumn fall winter life music art nature love time money god school
    family christmas easter hope glad happy sorry good great nice congrats congratulations
""")
"""Words that begin a sentence with a capital letter and are no names."""

PASSED_OVER = word_set("""
    also still really actually always usually often sometimes generally mostly mainly normally probably
    definitely certainly absolutely truly simply quite even only both all kind sort then once regularly rarely
    seldom hardly basically totally completely originally
""")
"""Adverbs that change nothing."""

NO_VERBS = word_set("""
    and or but the too well hope guess oh yes for with who that all each both myself
""")
"""What stands where a verb could and is none."""

BEFORE_NOT = word_set("""
    am is are was were do does did have has had can could will would should may might must but and or if i we
""")
"""After which "not" belongs to the verb."""

RELATIONS = word_set("""
    wife husband partner spouse girlfriend boyfriend fiance fiancée fiancee fiancé mother mom mum father dad sister
    brother son daughter kid child baby grandmother grandma granny grandfather grandpa aunt uncle cousin niece nephew
    friend boss manager colleague coworker co-worker neighbour neighbor teacher doctor dentist therapist landlord
    landlady ex mentor coach trainer tutor assistant buddy pal twin relative half client supervisor accountant
    professor roommate
""")
"""What people are to one another."""

NO_ENDING = word_set("""
    a an the my our his her their this that it them so what work home school house room town country office lunch
    dinner breakfast call talking time day week month year job place thing things stuff old new one all early late
    some any everything nothing much more place notice now again for good up out off
""")
"""What is too general to be said to be over: "left work"."""

OF_THE_DAY = word_set("""
    sleep ring tidy clean run_into bump_into owe look_for wake text phone dial water
""")
"""Verbs of what happens on any day."""

INANIMATE = word_set("""
    make give keep bring need seem look sound feel mean cost include come get happen exist remain become
    beat matter
""")
"""Verbs that a capitalised word at the beginning may have without being a person."""

EPITHETS = word_set("""
    older younger little big elder eldest oldest youngest late new old good dear other middle close
""")
"""What may stand before a relation without being part of it."""

AUXILIARIES = word_set("""
    am is are was were has have had will would can could does did do must should may might used cannot
""")
"""What begins a predicate for sure."""

TIME_ADVERBS = word_set("""
    now recently lately currently nowadays finally just already never not no longer
""")
"""Adverbs that may stand between a subject and its verb."""

NO_NOUNS = word_set("""
    and or of in at on with from to for by the a an that if when than as not
""")
"""What a noun phrase between "my" and a name cannot hold."""

FOR_THE_FUTURE = word_set("""
    booked found ordered planned reserved arranged signed bought joined chose picked
""")
"""First words of what was done for a time to come."""

SINGULAR = word_set("""
    has had did will would can could might may must should used cannot
""")
"""Verbs in the singular that end neither in -s nor -ed."""
