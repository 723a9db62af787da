"""Ids of people become keyed hashes; the key is found, made and kept safe."""

import hashlib
import hmac
import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from refusals import refused

from pipelines.errors import SourceError
from pipelines.reading.tables.privacy import key_pads, keyed_hash, load_id_key, same_address
from pipelines.settings.load import load_profile
from words.speech import PLAIN

LONG = "a key of the sample, 32 characters or more"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    key=st.binary(min_size=1, max_size=100),
    text=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")),
)
def test_the_engine_s_hash_is_python_s_hmac(engine_for_module, key, text):
    hashed = engine_for_module.value(f"SELECT {keyed_hash('CAST($3 AS VARCHAR)')}", [*key_pads(key), text])
    assert hashed == hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]


def test_nobody_stays_nobody(engine_for_module):
    assert engine_for_module.value(f"SELECT {keyed_hash('CAST(NULL AS VARCHAR)')}", [*key_pads(b"k")]) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Ana@Example.com", "ana@example.com", True), ("ab12", "AB12", False)],
)
def test_an_address_is_one_person_in_any_letter_case_but_an_id_is_not(engine_for_module, one, other, same):
    hashes = [
        engine_for_module.value(f"SELECT {keyed_hash(same_address('CAST($3 AS VARCHAR)'))}", [*key_pads(b"k"), text])
        for text in (one, other)
    ]
    assert (hashes[0] == hashes[1]) is same


@pytest.fixture
def profile(tmp_path):
    (tmp_path / "p").mkdir()

    def written(toml=""):
        (tmp_path / "p" / "source.toml").write_text(toml)
        return load_profile(str(tmp_path / "p"))

    return written


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AMENDS_ID_KEY", raising=False)


def test_the_environment_comes_first(profile, monkeypatch):
    monkeypatch.setenv("AMENDS_ID_KEY", LONG)
    assert load_id_key(profile('[profile]\nid_key_file = "gone"\n'), lambda step: None) == LONG.encode()


def test_a_key_is_made_once_for_its_owner_alone(profile, tmp_path):
    told = []
    key = load_id_key(profile(), told.append)
    assert len(key) >= 32
    (reminder,) = map(PLAIN.say, told)
    assert "Back it up" in reminder
    assert key.decode() not in reminder
    assert stat.S_IMODE((tmp_path / ".amends" / "id_key").stat().st_mode) == 0o600
    assert load_id_key(profile(), told.append) == key
    assert len(told) == 1


def test_a_profile_may_bring_its_key(profile, tmp_path):
    (tmp_path / "p" / "id_key").write_text(f"{LONG}\n")
    assert load_id_key(profile('[profile]\nid_key_file = "id_key"\n'), lambda step: None) == LONG.encode()


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_key_that_is_gone_or_empty_is_an_error(profile, tmp_path, content):
    if content is not None:
        (tmp_path / "p" / "id_key").write_text(content)
    with refused(SourceError, match="id key"):
        load_id_key(profile('[profile]\nid_key_file = "id_key"\n'), lambda step: None)


def test_the_same_person_has_one_id_in_every_table_and_another_under_another_key(load_files):
    toml = """
[profile]
currency = "EUR"
[files]
t = { path = "t.csv" }
o = { path = "o.csv" }
[tables]
incidents = { file = "t" }
orders = { file = "o" }
"""
    files = {
        "t.csv": "opened_at,customer_id\n2024-03-01,ann@example.org\n2024-03-02,\n",
        "o.csv": "customer_id,order_id,ordered_at,amount\n ann@example.org ,O1,2024-01-01,10\n",
    }
    ids = {}
    for key in (b"one", b"two"):
        result = load_files(toml, files, id_key=key)
        (ids[key],) = result.column("orders", "customer_id")
        assert result.column("incidents", "customer_id") == [ids[key], None]
        assert ids[key] == hmac.new(key, b"ann@example.org", hashlib.sha256).hexdigest()[:32]
    assert ids[b"one"] != ids[b"two"]


@pytest.mark.parametrize("file", ["../id_key", "link", "linked/id_key"])
def test_a_key_outside_the_profile_is_refused_links_followed(profile, tmp_path, file):
    (tmp_path / "id_key").write_text(LONG)
    (tmp_path / "p" / "link").symlink_to(tmp_path / "id_key")
    (tmp_path / "p" / "linked").symlink_to(tmp_path)
    with refused(SourceError, match=r"source\.toml id_key_file: .* outside the profile's folder. Move the key there"):
        load_id_key(profile(f'[profile]\nid_key_file = "{file}"\n'), lambda step: None)


def test_a_link_within_the_profile_is_followed(profile, tmp_path):
    (tmp_path / "p" / "id_key").write_text(LONG)
    (tmp_path / "p" / "link").symlink_to("id_key")
    assert load_id_key(profile('[profile]\nid_key_file = "link"\n'), lambda step: None) == LONG.encode()


@pytest.mark.parametrize("where", ["environment", "profile", "folder"])
def test_a_key_that_can_be_guessed_is_refused_wherever_it_comes_from(profile, tmp_path, monkeypatch, where):
    short = "k" * 31
    (tmp_path / "p" / "id_key").write_text(short)
    (tmp_path / ".amends").mkdir()
    (tmp_path / ".amends" / "id_key").write_text(short + "\n")
    if where == "environment":
        monkeypatch.setenv("AMENDS_ID_KEY", short)
    toml = '[profile]\nid_key_file = "id_key"\n' if where == "profile" else ""
    with refused(SourceError, match=r"has 31 characters and needs 32 or more\. Make one: python3 -c") as caught:
        load_id_key(profile(toml), lambda step: None)
    assert short not in caught.said
