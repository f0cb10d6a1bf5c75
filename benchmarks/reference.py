"""What the reference tables cost: CPU milliseconds (best of five) and memory (MB) of first calls, each in a new Python.

python benchmarks/reference.py
"""

from __future__ import annotations

import json
import subprocess
import sys

HEAD = """\
import time
from datetime import date
from timeline.reference import countries, organisations, people, places, regions
def memory():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
held, begun = memory(), time.process_time()
{}
print((time.process_time() - begun) * 1000, memory() - held)
"""
CALLS = {
    "countries.lookup": "countries.lookup('Myanmar')",
    "countries.find": "countries.find('Myanmar')",
    "people.lookup": "people.lookup('Min Aung Hlaing')",
    "people.holders": "people.holders('MMR', 'head_of_state', date(2020, 1, 1))",
    "people.find": "people.find('Min Aung Hlaing')",
    "people.having": "people.having('Macron')",
    "organisations.lookup": "organisations.lookup('United Nations')",
    "organisations.find": "organisations.find('United Nations')",
    "places.lookup": "places.lookup('Naypyidaw')",
    "places.find": "places.find('Naypyidaw')",
    "regions.lookup": "regions.lookup('Illinois', beside=True), regions.lookup('Helmand', beside=True)",
}
IMPORT = ("countries.lookup", "people.lookup", "people.holders", "people.having", "organisations.lookup")
NEEDS = {
    "an import": (*IMPORT, "places.lookup", "regions.lookup"),
    "show": ("countries.find", "people.find", "places.find", "regions.lookup"),
}


def cost(code: str, times: int = 5) -> tuple[float, float]:
    """CPU milliseconds and megabytes of code, the least of several runs."""
    runs = []
    for _ in range(times):
        done = subprocess.run([sys.executable, "-c", HEAD.format(code)], capture_output=True, text=True, check=True)
        runs.append([float(figure) for figure in done.stdout.split()])
    return min(run[0] for run in runs), min(run[1] for run in runs)


def main() -> None:
    needed = {f"all of {name}": "\n".join(CALLS[call] for call in calls) for name, calls in NEEDS.items()}
    for name, code in (needed | CALLS).items():
        milliseconds, megabytes = cost(code)
        print(json.dumps({"first call": name, "cpu_ms": round(milliseconds, 1), "mb": round(megabytes, 1)}))


if __name__ == "__main__":
    main()
