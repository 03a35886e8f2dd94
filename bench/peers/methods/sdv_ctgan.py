"""CTGAN (Xu et al. 2019) as shipped: 300 epochs, batches of 500, pac 10, 256-256 both ways."""

from sdv.single_table import CTGANSynthesizer
from sdv_single_table import run_sdv

run_sdv(CTGANSynthesizer, ["sdv", "ctgan", "torch"], enable_gpu=False)
