"""What is true: the records, and the checking of every claim against its document."""
