"""What the company did, coded from its messages by word lists; the messages end here."""

from collections.abc import Mapping, Sequence

from pipelines.contracts.sources import Interactions
from pipelines.engine import Engine
from pipelines.reading.files.quoting import name, text

# Only the company makes amends: a customer's "sorry" isn't an apology.
_SPEAKERS = "('agent', 'bot')"


def code_actions(engine: Engine, words: Mapping[str, Sequence[str]]) -> None:
    """One row per contact and action found in its message; nothing found, or no message, leaves the action unknown.

    A contact whose action the export already names keeps that one. Words are found anywhere in the message, in any
    letter case.
    """
    found = ", ".join(f"CASE WHEN {_says(listed)} THEN {text(action)} END" for action, listed in sorted(words.items()))
    coded = f"list_filter([{found}], lambda action_found: action_found IS NOT NULL)"
    silent = f"action IS NOT NULL OR message IS NULL OR actor NOT IN {_SPEAKERS} OR len({coded}) = 0"
    columns = [c.name for c in Interactions.TABLE.columns if c.kind != "text"]
    chosen = ", ".join("done AS action" if column == Interactions.action else name(column) for column in columns)
    engine.run(
        f"CREATE TABLE raw._coded AS SELECT {chosen} FROM (SELECT *, "
        f"unnest(CASE WHEN {silent} THEN [action] ELSE {coded} END) AS done FROM interactions)"
    )
    engine.run("DROP TABLE interactions")
    engine.run("CREATE TABLE interactions AS SELECT * FROM raw._coded")


def _says(words: Sequence[str]) -> str:
    return "(" + " OR ".join(f"contains(lower(message), lower({text(word)}))" for word in words) + ")"
