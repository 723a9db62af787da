"""How a company can ask to have its numbers, money and days written: the locales a profile may name.

Unicode's CLDR knows what each means (:mod:`words.conventions`). Data files always keep the point and ISO days.
"""

DEFAULT_LOCALE = "en"
LOCALES = ("en", "en-US", "de", "de-CH", "fr", "es", "it", "nl", "pl", "pt", "pt-BR", "sv", "ja", "ko")
