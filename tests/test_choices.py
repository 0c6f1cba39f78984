"""An option that is one of a few words: the word, or one line."""

import numpy as np
import pytest

from surfgrad.choices import check_choice
from surfgrad.errors import UsageError


def test_a_word_that_is_allowed_is_given_back() -> None:
    assert check_choice("wave", "love", {"rayleigh": 0, "love": 1}) == "love"


@pytest.mark.parametrize("value", ["Love", "", None, 1, True, ["love"], {}, np.array(["love"]), b"love"])
def test_anything_else_is_refused_in_one_line(value: object) -> None:
    with pytest.raises(UsageError, match=r"^wave: .* given; allowed are rayleigh, love$") as caught:
        check_choice("wave", value, ("rayleigh", "love"))
    assert len(str(caught.value)) < 120
