"""`vigil` for which the modes of files count, though it is run by root: `python -m tests.app.restricted run`."""

import ctypes
import os
import sys

_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2


def main() -> None:
    """Give up what lets root read and write every file, and become the program."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
            if libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "root cannot give up its rights here")
    os.execv(sys.executable, [sys.executable, "-m", "bot", *sys.argv[1:]])


if __name__ == "__main__":
    main()
