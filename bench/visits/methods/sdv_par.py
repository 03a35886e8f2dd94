"""PAR of SDV (Zhang, Patki & Veeramachaneni 2022) as shipped: 128 epochs, one sample a step, static columns as context."""

from visit_peer import run


def fit(table, key, time, static, categorical, seed):
    from sdv.metadata import Metadata
    from sdv.sequential import PARSynthesizer

    kind = {name: "categorical" if name in categorical else "numerical" for name in table}
    columns = {name: {"sdtype": kind[name]} for name in table}
    columns[key] = {"sdtype": "id"}
    metadata = Metadata.load_from_dict(
        {"tables": {"table": {"columns": columns, "sequence_key": key, "sequence_index": time}}}
    )
    model = PARSynthesizer(metadata, context_columns=static)
    model.fit({"table": table})
    return model


def sample(model, patients, seed):
    return model.sample_sequences(patients)["table"]


run(["sdv", "deepecho", "torch"], fit, sample)
