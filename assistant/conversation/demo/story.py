"""The made-up life that the demo tells of: Nora, who plans gardens, moves house and learns Portuguese. Data only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Talk:
    """One chat.

    Attributes:
        days_ago: When it began, counted from the day on which the demo is made.
        hour: At which hour of that day.
        turns: What Nora said and what Hippo answered, in order.
        space: The space that it belongs to.
        asked_memory: Each answer was given with what memory recalled for it.
        archived: It is put away.
    """

    title: str
    days_ago: int
    hour: int
    turns: tuple[tuple[str, str], ...]
    space: str = ""
    asked_memory: bool = False
    archived: bool = False


_TABLE = """Here is the week at a glance:

| Day | Breakfast | Supper |
|---|---|---|
| Monday | Porridge with pears | Lentil soup |
| Tuesday | Rye bread, quark | Baked pumpkin |
| Wednesday | Porridge with plums | Pea risotto |
| Thursday | Rye bread, egg | Bean stew |

All of it without walnuts."""

_CODE = """Group by bed, then sum the litres:

```python
import csv
from collections import defaultdict

litres = defaultdict(float)
with open("watering.csv", newline="") as file:
    for row in csv.DictReader(file):
        litres[row["bed"]] += float(row["litres"])

for bed, total in sorted(litres.items()):
    print(f"{bed:<12} {total:6.1f} l")
```

`csv.DictReader` reads the first line as the names of the columns."""

TALKS = (
    Talk(
        "Getting to know each other",
        214,
        19,
        (
            ("Hello! My name is Nora.", "Nice to meet you, Nora. What shall I remember for you?"),
            ("I live in Utrecht.", "Utrecht, noted."),
            ("I work as a landscape architect.", "A landscape architect: gardens, parks or both?"),
            (
                "Mostly parks. My sister Ida lives in Bergen.",
                "Parks, then. And Ida is in Bergen: far enough for a good reason to travel.",
            ),
            ("I am allergic to walnuts.", "I will keep that in mind whenever we talk about food."),
        ),
    ),
    Talk(
        "A dog, perhaps",
        183,
        20,
        (
            ("I am thinking of getting a dog.", "A big step. How much time do you have in the morning?"),
            ("An hour, and I can take it to the office.", "Then a calm, middle-sized dog would suit your day."),
            ("I have a dog named Pepper.", "Welcome, Pepper! What does he look like?"),
            (
                "He is grey, one ear up, and afraid of thunder.",
                "Grey, one ear up, afraid of thunder. A radio and a dark corner often help him.",
            ),
        ),
    ),
    Talk(
        "Canal park, first ideas",
        168,
        10,
        (
            (
                "The canal park needs a path that floods twice a year.",
                "A path that may flood wants a stone surface and planting that stands wet feet: iris, sedge, willow.",
            ),
            ("The budget of the canal park is 480,000 euros.", "480,000 euros, noted."),
            (
                "The first draft is due at the end of May.",
                "End of May. Shall we list what the draft must show?",
            ),
            (
                "Plan, two sections, a planting list and costs.",
                "1. Plan at 1:500\n2. Two sections\n3. Planting list\n4. Costs, with a tenth kept in reserve",
            ),
        ),
        space="Work",
    ),
    Talk(
        "Soup for six",
        141,
        17,
        (
            ("What can I cook for six on Saturday?", "A lentil soup is friendly to six: onions, carrots, cumin."),
            ("Cumin before or after the onions?", "Before: half a minute in hot oil, until it smells."),
            ("My favorite food is pumpkin risotto.", "Then there is a pumpkin risotto in your near future."),
        ),
    ),
    Talk(
        "Trip to Lisbon",
        126,
        21,
        (
            (
                "I want a small hotel with a courtyard in Lisbon, near Alfama.",
                "A small hotel with a courtyard near Alfama: quiet at night, and uphill from everything.",
            ),
            ("We fly on the 14th and stay for six nights.", "Six nights from the 14th."),
            (
                "Ida comes along, so we need two rooms.",
                "Two rooms, for you and Ida. Ask for ones that look into the courtyard.",
            ),
            (
                "What should we not miss?",
                "- the tile museum, early\n- the **Graça** viewpoint at dusk\n- tram 28, but walking is faster\n"
                "- a morning in the botanical garden, which is your kind of work",
            ),
        ),
    ),
    Talk(
        "Canal park, planting list",
        112,
        9,
        (
            (
                "The soil at the canal is heavy clay.",
                "Heavy clay holds the floods: alder, dogwood and meadowsweet will not mind.",
            ),
            (
                "The city wants no plants with berries near the playground.",
                "No berries near the playground: dogwood moves to the north bank.",
            ),
            ("Joris does the costs for the canal park.", "Joris does the costs. I will name him when you ask."),
        ),
        space="Work",
    ),
    Talk(
        "Moving house",
        97,
        18,
        (
            ("I am moving to Ghent in spring.", "To Ghent! A new city, and new parks to judge."),
            (
                "The flat has a balcony to the south and no lift.",
                "South-facing, no lift: herbs upstairs, and movers who are paid by the step.",
            ),
            (
                "What has to be done before a move?",
                "1. End the old lease in writing\n2. Register at the new town hall\n3. Move the electricity contract\n"
                "4. Tell bank, insurer and doctor\n5. A vet for Pepper",
            ),
        ),
    ),
    Talk(
        "New address",
        74,
        20,
        (
            ("I moved to Ghent last week.", "Welcome to Ghent. Have you found the good bakery yet?"),
            ("I live in Ghent now.", "Ghent it is; Utrecht was before."),
            ("Pepper loves the stairs more than I do.", "Four storeys of joy: the fittest dog of the house."),
        ),
    ),
    Talk(
        "Watering log in Python",
        61,
        22,
        (
            (
                "I have a CSV file with bed, date and litres. How do I sum the litres for each bed?",
                _CODE,
            ),
            (
                "And only for June?",
                'Skip other months before you add:\n\n```python\nif not row["date"].startswith("2026-06"):\n'
                "    continue\n```",
            ),
        ),
    ),
    Talk(
        "Old insurance letters",
        58,
        11,
        (
            (
                "The house insurance ends on 30 June.",
                "Ends on 30 June. A new one for the flat in Ghent should begin on 1 July.",
            ),
            ("I have sent the letter by registered mail.", "Good: keep the slip until they confirm."),
        ),
        archived=True,
    ),
    Talk(
        "Costs of the canal park",
        33,
        14,
        (
            ("The budget of the canal park is now 520,000 euros.", "520,000 euros, up from 480,000."),
            ("The meeting with the city is on Tuesdays now.", "Tuesdays, noted."),
            (
                "Which risks should the paper name?",
                "Flood during construction, price of stone, and berries near the playground, which the city ruled out.",
            ),
        ),
        space="Work",
    ),
    Talk(
        "What to eat this week",
        20,
        8,
        (
            ("Plan breakfasts and suppers for four days.", _TABLE),
            ("My favorite drink is elderflower tea.", "Elderflower tea, then: it goes with all four suppers."),
        ),
        asked_memory=True,
    ),
    Talk(
        "A present for Ida",
        9,
        19,
        (
            ("Ida's birthday is on 2 August.", "2 August, noted."),
            (
                "What could I give her?",
                "She came along to Lisbon: a tile from the museum there, or a weekend in Ghent with Pepper.",
            ),
        ),
        asked_memory=True,
    ),
    Talk(
        "Pepper and the storm",
        1,
        21,
        (
            ("There was a storm last night and Pepper hid again.", "He is afraid of thunder. Did the radio help?"),
            ("A little. The vet in Ghent is Doctor Claes.", "Doctor Claes, the vet in Ghent. I will remember."),
        ),
        asked_memory=True,
    ),
    Talk(
        "The hotel again",
        0,
        0,
        (
            (
                "What did I say about the hotel?",
                'You wanted "a small hotel with a courtyard in Lisbon, near Alfama", and two rooms, as Ida came along.',
            ),
            ("Where did I live before Ghent?", "In Utrecht, until you moved in spring."),
            (
                "Am I allergic to anything?",
                'Yes: you told me "I am allergic to walnuts."',
            ),
        ),
        asked_memory=True,
    ),
)

LONG_TITLE = "Portuguese, a little every day"
LONG_DAYS = 90
"""Days that the long chat went on for, one turn on each, until two days ago."""

_WORDS = (
    ("courtyard", "o pátio", "O hotel tem um pátio."),
    ("garden", "o jardim", "O jardim fecha às seis."),
    ("bridge", "a ponte", "A ponte passa sobre o rio."),
    ("rain", "a chuva", "A chuva não pára hoje."),
    ("thunder", "o trovão", "O cão tem medo do trovão."),
    ("tile", "o azulejo", "Este azulejo é azul."),
    ("stairs", "as escadas", "As escadas são íngremes."),
    ("soup", "a sopa", "A sopa está quente."),
    ("sister", "a irmã", "A minha irmã vive longe."),
)
_ASKING = (
    "What is the word for {word}?",
    "How do I say {word}?",
    "And {word}?",
    "Please give me {word} in a sentence.",
)
_GIVEN = (
    '"{word}" is *{foreign}*: {sentence}',
    "*{foreign}*, as in: {sentence}",
    "{sentence} There it is: *{foreign}*.",
)


def long_talk() -> tuple[tuple[str, str], ...]:
    """The turns of the long chat, `LONG_DAYS` of them."""
    turns: list[tuple[str, str]] = []
    for day in range(LONG_DAYS):
        word, foreign, sentence = _WORDS[day % len(_WORDS)]
        question = _ASKING[day // len(_WORDS) % len(_ASKING)].format(word=word)
        answer = _GIVEN[day % len(_GIVEN)].format(word=word, foreign=foreign, sentence=sentence)
        turns.append((f"Day {day + 1}. {question}", answer))
    return tuple(turns)
