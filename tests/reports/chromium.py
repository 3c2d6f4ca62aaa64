"""Chromium driven over its own pipe (--remote-debugging-pipe): no port, no driver, no library.

with Chromium(directory) as browser:
    browser.open("file:///…"); browser.evaluate("document.title")
"""

import json
import os
import select
import subprocess
import time

FLAGS = ["chromium", "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync",
         "--disable-component-update", "--disable-extensions", "--disable-dev-shm-usage", "--hide-scrollbars",
         "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-pipe"]
PATIENCE = 60  # seconds for an answer


class Chromium:
    def __init__(self, directory):
        to_read, self.to = os.pipe()
        self.from_, from_write = os.pipe()
        flags = FLAGS + [f"--user-data-dir={directory}/profile"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
        # The browser reads commands from descriptor 3 and writes answers to 4. Ours may be 3 or 4: by way of high ones.
        script = f'exec 13<&{to_read} 14>&{from_write} && exec 3<&13 4>&14 13<&- 14>&- && exec "$@"'
        self.process = subprocess.Popen(["/bin/bash", "-c", script, "-"] + flags, pass_fds=(to_read, from_write),
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.buffer, self.number, self.session, self.events = b"", 0, None, []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(domain + ".enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.session = None
        try:
            self.send("Browser.close")
            self.process.wait(20)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        os.close(self.to)
        os.close(self.from_)

    def send(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        return self.number

    def next_message(self):
        deadline = time.monotonic() + PATIENCE
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.from_], [], [], max(0, deadline - time.monotonic()))
            data = os.read(self.from_, 1 << 20) if ready else b""
            if not data:
                raise RuntimeError("Chromium does not answer")
            self.buffer += data
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def ask(self, method, **parameters):
        number = self.send(method, **parameters)
        while True:
            message = self.next_message()
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            if "method" in message:
                self.events.append(message)

    def wait_for(self, method):
        while not any(event["method"] == method for event in self.events):
            self.events.append(self.next_message())

    def open(self, address):
        self.events = []
        self.ask("Page.navigate", url=address)
        self.wait_for("Page.loadEventFired")

    def evaluate(self, expression):
        """The value, by JSON, of an expression in the page; a promise is awaited."""
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(json.dumps(result["exceptionDetails"])[:2000])
        return result["result"].get("value")

    def said(self):
        """What the page said to the console or did wrong, policy violations among it."""
        return [event for event in self.events
                if event["method"] in ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")]

    def requests(self):
        """Addresses that were asked for, the page's own among them."""
        return [event["params"]["request"]["url"] for event in self.events
                if event["method"] == "Network.requestWillBeSent"]

    def screen(self, width, height, dark=False, media="", mobile=False):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)
        self.ask("Emulation.setEmulatedMedia", media=media,
                 features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def picture(self, whole=False):
        return self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
