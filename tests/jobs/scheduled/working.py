"""What a child process does with the jobs of a store: what is due, until nothing is. It prints a line for each run that
it was given, and for each that it has done; where it counts, it holds the first until a line is written to it.

python -m tests.jobs.scheduled.working URL LEASE import|count
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta

from tests.store.test_order import ACTORS, PLACES, extraction
from timeline.jobs.importing import Tally
from timeline.jobs.listening import Listener
from timeline.jobs.scheduled import daemon, running
from timeline.model import Claim, Extraction, Job, Modality
from timeline.store import Outcome, open_store
from timeline.store.store import Store

ARTICLES = 2  # of a job
PAUSE = 0.01  # seconds after each article, in which it may be killed


def story(job: str, number: int) -> Extraction:
    """An article of a job; all jobs tell of the same few happenings."""
    seed = 10 * int(job.removeprefix("job")) + number
    at = seed % 3
    told = ("meeting", f"2021-02-{1 + at:02}", ACTORS[at : at + 2], PLACES[1], "harbour", Modality.ACTUAL, 0.9)
    return extraction(seed, [told])


def importing(store: Store, job: Job, listener: Listener) -> Tally:
    """Saves a job's articles, as an import does, without reading anything."""
    tally = Tally(store.begin_run(job.name))
    for number in range(ARTICLES):
        listener.item(f"{job.name}#{number}")
        tally.outcomes[store.save(story(job.name, number), tally.run)] += 1
        time.sleep(PAUSE)
    store.finish_run(tally.run, tally.counts)
    return tally


def counting(run: int) -> running.Import:
    """Saves nothing: all is said to be of one import."""

    def imported(_store: Store, job: Job, listener: Listener) -> Tally:
        tally = Tally(run)
        listener.item(job.name)
        tally.outcomes[Outcome.UNCHANGED] += 1
        return tally

    return imported


def work(url: str, lease: float, what: str) -> None:
    daemon.LEASE = running.LEASE = timedelta(seconds=lease)
    running.TRIES = 1_000  # it is killed so often that the first run would be given up
    with open_store(url, create=False) as store:
        imported = counting(store.begin_run(what)) if what == "count" else importing

        waits = what == "count"

        def do(claim: Claim) -> None:
            nonlocal waits
            print("given", claim.job.name, flush=True)
            if waits:
                sys.stdin.readline()  # until the others have been given one, too
                waits = False
            if running.run(store, claim, imported, running.Clock()) is not None:
                print("done", claim.job.name, flush=True)

        print("begun", flush=True)
        daemon.run_due(store, running.Clock(), do)


if __name__ == "__main__":
    work(sys.argv[1], float(sys.argv[2]), sys.argv[3])
