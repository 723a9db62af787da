"""Labels of an export as a reader says them: an underscore is a space, and abbreviations are written out."""

WRITTEN_OUT = {"survey_web": "survey or web form", "reviews_social": "reviews or social media"}


def label_words(label: str) -> str:
    """``stay_spoiled`` → ``stay spoiled``, ``survey_web`` → ``survey or web form``."""
    return WRITTEN_OUT.get(label, label.replace("_", " "))
