"""Kinds of case and their lists: `data/cases/templates.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.check.form import Form
from dragoman.check.located import Entry, Located
from dragoman.model import Bilingual, Collection, Template

HEAD = ("title", "source", "as_of", "collections", "templates")
OF_A_COLLECTION = ("title", "one", "key")
OF_A_TEMPLATE = ("title", "collections", "facts")
NOTHING = Bilingual("", "")


def read_templates(form: Form, node: Located | None) -> tuple[dict[str, Collection], dict[str, Template]]:
    """Return collections and kinds of case by name; what is wrong is noted with its line."""
    given = form.fields(node, HEAD, HEAD, what_for="file of templates")
    collections = {
        name: read_collection(form, name, entry)
        for name, entry in form.at(given, "collections", form.named).items()
    }
    templates = {
        name: read_template(form, name, entry, collections)
        for name, entry in form.at(given, "templates", form.named).items()
    }
    return collections, templates


def read_collection(form: Form, name: str, entry: Entry) -> Collection:
    """Return one kind of list."""
    given = form.fields(entry.value, OF_A_COLLECTION, ("title", "one"), what_for=f"collection `{name}`")
    return Collection(
        name=name,
        title=form.at(given, "title", form.both) or NOTHING,
        one=form.at(given, "one", form.both) or NOTHING,
        key=form.text_at(given, "key"),
    )


def read_template(form: Form, name: str, entry: Entry, collections: Mapping[str, Collection]) -> Template:
    """Return one kind of case; which packs bear on it, the packs say themselves."""
    given = form.fields(entry.value, OF_A_TEMPLATE, ("title", "collections"), what_for=f"template `{name}`")
    names = form.at(given, "collections", form.texts)
    for unknown in (one for one in names if one not in collections):
        form.faults.add("unknown-collection", given["collections"].line, given=unknown)
    return Template(
        name=name,
        title=form.at(given, "title", form.both) or NOTHING,
        packs=(),
        collections=tuple(collections[one] for one in names if one in collections),
        facts=form.at(given, "facts", form.texts),
    )
