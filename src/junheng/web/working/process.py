"""One run in a process of its own, as its worker sees it."""

import json
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from junheng.web.models import Run


class Process:
    """The child with what it last said. `beaten_at` is kept by the loop."""

    def __init__(self, run: Run, job: dict[str, Any], folder: Path) -> None:
        self.run = run
        self.folder = folder
        self.permille = 0
        self.doing = "开始"
        self.receipt: dict[str, Any] | None = None
        self.refused = ""
        self.told: tuple[int, str] = (-1, "")
        self.beaten_at = 0.0
        told = json.dumps(job, ensure_ascii=False) + "\n"
        self._child = subprocess.Popen(
            [sys.executable, "-m", "junheng.web.working.child"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        assert self._child.stdin is not None
        # Left open: it is how the child knows that its worker lives.
        with suppress(BrokenPipeError):  # it ended at once; the loop sees that like any other end
            self._child.stdin.write(told)
            self._child.stdin.flush()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def ended(self) -> bool:
        """Whether the child has ended and everything it said has been heard."""
        return self._child.poll() is not None and not self._listener.is_alive()

    @property
    def complaint(self) -> str:
        """Why there is no receipt, in words for people."""
        if self.refused:
            return self.refused
        status = self._child.returncode
        if status is not None and status < 0:
            return (
                "测算的进程被系统结束（多半是内存不足），没有完成。请减少同时进行的测算后重新安排。"
            )
        return "测算的进程没有交出结果就结束了。请看执行日志。"

    def kill(self) -> None:
        """End the child at once and take its folder away."""
        self._child.kill()
        self._child.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _listen(self) -> None:
        assert self._child.stdout is not None
        for line in self._child.stdout:
            said = json.loads(line)
            self.permille = said.get("permille", self.permille)
            self.doing = said.get("doing", self.doing)
            self.receipt = said.get("receipt", self.receipt)
            if "refused" in said:
                self.refused = said["refused"]
            if "broken" in said:
                self.refused = (
                    f"程序出了错，已记入执行日志。请把这句话告诉系统管理员：{said['broken']}"
                )
