"""What is true of every row of a table: asked in one test, which tells of all rows that it does not hold for.

A test for each row would be the same to read, but thousands of them take longer to be handed out than to be made.
"""

from collections.abc import Callable, Sequence

type Ask[Row] = Callable[[Row], None]


def of_each[Row](
    rows: Sequence[Row], named: Callable[[Row], object] = repr
) -> Callable[[Ask[Row]], Callable[[], None]]:
    """Makes a test of a function that asserts something of one row."""

    def test_of(ask: Ask[Row]) -> Callable[[], None]:
        def test() -> None:
            assert rows, "an empty table"
            wrong = [f"{named(row)}: {why}" for row in rows if (why := _what_fails(ask, row))]
            assert not wrong, f"{len(wrong)} of {len(rows)}:\n" + "\n".join(wrong)

        test.__name__, test.__doc__, test.__module__ = ask.__name__, ask.__doc__, ask.__module__
        return test

    return test_of


def _what_fails[Row](ask: Ask[Row], row: Row) -> str:
    """Empty where nothing does."""
    try:
        ask(row)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""
