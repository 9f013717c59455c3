"""What HTML elements mean for layout; from the HTML Standard, section 15 (Rendering)."""

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())

# Elements that start and end a line of text.
BLOCK = frozenset(
    """address article aside blockquote body caption center col colgroup dd details dialog dir div dl
    dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html
    legend li listing main menu nav noscript ol optgroup option p plaintext pre search section
    summary table tbody td template tfoot th thead tr ul xmp""".split()
)

# Elements that stand inside a line of text.
INLINE = frozenset(
    """a abbr acronym audio b bdi bdo big button canvas cite code data datalist del dfn em embed
    font i iframe img input ins kbd label map mark math meter nobr object output picture progress q
    rp rt ruby s samp script select slot small source span strike strong style sub sup svg template
    textarea time track tt u var video wbr""".split()
)

# Elements that break a line without being a block.
BREAK = frozenset({"br"})

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# Elements whose text is not part of the article that a reader sees.
INVISIBLE = frozenset("script style template noscript iframe noembed noframes title head".split())

# Attributes that say something by being there (HTML Standard, section 2.3.2; `hidden`, which may also have a
# value; those that HTML 4 had).
BOOLEAN = frozenset(
    """allowfullscreen async autofocus autoplay checked compact controls default defer disabled hidden inert
    ismap itemscope loop multiple muted nomodule noshade novalidate nowrap open playsinline readonly required
    reversed selected""".split()
)

# Of these the parser takes for text what a browser without scripts, plug-ins or frames shows as markup.
UNSEEN_MARKUP = frozenset({"noscript", "noembed", "noframes"})

# Elements that a formatter copies from the source: their text is not folded or must not be touched.
AS_WRITTEN = frozenset(
    "pre textarea script style svg math listing xmp plaintext template noscript iframe".split()
)

# Elements whose text the reader must get byte for byte.
VERBATIM = frozenset("pre code kbd samp textarea math listing xmp plaintext".split())

# End tags that the HTML Standard lets an author leave out (section 13.1.2.4).
OPTIONAL_END = frozenset(
    """body colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr""".split()
)

# Elements that the tree builder adds where the author left them out.
IMPLIED = frozenset({"tbody", "tr", "colgroup"})

# Attributes that name something a reader loads or follows, by element.
LINKS = {"a": ("href",), "area": ("href",)}
IMAGES = {"img": ("src",), "amp-img": ("src",), "mip-img": ("src",), "input": ("src",)}
MEDIA = {
    "audio": ("src",),
    "embed": ("src",),
    "frame": ("src",),
    "iframe": ("src",),
    "object": ("data",),
    "source": ("src",),
    "video": ("src", "poster"),
}

KNOWN = VOID | BLOCK | INLINE | INVISIBLE
