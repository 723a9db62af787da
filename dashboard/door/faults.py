"""Why the dashboard doesn't start, and why a visitor isn't let in."""

from pipelines.contracts.message import Count, Fault, Name


class BindWantsIdentity(Fault):
    """The dashboard would answer to other machines, and it doesn't know who asks."""

    address: Name


class StartTokenTooShort(Fault):
    """The token that opens the dashboard could be guessed."""

    variable: Name
    least: Count


class NotThisHost(Fault):
    """The address names another host than this server, as a page elsewhere could make a browser do."""


class FromElsewhere(Fault):
    """A page of another address asks for something that only the dashboard's own pages may ask for."""


class NoStartToken(Fault):
    """The visitor has neither the token nor the cookie."""


class RequestTooLarge(Fault):
    """More is sent than the dashboard takes."""


class DashboardFull(Fault):
    """As many readers as the machine can serve are in."""
