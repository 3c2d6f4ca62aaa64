"""A bundle to play with, from a lab that was looked at and a person who saw something; what the verifier within it and the program say of it."""
import json
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

from resealed import resealed

FINDING = "miit-2021-unblock:taobao:wechat/moments"


class BundleCase(unittest.TestCase):
    program = ""  # set by who runs the tests

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="linkaudit-bundle-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.directory = Path(cls.scratch.name)
        cls.lab = subprocess.Popen([cls.program, "lab", "--out", "lab"], cwd=cls.directory, stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(cls.stop_lab)
        assert "linkaudit.yaml" in cls.lab.stdout.readline()
        cls.run_program("run", "--all", "--platform", "taobao", "--context", "wechat/moments")
        (cls.directory / "seen.png").write_bytes(b"\x89PNG\r\n\x1a\n picture")
        cls.run_program("attest", "taobao/item", "wechat/moments", "--outcome", "blocked", "--observer", "desk",
                        "--screenshot", "seen.png", check=True)
        cls.run_program("ledger", "bundle", "--finding", FINDING, "-o", "case.zip", check=True)
        cls.good = cls.read(cls.directory / "case.zip")
        (cls.directory / "key.pub").write_text(cls.run_program("ledger", "checkpoint", "--public-key", check=True).stdout)
        (cls.directory / "verify.py").write_bytes(cls.good["verify.py"])  # as its owner has it

    @classmethod
    def stop_lab(cls):
        cls.lab.terminate()
        cls.lab.wait()
        cls.lab.stdout.close()

    @classmethod
    def run_program(cls, *arguments, check=False):
        ran = subprocess.run([cls.program, "--catalog", "lab/linkaudit.yaml", "--db", "d.db", *arguments], cwd=cls.directory,
                             capture_output=True, text=True)
        if check and ran.returncode != 0:
            raise AssertionError(ran.stderr)
        return ran

    @staticmethod
    def read(path):
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def sealed(self, parts, text=None):
        return resealed(parts, self.directory / "d.db.key", text)

    def write(self, parts):
        with zipfile.ZipFile(self.directory / "other.zip", "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)

    def verdicts(self, name="other.zip", key="key.pub"):
        """Of the bundle's verifier and of the program: (exit code, what they say)."""
        keys = ["--public-key", key] if key else []
        own = subprocess.run([sys.executable, "-I", "verify.py", *keys, name], cwd=self.directory, capture_output=True, text=True)
        self.assertEqual(own.stderr, "")
        ours = self.run_program("ledger", "verify", "--bundle", name, *keys)
        self.assertEqual(ours.stderr, "")
        return (own.returncode, own.stdout), (ours.returncode, ours.stdout)

    def assert_refused(self, parts, why):
        self.write(parts)
        (own_code, own), (our_code, ours) = self.verdicts()
        self.assertEqual((own_code, our_code), (1, 5), own + ours)
        self.assertIn(why, own)
        self.assertIn(why, ours)
        self.assertEqual((own.count("\n"), ours.count("\n")), (1, 1))

    def json(self, name, **changes):
        return {**json.loads(self.good[name]), **changes}

    def finding(self, **changes):
        """finding.json with other members of the finding."""
        document = json.loads(self.good["finding.json"])
        return {"finding.json": json.dumps({**document, "finding": {**document["finding"], **changes}}).encode()}

    def entry(self, **wanted):
        for name, data in self.good.items():
            if name.startswith("entries/") and wanted.items() <= json.loads(data).items():
                return name
        self.fail(f"no entry {wanted}")
