"""How the invented people of the sample study are made; nothing here is needed to read the study."""
