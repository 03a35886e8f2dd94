"""SDV's Gaussian copula as shipped: beta margins, one correlation matrix."""

from sdv.single_table import GaussianCopulaSynthesizer
from sdv_single_table import run_sdv

run_sdv(GaussianCopulaSynthesizer, ["sdv", "copulas"])
