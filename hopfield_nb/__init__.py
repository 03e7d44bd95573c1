"Modern Hopfield networks: the names that users need, gathered from the modules."

from hopfield_nb.classifier import ModernHopfieldClassifier
from hopfield_nb.data import Images, Standardizer, add_noise, load, mask_columns, mask_pixels, mask_rows
from hopfield_nb.dynamics import TwoLayerNetwork

__version__ = "0.1.0"

__all__ = [
    "Images",
    "ModernHopfieldClassifier",
    "Standardizer",
    "TwoLayerNetwork",
    "add_noise",
    "load",
    "mask_columns",
    "mask_pixels",
    "mask_rows",
]
