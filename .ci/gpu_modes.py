"""Check on a GPU that modes of torch which round leave certified signs true: python .ci/gpu_modes.py

TF32 and BF16 products, autocast and flushing of denormals are switched on, one at a time and all together; each recall is compared with
the same recall on the CPU, and some signs with Python's integers. Ends with 0 where all agree, and on a machine without a GPU.
"""

import contextlib
import sys

import torch

from hopfield_nb import DenseAssociativeMemory, HopfieldNetwork, Polynomial

MODES = (
    "none",
    "tf32",
    "medium",
    "autocast float16",
    "autocast bfloat16",
    "flush",
    "all",
)


@contextlib.contextmanager
def mode(name):
    "A mode of torch, or all of them."
    with contextlib.ExitStack() as stack:
        if name in ("tf32", "all"):
            stack.callback(setattr, torch.backends.cuda.matmul, "allow_tf32", False)
            torch.backends.cuda.matmul.allow_tf32 = True
        if name in ("medium", "all"):
            stack.callback(torch.set_float32_matmul_precision, "highest")
            torch.set_float32_matmul_precision("medium")
        if name in ("flush", "all"):
            stack.callback(torch.set_flush_denormal, False)
            torch.set_flush_denormal(True)
        if name.startswith("autocast") or name == "all":
            dtype = torch.float16 if name.endswith("float16") else torch.bfloat16
            dtype = torch.bfloat16 if "bfloat16" in name else dtype
            stack.enter_context(torch.autocast("cuda", dtype=dtype))
        yield


def networks(generator):
    "Networks and what they are called."
    signs = torch.randint(0, 2, (60, 500), generator=generator) * 2.0 - 1
    real = torch.randn(60, 500, generator=generator)
    yield "classical", HopfieldNetwork(signs)
    for n in (2, 3, 30, 300):
        yield f"signs, n = {n}", DenseAssociativeMemory(signs, Polynomial(n))
        yield f"real, n = {n}", DenseAssociativeMemory(real, Polynomial(n))
    yield "real, float64", DenseAssociativeMemory(real.double(), Polynomial(20))
    tiny = DenseAssociativeMemory(real * 1e-38, Polynomial(3))
    yield "subnormal", tiny


def by_integers(network, probe, neuron):
    "The sign of one neuron's exact energy difference."
    X = network.memories.detach().double().cpu()
    ratios = [[float(x).as_integer_ratio() for x in row] for row in X.tolist()]
    unit = max(d for row in ratios for _, d in row)
    rows = [[p * (unit // d) for p, d in row] for row in ratios]
    z = [int(x) for x in probe.tolist()]
    on = [sum(a * b for a, b in zip(row, z)) for row in rows]
    off = [s - 2 * z[neuron] * row[neuron] for s, row in zip(on, rows)]
    F = network.interaction.integer
    total = z[neuron] * (sum(map(F, on)) - sum(map(F, off)))
    return -1 if total < 0 else 1


def main():
    if not torch.cuda.is_available():
        print("no GPU here: nothing was checked")
        return 0
    print(torch.cuda.get_device_name(), torch.__version__)
    compared, wrong = 0, []
    for name, network in networks(torch.Generator().manual_seed(0)):
        generator = torch.Generator().manual_seed(1)
        shape = 20, network.neurons
        probes = torch.randint(0, 2, shape, generator=generator) * 2.0 - 1
        probes[:10] = torch.where(network.memories[:10].detach() < 0, -1.0, 1.0)
        for order in ("synchronous", "sequential"):
            network.cpu()
            wanted = network.recall(probes, order=order, max_sweeps=2).state
            if order == "synchronous" and name != "classical":
                first = network.recall(probes, order=order, max_sweeps=1).state
                for i in range(0, network.neurons, 50):
                    compared += 1
                    if first[0, i] != by_integers(network, probes[0], i):
                        wrong.append(f"{name}: neuron {i}, by integers")
            network.cuda()
            for kind in MODES:
                with mode(kind):
                    found = network.recall(probes.cuda(), order=order, max_sweeps=2)
                off = (found.state.cpu() != wanted).sum().item()
                compared += wanted.numel()
                if off:
                    wrong.append(f"{name}, {order}, {kind}: {off} signs differ")
    print(*wrong, sep="\n")
    print(f"{compared} signs compared, {len(wrong)} kinds of differences")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
