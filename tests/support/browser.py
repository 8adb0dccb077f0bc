# Copyright: (c) 2026, the alianza.sip_trunking authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A headless Chromium that opens pages, driven over two pipes with the DevTools protocol."""

from __future__ import annotations

import base64
import fcntl
import itertools
import json
import os
import shutil
import subprocess

PROGRAM = "chromium"


def program():
    """Return the path of Chromium, None if it is not installed."""
    return shutil.which(PROGRAM)


class Browser:
    """A browser with one page.

    Args:
        folder: a scratch folder for its profile.
    """

    def __init__(self, folder):
        self._numbers = itertools.count(1)
        self._events, self._buffer = [], b""
        ours, theirs = os.pipe(), os.pipe()
        # Chromium reads commands from descriptor 3 and writes answers to 4.
        high = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 10) for descriptor in (ours[0], theirs[1])]
        self._process = subprocess.Popen(
            [
                program(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--remote-debugging-pipe",
                "--user-data-dir=%s" % folder,
                "about:blank",
            ],
            pass_fds=(3, 4),
            preexec_fn=lambda: [os.dup2(descriptor, place) for descriptor, place in zip(high, (3, 4))],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for descriptor in (*high, ours[0], theirs[1]):
            os.close(descriptor)
        self._write, self._read = ours[1], theirs[0]
        self._session = None
        (target,) = [each for each in self._call("Target.getTargets")["targetInfos"] if each["type"] == "page"]
        attached = self._call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self._call(domain + ".enable")

    def close(self):
        """End the browser."""
        self._session = None
        self._call("Browser.close")
        self._process.wait(30)
        os.close(self._write)
        os.close(self._read)

    def open(self, path, width=1280, dark=False, media="", script=True, fragment=""):
        """Open a file.

        Args:
            path: the file.
            width: of the window, in CSS pixels.
            dark: whether the reader prefers dark colours.
            media: "print" for the page as it is printed.
            script: whether scripts run.
            fragment: the target within the page.
        """
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self._call("Emulation.setScriptExecutionDisabled", value=not script)
        self._call("Page.navigate", url="about:blank")
        self._until("Page.loadEventFired")
        self._events.clear()
        self._call("Page.navigate", url=path.resolve().as_uri() + ("#" + fragment if fragment else ""))
        self._until("Page.loadEventFired")

    def allow_scripts(self):
        """Let scripts run again that were disabled when the page was opened, so that the page can be asked; its own do not start."""
        self._call("Emulation.setScriptExecutionDisabled", value=False)

    def run(self, expression):
        """Return the value of an expression in the page; a promise is waited for."""
        given = self._call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in given, given
        return given["result"].get("value")

    def complaints(self):
        """Return what the browser logged since the page was opened: violations of its policy, and errors of its script."""
        kinds = ("Log.entryAdded", "Runtime.exceptionThrown")
        return [event["params"] for event in self._events if event["method"] in kinds]

    def pdf(self):
        """Return the page as it is printed on A4."""
        given = self._call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69, preferCSSPageSize=True)
        return base64.b64decode(given["data"])

    def screenshot(self, whole=True):
        """Return a picture of the page as PNG."""
        return base64.b64decode(self._call("Page.captureScreenshot", captureBeyondViewport=whole)["data"])

    def _call(self, method, **params):
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == number:
                assert "error" not in answer, (method, answer)
                return answer["result"]
            self._events.append(answer)

    def _until(self, method):
        while not any(event.get("method") == method for event in self._events):
            self._events.append(self._next())
        self._events = [event for event in self._events if event.get("method") != method]

    def _next(self):
        while b"\0" not in self._buffer:
            chunk = os.read(self._read, 1 << 20)
            assert chunk, "the browser ended"
            self._buffer += chunk
        message, dummy, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)
