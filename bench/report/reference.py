"""The report's main metrics by the reference implementations in Python, timed part by part.

usage: reference.py TRAIN.csv HOLDOUT.csv SYNTHETIC.csv TARGET

SDMetrics' QualityReport; C2ST by boosting and by logistic regression (5 folds, against holdout and against train); TRTR
and TSTR by three predictors; precision, recall, density and coverage; DCR and membership by nearest neighbours;
Anonymeter's three attacks. Bounds on rows are those that the lab states, so that both do the same work. The last line on
stdout is one JSON object: CPU seconds by part. One thread.
"""

import contextlib
import json
import os
import sys
import warnings

warnings.filterwarnings("ignore")
import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.neighbors import NearestNeighbors
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

TOLD_APART, PREDICTED, NEIGHBOURS, ATTACKS = 2000, 10_000, 3000, 500


def cpu():
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


class Space:
    """Standardised numbers and one-hot categories over the square root of 2."""

    def __init__(self, train):
        self.numbers = [c for c in train if pd.api.types.is_numeric_dtype(train[c])]
        self.levels = {c: list(train[c].value_counts().index[:60]) for c in train if c not in self.numbers}
        self.middle = train[self.numbers].median()
        self.mean, self.deviation = train[self.numbers].mean(), train[self.numbers].std().replace(0, 1)

    def __call__(self, table):
        parts = [((table[self.numbers].fillna(self.middle) - self.mean) / self.deviation).to_numpy(np.float32)]
        for column, levels in self.levels.items():
            parts.append((table[column].to_numpy()[:, None] == np.array(levels, object)).astype(np.float32) / np.sqrt(2))
        return np.hstack(parts)


def ordinal(train, *tables):
    maps = {c: {v: i for i, v in enumerate(pd.concat([train[c], *[t[c] for t in tables]]).unique())} for c in train}
    numbers = [pd.api.types.is_numeric_dtype(train[c]) for c in train]
    of = lambda t: np.column_stack([t[c] if n else t[c].map(maps[c]) for c, n in zip(train, numbers)]).astype(float)
    return of, [not n and len(maps[c]) <= 200 for c, n in zip(train, numbers)]


def some(table, rows, seed):
    return table if len(table) <= rows else table.sample(rows, random_state=seed)


def quality(train, holdout, synthetic, target):
    from sdmetrics.reports.single_table import QualityReport

    kinds = {c: {"sdtype": "numerical" if pd.api.types.is_numeric_dtype(train[c]) else "categorical"} for c in train}
    for table in (synthetic, holdout):
        QualityReport().generate(train, table, {"columns": kinds}, verbose=False)


def told_apart(train, holdout, synthetic, target):
    for real, other in ((holdout, synthetic), (holdout, train), (train, synthetic)):
        a, b = some(real, TOLD_APART, 0), some(other, TOLD_APART, 1)
        both = pd.concat([a, b], ignore_index=True)
        labels = np.r_[np.zeros(len(a)), np.ones(len(b))]
        folds = StratifiedKFold(5, shuffle=True, random_state=0)
        of, categories = ordinal(both)
        boosting = HistGradientBoostingClassifier(categorical_features=categories, random_state=0)
        linear = make_pipeline(StandardScaler(), LogisticRegression(max_iter=300))
        for model, rows in ((boosting, of(both)), (linear, Space(both)(both))):
            scores = cross_val_predict(model, rows, labels, cv=folds, method="predict_proba")[:, 1]
            roc_auc_score(labels, scores)


def predicted(train, holdout, synthetic, target):
    tables = [some(table, PREDICTED, i) for i, table in enumerate((train, holdout, synthetic))]
    inputs = [table.drop(columns=target) for table in tables]
    of, categories = ordinal(*inputs)
    space = Space(inputs[0])
    for learnt in (0, 2):
        for scored in (1, 2):
            for model, form in (
                (HistGradientBoostingClassifier(categorical_features=categories, random_state=0), of),
                (RandomForestClassifier(100, min_samples_leaf=5, random_state=0), of),
                (make_pipeline(StandardScaler(), LogisticRegression(max_iter=300)), space),
            ):
                fitted = model.fit(np.nan_to_num(form(inputs[learnt]), nan=-1), tables[learnt][target])
                roc_auc_score(tables[scored][target], fitted.predict_proba(np.nan_to_num(form(inputs[scored]), nan=-1))[:, 1])


def neighbours(train, holdout, synthetic, target):
    space = Space(train)
    x, h, y = space(train), space(holdout), space(some(synthetic, NEIGHBOURS, 0))
    nearest = lambda base, rows, k: NearestNeighbors(n_neighbors=k, algorithm="brute").fit(base).kneighbors(rows)[0]
    nearest(x, y, 2), nearest(h, y, 1), nearest(x, h[:NEIGHBOURS], 2)
    nearest(y, x[:NEIGHBOURS], 1), nearest(y, h[:NEIGHBOURS], 1)
    few = x[:NEIGHBOURS]
    for other in (y, h[:NEIGHBOURS]):
        ours, theirs = nearest(few, few, 6)[:, 5], nearest(other, other, 6)[:, 5]
        apart = np.sqrt(np.maximum(0, (few**2).sum(1)[:, None] + (other**2).sum(1)[None] - 2 * few @ other.T))
        (apart <= ours[:, None]).any(0).mean(), (apart <= theirs[None]).any(1).mean()


def attacks(train, holdout, synthetic, target):
    from anonymeter.evaluators import InferenceEvaluator, LinkabilityEvaluator, SinglingOutEvaluator

    columns = list(train.columns)
    for mode in ("univariate", "multivariate"):
        SinglingOutEvaluator(ori=train, syn=synthetic, control=holdout, n_attacks=ATTACKS).evaluate(mode=mode)
    half = (columns[::2], columns[1::2])
    LinkabilityEvaluator(
        ori=train, syn=synthetic, control=holdout, n_attacks=ATTACKS, aux_cols=half, n_neighbors=1
    ).evaluate(n_jobs=1)
    for secret in columns:
        InferenceEvaluator(
            ori=train,
            syn=synthetic,
            control=holdout,
            aux_cols=[c for c in columns if c != secret],
            secret=secret,
            n_attacks=ATTACKS,
        ).evaluate(n_jobs=1)


def main():
    tables = [pd.read_csv(path, keep_default_na=False, na_values=[""]) for path in sys.argv[1:4]]
    for table in tables:
        texts = [c for c in table if not pd.api.types.is_numeric_dtype(table[c])]
        table[texts] = table[texts].fillna("missing")
    seconds = {}
    for part in (quality, told_apart, predicted, neighbours, attacks):
        before = cpu()
        with contextlib.redirect_stdout(sys.stderr):
            part(*tables, sys.argv[4])
        seconds[part.__name__] = round(cpu() - before, 2)
    print(json.dumps(seconds))


main()
