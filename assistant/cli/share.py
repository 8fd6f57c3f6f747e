"""`assistant vault share`: where the user's devices exchange their sealed memories, and exchanging them now."""

import argparse

from assistant.conversation.session import Session
from assistant.errors import HippoError
from assistant.settings import Sharing

from .output import print_json, say, show


def add_share_options(parser: argparse.ArgumentParser) -> None:
    """Describe the options. Without any: exchange now."""
    parser.add_argument("place", nargs="?", help="s3://bucket/folder, or a folder that the devices share")
    parser.add_argument("--endpoint", default="", metavar="URL", help="of an S3-compatible server")
    parser.add_argument("--region", default="", help="of the bucket")
    parser.add_argument("--off", action="store_true", help="share no longer; what is at the place stays there")


def run_share(session: Session, options: argparse.Namespace) -> int:
    """Carry it out, then exchange what there is."""
    if options.off:
        session.share(Sharing())
        return _told("Nothing is shared any more. What is at the place stays there, sealed.", options, place="")
    if options.place is not None:
        session.share(Sharing(place=options.place, endpoint=options.endpoint, region=options.region))
    place = session.settings.sharing.place
    if not place:
        return _told("This memory is not shared.", options, place="")
    came, removed = session.exchange()
    if options.place is not None:
        say("A second device begins with a backup of this one (`assistant vault backup`, and there `restore`), and the")
        say("same place. The bucket's keys are taken from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or ~/.aws.")
    text = f"Exchanged with {place}: {came:,} records came or changed, {removed:,} were removed."
    return _told(text, options, place=place, came=came, removed=removed)


def exchange_at_the_end(session: Session) -> None:
    """Before a command ends that changed the memory: exchange it where it is shared. What fails is only said."""
    if session.stage == "open" and session.settings.sharing.place:
        try:
            session.exchange()
        except HippoError as error:
            say(str(error))


def _told(text: str, options: argparse.Namespace, **figures: str | int) -> int:
    if options.json:
        print_json(figures)
    else:
        show(text)
    return 0
