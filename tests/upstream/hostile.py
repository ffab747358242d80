"""Texts and addresses that try to leave the place where they are shown."""

TEXTS: tuple[str, ...] = (
    "red \x1b[31mtext\x1b[0m and \x1b[2Jcleared",
    "clip \x1b]52;c;ZXZpbC1jbGlw\x07board",
    "title \x1b]0;PWNED\x07set",
    "report \x1b[c asked \x1b[6n for",
    "link \x1b]8;;https://evil.example/\x1b\\here\x1b]8;;\x1b\\",
    "C1 \x9b31m and \x9d0;PWNED\x9c",
    "closing [/] tag [/b] and [/path]",
    "press [@click=app.quit]Read more[/]",
    "open [link=https://evil.example]this[/link] [red]now[/red]",
    "kept [ATH] and :rocket: and BTC [1]",
    "bidi \u202egnihtemos\u202c and \u2066isolated\u2069",
    "zero\u200b\u200bwidth\u2060 and \ufefftag \U000e0041\U000e0042",
    "zalgo Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a\u030b",
    "wide \u26a0\ufe0f \u2764\ufe0f 1\ufe0f\u20e3 \U0001f469\U0001f3fd\u200d\U0001f4bb \u3164",
    "carriage\rreturn and\nline feed and\ttab and \x00 and \x07 and \x08",
    "separated\u2028by\u2029lines\x85",
    "\x1b]\x1b]0;x\x07nested\x07",
    "long " + "x" * 5_000,
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u4f60\u597d",
    "<script>alert(1)</script> &amp; <b>bold</b>",
)
"""Each with a word before or after what is harmful, so that it can be found again."""

ADDRESSES: tuple[str, ...] = (
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,<script>alert(1)</script>",
    "--version",
    "ssh://-oProxyCommand=id/",
    "https://coinbase.example@evil.example/",
    "http://127.0.0.1:1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://[::ffff:127.0.0.1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://xn--/",
    "https://evil.example/\x1b[31m",
    "https://evil.example/a b",
    "http://",
)
