"""How many classes a number of pupils takes at least, and how they sit in them."""

from collections.abc import Sequence


def minimum_classes(pupils: int, limit: int) -> int:
    """The fewest classes of at most `limit` pupils: pupils ÷ limit, rounded up."""
    return -(-pupils // limit)


def even(pupils: int, classes: int) -> tuple[int, ...]:
    """Class sizes that differ by one at most, the larger first."""
    if not classes:
        return ()
    low, more = divmod(pupils, classes)
    return (low + 1,) * more + (low,) * (classes - more)


def seated(present: Sequence[int], pupils: int, classes: int, limit: int) -> tuple[int, ...]:
    """Sizes of `classes` classes with `pupils` pupils, disturbing the `present` ones least.

    As many classes as before: newcomers go to the smallest, leavers come from the largest, and only
    what lies above the limit changes class. Another number of classes: the grade is shared out evenly.
    """
    if classes != len(present):
        return even(pupils, classes)
    sizes = sorted(present, reverse=True)
    for _ in range(pupils - sum(sizes)):
        sizes[sizes.index(min(sizes))] += 1
    for _ in range(sum(sizes) - pupils):
        sizes[sizes.index(max(sizes))] -= 1
    while sizes and max(sizes) > limit and min(sizes) < max(sizes) - 1:
        sizes[sizes.index(max(sizes))] -= 1
        sizes[sizes.index(min(sizes))] += 1
    return tuple(sorted(sizes, reverse=True))
