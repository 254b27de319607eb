from tests.accounts.conftest import plain

__all__ = ["plain"]
