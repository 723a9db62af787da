"""How many digits a number keeps, as text with a point: locales dress it in :mod:`words.conventions`."""

MILLION, ROUNDED_FROM = 1_000_000, 10_000
# From here on a number is whole; from here on it has one decimal; below, two.
WHOLE_FROM, ONE_DECIMAL_FROM = 100, 10
# A smaller share would read as none.
SHARE_WHOLE_FROM = 0.01


def rounded(value: float, digits: int) -> str:
    """A value with so many decimals; a zero never has a sign."""
    text = f"{value:.{digits}f}"
    return text if float(text) else text.removeprefix("-")


def needed(value: float) -> str:
    """A value with the decimals that matter at its size, and no zeros behind them."""
    size = abs(value)
    text = rounded(value, 0 if size >= WHOLE_FROM else 1 if size >= ONE_DECIMAL_FROM else 2)
    return text.rstrip("0").removesuffix(".") if "." in text else text


def share_digits(share: float) -> int:
    """Decimals of a share as so many of 100."""
    return 1 if 0 < abs(share) < SHARE_WHOLE_FROM else 0


def sum_of_money(value: float) -> str:
    """A sum with three digits of meaning where it is large, with cents below ten; millions are the unit from one on."""
    size = abs(value)
    if size >= MILLION:
        return rounded(value / MILLION, 1)
    return rounded(round(value, -3) if size >= ROUNDED_FROM else value, 0 if size >= 10 or size == 0 else 2)
