"""Rules of the house that hold for every module, page and setting, whatever it is about."""
