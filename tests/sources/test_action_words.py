"""What the company did, coded from its messages."""

import pytest
from refusals import refused

from pipelines.errors import SourceError

TOML = """
[files]
t = { path = "t.csv" }
i = { path = "i.csv" }
[tables]
incidents = { file = "t" }
interactions = { file = "i" }
[action_words.en.apologise]
words = ["sorry", "apolog"]
[action_words.en.explain]
words = ["because"]
[action_words.ko.apologise]
words = ["죄송"]
"""
TICKETS = "incident_id,opened_at\nA,2024-03-01\n"


def coded(load_files, *contacts, header="incident_id,contacted_at,actor,message,action\n"):
    rows = "".join(f"A,2024-03-02,{contact}\n" for contact in contacts)
    return load_files(TOML, {"t.csv": TICKETS, "i.csv": header + rows})


@pytest.mark.parametrize(
    ("contact", "actions"),
    [
        ("agent,We are SORRY,", ["apologise"]),
        ("bot,대단히 죄송합니다,", ["apologise"]),
        ('agent,"Sorry, it broke because of the storm",', ["apologise", "explain"]),
        ("agent,Noted,", [None]),
        ("agent,,", [None]),
        ("customer,I am sorry to say,", [None]),
        ("agent,Sorry,offer", ["offer"]),
    ],
)
def test_actions(load_files, contact, actions):
    result = coded(load_files, contact)
    assert result.column("interactions", "action", "action") == actions
    assert result.reasons("interactions") == {"rows in": 1, "kept": 1}


def test_the_words_themselves_are_gone(load_files):
    result = coded(load_files, "agent,We are sorry,")
    columns = [column for column, *_ in result.engine.rows("DESCRIBE interactions")]
    assert columns == ["incident_id", "contacted_at", "actor", "action", "agent_id", "personal", "public"]
    assert result.loaded.supplied["interactions"] == {"incident_id", "contacted_at", "actor", "action"}


def test_words_without_messages_to_look_in_are_refused(load_files):
    with refused(SourceError, match="maps no message"):
        coded(load_files, "agent", header="incident_id,contacted_at,actor\n")
    with refused(SourceError, match="no table holds messages"):
        load_files(TOML.replace('interactions = { file = "i" }\n', ""), {"t.csv": TICKETS})
