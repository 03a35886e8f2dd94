"""What the peers from SDV share: the metadata said, not guessed, and a seed for fitting and for sampling.

SDV is the door that its networks are meant to be used through: it fills and puts back missing cells, keeps decimals and
ranges, and leaves the rest to ctgan and copulas.
"""

from peer import run


def run_sdv(synthesizer, packages, **settings):
    """`synthesizer` is a class of sdv.single_table; every setting not given stays as shipped."""
    from sdv.metadata import Metadata

    def fit(table, categorical, seed):
        columns = {name: {"sdtype": "categorical" if name in categorical else "numerical"} for name in table}
        metadata = Metadata.load_from_dict({"tables": {"table": {"columns": columns}}})
        model = synthesizer(metadata, **settings)
        model.fit({"table": table})
        model._set_random_state(seed)  # else every seed's sample would be the same rows
        return model

    run(packages, fit, lambda model, rows, seed: model.sample(rows)["table"])
