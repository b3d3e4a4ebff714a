"""Softmax choice: which of a question's candidates is right, from weighed features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize


@dataclass(frozen=True, slots=True)
class Choice:
    """One question: ``features`` has a row for each candidate; ``right`` marks those that are."""

    features: NDArray[np.float64]  # [candidates, features]
    right: NDArray[np.bool_]  # [candidates]


def fitted(choices: Sequence[Choice], decay: float = 1.0) -> NDArray[np.float64]:
    """Weights with the highest likelihood of a right candidate, with L2 ``decay``."""
    learnable = [one for one in choices if one.right.any()]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.5 * decay * float(weights @ weights), decay * weights
        for one in learnable:
            scores = one.features @ weights
            share = np.exp(scores - scores.max())
            share /= share.sum()
            right = float(share[one.right].sum()) + 1e-12
            total -= float(np.log(right))
            gradient = gradient + one.features.T @ (share - share * one.right / right)
        return total, gradient

    start = np.zeros(learnable[0].features.shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def hits(choices: Sequence[Choice], weights: NDArray[np.float64]) -> int:
    """How many questions have a right candidate on top."""
    return sum(bool(one.right[int((one.features @ weights).argmax())]) for one in choices)
