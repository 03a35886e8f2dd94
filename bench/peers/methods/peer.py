"""The command line that every peer in Python shares.

PEER.py TRAIN.csv META.json ROWS SEED OUT.csv

TRAIN.csv has a header and empty cells where a value is missing; META.json names the columns to take as categories
("categorical"). The synthetic rows go to OUT.csv. The last line on stdout is one JSON object: CPU seconds (user and
system, all threads) for starting (imports and reading), fitting and sampling, and the versions that ran.
"""

import json
import os
import platform
import sys
import warnings
from importlib.metadata import version

warnings.filterwarnings("ignore")


def cpu_seconds():
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def target_of():
    """The column that META.json names as the target."""
    with open(sys.argv[2]) as file:
        return json.load(file)["target"]


def run(packages, fit, sample):
    """fit(table, categorical, seed) -> model; sample(model, rows, seed) -> table. Categories are texts."""
    import numpy as np
    import pandas as pd

    train, meta, rows, seed, out = sys.argv[1:6]
    rows, seed = int(rows), int(seed)
    with open(meta) as file:
        categorical = json.load(file)["categorical"]
    table = pd.read_csv(train, dtype={name: "object" for name in categorical}, keep_default_na=False, na_values=[""])
    np.random.seed(seed)
    if "torch" in packages:
        import torch

        torch.manual_seed(seed)
        torch.set_num_threads(1)
    start = cpu_seconds()
    model = fit(table, categorical, seed)
    fitted = cpu_seconds()
    synthetic = sample(model, rows, seed)
    sampled = cpu_seconds()
    synthetic[list(table.columns)].to_csv(out, index=False)
    versions = {"python": platform.python_version(), **{name: version(name) for name in packages}}
    seconds = {"start": round(start, 2), "fit": round(fitted - start, 2), "sample": round(sampled - fitted, 2)}
    print(json.dumps({"seconds": seconds, "versions": versions}))
