"""What the peers from synthcity share: its plugins take no missing cells, so a missing level is a level of its own, and a
missing number the median with a two-level column beside it, which puts the gap back after sampling. Numbers that are
whole in the training rows are rounded: a column with gaps is read as fractions and would come out as such."""

import contextlib
import sys
import tempfile

from peer import run, target_of

MISSING = "(missing)"


def filled(table, categorical):
    table = table.copy()
    for name in list(table):
        gaps = table[name].isna()
        if name in categorical:
            table[name] = table[name].astype(object).where(~gaps, MISSING).astype(str)
        elif gaps.any():
            table[name] = table[name].fillna(table[name].median())
            table.insert(0, name + MISSING, gaps.map({True: "yes", False: "no"}).astype(str))
    return table


def emptied(synthetic):
    for name in [column for column in synthetic if column.endswith(MISSING)]:
        column = name.removesuffix(MISSING)
        synthetic[column] = synthetic[column].where(synthetic[name].astype(str) != "yes")
    return synthetic.replace(MISSING, float("nan"))


def whole_numbers(table, categorical):
    """The numeric columns whose present cells are all whole."""
    numbers = [name for name in table if name not in categorical]
    return [name for name in numbers if (table[name].dropna() % 1 == 0).all()]


def run_synthcity(name, packages, **settings):
    """`name` is a plugin of synthcity's; every setting not given stays as shipped."""
    whole = []

    def fit(table, categorical, seed):
        from synthcity.plugins import Plugins
        from synthcity.plugins.core.dataloader import GenericDataLoader

        with contextlib.redirect_stdout(sys.stderr), tempfile.TemporaryDirectory() as workspace:
            whole.extend(whole_numbers(table, categorical))
            full = filled(table, categorical)
            loader = GenericDataLoader(full, target_column=target_of())
            plugin = Plugins().get(name, random_state=seed, workspace=workspace, **settings)
            plugin.fit(loader)
        return plugin

    def sample(plugin, rows, seed):
        with contextlib.redirect_stdout(sys.stderr):
            synthetic = emptied(plugin.generate(count=rows, random_state=seed).dataframe())
        return synthetic.assign(**{name: synthetic[name].round() for name in whole})

    run(["synthcity", *packages], fit, sample)
