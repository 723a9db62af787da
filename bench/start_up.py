"""Commands that only look or list, against a Python that does nothing: processor time, user and system.

`python bench/start_up.py`. Each command runs in a process of its own, several times; the middle of the tries
counts. Help may take ten times the bare Python; more is an error.
"""

import resource
import statistics
import subprocess
import sys
import tempfile

TRIES, MOST = 10, 10.0
BARE = ("-c", "pass")
HELP = ("-m", "amends.cli", "--help")
COMMANDS = (HELP, ("-m", "amends.cli", "runs"), ("-m", "amends.cli", "profiles"))


def seconds(arguments: tuple[str, ...], folder: str) -> float:
    """Seconds of the processor that one process takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], cwd=folder, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print the ratios; 1 when help takes too much."""
    with tempfile.TemporaryDirectory() as folder:
        taken = {command: [seconds(command, folder) for _ in range(TRIES)] for command in (BARE, *COMMANDS)}
    middle = {command: statistics.median(tries) for command, tries in taken.items()}
    for command in COMMANDS:
        print(f"amends {command[-1]}: {1000 * middle[command]:.0f} ms, {middle[command] / middle[BARE]:.1f} times bare")
    return int(middle[HELP] > MOST * middle[BARE])


if __name__ == "__main__":
    sys.exit(main())
