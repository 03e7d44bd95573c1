"Modern Hopfield networks: the names that users need. Each is imported when it is first asked for."

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if (
    TYPE_CHECKING
):  # for mypy and editors; at run time `__getattr__` finds the same names
    from hopfield_nb.classifier.estimator import ModernHopfieldClassifier
    from hopfield_nb.classifier.two_layer import TwoLayerNetwork
    from hopfield_nb.data.datasets import (
        Images,
        Standardizer,
        add_noise,
        load_images,
        mask_columns,
        mask_pixels,
        mask_rows,
    )
    from hopfield_nb.energy.interaction import (
        Exponential,
        LeakyRectifiedPolynomial,
        Polynomial,
        RectifiedPolynomial,
    )
    from hopfield_nb.memory.classical import HopfieldNetwork
    from hopfield_nb.memory.dense import DenseAssociativeMemory
    from hopfield_nb.numerics.signed_log import SignedLog

_HOMES = {
    "classifier.estimator": ("ModernHopfieldClassifier",),
    "classifier.two_layer": ("TwoLayerNetwork",),
    "data.datasets": (
        "Images",
        "Standardizer",
        "add_noise",
        "load_images",
        "mask_columns",
        "mask_pixels",
        "mask_rows",
    ),
    "energy.interaction": (
        "Exponential",
        "LeakyRectifiedPolynomial",
        "Polynomial",
        "RectifiedPolynomial",
    ),
    "memory.classical": ("HopfieldNetwork",),
    "memory.dense": ("DenseAssociativeMemory",),
    "numerics.signed_log": ("SignedLog",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
