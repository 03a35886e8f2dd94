"""TVAE (Xu et al. 2019) as shipped: 300 epochs, batches of 500, 128-128 both ways, 128 latent dimensions."""

from sdv.single_table import TVAESynthesizer
from sdv_single_table import run_sdv

run_sdv(TVAESynthesizer, ["sdv", "ctgan", "torch"], enable_gpu=False)
