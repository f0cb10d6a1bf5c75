"""Which happenings of different sources are one event: a pure rule, the same for any order of arrival.

`Linkable` is what it looks at, `blocks` where those are found that may be one, `compare` what speaks for two of them,
`groups` what becomes of a connected set, `followed` when that need not be asked. One event told twice is a
smaller harm than two events told as one.
"""

from timeline.store.linking.blocking import blocks
from timeline.store.linking.comparing import Comparer, Link, compare
from timeline.store.linking.contradiction import differ, stance
from timeline.store.linking.following import Followed, followed
from timeline.store.linking.grouping import Group, Joined, Neighbourhood, groups, linked, reach
from timeline.store.linking.linkable import Linkable

__all__ = [
    "Comparer",
    "Followed",
    "Group",
    "Joined",
    "Link",
    "Linkable",
    "Neighbourhood",
    "blocks",
    "compare",
    "differ",
    "followed",
    "groups",
    "linked",
    "reach",
    "stance",
]
