"""The product's own settings, with one address more: that of a view which does nothing (benchmarks.empty_view)."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.empty_view"
