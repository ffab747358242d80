"""The settings of a line out of the configuration, the long way."""

import os
from pathlib import Path

from cointicker.cli.line.request import Request, RequestError
from cointicker.cli.options import Options
from cointicker.cli.output import UsageError
from cointicker.cli.setup import prepare
from cointicker.config.glance import Glance, glance_at


def read_settings(request: Request) -> Glance:
    """What the files and the command line come to. Raises ``RequestError`` for what there is not."""
    options = Options(
        config=None if request.config is None else Path(request.config),
        data_dir=None if request.data_dir is None else Path(request.data_dir),
        theme=request.theme,
        currency=request.currency,
        watchlist=request.list,
    )
    try:
        setup = prepare(options, os.environ)
    except UsageError as error:
        raise RequestError(str(error)) from error
    return glance_at(setup.settings, setup.theme, request.list, [str(problem) for problem in setup.errors])
