"""One side effect each, as Prefect tasks: fetch, call casework, report.

No rule of the domain is here, and nothing of a case gets into Prefect.
"""
