"""From a company's exports to published results.

Linear algebra runs on one thread: sums come out the same on every run, and the matrices are too small for more.
This must be set before numpy is first imported.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")
