"""Names that an element must not have: ``id`` and ``name`` become properties of the document.

A script that reads ``document.cookie`` gets the element instead (DOM clobbering; WHATWG DOM and HTML
Standard, section 3.1.6). Only names that scripts rely on and that no heading of an article gets.
"""

from __future__ import annotations

CLOBBERING = frozenset(
    """__proto__ addeventlistener adoptnode appendchild attributes childnodes cookie createelement
    currentscript defaultview documentelement domain firstchild getelementbyid getelementsbyclassname
    getelementsbytagname hasownproperty implementation importnode innerhtml innertext insertbefore
    lastchild namespaceuri nextsibling nodename nodetype nodevalue ownerdocument parentelement
    parentnode queryselector queryselectorall readystate removeattribute removechild replacechild
    setattribute stylesheets tagname textcontent tostring valueof write writeln""".split()
)

# Elements of SVG 2 and MathML 3 that HTML does not have. Outside of a drawing or formula they mean
# nothing, but some parsers change into its rules on the way.
FOREIGN = frozenset(
    """altglyph animate animatecolor animatemotion animatetransform animation circle clippath
    color-profile cursor defs desc discard ellipse feblend fecolormatrix fecomponenttransfer
    fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight fedropshadow
    feflood fefunca fefuncb fefuncg fefuncr fegaussianblur feimage femerge femergenode femorphology
    feoffset fepointlight fespecularlighting fespotlight fetile feturbulence filter font-face
    foreignobject g glyph glyphref handler hatch hatchpath hkern line lineargradient listener marker
    mask mesh meshgradient meshpatch meshrow metadata missing-glyph mpath path pattern polygon
    polyline prefetch radialgradient rect set solidcolor stop switch symbol tbreak text textarea
    textpath tref tspan unknown use view vkern
    abs and annotation annotation-xml apply approx arccos arcsin arctan arg bind bvar card cbytes
    ceiling cerror ci cn compose condition conjugate cos csymbol curl degree determinant diff divide
    domain emptyset eq equivalent exists exp factorial false floor forall fn gcd geq grad gt ident
    imaginary implies in infinity int integers intersect interval inverse lambda laplacian lcm leq
    limit list ln log logbase lowlimit lt maction maligngroup malignmark math matrix matrixrow max
    mean median menclose merror mfenced mfrac mglyph mi min minus mlabeledtr mlongdiv
    mmultiscripts mn mo mode moment momentabout mover mpadded mphantom mprescripts mroot mrow ms
    mscarries mscarry msgroup msline mspace msqrt msrow mstack mstyle msub msubsup msup mtable mtd
    mtext mtr munder munderover naturalnumbers neq none not notanumber notin notprsubset notsubset or
    otherwise outerproduct partialdiff pi piece piecewise plus power primes product prsubset quotient
    rationals real reals reln rem root scalarproduct sdev sec sech selector semantics sep setdiff
    share sin sinh subset sum tan tanh tendsto times transpose true union uplimit variance vector
    vectorproduct xor""".split()
)
