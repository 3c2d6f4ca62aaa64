"""A log in a folder of its own, and copies of it that were changed by hand."""
import base64
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = os.path.abspath(sys.argv[1])
PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")


class Tampered:
    """Beside unittest.TestCase: setUpClass() makes the folder, with the catalog, and fills its log."""

    @classmethod
    def begin(cls, catalog):
        cls.scratch = tempfile.TemporaryDirectory(prefix="linkaudit-tamper-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.directory = Path(cls.scratch.name)
        (cls.directory / "linkaudit.yaml").write_text(catalog, encoding="utf-8")
        (cls.directory / "p.png").write_bytes(PICTURE)

    @classmethod
    def program(cls, *arguments):
        return subprocess.run([PROGRAM, *arguments], cwd=cls.directory, capture_output=True, text=True, check=False)

    @classmethod
    def must(cls, *arguments):
        ran = cls.program(*arguments)
        assert ran.returncode in (0, 4), (arguments, ran.stderr)
        return ran.stdout

    @classmethod
    def rows(cls, sql, name="linkaudit.db"):
        database = sqlite3.connect(cls.directory / name)
        found = database.execute(sql).fetchall()
        database.close()
        return found

    def tampered(self, sql, source="linkaudit.db", name="tampered.db"):
        """A copy of the database, changed; without the file of checkpoints, so that the database alone must tell."""
        for left in self.directory.glob(name + "*"):
            left.unlink()
        with sqlite3.connect(self.directory / source) as whole, sqlite3.connect(self.directory / name) as copy:
            whole.backup(copy)
            triggers = copy.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            copy.executescript(";".join([f"DROP TRIGGER {trigger}" for trigger, _ in triggers] + [sql]))
            for _, trigger in triggers:
                copy.execute(trigger)
        whole.close()
        copy.close()
        shutil.copy(self.directory / (source + ".key.pub"), self.directory / (name + ".key.pub"))
        return name
