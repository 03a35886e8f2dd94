"""The command line that every peer for patients over time shares.

PEER.py TRAIN.csv ID TIME SEED OUT.csv

As many patients are drawn as TRAIN.csv has. Columns of text, and numbers of at most 8 values, are categories. The last line
on stdout is one JSON object: CPU seconds for fitting and sampling, and the versions that ran.
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


def static_columns(table, key, time):
    """Columns that never change within a patient."""
    columns = [name for name in table if name not in (key, time)]
    changes = table.groupby(key)[columns].nunique(dropna=False).max()
    return [name for name in columns if changes[name] <= 1]


def categories(table, key, time):
    columns = [name for name in table if name not in (key, time)]
    return [name for name in columns if table[name].dtype == object or table[name].nunique() <= 8]


def run(packages, fit, sample):
    """fit(table, key, time, static, categorical, seed) -> model; sample(model, patients, seed) -> rows with `key` and `time`."""
    import numpy as np
    import pandas as pd
    import torch

    train, key, time, seed, out = sys.argv[1:6]
    seed = int(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    table = pd.read_csv(train)
    chosen = categories(table, key, time)
    for name in chosen:
        table[name] = table[name].where(table[name].isna(), table[name].astype(str))
    start = cpu_seconds()
    model = fit(table, key, time, static_columns(table, key, time), chosen, seed)
    fitted = cpu_seconds()
    made = sample(model, table[key].nunique(), seed)
    sampled = cpu_seconds()
    made[list(table.columns)].to_csv(out, index=False)
    versions = {"python": platform.python_version(), **{name: version(name) for name in packages}}
    seconds = {"fit": round(fitted - start, 2), "sample": round(sampled - fitted, 2)}
    print(json.dumps({"seconds": seconds, "rows": len(made), "versions": versions}))
