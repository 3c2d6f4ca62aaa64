"""nginx on loopback, serving the pages of pages.py behind two redirects: /a/N -> /b/N -> /p/N.html."""

import contextlib
import socket
import subprocess
import time

CONFIG = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
worker_rlimit_nofile 20000;
events {{ worker_connections 8000; }}
http {{
  access_log off;
  default_type text/html;
  charset utf-8;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  open_file_cache max=20000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    {tls}
    root {folder};
    location ~ ^/a/([0-9]+)$ {{ return 302 $scheme://$http_host/b/$1; }}
    location ~ ^/b/([0-9]+)$ {{ return 302 $scheme://$http_host/p/$1.html; }}
  }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _certificate(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=shop.example", "-addext", "subjectAltName=DNS:*.shop.example",
                    "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"], check=True, capture_output=True)
    return (f"ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem; "
            "ssl_protocols TLSv1.2 TLSv1.3; ssl_session_tickets off; ssl_session_cache off;")


@contextlib.contextmanager
def serving(folder, tls=False):
    """Yields the port; the certificate, when TLS is asked for, is folder/cert.pem."""
    port = free_port()
    secure = _certificate(folder) if tls else ""
    config = folder / "nginx.conf"
    text = CONFIG.format(folder=folder, port=port, tls=secure)
    config.write_text(text.replace(f"127.0.0.1:{port};", f"127.0.0.1:{port} ssl;") if tls else text)
    server = subprocess.Popen(["/usr/sbin/nginx", "-c", str(config), "-p", str(folder)], stderr=subprocess.DEVNULL)
    try:
        _wait_until_open(port, server)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait_until_open(port, server):
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.01)
    raise SystemExit("nginx does not start; its words are in error.log")
