"""Classes of the links that a site's publishing system puts on every mention of a keyword.

They lead to the site's own tag page, shop or search, never to what the sentence speaks of.
"""

CLASSES = frozenset(
    """s_tag infotextkey wp_keywordlink wp_keywordlink_affiliate replace_word tag_link auto-link
    kwlink keyword-link jsonKeyword innerlink_keyword hl-keyword""".split()
)
