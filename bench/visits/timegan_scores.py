"""TimeGAN's two scores by its definitions (Yoon, Jarrett & van der Schaar 2019, section 5 and its published code).

usage: timegan_scores.py TRAIN.csv TEST.csv ID TIME SYNTHETIC.csv ...

Discriminative score: a GRU of half as many units as columns, Adam 1e-3, 2,000 steps of 128 sequences, tells real test patients
from synthetic ones; |accuracy - .5| on a fifth of both. Predictive score: such a GRU, 5,000 steps, learns on synthetic
patients to tell the last column a step ahead from the others; mean absolute error on real test patients. Columns are numbers
between 0 and 1 by the training rows, categories by their code, the last value carried forward and 0 before the first. Both
scores move with the seed by some hundredths; they are shown beside the same for training patients, and decide nothing.
"""

import json
import sys

import numpy as np
import pandas as pd
import torch

torch.set_num_threads(1)


def sequences(table, key, time, scale):
    table = table.sort_values([key, time], kind="stable")
    columns = [name for name in scale if name in table]
    coded = pd.DataFrame({name: scale[name](table[name]) for name in columns})
    coded = coded.groupby(table[key].values).ffill().fillna(0.0)
    return [torch.tensor(rows.values, dtype=torch.float32) for _, rows in coded.groupby(table[key].values)]


def scales(table, key, time):
    made = {}
    for name in [time] + [name for name in table if name not in (key, time)]:
        if table[name].dtype == object:
            levels = {level: i for i, level in enumerate(sorted(table[name].dropna().unique()))}
            made[name] = lambda column, levels=levels: column.map(levels) / max(1, len(levels) - 1)
        else:
            low, high = table[name].min(), table[name].max()
            made[name] = lambda column, low=low, high=high: (column - low) / (high - low + 1e-9)
    return made


class Reader(torch.nn.Module):
    def __init__(self, width):
        super().__init__()
        units = max(2, width // 2)
        self.gru = torch.nn.GRU(width, units, batch_first=True)
        self.last = torch.nn.Linear(units, 1)

    def forward(self, batch):
        lengths = torch.tensor([len(one) for one in batch])
        padded = torch.nn.utils.rnn.pad_sequence(batch, batch_first=True)
        states = self.gru(padded)[0]
        return self.last(states)[:, :, 0], lengths


def drawn(rng, many, size):
    return [many[i] for i in rng.integers(0, len(many), size)]


def discriminative(real, synthetic, rng):
    parts = []
    for many in (real, synthetic):
        order = rng.permutation(len(many))
        cut = int(0.8 * len(many))
        parts.append(([many[i] for i in order[:cut]], [many[i] for i in order[cut:]]))
    net = Reader(real[0].shape[1])
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3)
    loss_of = torch.nn.BCEWithLogitsLoss()

    def logits(batch):
        said, lengths = net(batch)
        return said[torch.arange(len(batch)), lengths - 1]

    for _ in range(2000):
        batch = drawn(rng, parts[0][0], 64) + drawn(rng, parts[1][0], 64)
        loss = loss_of(logits(batch), torch.cat([torch.ones(64), torch.zeros(64)]))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    with torch.no_grad():
        right = [(logits(parts[0][1]) > 0).float().mean(), (logits(parts[1][1]) <= 0).float().mean()]
    return abs(float(sum(right)) / 2 - 0.5)


def predictive(real, synthetic, rng):
    long = [one for one in synthetic if len(one) > 1]
    net = Reader(real[0].shape[1] - 1)
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3)

    def missed(batch):
        said, lengths = net([one[:-1, :-1] for one in batch])
        wanted = torch.nn.utils.rnn.pad_sequence([one[1:, -1] for one in batch], batch_first=True)
        there = torch.arange(wanted.shape[1])[None] < lengths[:, None]
        return ((torch.sigmoid(said) - wanted).abs() * there).sum() / there.sum()

    for _ in range(5000):
        loss = missed(drawn(rng, long, 128))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    with torch.no_grad():
        return float(missed([one for one in real if len(one) > 1]))


def main():
    train, test, key, time, *files = sys.argv[1:]
    table = pd.read_csv(train)
    scale = scales(table, key, time)
    held = sequences(pd.read_csv(test), key, time, scale)
    for name in [train, *files]:
        rng = np.random.default_rng(1)
        torch.manual_seed(1)
        made = sequences(pd.read_csv(name), key, time, scale)
        scores = {"discriminative": discriminative(held, made, rng), "predictive": predictive(held, made, rng)}
        print(json.dumps({"file": name, **{what: round(value, 4) for what, value in scores.items()}}))


main()
