"""Which exchange the code of a share belongs to.

From the numbering rules of the exchanges in Shanghai, Shenzhen and Beijing. Only ranges that hold
nothing but shares of one exchange stand here: `000001` is an index in one and a bank in the other.
"""

# The first digits of a code of six, and the prefix that portals put before it.
EXCHANGES = {
    "600": "sh",
    "601": "sh",
    "603": "sh",
    "605": "sh",
    "688": "sh",
    "689": "sh",
    "900": "sh",
    "001": "sz",
    "002": "sz",
    "003": "sz",
    "200": "sz",
    "300": "sz",
    "301": "sz",
    "302": "sz",
    "430": "bj",
    "830": "bj",
    "831": "bj",
    "832": "bj",
    "833": "bj",
    "834": "bj",
    "835": "bj",
    "836": "bj",
    "837": "bj",
    "838": "bj",
    "839": "bj",
    "870": "bj",
    "871": "bj",
    "872": "bj",
    "873": "bj",
    "920": "bj",
}
PLACES = {"sh": "Shanghai", "sz": "Shenzhen", "bj": "Beijing"}
