"""Radicals and the Han characters that they stand for in text taken out of PDF files.

Kangxi radicals (U+2F00–2FD5) are mapped by Unicode itself (compatibility decomposition). The CJK
radicals supplement has decompositions for two only; these are its radicals that are whole characters,
as Unicode names them.
"""

SUPPLEMENT = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻱⻲⻳",
        "母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龜亀龟",
        strict=True,
    )
)
