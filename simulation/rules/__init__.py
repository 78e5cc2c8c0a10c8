"""The rules: pure scalar functions a domain reader can read, one mechanism a file.

A rule draws nothing and changes nothing. Draws come in as arguments; phases write the results.
"""
