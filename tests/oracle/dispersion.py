"""Inequality once more, from the textbook: every pupil has the value of the school part they are in.

A population is a list of (value, pupils). Written from the definitions alone, term by term, with
double sums where the definition has them; junheng is not imported.
"""

from fractions import Fraction
from math import log, sqrt


def people(population):
    return sum(pupils for _, pupils in population)


def mean(population):
    return sum(Fraction(value) * pupils for value, pupils in population) / people(population)


def variance(population):
    """The mean squared distance from the mean."""
    middle = mean(population)
    return sum(p * (x - middle) ** 2 for x, p in population) / people(population)


def variation(population):
    """The coefficient of variation: standard deviation over mean."""
    return sqrt(variance(population)) / float(mean(population))


def theil(population):
    """(1/N) Σ (x/μ) ln(x/μ) over all people; the limit of the term is 0 as x goes to 0."""
    middle, total = mean(population), 0.0
    for value, pupils in population:
        if value > 0:
            ratio = float(Fraction(value) / middle)
            total += pupils * ratio * log(ratio)
    return total / people(population)


def gini(population):
    """Half the mean absolute difference between any two people, over the mean."""
    total = 0
    for one, here in population:
        for other, there in population:
            total += here * there * abs(Fraction(one) - other)
    return total / (2 * people(population) ** 2 * mean(population))


def within_variance(groups):
    """The mean of the groups' variances, each weighted by its people."""
    everyone = sum(people(group) for group in groups)
    return sum(people(group) * variance(group) for group in groups) / everyone


def between_variance(groups):
    """The variance if everyone had the mean of their group."""
    return variance([(mean(group), people(group)) for group in groups])


def theil_between(groups):
    """Theil if everyone had the mean of their group."""
    return theil([(mean(group), people(group)) for group in groups])


def theil_within(groups):
    """The mean of the groups' own indices, each weighted by its share of the whole sum."""
    everything = sum(people(group) * mean(group) for group in groups)
    return sum(
        float(people(group) * mean(group) / everything) * theil(group)
        for group in groups
        if mean(group) > 0
    )
