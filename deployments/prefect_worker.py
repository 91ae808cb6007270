"""`prefect worker start --pool learning-cycle`: what Prefect's pages tell an engineer to type starts our own worker.

Prefect finds this by the entry point in pyproject.toml. Where the product is not installed, the same command refuses.
"""

import asyncio
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from prefect.settings import get_current_settings
from prefect.workers.base import BaseJobConfiguration, BaseVariables, BaseWorker, BaseWorkerResult

from deployments.children import die_with_parent
from deployments.prefect_settings import POOL_TYPE


class LearningCycleWorker(BaseWorker[BaseJobConfiguration, BaseVariables, BaseWorkerResult]):
    """Stands in Prefect's list of worker types for the product's resident worker, which is a process of its own."""

    type = POOL_TYPE
    _description = "Executes the runs of the learning cycle, in threads of its own, as its database asks for them."

    async def start(
        self, run_once: bool = False, with_healthcheck: bool = False, printer: Callable[..., None] = print
    ) -> None:
        """Run the resident worker against the server that this command speaks to, until one of both is told to end."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "deployments.worker"),
            env=os.environ | get_current_settings().to_environment_variables(exclude_unset=True),
            preexec_fn=die_with_parent,
        )
        printer(f"The learning cycle’s worker is process {process.pid}.")
        try:
            await process.wait()
        finally:
            if process.returncode is None:
                process.terminate()
                await process.wait()

    async def run(self, *_: Any, **__: Any) -> NoReturn:
        """Never called: the resident worker takes its runs itself."""
        raise NotImplementedError("The learning cycle’s worker takes its runs itself.")
