"""What front-matter rules know of the world: hosts, site names, stock phrases. Data only."""

from __future__ import annotations

HEAD_IMAGE_KEYS = (
    "headimg",
    "head_image",
    "thumbnail",
    "thumb",
    "cover",
    "image",
    "banner",
    "featured_image",
    "featured-image",
    "featuredimage",
    "feature_image",
    "feature",
    "top_img",
    "hero",
    "primary_image",
    "header-img",
    "header",
    "og_image",
)
# Where themes hide the picture when a head image is a mapping.
HEAD_IMAGE_INNER_KEYS = ("image", "src", "url", "teaser", "overlay_image", "thumbnail")

# Shell patterns of URLs that show another picture at every visit, or none in particular.
PLACEHOLDER_IMAGES = (
    "*://picsum.photos/*",
    "*://*.picsum.photos/*",
    "*://via.placeholder.com/*",
    "*://placehold.it/*",
    "*://placehold.co/*",
    "*://placekitten.com/*",
    "*://dummyimage.com/*",
    "*://loremflickr.com/*",
    "*://lorempixel.com/*",
    "*://*.lorempixel.com/*",
    "*://source.unsplash.com/*",
    "*://unsplash.it/*",
    "*://fakeimg.pl/*",
    "*://placeimg.com/*",
    "*://placebear.com/*",
    "*://random.imagecdn.app/*",
    "*://*/no_image_card.png",
)
# Pictures that nobody is meant to see.
EMPTY_IMAGES = (
    "data:*",
    "about:blank",
    "*/spacer.gif",
    "*/blank.gif",
    "*/pixel.gif",
    "*/1x1.*",
    "*/transparent.gif",
    "*/transparent.png",
    "*://stats.wordpress.com/*",
    "*://pixel.wp.com/*",
    "*://feeds.feedburner.com/~r/*",
    "*://feedads.g.doubleclick.net/*",
    "*://www.google-analytics.com/*",
)
# Hosts that fetch another URL for the page; shell patterns. The URL stands in their path or query.
PROXY_HOSTS = (
    "cors.*",
    "cors-anywhere.*",
    "*.cors.*",
    "corsproxy.*",
    "*.corsproxy.*",
    "proxy.*",
    "imageproxy.*",
    "api.allorigins.win",
    "thingproxy.freeboard.io",
    "images.weserv.nl",
    "wsrv.nl",
    "pic1.xuehuaimg.com",
    "*.workers.dev",
)

# Where an `img` names its picture; those that wait for a script hold the true one.
SOURCE_ATTRIBUTES = (
    "data-original",
    "data-src",
    "data-original-src",
    "data-actualsrc",
    "data-lazy-src",
    "src",
)

# What portals append to the titles of their pages.
SITE_NAMES = frozenset(
    """
    新浪财经 新浪网 新浪新闻 新浪科技 手机新浪网 腾讯新闻 腾讯网 腾讯云 腾讯云开发者社区
    网易 网易新闻 手机网易网 搜狐 搜狐新闻 手机搜狐网 凤凰网 凤凰资讯 人民网 新华网 央视网
    中国新闻网 环球网 光明网 澎湃新闻 界面新闻 观察者网 第一财经 东方财富网 和讯网 雪球
    虎嗅网 36氪 钛媒体 IT之家 快科技 cnBeta.COM 知乎 知乎专栏 简书 博客园 CSDN博客 CSDN 掘金
    开源中国 OSCHINA 豆瓣 百度 百家号 今日头条 微信公众平台 哔哩哔哩 少数派 爱范儿 InfoQ CNN
    CNN.com Reuters Bloomberg Forbes Medium YouTube Wikipedia
    """.split()
) | {"BBC News", "DEV Community", "Stack Overflow", "The New York Times", "The Guardian", "Hacker News"}

# Phrases that make a description worthless (regular expressions, searched without case).
STOCK_DESCRIPTIONS = (
    r"the post .{0,200} (?:appeared first|first appeared) on",
    r"continue reading\b.{0,80}$",
    r"^read more\b",
    r"please enable javascript",
    r"your browser (?:is out of date|does not support)",
    r"^this is (?:a|the) (?:sample|example|default) (?:page|post|description)",
    r"^lorem ipsum",
    r"^(?:todo|tbd|description|描述|简介|摘要)[.…]*$",
    r"(?:点击|查看|阅读)(?:查看)?(?:原文|全文)\s*[>»…。]*$",
    r"扫码关注|长按(?:识别)?二维码|关注(?:我们的)?(?:微信)?公众号",
    r"请(?:先)?登录后(?:查看|阅读)",
    r"责任编辑\s*[：:]",
)
