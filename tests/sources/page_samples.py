"""Web pages made by hand in the shapes of real ones. All text is invented."""

PARAGRAPHS = (
    "The hashrate of the network rose for the fourth week in a row, and the change of the difficulty is to follow.",
    "Operators in three countries switched on machines that had stood in warehouses since the spring.",
    "Whether that lasts depends on the price of power: at seven cents, the older machines earn nothing at all.",
    "The pools say little. One of them moved a fifth of its computing power to a site beside a dam in the north.",
)

ARTICLE = """<!DOCTYPE html><html lang="en"><head><title>Hashrate climbs again | Hash &amp; Block</title>
<meta charset="utf-8"><meta property="og:title" content="Hashrate climbs again">
<meta property="og:site_name" content="Hash &amp; Block">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle",
"headline": "Hashrate climbs again", "datePublished": "2026-09-30T10:18:34+02:00",
"author": [{"@type": "Person", "name": "Ann Other"}, {"@type": "Person", "name": "Ben Example"}]}]}</script></head>
<body><header><nav><ul><li><a href="/">Home</a></li><li><a href="/markets">Markets</a></li></ul></nav></header>
<main><article><h1>Hashrate climbs again</h1>
<figure><img src="/rigs.jpg" alt="rigs"><figcaption>Machines in a hall that used to be a mill</figcaption></figure>
<p>{0}</p><p>{1}</p><h2>What it costs</h2><p>{2} <a href="/power">More on power</a>.</p>
<blockquote><p>We will see who is still here in the winter.</p></blockquote>
<ul><li>Texas grew by a tenth, as far as anybody can tell.</li><li>Norway stayed where it was a year ago.</li></ul>
<p>{3} <a href="javascript:alert(1)">Nothing</a>.</p></article></main>
<aside><h3>Most read</h3><ul><li><a href="/1">Another story</a></li><li><a href="/2">And another</a></li></ul></aside>
<footer>Copyright. All rights reserved. <a href="/terms">Terms</a></footer></body></html>"""
for place, text in enumerate(PARAGRAPHS):
    ARTICLE = ARTICLE.replace(f"{{{place}}}", text)

SHELL = """<!DOCTYPE html><html><head><title>Hash</title><script src="/app.js"></script></head>
<body><div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>"""

PAYWALL = """<!DOCTYPE html><html><head><title>Hash</title>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Costly",
"isAccessibleForFree": false}</script></head>
<body><article><h1>Costly</h1><p>The start.</p>
<div class="paywall">Subscribe to continue reading.</div></article></body></html>"""
