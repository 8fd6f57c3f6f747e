"""The kinds of thing that people tell: their values, and the many ways to tell, change, ask and deny each.

A template is a clause. `[I live|{s} lives]` holds the first and the third person, `<a/b>` one at random. {s} is who it
is about, {ss} whose, {he} {his} {him} the pronouns, {v} the value, {av} the value with its article, {o} and {ao} the
older value. Questions are worded unlike the tellings.
"""

from dataclasses import dataclass

from . import words


@dataclass(frozen=True)
class Kind:
    """A kind of thing to tell of somebody.

    Attributes:
        name: Its key.
        values: What may fill {v}.
        tell: Clauses that tell it.
        change: Clauses that revise it; they may hold {o}.
        asked: How the assistant asks for it.
        short: Short answers to that.
        question: How the user asks for it later.
        before: How the user asks for the value before the last one.
    """

    name: str
    values: tuple[str, ...]
    tell: tuple[str, ...]
    change: tuple[str, ...]
    asked: tuple[str, ...]
    short: tuple[str, ...]
    question: tuple[str, ...]
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Habit:
    """Something that a person does or not: the plain form, the form for he and she, the -ing form, a key word."""

    plain: str
    third: str
    doing: str
    key: str


PLAIN = ("{v}.", "{v}, I think.", "{v}, as far as I know.", "That would be {v}.", "It is {v}.")

KINDS: tuple[Kind, ...] = (
    Kind(
        "home",
        words.TOWNS,
        (
            "[I live|{s} lives] in {v}<// these days/ at the moment>",
            "[I have|{s} has] been living in {v} for <two/three/six/nearly ten> years",
            "[my|{ss}] flat in {v} <is freezing/has a leaking tap/gets no sun at all> this month",
            "[I|{s}] settled down in {v} <some time ago/after university/a while back>",
            "[I pay|{s} pays] far too much for a small place in {v}",
            "it is a long way home to {v} for [me|{s}]",
            "[my|{ss}] house in {v} needs a new roof",
        ),
        (
            "[I have|{s} has] just moved from {o} to {v}",
            "[I|{s}] packed everything up and left for {v} <last week/on Sunday/this month>, for good",
            "[I have|{s} has] a new address: it is {v} now",
            "after all that time [I|{s}] left {o} and found a flat in {v}",
            "the move is done, [I am|{s} is] a resident of {v} now",
        ),
        ("Where [do you|does {he}] live<// these days>?", "Which town [are you|is {he}] in?"),
        ("In {v}.", "{v}, near the station.", "{v}.", "Over in {v}."),
        (
            "Where [do I|does {s}] live?",
            "What town is [my|{ss}] home in?",
            "Which city [am I|is {s}] based in?",
            "Do you remember what place [I call|{s} calls] home?",
        ),
        ("Where did [I|{s}] live before?", "What town was [my|{ss}] home in before the move?"),
    ),
    Kind(
        "job",
        words.JOBS,
        (
            "[I work|{s} works] as {av}",
            "[I am|{s} is] {av} by trade",
            "[I have|{s} has] been {av} <for years/since spring/since school>",
            "being {av} means that [I never get|{s} never gets] a quiet week",
            "[I make my|{s} makes {his}] living as {av}",
        ),
        (
            "[I|{s}] quit being {ao} and retrained as {av}",
            "[I have|{s} has] changed careers, it is {av} now",
            "[I start|{s} starts] as {av} now that the old job is over",
            "[I|{s}] threw in the old job to become {av}",
        ),
        ("What [do you|does {he}] do for a living?", "What sort of work [do you|does {he}] do?"),
        ("{av}.", "[I am|{He} is] {av}.", "Works as {av}.", "{av}, would you believe it."),
        (
            "What is [my|{ss}] job?",
            "What [do I|does {s}] do for work?",
            "What is [my|{ss}] profession?",
            "Which occupation [do I|does {s}] have?",
        ),
        ("What was [my|{ss}] job before?", "What did [I|{s}] do for work previously?"),
    ),
    Kind(
        "employer",
        words.EMPLOYERS,
        (
            "[I am|{s} is] on the payroll of {v}",
            "[my|{ss}] contract with {v} was extended <by a year/again>",
            "[I commute|{s} commutes] to {v} every morning",
            "they keep [me|{s}] busy at {v}",
            "[my|{ss}] badge from {v} stopped working at the gate",
        ),
        (
            "[I have|{s} has] gone over from {o} to {v}",
            "[I|{s}] handed in the notice and signed with {v}",
            "{v} has hired [me|{s}] away",
        ),
        ("Which company [do you|does {he}] work for?", "Who [is your|is {his}] employer?"),
        ("{v}.", "For {v}.", "At {v}."),
        (
            "Which company [do I|does {s}] work for?",
            "Who employs [me|{s}]?",
            "Where [am I|is {s}] employed?",
        ),
        ("Which company did [I|{s}] work for before?",),
    ),
    Kind(
        "birthday",
        (),
        (
            "[my|{ss}] birthday is on {v}",
            "[I was|{s} was] born on {v}",
            "[I turn|{s} turns] a year older on {v}",
            "we always bake for [my birthday|{ss} birthday], the {v} one",
        ),
        (),
        ("When is [your|{his}] birthday?",),
        ("On {v}.", "{v}.", "It is {v}."),
        ("When is [my|{ss}] birthday?", "On what date was [I|{s}] born?", "What day do we celebrate [my|{ss}] birth?"),
    ),
    Kind(
        "dish",
        words.FOODS,
        (
            "[my|{ss}] favourite dish is {v}",
            "[I|{s}] could eat {v} every day",
            "nothing beats {v}, if you ask [me|{s}]",
            "[I|{s}] would cross the whole town for a good plate of {v}",
        ),
        (
            "[I have|{s} has] gone off {o}, the favourite is {v} now",
            "{v} has become [my|{ss}] favourite food instead",
        ),
        ("What is [your|{his}] favourite food?", "What [do you|does {he}] like to eat best?"),
        PLAIN,
        (
            "What is [my|{ss}] favourite food?",
            "What [do I|does {s}] like to eat most?",
            "Which meal [do I|does {s}] love best?",
        ),
        ("What was [my|{ss}] favourite food before?",),
    ),
    Kind(
        "allergy",
        words.ALLERGENS,
        (
            "[I am|{s} is] allergic to {v}",
            "[I|{s}] swelled up badly because of {v}, it is an allergy",
            "the doctor confirmed that [I|{s}] must stay away from {v}, it is a proper allergy",
            "[I carry|{s} carries] a spray because of the allergy to {v}",
        ),
        (),
        ("[Do you|Does {he}] have any allergies?", "Is there anything that [you do|{he} does] not tolerate?"),
        ("Yes, {v}.", "{v}.", "Only {v}."),
        (
            "What [am I|is {s}] allergic to?",
            "Which allergy [do I|does {s}] have?",
            "What must [I|{s}] avoid for health reasons?",
        ),
    ),
    Kind(
        "instrument",
        words.INSTRUMENTS,
        (
            "[I play|{s} plays] the {v}",
            "[I practise|{s} practises] the {v} <in the attic/every evening/before breakfast>",
            "[my|{ss}] {v} had to be repaired",
            "[I have|{s} has] played the {v} since childhood",
        ),
        ("[I|{s}] sold the {o} and took up the {v}", "[I have|{s} has] switched from the {o} to the {v}"),
        ("What instrument [do you|does {he}] play?",),
        ("The {v}.", "{v}.", "The {v}, quite badly."),
        ("Which instrument [do I|does {s}] play?", "What [do I|does {s}] make music on?"),
        ("Which instrument did [I|{s}] play before?",),
    ),
    Kind(
        "sport",
        words.SPORTS,
        (
            "[I do|{s} does] {v} twice a week",
            "[I have|{s} has] {v} training <on Tuesdays/on Thursday nights/at seven>",
            "[my|{ss}] {v} club <won/lost> again",
            "[I am|{s} is] mad about {v}, at the club and on the screen",
        ),
        ("[I|{s}] left the {o} team and joined the one for {v}", "it is {v} instead of {o} for [me|{s}] from now on"),
        ("What sport [do you|does {he}] do?",),
        PLAIN,
        ("What sport [do I|does {s}] do?", "How [do I|does {s}] keep fit?", "Which kind of sport [am I|is {s}] into?"),
        ("What sport did [I|{s}] do before?",),
    ),
    Kind(
        "language",
        words.LANGUAGES,
        (
            "[I am|{s} is] learning {v}",
            "[I take|{s} takes] evening classes in {v}",
            "[my|{ss}] {v} homework takes for ever",
            "[I have|{s} has] a test in {v} grammar coming up after all those lessons",
        ),
        ("[I|{s}] dropped {o} and signed up for {v}", "[I have|{s} has] moved on from {o} to studying {v}"),
        ("Which language [are you|is {he}] learning?",),
        PLAIN,
        ("Which language [am I|is {s}] studying?", "What tongue [am I|is {s}] trying to learn?"),
        ("Which language was [I|{s}] studying before?",),
    ),
    Kind(
        "car",
        words.CARS,
        (
            "[I drive|{s} drives] {av}",
            "[my|{ss}] {v} <would not start this morning/needs new brakes/failed its inspection>",
            "[I|{s}] parked the {v} and came back to a scratched door",
            "[I am|{s} is] still paying off the {v}",
        ),
        ("[I|{s}] traded the {o} in for {av}", "[I have|{s} has] got rid of the {o}, it is {av} now"),
        ("What car [do you|does {he}] drive?",),
        ("{av}.", "{av}, a real bargain.", "Just {av}."),
        ("What car [do I|does {s}] have?", "What vehicle [am I|is {s}] driving?", "Which car is [mine|{ss}]?"),
        ("Which car did [I|{s}] have before?",),
    ),
    Kind(
        "pet",
        words.PET_KINDS,
        (
            "[I have|{s} has] {av} at home",
            "[my|{ss}] {v} kept the whole house awake",
            "[I|{s}] had to take the {v} to the vet",
            "[I|{s}] adopted {av} <from the shelter/last year/some time ago>",
        ),
        (),
        ("What kind of pet [do you|does {he}] have?",),
        ("{av}.", "{av}, very spoilt."),
        (
            "What kind of animal [do I|does {s}] keep?",
            "What pet [do I|does {s}] have?",
            "Which animal lives with [me|{s}]?",
        ),
    ),
    Kind(
        "pet name",
        words.PET_NAMES,
        (
            "[I|{s}] named the new pet {v}",
            "[my|{ss}] pet {v} <chewed up a slipper/ran off again/is asleep on the sofa>",
            "[my|{ss}] pet answers to the name {v}",
            "[I|{s}] spent the afternoon brushing {v}, [my|{his}] pet",
        ),
        (),
        ("What is the name of [your|{his}] pet?",),
        ("{v}.", "{v}, a silly name I know.", "It is called {v}."),
        ("What is [my|{ss}] pet called?", "What name did [I|{s}] give the pet?"),
    ),
    Kind(
        "studies",
        words.SUBJECTS,
        (
            "[I study|{s} studies] {v} at the university",
            "[I am|{s} is] in the third year of {v}",
            "[my|{ss}] degree is in {v}",
            "[I have|{s} has] exams in {v} all month",
        ),
        ("[I|{s}] dropped out of {o} and enrolled in {v}", "[I have|{s} has] changed courses, from {o} to {v}"),
        ("What [are you|is {he}] studying?",),
        PLAIN,
        (
            "What subject [do I|does {s}] study?",
            "What [am I|is {s}] reading at university?",
            "Which degree [am I|is {s}] doing?",
        ),
        ("What did [I|{s}] study before?",),
    ),
    Kind(
        "partner",
        words.SURNAMES,
        (
            "[I am|{s} is] engaged to somebody called {v}",
            "[my|{ss}] better half, {v}, cooked for us",
            "[I have|{s} has] been together with {v} for <a year/ages/two summers>",
            "{v} and [I|{s}] are a couple",
        ),
        (
            "[I broke up with {o} and am|{s} broke up with {o} and is] seeing {v} now",
            "it is over with {o}, [I am|{s} is] dating {v}",
        ),
        ("Who is [your|{his}] partner?",),
        PLAIN,
        ("Who is [my|{ss}] partner?", "Who [am I|is {s}] in a relationship with?"),
        ("Who was [my|{ss}] partner before?",),
    ),
    Kind(
        "hobby",
        words.HOBBIES,
        (
            "[I spend|{s} spends] every free hour on {v}",
            "[I have|{s} has] got hooked on {v}",
            "[I|{s}] would rather do {v} than anything else at the weekend",
            "[my|{ss}] whole cellar is full of things for {v}",
        ),
        ("[I have|{s} has] given up {o} for {v}", "{v} has replaced {o} as [my|{ss}] pastime"),
        ("What [do you|does {he}] do in [your|{his}] spare time?",),
        PLAIN,
        ("What is [my|{ss}] hobby?", "What [do I|does {s}] like to do in [my|{his}] free time?"),
        ("What was [my|{ss}] hobby before?",),
    ),
    Kind(
        "band",
        words.BANDS,
        (
            "[I listen|{s} listens] to {v} all day",
            "[I have|{s} has] every record of {v}",
            "{v} is the band that [I love|{s} loves] most",
            "[I|{s}] queued for hours to see {v} on stage",
        ),
        ("[I am|{s} is] over {o}, the new favourite band is {v}",),
        ("What is [your|{his}] favourite band?",),
        PLAIN,
        ("What is [my|{ss}] favourite band?", "Which music group [do I|does {s}] like best?"),
        ("What was [my|{ss}] favourite band before?",),
    ),
    Kind(
        "book",
        words.BOOKS,
        (
            "[I am|{s} is] halfway through {v}",
            "[I|{s}] stayed up until two with {v}, what a novel",
            "[I picked|{s} picked] {v} for the next book club meeting",
            "[I keep|{s} keeps] reading bits of {v} aloud",
        ),
        ("[I|{s}] finished {o} and started on {v}", "[I|{s}] gave up on {o}, the new bedtime book is {v}"),
        ("What [are you|is {he}] reading?",),
        PLAIN,
        ("Which book [am I|is {s}] reading?", "What novel [do I|does {s}] have on the bedside table?"),
        ("Which book was [I|{s}] reading before?",),
    ),
    Kind(
        "film",
        words.FILMS,
        (
            "[my|{ss}] favourite film is {v}",
            "[I have|{s} has] seen {v} eleven times and will watch it again",
            "[I know|{s} knows] every line of {v} by heart",
        ),
        (),
        ("What is [your|{his}] favourite film?",),
        PLAIN,
        ("What film [do I|does {s}] love most?", "Which movie is [my|{ss}] favourite?"),
    ),
    Kind(
        "phone",
        words.PHONES,
        (
            "[I dropped my|{s} dropped {his}] {v} in the bath",
            "[I type|{s} types] everything on a {v}",
            "the screen of [my|{ss}] {v} is cracked",
        ),
        ("[I|{s}] replaced the {o} with a {v}", "the {o} died, so [I|{s}] bought a {v}"),
        ("What phone [do you|does {he}] have?",),
        ("A {v}.", "{v}.", "A second-hand {v}."),
        ("What make of phone [do I|does {s}] have?", "Which mobile [am I|is {s}] using?"),
        ("Which phone did [I|{s}] have before?",),
    ),
    Kind(
        "medicine",
        words.MEDICINES,
        (
            "[I take|{s} takes] {v} <every morning/with breakfast/before bed>",
            "the doctor put [me|{s}] on {v}",
            "[I forgot my|{s} forgot {his}] {v} on the kitchen table",
        ),
        ("the doctor switched [me|{s}] from {o} to {v}", "[I was|{s} was] taken off {o} and given {v}"),
        ("What medicine [do you|does {he}] take?",),
        PLAIN,
        (
            "Which medicine [am I|is {s}] on?",
            "What has the doctor prescribed for [me|{s}]?",
            "Which drug [do I|does {s}] take?",
        ),
        ("Which medicine was [I|{s}] on before?",),
    ),
    Kind(
        "injury",
        words.INJURIES,
        (
            "[I am|{s} is] recovering from {v}",
            "[I|{s}] came off the bicycle and ended up with {v}",
            "[I have|{s} has] been off work because of {v}",
        ),
        (),
        ("What happened to [you|{him}]?", "What sort of injury is it?"),
        PLAIN,
        ("What injury did [I|{s}] have?", "How did [I|{s}] get hurt, what was it?"),
    ),
    Kind(
        "fear",
        words.FEARS,
        (
            "[I am|{s} is] terrified of {v}",
            "[I|{s}] would rather walk for an hour than face {v}, it is a real phobia",
            "[I go|{s} goes] pale at the thought of {v}, it is the one big fear",
        ),
        (),
        ("Is there anything that [you are|{he} is] afraid of?",),
        PLAIN,
        ("What [am I|is {s}] afraid of?", "What scares [me|{s}]?", "Which phobia [do I|does {s}] have?"),
    ),
    Kind(
        "gift",
        words.GIFTS,
        (
            "[I have ordered {v} for myself as|we have ordered {v} for {s} as] a Christmas present",
            "under the tree there will be {v} for [me|{s}]",
            "[I|{s}] wished for {v} for Christmas",
        ),
        ("instead of {o} it will be {v} for [me|{s}] at Christmas",),
        ("What [do you|does {he}] want for Christmas?",),
        PLAIN,
        ("What [do I|does {s}] get for Christmas?", "Which Christmas gift is meant for [me|{s}]?"),
        ("What was [I|{s}] to get for Christmas at first?",),
    ),
    Kind(
        "party place",
        words.VENUES,
        (
            "[my|{ss}] birthday party will be at {v}",
            "we booked {v} for [my|{ss}] birthday party",
            "everybody is coming to {v} when [I celebrate|{s} celebrates] the birthday",
        ),
        (
            "we moved [my|{ss}] birthday party from {o} to {v}",
            "{o} fell through, so [my|{ss}] birthday party is at {v} now",
        ),
        ("Where will [your|{his}] birthday party be?",),
        ("At {v}.", "{v}.", "We chose {v}."),
        ("Where is [my|{ss}] birthday party?", "What location did we choose for [my|{ss}] birthday?"),
        ("Where was [my|{ss}] birthday party to be at first?",),
    ),
    Kind(
        "colour",
        words.COLOURS,
        (
            "[my|{ss}] favourite colour is {v}",
            "[I want|{s} wants] everything in {v}, curtains, cups, even the bicycle",
            "[I|{s}] painted the bedroom {v} because no other colour will do",
        ),
        ("[I do|{s} does] not like {o} any more, {v} is the new favourite colour",),
        ("What is [your|{his}] favourite colour?",),
        PLAIN,
        ("Which colour [do I|does {s}] like best?", "What is [my|{ss}] favourite colour?"),
        ("Which colour did [I|{s}] like best before?",),
    ),
    Kind(
        "street",
        words.STREETS,
        (
            "[my|{ss}] front door is on {v}",
            "send parcels for [me|{s}] to {v}",
            "the road works on {v} are right under [my|{ss}] window",
        ),
        ("[I am|{s} is] no longer on {o}, the new flat is on {v}",),
        ("Which street [do you|does {he}] live in?",),
        ("{v}.", "{v}, at the far end.", "On {v}."),
        ("What is [my|{ss}] street address?", "Which road [do I|does {s}] live on?"),
        ("Which street did [I|{s}] live in before?",),
    ),
    Kind(
        "locker",
        words.NUMBERS,
        (
            "[I have|{s} has] locker {v} at the pool",
            "[my|{ss}] stuff is in locker {v}",
            "they gave [me|{s}] locker number {v}",
        ),
        ("[my|{ss}] locker was changed from {o} to {v}", "[I have|{s} has] locker {v} now, {o} was broken"),
        ("Which locker is [yours|{his}]?",),
        ("{v}.", "Number {v}."),
        ("What is the number of [my|{ss}] locker?", "Which locker [do I|does {s}] use?"),
        ("Which locker did [I|{s}] have before?",),
    ),
    Kind(
        "rent",
        words.AMOUNTS,
        (
            "[I pay|{s} pays] {v} a month in rent",
            "[my|{ss}] rent is {v}, heating included",
            "{v} leaves [my|{ss}] account each month for the rent",
        ),
        ("[my|{ss}] rent went from {o} to {v}", "the landlord put [my|{ss}] rent up to {v}"),
        ("How high is [your|{his}] rent?",),
        ("{v}.", "{v} a month."),
        ("How much rent [do I|does {s}] pay?", "What does [my|{ss}] flat cost each month?"),
        ("How much was [my|{ss}] rent before?",),
    ),
    Kind(
        "shoe size",
        words.SHOES,
        (
            "[I take|{s} takes] size {v} in shoes",
            "[my|{ss}] shoe size is {v}",
            "the boots come in {v}, which is just [my|{ss}] shoe size",
        ),
        (),
        ("What is [your|{his}] shoe size?",),
        ("{v}.", "Size {v}."),
        ("Which shoe size [do I|does {s}] need?", "How big are [my|{ss}] feet, in shoe sizes?"),
    ),
    Kind(
        "wake up",
        words.CLOCK,
        (
            "[my|{ss}] alarm goes off at {v}",
            "[I get|{s} gets] up at {v} on workdays",
            "at {v} sharp [I am|{s} is] out of bed, whatever the weather",
        ),
        ("[I have|{s} has] set the alarm to {v} instead of {o}", "[I get|{s} gets] up at {v} from now on"),
        ("When [do you|does {he}] get up?",),
        ("At {v}.", "{v}."),
        ("What time [do I|does {s}] rise in the morning?", "When is [my|{ss}] alarm set for?"),
        ("What time did [I|{s}] get up before?",),
    ),
    Kind(
        "project",
        words.PROJECTS,
        (
            "[my|{ss}] project at the office is called {v}",
            "[I am|{s} is] in charge of the {v} project",
            "the {v} project is eating up all of [my|{ss}] time",
        ),
        (
            "[I was|{s} was] taken off the {o} project and put on {v}",
            "the {o} project is done, [mine|{ss} next one] is {v} now",
        ),
        ("What is the name of [your|{his}] project?",),
        PLAIN,
        ("Which project [am I|is {s}] working on?", "What is [my|{ss}] project called?"),
        ("Which project was [I|{s}] working on before?",),
    ),
    Kind(
        "doctor",
        words.SURNAMES,
        (
            "[my|{ss}] family doctor is Dr {v}",
            "[I go|{s} goes] to Dr {v} with every cough",
            "Dr {v} has looked after [me|{s}] for years",
        ),
        ("Dr {o} has retired, so [I go|{s} goes] to Dr {v}", "[I have|{s} has] changed from Dr {o} to Dr {v}"),
        ("Who is [your|{his}] doctor?",),
        ("Dr {v}.", "That is Dr {v}."),
        ("Who is [my|{ss}] doctor?", "Which physician [do I|does {s}] see?"),
        ("Who was [my|{ss}] doctor before?",),
    ),
    Kind(
        "volunteering",
        words.CAUSES,
        (
            "[I help|{s} helps] out at {v} on Saturdays",
            "[I have|{s} has] signed up as a volunteer for {v}",
            "[I|{s}] gave another weekend to {v}, unpaid of course",
        ),
        ("[I have|{s} has] stopped helping at {o}, it is {v} now",),
        ("Where [do you|does {he}] volunteer?",),
        ("At {v}.", "{v}."),
        ("Where [do I|does {s}] volunteer?", "Which good cause [do I|does {s}] give time to?"),
        ("Where did [I|{s}] volunteer before?",),
    ),
    Kind(
        "drink",
        words.DRINKS,
        (
            "[I always order|{s} always orders] {av}",
            "[my|{ss}] usual is {av}",
            "the waiter knows that [I want|{s} wants] {av} without asking",
        ),
        ("[I have|{s} has] gone from {o} to {v} as the usual order",),
        ("What [do you|does {he}] like to drink?",),
        ("{av}.", "{av}, every time."),
        ("What drink [do I|does {s}] usually order?", "Which beverage should I get for [myself|{s}]?"),
        ("What drink did [I|{s}] usually order before?",),
    ),
    Kind(
        "holiday",
        words.TOWNS,
        (
            "[I am|{s} is] going to {v} on holiday",
            "[I have|{s} has] tickets to {v} for the summer holidays",
            "[I|{s}] found a cheap hotel in {v} for the holidays",
            "[I am|{s} is] counting the days until the holiday in {v}",
        ),
        (
            "[I|{s}] cancelled {o}, the holiday will be in {v}",
            "[my|{ss}] holiday plans changed from {o} to {v}",
        ),
        ("Where [are you|is {he}] going on holiday?",),
        ("To {v}.", "{v}."),
        ("Where [do I|does {s}] plan to spend the holidays?", "What is [my|{ss}] holiday destination?"),
        ("Where was [I|{s}] going to spend the holidays at first?",),
    ),
    Kind(
        "dream",
        words.JOBS,
        (
            "[I|{s}] always wanted to be {av} as a child",
            "if [I|{s}] could start again it would be as {av}",
            "[my|{ss}] secret dream is to be {av}",
        ),
        (),
        ("What did [you|{he}] want to become as a child?",),
        ("{av}.", "{av}, of all things."),
        ("What is [my|{ss}] dream job?", "What did [I|{s}] wish to become when little?"),
    ),
    Kind(
        "birthplace",
        words.TOWNS,
        (
            "[I|{s}] grew up in {v}",
            "[I was|{s} was] born and raised in {v}",
            "[my|{ss}] childhood was spent in {v}",
        ),
        (),
        ("Where did [you|{he}] grow up?",),
        ("In {v}.", "{v}."),
        ("Where [am I|is {s}] from originally?", "In which town did [I|{s}] spend [my|{his}] childhood?"),
    ),
)

HABITS: tuple[Habit, ...] = (
    Habit("drink coffee", "drinks coffee", "drinking coffee", "coffee"),
    Habit("eat meat", "eats meat", "eating meat", "meat"),
    Habit("smoke a pipe", "smokes a pipe", "smoking a pipe", "pipe"),
    Habit("cycle to work", "cycles to work", "cycling to work", "cycl"),
    Habit("sing in a choir", "sings in a choir", "singing in a choir", "choir"),
    Habit("keep bees", "keeps bees", "keeping bees", "bees"),
    Habit("swim in the lake", "swims in the lake", "swimming in the lake", "lake"),
    Habit("play the lottery", "plays the lottery", "playing the lottery", "lottery"),
    Habit("bake bread", "bakes bread", "baking bread", "bread"),
    Habit("work night shifts", "works night shifts", "working night shifts", "night shift"),
    Habit("write a diary", "writes a diary", "writing a diary", "diary"),
    Habit("wear contact lenses", "wears contact lenses", "wearing contact lenses", "contact lens"),
    Habit("go to church", "goes to church", "going to church", "church"),
    Habit("subscribe to a newspaper", "subscribes to a newspaper", "subscribing to a newspaper", "newspaper"),
    Habit("use an allotment", "uses an allotment", "using an allotment", "allotment"),
    Habit("do yoga", "does yoga", "doing yoga", "yoga"),
)

HABIT_TELL = (
    "[I {plain}|{s} {third}] <every day/all the time/most days/regularly>",
    "[I love {doing}|{s} loves {doing}]",
    "{doing} is part of [my|{ss}] week",
)
HABIT_DENY = (
    "[I no longer {plain}|{s} no longer {third}]",
    "[I have|{s} has] stopped {doing}",
    "[I|{s}] gave up {doing} <last month/for good/some time ago>",
    "[I do not {plain} any more|{s} does not {plain} any more]",
    "[I|{s}] quit {doing}, <it was time/doctor's orders/it got too much>",
)
HABIT_QUESTION = ("[Do I|Does {s}] still {plain}?", "Is {doing} something that [I|{s}] still [do|does]?")
DENIALS = (
    "no longer",
    "stopped",
    "gave up",
    "given up",
    "not",
    "quit",
    "any more",
    "anymore",
    "don't",
    "doesn't",
    "no",
)

EVENT_TELL = (
    "[my|{ss}] {event} is on {v}",
    "the date for [my|{ss}] {event} is fixed: {v}",
    "[I have|{s} has] the {event} on {v}",
    "{v} is the day of [my|{ss}] {event}",
    "[my|{ss}] {event} was set for {v}",
)
EVENT_CHANGE = (
    "[my|{ss}] {event} had to be moved from {o} to {v}",
    "they pushed [my|{ss}] {event} back, it is on {v} now",
    "actually [my|{ss}] {event} is on {v}, not on {o}",
    "[my|{ss}] {event} was rescheduled to {v}",
)
EVENT_ASKED = ("When is the {event}?", "And what day is the {event}?")
EVENT_SHORT = ("On {v}.", "{v}.", "{v}, if all goes well.")
EVENT_QUESTION = (
    "When is [my|{ss}] {event}?",
    "What date is [my|{ss}] {event}?",
    "On which day [do I|does {s}] have the {event}?",
)
EVENT_BEFORE = ("When was [my|{ss}] {event} meant to be at first?",)
