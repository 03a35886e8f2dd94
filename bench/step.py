"""Milliseconds of one TVAE training step in PyTorch: 100-128-128-128-128-128-100, batch 500, Adam, all cores given.

Usage: python bench/step.py STEPS THREADS. Prints one JSON line; what stands in bench/step.ts is the same step."""
import json, sys, time
import torch
import torch.nn.functional as F

steps, threads = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(threads)
torch.manual_seed(0)
spans = [(10 * k, 10) for k in range(10)]
encoder = torch.nn.Sequential(torch.nn.Linear(100, 128), torch.nn.ReLU(), torch.nn.Linear(128, 128), torch.nn.ReLU(), torch.nn.Linear(128, 256))
decoder = torch.nn.Sequential(torch.nn.Linear(128, 128), torch.nn.ReLU(), torch.nn.Linear(128, 128), torch.nn.ReLU(), torch.nn.Linear(128, 100))
parameters = [*encoder.parameters(), *decoder.parameters()]
optimizer = torch.optim.Adam(parameters, lr=1e-3)
tokens = torch.randint(0, 10, (500, 10))
x = F.one_hot(tokens, 10).float().reshape(500, 100)


def step():
    mean, logvar = encoder(x).chunk(2, 1)
    z = mean + torch.randn_like(mean) * (0.5 * logvar).exp()
    out = decoder(z)
    rec = sum(F.cross_entropy(out[:, a : a + w], tokens[:, j], reduction="sum") for j, (a, w) in enumerate(spans)) / 500
    kl = 0.5 * (mean**2 + logvar.exp() - 1 - logvar).sum() / 500
    optimizer.zero_grad()
    (rec + kl).backward()
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
