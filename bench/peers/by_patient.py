"""The judge's nearness figures where patients have several rows: one row a patient is drawn from train and from test.

usage: by_patient.py JUDGE.py TRAIN.csv TEST.csv META.json COLUMN,COLUMN SYNTHETIC.csv ...

Rows of one patient lie close together, so a row-wise share calls every row that resembles the patient a copy, and a
row-wise coverage asks that every single visit is met. COLUMN,COLUMN are constant within a patient and name one together.
Means over 20 draws of one row a patient: DCR share and MIA AUC by as many patients of train as of test; coverage (k = 5)
of one visit a patient of train, and of test, by as many synthetic rows. Definitions are JUDGE.py's.
"""

import importlib.util
import json
import sys

import numpy as np


def load(path):
    spec = importlib.util.spec_from_file_location("judge", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def one_row_each(patients, rng):
    return np.array([rng.choice(rows) for rows in patients.groupby(patients).groups.values()])


def figures(judge, space, real, test, synthetic, whose, rng):
    train, held = (one_row_each(patients, rng) for patients in whose)
    size = min(len(train), len(held))
    placed = space(synthetic)
    members = space(real.iloc[rng.permutation(train)[:size]])
    others = space(test.iloc[rng.permutation(held)[:size]])
    to_members, to_others = (judge.knn(side, placed, 1)[0][:, 0] for side in (members, others))
    ties = np.abs(to_members - to_others) <= 1e-6
    share = ((to_members < to_others) & ~ties).mean() + 0.5 * ties.mean()
    scores = -np.r_[judge.knn(placed, members, 1)[0][:, 0], judge.knn(placed, others, 1)[0][:, 0]]
    auc = judge.roc_auc_score(np.r_[np.ones(size), np.zeros(size)], scores)

    def coverage(rows, table):
        drawn = placed[rng.permutation(len(placed))[: len(rows)]]
        return judge.prdc(space(table.iloc[rows]), drawn)["coverage"]

    return share, auc, coverage(train, real), coverage(held, test)


def main():
    judge = load(sys.argv[1])
    train, test, meta, columns = sys.argv[2:6]
    with open(meta) as file:
        categorical = set(json.load(file)["categorical"])
    raw = [judge.read(path) for path in (train, test)]
    real, held = (judge.harmonise(raw[0], table, categorical, "", None)[0] for table in raw)
    whose = [table[columns.split(",")].astype(str).agg("|".join, axis=1) for table in raw]
    space = judge.Space(real, categorical)
    for path in sys.argv[6:]:
        synthetic = judge.harmonise(raw[0], judge.read(path), categorical, path, None)[0]
        draws = [figures(judge, space, real, held, synthetic, whose, np.random.RandomState(i)) for i in range(20)]
        words = ("DCR share", "MIA", "coverage of train", "coverage of test")
        print(path, " ".join(f"{word} {value:.3f}" for word, value in zip(words, np.mean(draws, axis=0))))


main()
