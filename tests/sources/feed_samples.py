"""Feeds made by hand in the shapes of real ones. All text is invented."""

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
<channel><title>Hash &amp; Block</title><link>https://hash.example/</link><ttl>5</ttl>
{items}
</channel></rss>"""

COINDESK_LIKE = RSS.format(
    items="""<item>
<title><![CDATA[Difficulty rises for the third time in a row]]></title>
<link>https://hash.example/markets/difficulty-rises</link>
<guid isPermaLink="false">5c6a6f5e-0000-4000-8000-000000000001</guid>
<pubDate>Fri, 25 Sep 2026 14:41:53 +0000</pubDate>
<description><![CDATA[Miners add machines faster than blocks pay for them.]]></description>
<dc:creator>Ann Other</dc:creator><dc:creator>Ben Example</dc:creator>
<content:encoded/>
<dc:description/>
<category domain="https://hash.example/markets"><![CDATA[Markets]]></category>
<category domain="tag"><![CDATA[Bitcoin]]></category>
<category domain="tag"><![CDATA[Bitcoin]]></category>
</item>"""
)

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Weekly Notes</title><link href="https://notes.example/"/>
<entry><title type="html">Fees &lt;em&gt;fall&lt;/em&gt; &amp;amp; blocks fill</title>
<link rel="alternate" href="/2026/09/30/fees/"/><id>tag:notes.example,2026:fees</id>
<published>2026-09-30T10:18:34+02:00</published><updated>2026-09-30T12:00:00Z</updated>
<author><name>Cara Sample</name></author><category term="fees" label="Fees"/>
<summary type="text">What a block costs.</summary>
<content type="html">&lt;p&gt;What a block costs, at &lt;a href="/fees"&gt;length&lt;/a&gt;.&lt;/p&gt;</content>
</entry></feed>"""

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://old.example/"><title>Old Format</title></channel>
<item rdf:about="https://old.example/a"><title>An old format lives on</title><link>https://old.example/a</link>
<dc:date>2026-09-30T10:18:34Z</dc:date></item></rdf:RDF>"""

JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Plain Notes",
"home_page_url": "https://plain.example/",
"items": [{"id": 7, "url": "a.html", "title": "One & only", "content_text": "First.\\n\\nSecond < third.",
"summary": "Of numbers", "date_published": "2026-09-30T10:18:34Z",
"authors": [{"name": "Dee Nobody"}], "tags": ["x", "y"]}]}"""

WEB_PAGE = """<!DOCTYPE html><html><head><title>Hash &amp; Block</title>
<link rel="alternate" type="application/rss+xml" title="RSS" href="/feed.xml"></head><body><p>Hello</p></body></html>"""

CHALLENGE = """<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head>
<body><div class="main-wrapper"><h1>hash.example</h1><p>Enable JavaScript and cookies to continue</p></div>
<script>window._cf_chl_opt={cvId:'3'};</script></body></html>"""


def rss(*items: str) -> bytes:
    """An RSS feed with these items, each the inside of an ``<item>``."""
    return RSS.format(items="".join(f"<item>{item}</item>" for item in items)).encode()


def item(number: int, more: str = "") -> str:
    """The inside of an item that differs from others by its number."""
    return f"<title>Story {number}</title><link>https://hash.example/{number}</link>{more}"
