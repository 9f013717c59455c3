"""Query parameters that tell a site where a reader came from and change nothing on the page.

Sources: the vendors' own documentation of campaign and click identifiers, and the share links of the
sites in question. A name stands under a host when elsewhere it may mean something.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# On every host. A name that ends in `*` is a prefix.
EVERYWHERE = _words("""
utm_* fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ttclid twclid igshid li_fat_id
mc_cid mc_eid mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsctatracking _openstat vero_id wickedid
spm share_token share_from_user_hidden isappinstalled nsukey hmsr hmpl hmcu hmkw hmci ref_src
""")

# `name: values`: on every host, but only with these values (all of them share sheets of WeChat).
WITH_VALUE = {"from": _words("timeline singlemessage groupmessage")}

# By host; a host also covers those below it.
BY_HOST = {
    "mp.weixin.qq.com": _words("""
        chksm scene srcid subscene sharer_shareid sharer_sharetime sharer_shareinfo
        sharer_shareinfo_first clicktime enterid ascene devicetype version nettype abtest_cookie exportkey
        pass_ticket wx_header token from isappinstalled mpshare sessionid session_us countrycode lang
        realreporttime
        """),
    "bilibili.com": _words("""
        spm_id_from vd_source share_source share_medium share_plat share_session_id share_tag share_times
        share_from bbid unique_k from_source from_spmid is_story_h5 buvid up_id plat_id ts seid
        """),
    "zhihu.com": _words("share_code session_id"),
    "csdn.net": _words("ops_request_misc request_id biz_id depth_1-utm_source spm"),
    "weibo.com": _words("refer_flag wvr topnav topsug rightmod"),
    "twitter.com": _words("ref_url s t"),
    "taobao.com": _words("scm"),
    "tmall.com": _words("scm"),
    "aliyun.com": _words("scm"),
    "alibaba.com": _words("scm"),
    "youku.com": _words("scm"),
    "sina.com.cn": _words("wm cre mod loc rfunc doct tj"),
    "toutiao.com": _words("tt_from share_uid timestamp app use_new_style req_id wid"),
    "youtube.com": _words("si feature pp"),
    "youtu.be": _words("si feature"),
    "spotify.com": _words("si"),
    "amazon.com": _words("ref_ pf_rd_p pf_rd_r pd_rd_w pd_rd_wg pd_rd_r"),
    "baidu.com": _words("wfr isfrom"),
    "medium.com": _words("source"),
}
