"""The dashboard: one page in Danish and English on which organisation models are tried out."""
