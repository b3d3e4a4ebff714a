"""For people: the page (``ui.page``) and the command line (``ui.cli``).

It shows an ``Answer`` and decides nothing about one.
"""
