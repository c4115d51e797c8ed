"""The rulebook of `vigil check`: each rule takes what was loaded and yields every breach it finds."""
