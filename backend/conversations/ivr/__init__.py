"""The telephone: a pure function from (state, input) to what is said and what is listened for, and its TwiML."""
