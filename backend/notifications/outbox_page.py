"""The page behind ``/demo/outbox``; it reloads itself, because codes are waited for."""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="5">
<title>Outbox of the rehearsal</title>
<style>
:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent)}
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:44rem;padding:1.5rem 1rem 4rem}
h1{font-size:1.3rem;margin:0 0 .25rem}
p.note{margin:0 0 1.5rem;opacity:.75}
article{border:1px solid var(--line);border-radius:12px;margin:0 0 1rem;padding:.9rem 1rem}
header{display:flex;flex-wrap:wrap;gap:.25rem .75rem;font-size:.85rem;opacity:.8}
header b{text-transform:uppercase;letter-spacing:.04em}
pre{font:inherit;margin:.5rem 0 0;white-space:pre-wrap;overflow-wrap:anywhere}
</style>
</head>
<body>
<h1>Outbox of the rehearsal</h1>
<p class="note">Nothing here has left this machine. The newest message comes first.</p>
{% for message in messages %}
<article>
<header><b>{{ message.channel }}</b><span>to {{ message.to }}</span><span>from {{ message.client }}</span>
<time>{{ message.created_at.strftime("%H:%M:%S") }} UTC</time>
{% if message.template %}<span>template {{ message.template }}</span>{% endif %}</header>
<pre>{{ message.text }}</pre>
{% for item in (message.choices or {"items": []})["items"] -%}
<button type="button" disabled>{{ item.label }}</button>
{% endfor %}
{% for url in message.media %}<a href="{{ url }}" rel="noreferrer">attachment {{ loop.index }}</a> {% endfor %}
</article>
{% else %}
<p>Nothing yet. Ask for a sign-in code and it appears here.</p>
{% endfor %}
</body>
</html>
"""
