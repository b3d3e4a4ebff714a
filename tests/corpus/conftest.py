import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))  # for layout_checks

# The first example of a test may have to read a dictionary; time is never what is tested here.
settings.register_profile("corpus", deadline=None, max_examples=60)
settings.load_profile("corpus")
