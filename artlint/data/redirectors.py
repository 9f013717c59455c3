"""Jump pages that only lead on to the URL they carry.

Found by following links of public archives. A share link (`sharer.php?u=`, `intent/tweet?url=`) asks
the reader to publish the URL; it does not lead there, so none stands here. An affiliate network earns
its owner money on the way; those stay links of the author.
"""

from __future__ import annotations

from typing import NamedTuple


class Redirector(NamedTuple):
    """``host`` and ``path`` are matched in lower case.

    ``host`` also covers hosts below it when it starts with a dot, and a last label ``*`` stands for any
    top-level domain. ``path`` is a prefix. ``parameter`` names the query parameter that carries the URL,
    percent-encoded; with none the whole query, or without a query the rest of the path, is the URL.
    """

    host: str
    path: str
    parameter: str


def _table(text: str) -> tuple[Redirector, ...]:
    rows = (line.split() for line in text.strip().splitlines())
    return tuple(Redirector(host, path, parameter.rstrip("-")) for host, path, parameter in rows)


REDIRECTORS = _table("""
www.oschina.net          /action/gotolink         url
my.oschina.net           /action/gotolink         url
link.zhihu.com           /                        target
links.jianshu.com        /go                      to
link.jianshu.com         /                        t
www.jianshu.com          /go-wild                 url
link.csdn.net            /                        target
link.juejin.cn           /                        target
link.juejin.im           /                        target
link.hhtjim.com          /                        target
gitee.com                /link                    target
sspai.com                /link                    target
xie.infoq.cn             /link                    target
www.infoq.cn             /link                    target
leetcode.cn              /link                    target
leetcode-cn.com          /link                    target
afdian.com               /link                    target
afdian.net               /link                    target
www.douban.com           /link2                   url
blog.51cto.com           /transfer                url
cloud.tencent.com        /developer/tools/blog-entry  target
docs.qq.com              /scenario/link.html      url
www.yuque.com            /r/goto                  url
ld246.com                /forward                 goto
hacpai.com               /forward                 goto
c.pc.qq.com              /middlem.html            pfurl
c.pc.qq.com              /middleb.html            pfurl
c.pc.qq.com              /ios.html                url
weixin110.qq.com         /cgi-bin/mmspamsupport-bin/newredirectconfirmcgi  url
weibo.cn                 /sinaurl                 u
t.cn                     /sinaurl                 u
game.bilibili.com        /linkfilter              url
www.tianyancha.com       /security                target
www.google.*             /url                     q
www.google.*             /url                     url
google.*                 /url                     q
l.facebook.com           /l.php                   u
lm.facebook.com          /l.php                   u
www.facebook.com         /l.php                   u
l.instagram.com          /                        u
www.youtube.com          /redirect                q
duckduckgo.com           /l/                      uddg
steamcommunity.com       /linkfilter              url
steamcommunity.com       /linkfilter              u
vk.com                   /away.php                to
t.me                     /iv                      url
slack-redir.net          /link                    url
www.linkedin.com         /redir/redirect          url
.safelinks.protection.outlook.com  /             url
www.pixiv.net            /jump.php                -
href.li                  /                        -
anonym.to                /                        -
nullrefer.com            /                        -
""")
