"""What the systems call the group's own words."""

from dataclasses import dataclass

from pipelines.simulate.world.codes import Fault, Form, Noticed, Severity
from pipelines.simulate.world.data import document


@dataclass(frozen=True)
class Vocabulary:
    """The systems' word for each of the group's codes; ``via`` by channel, ``card`` by the forms that are cards."""

    priority: dict[Severity, str]
    via: dict[str, str]
    fault: dict[Fault, str]
    noticed_by: dict[Noticed, str]
    card: dict[Form, str]


VOCABULARY = document(__package__, "vocabulary.toml", Vocabulary)
