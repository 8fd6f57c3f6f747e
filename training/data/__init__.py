"""Made conversations with questions and answers, from our own grammar: kinds of facts, ways of telling, words."""
