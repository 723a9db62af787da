"""The profiles that come with Amends."""

from amends.answer import Answer
from pipelines.settings.load import load_profile, shipped_profiles
from words.speech import PLAIN


def shipped() -> Answer:
    """Name and title of each."""
    titles = {name: load_profile(name).title for name in shipped_profiles()}
    lines = (PLAIN.text("cli.profiles.line", name=f"{name:<20}", title=title) for name, title in titles.items())
    return Answer("\n".join(lines), titles)
