"""Follow-ups: questions that lean on the ones before them, made to stand alone."""
