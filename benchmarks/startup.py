"""How long a command takes to start, in seconds and as a multiple of bare Python: best of seven.

python benchmarks/startup.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ARTICLES = Path(__file__).parents[1] / "data" / "articles"


def best(command: list[str], times: int = 7) -> float:
    """The shortest of several runs, in seconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        taken.append(time.perf_counter() - begun)
    return min(taken)


def main() -> None:
    program = [sys.executable, "-m", "timeline"]
    with tempfile.TemporaryDirectory() as folder:
        db = str(Path(folder) / "t.db")
        subprocess.run([*program, "import", str(ARTICLES), "--db", db], capture_output=True, check=True)
        bare = best([sys.executable, "-c", "pass"])
        commands = {
            "--help": ["--help"],
            "dates": ["dates", str(ARTICLES / "14-visit-2025.txt")],
            "show --country": ["show", "--country", "Myanmar", "--db", db],
            "show --person": ["show", "--person", "Min Aung Hlaing", "--db", db],
        }
        for name, arguments in commands.items():
            seconds = best([*program, *arguments])
            print(
                json.dumps(
                    {"command": name, "seconds": round(seconds, 2), "times_bare_python": round(seconds / bare, 1)}
                )
            )


if __name__ == "__main__":
    main()
