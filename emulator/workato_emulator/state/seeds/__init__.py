"""Seeds: a whole cloud as a document a person can read and write, and back again."""

from workato_emulator.state.seeds.build import build
from workato_emulator.state.seeds.default import default_document
from workato_emulator.state.seeds.document import SeedDocument, parse, read_seed
from workato_emulator.state.seeds.export import export
from workato_emulator.state.seeds.problems import SeedProblem

__all__ = ["SeedDocument", "SeedProblem", "build", "default_document", "export", "parse", "read_seed"]
