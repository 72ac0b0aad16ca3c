"""A study that can be opened at once: 240 invented people, so that nobody's life has to be shown."""
