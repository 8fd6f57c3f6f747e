"""What else people say to an assistant: small talk, requests, opinions of the day, and near-misses that tell of nobody
in the cast. None of it tells a thing that a probe asks for.
"""

GREETINGS = (
    "Good <morning/evening/afternoon>!", "Hi again.", "Hello, it is me.", "Hey there.", "Back again, sorry.",
    "Are you awake?", "Right, where were we.",
)  # fmt: skip
OPENERS = (
    "by the way", "oh", "anyway", "so", "guess what", "I meant to say", "before I forget", "well", "you know",
    "just so you know", "one more thing", "speaking of which", "on another note", "it came up at lunch",
)  # fmt: skip
BEFORE_CLAUSES = (
    "the <washing machine/dishwasher/boiler> <leaked again/is making that noise again/gave up> and",
    "I slept <badly/like a log/four hours at most> and",
    "it has been raining since <Monday/dawn/for ever> and",
    "I am writing from the <train/kitchen table/waiting room/bus stop> because",
    "the post came late, the soup boiled over, and",
    "I spent an hour looking for my <keys/glasses/umbrella>, and",
    "I was tidying the <attic/garage/drawer> when I remembered that",
    "we talked on the phone until midnight, and it turns out that",
    "do not laugh, but",
    "you will not believe it, but",
    "I was half asleep when it struck me that",
    "the kettle is on, the cat flap is stuck, and",
)
AFTER_CLAUSES = (
    "so that is that", "which explains a lot", "but enough of that", "and I am not surprised", "which is nice",
    "in case it matters", "so there is a lot to do", "and everybody has an opinion about it", "which I keep forgetting",
    "but do not tell anyone", "and the rest of the day was quiet", "so much for a calm week",
)  # fmt: skip
ASIDES = (
    "The <tram/bus/lift> was late again.", "I had <porridge/toast/leftovers/soup> for lunch.", "My tea has gone cold.",
    "The sky looks strange today.", "The neighbours are drilling.", "I really should water the plants.",
    "What a day.", "It is <so hot/freezing/windy> today.", "I lost an umbrella again.", "The market was packed.",
    "There was a <rainbow/traffic jam/power cut> this morning.", "I cannot find my glasses.",
)  # fmt: skip
REQUESTS = (
    "Can you give me a recipe for <pumpkin soup/banana bread/a quick salad/pancakes/lentil stew/apple crumble>?",
    "How do I get <red wine/candle wax/ink/grass> stains out of <cotton/wool/the carpet>?",
    "Write a <short/funny/polite> note to thank <the caretaker/a teacher/the postman/my team>.",
    "How do I <reverse/sort/copy/flatten> a list in <Python/JavaScript/Rust>?",
    "Translate 'where is the <station/pharmacy/exit/museum>' into <French/Spanish/Italian/German>.",
    "What is the capital of <Mongolia/Peru/Latvia/Ghana/Laos/Bolivia>?",
    "How long do I <boil/roast/steam> <eggs/potatoes/beetroot/rice>?",
    "Explain <inflation/photosynthesis/compound interest/tides/black holes/leap years> to me in simple words.",
    "Give me three ideas for a <rainy afternoon/team lunch/school project/quiz night>.",
    "What rhymes with <orange/winter/table/mountain>?",
    "How many <grams/ounces/cups> are in a <pound/kilo/litre>?",
    "Suggest a title for a talk about <soil/cities/bridges/sleep>.",
    "Is it better to <paint/sand/oil> a wooden <table/fence/door> in <spring/autumn>?",
    "What does <ubiquitous/laconic/serendipity/pedantic> mean?",
    "Can you proofread this: 'The committee have decided to <postpone/cancel/extend> the <meeting/offer/survey>.'",
    "How do I keep <slugs/pigeons/ants> away from the <lettuce/balcony/kitchen>?",
    "Give me a <stretching/breathing> exercise for a stiff <neck/back>.",
    "What is <17/23/45/112> times <19/31/64/12>?",
    "Which is longer, the <Danube/Nile/Volga> or the <Rhine/Congo/Mekong>?",
    "Make up a riddle about <a clock/the moon/an onion/snow>.",
)
OPINIONS = (
    "I think <daylight saving/open-plan offices/voicemail/small talk/self-checkouts> should be abolished.",
    "The news is <gloomy/dull/all about the elections> today.",
    "The <concert/match/lecture> on the radio was <wonderful/a let-down/far too long>.",
    "People <queue/park/drive> so <badly/politely> around here.",
    "<Autumn/Spring/Snow/Fog> is <underrated/overrated>, if you ask me.",
    "That <documentary/podcast/article> about <octopuses/glaciers/cathedrals/fungi> was better than expected.",
    "<Sourdough/Minimalism/Jogging/Karaoke> is a cult by now.",
    "The new <bus timetable/tax form/parking rule> makes no sense to me.",
    "I wonder why <clouds/yawns/accents/traffic jams> work the way they do.",
    "<Crossings/Emails/Mondays> are getting <longer/stranger/worse> every year.",
)
ABOUT_PERSON = (
    "{s} rang me <today/last night/at noon>, it was good to hear that voice.",
    "I ran into {s} at the <market/station/bakery/library>.",
    "{s} sent me a <funny/long/rather odd> message.",
    "I still owe {s} a letter.",
    "{s} says hello, by the way.",
    "I had a long talk with {s} <on the phone/over lunch/on the stairs>.",
    "I am thinking of {s} today.",
    "{s} made me laugh so much today.",
)
ABOUT_SELF = (
    "I have been thinking about myself a lot lately.", "People keep asking me about my life.",
    "I filled in a form about myself today.", "I told the new colleagues a bit about me.",
    "I was going through my papers this morning.", "You hardly know anything about me, come to think of it.",
)  # fmt: skip
STRANGERS = (
    "the man on the radio", "an actor in that series", "the woman behind me in the queue", "a friend of a friend",
    "somebody on the forum", "the plumber", "a guest on the podcast", "the new intern's brother", "the mayor",
    "a girl on the bus", "the heroine of the play", "my neighbour's cousin", "the man at the counter",
)  # fmt: skip
WONDERING = (
    "I dreamt that {clause}.", "Imagine if {clause}.", "In the play that I saw, {clause}.",
    "The headline claimed that {clause}.", "Somebody told me that {clause}, no idea who that is.",
    "For a joke I tell people that {clause}.",
)  # fmt: skip

ACKNOWLEDGE = (
    "I see.", "Thanks for telling me.", "Good to know.", "That makes sense.", "Noted.", "How interesting!",
    "I will keep that in mind.", "Understood. Is there anything that I can do?", "That sounds like quite something.",
    "All right. How do you feel about it?", "Oh, really? I hope that it goes well.", "Thank you for sharing that.",
)  # fmt: skip
ECHO = (
    "So {clause}. Noted.", "I see: {clause}. I hope that works out.", "Thanks. {Clause}, then.",
    "{Clause}? That is good to know.",
)  # fmt: skip
HELP_FIRST = (
    "Certainly.", "Of course.", "Gladly.", "Here is a short version.", "In short: it depends.", "Good question.",
    "Sure.", "Let us see.", "There are several ways.", "Here is an idea.",
)  # fmt: skip
HELP_MIDDLE = (
    "Start with the simplest way, go step by step, and check each step before the next.",
    "Take <ten minutes/half an hour/your time>, use the right tool, and clean up afterwards.",
    "First prepare everything, then do the main part without a break, and let it rest at the end.",
    "1. Write down what you need.\n2. Try the easy part first.\n3. Ask for help with the rest.",
    "In most cases the plain answer is the right one, and the exceptions are rare enough to look up.",
    "result = [item for item in items if item]\nprint(result)\nIt keeps what is not empty and prints it.",
    "Mix the dry and the wet things apart, put them together quickly, and <bake/boil/stir> until it is done.",
    "The usual answer is <forty-two/twelve/about a third/somewhere in between>, give or take a little.",
    "A <warm/cold/damp> cloth and a little <salt/vinegar/soap> go a long way, and patience does the rest.",
    "The word comes from <Latin/Greek/Old Norse> and has changed its meaning <twice/a little/completely> since then.",
)
HELP_LAST = (
    "Most people get it right at the second attempt.", "If it does not work at once, try again with less.",
    "Tell me if you want more detail.", "That should do.", "", "", "It takes about half an hour in all.",
    "Shall I write it down as a list?", "Many do it the other way round, and that works too.",
)  # fmt: skip
GUESS = ("Let me guess: {clause}?", "I could imagine that {clause}.")
SMALL_TALK = (
    "I can imagine.", "That happens to the best of us.", "Many people would agree with you.", "Ha, fair enough.",
    "There is something to be said for both sides.", "Tell me more, if you like.", "I hope that the day gets better.",
    "Good to hear from you. What is on your mind?", "Some days are like that.", "That is one way to look at it.",
)  # fmt: skip
