"""TabDDPM (Kotelnikov et al. 2023) in synthcity as shipped: 1,000 epochs, 1,000 diffusion steps, batches of 1,024; the
target is its condition, as in the paper (is_classification)."""

from synthcity_plugin import run_synthcity

run_synthcity("ddpm", ["torch"], is_classification=True)
