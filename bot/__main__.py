"""`python -m bot` is `naru`."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said before anything that an older Python cannot read
    found = sys.version.split()[0]
    sys.stderr.write(
        f"Naru needs Python 3.11 or newer; this is {found}. · Python 3.11 이상이 필요합니다: {found}\n"
    )
    sys.exit(2)

from bot.cli import main

main()
