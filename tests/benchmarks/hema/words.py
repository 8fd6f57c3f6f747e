"""The vocabulary of generated dialogues: names, places, things. Lists only; how they are said is in `kinds`."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.split(",") if word.strip())


WOMEN = _words(
    """Ines, Amara, Yuki, Freya, Leila, Noor, Priya, Sofia, Ingrid, Chiara, Wanjiru, Mei, Zofia, Aylin, Ngozi, Paloma,
    Saoirse, Ximena, Katarina, Hana, Aisha, Beatriz, Cosima, Dagny, Esperanza, Fatou, Gudrun, Henrietta, Ilse,
    Jasmin, Keziah, Lucinda, Mirela, Nadezhda, Odette, Petra, Quyen, Rosalind, Sunniva, Tamsin, Ulrike, Viviana,
    Winifred, Yara, Zeynep, Anneke, Bronwyn, Caoimhe, Delphine, Elif, Farida, Greta, Hiroko, Imelda, Jadwiga,
    Kalinda, Linnea, Maribel, Nomvula, Oksana, Parisa, Renata, Shirin, Thandiwe, Ursula, Valentina, Wilhelmina,
    Xiaoli, Yolanda, Zuleika, Astrid, Bhavna, Carmela, Dorothea, Eilidh, Francesca, Giulia, Halima, Ioana,
    Joanna, Kirsten, Lakshmi, Magdalena, Nives, Ottilie, Philippa, Raquel, Sigrid, Tatiana, Undine, Veronika,
    Wangari, Yasmin, Zahra, Adaeze, Birgit, Citlali, Dunja, Emine, Fiorella, Ginevra, Hedwig, Ivana, Jolanta,
    Kamila, Lotte, Mathilde, Nilufar, Olena, Pilar, Rukmini"""
)
MEN = _words(
    """Kofi, Tomas, Hiroshi, Lars, Omar, Rajesh, Diego, Bjarne, Luca, Mwangi, Wei, Pawel, Emre, Chidi, Rafael, Cillian,
    Joaquin, Stefan, Jiro, Tariq, Bernardo, Casimir, Dmitri, Einar, Fergus, Gustavo, Henrik, Ismael, Jorge,
    Kwame, Leopold, Matteo, Nikolai, Osvaldo, Pranav, Quentin, Rasmus, Sebastian, Thabo, Umberto, Vikram,
    Wolfgang, Xavier, Yusuf, Zoltan, Anselm, Baptiste, Cormac, Davide, Eskil, Farhad, Gareth, Hamish, Ibrahim,
    Janko, Karim, Lorenzo, Malik, Nestor, Oisin, Pietro, Reinhard, Sandeep, Tibor, Ulrich, Vaclav, Wenceslas,
    Yannick, Zbigniew, Adebayo, Bogdan, Constantin, Declan, Eberhard, Fabrizio, Gianni, Hakan, Ignacio, Jasper,
    Klaus, Lachlan, Mircea, Navid, Olivier, Piotr, Ramon, Siddharth, Teodor, Ugo, Valentin, Wiremu, Yevgeny,
    Zacharias, Aurelio, Bilal, Cedric, Duncan, Evander, Florian, Gonzalo, Horace, Ilya, Jerome, Kenji, Lamine,
    Marcel, Nuno, Otis, Percival, Ravi, Soren"""
)
FEMALE_RELATIONS = _words(
    """sister, mother, aunt, cousin, neighbour, boss, colleague, friend, flatmate, dentist, physiotherapist, landlady,
    niece, daughter, mother-in-law, grandmother, godmother, hairdresser, old classmate, running partner, choir
    friend, piano teacher, stepsister, goddaughter, pen friend, accountant, climbing partner, book club friend"""
)
MALE_RELATIONS = _words(
    """brother, father, uncle, cousin, neighbour, boss, colleague, friend, flatmate, dentist, trainer, landlord,
    nephew, son, father-in-law, grandfather, godfather, barber, old classmate, chess partner, army friend,
    guitar teacher, stepbrother, godson, pen friend, tax adviser, fishing friend, football friend"""
)
TOWNS = _words(
    """Porto, Leeds, Ghent, Turin, Bergen, Accra, Quito, Kyoto, Tampere, Graz, Brno, Gdansk, Malmo, Aarhus, Cork,
    Nantes, Bilbao, Coimbra, Trieste, Split, Izmir, Tbilisi, Yerevan, Almaty, Chiang Mai, Hanoi, Cebu, Busan,
    Osaka, Perth, Dunedin, Hobart, Halifax, Winnipeg, Tucson, Boise, Duluth, Savannah, Oaxaca, Merida, Cusco,
    Salta, Rosario, Recife, Curitiba, Dakar, Kumasi, Kigali, Mombasa, Gaborone, Windhoek, Durban, Fez, Tunis,
    Alexandria, Amman, Muscat, Lahore, Pune, Mysore, Kandy, Dhaka, Kathmandu, Thimphu, Ljubljana, Zadar,
    Sarajevo, Plovdiv, Cluj, Lviv, Vilnius, Tartu, Riga, Turku, Uppsala, Trondheim, Odense, Bremen, Leipzig,
    Freiburg, Basel, Lausanne, Innsbruck, Salzburg, Verona, Bologna, Lecce, Palermo, Valencia, Granada, Seville,
    Vigo, Lyon, Grenoble, Rennes, Lille, Bruges, Utrecht, Groningen, Delft, Bristol, Norwich, Inverness, Dundee,
    Swansea, Galway, Derry, Reykjavik, Valletta, Heraklion, Patras, Larnaca, Adelaide, Cairns, Nelson, Suva,
    Apia, Noumea, Hilo, Anchorage, Santa Fe, Asheville, Tulsa, Omaha, Akron, Buffalo, Quebec City, Victoria,
    Cordoba, Mendoza, Arequipa, Cali, Leon, Puebla, Antigua, Ponce, Kingston, Bridgetown"""
)
JOBS = _words(
    """pastry chef, tax inspector, midwife, tram driver, beekeeper, glass blower, notary, violin maker, paramedic,
    court interpreter, wind turbine technician, marine biologist, locksmith, radio producer, land surveyor,
    florist, primary school teacher, orthodontist, data analyst, crane operator, bookbinder, sound engineer,
    vet, judge, speech therapist, train dispatcher, upholsterer, geologist, tattoo artist, customs officer,
    dairy farmer, graphic designer, insurance broker, air traffic controller, zookeeper, optician, stage
    manager, baker, welder, museum guard, patent lawyer, translator, firefighter, librarian, dental hygienist,
    roofer, piano tuner, sommelier, driving instructor, archivist, undertaker, ship's cook, tailor,
    meteorologist, hotel receptionist, social worker"""
)
EMPLOYERS = _words(
    """Brightwater Foods, Halden Robotics, the Northgate Clinic, Osprey Airlines, Fennel and Sons, the city archive,
    Lumen Insurance, Talavera Shipping, the Rosewood Hotel, Quillfeather Press, Bluebell Nurseries, Kestrel
    Bank, Ironbridge Steel, the harbour authority, Wickham Dairy, Saffron Telecom, Marlowe Studios, the tax
    office, Pinecrest School, Veldt Energy, Copperfield Books, Tidewater Logistics, Aurora Pharmacy, the
    botanical institute, Granite Games, Larkspur Textiles, the water board, Orchard Software, Meridian Rail,
    Foxglove Cosmetics"""
)
FOODS = _words(
    """lasagne, ramen, pierogi, moussaka, bibimbap, paella, jollof rice, shakshuka, dal makhani, gnocchi, ceviche,
    goulash, falafel, pho, fish pie, mushroom risotto, empanadas, dolma, ratatouille, katsu curry, spaetzle,
    tamales, injera with lentils, borscht, pad thai, aubergine parmigiana, beef rendang, cheese fondue,
    okonomiyaki, feijoada"""
)
ALLERGENS = _words(
    """walnuts, shellfish, penicillin, birch pollen, cat hair, latex, kiwi, peanuts, sesame, bee stings, lupin, celery,
    mustard, soya, ibuprofen, house dust, hazelnuts, strawberries, nickel, horse hair, mango, cashews, ragweed,
    eggs"""
)
INSTRUMENTS = _words(
    """cello, oboe, accordion, trombone, harp, ukulele, banjo, clarinet, viola, bagpipes, saxophone, mandolin, tuba,
    drums, flute, sitar, church organ, double bass, French horn, recorder, hurdy-gurdy, marimba, bassoon, zither"""
)
SPORTS = _words(
    """badminton, fencing, rowing, judo, water polo, handball, archery, squash, bouldering, curling, ice hockey, table
    tennis, orienteering, kayaking, volleyball, cricket, karate, rugby, gymnastics, lacrosse, surfing, netball"""
)
LANGUAGES = _words(
    """Hungarian, Swahili, Korean, Icelandic, Portuguese, Welsh, Turkish, Basque, Mandarin, Arabic, Greek, Finnish,
    Thai, Dutch, Polish, Japanese, Catalan, Hebrew, Norwegian, Vietnamese, Romanian, Irish, Ukrainian, Hindi,
    Tagalog"""
)
CARS = _words(
    """green Volvo, silver Skoda, old Saab, red Fiat, white Toyota, blue Renault, black Mazda, yellow Beetle, grey
    Peugeot, orange Kia, brown Mercedes, small Suzuki, electric Hyundai, rusty Land Rover, beige Opel,
    second-hand Citroen, purple Twingo, silver Honda, dark green Jaguar, white Dacia"""
)
PET_KINDS = _words(
    """tortoise, greyhound, parrot, ginger cat, ferret, dachshund, rabbit, poodle, corn snake, canary, hamster, border
    collie, Siamese cat, goldfish, beagle, guinea pig, donkey, cockatoo, Labrador, hedgehog, pony, gecko"""
)
PET_NAMES = _words(
    """Biscuit, Pepper, Mango, Tofu, Waffles, Nimbus, Clover, Pickle, Juniper, Domino, Pretzel, Sprocket, Olive,
    Button, Ziggy, Marzipan, Bramble, Noodle, Comet, Pebble, Truffle, Fidget, Sorrel, Gizmo, Tansy, Mocha,
    Pixel, Rhubarb, Dumpling, Moth, Thistle, Crumpet, Yeti, Basil, Paprika, Wombat, Figaro, Turnip, Cinder,
    Quill"""
)
SUBJECTS = _words(
    """marine engineering, art history, astrophysics, nursing, forestry, economics, linguistics, architecture,
    veterinary medicine, theology, criminology, food chemistry, statistics, philosophy, textile design,
    geography, pharmacy, film studies, archaeology, civil law, sports science, musicology, soil science,
    dentistry"""
)
HOBBIES = _words(
    """pottery, birdwatching, stamp collecting, origami, woodcarving, astronomy, embroidery, model trains, geocaching,
    calligraphy, soap making, mushroom hunting, salsa dancing, crossword puzzles, metal detecting, beer brewing,
    quilting, magic tricks, kite building, juggling, genealogy, watercolours, knitting, bonsai, letterpress
    printing"""
)
BANDS = _words(
    """the Paper Lanterns, Velvet Anchor, Moss and Marrow, the Tin Foxes, Silver Quarry, Night Orchard, Harbour Saints,
    the Lost Cartographers, Copper Choir, Salt Meridian, the Glass Hour, Little Thunderheads, Ember Parade, Cold
    Atlas, the Marigolds, Sleeping Giants, Radio Cathedral, Winter Swimmers, the Borrowed Ladders, Hollow Kites"""
)
BOOKS = _words(
    """The Salt Road, A Lantern for Miriam, Nine Winters, The Clockmaker's Orchard, Under a Tin Moon, The Last Ferry,
    Letters to Calder, A Map of Small Rivers, The Quiet Engine, Saints of the Estuary, The Honey Ledger, Blue
    Tarpaulin, The Weight of Larks, Harbour of Glass, The Ninth Cellist, Dust and Marmalade, The Owl Census, Far
    from Tallow"""
)
FILMS = _words(
    """The Paper Whale, Midnight at Rosslare, Seven Umbrellas, The Cobalt Hour, Goodbye Lighthouse, Train to Nowhere
    Else, The Beekeeper's Alibi, A Summer of Moths, Station Eleven North, The Velvet Miner, Snow on the Aerial,
    Two Left Gloves, The Cartographer's Wife, Echo Valley Motel, The Glass Harvest, Red Kite Rising"""
)
PHONES = _words("""Fairphone, Pixel, Nokia, Xperia, Motorola, OnePlus, Galaxy, iPhone, Zenfone, Honor, Oppo, Xiaomi""")
MEDICINES = _words(
    """metformin, thyroxine, ramipril, cetirizine, omeprazole, sertraline, warfarin, montelukast, iron tablets,
    statins, vitamin D drops, bisoprolol, amlodipine, lithium, naproxen, prednisolone, insulin, folic acid"""
)
INJURIES = _words(
    """a broken wrist, a torn ligament, a slipped disc, a sprained ankle, tennis elbow, a cracked rib, whiplash, a
    frozen shoulder, a stress fracture, a dislocated thumb, shin splints, a pinched nerve, a pulled hamstring"""
)
FEARS = _words(
    """spiders, heights, lifts, thunderstorms, clowns, needles, deep water, flying, moths, mice, crowds, snakes, geese,
    escalators, horses, the dark, bridges, public speaking"""
)
GIFTS = _words(
    """a telescope, a fountain pen, a leather satchel, a cast-iron pan, a record player, a chess set, a silk scarf, a
    pocket watch, a bread machine, a globe, a pair of binoculars, a typewriter, a hammock, a kite, a ceramic
    teapot, a camping stove, a jigsaw puzzle, a rain barrel, a signed poster, a wool blanket, a barometer, a
    toolbox"""
)
VENUES = _words(
    """the boathouse, the Golden Heron, the village hall, the rooftop bar on Mill Street, the old brewery, Lindens
    Park, the bowling alley, the Blue Samovar, the botanical garden, the community centre, the Moorish cafe, the
    sailing club, the theatre foyer, the barn at Hazel Farm, the planetarium, the ice rink, the vineyard, the
    canal boat, the fire station, the Spanish restaurant, the tennis club, the pottery studio, the chapel
    garden, the lake cabin"""
)
COLOURS = _words(
    """teal, maroon, mustard yellow, lavender, navy, emerald, turquoise, coral, charcoal, burgundy, mint green, ochre,
    crimson, indigo, apricot, olive green, magenta, sand"""
)
STREETS = _words(
    """Tanner Lane, Orchard Row, Bishop's Walk, Kiln Street, Larch Avenue, Quay Road, Windmill Hill, Copper Alley,
    Station Crescent, Abbey Terrace, Ropewalk, Chestnut Close, Ferry Street, Gasworks Road, Plum Court, Weir
    Lane, Castle Mews, Harvest Way, Pilgrim Steps, Signal Road, Juniper Street, Old Mint Square"""
)
NUMBERS = tuple(str(n) for n in range(103, 999, 7))
AMOUNTS = tuple(str(n) for n in range(415, 2400, 35))
SHOES = ("36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47")
CLOCK = tuple(f"{hour}:{minute:02}" for hour in (5, 6, 7, 8, 9, 10, 11) for minute in (5, 10, 20, 25, 35, 40, 50, 55))
PROJECTS = _words(
    """Bluefin, Magpie, Tangerine, Obelisk, Hummingbird, Sandcastle, Keystone, Nightjar, Cobalt, Wayfarer, Lighthouse,
    Peregrine, Driftwood, Argonaut, Semaphore, Catamaran, Falcon, Zephyr, Monsoon, Tidepool, Yarrow, Halcyon"""
)
SURNAMES = _words(
    """Okafor, Lindqvist, Marchetti, Petrov, Nakamura, Oyelaran, Castellanos, Novak, Haddad, Brennan, Szabo, Kowalska,
    Mbeki, Thorvaldsen, Achterberg, Fitzgerald, Yildiz, Banerjee, Delacroix, Hoffmann, Ivanova, Jimenez, Kaplan,
    Laurent, Moreau, Nwosu, Ostrowski, Pereira, Quispe, Rahman, Sorensen, Tanaka, Urbanek, Vasquez, Whitlock,
    Zielinski"""
)
CAUSES = _words(
    """the food bank, the animal shelter, the lifeboat station, the repair cafe, the night shelter, the hospice shop,
    the scout group, the mountain rescue, the toy library, the community garden, the blood bank, the refugee
    centre, the reading scheme, the steam railway, the cinema club, the beach clean-up"""
)
DRINKS = _words(
    """oat flat white, peppermint tea, double espresso, ginger ale, matcha latte, rooibos, cold brew, hot chocolate,
    tomato juice, kombucha, elderflower soda, chai, Turkish coffee, buttermilk, cloudy apple juice, green tea"""
)
EVENTS = _words(
    """wedding, driving test, eye operation, job interview, piano recital, graduation, housewarming, half marathon,
    visa appointment, dentist appointment, book launch, thesis defence, school reunion, court hearing, baby
    shower, choir concert, knee operation, retirement party, theatre premiere, swimming exam, allergy test,
    pottery exhibition, christening, citizenship ceremony, final exam, garage sale, hearing test, engagement
    party, dance competition, house viewing, parents' evening, tax audit, scuba certificate, charity bake sale,
    kidney scan, photo shoot"""
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
