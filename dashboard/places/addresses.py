"""Addresses of pages whose content has moved: whoever opens one reads the place instead, in the same run."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

# Old address → the page that holds it now.
MOVED: Mapping[str, str] = {"what_works": "decide", "not_yet_won_back": "people"}


def old_addresses(dashboard: Path) -> list[StreamlitPage]:
    """Pages that no menu shows, one per old address."""
    return [_moved(address, dashboard / "app_pages" / f"{page}.py") for address, page in MOVED.items()]


def _moved(address: str, page: Path) -> StreamlitPage:
    def there() -> None:
        st.switch_page(page, query_params=st.query_params.to_dict())

    there.__name__ = address
    return st.Page(there, url_path=address, visibility="hidden")
