"""Facts: what people said of themselves and their world, drawn from their own words, dated, and kept consistent."""
