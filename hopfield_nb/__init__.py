"Modern Hopfield networks: the names that users need, gathered from the modules."

from hopfield_nb.memory.classical import HopfieldNetwork
from hopfield_nb.classifier.estimator import ModernHopfieldClassifier
from hopfield_nb.data.datasets import Images, Standardizer, add_noise, load, mask_columns, mask_pixels, mask_rows
from hopfield_nb.memory.dense import DenseAssociativeMemory
from hopfield_nb.classifier.dynamics import TwoLayerNetwork
from hopfield_nb.energy.interaction import Exponential, LeakyRectifiedPolynomial, Polynomial, RectifiedPolynomial
from hopfield_nb.numerics.signed_log import SignLog

__version__ = "0.1.0"

__all__ = [
    "DenseAssociativeMemory",
    "Exponential",
    "HopfieldNetwork",
    "Images",
    "LeakyRectifiedPolynomial",
    "ModernHopfieldClassifier",
    "Polynomial",
    "RectifiedPolynomial",
    "SignLog",
    "Standardizer",
    "TwoLayerNetwork",
    "add_noise",
    "load",
    "mask_columns",
    "mask_pixels",
    "mask_rows",
]
