"""Small documents made for the tests, byte by byte."""

from __future__ import annotations

from ..containers.reading import zipped

STORY = (
    "Putin receives Min Aung Hlaing",
    "Vladimir Putin received Min Aung Hlaing in Moscow on Tuesday, the Kremlin said.",
    "They signed an agreement about a nuclear power plant.",
)


def pdf(pages: list[list[str]], info: str = "") -> bytes:
    """A PDF of pages of lines."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = " T* ".join(f"({line}) Tj" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 60 760 Td {shown} ET" if lines else ""
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {len(objects)} 0 R >>"
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    )
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def docx(body: str, core: str = "") -> bytes:
    """A Word document of a body's XML."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    names = f"xmlns:w='{w}' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    return zipped(
        {
            "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
            "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
            **({"docProps/core.xml": core} if core else {}),
        }
    )


def odt(body: str, meta: str = "") -> bytes:
    """An OpenDocument text of a body's XML."""
    office, text = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text"))
    names = f"xmlns:office='{office}' xmlns:text='{text}' xmlns:dc='http://purl.org/dc/elements/1.1/' "
    names += "xmlns:meta='urn:oasis:names:tc:opendocument:xmlns:meta:1.0'"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:c {names}><office:body>{body}</office:body></office:c>",
            "meta.xml": f"<office:m {names}>{meta}</office:m>",
        }
    )
