"""What the bot does: every action asks the backend and repeats its answer. No rule, no money, no words here."""
