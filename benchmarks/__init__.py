"""How fast, how many calls, how much memory: `./run bench`. Each module measures one thing against something else in
the same run; docs/performance.md explains the figures. Nothing in the product imports this package."""
