"""Text → pieces of the e5 vocabulary, each with its place in the original text."""

from __future__ import annotations

from dataclasses import dataclass

from tokenizers import Regex
from tokenizers import Tokenizer as Engine
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Split

from index.packed import Packed

SPACE = "\u2581"  # how SentencePiece writes a space

# The vocabulary has pieces such as 年的 and 1%）, in which one answer in twenty begins
# or ends and could never be hit exactly. Marks, runs of digits and common particles stand alone.
ALONE = r"[^\x{2581}\P{P}]|[^\x{2581}\P{S}]|\d+|[的了是在于於为為被和与與]"


@dataclass(frozen=True, slots=True)
class Pieces:
    """Token ids and, for each, the characters of the original text it stands for, half open."""

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)


class Tokenizer:
    """The XLM-R tokenizer, without special tokens, with offsets that survive normalisation."""

    def __init__(self, packed: Packed) -> None:
        vocabulary = packed.vocabulary()
        self.start = packed.start
        self.end = packed.end
        self.padding = packed.padding
        self._replacements = vocabulary.replacements
        self._engine = Engine(Unigram(vocabulary.pieces, packed.unknown, False))
        self._engine.pre_tokenizer = Split(Regex(ALONE), "isolated")

    def __call__(self, text: str) -> Pieces:
        """Split ``text``."""
        normal, origin = self._normalise(text)
        encoding = self._engine.encode(normal, add_special_tokens=False)
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        for token, (a, b) in zip(encoding.ids, encoding.offsets, strict=True):
            # A leading space mark has no place of its own; it may stand alone as a token.
            first = a + 1 if b - a > 1 and normal[a] == SPACE else a
            ids.append(token)
            starts.append(origin[first])
            ends.append(origin[b - 1] + (normal[b - 1] != SPACE or b - 1 > 0))
        return Pieces(tuple(ids), tuple(starts), tuple(ends))

    def _normalise(self, text: str) -> tuple[str, list[int]]:
        """Write ``text`` as the model knows it; for each character, where it is from."""
        normal = [SPACE]
        origin = [0]
        for index, character in enumerate(text):
            if "\ud800" <= character <= "\udfff":  # half a surrogate pair: no UTF-8 can hold it
                character = "\ufffd"  # noqa: PLW2901
            for output in self._replacements.get(character, character):
                mark = SPACE if output == " " else output
                if mark == SPACE and normal[-1] == SPACE:  # runs of spaces, and the one put first
                    continue
                normal.append(mark)
                origin.append(index)
        return "".join(normal), origin
