"""Hosts about which a rule knows something."""

# They answer a picture only to a page of their own (or to one that sends no Referer at all): a
# stranger's page shows a broken picture or a notice. Host, or a site that covers what lies below it.
HOTLINK_PROTECTED = (
    "mmbiz.qpic.cn",
    "mmbiz.qlogo.cn",
    "sinaimg.cn",
    "zhimg.com",
    "hdslb.com",
    "doubanio.com",
    "jianshu.io",
    "upload-images.jianshu.io",
    "img-blog.csdn.net",
    "img-blog.csdnimg.cn",
    "hiphotos.baidu.com",
    "bdstatic.com",
    "qhimg.com",
    "pstatp.com",
    "toutiaoimg.com",
    "byteimg.com",
    "pixiv.net",
    "pximg.net",
    "126.net",
    "xiaohongshu.com",
    "xhscdn.com",
    "dcinside.com",
    "acfun.cn",
    "hupucdn.com",
    "hoopchina.com.cn",
    "ngacn.cc",
    "178.com",
)

# Hosts of a name that the page is on: nobody else can reach what they serve.
LOCAL = frozenset(("localhost", "127.0.0.1", "0.0.0.0", "::1", "host.docker.internal"))
