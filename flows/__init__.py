"""The review types to read: their phases, their stages, and what follows when a stage opens or closes.

Nothing but flows lives here: Prefect puts this folder on the import path.
"""
