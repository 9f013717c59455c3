"""The Han characters that running Chinese text uses most, in both scripts.

Two of five characters of any Chinese article stand here; text read in a wrong encoding has them by
chance only. From the frequency lists of Jun Da (Modern Chinese Character Frequency List, 2004).
"""

COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日"
    "军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美"
    "相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解"
    "水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计"
    "管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完"
    "設這個們來為國說時會對過發後種經現當沒動面還進樣實軍無與長機關點業將兩間問應戰頭體見產話處義幾認條係"
    "氣題爾別變總電數報結務場計資許統區隊決馬書則聽達強難權今闻网记者北京闭幕讯据"
)
