"""Labels of an export as a reader says them: an underscore is a space, and abbreviations are written out."""

WRITTEN_OUT = {
    "survey_web": "survey or web form",
    "reviews_social": "reviews or social media",
    "checkin_system": "check-in system",
    "checkin_outage": "check-in outage",
}


def label_words(label: str) -> str:
    """``stay_spoiled`` → ``stay spoiled``, ``survey_web`` → ``survey or web form``."""
    return WRITTEN_OUT.get(label, label.replace("_", " "))
