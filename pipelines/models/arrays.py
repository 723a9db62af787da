"""The array types that the models pass around."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

# Columns of equal length by name; categories are codes, nothing is missing.
Table: TypeAlias = dict[str, Floats]
