"""Adversarial random forests (Watson et al. 2023) in synthcity as shipped: 30 trees, at least 5 rows a leaf."""

from synthcity_plugin import run_synthcity

run_synthcity("arf", ["arfpy", "torch"])
