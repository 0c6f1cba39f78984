"""The `paper` architecture: encoder-decoder transformer over depth tokens, asked by period queries.

After Yu, Cai & Liu (2026, arXiv:2604.04107): the encoder reads (vp, vs, rho)(z) as a sequence, the decoder holds one
query for each wave and period and attends to it; blocks normalise first (Vaswani et al. 2017; Xiong et al. 2020).
Attention is written out: the fused kernels of torch cannot be differentiated twice, and derivatives are what is taught.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from surfgrad.errors import UsageError
from surfgrad.surrogates.normalisation import Normalisation
from surfgrad.surrogates.scales import Scales
from surfgrad.surrogates.sizes import check_periods, check_sizes

PRESETS = {
    "published": {"width": 512, "heads": 8, "encoder": 8, "decoder": 8, "patch": 1},
    "medium": {"width": 96, "heads": 4, "encoder": 2, "decoder": 2, "patch": 8},
    "tiny": {"width": 32, "heads": 2, "encoder": 1, "decoder": 1, "patch": 16},
}
"""`published`: the paper's size, 512 wide with 8 + 8 layers, one token a layer of the grid, for a bigger machine.
`medium`: half an hour on one thread. `tiny`: to try things out."""


@dataclass(frozen=True)
class PaperSettings:
    """Sizes: `layers` L of the depth grid, `waves` W, `periods` K (s); `width` of a token, attention `heads`, blocks of
    the `encoder` and `decoder`, `patch`: layers of the grid in a token. The default takes some thousand steps in
    five minutes of one thread."""

    layers: int
    waves: int
    periods: tuple[float, ...]
    width: int = 64
    heads: int = 4
    encoder: int = 1
    decoder: int = 1
    patch: int = 16

    def __post_init__(self) -> None:
        """Refuse sizes that cannot be."""
        names = ("layers", "waves", "width", "heads", "encoder", "decoder", "patch")
        check_sizes(**{name: (getattr(self, name),) for name in names})
        check_periods(self.periods)
        if self.width % self.heads:
            raise UsageError(f"heads: {self.heads} given; a divisor of the width, {self.width}, is allowed")
        if max(self.encoder, self.decoder) > 100:
            raise UsageError(f"encoder, decoder: {self.encoder}, {self.decoder} given; up to 100 blocks are allowed")

    @property
    def tokens(self) -> int:
        """Depth tokens."""
        return -(-self.layers // self.patch)


class Attention(nn.Module):
    """Queries (N, A, width) attend to a sequence (N, B, width)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width, device="meta") for _ in range(4))

    def forward(self, asking: Tensor, sequence: Tensor) -> Tensor:
        """(N, A, width)."""
        q, k, v = (
            layer(each).unflatten(-1, (self.heads, -1)).transpose(-2, -3)
            for layer, each in ((self.query, asking), (self.key, sequence), (self.value, sequence))
        )
        weights = torch.softmax(q @ k.mT / q.shape[-1] ** 0.5, dim=-1)
        mixed: Tensor = self.out((weights @ v).transpose(-2, -3).flatten(-2))
        return mixed


class Block(nn.Module):
    """Attention among the tokens, to a memory where there is one, and an MLP four times as wide."""

    def __init__(self, width: int, heads: int, crossing: bool) -> None:
        super().__init__()
        self.among = Attention(width, heads)
        self.across = Attention(width, heads) if crossing else None
        self.norms = nn.ModuleList(nn.LayerNorm(width, device="meta") for _ in range(3 if crossing else 2))
        self.wide = nn.Linear(width, 4 * width, device="meta")
        self.narrow = nn.Linear(4 * width, width, device="meta")

    def forward(self, tokens: Tensor, memory: Tensor | None = None) -> Tensor:
        """(N, A, width)."""
        state = self.norms[0](tokens)
        tokens = tokens + self.among(state, state)
        if self.across is not None and memory is not None:
            tokens = tokens + self.across(self.norms[2](tokens), memory)
        mixed: Tensor = tokens + self.narrow(nn.functional.gelu(self.wide(self.norms[1](tokens))))
        return mixed


class PaperNetwork(nn.Module):
    """Depth tokens -> encoder -> memory; one query for each wave and trained period -> decoder -> velocity."""

    def __init__(self, settings: PaperSettings) -> None:
        super().__init__()
        self.settings = settings
        width, heads = settings.width, settings.heads
        self.scales = Scales(settings.layers, settings.waves, settings.periods)
        self.embed = nn.Linear(3 * settings.patch, width, device="meta")
        self.depth = nn.Parameter(torch.empty(settings.tokens, width, device="meta"))
        self.query = nn.Parameter(torch.empty(settings.waves * len(settings.periods), width, device="meta"))
        self.encoder = nn.ModuleList(Block(width, heads, crossing=False) for _ in range(settings.encoder))
        self.decoder = nn.ModuleList(Block(width, heads, crossing=True) for _ in range(settings.decoder))
        self.norms = nn.ModuleList(nn.LayerNorm(width, device="meta") for _ in range(2))
        self.head = nn.Linear(width, 1, device="meta")

    def initialise(self, normalisation: Normalisation, generator: torch.Generator, input_gain: float) -> None:
        """Set the scales and draw the weights: 1/sqrt(inputs); the embedding times `input_gain`, the head small."""
        self.to_empty(device="cpu")
        self.scales.fill(normalisation)
        for name, part in self.named_modules():
            if isinstance(part, nn.Linear):
                gain = {"embed": input_gain, "head": 0.1}.get(name, 1.0)
                nn.init.normal_(part.weight, std=gain / part.in_features**0.5, generator=generator)
                nn.init.zeros_(part.bias)
            elif isinstance(part, nn.LayerNorm):
                nn.init.ones_(part.weight)
                nn.init.zeros_(part.bias)
        for parameter in (self.depth, self.query):
            nn.init.normal_(parameter, std=0.5, generator=generator)

    def forward(
        self, thickness: Tensor, vp: Tensor, vs: Tensor, rho: Tensor, periods: np.ndarray | None = None
    ) -> Tensor:
        """Velocities (N, W, T), km/s, of models (N, L), at `periods` (T,), s, or at the trained ones.

        `thickness` is not looked at: the grid is part of the network.
        """
        s = self.settings
        inputs = nn.functional.pad(self.scales.inputs(vp, vs, rho), (0, s.tokens * s.patch - s.layers))
        memory = self.embed(inputs.unflatten(-1, (s.tokens, s.patch)).transpose(-2, -3).flatten(-2)) + self.depth
        for block in self.encoder:
            memory = block(memory)
        memory = self.norms[0](memory)
        asking = self.query.expand(*memory.shape[:-2], -1, -1)
        for block in self.decoder:
            asking = block(asking, memory)
        outputs = self.head(self.norms[1](asking))[..., 0].unflatten(-1, (s.waves, len(s.periods)))
        return self.scales.velocities(outputs, periods)
