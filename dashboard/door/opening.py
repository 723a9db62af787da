"""The door as Streamlit's server puts it in front: made once, when the server loads the app."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit
from starlette.middleware import Middleware
from streamlit import config

from dashboard.door.door import Door
from dashboard.door.headers import headers
from dashboard.door.rules import TOKEN_VARIABLE, Rules, address, check_bind, start_rules
from pipelines.errors import SourceError
from words.speech import PLAIN

# Pages with inline scripts: the frame that Streamlit serves, and what lands a link on a part of a page.
PAGES = (
    Path(streamlit.__file__).parent / "static" / "index.html",
    Path(__file__).resolve().parents[1] / "assets" / "land.html",
)


def door() -> tuple[Middleware, Rules]:
    """The door and its rules; what the server writes is its owner's alone.

    Ends the process, with the reason, where it would have to let in just anybody.
    """
    os.umask(0o077)
    try:
        check_bind(config.get_option("server.address"))
        rules = start_rules()
    except SourceError as error:
        print(f"amends: {PLAIN.say(error.fault)}", file=sys.stderr, flush=True)
        raise SystemExit(2) from None
    return Middleware(Door, rules=rules, headers=headers(PAGES)), rules


def telling(rules: Rules) -> Any:
    """A lifespan that prints the address, unless whoever started the server brought the token and prints it."""

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        if not os.environ.get(TOKEN_VARIABLE):
            print(PLAIN.text("cli.serve.open", address=address(config.get_option("server.port"), rules)), flush=True)
        yield

    return lifespan
