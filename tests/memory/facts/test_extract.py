"""What people say becomes facts, and what says nothing lasting does not."""

from datetime import UTC, datetime

import pytest

from assistant.memory.facts.extract import Claim, claims, claims_of
from assistant.store.records import Episode

SAID = datetime(2025, 5, 8, 14, 0, tzinfo=UTC)  # a Thursday


def told(text: str, role: str = "user") -> list[tuple[str, str, str]]:
    return [(claim.subject, claim.attribute, claim.value) for claim in claims(text, role, SAID)]


def test_a_verb_without_subject_is_that_of_the_one_before_or_of_nobody() -> None:
    assert ("sebastian", "home", "Aarhus") in told(
        "After all that time Sebastian left Lille and found a flat in Aarhus."
    )
    assert not [each for each in told("As of now somebody left Lille and found a flat in Aarhus.") if each[0] == "user"]


def test_who_gave_up_a_job_for_another_has_the_other() -> None:
    assert told("I have to correct myself: Ada threw in the old job to become a baker.") == [("ada", "job", "baker")]
    assert told("I retrained as an electrician.") == [("user", "job", "electrician")]


def only(text: str, role: str = "user") -> Claim:
    (claim,) = claims(text, role, SAID)
    return claim


@pytest.mark.parametrize(
    ("text", "attribute", "value"),
    [
        ("My name is Tom.", "name", "Tom"),
        ("I'm Tom, nice to meet you!", "name", "Tom"),
        ("I live in Lisbon.", "home", "Lisbon"),
        ("well, i moved to Porto", "home", "Porto"),
        ("I'm originally from Oslo.", "origin", "Oslo"),
        ("I was born in Aarhus.", "birthplace", "Aarhus"),
        ("My birthday is on June 3.", "birthday", "on June 3"),
        ("I'm 34 years old.", "age", "34"),
        ("I work as a nurse.", "job", "nurse"),
        ("I'm a software engineer.", "job", "software engineer"),
        ("I've been working for Brightwater.", "employer", "Brightwater"),
        ("I study marine biology.", "studies", "marine biology"),
        ("I'm married.", "relationship", "married"),
        ("I have two kids.", "children", "two kids"),
        ("We've got a dog called Rex.", "pet", "dog called Rex"),
        ("I am very allergic to walnuts.", "allergy", "walnuts"),
        ("I have a peanut allergy.", "allergy", "peanut"),
        ("I have asthma.", "condition", "asthma"),
        ("I take insulin every morning.", "medication", "insulin every morning"),
        ("I'm vegetarian.", "diet", "vegetarian"),
        ("I don't eat pork.", "does not eat", "pork"),
        ("I love hiking.", "likes", "hiking"),
        ("I can't stand coriander.", "dislikes", "coriander"),
        ("I don't like olives.", "dislikes", "olives"),
        ("My favorite colour is green.", "favourite colour", "green"),
        ("Green is my favourite colour.", "favourite colour", "Green"),
        ("I drive an old red Volvo.", "car", "old red Volvo"),
        ("My locker code is 4711.", "locker code", "4711"),
        ("Remember that my wifi password is hunter2.", "wifi password", "hunter2"),
        ("I speak Danish.", "language", "Danish"),
        ("I play the cello.", "instrument", "cello"),
        ("I want to learn sailing.", "goal", "learn sailing"),
        ("I'm afraid of spiders.", "fear", "spiders"),
        ("The project is called Falcon.", "project", "Falcon"),
    ],
)
def test_a_statement_about_oneself_tells_an_attribute_and_its_value(text: str, attribute: str, value: str) -> None:
    assert told(text) == [("user", attribute, value)]


@pytest.mark.parametrize(
    "text",
    [
        "Hello!",
        "Hi there, how are you?",
        "Thanks, that was very helpful.",
        "Where do I live?",
        "Please write me a poem about cats.",
        "Remind me to call mum at six.",
        "I need you to help me with my homework.",
        "Can you tell me what I said about Lisbon?",
        "If I lived in Rome, I would eat pizza every day.",
        "I wish I had a dog.",
        "Imagine I live on Mars and have three dogs.",
        "I live in a palace. Just kidding!",
        "I'm tired.",
        "I feel great today!",
        "I had a great time.",
        "I have a question about my code.",
        "I think you are right.",
        "He moved to Berlin.",
        "It was lovely.",
        "Translate this text into German: I live in Rome and have three dogs.",
        'He said: "I have lived in Rome for years and I have three dogs."',
        "> I live in Rome",
        "```\nI live in Rome\n```",
        "That sounds good to me.",
        "I changed my mind.",
        "I had soup for lunch.",
        "The news is gloomy today.",
        "Explain tides to me in simple words.",
        "Somebody told me that a man on the radio lives in Oslo.",
        "I dreamt that I live in Oslo.",
        "My tea has gone cold.",
    ],
)
def test_what_says_nothing_lasting_gives_no_fact(text: str) -> None:
    assert told(text) == []


def test_several_statements_in_one_message_are_told_apart() -> None:
    assert told("I live in Lisbon and work as a nurse, but I hate my long way to work.") == [
        ("user", "home", "Lisbon"),
        ("user", "job", "nurse"),
        ("user", "dislikes", "long way to work"),
    ]
    assert told("I'm allergic to walnuts, shellfish and celery.") == [
        ("user", "allergy", "walnuts"),
        ("user", "allergy", "shellfish"),
        ("user", "allergy", "celery"),
    ]


def test_people_in_the_text_have_facts_of_their_own() -> None:
    assert told("My sister Ada is allergic to walnuts. She works as a vet.") == [
        ("user", "sister", "Ada"),
        ("ada", "allergy", "walnuts"),
        ("ada", "job", "vet"),
    ]
    assert told("My brother lives in Bern.") == [("user's brother", "home", "Bern")]
    assert told("My wife is called Ana.") == [("user", "wife", "Ana")]


@pytest.mark.parametrize(
    ("text", "subject", "attribute", "value"),
    [
        ("Ada's tax audit is on 3 June.", "ada", "tax audit", "on 3 June 2025"),
        ("My old classmate Ben's rent is 900.", "ben", "rent", "900"),
        (
            "My choir friend's birthday party will be at the mill.",
            "user's choir friend",
            "birthday party place",
            "at the mill",
        ),
        ("Carla no longer eats meat.", "carla", "does not eat", "meat"),
        ("My accountant Dan drives a van.", "dan", "car", "van"),
        ("They pushed my eye test back, it is on 9 June now.", "user", "eye test", "on 9 June 2025"),
        ("9 June is the day of my eye test.", "user", "eye test", "on 9 June 2025"),
        ("We moved Ada's party from the mill to the old barn.", "ada", "party", "old barn"),
        ("Can you translate 'I live in Rome' into French? I live in Oslo.", "user", "home", "Oslo"),
    ],
)
def test_things_and_people_are_told_apart(text: str, subject: str, attribute: str, value: str) -> None:
    assert (subject, attribute, value) in told(text)


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("I switched from the oboe to the harp.", "oboe"),
        ("I traded the old Saab in for a van.", "old Saab"),
        ("Ada gave up pottery for chess.", "pottery"),
        ("I drink tea instead of coffee.", "coffee"),
        ("My favourite band is no longer the Tin Foxes.", "Tin Foxes"),
        ("The Nokia died, so I bought a new phone.", "Nokia"),
    ],
)
def test_a_change_says_what_is_over(text: str, over: str) -> None:
    assert over in {what for claim in claims(text, "user", SAID) for what in claim.ends}


def said(role: str, text: str, position: int) -> Episode:
    name = f"{position:032x}"
    return Episode(id=name, conversation="", role=role, text=text, time=SAID, position=position, message=name)


@pytest.mark.parametrize(
    ("before", "question", "answer", "claim"),
    [
        ("Hello.", "What do you do for a living?", "A nurse.", ("user", "job", "nurse")),
        ("Hello.", "Where do you live these days?", "Over in Porto.", ("user", "home", "Porto")),
        (
            "I met my sister Ada.",
            "What is her favourite colour?",
            "Green, I think.",
            ("ada", "favourite colour", "Green"),
        ),
        ("I met Ada.", "Which street does Ada live in?", "Mill Lane.", ("ada", "home", "Mill Lane")),
        ("Hello.", "Do you have any allergies?", "Yes, walnuts.", ("user", "allergies", "walnuts")),
        ("I met my brother Tom.", "Oh, how nice!", "He works as a baker.", ("tom", "job", "baker")),
    ],
)
def test_an_answer_is_read_with_its_question(
    before: str, question: str, answer: str, claim: tuple[str, str, str]
) -> None:
    context = [said("user", before, 0), said("assistant", question, 1)]
    assert claim in [(c.subject, c.attribute, c.value) for c in claims_of(said("user", answer, 2), context)]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is there anything that I can do?", "Write me a poem."),
        ("What is on your mind?", "Good morning!"),
        ("What is your favourite colour?", "I have no idea."),
        ("What is your favourite colour?", "Why do you ask?"),
        ("Where does she live?", "In Porto."),
        ("I see.", "In Porto."),
    ],
)
def test_what_answers_no_question_about_anybody_gives_no_fact(question: str, answer: str) -> None:
    context = [said("user", "Hello.", 0), said("assistant", question, 1)]
    assert claims_of(said("user", answer, 2), context) == []


def test_a_text_stands_alone_as_a_sentence() -> None:
    assert only("btw, i live in Lisbon").text == "I live in Lisbon."
    assert only("Yesterday I went to the dentist.").text == "I went to the dentist on 7 May 2025."
    assert [c.text for c in claims("My sister Ada called. She works as a vet!", "user", SAID)][-1] == (
        "My sister Ada works as a vet."
    )


def test_what_a_speaker_with_a_name_says_is_told_in_the_third_person() -> None:
    claim = only("I live in Leeds with my dog.", "Caroline")
    assert (claim.subject, claim.text) == ("caroline", "Caroline lives in Leeds with their dog.")
    assert only("I've been painting landscapes.", "Caroline").text == "Caroline has been painting landscapes."
    assert only("My car is a blue Toyota.", "Caroline").text == "Caroline's car is a blue Toyota."


def test_changes_endings_and_the_past_are_told_from_what_holds() -> None:
    assert only("I no longer live in Bern.").denies
    assert only("I sold my car.").denies
    assert only("We don't have a dog any more.").denies
    assert only("I stopped smoking.").denies
    assert only("I used to live in Bern.").past
    assert only("I lived in Bern as a child.").past
    assert only("I moved to Porto.").changes
    assert only("Actually, my favourite colour is blue.").changes
    assert not only("I live in Porto.").changes


def test_a_correction_names_the_value_that_it_takes_back() -> None:
    assert only("My locker code is 4712, not 4711.") == Claim(
        "user", "locker code", "4712", "My locker code is 4712.", changes=True, ends=("4711",)
    )


def test_dates_in_the_words_say_since_when_a_fact_holds() -> None:
    assert only("I moved to Porto last year.").since == datetime(2024, 1, 1, tzinfo=UTC)
    event = only("I ran a marathon in Hamburg yesterday.")
    assert (event.attribute, event.since) == ("event", datetime(2025, 5, 7, tzinfo=UTC))
    exam = only("I have a chemistry exam next Friday.")
    assert exam.attribute == "chemistry exam"
    assert exam.since is not None
    assert exam.since > SAID
    moved = only("My dentist appointment was moved to 12 May 2025.")
    assert (moved.attribute, moved.changes) == ("dentist appointment", True)


def test_reading_the_same_words_twice_gives_the_same_claims() -> None:
    text = "I live in Lisbon, and my sister Ada moved to Porto in March. I no longer eat meat."
    assert claims(text, "user", SAID) == claims(text, "user", SAID)
