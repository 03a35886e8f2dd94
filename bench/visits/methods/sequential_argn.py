"""TabularARGN of mostlyai-engine, sequential, as shipped: the static columns as the context table, medium size, early stopping."""

import tempfile

from visit_peer import run


def fit(table, key, time, static, categorical, seed):
    from mostlyai.engine import TabularARGN

    context = table.groupby(key, sort=False)[static].first().reset_index()
    visits = table.sort_values([key, time], kind="stable").drop(columns=static)
    types = {name: "TABULAR_CATEGORICAL" for name in categorical if name in visits}
    model = TabularARGN(
        random_state=seed,
        device="cpu",
        tgt_encoding_types=types,
        ctx_data=context,
        tgt_context_key=key,
        ctx_primary_key=key,
        workspace_dir=tempfile.mkdtemp(),
    )
    model.fit(visits)
    patients = TabularARGN(random_state=seed, device="cpu")
    patients.fit(context.drop(columns=[key]))
    return model, patients, key, time


def sample(models, patients, seed):
    model, statics, key, time = models
    context = statics.sample(n_samples=patients, device="cpu").reset_index(drop=True)
    context[key] = [f"p{i}" for i in range(patients)]
    visits = model.sample(ctx_data=context, device="cpu")
    return visits.merge(context, on=key, how="left").sort_values([key, time], kind="stable")


run(["mostlyai-engine", "torch"], fit, sample)
