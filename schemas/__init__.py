"""The nouns of a case conference: typed values that know nothing of Word, PDF or the command line."""
