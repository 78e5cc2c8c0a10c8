"""Findings as data: what a pattern file may say, and whether the model shows what it says.

``schema`` and ``reading`` know the file, ``staging`` the scenarios it names, ``observing`` what is
measured in them, ``expressions`` and ``requirements`` what is expected, ``settling`` how many runs
it takes to know.
"""
