#!/usr/bin/python3
"""Records what Alembic makes of convert/versions: convert/upgrade.sql and convert/downgrade.sql.

Needs Debian's python3-alembic (recorded with Alembic 1.8.1, SQLAlchemy 1.4.46). In a script, SQLAlchemy doubles each
percent sign for a driver that is not there; here they are single again.
"""
import os
import subprocess
import tempfile

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "convert")
ENV = """from alembic import context
context.configure(dialect_name="postgresql", literal_binds=True)
with context.begin_transaction():
    context.run_migrations()
"""

with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "alembic.ini"), "w") as ini:
        ini.write(f"[alembic]\nscript_location = {folder}\nversion_locations = {here}/versions\n")
    with open(os.path.join(folder, "env.py"), "w") as env:
        env.write(ENV)
    for name, args in {"upgrade": ["upgrade", "head"], "downgrade": ["downgrade", "head:base"]}.items():
        command = ["/usr/bin/alembic", "-c", os.path.join(folder, "alembic.ini"), *args, "--sql"]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        sql = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
        with open(os.path.join(here, f"{name}.sql"), "w") as file:
            file.write(sql.replace("%%", "%"))
