"""Search: encode, store, build, open. Knows nothing of questions and answers."""

from index.build import BuildReport, build, remove
from index.bundled import bundled_index
from index.encoder import Encoder, encoder_for
from index.generation import Entry
from index.manifest import Manifest, current_generation
from index.progress import Progress
from index.snapshot import Snapshot, open_index
from index.sources import Failure
from index.storage import user_folder
from index.vectors import Hit

__all__ = [
    # building
    "BuildReport",
    "Failure",
    "Progress",
    "build",
    "bundled_index",
    "remove",
    # reading
    "Entry",
    "Hit",
    "Manifest",
    "Snapshot",
    "current_generation",
    "open_index",
    # models and places
    "Encoder",
    "encoder_for",
    "user_folder",
]
