"""Two readers averaged."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from qa.reader.training.blend import blended, main


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "one.safetensors", tmp_path / "other.safetensors"
    save_file({"a": torch.tensor([0.0, 2.0]), "b": torch.tensor([1.0])}, one, {"calibration": "{}"})
    save_file({"a": torch.tensor([4.0, 4.0]), "b": torch.tensor([1.0])}, other)
    return one, other


@pytest.mark.parametrize(("share", "a"), [(0.0, [0, 2]), (0.5, [2, 3]), (1.0, [4, 4])])
def test_each_weight_is_between_its_two(
    two: tuple[Path, Path], share: float, a: list[float]
) -> None:
    found = blended(*two, share)
    assert found["a"].tolist() == a
    assert found["a"].dtype == torch.float16
    assert found["b"].tolist() == [1]


def test_the_calibration_of_the_first_is_kept(two: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "blend.safetensors"
    main([*map(str, two), "--out", str(out)])
    assert load_file(out)["a"].tolist() == [2, 3]
    with safe_open(out, framework="pt") as file:
        assert file.metadata() == {"calibration": "{}"}


def test_two_networks_of_other_shapes_are_refused(two: tuple[Path, Path], tmp_path: Path) -> None:
    odd = tmp_path / "odd.safetensors"
    save_file({"a": torch.zeros(3), "b": torch.zeros(1)}, odd)
    with pytest.raises(ValueError, match="not weights of one network"):
        blended(two[0], odd, 0.5)
