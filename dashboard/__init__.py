"""How people come in: pages, forms and the command line.

What may be done is decided in casework; Prefect is unknown here.
"""
