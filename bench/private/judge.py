"""TSTR, C2ST and a membership attack for rows that bench/private/fit-rows.ts wrote.

usage: judge.py TRAIN.csv TEST.csv TARGET DIR [--mia] [--unseen] [--tstr] [--json]

TSTR: HistGradientBoosting fitted on the synthetic rows, AUROC (macro one against the rest) on the test rows. C2ST: five-fold
cross-validated AUC of the same, synthetic against test. MIA: AUC of the distance to the nearest synthetic row, train against test.
--unseen: the attack's baseline. Rows of even seeds were learned from the first half of train, of odd ones from the second (fit-rows.ts with
"half"), and the other half, which no row was learned from, is attacked in its place. --json: one object a line, first the real rows' own.
"""
import glob
import json
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


def attacked(train, seed):
    """Rows of train that the attack takes for members."""
    if "--unseen" not in sys.argv:
        return train
    middle = len(train) // 2
    return train.iloc[middle:] if seed % 2 == 0 else train.iloc[:middle]


def judge(path, train, test, target):
    epsilon, seed = re.search(r"eps([\d.]+)-seed(\d+)", path).groups()
    rows = pd.read_csv(path)
    found = {"epsilon": float(epsilon), "seed": int(seed)}
    if "--unseen" in sys.argv:
        return {**found, "mia": mia(rows, attacked(train, int(seed)), test)}
    found["tstr"] = tstr(rows, test, target, train)
    if "--tstr" not in sys.argv:
        found["c2st"] = c2st(rows, test, train)
    if "--mia" in sys.argv:
        found["mia"] = mia(rows, train, test)
    return found


def main():
    train, test, target, folder = pd.read_csv(sys.argv[1]), pd.read_csv(sys.argv[2]), sys.argv[3], sys.argv[4]
    real = {"tstr": tstr(train, test, target, train)}
    found = [judge(path, train, test, target) for path in sorted(glob.glob(f"{folder}/eps*-seed*.csv"))]
    if "--json" in sys.argv:
        for one in [real, *found]:
            print(json.dumps({name: round(float(value), 5) for name, value in one.items()}))
        return
    print(f"{folder}: TRTR {real['tstr']:.3f}")
    for epsilon in sorted({one["epsilon"] for one in found}):
        own = [one for one in found if one["epsilon"] == epsilon]
        line = []
        for name in [name for name in ("tstr", "c2st", "mia") if name in own[0]]:
            v = np.array([one[name] for one in own])
            line.append(f"{name.upper()} {v.mean():.3f} +- {v.std(ddof=1) / np.sqrt(len(v)) if len(v) > 1 else 0:.3f}")
        print(f"  eps {epsilon:g}: " + ", ".join(line), flush=True)


main()
