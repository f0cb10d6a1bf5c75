"""Which time expression dates which happening, and what is known of a happening that no expression dates.

Three steps, one module each. `attachment`: an expression (or two that are one stretch, `stretches`) belongs to the
nearest happening above it in the parse, and stays inside its clause. `bonds`: a happening without one stands in a
relation to another of its sentence: at the same time ("killed in the attack"), before or after it (`stated`).
`narrative`: what is left takes its date from the telling. News in the simple past goes on with the dated news; a past
perfect lies before it; what cannot be told gets honest bounds.
"""

from timeline.extract.when.anchoring.happening import Anchorable
from timeline.extract.when.anchoring.lead import lead_of
from timeline.extract.when.anchoring.narrative import Narrative
from timeline.extract.when.anchoring.sentence import anchor
from timeline.extract.when.anchoring.telling import Telling

__all__ = ["Anchorable", "Narrative", "Telling", "anchor", "lead_of"]
