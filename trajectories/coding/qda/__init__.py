"""Exports of QDA programs (MAXQDA, ATLAS.ti, NVivo, REFI-QDA) become a study."""
