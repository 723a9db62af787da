"""People's ids become keyed hashes, inside the engine; the key itself never stands in a statement."""

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from pipelines.contracts.messages.doing import KeyMade, Progress
from pipelines.errors import SourceError, why
from pipelines.reading.tables.faults import IdKeyIsEmpty, IdKeyIsShort, IdKeyLeavesProfile, IdKeyNotMade, NoIdKey
from pipelines.settings.profile import Profile

BLOCK_BYTES = 64
HASH_HEX_DIGITS = 32
VARIABLE = "AMENDS_ID_KEY"
KEY_FILE = Path(".amends") / "id_key"
# 128 bits, written as hex digits.
LEAST_CHARACTERS = 32


def key_pads(key: bytes) -> tuple[bytes, bytes]:
    """The inner and outer padded keys of HMAC-SHA-256 (RFC 2104): parameters $1 and $2 of ``keyed_hash``."""
    block = (hashlib.sha256(key).digest() if len(key) > BLOCK_BYTES else key).ljust(BLOCK_BYTES, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)


def keyed_hash(expression: str) -> str:
    """SQL for the first 32 hex digits of HMAC-SHA-256 of a text expression; NULL stays NULL."""
    inner = f"unhex(sha256($1 || encode({expression})))"
    return f"left(sha256($2 || {inner}), {HASH_HEX_DIGITS})"


def same_address(expression: str) -> str:
    """SQL for an id as it is known by: e-mail addresses in lower case, since systems write one person's differently."""
    return f"CASE WHEN contains({expression}, '@') THEN lower({expression}) ELSE {expression} END"


def load_id_key(profile: Profile, progress: Progress) -> bytes:
    """The key that people's ids are hashed with; ``progress`` hears when it was made just now.

    ``AMENDS_ID_KEY``, else the profile's ``id_key_file``, else ``.amends/id_key`` of the working folder, made on
    first use and readable by its owner only. Raises ``SourceError`` on a key that is missing, empty, too short to be
    safe from guessing, or outside the profile's folder.
    """
    if from_environment := os.environ.get(VARIABLE):
        return _long_enough(from_environment.encode(), VARIABLE)
    if profile.id_key_file:
        return _stored(_within(profile))
    if KEY_FILE.exists():
        return _stored(KEY_FILE)
    key = _new_key()
    progress(KeyMade(KEY_FILE))
    return key


def _within(profile: Profile) -> Path:
    """Where the profile's key lies, links followed: inside its folder, or nowhere."""
    path = (profile.folder / profile.id_key_file).resolve()
    if not path.is_relative_to(profile.folder.resolve()):
        raise SourceError(IdKeyLeavesProfile(str(profile.path), profile.id_key_file))
    return path


def _stored(path: Path) -> bytes:
    try:
        key = path.read_bytes().strip()
    except OSError as error:
        raise SourceError(NoIdKey(path)) from error
    if not key:
        raise SourceError(IdKeyIsEmpty(path))
    return _long_enough(key, str(path))


def _long_enough(key: bytes, where: str) -> bytes:
    if len(key) < LEAST_CHARACTERS:
        raise SourceError(IdKeyIsShort(where, len(key), LEAST_CHARACTERS))
    return key


def _new_key() -> bytes:
    """A key that is there whole or not at all; of several made at once the first stays. Raises ``SourceError``."""
    beside = KEY_FILE.with_name(f"{KEY_FILE.name}.{os.getpid()}")
    key = secrets.token_hex(32).encode()
    try:
        KEY_FILE.parent.mkdir(mode=0o700, exist_ok=True)
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, KEY_FILE)
    except FileExistsError:
        return _stored(KEY_FILE)
    except OSError as error:
        raise SourceError(IdKeyNotMade(KEY_FILE, why(error))) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return key
