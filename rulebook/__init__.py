"""What reviewers want: the rejection catalogue, text checks, field limits, fee and attempt policy.

Rules are frozen rows with a source and the date it was read. Standard library only: nothing here knows Django,
the database or the network, so every answer is a pure function of its arguments.
"""
