"""Records what Alembic reads in Python revision files: `python3 record_headers.py > headers.json`.

Needs Debian's `python3-alembic`. Each case is one file in a folder of its own.
"""

import base64
import json
import os
import sys
import tempfile

import alembic
from alembic.config import Config
from alembic.script import ScriptDirectory

HEAD = '"""Add users\n\nRevision ID: a1\nRevises: b1\nCreate Date: 2024-01-02 03:04:05\n\n"""\n'
TAIL = "\n\ndef upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n"


def plain(revision="revision = 'a1'", down="down_revision = 'b1'", *more):
    return HEAD + "\n".join([revision, down, *more]) + TAIL


CASES = {
    # Alembic's templates, old and new.
    "generic 1.8": HEAD + "from alembic import op\nimport sqlalchemy as sa\n\n\n# revision identifiers, used by Alembic.\n"
    "revision = 'a1'\ndown_revision = 'b1'\nbranch_labels = None\ndepends_on = None\n" + TAIL,
    "generic 1.13": HEAD + "from typing import Sequence, Union\n\nfrom alembic import op\nimport sqlalchemy as sa\n\n\n"
    "# revision identifiers, used by Alembic.\nrevision: str = 'a1'\ndown_revision: Union[str, None] = 'b1'\n"
    "branch_labels: Union[str, Sequence[str], None] = None\ndepends_on: Union[str, Sequence[str], None] = None\n" + TAIL,
    "black": plain('revision = "a1"', 'down_revision = "b1"', "branch_labels = None", "depends_on = None"),
    "before 0.7": HEAD + "\n# revision identifiers, used by Alembic.\nrevision = 'a1'\ndown_revision = 'b1'\n" + TAIL,
    "merge": plain(down="down_revision = ('b1', 'c1')"),
    "merge of three": plain(down="down_revision = ('b1', 'c1', 'd1')"),
    "modern union": plain("revision: str = 'a1'", "down_revision: str | Sequence[str] | None = 'b1'").replace(
        HEAD, HEAD + "from __future__ import annotations\nfrom collections.abc import Sequence\n"
    ),
    "base": plain(down="down_revision = None"),
    "labels": plain("revision = 'a1'", "down_revision = None", "branch_labels = ('one', 'two')", "depends_on = 'x1'"),
    "label as a string": plain("revision = 'a1'", "down_revision = None", "branch_labels = 'one'"),
    "label as a list": plain("revision = 'a1'", "down_revision = None", "branch_labels = ['one']"),
    "label as a set": plain("revision = 'a1'", "down_revision = None", "branch_labels = {'one'}"),
    "dependencies as a list": plain("revision = 'a1'", "down_revision = None", "depends_on = ['x1', 'y1']"),
    # Quotes and escapes.
    "double quotes": plain('revision = "a1"', 'down_revision = "b1"'),
    "triple quotes": plain('revision = """a1"""', "down_revision = '''b1'''"),
    "raw": plain("revision = r'a1'", "down_revision = R'b1'"),
    "unicode prefix": plain("revision = u'a1'", "down_revision = U'b1'"),
    "f-string without places": plain("revision = f'a1'"),
    "f-string with a name": plain("n = 'a'\nrevision = f'{n}1'"),
    "f-string with a number": plain("n = 1\nrevision = f'a{n}'"),
    "f-string with braces": plain("revision = f'a{{1}}'"),
    "hex escape": plain("revision = '\\x611'"),
    "octal escape": plain("revision = '\\1411'"),
    "unicode escape": plain("revision = '\\u00e4'"),
    "escaped quote": plain("revision = 'a\\'1'"),
    "unknown escape": plain("revision = 'a\\d1'"),
    "line continued in a string": plain("revision = 'a\\\n1'"),
    # Joined.
    "adjacent": plain("revision = 'a' '1'"),
    "adjacent in brackets": plain("revision = (\n    'a'  # one\n    '1'\n)"),
    "plus": plain("revision = 'a' + '1'"),
    "plus with a name": plain("prefix = 'a'\nrevision = prefix + '1'"),
    "tuples added": plain(down="down_revision = ('b1',) + ('c1',)"),
    "percent": plain("revision = 'a%s' % '1'"),
    "percent of a tuple": plain("revision = '%s%s' % ('a', 1)"),
    "join": plain("revision = ''.join(['a', '1'])"),
    "lower": plain("revision = 'A1'.lower()"),
    "str of a number": plain("revision = str(11)"),
    "conditional": plain("revision = 'a1' if True else 'z'"),
    "or": plain(down="down_revision = None or 'b1'"),
    "starred": plain("parents = ['b1']\nrevision = 'a1'", "down_revision = (*parents, 'c1')"),
    "index": plain("ids = ['a1', 'b1']\nrevision = ids[0]", "down_revision = ids[-1]"),
    "tuple()": plain(down="down_revision = tuple(['b1', 'c1'])"),
    "list()": plain("revision = 'a1'", "down_revision = 'b1'", "depends_on = list(('x1',))"),
    # Order.
    "assigned twice": plain("revision = 'z'\nrevision = 'a1'"),
    "depends_on twice": plain("revision = 'a1'", "down_revision = 'b1'", "depends_on = None", "depends_on = None"),
    "depends_on later": plain("revision = 'a1'", "down_revision = 'b1'", "depends_on = None") + "\n\ndepends_on = 'x1'\n",
    "update": plain("revision = 'a'\nrevision += '1'"),
    "update of a tuple": plain(down="down_revision = ('b1',)\ndown_revision += ('c1',)"),
    "update of a list": plain("revision = 'a1'", "down_revision = ['b1']\ndown_revision += ['c1']"),
    "append": plain("revision = 'a1'", "down_revision = ['b1']\ndown_revision.append('c1')"),
    "deleted": plain("revision = 'a1'", "down_revision = 'b1'", "branch_labels = 'one'", "del branch_labels"),
    "deleted and given again": plain("revision = 'z'\ndel revision\nrevision = 'a1'"),
    "unpacked": plain("revision, down_revision = 'a1', 'b1'", ""),
    "unpacked of a tuple": plain("ids = ('a1', 'b1')\nrevision, down_revision = ids", ""),
    "unpacked in brackets": plain("(revision, down_revision) = ('a1', 'b1')", ""),
    "chained": plain("revision = identifier = 'a1'"),
    "both None": plain("revision = 'a1'", "down_revision = branch_labels = depends_on = None"),
    "one line": plain("revision = 'a1'; down_revision = 'b1'; depends_on = None", ""),
    "backslash": plain("revision = \\\n    'a1'"),
    "name of the same file": plain("ID = 'a1'\nrevision = ID"),
    "name of a name": plain("ID = 'a1'\nOTHER = ID\nrevision = OTHER"),
    "parents by name": plain("revision = 'a1'", "PARENTS = ('b1', 'c1')\ndown_revision = PARENTS"),
    "class attribute": plain("class Ids:\n    own = 'a1'\n\nrevision = Ids.own"),
    "annotation alone before": plain("revision: str\nrevision = 'a1'"),
    "walrus": plain("revision = (own := 'a1')"),
    # Blocks.
    "if True": plain("if True:\n    revision = 'a1'\nelse:\n    revision = 'z'"),
    "if not": plain("revision = 'a1'\nif not True:\n    revision = 'z'"),
    "if main": plain() + "\nif __name__ == '__main__':\n    revision = 'z'\n",
    "type checking": HEAD + "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    revision = 'z'\n"
    + "revision = 'a1'\ndown_revision = 'b1'\n" + TAIL,
    "try": plain("try:\n    revision = 'a1'\nexcept ImportError:\n    raise"),
    "with": plain("import contextlib\nwith contextlib.suppress(Exception):\n    revision = 'a1'"),
    "within a function": plain() + "\n\ndef other():\n    revision = 'z'\n    down_revision = 'y'\n    return revision\n",
    "within a string": plain() + '\n\nTEXT = """\nrevision = \'z\'\n"""\n',
    "within a comment": plain() + "\n# revision = 'z'\n",
    "compared": plain() + "\nassert revision == 'a1'\n",
    # Values that are nothing.
    "empty parent": plain(down="down_revision = ''"),
    "empty tuple": plain(down="down_revision = ()"),
    "empty list": plain(down="down_revision = []"),
    "tuple of one": plain(down="down_revision = ('b1',)"),
    "brackets alone": plain(down="down_revision = ('b1')"),
    "tuple of None": plain(down="down_revision = (None,)"),
    "bare tuple": plain(down="down_revision = 'b1', 'c1'"),
    "bare tuple of one": plain(down="down_revision = 'b1',"),
    "empty labels": plain("revision = 'a1'", "down_revision = None", "branch_labels = ()"),
    "empty dependencies": plain("revision = 'a1'", "down_revision = None", "depends_on = []"),
    "lines": plain(down="down_revision = (\n    'b1',  # one\n\n    # two\n    'c1',\n)"),
    # Docstrings.
    "no docstring": "revision = 'a1'\ndown_revision = None\n" + TAIL,
    "one line docstring": "'''Add users'''\nrevision = 'a1'\ndown_revision = None\n" + TAIL,
    "docstring after a comment": "# Copyright\n\n" + plain(),
    "docstring of two literals": "'Add ' 'users'\nrevision = 'a1'\ndown_revision = None\n" + TAIL,
    "docstring of two lines": '"""Add users\nand roles\n\nRevision ID: a1\n"""\nrevision = \'a1\'\ndown_revision = None\n' + TAIL,
    "docstring that starts on the next line": '"""\nAdd users\n\nRevision ID: a1\n"""\nrevision = \'a1\'\ndown_revision = None\n' + TAIL,
    "docstring of ids alone": '"""\nRevision ID: a1\nRevises: b1\n"""\nrevision = \'a1\'\ndown_revision = None\n' + TAIL,
    "raw docstring": 'r"""Match \\d+\n\nRevision ID: a1\n"""\nrevision = \'a1\'\ndown_revision = None\n' + TAIL,
    "escape in the docstring": '"""Say \\"hi\\" \\u00e4\n\nRevision ID: a1\n"""\nrevision = \'a1\'\ndown_revision = None\n' + TAIL,
    "empty docstring": '""""""\nrevision = \'a1\'\ndown_revision = None\n' + TAIL,
    "docstring after code": "import os\n'''Add users'''\nrevision = 'a1'\ndown_revision = None\n" + TAIL,
    "f-string docstring": "f'''Add users'''\nrevision = 'a1'\ndown_revision = None\n" + TAIL,
    "indented docstring": '"""\n    Add users\n\n    More\n"""\nrevision = \'a1\'\ndown_revision = None\n' + TAIL,
    "blanks between paragraphs": '"""Add users\n \nMore\n"""\nrevision = \'a1\'\ndown_revision = None\n' + TAIL,
    # Ends of lines, marks and encodings.
    "CRLF": plain().replace("\n", "\r\n"),
    "CR": plain().replace("\n", "\r"),
    "byte order mark": "\ufeff" + plain(),
    "utf-8 line": "# -*- coding: utf-8 -*-\n" + plain().replace("users", "Prüfung"),
    "latin-1": ("# -*- coding: latin-1 -*-\n" + plain().replace("users", "Prüfung")).encode("latin-1"),
    "iso-8859-15": ("#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\n" + plain().replace("users", "5 €")).encode("iso-8859-15"),
    "cp1252": ("# coding=cp1252\n" + plain().replace("users", "“x”")).encode("cp1252"),
    "no end of line": plain().rstrip("\n"),
    "tabs": plain().replace("    ", "\t"),
    "form feed": HEAD + "\f\nrevision = 'a1'\ndown_revision = 'b1'\n" + TAIL,
    # Names of files.
    "legacy name": ("ab12.py", HEAD + "down_revision = 'b1'\n" + TAIL),
    "hidden name": (".users.py", plain()),
    "name with a dot": ("a1.users.py", plain()),
    # What fails in Alembic.
    "no revision": HEAD + "down_revision = 'b1'\n" + TAIL,
    "no down_revision": HEAD + "revision = 'a1'\n" + TAIL,
    "only read": HEAD + "print(revision)\n",
    "not closed": "revision = 'a1\ndown_revision = None\n",
    "latin-1 undeclared": plain().replace("users", "Prüfung").encode("latin-1"),
}


def read(name, case):
    file_name, text = case if isinstance(case, tuple) else ("a1_users.py", case)
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    record = {"name": name, "file": file_name}
    if isinstance(text, bytes):
        record["base64"] = base64.b64encode(data).decode()
    else:
        record["text"] = text
    with tempfile.TemporaryDirectory() as folder:
        versions = os.path.join(folder, "versions")
        os.mkdir(versions)
        with open(os.path.join(versions, file_name), "wb") as file:
            file.write(data)
        config = Config()
        config.set_main_option("script_location", folder)
        try:
            (script,) = ScriptDirectory.from_config(config)._load_revisions()
        except BaseException as error:
            record["fails"] = type(error).__name__
            return record
        record["header"] = {
            "revision": script.revision,
            "downRevision": list(script._versioned_down_revisions),
            "branchLabels": sorted(script._orig_branch_labels),
            "dependsOn": list(alembic.util.to_tuple(script.dependencies, default=())),
            "doc": script.longdoc,
            "summary": script.doc,
        }
    return record


json.dump(
    {"alembic": alembic.__version__, "python": sys.version.split()[0], "cases": [read(*case) for case in CASES.items()]},
    sys.stdout,
    indent=1,
    ensure_ascii=True,
)
print()
