"""Records what Alembic prints of generated projects: `python3 record_listings.py`.

Needs Debian's `python3-alembic`. Paths are recorded relative to the folder of the revisions.
"""

import gzip
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile

import alembic
from alembic import command
from alembic.config import Config

# Later Alembics load files by name; this one takes them as the system lists them.
list_folder = os.listdir
os.listdir = lambda *folder: sorted(list_folder(*folder))

# Projects whose order of history does not change with the hash seed of Python.
SEEDS = [2, 3, 5, 101, 102]

# Projects whose order does.
UNORDERED_SEEDS = [1, 4, 6]

WORDS = "add drop users orders index label check column table audit".split()


def revisions(seed, count=200):
    """Each `[id, parents, labels, dependencies, docstring or None]`, in an order in which parents come first."""
    rng = random.Random(seed)
    # The other projects are without dependencies, of which the order of history depends on the hash seed.
    dependent = 0.06 if seed < 100 else 0
    made, heads = [], []
    for number in range(count):
        rev = "%06x%02x" % (rng.randrange(16**6), number)
        kind = rng.random()
        if not made or kind < 0.02:
            parents = []
        elif kind < 0.16 and len(heads) > 1:
            parents = rng.sample(heads, min(len(heads), rng.choice([2, 2, 3])))
        elif kind < 0.32:
            parents = [rng.choice(made)[0]]
        else:
            parents = [rng.choice(heads)]
        labels = ["label%d_%s" % (number, word) for word in rng.sample(WORDS, rng.choice([1, 2]))] if rng.random() < 0.04 else []
        depends = []
        if rng.random() < dependent and len(made) > 3:
            depends = [other[0] for other in rng.sample(made, rng.choice([1, 1, 2])) if other[0] not in parents]
        message = " ".join(rng.sample(WORDS, rng.randrange(1, 4)))
        doc = rng.choice(
            [
                message,
                message + "\n\nRevision ID: %s\nRevises: %s\nCreate Date: 2024-01-02 03:04:05\n\n" % (rev, ", ".join(parents)),
                message + "\nand more\n\nRevision ID: %s\n" % rev,
                "\n" + message + "\n\n    indented\n\n",
                None,
            ]
        )
        made.append([rev, parents, labels, depends, doc])
        heads = [head for head in heads if head not in parents] + [rev]
    return made


def value(items):
    return repr(items[0]) if len(items) == 1 else repr(tuple(items)) if items else "None"


def write(folder, made):
    versions = os.path.join(folder, "versions")
    os.mkdir(versions)
    for rev, parents, labels, depends, doc in made:
        head = "" if doc is None else '"""%s"""\n' % doc
        text = "%sfrom alembic import op\n\nrevision = %r\ndown_revision = %s\nbranch_labels = %s\ndepends_on = %s\n" % (
            head,
            rev,
            value(parents),
            value(labels),
            value(depends),
        )
        with open(os.path.join(versions, rev + ".py"), "w") as file:
            file.write(text)


def in_order(text):
    """With what Alembic prints in the order of a Python set sorted, as alembic-ts sorts it."""

    def sort(match):
        return match.group(1) + ", ".join(sorted(match.group(2).split(", "))) + match.group(3)

    text = re.sub(r"(\()(label\d+_\w+(?:, label\d+_\w+)*)(\))", sort, text)
    text = re.sub(r"(?m)^(Branch names: |Branches into: )(.*)()$", sort, text)
    child = r"^ +-> .*\n(?:and more\n)?"
    return re.sub("(?m)(?:%s)+" % child, lambda match: "".join(sorted(re.findall("(?m)" + child, match.group(0)))), text)


def record(seed):
    made = revisions(seed)
    with tempfile.TemporaryDirectory() as folder:
        write(folder, made)

        def run(call, *args, **options):
            out = io.StringIO()
            config = Config(stdout=out)
            config.set_main_option("script_location", folder)
            call(config, *args, **options)
            return in_order(out.getvalue().replace(os.path.join(folder, "versions") + os.sep, ""))

        return {
            "seed": seed,
            "revisions": made,
            "history": run(command.history),
            "historyVerbose": run(command.history, verbose=True),
            "headsVerbose": run(command.heads, verbose=True),
            "branchesVerbose": run(command.branches, verbose=True),
            "branches": run(command.branches),
            "heads": run(command.heads),
            "show": run(command.show, made[100][0]),
        }


def history(seed):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, revisions(seed))
        out = io.StringIO()
        config = Config(stdout=out)
        config.set_main_option("script_location", folder)
        command.history(config)
        return in_order(out.getvalue())


def record_unordered(seed):
    """The histories that Alembic prints under 48 hash seeds of Python."""
    found = set()
    for hash_seed in range(48):
        environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed)}
        args = [sys.executable, os.path.abspath(__file__), str(seed)]
        found.add(subprocess.run(args, env=environment, check=True, capture_output=True, text=True).stdout)
    return {"seed": seed, "revisions": revisions(seed), "histories": sorted(found)}


if len(sys.argv) > 1:
    sys.stdout.write(history(int(sys.argv[1])))
    sys.exit()

recorded = {
    "alembic": alembic.__version__,
    "python": sys.version.split()[0],
    "projects": [record(seed) for seed in SEEDS],
    "unordered": [record_unordered(seed) for seed in UNORDERED_SEEDS],
}
target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "listings.json.gz")
with gzip.GzipFile(target, "wb", mtime=0) as file:
    file.write(json.dumps(recorded).encode())
