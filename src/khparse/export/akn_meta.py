"""What an Akoma Ntoso document says of itself: FRBR identification, and whom it names."""

from __future__ import annotations

from datetime import date

import regex
from lxml import etree

from khparse.export.xml_text import xml_text
from khparse.model.record import Extraction, Particulars, Reference
from khparse.text.fold import fold

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
UNDATED = "0001-01-01"  # the schema asks for a day; the date's name tells that the plan gives none

_NOT_IN_ADDRESS = regex.compile(r"[^a-z0-9]+")
_ACTS = frozenset(
    {"hien-phap", "luat", "bo-luat", "phap-lenh", "nghi-dinh", "nghi-quyet", "quyet-dinh", "thong-tu", "lenh"}
)


def slug(words: str | None) -> str:
    """Words in an address: "21/KH-UBND" -> "21-kh-ubnd", "Kế hoạch" -> "ke-hoach"."""
    return _NOT_IN_ADDRESS.sub("-", fold(words or "")).strip("-")


def add(parent: etree._Element, tag: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    """A child element in the schema's namespace."""
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for key, value in attributes.items():
        child.set(key.rstrip("_"), xml_text(value))
    if text is not None:
        child.text = xml_text(text)
    return child


def plan_address(document: Particulars, fallback: str) -> str:
    """A plan's work IRI: "/akn/vn/doc/ke-hoach/uy-ban-nhan-dan-tinh-ha-nam/2023-02-07/12-kh-ubnd"."""
    return _address(document.type or "Kế hoạch", document.issuer, document.date, document.number or fallback)


def reference_address(reference: Reference) -> str:
    """A document's work IRI: "/akn/vn/act/nghi-dinh/chinh-phu/2020-03-05/30-2020-nd-cp"."""
    return _address(reference.type, reference.issuer, reference.date, reference.number or reference.title)


def _address(type_: str, issuer: str | None, day: str | None, name: str | None) -> str:
    kind = slug(type_)
    parts = ("akn", "vn", "act" if kind in _ACTS else "doc", kind, slug(issuer), day or "", slug(name)[:120] or "nn")
    return "/" + "/".join(part for part in parts if part)


def full_day(day: str | None) -> tuple[str, str]:
    """A day for the schema and what it is: "2023-02" -> ("2023-02-01", "month"), None -> ("0001-01-01", "undated")."""
    if day is None:
        return UNDATED, "undated"
    padded = f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10]
    try:
        date.fromisoformat(padded)
    except ValueError:
        return UNDATED, "undated"
    return padded, {4: "year", 7: "month"}.get(len(day), "issued")


def add_meta(parent: etree._Element, record: Extraction, address: str, today: date, component: str = "main") -> None:
    """The `meta` of the plan or of one of its appendices (`component` "phu-luc-1")."""
    meta = add(parent, "meta")
    identification = add(meta, "identification", source="#khparse")
    document = record.document
    day, name = full_day(document.date)
    author = "#issuer" if document.issuer else "#khparse"

    work = add(identification, "FRBRWork")
    _core(work, f"{address}/!{component}", address, (day, name), author)
    add(work, "FRBRcountry", value="vn")
    add(work, "FRBRsubtype", value=slug(document.type or "Kế hoạch"))
    if document.number:
        add(work, "FRBRnumber", value=document.number)
    if document.title:
        add(work, "FRBRname", value=document.title)
    expression = add(identification, "FRBRExpression")
    _core(expression, f"{address}/vie@/!{component}", f"{address}/vie@", (day, name), author)
    add(expression, "FRBRlanguage", language="vie")
    manifestation = add(identification, "FRBRManifestation")
    generated = (today.isoformat(), "generated")
    _core(manifestation, f"{address}/vie@/!{component}.xml", f"{address}/vie@.xml", generated, "#khparse")
    add(manifestation, "FRBRformat", value="application/akn+xml")
    if component == "main":
        _add_named(meta, document, address)


def _core(parent: etree._Element, this: str, uri: str, day: tuple[str, str], author: str) -> None:
    add(parent, "FRBRthis", value=this)
    add(parent, "FRBRuri", value=uri)
    add(parent, "FRBRdate", date=day[0], name=day[1])
    add(parent, "FRBRauthor", href=author, as_="#author")


def _add_named(meta: etree._Element, document: Particulars, address: str) -> None:
    """The document itself, its issuer, its signers, the roles."""
    references = add(meta, "references", source="#khparse")
    add(references, "original", eId="original", href=address, showAs=document.number or document.title or "Kế hoạch")
    add(references, "TLCOrganization", eId="khparse", href="/akn/ontology/organization/khparse", showAs="khparse")
    if document.issuer:
        href = f"/akn/ontology/organization/vn/{slug(document.issuer)}"
        add(references, "TLCOrganization", eId="issuer", href=href, showAs=document.issuer)
    for index, signer in enumerate(document.signers, 1):
        href = f"/akn/ontology/person/vn/{slug(signer.name)}"
        add(references, "TLCPerson", eId=f"signer_{index}", href=href, showAs=signer.name)
    add(references, "TLCRole", eId="author", href="/akn/ontology/role/author", showAs="Cơ quan ban hành")
