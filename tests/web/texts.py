"""Texts of our own for the pages: an accord in English, the same in Chinese below it, and a rule."""

from __future__ import annotations

ACCORD = """~ Home
~ Share this page
# Accord of the Two Shores
Alba and Boria met in the harbour hall. Alba will share chip designs with Boria by the end of 2027.
Boria intends to open its quantum laboratories; Alba should consider a common fund of up to $2 million.
# Duties
The Council shall:
- publish the list of trusted makers
- keep the list open, and it may remove a maker as appropriate
| Maker
| Place
Nobody shall not be heard. Boria has signed the licence scheme.
# 两岸协定
双方将在2027年底前共享芯片设计。理事会应当公布名单，不得延误。
建议理事会设立量子基金。
"""

RULE = """@1
# Rule on Models
The Council shall not license a model without a test 😀. Alba will watch.
@2
Boria may ask for a second test.
"""

HOSTILE = """# <script>alert("title")</script>
Alba will <img src=x onerror=alert(1)> "quote" & 'apostrophe' </script><!-- open.
"""
