"Modern Hopfield networks: the names that users need. Each is imported when first asked for."

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# for mypy and editors; at run time `__getattr__` finds the same names
if TYPE_CHECKING:
    from hopfield_nb.classifier.estimator import ModernHopfieldClassifier
    from hopfield_nb.classifier.joint import JointEuler, JointODE
    from hopfield_nb.classifier.local_rule import (
        DeltaRule,
        DivergenceError,
        LocalRule,
        MHCRule,
    )
    from hopfield_nb.classifier.parameters import PAPER
    from hopfield_nb.classifier.prototypes import PrototypeRule
    from hopfield_nb.classifier.schedules import (
        HalvingDecay,
        InverseTimeDecay,
        LinearDecay,
    )
    from hopfield_nb.classifier.trainers import Batch, ImageByImage
    from hopfield_nb.classifier.two_layer import TwoLayerNetwork
    from hopfield_nb.data.corruption import (
        add_noise,
        mask_columns,
        mask_pixels,
        mask_rows,
    )
    from hopfield_nb.data.datasets import Images, load_images
    from hopfield_nb.data.scaling import Standardizer
    from hopfield_nb.data.states import flip, random_states
    from hopfield_nb.energy.interaction import (
        Exponential,
        LeakyRectifiedPolynomial,
        Polynomial,
        RectifiedPolynomial,
    )
    from hopfield_nb.energy.lagrangian import (
        Absolute,
        Elementwise,
        EuclideanNorm,
        LogSumExp,
        Quadratic,
    )
    from hopfield_nb.energy.separation import Entmax, LogSumReLU
    from hopfield_nb.memory.classical import HopfieldNetwork
    from hopfield_nb.memory.continuous import ContinuousHopfieldNetwork, retrieve
    from hopfield_nb.memory.dense import DenseAssociativeMemory
    from hopfield_nb.memory.epanechnikov import EpanechnikovMemory
    from hopfield_nb.memory.fit import History
    from hopfield_nb.memory.forms import Log, Modified, Original
    from hopfield_nb.memory.glauber import Glauber, sample
    from hopfield_nb.memory.indexed import IndexedMemory
    from hopfield_nb.memory.init import init_near, init_random_signs
    from hopfield_nb.memory.loss import PredictionLoss
    from hopfield_nb.memory.network import AssociativeMemory
    from hopfield_nb.memory.recall import RecallResult
    from hopfield_nb.memory.sequence import SequenceMemory
    from hopfield_nb.memory.similarity import Cosine, Dot, Euclidean
    from hopfield_nb.memory.storage import (
        WeightNetwork,
        delta_weights,
        perceptron_weights,
        pseudo_inverse_weights,
    )
    from hopfield_nb.memory.updates import Flow, RandomOrder, Sequential, Synchronous
    from hopfield_nb.numerics.signed_log import SignedLog
    from hopfield_nb.view.playground import playground

_HOMES = {
    "classifier.estimator": ("ModernHopfieldClassifier",),
    "classifier.joint": ("JointEuler", "JointODE"),
    "classifier.local_rule": ("DeltaRule", "DivergenceError", "LocalRule", "MHCRule"),
    "classifier.parameters": ("PAPER",),
    "classifier.prototypes": ("PrototypeRule",),
    "classifier.schedules": ("HalvingDecay", "InverseTimeDecay", "LinearDecay"),
    "classifier.trainers": ("Batch", "ImageByImage"),
    "classifier.two_layer": ("TwoLayerNetwork",),
    "data.corruption": ("add_noise", "mask_columns", "mask_pixels", "mask_rows"),
    "data.datasets": ("Images", "load_images"),
    "data.scaling": ("Standardizer",),
    "data.states": ("flip", "random_states"),
    "energy.interaction": (
        "Exponential",
        "LeakyRectifiedPolynomial",
        "Polynomial",
        "RectifiedPolynomial",
    ),
    "energy.lagrangian": (
        "Absolute",
        "Elementwise",
        "EuclideanNorm",
        "LogSumExp",
        "Quadratic",
    ),
    "energy.separation": ("Entmax", "LogSumReLU"),
    "memory.classical": ("HopfieldNetwork",),
    "memory.continuous": ("ContinuousHopfieldNetwork", "retrieve"),
    "memory.dense": ("DenseAssociativeMemory",),
    "memory.epanechnikov": ("EpanechnikovMemory",),
    "memory.fit": ("History",),
    "memory.forms": ("Log", "Modified", "Original"),
    "memory.glauber": ("Glauber", "sample"),
    "memory.indexed": ("IndexedMemory",),
    "memory.init": ("init_near", "init_random_signs"),
    "memory.loss": ("PredictionLoss",),
    "memory.network": ("AssociativeMemory",),
    "memory.recall": ("RecallResult",),
    "memory.sequence": ("SequenceMemory",),
    "memory.similarity": ("Cosine", "Dot", "Euclidean"),
    "memory.storage": (
        "WeightNetwork",
        "delta_weights",
        "perceptron_weights",
        "pseudo_inverse_weights",
    ),
    "memory.updates": ("Flow", "RandomOrder", "Sequential", "Synchronous"),
    "numerics.signed_log": ("SignedLog",),
    "view.playground": ("playground",),
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
