"""TabularARGN (Tiwald et al. 2025) of mostlyai-engine as shipped: any-order autoregressive, medium size, at most 100
epochs with early stopping, rare values protected. It runs without any service."""

from peer import run


def fit(table, categorical, seed):
    from mostlyai.engine import TabularARGN

    types = {name: "TABULAR_CATEGORICAL" for name in categorical}
    return TabularARGN(random_state=seed, device="cpu", tgt_encoding_types=types).fit(table)


def sample(model, rows, seed):
    return model.sample(n_samples=rows, device="cpu")


run(["mostlyai-engine", "torch"], fit, sample)
