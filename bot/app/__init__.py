"""The one place where the rooms are wired together: what `vigil run` starts, and how it ends."""
