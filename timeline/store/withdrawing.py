"""Taking out articles that their sources have withdrawn, inside a transaction of the caller's: tombstones stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, select

from timeline.model.address import canonical, host_of
from timeline.store import tombstones
from timeline.store.reports import parts
from timeline.store.saving import Saver
from timeline.store.tables import ArticleOrigin, ArticleRow, ReportRow

_ENTRY = "#"  # parts a list's address (a feed's) from the name of its entry


class Withdrawer(Saver):
    """Withdraws articles inside one transaction; `finish` derives the touched events once for all of them."""

    def withdraw(self, addresses: Iterable[str]) -> bool:
        """Take out what lies at the first of these addresses that is known; False where none is.

        A page goes with its document. An entry of a list takes back its own word alone where other lists have the
        same page. An article that is found elsewhere, too, stays.
        """
        found = next((each for address in addresses if (each := self._documents(address))), None)
        if found is None:
            return False
        owners = {article for _, _, article in found}
        self._copies.open(owners)
        self._note(owners)
        for part in parts([key for key, _, _ in found]):
            self._connection.execute(delete(ArticleOrigin).where(ArticleOrigin.key.in_(part)))
        for article in sorted(self._without_origin(owners)):
            self._bury(article)
            self._remove(article)
        return True

    def _documents(self, address: str) -> Sequence[tuple[str, str, int]]:
        """(key, document, article) of the keys that go with an address."""
        of = ArticleOrigin.__table__.c
        columns = select(of.key, of.document, of.article_id)
        known = self._connection.execute(columns.where(of.key.in_(keys_of(address)))).all()
        if not known:
            return []
        documents = {document for _, document, _ in known}
        whole = self._connection.execute(columns.where(of.document.in_(documents))).all()
        listed = _ENTRY in address and any(_ENTRY in key and key != address for key, _, _ in whole)
        return [tuple(each) for each in (known if listed else whole)]

    def _bury(self, article: int) -> None:
        of = ArticleRow.__table__.c
        said = select(of.public_id, of.title, of.publisher, of.url, of.origin).where(of.id == article)
        key, title, publisher, url, origin = self._connection.execute(said).one()
        told = self._connection.execute(select(ReportRow.key, ReportRow.title).where(ReportRow.article_id == article))
        gone = [(key, title), *(tuple(each) for each in told)]
        tombstones.put(self._connection, gone, publisher or host_of(url) or origin, self._run)


def keys_of(address: str) -> tuple[str, ...]:
    """The keys by which an article at an address is known: of a page also its canonical address."""
    return (address,) if _ENTRY in address else tuple(dict.fromkeys((canonical(address), address)))


def holds(connection: Connection, address: str) -> bool:
    """Whether there is an article at an address."""
    keys = ArticleOrigin.key.in_(keys_of(address))
    return connection.scalar(select(ArticleOrigin.key).where(keys).limit(1)) is not None
