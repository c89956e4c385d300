"""Lists of words as a boolean column for each word. The only door to Polars itself: it reads a list once for all words,
where other engines look into it for each of them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

Table = nw.LazyFrame[Any] | nw.DataFrame[Any]
#: For each column of lists: the words that can stand in them, and the names of the columns that say whether they do.
Lists = Mapping[str, Mapping[str, str]]
#: More words than these can't be counted in one number, whatever stands in a list.
_MOST = 32


def spread(table: Table, lists: Lists) -> Table:
    """The table with a column for each word of each list; a word that stands twice is there all the same."""
    few = {column: words for column, words in lists.items() if len(words) <= _MOST and table.implementation.is_polars()}
    looked = [
        nw.col(column).list.contains(word).fill_null(False).alias(name)
        for column, words in lists.items()
        if column not in few
        for word, name in words.items()
    ]
    return added(_in_numbers(table, few) if few else table, looked)


def added(table: Table, columns: Sequence[nw.Expr]) -> Table:
    """The table with these columns, if there are any."""
    return table.with_columns(*columns) if columns else table


def _in_numbers(table: Table, lists: Lists) -> Table:
    """Each word is a power of two, and a list is their sum.

    Where a sum is not made of as many powers as the list has words, a word stands twice, or is none of these: such a
    list is read once more, without what is doubled.
    """
    import polars as pl

    def number(words: Mapping[str, str], of: pl.Expr) -> pl.Expr:
        powers = {word: 1 << place for place, word in enumerate(words)}
        return of.list.eval(pl.element().replace_strict(powers, default=0, return_dtype=pl.Int64)).list.sum()

    native: Any = table.to_native()
    sums, sure, flags = [], [], []
    for column, words in lists.items():
        sum, texts = pl.col(f"helps/{column}"), pl.col(column).cast(pl.List(pl.String))
        plain = (sum.bitwise_count_ones() == texts.list.len()).fill_null(True)
        once = number(words, pl.when(~plain).then(texts).list.unique())
        sums.append(number(words, texts).alias(f"helps/{column}"))
        sure.append(pl.when(plain).then(sum).otherwise(once).fill_null(0).alias(f"helps/{column}"))
        flags += [(sum & (1 << place) != 0).alias(name) for place, name in enumerate(words.values())]
    native = native.with_columns(sums).with_columns(sure).with_columns(flags)
    whole: Table = nw.from_native(native.drop(f"helps/{column}" for column in lists))
    return whole
