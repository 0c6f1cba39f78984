"""A network of your own before the audit: a plain one, with inputs and outputs as in Yu, Cai & Liu (2026).

Inputs: depth, vp, vs, rho on 256 nodes, (N, 4, 256). Outputs: Rayleigh and Love velocities at 2, 3 ... 60 s, (N, 118).
It learns for some seconds, from values alone, and from few models: what matters here is what the audit says of it.

Run: python examples/audit_any_network.py [folder]      (needs the torch extra)
"""

import sys

import numpy as np
import torch

import surfgrad as sg
from surfgrad.earth.priors import draw_many
from surfgrad.integrations.torch_module import torch_network

DEPTH = 0.5 * np.arange(256)
PERIODS = np.arange(2.0, 61.0)


class PlainNetwork(torch.nn.Module):
    """(N, 4, 256) -> (N, 118), km/s."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("typical", torch.tensor([60.0, 6.5, 3.7, 2.9])[:, None])
        self.layers = torch.nn.Sequential(
            torch.nn.Flatten(),
            torch.nn.Linear(4 * DEPTH.size, 128),
            torch.nn.GELU(),
            torch.nn.Linear(128, 128),
            torch.nn.GELU(),
            torch.nn.Linear(128, 2 * PERIODS.size),
        )

    def forward(self, profile: torch.Tensor) -> torch.Tensor:
        """One row of velocities for each model."""
        return 3.5 + self.layers(profile / self.typical - 1.0)


def trained(models: tuple[np.ndarray, ...], steps: int = 400) -> PlainNetwork:
    """As anyone might: Adam on the velocities, batches of 64, a falling learning rate."""
    torch.manual_seed(0)
    network = PlainNetwork()
    depth = np.broadcast_to(DEPTH, models[0].shape)
    inputs = torch.as_tensor(np.stack([depth, *models[1:]], axis=1), dtype=torch.float32)
    velocity = np.nan_to_num(sg.ExactForward().predict(models, PERIODS).reshape(len(depth), -1), nan=3.5)
    outputs = torch.as_tensor(velocity, dtype=torch.float32)
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for _ in range(steps):
        rows = torch.randint(len(depth), (64,))
        optimiser.zero_grad()
        torch.nn.functional.mse_loss(network(inputs[rows]), outputs[rows]).backward()
        optimiser.step()
        schedule.step()
    return network


def main(folder: str = "audit_any_network") -> None:
    """Train, audit, say what fails."""
    training_models = draw_many("weak", seed=1, count=400)
    network = trained(training_models)

    # All that an audit of your own network takes.
    forward = torch_network(network, depth=DEPTH, periods=PERIODS, waves=("rayleigh", "love"), layout="channels")
    few = sg.audit.Options(further=sg.audit.Further(consequence_models=10, starts=1))  # this is to take seconds
    record = sg.audit(forward, draw_many("weak", seed=2, count=20), PERIODS, prior=training_models, options=few)
    sg.audit.write_audit(record, folder)
    print(f"{record.verdict}; metrics that fail somewhere: {', '.join(record.failed())}")
    for row in record.rows:
        if row["verdict"] == "FAIL":
            error = f"relative L2 {row['relative_l2']['median']:.2f}, cosine {row['cosine']['median'] or np.nan:.3f}"
            print(f"FAIL {row['wave']} {row['parameter']} {row['band']} s: {error}")
    for part in ("imprint", "spectral", "taylor", "consequence"):
        print(f"{part}: {record.summary['verdict'][part]}")
    print(f"velocities: mean absolute error {record.summary['values']['overall']['mae_km_s']:.3f} km/s")


if __name__ == "__main__":
    main(*sys.argv[1:])
