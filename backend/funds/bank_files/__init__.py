"""What is exchanged with banks: payment files out, answers and statements in. No row is read or written here."""
