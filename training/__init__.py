"""Teaching a language model to work with memory: data, training, measuring, export. Not part of the program."""
