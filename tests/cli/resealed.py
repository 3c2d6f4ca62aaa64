"""What only the owner of a log can do with a bundle: change it and sign that."""
import base64
import hashlib
import subprocess
import tempfile
from pathlib import Path


def manifest_of(parts):
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(parts.items())
                   if name not in ("manifest.txt", "manifest.note")).encode()


def signed(text, key_file):
    """A signed note (c2sp.org/signed-note) by a key as the program keeps it."""
    _, _, name, key_id, key = Path(key_file).read_text("utf-8").strip().split("+", 4)
    der = bytes.fromhex("302e020100300506032b657004220420") + base64.b64decode(key)[1:]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "key").write_bytes(der)
        Path(folder, "text").write_bytes(text.encode())
        made = subprocess.run(["openssl", "pkeyutl", "-sign", "-keyform", "DER", "-inkey", "key", "-rawin", "-in", "text"],
                              cwd=folder, capture_output=True, check=True).stdout
    return f"{text}\n\u2014 {name} {base64.b64encode(bytes.fromhex(key_id) + made).decode()}\n".encode()


def resealed(parts, key_file, text=None):
    """The parts with a new manifest, signed; `text` in the place of what is signed else."""
    parts = {**parts, "manifest.txt": manifest_of(parts)}
    if text is None:
        lines = parts["manifest.note"].decode().split("\n\n")[0].split("\n")
        text = "\n".join([*lines[:-1], "manifest " + hashlib.sha256(parts["manifest.txt"]).hexdigest()]) + "\n"
    return {**parts, "manifest.note": signed(text, key_file)}
