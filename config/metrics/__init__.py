"""What Prometheus reads: /metrics. Nothing is counted in a process; each scrape asks PostgreSQL and Redis."""
