"""What the company did, coded from its messages by word lists; the messages end here."""

from collections.abc import Mapping, Sequence

from pipelines.contracts.sources import Interactions
from pipelines.engine import Engine
from pipelines.reading.files.quoting import name, text

# Only the company makes amends: a customer's "sorry" isn't an apology.
_SPEAKERS = "('agent', 'bot')"


def found_in(message: str, actor: str, words: Mapping[str, Sequence[str]]) -> str:
    """SQL for the list of actions found in a message of the company; empty without one.

    Words are found anywhere in the message, in any letter case.
    """
    if not words:
        return "CAST([] AS VARCHAR[])"
    found = ", ".join(
        f"CASE WHEN {_says(message, listed)} THEN {text(action)} END" for action, listed in sorted(words.items())
    )
    coded = f"list_filter([{found}], lambda action_found: action_found IS NOT NULL)"
    return f"CASE WHEN {message} IS NOT NULL AND {actor} IN {_SPEAKERS} THEN {coded} ELSE CAST([] AS VARCHAR[]) END"


def code_actions(engine: Engine) -> None:
    """One row per contact and action found in its message; nothing found, or no message, leaves the action unknown.

    A contact whose action the export already names keeps that one. ``message`` holds what ``found_in`` found.
    """
    columns = [c.name for c in Interactions.TABLE.columns if c.kind != "text"]
    chosen = ", ".join("done AS action" if column == Interactions.action else name(column) for column in columns)
    engine.run(
        f"CREATE TABLE raw._coded AS SELECT {chosen} FROM (SELECT *, "
        "unnest(CASE WHEN action IS NOT NULL OR len(message) = 0 THEN [action] ELSE message END) AS done "
        "FROM interactions)"
    )
    engine.run("DROP TABLE interactions")
    engine.run("CREATE TABLE interactions AS SELECT * FROM raw._coded")


def _says(message: str, words: Sequence[str]) -> str:
    return "(" + " OR ".join(f"contains(lower({message}), lower({text(word)}))" for word in words) + ")"
