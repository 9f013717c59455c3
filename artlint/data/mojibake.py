"""Han characters that UTF-8 text becomes when it is read as GBK: rare in real text."""

# What the first bytes of common characters and punctuation become.
FIRST = "锛銆鈥鐨涓浜浠鍦鏄鎴浣鍥鏈鏂娆浼"
# What U+FFFD and fillers of memory become: nobody can say what stood there.
LOST = "锟锘烫屯"
