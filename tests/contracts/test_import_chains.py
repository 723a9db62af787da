"""How far a module stands above the ground: chains of imports within the project, and cycles among them."""

from collections import Counter
from functools import cache

import grimp
import pytest

PACKAGES = ("amends", "pipelines", "dashboard", "words")
LONGEST = 15
MOST_FILES = 15


@pytest.fixture(scope="module")
def imports() -> dict[str, frozenset[str]]:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    return {module: frozenset(graph.find_modules_directly_imported_by(module)) for module in graph.modules}


def chain_from(imports: dict[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """The longest chain below each module, itself first; a cycle fails with its modules."""
    open_now: list[str] = []

    @cache
    def chain(module: str) -> tuple[str, ...]:
        assert module not in open_now, f"imports in a circle: {' → '.join([*open_now, module])}"
        open_now.append(module)
        below = max((chain(imported) for imported in sorted(imports[module])), key=len, default=())
        open_now.pop()
        return (module, *below)

    return {module: chain(module) for module in sorted(imports)}


@pytest.mark.parametrize("package", PACKAGES)
def test_no_chain_of_imports_is_longer_than_fifteen_modules(imports, package):
    chains = [chain for module, chain in chain_from(imports).items() if module.split(".")[0] == package]
    longest = max(chains, key=len)
    assert len(longest) <= LONGEST, "\n".join(longest)


def test_a_longer_chain_and_a_circle_would_be_seen():
    line = {f"m{n}": frozenset({f"m{n + 1}"} if n < LONGEST else ()) for n in range(LONGEST + 1)}
    assert len(chain_from(line)["m0"]) == LONGEST + 1
    with pytest.raises(AssertionError, match="a → b → a"):
        chain_from({"a": frozenset({"b"}), "b": frozenset({"a"})})


@pytest.mark.parametrize("package", ["amends", "pipelines"])
def test_rooms_hold_fifteen_files_at_most(imports, package):
    rooms = {module.rpartition(".")[0] for module in imports}
    files = Counter(m.rpartition(".")[0] for m in imports if m.startswith(f"{package}.") and m not in rooms)
    assert {room: number for room, number in files.items() if number > MOST_FILES} == {}
