"""The benchmarks there are: each is a module of this package with a function `measure`, which returns its figures."""

TITLES = {
    "mirror": "Full mirror against a plain script and against the ideal",
    "polling": "Calls and delay of a simulated day against fixed five-minute polling",
    "webhook": "Events taken in against an empty view on the same server",
    "pages": "Server time of the pages at 1,000, 10,000 and 100,000 items",
    "first": "First mirror: rows, statements and memory",
}
