"""How much of a graphics card recall uses: one command, some minutes, prints a table.

    python .ci/gpu_speed.py            on the first graphics card: N = M = 8192, batch 4096
    python .ci/gpu_speed.py cpu        a small case on the processor, to try the script

One synchronous sweep by `recall`, with its energy, certified in the form "log", and one step of continuous recall, over the
two products that they cannot do without, in the dtype in which they are computed. Memories are stored in float32 and bfloat16.
"""

import sys
import time

import torch

from hopfield_nb import ContinuousHopfieldNetwork, DenseAssociativeMemory, Polynomial


def seconds(work, device, repeats=5):
    "The median time of a call, after one that warms up."
    runs = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        work()
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        runs.append(time.perf_counter() - start)
    return sorted(runs[1:])[repeats // 2]


def main(device, N, B):
    "Print how long calls take, and over their products."
    draw = torch.Generator().manual_seed(0)
    X = (torch.randint(0, 2, (N, N), generator=draw) * 2.0 - 1).to(device)
    Z = (torch.randint(0, 2, (B, N), generator=draw) * 2.0 - 1).to(device)
    print(
        f"{torch.cuda.get_device_name(device) if device.type == 'cuda' else 'processor'}, N = M = {N}, batch {B}"
    )
    print("stored    call                       ms   its two products   share")
    weights = torch.rand(B, N, device=device)

    def products():
        return Z @ X.T, weights @ X

    for stored in (torch.float32, torch.bfloat16):
        floor = seconds(products, device)
        for n in (3, 30):
            network = DenseAssociativeMemory(X.to(stored), Polynomial(n))

            def sweep(network=network):
                return network.recall(Z, order="synchronous", max_sweeps=1)

            show(stored, f"recall, n = {n}, certified", seconds(sweep, device), floor)
        graded = ContinuousHopfieldNetwork(X.to(stored) / N**0.5, beta=8.0, steps=1)

        def step(graded=graded):
            with torch.no_grad():
                return graded(Z)

        show(stored, "continuous, one step", seconds(step, device), floor)


def show(stored, call, took, floor):
    "One line."
    name = str(stored).removeprefix("torch.")
    print(
        f"{name:9} {call:24} {1e3 * took:6.1f} {1e3 * floor:14.1f} ms {floor / took:9.0%}"
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["cpu"]:
        main(torch.device("cpu"), 256, 64)
    elif torch.cuda.is_available():
        main(torch.device("cuda", 0), 8192, 4096)
    else:
        sys.exit(
            "no graphics card here; `python .ci/gpu_speed.py cpu` tries the script"
        )
