"""What of a command's options, or of what they name, is to be mended."""

from pipelines.contracts.message import Count, Fault, File, Name


class NotEmpty(Fault):
    """A folder to be filled holds something already."""

    folder: File


class CompanyNotWritten(Fault):
    """The machine refused to write a simulated company."""

    folder: File
    why: Name


class NoFileThere(Fault):
    """A file can't be written there: it is a folder, or in none that exists."""

    file: File


class NoFolderThere(Fault):
    """A folder can't be made there: it is a file, or in a folder that doesn't exist."""

    folder: File


class InsidePublished(Fault):
    """Something is to be written among the published runs."""

    path: File


class FileNotWritten(Fault):
    """The machine refused to write a file."""

    file: File
    why: Name


class FileInFolderNotWritten(Fault):
    """The machine refused to write a file into the folder that was named."""

    file: File
    why: Name


class NoSuchChoice(Fault):
    """An option was given what it doesn't take."""

    option: Name
    given: tuple[Name, ...]
    known: tuple[Name, ...]


class NothingChosen(Fault):
    """An option was given nothing."""

    option: Name
    known: tuple[Name, ...]


class NoChartHasAnEstimate(Fault):
    """None of the charts asked for can be drawn from the run."""

    run: Name


class NoSuchChart(Fault):
    """A note is about a chart that isn't one."""

    known: tuple[Name, ...]


class NoteIsEmpty(Fault):
    """A note says nothing."""

    most: Count


class NoteIsTooLong(Fault):
    """A note is longer than the files have room for."""

    most: Count


class PortTaken(Fault):
    """Something listens there already."""

    port: Name


class NobodyToAsk(Fault):
    """There is no terminal to ask in."""


class InputEnded(Fault):
    """The input ended before every guess was accepted."""


class LineToCorrect(Fault):
    """Neither the number of a guess nor a correction."""

    n: Count


class NoEndRecorded(Fault):
    """The run can't say which cases are closed."""

    run: Name


class ContactsNeedExports(Fault):
    """Contacts were asked for without the exports they stand in."""


class DecidedInFuture(Fault):
    """A decision can't be taken on a day to come."""


class NobodyToSendTo(Fault):
    """Mail is to be sent and no address was given."""


class RecipientsUnreadable(Fault):
    """The file of addresses is no CSV."""

    file: File


class NoAddress(Fault):
    """A line of the file of addresses holds none, or several."""

    file: File
    line: Count


class NoMailServer(Fault):
    """Mail is to be sent and the environment names no server."""

    settings: Name


class MailSecurity(Fault):
    """The way of encryption is none that is known."""


class MailPort(Fault):
    """The port of the mail server is none."""


class PasswordInClear(Fault):
    """A password would be sent without encryption."""


class NowhereToSend(Fault):
    """Alerts are to be sent and the environment names no way."""

    settings: tuple[Name, ...]


class WebhookUnclear(Fault):
    """The address of a webhook is none."""

    setting: Name


class WebhookRefused(Fault):
    """The server of a webhook refused or did not answer."""

    host: Name
    error: Name


class MailRefused(Fault):
    """The mail server refused or did not answer."""

    server: Name
    error: Name
