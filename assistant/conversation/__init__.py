"""One turn, from the user's text to the stored episode: the open home, the prompt, the engine, the transcript."""
