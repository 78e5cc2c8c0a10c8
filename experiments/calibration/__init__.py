"""Searching for parameters with which the model shows what it should.

``distance`` says how far a set of parameters is from the patterns, ``ledger`` remembers what has
been tried, ``screening`` finds the parameters that matter, ``search`` looks for sets that fit, and
``accepted`` keeps them.
"""
