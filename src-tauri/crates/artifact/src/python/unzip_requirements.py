"""Unpacks the packages of this function beside it, once per environment, and puts them on the path.

A function imports this module before the packages it needs.
"""

import os
import shutil
import sys
import zipfile

_FOLDER = "/tmp/sls-py-req"


def _unpack():
    part = "%s-%d" % (_FOLDER, os.getpid())
    shutil.rmtree(part, ignore_errors=True)
    here = os.environ.get("LAMBDA_TASK_ROOT", os.path.dirname(os.path.abspath(__file__)))
    with zipfile.ZipFile(os.path.join(here, ".requirements.zip")) as archive:
        archive.extractall(part)
    os.rename(part, _FOLDER)


if not os.path.isdir(_FOLDER):
    _unpack()
sys.path.insert(1, _FOLDER)
