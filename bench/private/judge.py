"""TSTR, C2ST and a membership attack for rows that bench/private/fit-rows.ts wrote.

usage: judge.py TRAIN.csv TEST.csv TARGET DIR [--mia]

TSTR: HistGradientBoosting fitted on the synthetic rows, AUROC (macro one against the rest) on the test rows. C2ST: five-fold
cross-validated AUC of the same, synthetic against test. MIA: AUC of the distance to the nearest synthetic row, train against test.
"""
import glob
import os
import re
import sys
import warnings

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.neighbors import NearestNeighbors

warnings.filterwarnings("ignore")


def is_number(column):
    return pd.api.types.is_numeric_dtype(column)


def codes(frames, columns, train):
    """Each frame as numbers: levels by their place among the levels of all frames."""
    out = [np.zeros((len(frame), len(columns))) for frame in frames]
    for j, name in enumerate(columns):
        if is_number(train[name]):
            for frame, made in zip(frames, out):
                made[:, j] = pd.to_numeric(frame[name], errors="coerce")
            continue
        place = {v: i for i, v in enumerate(sorted({str(v) for f in frames for v in f[name].dropna()}))}
        for frame, made in zip(frames, out):
            made[:, j] = [np.nan if pd.isna(v) else place[str(v)] for v in frame[name]]
    for made in out:  # the trees cannot bin a column without a single value
        made[:, np.isnan(made).all(axis=0)] = 0
    return out


def tstr(fit_on, test, target, train):
    features = [c for c in train if c != target]
    fit_on = fit_on[fit_on[target].notna()]
    x, z = codes([fit_on, test], features, train)
    y, t = fit_on[target].astype(str), test[target].astype(str)
    if y.nunique() < 2:
        return 0.5
    model = HistGradientBoostingClassifier(random_state=0).fit(x, y)
    p = model.predict_proba(z)
    scores = []
    for level in sorted(t.unique()):
        own = p[:, list(model.classes_).index(level)] if level in model.classes_ else np.zeros(len(t))
        scores.append(roc_auc_score(t == level, own))
    return float(np.mean(scores))


def c2st(a, b, train):
    x = np.vstack(codes([a, b], list(train), train))
    y = np.r_[np.zeros(len(a)), np.ones(len(b))]
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    p = cross_val_predict(HistGradientBoostingClassifier(random_state=0), x, y, cv=folds, method="predict_proba")
    return roc_auc_score(y, p[:, 1])


def mia(synthetic, train, test):
    numbers = [c for c in train if is_number(train[c])]
    parts = []
    for frame in (train, test, synthetic):
        cols = []
        for c in train:
            if c in numbers:
                spread = train[c].std() or 1
                cols.append(((pd.to_numeric(frame[c], errors="coerce").fillna(train[c].median()) - train[c].mean()) / spread).values)
            else:
                for level in train[c].dropna().astype(str).unique()[:20]:
                    cols.append((frame[c].astype(str) == level).values * 0.7)
        parts.append(np.stack(cols, 1))
    near = NearestNeighbors(n_neighbors=1).fit(parts[2])
    d = [near.kneighbors(p)[0][:, 0] for p in parts[:2]]
    return roc_auc_score(np.r_[np.ones(len(train)), np.zeros(len(test))], -np.r_[d[0], d[1]])


def main():
    train, test, target, folder = pd.read_csv(sys.argv[1]), pd.read_csv(sys.argv[2]), sys.argv[3], sys.argv[4]
    sets = {}
    for path in sorted(glob.glob(f"{folder}/eps*-seed*.csv")):
        epsilon = float(re.search(r"eps([\d.]+)-seed", path).group(1))
        sets.setdefault(epsilon, []).append(pd.read_csv(path))
    print(f"{folder}: TRTR {tstr(train, test, target, train):.3f}")
    for epsilon, frames in sorted(sets.items()):
        line = []
        measures = [("TSTR", lambda s: tstr(s, test, target, train)), ("C2ST", lambda s: c2st(s, test, train))]
        if "--mia" in sys.argv:
            measures.append(("MIA", lambda s: mia(s, train, test)))
        if "--tstr" in sys.argv:
            measures = measures[:1]
        for name, measure in measures:
            v = np.array([measure(s) for s in frames])
            line.append(f"{name} {v.mean():.3f} +- {v.std(ddof=1) / np.sqrt(len(v)) if len(v) > 1 else 0:.3f}")
        print(f"  eps {epsilon:g}: " + ", ".join(line), flush=True)


main()
