"""What the user can choose, kept as plain JSON beside the vault. Holds no content and no secret."""

from typing import Annotated, Literal

import msgspec

from assistant.errors import InputError
from assistant.files import write_atomically
from assistant.paths import Home

Theme = Literal["system", "light", "dark"]
Language = Literal["system", "en", "de"]


class Appearance(msgspec.Struct, frozen=True, kw_only=True):
    """How the window looks and speaks: `theme`, `text_scale` in percent (80 to 200), and `language`."""

    theme: Theme = "system"
    text_scale: int = 100
    language: Language = "system"


class MemorySettings(msgspec.Struct, frozen=True, kw_only=True):
    """What memory may cost a prompt, in the model's own tokens, and how many episodes it may bring.

    Attributes:
        prompt_tokens: At most this many tokens for everything in the prompt (design: 3,500).
        recall_tokens: Of these, at most this many for recalled memories.
        recall_limit: At most this many recalled episodes.
        channels: What a prompt may hold of memory (`assistant.memory.recall.channels.CHANNELS`).
        fading: Whether memories that are never used fade with time: out of recall, but listed and restorable.
        paused: While it is set, no chat reads memory and nothing of what is said is kept.
        forgets_due: Whether the window forgets by itself what is past the time of a retention rule, once a day and
            with a time for undo; else it tells of it and waits to be asked.
        prompt_order: "cached" puts what changes most last, so that a turn reads little anew; "paper" puts the memory
            before the dialogue, as HEMA does (arXiv 2504.16754), for comparison: every turn reads nearly everything.
    """

    prompt_tokens: int = 3500
    recall_tokens: int = 1100
    recall_limit: int = 16
    channels: tuple[str, ...] = ("summary", "user", "stretches", "facts", "pinned", "similar", "recent", "replay")
    fading: bool = True
    paused: bool = False
    forgets_due: bool = False
    prompt_order: Literal["cached", "paper"] = "cached"


class Privacy(msgspec.Struct, frozen=True, kw_only=True):
    """When Hippo locks by itself.

    Attributes:
        lock_after_minutes: After so many minutes without input (0: never).
        lock_on_minimise: When the window is minimised.
        lock_with_screen: When the screen of the session is locked, where the platform tells.
        lock_on_suspend: When the computer goes to sleep, at the latest when it wakes up.
    """

    lock_after_minutes: int = 0
    lock_on_minimise: bool = False
    lock_with_screen: bool = True
    lock_on_suspend: bool = True


class Backups(msgspec.Struct, frozen=True, kw_only=True):
    """Scheduled backups.

    Attributes:
        every: How often one is made.
        folder: Where they lie, or "": then none are made.
        keep: How many scheduled ones are kept; the oldest go first.
    """

    every: Literal["never", "daily", "weekly"] = "never"
    folder: str = ""
    keep: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 7


class Sharing(msgspec.Struct, frozen=True, kw_only=True):
    """Where several devices of the user's exchange their sealed memories. Without a place, nothing is connected to.

    Attributes:
        place: A LanceDB URI: "s3://bucket/folder", or a folder that the devices share. "": none.
        endpoint: URL of an S3-compatible server other than Amazon's.
        region: The bucket's region, where the server wants one.

    The bucket's credentials are not kept here: they come from where Amazon's own tools look for them (the variables
    AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or ~/.aws/credentials).
    """

    place: str = ""
    endpoint: str = ""
    region: str = ""


class Generation(msgspec.Struct, frozen=True, kw_only=True):
    """How answers are drawn. `temperature` 0 is greedy. `model` names an installed model ("" is the built-in).

    `answers` says how questions about what the user told are answered: "quote" quotes the memory, "short" leaves the
    quotation out where there is a direct answer, "read" lets an adapter that was trained for it answer in a few words
    (and quotes where there is none for the model), "free" lets the model write; "auto" is what suits the model.
    """

    model: str = ""
    temperature: float = 0.0
    top_k: int = 0
    top_p: float = 1.0
    min_p: float = 0.0
    repetition_penalty: float = 1.1
    max_tokens: int = 512
    persona: str = ""
    answers: Literal["auto", "quote", "short", "free", "read"] = "auto"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings, one group for each page of the settings screen."""

    appearance: Appearance = Appearance()
    memory: MemorySettings = MemorySettings()
    privacy: Privacy = Privacy()
    backups: Backups = Backups()
    sharing: Sharing = Sharing()
    generation: Generation = Generation()


def load_settings(home: Home) -> Settings:
    """Read the settings, or the defaults where there is no file yet.

    Raises:
        InputError: The file is there but cannot be read or understood; it is left as it is.
    """
    try:
        return msgspec.json.decode(home.settings.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise InputError(
            f"The settings file {home.settings} cannot be read ({error.strerror}).",
            next_step=f"Check that {home.root} is a folder and that you may read what is in it.",
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"The settings file {home.settings} is damaged ({error}).",
            next_step="Mend it, or move it away to start from the defaults; memories are not affected.",
        ) from error


def save_settings(home: Home, settings: Settings) -> None:
    """Write the settings durably. Raises InputError where the disk refuses."""
    home.create()
    try:
        write_atomically(home.settings, msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n")
    except OSError as error:
        raise InputError(
            f"The settings file {home.settings} cannot be written ({error.strerror}).",
            next_step="Make room, or check that you may write there.",
        ) from error
