"""终止公告: a call ends without a result (政府采购法 art. 36, 87号令 art. 29)."""
