"""What people and machines type that is no name; look-up answers it in a moment, and never with an error."""

BAD_INPUT = (
    "", " ", "я", "a", "-", "---", "'", "a" * 4096, "я" * 4096, "а б " * 1024, "Ales Bialiatski " * 256, "a-" * 2048,
    "щ" * 31 + " " + "š" * 31, "\N{WAVING WHITE FLAG}\N{VARIATION SELECTOR-16}\N{ZERO WIDTH JOINER}\N{RAINBOW}",
    "🕯" * 1000,
    "\u202eiksthailaiB selA", "\u2066Алесь\u2069 \u200bБяляцкі\ufeff", "Ales\x00Bialiatski", "\x00", "\n\t\r", "\ud800",
    "<b>Ales</b> <script>alert(1)</script>", "&lt;img src=x onerror=alert(1)&gt;", "1234567890", "007", "٤٥٦",
    "'; DROP TABLE chats; --", "\" OR 1=1 --", "../../etc/passwd", "{{7*7}}", "%s%n%x", "\\", "*", "(.*)+",
    "أليس بيالياتسكي", "阿列斯·比亚利亚茨基", "アレシ・ビャリャツキ", "ალეს ბიალიაცკი", "אלס ביאליאצקי",
    "알레스 비알리아츠키", "Αλές Μπιαλιάτσκι",
    "Ա" * 300, "\u0301" * 500, "e\u0301" * 500, "\ufdfa" * 256, "ﷺ",
    "𝔄𝔩𝔢𝔰 𝔅𝔦𝔞𝔩𝔦𝔞𝔱𝔰𝔨𝔦", "Ａｌｅｓ", "ŉ ǆ ﬃ", "ß" * 100, "İ" * 100,
    "Vladimir " * 5 + "Orlov", "Дзмітрый Дзмітрыевіч Дзмітрыеў-Дзмітрыевіч",
)  # fmt: skip
