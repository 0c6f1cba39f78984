"""Where a training set lies: fitted once, kept in a card, asked of every model that comes after."""

from surfgrad.ensembles.domain.card import domain_from_card, domain_to_card
from surfgrad.ensembles.domain.fit import domain_of, fit_domain
from surfgrad.ensembles.domain.training_domain import STATISTICS, Judgement, TrainingDomain

__all__ = [
    "STATISTICS",
    "Judgement",
    "TrainingDomain",
    "domain_from_card",
    "domain_of",
    "domain_to_card",
    "fit_domain",
]
