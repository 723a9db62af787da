"""What a draft says of everything it does not use, without showing any of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipelines.reading.draft.guess import Draft, Sampled
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.tables import Cast
from pipelines.settings.load import load_profile, shipped_profiles


def no_incidents(samples: Sequence[Sampled], parts: Mapping[str, Cast]) -> str:
    """Why nothing can be drafted, and what each file was taken for."""
    seen = {part.file.spec.alias: table.replace("_", " ") for table, part in parts.items()}
    files = ", ".join(f"{s.spec.path} ({seen.get(s.spec.alias, 'unknown')})" for s in samples)
    return (
        f"no file looks like incidents (tickets, complaints, cases); found {files}. Add an export with one row per "
        "case and the time it was opened, or write source.toml by hand (docs/profiles.md)."
    )


def shipped(data_dir: Path) -> list[str]:
    """Shipped profiles that were written for exports of these very names."""
    fitting = [name for name in shipped_profiles() if _fits(name, data_dir)]
    return [
        f"the shipped profile {name} was written for files of these names and knows more of them: "
        f"amends run --data DIR --profile {name}"
        for name in fitting
    ]


def _fits(profile: str, data_dir: Path) -> bool:
    files = load_profile(profile).sources.files.values()
    return all(any(data_dir.glob(file.path)) for file in files if not file.optional)


def poor_reviews(parts: Mapping[str, Cast], stars: str) -> list[str]:
    """Which reviews count as incidents."""
    path = parts["incidents"].file.spec.path
    return (
        [f"{path}: no file holds cases, so reviews with one or two stars in {stars!r} are the incidents"]
        if stars
        else []
    )


def dropped(parts: Mapping[str, Cast], kept: Mapping[str, Cast]) -> list[str]:
    """Files whose rows belong to nobody."""
    return [
        f"{part.file.spec.path}: looks like {table.replace('_', ' ')}, but no column names the customer or incident"
        for table, part in parts.items()
        if table not in kept
    ]


def messages(parts: Mapping[str, Cast]) -> list[str]:
    """Messages aren't taken without being asked for; what they could tell is said."""
    contacts = parts.get("interactions")
    texts = [t.name for t in contacts.file.columns if t.free_text and not t.personal] if contacts else []
    if not contacts or not texts or any(m.column == "action" for m in contacts.matches):
        return []
    return [
        f"{contacts.file.spec.path}: {texts[0]!r} may tell who apologised or explained. Map it as message and list the "
        "words under [action_words] (docs/profiles.md); texts are dropped once they are coded"
    ]


def with_unmapped(draft: Draft) -> Draft:
    """The draft with its list of unused columns brought up to date."""
    used = {(g.file, g.export) for g in draft.guesses}
    if draft.link:
        used.add((draft.guesses[0].file, draft.link.incident_column))
    if draft.stars:
        used.add((draft.guesses[0].file, draft.stars))
    unmapped = {
        alias: tuple((t.name, looks_like(t)) for t in sample.columns if (alias, t.name) not in used)
        for alias, sample in draft.samples.items()
    }
    return draft.changed(unmapped={alias: columns for alias, columns in unmapped.items() if columns})


def looks_like(traits: Traits) -> str:
    """What an unused column holds, without showing any of it."""
    if not traits.filled:
        return "empty"
    if traits.personal:
        return f"{traits.personal}: left out, personal"
    if traits.free_text:
        return "free text: left out, may be personal"
    if traits.dates.share > 0.8:
        return "dates"
    if traits.labels:
        return "one value" if len(traits.labels) == 1 else f"{len(traits.labels)} different values"
    return "numbers" if traits.amounts.share > 0.8 else f"{traits.distinct:,} different values"
