"""Examples at the end of the commands' help; each is run, or at least parsed, by a test."""

_COMMANDS = {
    "dispersion": (
        "surfgrad dispersion ak135 --wave rayleigh,love --modes 0:2 --periods 2:60:1 --out c.csv --plot c.png",
        "surfgrad dispersion soil.csv --units si --frequencies 1:50:log40 --axis wavelength --plot c.png",
    ),
    "ellipticity": ("surfgrad ellipticity ak135 --periods 2:60:1 --out e.csv --plot e.png",),
    "kernels": (
        "surfgrad kernels ak135 --periods 10,20,40 --parameters vs,rho --per km --out k.nc --plot k.png",
        "surfgrad kernels ak135 --kind group --wave love --periods 20,40 --plot k.png",
    ),
    "eigenfunctions": ("surfgrad eigenfunctions ak135 --wave rayleigh,love --periods 20,50 --plot m.png",),
    "attenuation": ("surfgrad attenuation ak135 --qp 600 --qs 300 --periods 5:60:5 --plot a.png",),
    "explore": (
        "surfgrad explore ak135 --surrogate builtin",
        "surfgrad explore crust.mod --data curves.dsp",
    ),
    "vs30": ("surfgrad vs30 soil.csv --units si",),
    "layering": ("surfgrad layering curves.csv --units si --ratio 1.5,2,3 --number 3 --out layers.csv --plot l.png",),
    "convert": ("surfgrad convert crust.mod --out crust.csv",),
    "prior": ("surfgrad prior decorrelated --plot draws.png",),
    "generate": ("surfgrad generate --prior weak --count 10000 --seed 1 --out train.zarr",),
    "merge": ("surfgrad merge part-0.zarr part-1.zarr --out whole.zarr",),
    "verify": ("surfgrad verify train.zarr",),
    "train": (
        "surfgrad train --data train.zarr --architecture scale-free --loss sobolev --out ckpt/ --budget-minutes 3",
    ),
    "export": ("surfgrad export ckpt/ --out model.onnx --periods 2:60:1",),
    "audit": ("surfgrad audit ckpt/ --data test.zarr --out audit/",),
    "invert": (
        "surfgrad invert curves.csv --model spline:12 --method map --out result/",
        "surfgrad invert soil.txt --units si --sigma 5% --model layers:4 --method nuts --out site/",
    ),
    "study": ("surfgrad study --preset smoke --out study/",),
    "cite": ("surfgrad cite --format bibtex --out surfgrad.bib",),
    "completion": ('eval "$(surfgrad completion bash)"',),
}

EXAMPLES = {name: "\n\n".join(("Examples:", *lines)) for name, lines in _COMMANDS.items()}
"""Command -> the text under its help."""
