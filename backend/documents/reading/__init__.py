"""From recognised words on a page to proposals: provider, number, date, total, lines, each with a confidence.

Pure: boxes of text in, proposals out. A proposal fills a form in; a person confirms it, nothing is decided by it.
"""
