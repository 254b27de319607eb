"""What reviewers want: the rejection catalogue, text checks, field limits, fee and attempt policy.

Rules are frozen rows with a source and the date it was read. Standard library only, and `publicsuffixlist` for the
one thing no rule can tell, where a registered domain begins. Nothing here knows Django, the database or the network,
so every answer is a pure function of its arguments.
"""
