"""Seeds: a whole cloud as a document a person can read and write, and back again.

Each kind of row is declared once, in `document`: a frozen dataclass whose annotations (`values`) are kinds of value
(`kinds`). A kind knows how a value is read, how it is written, and which ids it brings along. From that follow

    reading       `SeedRow.read`: everything that is wrong, with its place and the nearest key
    building      `Making.value`: what a row and a value of the domain both have goes from one into the other
    exporting     `SeedRow.export`: the same, the other way
    numbering     `SeedRow.own_ids`: the ids that no new thing may get
    state files   `SeedRow.as_data`: what was said, and nothing that was not

so a field that both sides call the same is written in one place only. What a row means by a name (a role, a group, an
environment, somebody's email) is looked up while building, in `build`, `projects`, `clients` and `activity`.
"""

from workato_emulator.state.seeds.build import build
from workato_emulator.state.seeds.default import default_document
from workato_emulator.state.seeds.document import SeedDocument
from workato_emulator.state.seeds.export import export
from workato_emulator.state.seeds.problems import SeedProblem
from workato_emulator.state.seeds.reading import parse, read_seed

__all__ = ["SeedDocument", "SeedProblem", "build", "default_document", "export", "parse", "read_seed"]
