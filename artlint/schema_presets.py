"""The schemas that artlint comes with, as JSON Schema. Data only.

`article` is the default: what every generator needs, and the types of keys that all agree on. The
others add what Hexo (docs: Front-matter), Jekyll (docs: Front Matter, Posts) and Hugo (docs: Front
matter) define. All are open: themes and plugins bring keys of their own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from artlint.schema import Schema

_TEXT: dict[str, Any] = {"type": ["string", "null"]}
_FLAG: dict[str, Any] = {"type": ["boolean", "null"]}
_NUMBER: dict[str, Any] = {"type": ["number", "null"]}
_MAPPING: dict[str, Any] = {"type": ["object", "null"]}
# Numbers are seconds since 1970; which dates can be read is for the rules about dates to say.
_DATE: dict[str, Any] = {"type": ["string", "number", "null"]}
_TEXT_OR_LIST: dict[str, Any] = {
    "type": ["string", "array", "null"],
    "items": {"type": ["string", "number", "null"]},
}
_PEOPLE: dict[str, Any] = {"type": ["string", "array", "object", "null"]}
_PICTURE: dict[str, Any] = {"type": ["string", "array", "object", "boolean", "null"]}
_TERMS: dict[str, Any] = {
    "type": ["string", "array", "null"],
    # Hexo nests categories by lists inside the list.
    "items": {"type": ["string", "number", "array", "null"]},
}

_ARTICLE: dict[str, Any] = {
    "title": {"type": "string"},
    "date": _DATE,
    "updated": _DATE,
    "author": _PEOPLE,
    "authors": _PEOPLE,
    "categories": _TERMS,
    "category": _TEXT_OR_LIST,
    "tags": _TERMS,
    "keywords": _TEXT_OR_LIST,
    "description": _TEXT,
    "excerpt": _TEXT,
    "summary": _TEXT,
    "source": _TEXT,
    "original": _TEXT,
    "layout": {"type": ["string", "boolean", "null"]},
    "permalink": {"type": ["string", "boolean", "null"]},
    "slug": _TEXT,
    "draft": _FLAG,
    "published": {"type": ["boolean", "string", "null"]},
    "comments": {"type": ["boolean", "object", "null"]},
    "headimg": _TEXT,
    "thumbnail": _PICTURE,
    "cover": _PICTURE,
    "image": _PICTURE,
    "banner": _PICTURE,
    "featured_image": _PICTURE,
    "weight": _NUMBER,
}
_HEXO: dict[str, Any] = {
    "disableNunjucks": _FLAG,
    "lang": _TEXT,
    "language": _TEXT,
    "top": {"type": ["boolean", "number", "null"]},
    "sticky": {"type": ["boolean", "number", "null"]},
    "toc": {"type": ["boolean", "object", "null"]},
    "mathjax": {"type": ["boolean", "string", "null"]},
    "link": _TEXT,
    "photos": _TEXT_OR_LIST,
    "top_img": {"type": ["string", "boolean", "null"]},
    "password": {"type": ["string", "number", "null"]},
}
_JEKYLL: dict[str, Any] = {
    "published": _FLAG,
    "last_modified_at": _DATE,
    "redirect_from": _TEXT_OR_LIST,
    "redirect_to": _TEXT_OR_LIST,
    "excerpt_separator": _TEXT,
    "render_with_liquid": _FLAG,
    "pin": _FLAG,
    "toc": _FLAG,
    "sitemap": {"type": ["boolean", "object", "null"]},
}
_HUGO: dict[str, Any] = {
    "aliases": _TEXT_OR_LIST,
    "build": _MAPPING,
    "cascade": {"type": ["object", "array", "null"]},
    "expiryDate": _DATE,
    "images": _TEXT_OR_LIST,
    "headless": _FLAG,
    "isCJKLanguage": _FLAG,
    "lastmod": _DATE,
    "linkTitle": _TEXT,
    "markup": _TEXT,
    "menus": {"type": ["string", "array", "object", "null"]},
    "modified": _DATE,
    "outputs": _TEXT_OR_LIST,
    "params": _MAPPING,
    "publishDate": _DATE,
    "resources": {"type": ["array", "null"], "items": {"type": "object"}},
    "series": _TERMS,
    "sitemap": _MAPPING,
    "translationKey": _TEXT,
    "type": _TEXT,
    "unpublishDate": _DATE,
    "url": _TEXT,
}

_PRESETS: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "article": ("An article of any site generator", {}, ("title", "date")),
    "hexo": ("A Hexo post", _HEXO, ("title", "date")),
    "jekyll": ("A Jekyll post; its date may stand in the file name", _JEKYLL, ("title", "date")),
    "hugo": ("A Hugo page of a section with dates", _HUGO, ("title", "date")),
}
PRESETS = tuple(_PRESETS)
# What no generator calls a misspelling.
ALL_KEYS = frozenset(key for _, properties, _ in _PRESETS.values() for key in (*_ARTICLE, *properties))


@lru_cache
def preset(name: str) -> Schema:
    """The preset of that name. Raises KeyError when there is none."""
    title, properties, required = _PRESETS[name]
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "required": list(required),
        "properties": {**_ARTICLE, **properties},
    }
    return Schema(name, document, is_preset=True)
