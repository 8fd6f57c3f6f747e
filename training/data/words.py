"""The vocabularies from which conversations are made, and which words of each are kept for testing.

Noun phrases stand without an article. An activity has three forms: "base|past|gerund". Where a list has pairs, the
parts are divided by "|" as well. Words for testing are chosen by a hash, so that adding a word moves no other.
"""

import hashlib
from typing import Final

HELD_SHARE: Final = 0.15
"""Share of each vocabulary that only tests see."""


def _list(text: str) -> tuple[str, ...]:
    return tuple(entry.strip() for line in text.strip().splitlines() for entry in line.split(";") if entry.strip())


WOMEN: Final = _list("""
Nora; Amelia; Priya; Ingrid; Lucia; Hannah; Mei; Farah; Chloe; Zoe; Abigail; Greta; Ottilie; Tamsin; Ruth; Yuki; Salma
Bianca; Freya; Olga; Paula; Simone; Heather; Wanda; Elif; Rosa; Martha; Keira; Noemi; Astrid; Leila; Dora; Vera; Imani
Helen; Sabine; Carmen; Judith; Petra; Anouk; Stella; Thea; Uma; Daphne; Irene; Jasmin; Fiona; Agnes; Beth; Naomi
""")
MEN: Final = _list("""
Karl; Ben; Tobias; Rahul; Owen; Felix; Hugo; Marco; Samir; Elliot; Pavel; Jonas; Victor; Desmond; Kofi; Theo; Ivan
Gareth; Luis; Stefan; Oscar; Leon; Adrian; Mateo; Finn; Arjun; Cedric; Dominic; Patrick; Henrik; Walter; Omar; Ravi
Emil; Duncan; Casper; Jerome; Anton; Malik; Rupert; Sven; Bruno; Howard; Ian; Kenji; Levi; Miguel; Neil; Ralph; Wes
""")
CITIES: Final = _list("""
Lisbon|Portugal; Porto|Portugal; Oslo|Norway; Bergen|Norway; Leeds|England; Bristol|England; York|England
Cardiff|Wales
Glasgow|Scotland; Dublin|Ireland; Galway|Ireland; Lyon|France; Nice|France; Bordeaux|France; Turin|Italy; Naples|Italy
Bologna|Italy; Seville|Spain; Valencia|Spain; Bilbao|Spain; Munich|Germany; Hamburg|Germany; Leipzig|Germany
Vienna|Austria; Graz|Austria; Zurich|Switzerland; Basel|Switzerland; Ghent|Belgium; Antwerp|Belgium
Utrecht|Netherlands
Copenhagen|Denmark; Aarhus|Denmark; Gothenburg|Sweden; Malmo|Sweden; Helsinki|Finland; Tallinn|Estonia; Riga|Latvia
Krakow|Poland; Gdansk|Poland; Prague|Czechia; Brno|Czechia; Budapest|Hungary; Athens|Greece; Osaka|Japan; Kyoto|Japan
Seoul|South Korea; Hanoi|Vietnam; Montreal|Canada; Toronto|Canada; Vancouver|Canada; Denver|Colorado; Austin|Texas
Portland|Oregon; Boise|Idaho; Tucson|Arizona; Savannah|Georgia; Madison|Wisconsin; Cusco|Peru; Lima|Peru
Quito|Ecuador
Nairobi|Kenya; Accra|Ghana; Cape Town|South Africa; Auckland|New Zealand; Hobart|Australia; Perth|Australia
""")
PETS: Final = _list("""
puppy; kitten; rabbit; parrot; hamster; greyhound; beagle; tabby cat; cockatiel; guinea pig; tortoise; terrier; poodle
corgi; gecko; budgie; ferret; pony; spaniel; whippet; goldfish; dachshund; husky; Siamese cat
retired police dog; goat
""")
PET_NAMES: Final = _list("""
Biscuit; Plum; Waffles; Ziggy; Pepper; Mocha; Juniper; Pickle; Banjo; Clover; Tofu; Maple; Rusty; Noodle
Poppy; Shadow
Olive; Cosmo; Hazel; Pumpkin; Marble; Taco; Willow; Domino; Ginger; Sprout; Captain; Button; Misty; Truffle; Bandit
""")
RELATIVES: Final = _list("""
sister|f; brother|m; mother|f; father|m; cousin|m; cousin|f; aunt|f; uncle|m; grandmother|f; grandfather|m; niece|f
nephew|m; daughter|f; son|m; roommate|m; roommate|f; neighbor|f; neighbor|m; colleague|m; colleague|f; boss|f; boss|m
best friend|f; best friend|m; old classmate|m; old classmate|f; coach|m; mother-in-law|f; stepbrother|m; godmother|f
""")
KIN: Final = tuple(
    entry
    for entry in RELATIVES
    if entry.split("|")[0] not in ("colleague", "boss", "old classmate", "coach", "neighbor", "best friend")
)
"""Those of whom somebody shares the home, or the family's joys and sorrows."""
JOBS: Final = _list("""
nurse; carpenter; pastry chef; data analyst; florist; electrician; tour guide; translator; librarian
paramedic; welder
dental assistant; music teacher; park ranger; graphic designer; bus driver; lab technician; sound engineer; plumber
physiotherapist; barista; tax adviser; kindergarten teacher; museum guide; web developer; vet; surveyor; bike mechanic
journalist; social worker; pharmacist; hotel manager; set designer; baker; civil engineer
swimming instructor; copywriter
""")
WORKPLACES: Final = _list("""
the city library; a small bakery; the county hospital; a law firm; a bicycle shop; the train museum; an animal clinic
a software start-up; the botanical garden; a primary school; a furniture workshop; the local newspaper
a solar company
the harbor office; a design studio; a bookshop; the theater; a brewery; the university lab; an insurance company
a flower market; a recording studio; the tourist office; a care home; a bank; an architecture office; a travel agency
""")
HOBBIES: Final = _list("""
pottery; archery; birdwatching; calligraphy; beekeeping; salsa dancing; chess; rock climbing; knitting; woodworking
rowing; fencing; watercolor painting; stand-up comedy; yoga; sourdough baking; gardening; swimming; kayaking; juggling
stargazing; photography; origami; table tennis; skateboarding; candle making; improv theater; horse riding; sewing
trail running; fishing; model trains; boxing; judo; choir singing; geocaching; weaving; badminton
ice skating; tap dance
wine tasting; metal detecting; surfing; crochet; drone flying; volleyball; meditation; glassblowing; squash
bouldering
""")
INSTRUMENTS: Final = _list("""
cello; ukulele; trumpet; piano; banjo; clarinet; harp; drums; accordion; violin; saxophone; flute
bass guitar; harmonica
mandolin; organ; oboe; electric guitar; trombone; xylophone; bagpipes; viola
""")
DISHES: Final = _list("""
mushroom risotto; lamb tagine; pumpkin soup; fish tacos; lentil curry; beef stew; spinach lasagna; paella; dumplings
chicken pot pie; falafel; ratatouille; shrimp noodles; potato salad; stuffed peppers; ramen; chili; moussaka; gnocchi
vegetable stir-fry; onion tart; goulash; sushi rolls; clam chowder; baked salmon; black bean burgers; pierogi
shakshuka
butternut curry; roast duck; corn fritters; pad thai; quiche; spring rolls; meatballs; tomato soup; garlic prawns
""")
DESSERTS: Final = _list("""
lemon tart; carrot cake; rhubarb crumble; cheesecake; tiramisu; plum cake; brownies; cinnamon rolls; apple strudel
pavlova; rice pudding; key lime pie; almond cookies; chocolate mousse; pear sorbet; blueberry muffins
baklava; eclairs
ginger biscuits; panna cotta; banana bread; walnut cake; apricot pie; macarons; coconut ice cream; poppy seed roll
""")
DRINKS: Final = _list("""
green tea; oat milk latte; ginger beer; black coffee; iced tea; hot chocolate; apple cider; espresso
mint tea; lemonade
chai; tomato juice; sparkling water; matcha; red wine; kombucha; orange juice; rooibos tea; mango lassi; root beer
""")
CUISINES: Final = _list("""
Thai food; Greek food; Ethiopian food; Korean barbecue; Mexican food; Indian food; Lebanese food; Vietnamese food
Italian food; Peruvian food; Turkish food; Japanese food; Georgian food; Moroccan food; Cuban food; Spanish tapas
""")
COLORS: Final = _list("""
bright yellow; navy blue; dark green; pale pink; terracotta; lavender; cream white; turquoise; burgundy
mustard yellow
charcoal grey; sky blue; mint green; deep red; silver; purple; copper; olive green; peach; black; ivory; teal
""")
ROOMS: Final = _list("""
kitchen; bedroom; bathroom; hallway; living room; garage; study; attic; balcony; guest room; garden shed; front door
nursery; basement; porch; fence; dining room; staircase
""")
ITEMS: Final = _list("""
standing desk; record player; mountain bike; espresso machine; sewing machine; tent; kayak; camera; leather jacket
rocking chair; telescope; e-reader; dishwasher; bread maker; winter coat; electric scooter; bookshelf; hammock; sofa
chess set; violin case; air fryer; running watch; wool blanket; projector; garden bench; drill; typewriter
lamp; tablet
backpack; pair of hiking boots; pair of skis; pair of headphones; rug; piano bench; surfboard; microscope; wall clock
gaming laptop; cargo bike; greenhouse; campervan; blender; drone; denim jacket; silver necklace; straw hat; tea set
""")
PRICES: Final = _list("""
40 dollars; 120 euros; 75 pounds; 300 dollars; 15 euros; 900 euros; 60 pounds; 450 dollars; 25 dollars; 1,200 euros
85 dollars; 220 euros; 10 pounds; 2,500 dollars; 35 euros; 650 pounds; 180 dollars; 95 euros; 510 dollars; 70 pounds
""")
SHOPS: Final = _list("""
the flea market; a garage sale; an antique shop; the farmers' market; an online auction; the hardware store
a charity shop; a small boutique; the mall; a friend of a friend; the Christmas market; a street vendor
the outlet store
a second-hand app; the museum shop; a department store; a craft fair
""")
PLACES: Final = _list("""
the lake; the botanical garden; a jazz bar; the national park; the science museum; a rooftop cafe; the beach; the zoo
an escape room; a vineyard; the old castle; the planetarium; a hot spring; the aquarium; a sculpture park; the harbor
a lighthouse; the canyon; a cherry farm; the opera house; a climbing hall; the ice rink; a lavender field; a cave
the film festival; a waterfall; the space center; a street food market; the cathedral; a ski resort
the amusement park
the puppet theater; a bird reserve; the flower show; the pier; a mountain hut; the maritime museum; a pumpkin patch
""")
VENUES: Final = _list("""
the town hall; a barn; the community center; a rooftop; the local park; the school gym; a small chapel; the old mill
the beach house; a brewery; a backyard; the library; a concert hall; the church; the art gallery; the sports club
a greenhouse; a houseboat; the fire station; the university; a bowling alley; the city museum
""")
EVENTS: Final = _list("""
charity run; poetry slam; chess tournament; wedding; book fair; cooking contest; housewarming party; job interview
graduation ceremony; pottery workshop; half marathon; science fair; job fair; family reunion; open mic night
bake sale
dance recital; school concert; photo exhibition; hackathon; film premiere; street festival; blood drive; quiz night
first aid course; silent retreat; language exam; art auction; garden party; talent show; costume party; trade show
beach clean-up; town meeting; comic convention; swim meet; wine tasting; parents' evening; robotics contest; rally
""")
BOOKS: Final = _list("""
"The Salt Harbor"; "A Winter of Foxes"; "Seven Quiet Doors"; "The Glass Orchard"; "Letters to Nowhere"; "Copper Sky"
"The Last Ferry"; "How Rivers Think"; "The Clockmaker's Son"; "Paper Lanterns"; "Under the Pines"; "The Honey Thief"
"Midnight at the Mill"; "A Map of Small Things"; "The Borrowed Year"; "Stone and Feather"; "The Night Gardener's Song"
"Bread and Thunder"; "The Lighthouse Twins"; "Ten Steps North"; "The Color of Rain"; "A Quiet Revolt"; "Star Harvest"
"The Cartographer"; "Wild Apples"; "The Empty Carousel"; "Dust and Velvet"; "The Long Thaw"; "Sparrow Street"
""")
GENRES: Final = _list("""
science fiction; historical novels; fantasy; crime stories; biographies; romance; poetry; travel writing; horror
graphic novels; short stories; nature writing; true crime; cookbooks; thrillers; comedies; documentaries; westerns
""")
MUSIC: Final = _list("""
jazz; folk music; techno; classical music; heavy metal; blues; opera; hip-hop; reggae; country music; punk; soul
bossa nova; bluegrass; film scores; indie rock; baroque music; gospel; swing; electronic music; flamenco
""")
SUBJECTS: Final = _list("""
marine biology; accounting; architecture; graphic design; psychology; Japanese; law; nursing; robotics; art history
creative writing; economics; Spanish; astronomy; web development; Italian; statistics; geology; sign language
philosophy
film studies; Portuguese; veterinary medicine; urban planning; chemistry; music theory; carpentry; sociology; Arabic
""")
ACTIVITIES: Final = _list("""
go hiking|went hiking|going hiking; bake bread|baked bread|baking bread; paint|painted|painting
go camping|went camping|going camping; play board games|played board games|playing board games
ride horses|rode horses|riding horses; go ice skating|went ice skating|going ice skating
watch old movies|watched old movies|watching old movies; go swimming|went swimming|going swimming
build model planes|built model planes|building model planes
pick strawberries|picked strawberries|picking strawberries
go kayaking|went kayaking|going kayaking; do puzzles|did puzzles|doing puzzles; fly kites|flew kites|flying kites
sing karaoke|sang karaoke|singing karaoke; play tennis|played tennis|playing tennis
cook together|cooked together|cooking together; go stargazing|went stargazing|going stargazing
collect shells|collected shells|collecting shells; visit museums|visited museums|visiting museums
write letters|wrote letters|writing letters; go cycling|went cycling|going cycling
make candles|made candles|making candles; plant tomatoes|planted tomatoes|planting tomatoes
feed the ducks|fed the ducks|feeding the ducks; go bowling|went bowling|going bowling
tell ghost stories|told ghost stories|telling ghost stories
roast marshmallows|roasted marshmallows|roasting marshmallows
play the guitar|played the guitar|playing the guitar; go fishing|went fishing|going fishing
""")
REASONS: Final = _list("""
{my} doctor told {me} to move more; {I} wanted to clear {my} head; to save up for a house
to spend more time with {my} family
{I} needed a fresh start; {my} back was hurting; to meet new people; {my} grandmother taught {me} to love it
the rent was too high; to honor {my} late father; it helps {me} sleep; {I} was bored of doing the same thing every day
to be closer to the sea; {my} best friend dared {me}; to deal with stress; {I} always dreamed of it as a child
a teacher inspired {me}; to prove to {myself} that {I} could; {my} old one broke
to raise money for the animal shelter
the hours were too long; to set a good example for {my} kids; {I} lost a bet; {my} team needed somebody
to get over a breakup
it reminds {me} of home; the commute was exhausting; to learn something new; {I} saw a documentary about it
to give something back to the community; it was on sale; {my} landlord sold the building; to celebrate {my} promotion
{I} fell in love with the place; {my} knee was injured; to be healthier; the weather was terrible
to make {my} mother happy
{my} neighbor recommended it; to feel less lonely; {I} wanted a challenge; the train was cancelled
to help {my} brother out
{I} was allergic to the old one; to have something to look forward to; it makes {me} feel calm; to work with animals
""")
FEELINGS: Final = _list("""
proud; relieved; nervous; excited; exhausted; grateful; calm; overwhelmed; hopeful; disappointed; inspired; thrilled
homesick; lonely; confident; curious; embarrassed; peaceful; anxious; delighted; touched; frustrated
energized; amazed
""")
ADJECTIVES: Final = _list("""
magical; chaotic; peaceful; unforgettable; cozy; noisy; intense; hilarious; tiring; breathtaking; emotional; charming
relaxing; crowded; delicious; heartwarming; eye-opening; refreshing; boring; stunning; challenging; cheerful; strange
""")
BEST_PARTS: Final = _list("""
the view from the top; the friendly people; the live music; the smell of fresh bread; the quiet mornings
the food stalls
the fireworks at the end; the long talks at night; the tiny details; seeing everybody laugh; the sunset over the water
the feeling of freedom; the old photographs; the surprise at the end; watching the kids play; the sound of the waves
the teamwork; the smell of the forest; the final song; the handmade decorations; the sense of belonging
the cold water
""")
CAUSES: Final = _list("""
the animal shelter; the children's hospital; the food bank; a reading program; the homeless shelter; a river clean-up
the fire brigade; a refugee center; the soup kitchen; the wildlife rescue; a coding club for girls
the retirement home
a community garden; flood victims; the youth center; cancer research; the women's shelter; a tree planting project
""")
SIZES: Final = _list(
    "two; three; four; five; six; seven; eight; nine; ten; eleven; twelve; fifteen; twenty; thirty; fifty"
)
SPANS: Final = _list("""
two weeks; three years; six months; ten years; five days; a whole year; four months; eighteen months; two decades
three weeks; nine months; seven years; a few hours; six weeks; about a month; twelve years; two and a half years
""")
GIFTS: Final = _list("""
silver bracelet; handmade scarf; vintage map; photo album; music box; pocket watch; bonsai tree; painted mug
signed cookbook; pair of earrings; wooden chess board; knitted sweater; box of chocolates; star chart
leather notebook
concert ticket; potted orchid; carved owl; quilt; fountain pen; puzzle; ceramic bowl; antique key; old postcard
""")
ARTWORKS: Final = _list("""
sunset over the sea; pair of herons; snowy village; field of poppies; portrait of {my} grandfather; stormy harbor
bowl of lemons; foggy forest; dancing fox; mountain lake; city skyline; red barn; wild horse; moonlit garden
sailing boat; cherry tree; busy market; old bridge; sleeping cat; desert road; lighthouse; flock of geese
""")
INJURIES: Final = _list("""
sprained ankle; broken wrist; pulled hamstring; twisted knee; sore shoulder; concussion; cracked rib; torn ligament
burned hand; pinched nerve; stiff neck; broken toe; dislocated finger; back pain; tennis elbow
""")
ALLERGIES: Final = _list("""
peanuts; shellfish; pollen; cats; dairy; eggs; dust; strawberries; bee stings; gluten; horses; soy; walnuts; latex
""")
FEARS: Final = _list("""
heights; spiders; flying; deep water; public speaking; the dark; snakes; needles; thunderstorms; elevators; clowns
crowds; dogs; horses; small rooms; bridges
""")
GOALS: Final = _list("""
run a marathon; open a cafe; write a novel; learn to sail; buy a farm; travel around the world; start a podcast
become a teacher; build a tiny house; record an album; climb Mont Blanc; found a charity; get a pilot's license
speak fluent French; open a yoga studio; publish a cookbook; adopt a child; retire early; cycle across Europe
launch an online shop; run for the town council; plant an orchard; direct a short film; move to the countryside
""")
HABITS: Final = _list("""
go for a walk before breakfast; write in a journal; do ten minutes of yoga; read the newspaper; water the plants
call {my} mother; take a cold shower; listen to podcasts; play one song on the piano; cook a big soup; swim a mile
meditate; sketch something small; learn five new words; stretch; feed the birds; go to bed before ten; bake on Sundays
""")
PROJECTS: Final = _list("""
podcast about trains; short film; children's book; mobile app for gardeners; mural; online course; vegetable garden
treehouse; cookbook; board game; photo series; community choir; science blog; robot; quilt; documentary
song collection
travel blog; birdhouse; tiny library; comic strip; website for the school; boat; patchwork blanket; escape room
""")
PROBLEMS: Final = _list("""
the car broke down; the roof leaked; {my} luggage got lost; the laptop crashed; the basement flooded
{I} missed the flight
somebody stole {my} bike; the oven caught fire; the power went out; {I} lost {my} wallet; the pipes froze
{my} phone broke
the tent collapsed; {I} locked {myself} out; the heating failed; a tree fell on the fence; {I} got a flat tire
""")
ADVICE: Final = _list("""
start small and keep going; sleep on it; ask for help early; write everything down; take a day off; trust the process
never skip the warm-up; talk to a lawyer; be honest about it; keep the receipts; drink more water; practice every day
compare three offers; focus on one thing; book early; listen more than talk; wear good shoes; make a list
""")
AWARDS: Final = _list("""
first prize; second place; the audience award; a scholarship; a gold medal; the newcomer award; third place
a bronze medal
a research grant; the employee of the month award; a silver medal; the jury prize
""")
TRAITS: Final = _list("""
{love} being outdoors|camp in the mountains/a hike through the forest/a canoe trip|a shopping mall/a casino night
{hate} crowds|a quiet cabin in the woods/an evening at home|a big street carnival/a sold-out stadium concert
{am} a vegetarian|a vegan cooking class/a falafel restaurant|a steakhouse/a barbecue with ribs
{am} afraid of heights|a boat trip/a walk along the river|a bungee jump/a hot-air balloon ride
{love} classical music|a string quartet/a night at the symphony|a heavy metal concert/a techno club
{get} seasick easily|a train journey/a road trip|a cruise/a sailing course
{adore} animals|helping at a dog shelter/a visit to a bird reserve|a bullfight/a hunting trip
{collect} old children's books|an illustrated fairy tale/a visit to an antique bookshop|a tax manual
never {drink} alcohol|a tea tasting/a juice bar|a whisky tour/a wine festival
{love} trying spicy food|a Thai cooking course/a chili festival|plain porridge
{prefer} quiet evenings with a book|a library membership/a reading circle|an all-night dance party/a foam party
{am} saving every penny|a free museum day/a clothes swap|a luxury resort/a designer handbag
{want} to become a teacher|tutoring children/a degree in education|a career in banking
{love} being on stage|a role in the school play/an open mic night|a silent office job
can't stand the cold|a beach holiday/a week in the desert|a ski trip/an ice hotel
{am} allergic to fur|a pet turtle/a fish tank|a fluffy cat/a job at a dog salon
{am} crazy about space|a visit to the planetarium/a telescope|a poetry course
{love} solving riddles|an escape room/a murder mystery dinner|a plain lecture on tax law
{care} a lot about the climate|a train trip instead of a flight/a solar panel|a private jet/a big off-road car
{love} working with {my} hands|a carpentry course/a pottery wheel|a day of spreadsheets
{need} a lot of sleep|an afternoon concert/a slow weekend|a sunrise boot camp/a night shift
{am} very competitive|a chess tournament/a race|a class without any grades
{love} history|a tour of the old castle/a museum of ancient coins|a gadget show
can't sit still|a job outdoors/an active holiday|a desk job/a three-hour lecture
{get} tired of people after an hour|a cabin for one/a quiet workshop|a group tour/an open-plan office
{am} terrible with money|a fixed monthly plan|a credit card without a limit
{cry} at every film|a light comedy|a war drama
{forget} every birthday|a calendar with alarms|the job of party planner
{hate} getting up early|an evening class|a sunrise yoga class/an early shift
{faint} at the sight of blood|a job with plants|a job as a surgeon
{love} explaining things|a job as a tour guide/a lesson to teach|a job without any talking
{get} lost everywhere|a trip with a guide|a hike without a map
can't cook at all|a meal kit with pictures|a dinner party for twelve
{dislike} small talk|a deep talk with an old friend/solo travel|a networking lunch/speed dating
""")
"""What somebody is like | what they would probably enjoy | what they would not."""


LANGUAGES: Final = _list("""
Portuguese; Japanese; Finnish; Arabic; Turkish; Italian; Welsh; Korean; Dutch; Greek; Hungarian; Icelandic
Czech; Spanish
""")
NAMES: Final = WOMEN + MEN
THINGS: Final = _list("""
bike lock; garage door; storage unit; alarm system; garden gate; gym locker; holiday flat; suitcase
office safe; mailbox
cellar door; guest wifi; laundry room; boat shed; parking garage
""")
CODES: Final = _list("""
4471; 0938; 72-15-40; 8826; 1907; 55-03-91; 6340; 2218; 9052; 31-77-08; 7764; 1185; 40-62-19; 3399; 5817
0246; 98-12-53
""")
BUSINESSES: Final = _list("""
flower shop; coffee cart; bike repair shop; dance studio for seniors; bakery; second-hand bookshop; pottery studio
dog grooming salon; climbing gym; ice cream parlor; tailor shop; record store; vegan diner; toy store; yoga studio
print shop; cheese shop; guesthouse; candle workshop; plant nursery; cooking school; photo studio
""")
IDEAS: Final = _list("""
a newsletter; free samples on Saturdays; posters at the station; a raffle; short videos online; a loyalty card
an open day; a radio spot; a stand at the market; a discount for students; a photo contest; live music on Fridays
gift vouchers; a window display; flyers in cafes; a blog
""")
AGES: Final = _list("""
7; 9; 11; 13; 16; 18; 19; 21; 24; 26; 28; 30; 33; 35; 38; 40; 42; 45; 47; 50; 54; 60; 62; 65; 70; 75; 80; 85; 90
""")
SPOTS: Final = _list("""
in the blue cupboard; under the stairs; behind the piano; in the top drawer; in the attic; on the highest shelf
in a shoe box; in the glove compartment; under the bed; in the cellar; behind the books; in the winter boots
in the tool box; in the freezer; on top of the wardrobe; in the garden shed; inside the old teapot
in the red suitcase
""")
SPOTS2: Final = _list("""
on the balcony; behind the house; in the front yard; in the greenhouse; by the fence; in pots by the window
on the roof
in the community garden; along the path
""")
PLANTS: Final = _list("""
tomatoes; sunflowers; basil; carrots; lavender; strawberries; peppers; mint; pumpkins; roses; radishes; tulips; beans
raspberries; lettuce; marigolds; rosemary; potatoes; dahlias; zucchini; thyme; peas; daffodils; onions
""")
SMALL: Final = _list("two; three; four; five; six")
WEEKDAYS: Final = _list("Monday; Tuesday; Wednesday; Thursday; Friday; Saturday; Sunday")
HOURS: Final = _list(
    "six in the evening; 9 a.m.; half past seven; noon; 7:30 p.m.; 10:15; eight o'clock; 5 p.m.; 18:00; 6:45 a.m."
)
MEASURED: Final = _list("""
window in the study; hallway; garden gate; shelf in the kitchen; balcony door; parking space; bathroom mirror; desk
carpet; dining table; staircase; garage; picture frame; bed; curtain rail
""")
UNITS: Final = _list("centimeters; inches; feet; hands; decimeters")
MEANINGS: Final = _list("""
freedom; patience; joy; a sense of community; inner peace; courage; creativity; focus; trust; a connection to nature
self-confidence; discipline; healing; comfort; a link to {my} roots; laughter; hope; balance; pride
a break from the noise
""")
FUTUREDAYS: Final = _list("""
12 March; 3 April; 28 May; the 9th of June; 17 July; 22 August; 5 September; the 30th of October; 14 November
1 December
19 January; the 8th of February; 25 March; 11 April; 2 May; 16 June; 27 July; the 4th of August; 21 September
10 October
""")


TOPICS: Final = _list("""
how to deal with grief; the future of farming; fair pay for artists; healthy school lunches; how bees communicate
night trains; the history of tea; mental health at work; how to fix things {myself}; life on Mars; women in science
the housing crisis; how to raise twins; local birds; what makes a good friend; sleep; urban gardening
old sailing ships
how to write a will; first aid for pets; saving the river; the best way to learn a language; growing old; first love
""")
CHALLENGES: Final = _list("""
finding enough time; the paperwork; getting up at five; {my} fear of failing; money; the language
being away from home
keeping everybody happy; {my} stage fright; the heat; learning all the names; balancing work and family
the long waiting
convincing {my} parents; staying patient; the noise; finding the right people; saying no; {my} bad knees
the competition
""")
DRIVES: Final = _list("""
knowing that {my} work helps somebody; the smile of {my} kids; wanting to make {my} grandmother proud
the love of the craft
seeing progress every week; the support of {my} friends; the thought of the finish line; {my} curiosity
the idea that one day it will pay off; the letters from {my} readers; the memory of {my} first teacher
a good challenge
making other people laugh; the hope for a better future; the feeling of flow; {my} stubbornness
""")
OPINIONS: Final = _list("""
honest and brave; too long for {my} taste; a little overrated; full of warmth; worth every penny; harder than it looks
ahead of its time; beautifully made; confusing at first; better than the first one; kind of sad; simply perfect
good for beginners; not for the faint of heart; a real eye-opener; funnier than expected; slow but rewarding
too expensive for what it is; exactly what {I} needed; a bit old-fashioned; full of energy; surprisingly easy
""")
FEATURES: Final = _list("""
big windows; a wooden floor; a fireplace; a view of the river; room for a piano; thick walls; a small garden
a bathtub
high ceilings; good soundproofing; a skylight; a spare room for guests; a workshop in the cellar
solar panels; a balcony
ramps for wheelchairs; a long kitchen table; brick walls; a quiet corner for reading; lots of plants
a washing machine
""")
COLLECTIONS: Final = _list("""
old postcards; vinyl records; stamps; snow globes; vintage cameras; comic books; sea glass; fridge magnets; matchboxes
model cars; foreign coins; movie posters; teapots; autographs; pressed flowers; maps; fountain pens
board games; minerals
""")
PROMISES: Final = _list("""
teach {you} how to swim; lend {you} the tent; come to the opening; send the recipe; bring a cake; help with the move
introduce {you} to the coach; show {you} around town; water the flowers; proofread the letter; fix the bike
call on Sunday
pick {you} up from the airport; save a seat; make a playlist; feed the cat; translate the contract; paint the sign
""")
FREQUENCIES: Final = _list("""
every other day; twice a week; once a month; every Sunday; three times a year; every evening
on the first of each month
twice a day; every two weeks; once a year; four times a week; every morning; every second Friday; once a week
""")
MATERIALS: Final = _list("""
driftwood; old jeans; clay; recycled paper; copper wire; wool; glass; bamboo; leather scraps; oak; beads; felt; stone
seashells; bottle caps; linen; cardboard; silk; pine cones; brass
""")
THEMES: Final = _list("""
family secrets; friendship; a journey home; loss and healing; the sea at night; growing up; hope; a lost city
identity
freedom; the four seasons; forgiveness; life in a small town; courage; the moon landing; second chances
love across borders
""")
CARS: Final = _list("""
van; pickup truck; station wagon; convertible; electric car; motorcycle; camper; scooter; minibus; hatchback; jeep
""")
QUALITIES: Final = _list("""
patient; funny; loyal; stubborn; generous; brave; quiet; honest; ambitious; warm-hearted; creative; reliable
shy; curious
cheerful; disciplined; thoughtful; bold; gentle; practical; open-minded; determined; caring; witty; modest
hardworking
""")
SKILLS: Final = _list("""
knife skills; how to tie knots; body language; how to budget; bread baking; stage lighting
the basics of coding; first aid
how to prune roses; screen printing; how to breathe; negotiation; story structure; welding; how to read a map
jam making
animal anatomy; how to mix colors; time management; pattern drawing; how to listen; mushroom identification
""")
FESTIVITIES: Final = _list("""
Christmas; Easter; New Year's Eve; Thanksgiving; Halloween; Midsummer; Diwali; Hanukkah; Carnival; Eid; Mother's Day
""")


SPOTS3: Final = _list("""
by the lake; in the old town; close to the forest; on a hill; near the harbor; in the countryside; above a bakery
next to a park; on a quiet street; in the mountains; by the canal; on an island; on the edge of town
""")
WRITINGS: Final = _list("""
novel; play; poem; short story; memoir; blog post; film script; song; children's story; radio play
travel guide; letter
speech; fairy tale; crime series; newspaper column
""")
SPORTS: Final = _list("""
handball; water polo; field hockey; rugby; basketball; softball; cricket; curling; futsal; lacrosse
table tennis; soccer
""")
POSITIONS: Final = _list("""
captain; goalkeeper; striker; left wing; defender; substitute; playmaker; sweeper; center; vice captain; right back
""")


AGES2: Final = _list("five; six; seven; eight; nine; ten; eleven; twelve; thirteen; fifteen; seventeen")


def held(word: str) -> bool:
    """Whether a word is kept for testing."""
    return hashlib.sha256(word.encode()).digest()[0] < 256 * HELD_SHARE


def of(vocabulary: tuple[str, ...], *, testing: bool) -> tuple[str, ...]:
    """The words of a vocabulary for training, or for testing; all where a part would be empty."""
    return tuple(word for word in vocabulary if held(word) is testing) or vocabulary
