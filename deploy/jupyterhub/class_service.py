"""The class as a service of the hub: students fetch their own handout and hand in.

It runs as the account that owns the class folder, which no student can read. Who asks is what the
hub says of the token that came with the request.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jupyterhub.services.auth import HubAuthenticated
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler, authenticated

from pmkit.model.errors import PmkitError
from pmkit.teach.attempts import MOST_ATTEMPTS
from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.receiving import MOST_NOTEBOOK, packed_for, student_of, take_in

log = logging.getLogger("pmkit.class")


class OfStudent(HubAuthenticated, RequestHandler):
    """A request of somebody whom the hub knows."""

    def initialize(self, folder: Path) -> None:
        # Made anew for each request: a roster may have changed, and so may what is handed out.
        self.course = ClassFolder(folder)

    def check_xsrf_cookie(self) -> None:
        """A token in the header is asked for, which no other page can send."""

    def get_login_url(self) -> str:
        self.tell(403, "class: must be asked with the token of a server of the hub, got none")
        return ""

    def get_current_user(self) -> Any:
        # Cookies are not looked at: only programs ask here, and no page may ask in a user's name.
        if not self.request.headers.get("Authorization"):
            return None
        return super().get_current_user()

    def prepare(self) -> None:
        if self.current_user is None:
            self.tell(403, "class: must be asked with the token of a server of the hub, got none")

    def tell(self, status: int, problem: str) -> None:
        self.set_status(status)
        self.finish({"problem": problem})

    def student(self) -> str:
        return student_of(self.course, self.current_user["name"])

    def write_error(self, status_code: int, **_: Any) -> None:
        self.finish({"problem": f"class: must answer, got {status_code}; nothing is lost, "
                                "tell your teacher"})  # fmt: skip


class Out(OfStudent):
    """What is handed out to the one who asks."""

    @authenticated
    def get(self) -> None:
        try:
            packed = packed_for(self.course, self.student())
        except PmkitError as error:
            return self.tell(404, str(error))
        self.set_header("Content-Type", "application/zip")
        self.set_header("Cache-Control", "no-store")
        self.finish(packed)


class In(OfStudent):
    """What the one who asks hands in."""

    @authenticated
    def post(self, exercise: str) -> None:
        try:
            told = json.loads(self.request.body)
            notebook, attempts = told["notebook"], told["attempts"]
            if not (isinstance(notebook, str) and isinstance(attempts, str)):
                raise TypeError
        except (ValueError, KeyError, TypeError, RecursionError):
            return self.tell(400, "hand in: must be a notebook and a log, got something else")
        try:
            student = self.student()
            now = datetime.now(UTC)
            receipt = take_in(self.course, student, exercise, notebook, attempts, now)
        except PmkitError as error:
            return self.tell(400, str(error))
        log.info("%s handed in %s, receipt %s", student, exercise, receipt.digest)
        self.finish(vars(receipt))


async def main(folder: Path) -> None:
    os.umask(0o077)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    prefix = os.environ["JUPYTERHUB_SERVICE_PREFIX"].rstrip("/")
    address = urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"])
    told = {"folder": folder}
    application = Application([
        (rf"{prefix}/out", Out, told),
        (rf"{prefix}/in/([A-Za-z0-9._-]+)", In, told),
    ])  # fmt: skip
    # Text grows where json writes it, at most to six characters for one.
    server = HTTPServer(application, max_body_size=2 * (MOST_NOTEBOOK + MOST_ATTEMPTS))
    server.listen(address.port, os.environ.get("PMKIT_CLASS_LISTENS", address.hostname))
    await asyncio.Event().wait()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(main(Path(sys.argv[1])))
