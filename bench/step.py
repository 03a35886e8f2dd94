"""Milliseconds of training steps in PyTorch, on as many threads as given: what stands in bench/step.ts is the same.

tvae: 100-128-128-128-128-128-100, batch 500, Adam. columns: 30 columns of 12 features, a block of 16 units each that sees
the columns before it, a residual block, heads of 10 basis functions on 32 classes, batch 128, Adam.
Usage: python bench/step.py tvae|columns STEPS THREADS. Prints one JSON line."""
import json, sys, time
import torch
import torch.nn.functional as F

which, steps, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(0)


def tvae():
    spans = [(10 * k, 10) for k in range(10)]
    encoder = torch.nn.Sequential(torch.nn.Linear(100, 128), torch.nn.ReLU(), torch.nn.Linear(128, 128), torch.nn.ReLU(), torch.nn.Linear(128, 256))
    decoder = torch.nn.Sequential(torch.nn.Linear(128, 128), torch.nn.ReLU(), torch.nn.Linear(128, 128), torch.nn.ReLU(), torch.nn.Linear(128, 100))
    tokens = torch.randint(0, 10, (500, 10))
    x = F.one_hot(tokens, 10).float().reshape(500, 100)

    def loss():
        mean, logvar = encoder(x).chunk(2, 1)
        z = mean + torch.randn_like(mean) * (0.5 * logvar).exp()
        out = decoder(z)
        rec = sum(F.cross_entropy(out[:, a : a + w], tokens[:, j], reduction="sum") for j, (a, w) in enumerate(spans)) / 500
        return rec + 0.5 * (mean**2 + logvar.exp() - 1 - logvar).sum() / 500

    return [*encoder.parameters(), *decoder.parameters()], loss


def columns():
    count, features, units, basis, classes, rows = 30, 12, 16, 10, 32, 128
    x = torch.randn(rows, count * features)
    tokens = torch.randint(0, classes, (count, rows))
    earlier = torch.arange(count).repeat_interleave(features)[:, None] < torch.arange(count).repeat_interleave(units)[None]
    mask, bases, offset = earlier.float(), torch.randn(count, basis, classes), torch.zeros(count, 1, classes)
    learnt = lambda *shape: torch.nn.Parameter(0.1 * torch.randn(*shape))
    first, first_bias = learnt(count * features, count * units), learnt(count * units)
    inner, inner_bias = learnt(count, units, units), learnt(count, 1, units)
    last, last_bias = learnt(count, units, basis), learnt(count, 1, basis)

    def loss():
        h = F.relu(x @ (first * mask) + first_bias).view(rows, count, units).transpose(0, 1)
        h = h + F.relu(torch.baddbmm(inner_bias, h, inner))
        logits = torch.baddbmm(offset, torch.baddbmm(last_bias, h, last), bases)
        return F.cross_entropy(logits.reshape(-1, classes), tokens.reshape(-1), reduction="sum") / rows

    return [first, first_bias, inner, inner_bias, last, last_bias], loss


parameters, loss = tvae() if which == "tvae" else columns()
optimizer = torch.optim.Adam(parameters, lr=1e-3)


def step():
    optimizer.zero_grad()
    loss().backward()
    optimizer.step()


for _ in range(20):
    step()
times = []
for _ in range(steps):
    start = time.perf_counter()
    step()
    times.append(1000 * (time.perf_counter() - start))
times.sort()
print(json.dumps({"milliseconds": times[len(times) // 2], "threads": threads, "torch": torch.__version__}))
