import re

from made_up import ROOT

from words.glossary import glossary
from words.speech import Speech


def test_the_glossary_on_screen_is_the_one_in_the_repository():
    written = re.findall(r"^- \*\*(.+?)\*\*: (.*)$", (ROOT / "GLOSSARY.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert glossary(Speech()) == tuple((term, meaning.replace("**", "")) for term, meaning in written)
