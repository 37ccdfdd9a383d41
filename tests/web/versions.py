"""An accord of our own in English and Chinese, in two texts and in one; the Chinese differs in force in places."""

from __future__ import annotations

from tests.web.toy import ToyWorkspace

ENGLISH = """# Harbour Accord of the Two Ports
The two sides will open twelve lighthouses by the end of 2027.
The council may inspect the ferries once a year.
The council shall not publish the names of pilots without consent.
The two sides commit to pay 5 million dollars for the new bridge.
The school of bell founders was opened in the northern valley with songs and soup.
Export controls on quantum computers remain in force until 2030.
The two sides support export controls on semiconductors.
"""
CHINESE = """# 两港港口协定
双方将在2027年底前开放十二座灯塔。
理事会应当每年检查一次渡轮。
未经同意，理事会不得公布引航员的姓名。
双方打算为新桥梁支付500万美元。
量子计算机的出口管制在2030年之前继续有效。
双方支持半导体出口管制。
"""
PAIR = "en=port.en&zh=port.zh"
BOTH = "doc=port"


def add_versions(workspace: ToyWorkspace) -> None:
    """Read the two versions, and a text that holds both."""
    for name, text in (("port.en.txt", ENGLISH), ("port.zh.txt", CHINESE), ("port.txt", f"{ENGLISH}\n{CHINESE}")):
        list(workspace.read_bytes(text.encode(), name))
