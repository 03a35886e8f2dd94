"""Synthetic rows of dpmm's MST or AIM (SAS, PyPI dpmm 0.1.9), as many as `train` has.

usage: dpmm_rows.py TRAIN.csv OUT.csv --method aim|mst --epsilon E --delta D --seed S

0.9 of epsilon for the model, 0.1 for PrivTree's bins. Levels and ranges are public to it, as they are in the table: finding them
itself fails at such budgets. "seconds": of the processor.
"""
import argparse
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
from dpmm.pipelines import AIMPipeline, MSTPipeline  # noqa: E402

ask = argparse.ArgumentParser()
ask.add_argument("train")
ask.add_argument("out")
ask.add_argument("--method", default="aim")
ask.add_argument("--epsilon", type=float, required=True)
ask.add_argument("--delta", type=float, required=True)
ask.add_argument("--seed", type=int, default=0)
ask.add_argument("--bins", default="priv-tree")
ask.add_argument("--bin-count", type=int, default=16)
ask.add_argument("--max-model-size", type=float, default=80)
given = ask.parse_args()

table = pd.read_csv(given.train)
whole = {}
domain = {}
for name in table:
    values = table[name]
    if not pd.api.types.is_numeric_dtype(values) or values.dropna().nunique() <= 10:
        table[name] = values.astype(object).where(values.notna(), "missing").astype(str).astype("category")
        domain[name] = {"categories": sorted(table[name].unique())}
    else:
        if (values.dropna() % 1 == 0).all():
            whole[name] = True
        table[name] = values.astype(float)
        domain[name] = {"lower": float(values.min()), "upper": float(values.max())}
started = time.process_time()
make = AIMPipeline if given.method == "aim" else MSTPipeline
pipeline = make(
    epsilon=0.9 * given.epsilon,
    delta=given.delta,
    proc_epsilon=0.1 * given.epsilon,
    binner_type=given.bins,
    n_bins=given.bin_count if given.bins == "uniform" else "auto",
    max_model_size=given.max_model_size,
    n_jobs=1,
)
pipeline.fit(table, domain=domain, random_state=given.seed)
made = pipeline.generate(n_records=len(table), random_state=given.seed)
for name in made:
    if name in whole:
        made[name] = made[name].round()
made = made[table.columns].replace("missing", np.nan)
made.to_csv(given.out, index=False)
print(f"seconds {time.process_time() - started:.1f}")
