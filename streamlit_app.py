"""The dashboard. Streamlit's server imports this file for the door in front, and runs it for each page it shows.

Each page is one file in ``dashboard/app_pages``.
"""

from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).parent / "dashboard"

if __name__ == "__main__":
    from dashboard.places.addresses import old_addresses

    PAGES = {
        "": [
            st.Page(FOLDER / "app_pages/monday.py", title="Monday", default=True),
            st.Page(FOLDER / "app_pages/decide.py", title="Decide"),
            st.Page(FOLDER / "app_pages/people.py", title="People"),
            st.Page(FOLDER / "app_pages/memory.py", title="Memory"),
        ],
        "Evidence": [
            st.Page(FOLDER / "app_pages/this_week.py", title="The week in full"),
            st.Page(FOLDER / "app_pages/speed.py", title="Speed"),
            st.Page(FOLDER / "app_pages/compensation.py", title="Compensation"),
            st.Page(FOLDER / "app_pages/speed_and_compensation.py", title="Speed × compensation"),
            st.Page(FOLDER / "app_pages/five_actions.py", title="Five actions"),
            st.Page(FOLDER / "app_pages/word_of_mouth.py", title="Word of mouth"),
            st.Page(FOLDER / "app_pages/returns.py", title="Return"),
            st.Page(FOLDER / "app_pages/incidents.py", title="Incidents"),
            st.Page(FOLDER / "app_pages/policy.py", title="Policy"),
            st.Page(FOLDER / "app_pages/trust.py", title="Trust"),
            st.Page(FOLDER / "app_pages/data.py", title="Data"),
            st.Page(FOLDER / "app_pages/runs.py", title="Runs"),
            st.Page(FOLDER / "app_pages/export.py", title="Export"),
        ],
    }
    st.set_page_config(page_title="Amends", page_icon=FOLDER / "assets/favicon.png", layout="wide")
    st.navigation({**PAGES, "moved": old_addresses(FOLDER)}, position="top").run()
else:
    from dashboard.door.opening import door, telling

    in_front, rules = door()
    app = st.App(__file__, middleware=[in_front], lifespan=telling(rules))
