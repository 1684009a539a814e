"""Makes a few small wheels in a folder: what the tests of Python packages fetch."""

import base64
import hashlib
import os
import sys
import zipfile


def wheel(name, version, files, requires=(), scripts=(), tag="py3-none-any"):
    info = f"{name}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {one}\n" for one in requires)
    files = dict(files)
    files[f"{info}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: {version}\n{needs}"
    )
    files[f"{info}/WHEEL"] = (
        f"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: {tag}\n"
    )
    if scripts:
        lines = "".join(f"{one}\n" for one in scripts)
        files[f"{info}/entry_points.txt"] = f"[console_scripts]\n{lines}"
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(text.encode())}\n"
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n"
    with zipfile.ZipFile(os.path.join(FOLDER, f"{name}-{version}-{tag}.whl"), "w") as archive:
        for path, text in files.items():
            # One time for all, so that a wheel made again has the same digest.
            archive.writestr(zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0)), text)


FOLDER = sys.argv[1]
os.makedirs(FOLDER, exist_ok=True)
wheel(
    "alpha",
    "1.0",
    {
        "alpha/__init__.py": "import beta\nvalue = 'alpha of ' + beta.value\n",
        "alpha/data/x.txt": "x\n",
        "alpha/tests/test_a.py": "",
    },
    ["beta>=1", "gamma; python_version < '3'"],
    ["alpha-run = alpha:main"],
)
wheel("beta", "1.0", {"beta.py": "value = 'beta 1'\n"})
wheel("beta", "2.0", {"beta.py": "value = 'beta 2'\n"})
wheel(
    "some_thing",
    "0.1",
    {"some_thing/__init__.py": "", "some_thing/native.so": "ELF\n"},
    tag="cp311-cp311-manylinux2014_x86_64",
)
