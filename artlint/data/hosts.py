"""Hosts about which a rule knows something."""

# They answer a picture only to a page of their own (or to one that sends no Referer at all): a
# stranger's page shows a broken picture or a notice. Host, or a site that covers what lies below it.
HOTLINK_PROTECTED = (
    "mmbiz.qpic.cn",
    "mmbiz.qlogo.cn",
    "gitee.com",
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

# Sites that speak https on every host below them, so that none of them needs `http:`.
SPEAK_HTTPS = frozenset(
    """36kr.com 36krcdn.com 360buyimg.com alicdn.com aliyun.com apple.com archive.org baidu.com bdstatic.com
    bilibili.com bit.ly bitbucket.org byteimg.com cnblogs.com csdn.net csdnimg.cn debian.org doi.org
    douban.com doubanio.com facebook.com fbcdn.net gitee.com github.com github.io githubusercontent.com
    gitlab.com google.com googleusercontent.com gravatar.com gstatic.com hdslb.com infoq.cn infoq.com
    instagram.com ithome.com jd.com jianshu.com jianshu.io juejin.cn kernel.org linkedin.com medium.com
    microsoft.com mozilla.org mp.weixin.qq.com mmbiz.qpic.cn opensuse.org oschina.net
    python.org reddit.com redd.it segmentfault.com sinaimg.cn sspai.com stackexchange.com
    stackoverflow.com t.co taobao.com tmall.com toutiao.com twimg.com twitter.com v2ex.com vimeo.com
    w3.org weibo.com wikimedia.org wikipedia.org wordpress.com wp.com x.com youtu.be youtube.com
    ytimg.com zhihu.com zhimg.com""".split()
)

# Hosts of a name that the page is on: nobody else can reach what they serve.
LOCAL = frozenset(("localhost", "127.0.0.1", "0.0.0.0", "::1", "host.docker.internal"))
