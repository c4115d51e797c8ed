"""What the doctor looks at: one module for each place, each a function that gives findings."""
